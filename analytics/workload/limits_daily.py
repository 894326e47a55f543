"""Limits on overtime in a month and on days in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK, streaks, window_sum
from analytics.workload.limit_rules import NORMAL_DAY_HOURS
from analytics.workload.limits_weekly import exceeds
from analytics.workload.load import MIN_KNOWN_SHARE

if TYPE_CHECKING:
    from analytics.workload.days import DayStates
    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.limit_rules import LimitRule

_SUNDAY = 6


def overtime_hours(states: DayStates, *, leaves_out_sundays: bool = False) -> Floats:
    """Hours beyond eight on a workday, and all hours on a day off or of leave; each day for itself."""
    normal = np.where(states.is_expected, NORMAL_DAY_HOURS, 0.0)
    overtime = np.clip(states.hours - normal, 0, None)
    if not leaves_out_sundays:
        return overtime
    return np.where(np.arange(states.grid.step_count) % DAYS_A_WEEK == _SUNDAY, 0.0, overtime)


def month_facts(rule: LimitRule, states: DayStates, concerns: Flags) -> pd.DataFrame:
    """Return each month (or mean of months) whose overtime is over the limit.

    Missing days can only add overtime, so a known sum over the limit is certain, except where the calendar is
    provisional. Of several lengths of a mean the one with the highest value is told. A month without a calendar is
    not assessed; the last month ends with the last known week.
    """
    starts = _month_starts(states)
    overtime = overtime_hours(states, leaves_out_sundays=rule.leaves_out_sundays)
    by_month = np.add.reduceat(np.where(states.has_calendar, overtime, 0.0), starts, axis=1)
    best, length = np.full(by_month.shape, -np.inf), np.ones(by_month.shape, dtype=np.int64)
    for months in rule.lengths:
        mean = window_sum(by_month, months) / months
        mean[:, : months - 1] = -np.inf
        length, best = np.where(mean > best, months, length), np.maximum(mean, best)
    person, month = np.nonzero(exceeds(rule, best) & concerns[:, None])
    ends = np.append(starts[1:], states.grid.step_count) - 1
    first = starts[month - length[person, month] + 1]
    doubtful = _any_between(states.is_provisional & states.is_filed, person, first, ends[month])
    return fact_rows(states, (person, first, ends[month]), best[person, month], ~doubtful)


def run_facts(rule: LimitRule, states: DayStates, concerns: Flags) -> pd.DataFrame:
    """Return each run of days worked that is longer than the limit.

    A run of days that were all worked is certain. A longer one that only unknown days hold together is told as not
    certain when it begins and ends with a day worked and 60 % of its days are known; its value includes the unknown
    days.
    """
    worked = states.is_worked & concerns[:, None]
    certain = _runs(worked)
    possible = _trimmed(_runs(worked | (states.is_unknown & concerns[:, None])), worked)
    person, first, last = (np.concatenate(pair) for pair in zip(certain, possible, strict=True))
    is_certain = np.arange(len(person)) < len(certain[0])
    length = (last - first + 1).astype(np.float64)
    is_known = _count_between(worked, person, first, last) / np.maximum(length, 1) >= MIN_KNOWN_SHARE
    has_certain = _count_between(_long_run_ends(worked, rule), person, first, last) > 0
    is_fact = exceeds(rule, length) & (is_certain | (is_known & ~has_certain))
    windows = (person[is_fact], first[is_fact], last[is_fact])
    return fact_rows(states, windows, length[is_fact], is_certain[is_fact])


def _month_starts(states: DayStates) -> Whole:
    """Columns on which a month begins; the first column too, whatever its day."""
    months = states.grid.dates.astype("datetime64[M]").astype(np.int64)
    starts: Whole = np.flatnonzero(np.diff(months, prepend=months[:1] - 1))
    return starts


def _runs(flags: Flags) -> tuple[Whole, Whole, Whole]:
    """Person, first and last column of every run of True."""
    edge = np.zeros((flags.shape[0], 1), dtype=np.int8)
    change = np.diff(flags.astype(np.int8), axis=1, prepend=edge, append=edge)
    person, first = np.nonzero(change == 1)
    _, after = np.nonzero(change == -1)
    return person, first, after - 1


def _trimmed(runs: tuple[Whole, Whole, Whole], worked: Flags) -> tuple[Whole, Whole, Whole]:
    """Cut runs so that they begin and end with a day worked; runs without one vanish."""
    person, first, last = runs
    steps = np.arange(worked.shape[1])
    before = np.maximum.accumulate(np.where(worked, steps, -1), axis=1)
    after = np.minimum.accumulate(np.where(worked, steps, worked.shape[1])[:, ::-1], axis=1)[:, ::-1]
    begin, end = after[person, first], before[person, last]
    has_work = begin <= end
    return person[has_work], begin[has_work], end[has_work]


def _long_run_ends(worked: Flags, rule: LimitRule) -> Flags:
    return exceeds(rule, streaks(worked).astype(np.float64))


def _count_between(flags: Flags, person: Whole, first: Whole, last: Whole) -> Whole:
    sums = np.cumsum(flags, axis=1, dtype=np.int64)
    counts: Whole = sums[person, last] - sums[person, first] + flags[person, first]
    return counts


def _any_between(flags: Flags, person: Whole, first: Whole, last: Whole) -> Flags:
    return _count_between(flags, person, first, last) > 0


def fact_rows(states: DayStates, windows: tuple[Whole, Whole, Whole], value: Floats, is_certain: Flags) -> pd.DataFrame:
    """Return facts: ``windows`` are person, first and last column of each."""
    person, first, last = windows
    expected = _count_between(states.is_expected, person, first, last)
    unknown = _count_between(states.is_expected & states.is_unknown, person, first, last)
    dates = states.grid.dates
    return pd.DataFrame(
        {
            "person": person,
            "window_start_date": pd.DatetimeIndex(dates[first]).as_unit("us"),
            "window_end_date": pd.DatetimeIndex(dates[last]).as_unit("us"),
            "value": value.round(2),
            "is_certain": is_certain,
            "days_known_share": np.where(expected > 0, 1 - unknown / np.maximum(expected, 1), 1.0).round(4),
            "is_assumed": _any_between(states.is_assumed, person, first, last),
        }
    )
