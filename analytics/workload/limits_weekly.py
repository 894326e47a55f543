"""Limits on the mean of weekly hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK, flags_of, floats_of, week_grid, window_sum
from analytics.workload.load import MIN_KNOWN_SHARE

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats, Grid, Whole
    from analytics.workload.limit_rules import LimitRule

#: Limits are compared with this much slack (a third of a second), because sums of hours carry the dust of
#: floating-point addition.
_DUST_HOURS = 1e-4


def exceeds(rule: LimitRule, value: Floats) -> Flags:
    """Tell which values are over the limit (or reach it, where that is enough); NaN never is."""
    over: Flags = value > rule.limit - _DUST_HOURS if rule.is_limit_reached_enough else value > rule.limit + _DUST_HOURS
    return over


def week_facts(rule: LimitRule, weeks: pd.DataFrame, concerns: Flags) -> pd.DataFrame:
    """Return each window of weeks whose mean is over the limit.

    The mean is taken over the known weeks and needs 60 % of them. It is certain when the known hours alone exceed the
    limit over all weeks of the window, as if nobody had worked in the missing ones. A window begins with the person's
    first week or later.

    Parameters
    ----------
    weeks
        Rows of ``weeks_as_known``.
    concerns
        For each person of the grid: does the rule hold for this person?
    """
    grid, length = week_grid(weeks), rule.lengths[0]
    cells = grid.cells(weeks["person_id"], weeks["week_start_date"])
    has_row = grid.mark(cells, np.ones(len(weeks), dtype=bool))
    is_known = grid.mark(cells, flags_of(weeks["is_known"]))
    hours = np.nan_to_num(grid.place(cells, floats_of(weeks["worked_hours"])))
    counted = _counted_weeks(rule, grid, cells, weeks)
    known_weeks = window_sum(np.where(is_known, counted, 0.0), length)
    all_weeks = window_sum(counted, length)
    mean = _divide(window_sum(np.where(is_known, hours, 0.0), length), known_weeks, length)
    least = _divide(window_sum(hours, length), all_weeks, length)
    is_certain = exceeds(rule, least)
    is_whole = has_row & _begun_before(has_row, length)
    is_fact = (exceeds(rule, mean) | is_certain) & is_whole & concerns[:, None]
    person, step = np.nonzero(is_fact)
    last_day = grid.first_day + step * DAYS_A_WEEK + DAYS_A_WEEK - 1
    is_assumed = window_sum(grid.mark(cells, flags_of(weeks["is_assumed"])).astype(np.float64), length) > 0
    value = np.fmax(mean, np.where(is_certain, least, np.nan))
    return pd.DataFrame(
        {
            "person": person,
            "window_start_date": _dates(last_day - length * DAYS_A_WEEK + 1),
            "window_end_date": _dates(last_day),
            "value": value[is_fact].round(2),
            "is_certain": is_certain[is_fact],
            "days_known_share": _known_days(grid, cells, weeks, length)[is_fact].round(4),
            "is_assumed": is_assumed[is_fact],
        }
    )


def _begun_before(has_row: Flags, length: int) -> Flags:
    """Tell for each window whether the person's first week lies at its begin or before."""
    begun = np.zeros_like(has_row)
    begun[:, length - 1 :] = np.maximum.accumulate(has_row, axis=1)[:, : max(has_row.shape[1] - length + 1, 0)]
    return begun


def _counted_weeks(rule: LimitRule, grid: Grid, cells: tuple[Whole, Flags], weeks: pd.DataFrame) -> Floats:
    """How much of each week counts in the mean: 1, or less for leave where the law leaves leave out (art. 16(b)).

    A day of leave that was worked counts. A week before the first or after the last does not count.
    """
    ones = np.ones(len(weeks))
    if not rule.is_leave_neutral:
        return np.nan_to_num(grid.place(cells, ones))
    workdays = np.nan_to_num(floats_of(weeks["workdays_count"]))
    leave = np.nan_to_num(floats_of(weeks["leave_days_count"]))
    worked_days = np.nan_to_num(floats_of(weeks["worked_days_count"]))
    present = np.clip(np.maximum(workdays - leave, worked_days), 0, workdays)
    return np.nan_to_num(grid.place(cells, np.where(workdays > 0, present / np.where(workdays > 0, workdays, 1), ones)))


def _divide(total: Floats, weeks: Floats, length: int) -> Floats:
    is_enough = weeks / length >= MIN_KNOWN_SHARE
    return np.where(is_enough, total / np.where(is_enough, weeks, 1.0), np.nan)


def _known_days(grid: Grid, cells: tuple[Whole, Flags], weeks: pd.DataFrame, length: int) -> Floats:
    expected = floats_of(weeks["expected_days"])
    all_days = window_sum(np.nan_to_num(grid.place(cells, expected)), length)
    filed = window_sum(np.nan_to_num(grid.place(cells, expected * floats_of(weeks["filed_share"]))), length)
    return np.where(all_days > 0, filed / np.where(all_days > 0, all_days, 1.0), 1.0)


def _dates(numbers: Whole) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(numbers.astype("datetime64[D]")).as_unit("us")
