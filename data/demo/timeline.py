"""The weeks of the made-up company and the working days of its countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import holidays
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Dates = npt.NDArray[np.datetime64]

#: Home countries; an index into this tuple is how a country travels through the simulation.
COUNTRIES: Final = ("CN", "DE", "JP", "SG", "BR")
#: So many weeks after the last full week have plans (assignments, leave, planned dates).
AHEAD_WEEKS: Final = 40
WEEKS_PER_YEAR: Final = 52


@dataclass(frozen=True)
class Timeline:
    """The weeks that are played; week 0 begins on ``first_monday``."""

    first_monday: date
    week_count: int
    today: date

    @property
    def last_week(self) -> int:
        """Index of the last full week before today."""
        return self.week_count - 1

    @property
    def all_weeks(self) -> int:
        """Number of weeks with the planned ones."""
        return self.week_count + AHEAD_WEEKS

    @property
    def day_zero(self) -> np.datetime64:
        """The first Monday as numpy date."""
        return np.datetime64(self.first_monday, "D")

    def days(self, weeks: Ints, weekday: Ints | int = 0) -> Dates:
        """Dates of a weekday (Monday is 0) in the given weeks."""
        return self.day_zero + (weeks * 7 + weekday).astype("timedelta64[D]")

    def day(self, week: int, weekday: int = 0) -> date:
        """One date."""
        return self.first_monday + timedelta(days=7 * week + weekday)


def make_timeline(years: int, today: date) -> Timeline:
    """Lay out the weeks so that the last one is the last full week before ``today``."""
    last_monday = today - timedelta(days=today.weekday() + 7)
    week_count = years * WEEKS_PER_YEAR
    return Timeline(last_monday - timedelta(weeks=week_count - 1), week_count, today)


def workday_table(timeline: Timeline) -> Flags:
    """Tell for each country, week and weekday whether it is a working day, make-up Saturdays included."""
    table = np.zeros((len(COUNTRIES), timeline.all_weeks, 7), dtype=bool)
    first = timeline.first_monday
    years = range(first.year, timeline.day(timeline.all_weeks).year + 1)
    for number, country in enumerate(COUNTRIES):
        calendar = holidays.country_holidays(country, years=years)
        flags = [calendar.is_working_day(first + timedelta(days=d)) for d in range(timeline.all_weeks * 7)]
        table[number] = np.asarray(flags, dtype=bool).reshape(timeline.all_weeks, 7)
    return table


def stream(seed: int, name: str) -> np.random.Generator:
    """Give each part of the world its own random numbers, so that one more draw here changes nothing there."""
    return np.random.default_rng([seed, *name.encode()])
