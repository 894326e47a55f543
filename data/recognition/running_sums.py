"""Rows that repeat the sum of the rows above them without a word for it: sparser than entries, and their hours add up.

Only where the whole table was looked at can such rows be named by their lines; elsewhere they lack the person and are
refused one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.read_cells import read_hours
from data.recognition.recipe import Drop
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.drafting import Draft

#: Hours are written with at most two decimals; a sum of many is off by as many halves of the last one.
_OFF: Final = 0.006
_TITLE_LETTERS: Final = 80
_SURE: Final = 0.9
_DOUBTFUL: Final = 0.5
#: A word for a sum of a day, a week or a person, or dashes around a title.
_SUM_WORD: Final = re.compile(
    r"(?i)\b(sub)?totals?\b|summe|gesamt|\bsomme\b|\bsous-total|итог|всего|сумма|合计|合計|小计|小計|汇总|总计|累计|\btotale\b|\bsuma\b|"
    r"^\s*(---|===|\*\*\*)"
)


@dataclass(frozen=True)
class Sums:
    """Rows that are sums of others.

    Parameters
    ----------
    places
        Of the rows among the ones looked at.
    share
        Of the sparser rows whose hours are the sum of a block above them.
    """

    places: tuple[int, ...] = ()
    share: float = 0.0


def running_sums(rows: Sequence[Sequence[str]], hours: Sequence[float | None], keys: Sequence[int]) -> Sums:
    """Find the rows that are sums of the block of rows above them.

    Parameters
    ----------
    keys
        Places of the cells that every entry has: person, project, day.
    """
    sparse = _sparser(rows, hours, keys)
    if not sparse:
        return Sums()
    fitting = _fitting(hours, sparse, rows)
    return Sums(tuple(sorted(sparse)), len(fitting) / len(sparse))


def _sparser(rows: Sequence[Sequence[str]], hours: Sequence[float | None], keys: Sequence[int]) -> set[int]:
    """Return the rows that lack cells which the rest has, or that a word calls a sum."""
    shapes = [frozenset(place for place, cell in enumerate(row) if cell) for row in rows]
    counted = [place for place, amount in enumerate(hours) if amount is not None]
    if not counted:
        return set()
    full: frozenset[int] = max(
        (shapes[place] for place in counted),
        key=lambda shape: (len(shape & set(keys)), len(shape)),
        default=frozenset(),
    )
    common = Counter(shape for shape in (shapes[p] for p in counted) if set(keys) <= shape)
    usual = max(common, key=lambda shape: (common[shape], len(shape))) if common else full
    found = set()
    for place in counted:
        lacks = usual - shapes[place]
        is_word = _has_word(rows[place])
        if (lacks & set(keys)) or (is_word and lacks) or (len(lacks) >= 2 and is_word):
            found.add(place)
    return found if len(found) < len(counted) else set()


def _has_word(row: Sequence[str]) -> bool:
    return any(_SUM_WORD.search(cell) for cell in row if len(cell) < _TITLE_LETTERS)


def _fitting(hours: Sequence[float | None], sparse: set[int], rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the sparser rows whose hours are a running sum: of the block above, of all blocks above, or of its own."""
    found: set[int] = set()
    block = total = since = 0.0
    count = 0
    for place, amount in enumerate(hours):
        if amount is None:
            continue
        if place not in sparse:
            block, total, since, count = block + amount, total + amount, since + amount, count + 1
            continue
        off = _OFF * (count + 1) + 1e-9
        is_sum = any(abs(amount - each) <= off for each in (block, total, since) if each)
        if is_sum or _of_same(rows, hours, sparse, place, off):
            found.add(place)
        block = 0.0
        if is_sum and abs(amount - since) <= off and abs(amount - total) > off and abs(amount - block) > off:
            since = 0.0
    return found


def _of_same(
    rows: Sequence[Sequence[str]], hours: Sequence[float | None], sparse: set[int], place: int, off: float
) -> bool:
    """Say whether the hours are the sum of all entries, or the ones below, that share a cell with the row."""
    for index, cell in enumerate(rows[place]):
        if not cell:
            continue
        same = [
            amount
            for other, amount in enumerate(hours)
            if amount and other not in sparse and rows[other][index] == cell
        ]
        if same and abs(sum(same) - (hours[place] or 0)) <= off + _OFF * len(same):
            return True
    return False


def parent_rows(rows: Sequence[Sequence[str]], hours: Sequence[float | None], keys: Sequence[int]) -> tuple[int, ...]:
    """Return the rows that begin a group: they alone fill one column of the key, and tell the sum of the rows below."""
    for key in keys:
        filled = [place for place, row in enumerate(rows) if row[key]]
        if not filled or filled[0] or len(filled) == len(rows):
            continue
        others = [other for other in keys if other != key]
        if any(rows[place][other] for place in filled for other in others):
            continue
        ends = [*filled[1:], len(rows)]
        groups = [hours[place + 1 : end] for place, end in zip(filled, ends, strict=True)]
        told = [hours[place] for place in filled]
        fitting = sum(
            1
            for amount, group in zip(told, groups, strict=True)
            if amount is not None and group and abs(sum(one or 0 for one in group) - amount) <= _OFF * (len(group) + 1)
        )
        if fitting >= max(1, _SURE * len(filled)):
            return tuple(filled)
    return ()


def leave_out_sums(draft: Draft, key_targets: Sequence[str]) -> None:
    """Leave rows out that are sums of others by their hours, told with their number; ask when only some of them are."""
    table = draft.table
    made = {one.target: one for one in draft.fields}
    amount = made.get("worked_hours")
    if amount is None or len(amount.sources) != 1 or not table.is_whole or not all(table.lines):
        return
    keys = [
        table.names.index(made[target].sources[0])
        for target in key_targets
        if target in made and made[target].sources and made[target].sources[0] in table.names
    ]
    if not keys:
        return
    if all(all(row[key] for key in keys) and not _has_word(row) for row in table.rows):
        return
    unit = amount.unit or "hours"
    hours = read_hours(table.cells(amount.sources[0]), draft.mark.mark, unit)
    parents = parent_rows(table.rows, hours, keys)
    if parents and not draft.answers.get("rows.sums"):
        draft.drops.append(Drop("lines", (), tuple(str(table.lines[place]) for place in parents)))
        draft.parent_key = table.names[next(key for key in keys if table.rows[parents[0]][key])]
        draft.words.append(f"{len(parents)} rows tell the sum of the rows below them; they are left out.")
        return
    found = running_sums(table.rows, hours, keys)
    if found.share < _DOUBTFUL:
        return
    count = len(found.places)
    answer = draft.answers.get("rows.sums", "")
    if found.share < _SURE and not answer:
        example = " | ".join(cell for cell in table.rows[found.places[0]] if cell)[:80]
        words = f"{count} rows lack cells that others have, and many of them repeat the sum of rows above ({example})."
        draft.ask(Question("rows.sums", f"{words} Are they sums, to be left out?", ("out", "take")))
    if answer != "take":
        draft.drops.append(Drop("lines", (), tuple(str(table.lines[place]) for place in found.places)))
        draft.sums_count = count
        draft.words.append(f"{count} rows repeat the sum of rows above them; they are left out.")
