"""Leave planners: a row per person, a column per day, a letter in each cell, a legend somewhere below or above."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from data.recognition.decisions import KIND
from data.recognition.plan_common import leave_out, person_field
from data.recognition.plan_leave import ask_hours_per_day
from data.recognition.recipe import Field
from data.recognition.row_kinds import LEAVE, folded, kind_of
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.recognition.drafting import Draft
    from data.recognition.grids import Grid

LETTERS: Final = "letters"
_MOST_LETTERS: Final = 24
_MOST_SIGNS: Final = 4
_LEGEND: Final = re.compile(r"([^\s=:,;]{1,4})\s*[=:–-]\s*([^,;=|/]{2,40}?)(?=\s*(?:[,;|/]|$|\s{2,}))")
_HALF: Final = re.compile(r"½|1/2|0[.,]5|/2|h$")
#: What letters mean in most firms, where no legend stands.
_USUAL: Final = {
    "u": "urlaub",
    "k": "krank",
    "f": "feiertag",
    "v": "vacation",
    "s": "sick",
    "ho": "ho",
    "dr": "dienstreise",
}


def is_planner(grid: Grid, cells: Mapping[str, int]) -> bool:
    """Say whether the cells of a grid of days are letters of a planner."""
    return not grid.is_hours and 0 < len(cells) <= _MOST_LETTERS and all(len(cell) <= _MOST_SIGNS for cell in cells)


def letters_of(draft_cells: list[str]) -> Counter[str]:
    """Count the letters of a planner."""
    return Counter(cell.strip() for cell in draft_cells if cell.strip())


def plan_planner(draft: Draft, letters: Mapping[str, int]) -> None:
    """Plan days of leave of letters; what each letter means is confirmed once, half days among them."""
    person_field(draft)
    legend = _legend(draft)
    meant = {letter: _meaning(draft, letter, legend) for letter in letters}
    half = {letter for letter, kind in meant.items() if kind == LEAVE and _HALF.search(letter)}
    hours = f"{float(draft.answers.get('hours_per_day', '8')) / 2:g}"
    draft.leave_letters = tuple(
        sorted((letter.lower(), hours if letter in half else "") for letter, kind in meant.items() if kind == LEAVE)
    ) or (("\0", ""),)
    draft.fields.append(Field("leave_date", "grid_date"))
    draft.fields.append(Field("leave_hours", "grid_leave"))
    for place in draft.grid:
        draft.mapping[place.source] = "leave_date"
    leave_out(draft, ("person_id",))
    is_decided = all(f"{KIND}{LETTERS}.{letter.lower()}" in draft.answers for letter in letters)
    if draft.answers.get("rows.letters") != "take" and not is_decided:
        shown = ", ".join(
            f"{letter} ({letters[letter]}) {_shown(meant[letter], is_half=letter in half)}" for letter in letters
        )
        words = f"Each cell is a letter: {shown}. Is that right? One letter is answered with {KIND}{LETTERS}.u=leave."
        draft.ask(Question("rows.letters", words, ("take", "out")))
    if half:
        ask_hours_per_day(draft, f"{', '.join(sorted(half))} are half days.")
    draft.words.append(f"{len(draft.grid)} columns are one day each; which kind of leave it was is not kept.")


def _shown(kind: str, *, is_half: bool) -> str:
    if kind == LEAVE:
        return "half a day of leave" if is_half else "leave"
    return f"no leave ({kind})" if kind else "unknown, left out"


def _meaning(draft: Draft, letter: str, legend: Mapping[str, str]) -> str:
    said = draft.answers.get(f"{KIND}{LETTERS}.{letter.lower()}")
    if said:
        return said
    bare = folded(_HALF.sub("", letter)) or folded(letter)
    words = legend.get(letter.casefold()) or legend.get(bare) or _USUAL.get(bare, "")
    return kind_of(words, is_label=True) if words else kind_of(letter)


def _legend(draft: Draft) -> dict[str, str]:
    """Read ``U = Urlaub, K = krank`` from the titles and the rows that hold a single cell."""
    texts = [*draft.table.place.titles]
    texts += [" ".join(cell for cell in row if cell) for row in draft.table.rows if sum(1 for cell in row if cell) <= 2]
    texts += [f"{label} = {value}" for label, value in draft.table.notes]
    return {m.group(1).casefold(): m.group(2).strip() for text in texts for m in _LEGEND.finditer(text)}
