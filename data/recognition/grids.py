"""Finds tables with one column per day (or week), and which days they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from data.recognition.drafting import meanings
from data.recognition.grid_days import dated_columns, iso
from data.recognition.grid_titles import period_of
from data.recognition.recipe import GridColumn
from data.recognition.understanding import Question
from data.recognition.values import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.recognition.columns import FoundColumn, FoundTable
    from data.recognition.grid_titles import Period

_DAY_OF_MONTH: Final = re.compile(
    r"(?:[^\W\d]{2,4}[., \n]\s*)?0?([1-9]|[12]\d|3[01])\s*[日号號.]?"
    r"(?:[\s(（]*(?:[^\W\d]{2,4}|周[一二三四五六日]|星期[一二三四五六日天])[)）]?)?"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?=[-/.年])")
_SPAN: Final = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?\s*(?:~|～|-|–|—|至|to|bis)\s*(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})"
)
_LEAST_DAYS: Final = 5
_SUNDAY: Final = 6
_WEEK_DAYS: Final = 7


@dataclass(frozen=True)
class Grid:
    """The columns of days.

    Parameters
    ----------
    is_hours
        The cells are durations; else they are words (attendance).
    """

    columns: tuple[GridColumn, ...]
    is_hours: bool
    is_weekly: bool = False
    question: Question | None = None


def one_day_of(titles: Iterable[str]) -> tuple[str, str]:
    """Return the first and last day of the period that titles name (``统计时间:04-01 ～ 04-30``), or empty texts."""
    texts = list(titles)
    years = {match.group(1) for text in texts for match in _YEAR.finditer(text)}
    for text in texts:
        match = _SPAN.search(text)
        if match:
            year = match.group(1) or (years.pop() if len(years) == 1 else "")
            last_year = match.group(4) or year
            first = iso(year, match.group(2), match.group(3)) if year else ""
            last = iso(last_year, match.group(5), match.group(6)) if last_year else ""
            return first, last
    return "", ""


def find_grid(table: FoundTable, names: Iterable[str], answers: Mapping[str, str]) -> Grid | None:
    """Return the columns of days, if the table has them.

    Parameters
    ----------
    names
        Of the file and the sheet: "2026-04 hours.xlsx" says which month it is.
    """
    free = [column for column in table.columns if not _has_time_words(column)]
    period = period_of([*table.place.titles, *names])
    dated = dated_columns(free, period, answers)
    if dated is not None:
        return _made(table, dated.columns, dated.question, is_weekly=dated.is_weekly)
    by_number = [(column, int(match.group(1))) for column in free if (match := _DAY_OF_MONTH.fullmatch(column.name))]
    numbers = [number for _, number in by_number]
    if len(by_number) >= _LEAST_DAYS and len(set(numbers)) == len(numbers):
        return _month(table, by_number, period, answers)
    by_weekday = [(column, number) for column in free if (number := _weekday(column)) is not None]
    if len(by_weekday) >= _LEAST_DAYS and len({number for _, number in by_weekday}) == len(by_weekday):
        return _week(table, by_weekday, period, answers)
    return None


def _has_time_words(column: FoundColumn) -> bool:
    return len(column.name) > 24


def _weekday(column: FoundColumn) -> int | None:
    """Return 0 for Monday to 6 for Sunday, or None."""
    word = meanings()["weekday"].get(column.name.strip().casefold().rstrip("."))
    return int(word) if word else None


def _month(
    table: FoundTable, by_number: Sequence[tuple[FoundColumn, int]], period: Period, answers: Mapping[str, str]
) -> Grid:
    """Name the days of a month that the titles, the sheet, the file or the user tells."""
    found = {answers["month"]} if "month" in answers else set(period.months)
    if len(found) == 1:
        month = found.pop()
        days = [(column, iso(month[:4], month[5:], str(number))) for column, number in by_number]
        return _made(table, [(column, day) for column, day in days if day], None)
    words = "The columns are days of a month, but the file doesn't say of which. Say it as 2026-04."
    question = Question("month", words, tuple(sorted(found)))
    return _made(table, [(column, f"{number:02}") for column, number in by_number], question)


def _week(
    table: FoundTable, by_weekday: Sequence[tuple[FoundColumn, int]], period: Period, answers: Mapping[str, str]
) -> Grid:
    """Name the days of the week that the titles or the user tells; else they are counted from its Monday."""
    said = answers.get("week", "")
    mondays = {dt.date.fromisoformat(said)} if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else set(period.mondays)
    monday = mondays.pop() if len(mondays) == 1 else None
    starts_on_sunday = by_weekday[0][1] == _SUNDAY and by_weekday[1][1] == 0
    numbers = [-1 if number == _SUNDAY and starts_on_sunday else number for _, number in by_weekday]
    days = [
        (column, (monday + dt.timedelta(days=number)).isoformat() if monday else f"+{number}")
        for (column, _), number in zip(by_weekday, numbers, strict=True)
    ]
    return _made(table, days, None)


def _made(
    table: FoundTable,
    days: Sequence[tuple[FoundColumn, str]],
    question: Question | None,
    *,
    is_weekly: bool = False,
) -> Grid:
    columns = tuple(GridColumn(column.name, day) for column, day in days)
    filled = [column.values for column, _ in days if not column.values.is_empty]
    hours = [max(v.share("number"), v.share("long_clock"), v.share("with_unit", "number")) for v in filled]
    is_hours = not table.rows or (bool(hours) and sum(hours) / len(hours) >= 0.6)
    dates = sorted(day for _, day in days if PATTERNS["year_first"].fullmatch(day))
    gaps = {(dt.date.fromisoformat(later) - dt.date.fromisoformat(day)).days for day, later in pairwise(dates)}
    return Grid(columns, is_hours, is_weekly or (bool(gaps) and min(gaps) == _WEEK_DAYS), question)
