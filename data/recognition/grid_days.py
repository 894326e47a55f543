"""Columns named by days, with or without a year, and by weeks: which days they are, or the question."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from data.recognition.dates import decide_order
from data.recognition.grid_titles import monday_of_week, month_of
from data.recognition.understanding import Question
from data.recognition.weekdays import weekday_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.recognition.columns import FoundColumn
    from data.recognition.grid_titles import Period

_BEFORE: Final = r"(?:[^\W\d_]{1,10}[., \n]\s*)?"
_BEHIND: Final = r"(?:[\s(（].*)?"
_FULL: Final = re.compile(rf"{_BEFORE}(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_BEHIND}", re.DOTALL)
_TWO_FIRST: Final = re.compile(rf"{_BEFORE}(\d{{1,2}})([-/.])(\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_BEHIND}", re.DOTALL)
_SHORT: Final = re.compile(rf"{_BEFORE}(\d{{1,2}})([-/.月])(\d{{1,2}})[.日号]?{_BEHIND}", re.DOTALL)
_NAMED: Final = re.compile(
    rf"{_BEFORE}(?:(\d{{1,2}})\.?[\s-]?([^\W\d_]{{3,10}})\.?|([^\W\d_]{{3,10}})\.?[\s-]?(\d{{1,2}}))(?:[\s-]+(\d{{4}}))?{_BEHIND}",
    re.DOTALL,
)
_WEEK: Final = re.compile(
    r"(?i)(?:(20\d{2})[-/ ]?)?(?:kw|cw|w|wk|week|woche|semaine|неделя|第)\.?\s?(\d{1,2})\s?(?:周|週)?"
    r"(?:[-/ ]+(20\d{2}|\d{2}))?"
)
LEAST_DATES: Final = 3
_LEAST_SHORT: Final = 4
#: Columns of one grid are at most so many days apart (a week); read in the other order they jump by months.
_MOST_STEP: Final = 7
_LEAST_JUMP: Final = 20


@dataclass(frozen=True)
class Days:
    """The columns that are days, their ISO days, and what must be asked before they are sure."""

    columns: tuple[tuple[FoundColumn, str], ...]
    question: Question | None = None
    is_weekly: bool = False


def dated_columns(columns: Sequence[FoundColumn], period: Period, answers: Mapping[str, str]) -> Days | None:
    """Return the columns named by days or weeks, or None when there are none."""
    return (
        _full(columns)
        or _two_first(columns, answers)
        or _named(columns, period, answers)
        or _short(columns, period, answers)
        or _weeks(columns, period, answers)
    )


def _full(columns: Sequence[FoundColumn]) -> Days | None:
    full = [(column, match.groups()) for column in columns if (match := _FULL.fullmatch(column.name))]
    if len(full) < LEAST_DATES:
        return None
    days = [(column, iso(*parts)) for column, parts in full]
    return Days(tuple((column, day) for column, day in days if day))


def _two_first(columns: Sequence[FoundColumn], answers: Mapping[str, str]) -> Days | None:
    found = [(column, match.groups()) for column in columns if (match := _TWO_FIRST.fullmatch(column.name))]
    if len(found) < LEAST_DATES:
        return None
    said = answers.get("date_order", "")
    order = decide_order({"the header": [column.name for column, _ in found]}, said)
    parts = [(int(first), int(second), _year(year)) for _, (first, _, second, year) in found]
    stepped = order.order or _by_steps(parts)
    days = [iso(*_placed(part, stepped or "dmy")) for part in parts]
    named = tuple((column, day) for (column, _), day in zip(found, days, strict=True) if day)
    return Days(named, None if stepped else order.question)


def _named(columns: Sequence[FoundColumn], period: Period, answers: Mapping[str, str]) -> Days | None:
    """Read ``2 Mar`` and ``März 2``."""
    found: list[tuple[FoundColumn, int, int]] = []
    for column in columns:
        match = _NAMED.fullmatch(column.name)
        if match:
            day, word = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
            if month_of(word):
                found.append((column, month_of(word), int(day)))
    return _with_year(found, period, answers) if len(found) >= LEAST_DATES else None


def _short(columns: Sequence[FoundColumn], period: Period, answers: Mapping[str, str]) -> Days | None:
    """Read days without a year: ``Mo 02.03.``, ``3/2``, ``4月1日``."""
    found = [(column, match.groups()) for column in columns if (match := _SHORT.fullmatch(column.name))]
    if len(found) < _LEAST_SHORT or len({parts for _, parts in found}) < len(found):
        return None
    signs = {sign for _, (_, sign, _) in found}
    year = min(period.years, default=_any_year())
    parts = [(int(first), int(second), year) for _, (first, _, second) in found]
    order = "mdy" if signs == {"月"} else "dmy" if signs == {"."} else ""
    order = order or _by_weekdays([column.name for column, _ in found], parts, period) or _by_steps(parts)
    order = order or answers.get("date_order", "")
    places = [(column, *_month_and_day(part, order or "dmy")) for (column, _), part in zip(found, parts, strict=True)]
    days = _with_year(places, period, answers)
    if order or days is None:
        return days
    words = f'Days such as "{found[0][0].name}" can be read as day/month or as month/day. Which is it?'
    return Days(days.columns, Question("date_order", words, ("dmy", "mdy")))


def _any_year() -> int:
    """Return a leap year, in which every day exists."""
    return 2024


def _by_weekdays(names: Sequence[str], parts: Sequence[tuple[int, int, int]], period: Period) -> str:
    """Return the only order in which the days fall on the weekdays that stand beside them in a named year."""
    told = [(part, day) for part, name in zip(parts, names, strict=True) if (day := weekday_in(name)) is not None]
    fitting = {
        order
        for order in ("dmy", "mdy")
        for year in period.years
        if told and all(_falls_on((part[0], part[1], year), order, day) for part, day in told)
    }
    return fitting.pop() if len(fitting) == 1 else ""


def _falls_on(part: tuple[int, int, int], order: str, weekday: int) -> bool:
    found = iso(*_placed(part, order))
    return bool(found) and dt.date.fromisoformat(found).weekday() == weekday


def _by_steps(parts: Sequence[tuple[int, int, int]]) -> str:
    """Return the order in which days follow one another, where in the other one they jump by months."""
    steps = {order: _steps([iso(*_placed(part, order)) for part in parts]) for order in ("dmy", "mdy")}
    for order, other in (("dmy", "mdy"), ("mdy", "dmy")):
        close = steps[order] and all(0 < step <= _MOST_STEP for step in steps[order])
        far = not steps[other] or all(abs(step) >= _LEAST_JUMP for step in steps[other])
        if close and far:
            return order
    return ""


def _steps(days: Sequence[str]) -> list[int]:
    """Return the days between neighbours; nothing when one of them is no day."""
    if not all(days):
        return []
    return [(dt.date.fromisoformat(later) - dt.date.fromisoformat(day)).days for day, later in pairwise(days)]


def _with_year(
    found: Sequence[tuple[FoundColumn, int, int]], period: Period, answers: Mapping[str, str]
) -> Days | None:
    """Add the year that the titles name; over the turn of a year the months after it are of the later one."""
    said = answers.get("month", "")[:4]
    years = {int(said)} if said else set(period.years)
    months = [month for _, month, _ in found]
    turn = next((place for place, (one, other) in enumerate(pairwise(months), 1) if other < one), 0)
    is_clear = len(years) == 1 if not turn else bool(said) or (len(years) == 2 and max(years) - min(years) == 1)
    first = min(years, default=_any_year())
    days = [
        (column, iso(str(first + bool(turn and place >= turn)), str(month), str(day)))
        for place, (column, month, day) in enumerate(found)
    ]
    if is_clear:
        return Days(tuple((column, day) for column, day in days if day))
    words = f'The columns are days such as "{found[0][0].name}", but the file doesn\'t say of which year.'
    question = Question("month", f"{words} Say the month of the first one as 2026-04.")
    return Days(tuple(days), question)


def _weeks(columns: Sequence[FoundColumn], period: Period, answers: Mapping[str, str]) -> Days | None:
    """Read ``KW 10``, ``2026-W10`` and ``第10周`` as the Monday of the ISO week."""
    found = [(column, match.groups()) for column in columns if (match := _WEEK.fullmatch(column.name.strip()))]
    if len(found) < LEAST_DATES or len({parts for _, parts in found}) < len(found):
        return None
    said = answers.get("month", "")[:4]
    years = {int(said)} if said else set(period.years)
    days = []
    year, before = min(years, default=0), 0
    for column, (own, week, behind) in found:
        if not (own or behind) and int(week) < before:
            year += 1  # after week 52 comes week 1
        before = int(week)
        monday = monday_of_week(_year(own or behind) if own or behind else year or _any_year(), int(week))
        days.append((column, monday.isoformat() if monday else ""))
    named = tuple((column, day) for column, day in days if day)
    if all(own or behind for _, (own, _, behind) in found) or len(years) == 1:
        return Days(named, is_weekly=True)
    words = "The columns are weeks, but the file doesn't say of which year. Say the month of the first as 2026-04."
    return Days(named, Question("month", words), is_weekly=True)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _month_and_day(part: tuple[int, int, int], order: str) -> tuple[int, int]:
    return (part[1], part[0]) if order == "dmy" else (part[0], part[1])


def _placed(part: tuple[int, int, int], order: str) -> tuple[str, str, str]:
    month, day = _month_and_day(part, order) if order != "ymd" else (part[1], part[2] % 100)
    return str(part[2] if order != "ymd" else 2000 + part[0]), str(month), str(day)


def iso(year: str, month: str, day: str) -> str:
    """Return a day, or an empty text when there is no such day."""
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
