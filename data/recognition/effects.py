"""What an answer would do, shown beside it: cells of the column, how they would be read, and what comes of the rows."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from data.recognition.decisions import UNIT
from data.recognition.read_cells import read_days, read_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.cleaning import Trial
    from data.recognition.columns import FoundTable
    from data.recognition.understanding import Question

_ORDER: Final = "date_order"
_SHOWN: Final = 3
_LONGEST: Final = 40
_TWO_FIRST: Final = re.compile(r"\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}(?!\d).*")
#: Targets whose sum says what a file brings.
_HOURS: Final = ("worked_hours", "leave_hours", "planned_hours")
_DAYS: Final = ("work_date", "leave_date", "departed_at", "raised_at", "week_start_date", "as_of_date")


def with_examples(question: Question, table: FoundTable, mark: str) -> Question:
    """Return a question with up to three cells for each answer: as they stand, or as they would be read."""
    examples: dict[str, tuple[str, ...]] = {}
    for option in question.options:
        found: Sequence[str] = ()
        if option in table.names:
            found = table.column(option).values.common
        elif question.token == _ORDER:
            found = _days(table, option)
        elif question.token.startswith(UNIT) and question.token.removeprefix(UNIT) in table.names:
            found = _hours(table.column(question.token.removeprefix(UNIT)).values.common, mark, option)
        shown = tuple(cell[:_LONGEST] for cell in found[:_SHOWN])
        if shown:
            examples[option] = shown
    return replace(question, examples=examples) if examples else question


def _days(table: FoundTable, order: str) -> list[str]:
    cells = [
        cell
        for column in table.columns
        if column.values.share("two_first", "moment") > 0
        for cell in column.values.common
        if _TWO_FIRST.fullmatch(cell)
    ][:_SHOWN]
    return [f"{cell} → {day.isoformat()}" for cell, day in zip(cells, read_days(cells, order), strict=True) if day]


def _hours(cells: Sequence[str], mark: str, unit: str) -> list[str]:
    some = cells[:_SHOWN]
    read = read_hours(some, mark, unit)
    return [f"{cell} → {hours:g} h" for cell, hours in zip(some, read, strict=True) if hours is not None]


def outlook_of(trial: Trial | None) -> dict[str, Any]:
    """Return what would come in of the rows that were looked at: rows, hours, people, projects, first and last day."""
    if trial is None:
        return {}
    columns = {target: [cells[place] for _, cells in trial.rows] for place, target in enumerate(trial.targets)}
    found: dict[str, Any] = {"rows_count": len(trial.rows)}
    for target in _HOURS:
        if target in columns:
            found["hours"] = round(math.fsum(_number(cell) for cell in columns[target]), 2)
    for target, name in (("person_id", "people_count"), ("project_id", "projects_count")):
        if target in columns:
            found[name] = len({cell for cell in columns[target] if cell})
    days = sorted(day for target in _DAYS for cell in columns.get(target, ()) if (day := _day(cell)))
    if days:
        found |= {"first_date": days[0], "last_date": days[-1]}
    return found


def _number(cell: str | None) -> float:
    hours, colon, minutes = (cell or "").partition(":")
    try:
        number = float(hours) + (float(minutes[:2]) / 60 if colon else 0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def _day(cell: str | None) -> str:
    try:
        return dt.date.fromisoformat((cell or "")[:10]).isoformat()
    except ValueError:
        return ""
