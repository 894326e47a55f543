"""Days of presence that a law counts: rolling windows, calendar years, months of a posting. In local dates.

Source of the check vector (three days in April, 18 June to 11 September 2014: 89 days): the decision that the
Schengen calculator of the European Commission is explained with; entry and exit count as days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Days = npt.NDArray[np.int64]
Counts = npt.NDArray[np.float64]

KINDS: Final = ("rolling_days", "year_days", "posting_months")
_DAYS_A_MONTH: Final = 365.25 / 12


class PresenceError(ValueError):
    """A presence counter can't be used; the message says which line is wrong."""


@dataclass(frozen=True)
class Counter:
    """One way in which days somewhere are counted; ``limit`` and ``margin`` are days, or months of a posting."""

    key: str
    name: str
    kind: str
    countries: frozenset[str]
    limit: float
    margin: float
    what: str
    source: str
    window_days: int = 0
    break_days: int = 0

    def counts(self, present: Days, at: Days) -> Counts:
        """Return what is counted on each of the days ``at`` (ordinals) when somebody was there on ``present``."""
        present = np.unique(present)
        if self.kind == "rolling_days":
            until = np.searchsorted(present, at, side="right")
            return (until - np.searchsorted(present, at - self.window_days, side="right")).astype(np.float64)
        if self.kind == "year_days":
            starts = np.array([date(date.fromordinal(int(day)).year, 1, 1).toordinal() for day in at], dtype=np.int64)
            return (np.searchsorted(present, at, "right") - np.searchsorted(present, starts, "left")).astype(np.float64)
        return self._months(present, at)

    def _months(self, present: Days, at: Days) -> Counts:
        """Return months since the first day of the posting in which each day lies; a short break doesn't end it."""
        if not len(present):
            return np.zeros(len(at))
        begins = np.concatenate([[True], np.diff(present) > self.break_days])
        first = present[begins]
        place = np.searchsorted(present, at, "right") - 1
        posting = np.cumsum(begins)[np.maximum(place, 0)] - 1
        lasts = (place >= 0) & (at - present[np.maximum(place, 0)] <= self.break_days)
        return np.where(lasts, (at - first[posting] + 1) / _DAYS_A_MONTH, 0.0)


@dataclass(frozen=True)
class StayLimit:
    """A counter that holds for a person, with the days that were spent before the plan (ordinals)."""

    person: int
    counter: Counter
    is_counted: npt.NDArray[np.bool_]
    past_days: Days
    first_day: int
    last_day: int

    def days_of_weeks(self, mondays: Days, project: Days, nights: Counts) -> Days:
        """Return the days of presence of weeks on site; a week of four nights is Monday to Friday.

        Parameters
        ----------
        project, nights
            By week: where the person is on site (-1: nowhere), and nights away of it.
        """
        there = (project >= 0) & self.is_counted[np.maximum(project, 0)]
        lengths = np.minimum(np.where(nights > 0, nights + 1, 5), 7).astype(np.int64)
        parts = [monday + np.arange(length) for monday, length in zip(mondays[there], lengths[there], strict=True)]
        days = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        return days[(days >= self.first_day) & (days <= self.last_day)]

    def counts_of(self, planned: Days) -> Counts:
        """Return what is counted on each planned day, with the past and the days before it."""
        return self.counter.counts(np.concatenate([self.past_days, planned]), planned)

    def over_and_near(self, mondays: Days, project: Days, nights: Counts) -> tuple[npt.NDArray[np.bool_], int]:
        """Return the weeks whose days go over the limit, and how many weeks end nearer to it than the margin."""
        planned = self.days_of_weeks(mondays, project, nights)
        is_over = np.zeros(len(mondays), dtype=bool)
        if not len(planned):
            return is_over, 0
        counts = self.counts_of(planned)
        week = np.searchsorted(mondays, planned, side="right") - 1
        most = np.full(len(mondays), -1.0)
        np.maximum.at(most, week, counts)
        is_over = most > self.counter.limit + 1e-9
        return is_over, int((most > self.counter.limit - self.counter.margin).sum())


def counters_of(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Counter]:
    """Return the counters of ``presence.toml`` by key.

    Raises
    ------
    PresenceError
        A line is missing or can't be.
    """
    found = {}
    for key, line in table.items():
        try:
            counter = Counter(
                key=key,
                name=str(line["name"]),
                kind=str(line["kind"]),
                countries=frozenset(str(country) for country in line["countries"]),
                limit=float(line["limit"]),
                margin=float(line["margin"]),
                what=str(line["what"]),
                source=str(line["source"]),
                window_days=int(line.get("window_days", 0)),
                break_days=int(line.get("break_days", 0)),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PresenceError(f"The presence counter {key} is not complete: {error}.") from error
        if counter.kind not in KINDS or (counter.kind == "rolling_days" and counter.window_days < 1):
            raise PresenceError(f"The presence counter {key} needs a kind of {', '.join(KINDS)}, and a window.")
        found[key] = counter
    return found


def days_of_stay(first: date, last: date) -> Iterable[int]:
    """Return every day from entry to exit, both counted, as ordinals."""
    return range(first.toordinal(), last.toordinal() + 1)


def monday_ordinals(weeks: Iterable[date]) -> Days:
    """Return the Mondays as ordinals."""
    return np.array([week.toordinal() for week in weeks], dtype=np.int64)


def last_day_of_week(monday: date) -> date:
    """Return the Sunday of a week."""
    return monday + timedelta(days=6)
