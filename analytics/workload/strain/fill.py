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
_LONG_DAY_QUANTILE = 0.9
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

    Point: the person's median workday. Low: nothing. High: 11 h, or the person's own long day if that is longer
    (up to 13 h); a long day is the 90th percentile with missing days ranked on top, so it never falls when rows are
    taken away. In a week that is filed under 60 %, weekend days count 6 h in the high case for people who worked on a
    weekend day in the twelve weeks before. Leave and holidays are recorded rest and never filled; a day of more than
    24 hours counts 24.
    """
    low = np.clip(index_hours, 0, _MAX_DAY_HOURS)
    is_missing = states.is_expected & ~states.is_filed & states.is_unknown
    usual, longest = _own_days(low, states, is_missing, settings)
    point = np.where(is_missing, usual[:, None], low)
    high = np.where(is_missing, longest[:, None], low)
    may_be_weekend = _unfiled_weekend(states, is_missing) & _works_weekends(states)
    high = np.where(may_be_weekend, np.fmax(high, settings["high_weekend_hours"]), high)
    return FilledHours(point, low, high, is_missing)


def _own_days(hours: Floats, states: DayStates, is_missing: Flags, settings: StrainSettings) -> tuple[Floats, Floats]:
    """Median workday, and long day, of each person."""
    is_workday = states.is_expected & states.is_filed
    ranked = np.sort(np.where(is_workday, hours, np.inf), axis=1)
    filed, missing = is_workday.sum(axis=1), is_missing.sum(axis=1)
    people = np.arange(len(filed))
    median = ranked[people, np.maximum(filed - 1, 0) // 2] if hours.shape[1] else np.zeros(len(filed))
    usual = np.where(filed > 0, median, _STANDARD_DAY_HOURS)
    rank = np.ceil(_LONG_DAY_QUANTILE * (filed + missing)).astype(np.int64) - 1
    is_ranked = (rank >= 0) & (rank < filed)
    own = ranked[people, np.clip(rank, 0, max(hours.shape[1] - 1, 0))] if hours.shape[1] else usual
    longest = np.where(is_ranked, own, settings["high_day_hours_max"])
    # Too few filed days say nothing of long days: then the limit of the law stands in.
    longest = np.where(filed + missing >= 10, longest, settings["high_day_hours"])
    return usual, np.clip(longest, settings["high_day_hours"], settings["high_day_hours_max"])


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
