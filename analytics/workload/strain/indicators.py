"""The indicators of each person at the end of each week, from what is laid out in ``Exposure``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.days import MIN_WORKED_DAY_HOURS
from analytics.workload.grid import DAYS_A_WEEK, streaks, window_sum
from analytics.workload.strain.exposure import LEAVE_DAYS, by_week

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats
    from analytics.workload.strain.baseline import Baseline
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.settings import StrainSettings

_MONTH_WEEKS = 4
_MONTH_FACTOR = 30.4 / 28
_FEW_WEEKS = 2
_ROSTER_WEEKS = 12
_HOLIDAY_WEEKS = 8
_ESCALATION_WEEKS = 8
_CUSUM_WEEKS = 8

#: So many nights in a row at home are a weekend at home.
_HOME_NIGHTS = 2

#: A share of weekend days needs at least so many of them in four weeks (make-up workdays take some away).
_MIN_WEEKEND_DAYS = 6

#: Indicators that need clock times count only where half of the filed days have them.
_MIN_CLOCK_SHARE = 0.5

#: A smaller contract counts as one of so many hours: three hours more on one of four are no overload.
_LEAST_CONTRACT_HOURS = 10.0

#: Counts are raised for unfiled days as if at least so much were filed.
_LEAST_SHARE = 0.25

Values = dict[str, "Floats"]


@dataclass(frozen=True)
class Assumption:
    """The hours of one assumption about unfiled days; ``is_high`` adds what such days may have been besides hours."""

    hours: Floats
    is_high: bool = False


def steady_indicators(exposure: Exposure) -> Values:
    """Return the indicators that unfiled timesheets don't touch: travel, and how projects and clients were shared."""
    nights = by_week(exposure.is_away)
    away = window_sum(nights, _ROSTER_WEEKS)
    days = window_sum(by_week(exposure.is_inside), _ROSTER_WEEKS)
    return {
        "nights_away": window_sum(nights, _MONTH_WEEKS),
        "weeks_without_home_weekend": _weeks_without_home_weekend(exposure.is_away),
        "away_home_ratio": away / np.maximum(days - away, 1),
        "zone_hours": window_sum(by_week(exposure.zone_hours), _MONTH_WEEKS),
        "travel_days": window_sum(by_week(exposure.is_travel), _MONTH_WEEKS),
        "unsocial_requests": window_sum(exposure.unsocial_requests, _MONTH_WEEKS),
        "effective_projects": exposure.effective_projects,
        "projects_a_week": exposure.projects_a_week,
        "late_requests": window_sum(exposure.late_requests, _MONTH_WEEKS),
        "go_live_weeks": window_sum(exposure.is_go_live.astype(np.float64), _ROSTER_WEEKS),
        "difficult_client_weeks": exposure.difficult_weeks,
        "escalations": window_sum(exposure.escalations, _ESCALATION_WEEKS),
    }


def hour_indicators(exposure: Exposure, assumption: Assumption, baseline: Baseline, settings: StrainSettings) -> Values:
    """Return the indicators of hours, rest, unsocial time and change under one assumption about unfiled days."""
    hours = assumption.hours
    weekly = by_week(hours)
    worked = hours > MIN_WORKED_DAY_HOURS
    normal = np.where(exposure.is_expected, settings["overtime_day_hours"], 0.0)
    overtime = by_week(np.clip(hours - normal, 0, None))
    inside = np.clip(window_sum((by_week(exposure.is_inside) > 0).astype(np.float64), _MONTH_WEEKS), 1, None)
    mean = window_sum(weekly, _MONTH_WEEKS) / inside
    contract = np.maximum(exposure.contract_hours, _LEAST_CONTRACT_HOURS)[:, None]
    is_part_time = (exposure.contract_hours > 0) & (exposure.contract_hours < settings["part_time_hours"])
    return {
        "hours_4_weeks": mean,
        "over_contract": np.where(is_part_time[:, None], mean / contract, 0.0),
        "hours_peak_week": _window_max(weekly, _FEW_WEEKS),
        "overtime_month": window_sum(overtime, _MONTH_WEEKS) * _MONTH_FACTOR,
        **_rest(exposure, assumption, worked, settings),
        **_unsocial(exposure, assumption, worked),
        **_change(weekly, baseline, settings),
    }


def unknown_indicators(exposure: Exposure) -> dict[str, Flags]:
    """Tell for people × weeks which indicators nobody knows: they count as 0, but 0 is not what is told."""
    no_clock = window_sum(by_week(exposure.has_clock), _ROSTER_WEEKS) <= 0
    return {
        "weeks_since_leave": ~exposure.knows_leave,
        **dict.fromkeys(("short_rests", "broken_nights", "night_hours"), no_clock),
    }


