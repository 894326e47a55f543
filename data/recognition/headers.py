"""Finds the header of a table: below titles and notes, with or without a row of groups above it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.files.header import trimmed
from data.files.layout import join_titles, number_repeats
from data.recognition.values import PATTERNS
from data.recognition.vocabulary import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.files.preview import Preview, Row

#: Rows at the beginning in which the header is sought; the longest known preamble has nine.
_SEARCHED_ROWS: Final = 40
_VALUE_FORMS: Final = ("year_first", "two_first", "moment", "clock", "long_clock", "number", "email")
_TITLE: Final = re.compile(r"[:：]|\d{4}\D")
#: The word that begins a row of sums, in the languages of exports.
TOTAL_WORDS: Final = (
    "total|totals|grand total|sub ?total|sum|overall|summe|gesamt|gesamtsumme|zwischensumme|insgesamt|"
    "somme|total g[eé]n[eé]ral|sous[- ]total|итого|всего|итог|сумма|合计|合計|总计|總計|小计|小計|总和|汇总|計|総計|"
    "totale|suma|soma|totaal|razem|overall - total"
)
#: What the sum of a whole file is called.
SUM_PATTERN: Final = rf"(?i)\s*({TOTAL_WORDS})\s*[:：]?\s*(\([^)]*\)|（[^）]*）)?\s*"
#: ``--- Anna Berg - 2 March ---`` is the title of a group: no entry either, and no sum of the file.
TOTAL_PATTERN: Final = (
    rf"(?i)(?:\s*({TOTAL_WORDS})\s*[:：]?\s*(\([^)]*\)|（[^）]*）)?\s*|"
    r"\s*(?:-{3,}|={3,}|\*{3,})\s*[^\s=*-].*(?:-{3,}|={3,}|\*{3,})\s*)"
)
_TOTAL: Final = re.compile(TOTAL_PATTERN)
_DAY: Final = re.compile(r"(?:\w{2,4}\.?,? )?\d{1,4}[-./年]\d{1,2}[-./月]\d{0,4}日?")
#: A request can hold three dates; its header has no values. So many different days stand only above a grid.
_LEAST_DAYS: Final = 4
_MOSTLY_VALUES: Final = 0.8


@dataclass(frozen=True)
class Place:
    """Where the header of a table is.

    Parameters
    ----------
    index
        Of the header among the preview's rows.
    titles
        The rows above, joined: period, company, when the report was made.
    """

    index: int
    line: int
    rows: int
    names: tuple[str, ...]
    titles: tuple[str, ...]
    known: int


def find_header(preview: Preview) -> Place | None:
    """Return where the header is, or None when nothing looks like a table."""
    rows = preview.rows[:_SEARCHED_ROWS]
    if not rows:
        return None
    if preview.has_names:
        return Place(0, 0, 1, _named(rows, 0, 1), (), _known_cells(rows[0][1]))
    index = _best_row(rows)
    height = 1
    if index + 1 < len(rows) and (_is_second_row(rows[index][1], rows[index + 1][1]) or _is_split_row(rows, index)):
        index, height = index + 1, 2
    elif index > 0 and rows[index][0] - rows[index - 1][0] <= 2 and _is_groups_row(rows[index - 1][1], rows[index][1]):
        height = 2
    if sum(1 for cell in rows[index][1] if cell.strip()) < 2 and len(rows) < 2:
        return None
    titles = tuple(" ".join(cell.strip() for cell in cells if cell.strip()) for _, cells in rows[:index])
    return Place(index, rows[index][0], height, _named(rows, index, height), titles, _known_cells(rows[index][1]))


def _named(rows: Sequence[Row], index: int, height: int) -> tuple[str, ...]:
    """Return the names that the reader will give to the columns."""
    joined = [trimmed(title) for title in join_titles([cells for _, cells in rows[index - height + 1 : index + 1]])]
    names = number_repeats(joined)
    taken = {name.casefold() for name in names}
    found: list[str] = []
    for position, name in enumerate(names, start=1):
        made = name
        if not name:
            made = f"column {position}"
            while made in taken:
                made += " (no name)"
        elif name.casefold() == "line_number":
            made = "line_number (of the file)"
        found.append(made)
    return tuple(found)


def _known_cells(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip() and len(cell) < 120 and is_known(cell))


def _best_row(rows: Sequence[Row]) -> int:
    """Return the row that reads most like a header: known words, then texts all over the width of the table."""
    counted = [_known_cells(cells) for _, cells in rows]
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in rows]
    usual = Counter(filled[1:] or filled).most_common(1)[0][0]
    likely = [
        index
        for index, known in enumerate(counted)
        if (known >= 2 and known >= 0.3 * filled[index] and _value_share(rows[index][1]) < 0.4)
        or (known >= 1 and _are_days(rows[index][1]))
    ]
    if likely:
        most = max(counted[index] for index in likely)
        return next(index for index in likely if counted[index] >= min(most, max(2, 0.8 * most)))
    for index, (_, cells) in enumerate(rows):
        if filled[index] >= max(2, 0.6 * usual) and _value_share(cells) < 0.2 and filled[index] * 2 > len(cells):
            return index
    return 0


def _are_days(cells: Sequence[str]) -> bool:
    """Say whether a row holds days side by side, as above the columns of a grid: no entry has several."""
    days = [cell.strip() for cell in cells if _DAY.fullmatch(cell.strip())]
    others = [cell for cell in cells if cell.strip() and is_value(cell) and not _DAY.fullmatch(cell.strip())]
    return len(days) >= _LEAST_DAYS and len(set(days)) == len(days) and not others


def _value_share(cells: Sequence[str]) -> float:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(1 for cell in filled if is_value(cell)) / max(len(filled), 1)


def is_value(cell: str) -> bool:
    """Say whether a cell is a date, a time, a number or an address, which headers are not (but 1 to 31 can be)."""
    is_day = cell.isdecimal() and 1 <= int(cell) <= 31
    return not is_day and any(PATTERNS[form].fullmatch(cell) for form in _VALUE_FORMS)


def _is_groups_row(above: Sequence[str], header: Sequence[str]) -> bool:
    """Say whether the row above the labels names groups of them; titles stand alone or hold a colon or a date."""
    filled = [(index, cell.strip()) for index, cell in enumerate(above) if cell.strip()]
    if len(filled) < 2 or any(_TITLE.search(cell) or is_value(cell) or len(cell) > 40 for _, cell in filled):
        return False
    if len(filled) == 2 and filled[1][0] - filled[0][0] == 1 and is_known(filled[0][1]) and not is_known(filled[1][1]):
        return False  # a label and what it says: "Employee", "Anna Berg"
    width = sum(1 for cell in header if cell.strip())
    bare = sum(1 for index, _ in filled if index >= len(header) or not header[index].strip())
    return len(filled) < width or bare > 0


def _is_second_row(header: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether the row below holds labels where the header's cells were merged."""
    filled = [(index, cell.strip()) for index, cell in enumerate(below) if cell.strip()]
    if len(filled) < 2 or any(is_value(cell) for _, cell in filled):
        return False
    free = sum(1 for index, _ in filled if index >= len(header) or not header[index].strip())
    over = sum(
        1 for index, cell in enumerate(header) if cell.strip() and index < len(below) and not below[index].strip()
    )
    texts = {cell for _, cell in filled}
    return free >= 2 and over >= 2 and _known_cells([cell for _, cell in filled]) >= 2 and len(texts) > len(filled) / 2


