"""Limits on single days: rest between two days, work at night, long days, work on public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.clocks import Rests, night_hours, pieces_of, rests_between
from analytics.workload.limit_rules import Window
from analytics.workload.limits_daily import fact_rows, overtime_hours
from analytics.workload.limits_weekly import exceeds
from analytics.workload.place import home_holidays

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.workload.days import DayStates
    from analytics.workload.grid import Flags, Floats
    from analytics.workload.limit_rules import LimitRule
    from analytics.workload.zones import LocalClock

#: Who works so many hours of a night is a night worker on that day (Directive 2003/88/EC art. 2(4)(a)).
NIGHT_WORK_HOURS = 3.0


@dataclass(frozen=True)
class DayMeasures:
    """Rests between work; people × days: hours of the night (NaN where not known), and statutory holidays."""

    rests: Rests
    night: Floats
    is_holiday: Flags


def day_measures(
    states: DayStates,
    clock_times: pd.DataFrame,
    people: pd.DataFrame,
    calendar_days: pd.DataFrame,
    as_of_date: date,
    clock: LocalClock | None = None,
) -> DayMeasures:
    """Measure single days.

    Parameters
    ----------
    clock
        The local clock of each day; without it no night is assessed.
    """
    grid = states.grid
    pieces = pieces_of(grid, clock_times, as_of_date)
    nights = np.full(grid.shape, np.nan) if clock is None else night_hours(pieces, clock, states.hours)
    return DayMeasures(rests_between(pieces, clock), nights, home_holidays(grid, people, calendar_days))


def day_facts(rule: LimitRule, states: DayStates, measures: DayMeasures, concerns: Flags) -> pd.DataFrame:
    """Return each day on which the limit is broken, and each rest that was too short.

    A day without clock times, or without a known zone where the clock has to be local, is not assessed. Overtime and
    holidays on a provisional calendar are told as not certain.
    """
    if rule.window is Window.REST:
        return _rest_facts(rule, states, measures.rests, concerns)
    value = _values(rule, states, measures)
    is_broken = (value < rule.limit - 1e-4) if rule.is_minimum else exceeds(rule, value)
    person, day = np.nonzero(is_broken & ~np.isnan(value) & concerns[:, None])
    needs_calendar = rule.window in {Window.OVERTIME_DAY, Window.HOLIDAY}
    doubtful = states.is_provisional[person, day] & needs_calendar
    return fact_rows(states, (person, day, day), value[person, day], ~doubtful)


def _rest_facts(rule: LimitRule, states: DayStates, rests: Rests, concerns: Flags) -> pd.DataFrame:
    is_broken = (rests.hours < rule.limit - 1e-4) & concerns[rests.person]
    windows = (rests.person[is_broken], rests.day_before[is_broken], rests.day_after[is_broken])
    return fact_rows(states, windows, rests.hours[is_broken], np.ones(len(windows[0]), dtype=bool))


def _values(rule: LimitRule, states: DayStates, measures: DayMeasures) -> Floats:
    if rule.window is Window.NIGHT_DAY:
        return np.where(np.nan_to_num(measures.night) >= NIGHT_WORK_HOURS, states.hours, np.nan)
    if rule.window is Window.OVERTIME_DAY:
        overtime = overtime_hours(states)
        return np.where(states.has_calendar & states.is_expected, overtime, np.nan)
    worked_holiday: Floats = np.where(measures.is_holiday & states.is_worked, states.hours, np.nan)
    return worked_holiday
