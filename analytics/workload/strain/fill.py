"""What days that were not filed may have been: the most usual, the least and the most. Missing is not rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import DAYS_A_WEEK, window_sum
from analytics.workload.weeks import MIN_FILED_SHARE

if TYPE_CHECKING:
    from analytics.workload.days import DayStates
    from analytics.workload.grid import Flags, Floats
    from analytics.workload.strain.settings import StrainSettings

#: Who worked on a weekend day within so many days may have done so in an unfiled week.
_HABIT_DAYS = 84

_STANDARD_DAY_HOURS = 8.0

#: A day that is not filed is taken to be like the filed ones of so many days before.
_RECENT_DAYS = 28

#: Fewer filed days than this say nothing of a person's long days.
_FEW_DAYS = 10

_MAX_DAY_HOURS = 24.0


@dataclass(frozen=True)
class FilledHours:
    """People × days of hours under three assumptions about the days that were not filed."""

    point: Floats
    low: Floats
    high: Floats
    is_missing: Flags


def filled_hours(states: DayStates, index_hours: Floats, settings: StrainSettings) -> FilledHours:
    """Fill expected workdays without a row.

    Point: the mean of the person's filed workdays of the last 28 days (without one the median of all), at most the long
    day below. Low: nothing. High: the person's own long day, which is the 95th percentile of the filed workdays,
    between 8 and 13 h (11 h where under ten days are filed): taking away days that are no longer than the long day of
    those that remain never lowers it. In a week that is filed under 60 %, weekend days count 6 h in the high case for
    people who worked on a weekend day in the twelve weeks before. Leave and holidays are recorded rest and never
    filled; a day of more than 24 hours counts 24.
    """
    low = np.clip(index_hours, 0, _MAX_DAY_HOURS)
    is_missing = states.is_expected & ~states.is_filed & states.is_unknown
    usual, longest = _own_days(low, states, settings)
    point = np.where(is_missing, np.fmin(_recent_day(low, states, usual), longest[:, None]), low)
    high = np.where(is_missing, longest[:, None], low)
    may_be_weekend = _unfiled_weekend(states, is_missing) & _works_weekends(states)
    high = np.where(may_be_weekend, np.fmax(high, settings["high_weekend_hours"]), high)
    return FilledHours(point, low, high, is_missing)


def _recent_day(hours: Floats, states: DayStates, usual: Floats) -> Floats:
    """Mean of the filed workdays of the 28 days up to each day: who works long weeks did so in an unfiled one, too."""
    is_workday = (states.is_expected & states.is_filed).astype(np.float64)
    count = window_sum(is_workday, _RECENT_DAYS)
    mean = window_sum(hours * is_workday, _RECENT_DAYS) / np.maximum(count, 1)
    return np.where(count > 0, mean, usual[:, None])


def _own_days(hours: Floats, states: DayStates, settings: StrainSettings) -> tuple[Floats, Floats]:
    """Median workday, and long day, of each person."""
    is_workday = states.is_expected & states.is_filed
    ranked = np.sort(np.where(is_workday, hours, np.inf), axis=1)
    filed = is_workday.sum(axis=1)
    people, last = np.arange(len(filed)), np.maximum(filed - 1, 0)
    median = ranked[people, last // 2]
    rank = np.clip(np.ceil(settings["high_day_quantile"] * filed).astype(np.int64) - 1, 0, last)
    usual = np.where(filed > 0, median, _STANDARD_DAY_HOURS)
    longest = np.where(filed >= _FEW_DAYS, ranked[people, rank], settings["high_day_hours"])
    return usual, np.clip(longest, settings["high_day_hours_min"], settings["high_day_hours_max"])


def _unfiled_weekend(states: DayStates, is_missing: Flags) -> Flags:
    expected, missing = _by_week(states.is_expected), _by_week(is_missing)
    is_mostly_missing = (expected > 0) & (1 - missing / np.maximum(expected, 1) < MIN_FILED_SHARE)
    is_open = np.repeat(is_mostly_missing, DAYS_A_WEEK, axis=1)
    return is_open & states.is_inside & ~states.is_filed & ~states.is_leave & ~states.is_workday


def _works_weekends(states: DayStates) -> Flags:
    worked = (states.is_worked & ~states.is_workday).astype(np.float64)
    return window_sum(worked, _HABIT_DAYS) > 0


def _by_week(days: Flags) -> Floats:
    sums: Floats = days.reshape(days.shape[0], days.shape[1] // DAYS_A_WEEK, DAYS_A_WEEK).sum(axis=2).astype(np.float64)
    return sums


def data_share(states: DayStates, is_missing: Flags) -> Floats:
    """Return for each person and week the filed share of the expected workdays of 28 days; 1 when none was expected."""
    expected = window_sum(_by_week(states.is_expected), 4)
    missing = window_sum(_by_week(is_missing), 4)
    return np.where(expected > 0, 1 - missing / np.maximum(expected, 1), 1.0)
