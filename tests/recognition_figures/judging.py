"""Compares what was understood with what is true."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tests.data.recognition.helpers import cells_of, inspect_all

if TYPE_CHECKING:
    from data.recognition import Understanding
    from tests.recognition_figures.variants import MadeFile


@dataclass(frozen=True)
class Score:
    """Counts over files.

    Parameters
    ----------
    tables_right
        Files whose table was found, or asked for.
    targets, targets_right, targets_asked
        Columns of the contract that the file can fill; those filled from a right column; those that were asked about.
    mappings, mappings_wrong
        Columns of the file that were given a meaning; those with a wrong one, and no question about it.
    days, days_wrong, hours_wrong
        Cells that came out as a day; those that no row of the file holds; the same of hours.
    """

    files: int = 0
    tables_right: int = 0
    systems_right: int = 0
    asked: int = 0
    targets: int = 0
    targets_right: int = 0
    targets_asked: int = 0
    mappings: int = 0
    mappings_wrong: int = 0
    days: int = 0
    days_wrong: int = 0
    hours_wrong: int = 0

    def __add__(self, other: Score) -> Score:
        """Return both together."""
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Judged:
    """The score of one file and what was wrong in it, in words."""

    score: Score
    faults: tuple[str, ...]


def judge(made: MadeFile) -> Judged:
    """Look at a file as the import does and compare."""
    seen = inspect_all(made.path)[0]
    faults: list[str] = []
    asked = {question.token for question in seen.questions}
    is_table = seen.table == made.shape.table or "table" in asked
    if not is_table:
        faults.append(f"table {seen.table or 'none'}")
    targets = {target for allowed in made.columns.values() for target in allowed}
    right = {
        target
        for target in targets
        if any(target in _allowed(made, name) for name, found in seen.mapping.items() if found == target)
    }
    unasked = targets - right - asked if is_table else set()
    optional = {target for target in unasked if not _is_filled(made, target) or _gave_way(made, seen, target)}
    faults += [f"missed {target}" for target in sorted(unasked - optional)]
    wrong = _wrong(made, seen, asked) if seen.table == made.shape.table else []
    faults += [f"wrong {name} → {found}" for name, found in wrong]
    days, days_wrong, hours_wrong, words = _cells(made, seen)
    targets -= optional
    return Judged(
        Score(
            files=1,
            tables_right=int(is_table),
            systems_right=int(seen.system == made.shape.system),
            asked=int(seen.has_to_ask),
            targets=len(targets),
            targets_right=len(right & targets) if seen.table == made.shape.table else 0,
            targets_asked=len((targets - right) & asked),
            mappings=len(seen.mapping),
            mappings_wrong=len(wrong),
            days=days,
            days_wrong=days_wrong,
            hours_wrong=hours_wrong,
        ),
        (*faults, *words),
    )


def _is_filled(made: MadeFile, target: str) -> bool:
    """Say whether any column for a target holds anything; what is empty need not be used."""
    kinds = {column.label: column.kind for columns in made.shape.columns.values() for column in columns}
    return any(target in allowed and kinds.get(name) != "none" for name, allowed in made.columns.items())


def _gave_way(made: MadeFile, seen: Understanding, target: str) -> bool:
    """Say whether every column that may become a target became another one that it may become as well."""
    able = [name for name, allowed in made.columns.items() if target in allowed]
    return all(len(made.columns[name]) > 1 and seen.mapping.get(name) in made.columns[name] for name in able)


def _allowed(made: MadeFile, name: str) -> tuple[str, ...]:
    """Return what a column may become; labels may be broken over lines, and a group stands before equal ones."""
    plain = " ".join(name.rsplit(" / ", 1)[-1].split())
    return made.columns.get(name) or made.columns.get(plain, ())


def _wrong(made: MadeFile, seen: Understanding, asked: set[str]) -> list[tuple[str, str]]:
    return [
        (name, target)
        for name, target in seen.mapping.items()
        if target not in _allowed(made, name) and target not in asked
    ]


def _cells(made: MadeFile, seen: Understanding) -> tuple[int, int, int, list[str]]:
    """Count days and hours that are in no row of the file."""
    if seen.recipe is None or seen.table != made.shape.table:
        return 0, 0, 0, []
    truths = [row.truth() for row in made.rows]
    cells = cells_of(made.path, seen)
    days = wrong = 0
    words = []
    for target in cells[0] if cells else ():
        allowed = _days_of(target, truths)
        if not allowed:
            continue
        found = Counter(str(row[target])[:10] for row in cells if _is_day(row.get(target)))
        days += found.total()
        stray = found - allowed
        wrong += stray.total()
        words += [f"{target} {day}: in no row" for day in list(stray)[:2]]
    hours = _stray_hours(truths, cells) if "worked_hours" in seen.mapping.values() else 0
    return days, wrong, hours, words + ([f"{hours} hours in no row"] if hours else [])


def _days_of(target: str, truths: list[dict[str, object]]) -> Counter[str]:
    if target == "ended_at":
        # Work may end after midnight.
        day = dt.timedelta(days=1)
        both = [truth["work_date"] for truth in truths] + [truth["work_date"] + day for truth in truths]  # type: ignore[operator] # days are dates
        return Counter(str(one) for one in both)
    if target == "leave_date":
        found: Counter[str] = Counter()
        for truth in truths:
            first, last = truth["leave_first_date"], truth["leave_last_date"]
            found.update(str(first + dt.timedelta(days=n)) for n in range((last - first).days + 1))  # type: ignore[operator]
        return found
    return Counter(str(truth[target]) for truth in truths if target in truth and target != "worked_hours")


def _is_day(cell: object) -> bool:
    text = str(cell or "")[:10]
    return len(text) == 10 and text[:4].isdigit() and text[4] == "-"


def _stray_hours(truths: list[dict[str, object]], cells: list[dict[str, object]]) -> int:
    allowed = Counter(round(float(truth["worked_hours"]), 2) for truth in truths)  # type: ignore[arg-type] # hours are numbers
    found = Counter(hours for row in cells if (hours := _hours(row.get("worked_hours"))) is not None)
    return (found - allowed).total()


def _hours(cell: object) -> float | None:
    text = str(cell or "")
    if not text or text.startswith("?"):
        return None
    parts = [float(part) for part in text.split(":")]
    return round(math.fsum(part / 60.0**place for place, part in enumerate(parts)), 2)