def _is_split_row(rows: Sequence[Row], index: int) -> bool:
    """Say whether the row below names the columns into which one label was split: projects under "hours"."""
    header, below = ([cell.strip() for cell in cells] for _, cells in rows[index : index + 2])
    filled = [place for place, cell in enumerate(below) if cell]
    if len(filled) < 2 or index + 2 >= len(rows) or any(is_value(below[place]) for place in filled):
        return False
    if filled != list(range(filled[0], filled[-1] + 1)) or len({below[place] for place in filled}) < len(filled):
        return False
    is_group = filled[0] < len(header) and bool(header[filled[0]])
    is_free = all(place >= len(header) or not header[place] for place in filled[1:])
    beside = [place for place, cell in enumerate(header) if cell and place not in filled]
    numbers = [cells[place].strip() for _, cells in rows[index + 2 :] for place in filled if place < len(cells)]
    values = [cell for cell in numbers if cell]
    return (
        is_group
        and is_free
        and _known_cells([header[place] for place in beside]) >= 2
        and bool(values)
        and sum(1 for cell in values if is_value(cell) or cell.isdecimal()) >= _MOSTLY_VALUES * len(values)
    )


def is_total_row(cells: Sequence[str], width: int) -> bool:
    """Say whether a row begins with a word for a sum, or holds one and little else."""
    filled = [cell for cell in cells if cell.strip()]
    if 2 * len(filled) > width:
        return bool(_TOTAL.fullmatch(filled[0]))
    return any(_TOTAL.fullmatch(cell) for cell in filled)


def is_repeated_header(cells: Sequence[str], labels: Sequence[str]) -> bool:
    """Say whether a row is the header again, as printed pages begin."""
    first = next((cell for cell in cells if cell.strip()), "")
    # Every row is asked: the first cell tells nearly all of them apart.
    if first not in labels:
        return False
    pairs = [(cell.strip(), label.strip()) for cell, label in zip(cells, labels, strict=False) if cell.strip()]
    same = sum(1 for cell, label in pairs if cell.casefold() == label.casefold())
    return same >= 2 and same >= 0.6 * len(pairs)