def _rest(exposure: Exposure, assumption: Assumption, worked: Flags, settings: StrainSettings) -> Values:
    hours = assumption.hours
    whole = (by_week(worked) >= DAYS_A_WEEK).astype(np.float64)
    is_weekend_used = exposure.is_weekend & (worked | exposure.is_travel)
    weekend_days = np.clip(window_sum(by_week(exposure.is_weekend), _MONTH_WEEKS), _MIN_WEEKEND_DAYS, None)
    return {
        "short_rests": _short_rests(exposure, assumption),
        "days_in_a_row": _longest_run(worked, exposure),
        "weeks_without_day_off": window_sum(whole, _MONTH_WEEKS),
        "broken_nights": window_sum(by_week(exposure.broken_nights), _ROSTER_WEEKS)
        * _for_unfiled(exposure, assumption),
        "weeks_since_leave": np.where(exposure.knows_leave, _weeks_since_leave(exposure, worked), 0.0),
        "full_days_in_a_row": _longest_run(hours >= settings["red_day_hours"], exposure),
        "weekend_share": window_sum(by_week(is_weekend_used), _MONTH_WEEKS) / weekend_days,
    }


def _longest_run(days: Flags, exposure: Exposure) -> Floats:
    """Longest run of days that reaches into the last two weeks."""
    runs = streaks(days).reshape(*exposure.weeks.shape, DAYS_A_WEEK).max(axis=2, initial=0).astype(np.float64)
    return _window_max(runs, _FEW_WEEKS)


def _short_rests(exposure: Exposure, assumption: Assumption) -> Floats:
    """Short rests of 14 days; in the high case unfiled days are taken to have them as often as the filed ones."""
    clocked = window_sum(by_week(exposure.has_clock), _MONTH_WEEKS)
    filed = window_sum(by_week(exposure.is_filed), _MONTH_WEEKS)
    found = window_sum(by_week(exposure.short_rests), _FEW_WEEKS) * _for_unfiled(exposure, assumption)
    return np.where(clocked >= np.maximum(_MIN_CLOCK_SHARE * filed, 1), found, 0.0)


def _for_unfiled(exposure: Exposure, assumption: Assumption) -> Floats | float:
    """Return by how much counts of filed days are raised for the days that are not."""
    return 1 / np.clip(exposure.data_share, _LEAST_SHARE, 1) if assumption.is_high else 1.0


def _unsocial(exposure: Exposure, assumption: Assumption, worked: Flags) -> Values:
    night = window_sum(by_week(np.nan_to_num(exposure.night_hours)), _MONTH_WEEKS)
    night = night * _for_unfiled(exposure, assumption)
    holidays = by_week(worked & exposure.is_statutory)
    return {"night_hours": night, "holidays_worked": window_sum(holidays, _HOLIDAY_WEEKS)}


def _change(weekly: Floats, baseline: Baseline, settings: StrainSettings) -> Values:
    """Hours above the own usual week, and how a rise adds up (CUSUM); 0 where no usual week is known."""
    recent = window_sum(weekly, _FEW_WEEKS) / _FEW_WEEKS
    rise = recent - baseline.hours
    is_told = rise / baseline.deviation > settings["baseline_gate"]
    steps = (weekly - baseline.hours) / baseline.deviation - settings["cusum_allowance"]
    total = np.zeros(weekly.shape)
    for week in range(min(_CUSUM_WEEKS, weekly.shape[1]) - 1, -1, -1):
        shifted = np.zeros(weekly.shape)
        shifted[:, week:] = np.nan_to_num(steps)[:, : weekly.shape[1] - week]
        total = np.maximum(total + shifted, 0)
    has_baseline = ~np.isnan(baseline.hours)
    return {
        "above_own_week": np.where(has_baseline & is_told, np.clip(np.nan_to_num(rise), 0, None), 0.0),
        "lasting_rise": np.where(has_baseline, total, 0.0),
    }


def _weeks_without_home_weekend(is_away: Flags) -> Floats:
    """Weeks since the last two nights in a row at home; a commuter who is home on weekends has none."""
    home = streaks(~is_away)
    ends = np.where(home >= _HOME_NIGHTS, np.arange(1, is_away.shape[1] + 1), 0)
    nights_since = np.arange(1, is_away.shape[1] + 1) - np.maximum.accumulate(ends, axis=1)
    return np.floor(nights_since[:, DAYS_A_WEEK - 1 :: DAYS_A_WEEK] / DAYS_A_WEEK)


def _weeks_since_leave(exposure: Exposure, worked: Flags) -> Floats:
    """Weeks since five days off in a row; before the first known week nothing is said."""
    rest = streaks(~worked & exposure.is_inside)
    began = np.cumsum(exposure.is_inside, axis=1) == 1
    steps = np.arange(1, worked.shape[1] + 1)
    last = np.maximum.accumulate(np.where((rest >= LEAVE_DAYS) | began | ~exposure.is_inside, steps, 0), axis=1)
    return np.floor((steps - last)[:, DAYS_A_WEEK - 1 :: DAYS_A_WEEK] / DAYS_A_WEEK)


def _window_max(weekly: Floats, steps: int) -> Floats:
    best = weekly.copy()
    for back in range(1, steps):
        best[:, back:] = np.maximum(best[:, back:], weekly[:, :-back])
    return best
