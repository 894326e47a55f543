"""Which month, week or year a grid of days is of, as its titles, its sheet or its file say.

A day on which a report was made tells nothing about its columns; a span from a first to a last day does.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.drafting import meanings

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY: Final = r"(20\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?"
_DOTTED: Final = r"(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d{2})"
_TO: Final = r"\s*(?:~|～|〜|→|-|–|—|至|to|bis|au|по|until|through)\s*"
_SPANS: Final = (
    (re.compile(_DAY + _TO + _DAY), (0, 1, 2), (3, 4, 5)),
    (re.compile(_DOTTED + _TO + _DOTTED), (2, 1, 0), (5, 4, 3)),
)
_SHORT_SPAN: Final = re.compile(_DAY + _TO + r"(\d{1,2})[-/.月](\d{1,2})日?")
_DOTTED_SPAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\." + _TO + _DOTTED)
_ANY_DAY: Final = re.compile(rf"{_DAY}|{_DOTTED}|\d{{1,2}}/\d{{1,2}}/(?:20)?\d{{2}}")
_YEAR_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})\s*[-/._年]?\s*(0[1-9]|1[0-2]|[1-9])(?!\d)")
_MONTH_YEAR: Final = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])\s?[./-]\s?(20\d{2})(?!\d)")
_BEFORE_YEAR: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,10})\.?[\s,_'-]*(?=(20\d{2})(?!\d))")
_BEHIND_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})[\s,_-]*([^\W\d_]{2,10})(?![^\W\d_])")
_MONTH_ALONE: Final = re.compile(
    r"(?i)\s*(?:(?:month|monat|mois|mes|mês|mese|месяц|月份)\s*:?\s+)?([^\W\d_]{2,10})\.?\s*"
)
_WEEK_WORD: Final = re.compile(
    r"(?i)\b(week|woche|wk|kw|cw|semaine|semana|settimana|monday|montag)\b|недел|周|週|wochen"
)
_ISO_WEEK: Final = re.compile(
    r"(?i)(?:\b(?:kw|cw|w|wk|week|woche|semaine|semana|неделя)\.?\s?|第)(\d{1,2})\s?(?:周|週)?[\s/,.()-]*(20\d{2})(?!\d)"
    r"|(?<!\d)(20\d{2})\s?年?[-/,\s]*(?:(?:kw|cw|w|week|wk)\.?\s?|第)(\d{1,2})(?!\d)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@dataclass(frozen=True)
class Period:
    """What titles say of the days below them.

    Parameters
    ----------
    months
        ``2026-04``.
    mondays
        First days of weeks.
    years
        All that are named.
    """

    months: frozenset[str]
    mondays: frozenset[dt.date]
    years: frozenset[int]


def period_of(texts: Iterable[str]) -> Period:
    """Read titles."""
    months: set[str] = set()
    mondays: set[dt.date] = set()
    years: set[int] = set()
    alone: set[int] = set()
    for text in texts:
        years |= {int(year) for year in _YEAR.findall(text)}
        for first, last in spans(text):
            if (first.year, first.month) == (last.year, last.month):
                months.add(f"{first:%Y-%m}")
            if first.weekday() == 0 and (last - first).days <= 6:
                mondays.add(first)
        mondays |= set(_week_days(text))
        months |= set(_months(_ANY_DAY.sub(" ", text)))
        named = _MONTH_ALONE.fullmatch(text.rsplit(".", 1)[0] if text.count(".") == 1 else text)
        alone |= {month_of(named.group(1))} - {0} if named else set()
    # A sheet called "Jan" below a title of 2026.
    if not months and len(years) == 1 and len(alone) == 1:
        months.add(f"{min(years)}-{min(alone):02}")
    return Period(frozenset(months), frozenset(mondays), frozenset(years))


def spans(text: str) -> list[tuple[dt.date, dt.date]]:
    """Return the first and last days that a title names; slashed days of unknown order are left aside."""
    found: list[tuple[dt.date | None, dt.date | None]] = []
    for pattern, first, last in _SPANS:
        for match in pattern.finditer(text):
            parts = match.groups()
            found.append((_date(*(parts[place] for place in first)), _date(*(parts[place] for place in last))))
    for match in _SHORT_SPAN.finditer(text):
        year, month, day, last_month, last_day = match.groups()
        found.append((_date(year, month, day), _date(year, last_month, last_day)))
    for match in _DOTTED_SPAN.finditer(text):
        day, month, last_day, last_month, year = match.groups()
        found.append((_date(year, month, day), _date(year, last_month, last_day)))
    return [(first, last) for first, last in found if first and last and first <= last]


def month_of(word: str) -> int:
    """Return 1 to 12 for the name of a month, else 0."""
    return int(meanings()["month"].get(word.casefold(), "0"))


def monday_of_week(year: int, week: int) -> dt.date | None:
    """Return the first day of an ISO week."""
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _months(text: str) -> Iterable[str]:
    named = [(word, year) for word, year in _BEFORE_YEAR.findall(text)]
    named += [(word, year) for year, word in _BEHIND_YEAR.findall(text)]
    for word, year in named:
        if month_of(word):
            yield f"{year}-{month_of(word):02}"
    if not _ISO_WEEK.search(text):
        for match in _YEAR_MONTH.finditer(text):
            yield f"{match.group(1)}-{int(match.group(2)):02}"
    for match in _MONTH_YEAR.finditer(text):
        yield f"{match.group(2)}-{int(match.group(1)):02}"


def _week_days(text: str) -> Iterable[dt.date]:
    """Give the Mondays that a title names: ``Week of 2026-03-02``, ``KW 10/2026``."""
    for match in _ISO_WEEK.finditer(text):
        week, year = (match.group(1), match.group(2)) if match.group(1) else (match.group(4), match.group(3))
        monday = monday_of_week(int(year), int(week))
        if monday:
            yield monday
    if _WEEK_WORD.search(text) and not spans(text):
        for pattern, places in ((_DAY, (0, 1, 2)), (_DOTTED, (2, 1, 0))):
            for match in re.finditer(pattern, text):
                day = _date(*(match.groups()[place] for place in places))
                if day and day.weekday() == 0:
                    yield day


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
