"""Finds tables with one column per day (or week), and which days they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from data.recognition.dates import decide_order
from data.recognition.drafting import meanings
from data.recognition.recipe import GridColumn
from data.recognition.understanding import Question
from data.recognition.values import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.recognition.columns import FoundColumn, FoundTable

_DAY_OF_MONTH: Final = re.compile(
    r"(?:[^\W\d]{2,4}[., \n]\s*)?0?([1-9]|[12]\d|3[01])\s*[日号號.]?"
    r"(?:[\s(（]*(?:[^\W\d]{2,4}|周[一二三四五六日]|星期[一二三四五六日天])[)）]?)?"
)
_FULL: Final = re.compile(r"(?:[^\W\d]{2,10}[., \n]\s*)?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?", re.DOTALL)
_TWO_FIRST: Final = re.compile(
    r"(?:[^\W\d]{2,10}[., \n]\s*)?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s.*)?", re.DOTALL
)
_PERIOD: Final = re.compile(r"(20\d{2})\s*[-/._年]?\s*(0[1-9]|1[0-2]|[1-9])(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?=[-/.年])")
_SPAN: Final = re.compile(
    r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?\s*(?:~|～|-|–|—|至|to|bis)\s*(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})"
)
_LEAST_DAYS: Final = 5
_LEAST_DATES: Final = 3


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
            first = _iso(year, match.group(2), match.group(3)) if year else ""
            last = _iso(last_year, match.group(5), match.group(6)) if last_year else ""
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
    dated = _dated(free, answers)
    if dated is not None:
        days, question = dated
        return _made(table, days, question)
    by_number = [(column, int(match.group(1))) for column in free if (match := _DAY_OF_MONTH.fullmatch(column.name))]
    numbers = [number for _, number in by_number]
    if len(by_number) >= _LEAST_DAYS and len(set(numbers)) == len(numbers):
        return _month(table, by_number, names, answers)
    by_weekday = [(column, number) for column in free if (number := _weekday(column)) is not None]
    if len(by_weekday) >= _LEAST_DAYS and len({number for _, number in by_weekday}) == len(by_weekday):
        return _week(table, by_weekday, answers)
    return None


def _has_time_words(column: FoundColumn) -> bool:
    return len(column.name) > 24


def _weekday(column: FoundColumn) -> int | None:
    """Return 0 for Monday to 6 for Sunday, or None."""
    word = meanings()["weekday"].get(column.name.strip().casefold().rstrip("."))
    return int(word) if word else None


def _dated(
    columns: Sequence[FoundColumn], answers: Mapping[str, str]
) -> tuple[list[tuple[FoundColumn, str]], Question | None] | None:
    """Return the columns named by whole dates."""
    full = [(column, match) for column in columns if (match := _FULL.fullmatch(column.name))]
    if len(full) >= _LEAST_DATES:
        days = [(column, _iso(match.group(1), match.group(2), match.group(3))) for column, match in full]
        return [(column, day) for column, day in days if day], None
    short = [(column, match) for column in columns if (match := _TWO_FIRST.fullmatch(column.name))]
    if len(short) < _LEAST_DATES:
        return None
    texts = ["/".join(match.groups()) for _, match in short]
    if all("." in column.name for column, _ in short):
        texts = [text.replace("/", ".") for text in texts]
    order = decide_order({"the header": texts}, answers.get("date_order", ""))
    found = []
    for column, match in short:
        first, second, year = match.groups()
        month, day = (second, first) if order.order != "mdy" else (first, second)
        iso = _iso(year if len(year) == 4 else f"20{year}", month, day)
        found.append((column, iso))
    return [(column, day) for column, day in found if day], order.question


def _month(
    table: FoundTable,
    by_number: Sequence[tuple[FoundColumn, int]],
    names: Iterable[str],
    answers: Mapping[str, str],
) -> Grid:
    """Name the days of a month that the titles, the sheet, the file or the user tells."""
    periods = [answers["month"]] if "month" in answers else [*table.place.titles, *names]
    found = {f"{m.group(1)}-{int(m.group(2)):02}" for text in periods for m in _PERIOD.finditer(text)}
    if len(found) == 1:
        month = found.pop()
        days = [(column, _iso(month[:4], month[5:], str(number))) for column, number in by_number]
        return _made(table, [(column, day) for column, day in days if day], None)
    words = "The columns are days of a month, but the file doesn't say of which. Say it as 2026-04."
    question = Question("month", words, tuple(sorted(found)))
    return _made(table, [(column, f"{number:02}") for column, number in by_number], question)


def _week(table: FoundTable, by_weekday: Sequence[tuple[FoundColumn, int]], answers: Mapping[str, str]) -> Grid:
    said = answers.get("week", "")
    monday = dt.date.fromisoformat(said) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else None
    days = [
        (column, (monday + dt.timedelta(days=number)).isoformat() if monday else f"+{number}")
        for column, number in by_weekday
    ]
    return _made(table, days, None)


def _iso(year: str, month: str, day: str) -> str:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _made(table: FoundTable, days: Sequence[tuple[FoundColumn, str]], question: Question | None) -> Grid:
    columns = tuple(GridColumn(column.name, day) for column, day in days)
    filled = [column.values for column, _ in days if not column.values.is_empty]
    hours = [max(v.share("number"), v.share("long_clock"), v.share("with_unit", "number")) for v in filled]
    is_hours = not table.rows or (bool(hours) and sum(hours) / len(hours) >= 0.6)
    dates = sorted(day for _, day in days if PATTERNS["year_first"].fullmatch(day))
    gaps = {(dt.date.fromisoformat(later) - dt.date.fromisoformat(day)).days for day, later in pairwise(dates)}
    return Grid(columns, is_hours, bool(gaps) and min(gaps) == 7, question)
