"""Load: hours worked against hours available, recent and lasting, and against the person's own usual week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import flags_of, floats_of, week_grid, window_sum
from analytics.workload.weeks import MIN_FILED_SHARE

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats, Grid, Whole

#: The recent load is that of the last two weeks, of which one must be known.
RECENT_WEEKS = 2
MIN_RECENT_SHARE = 0.5

#: A month and the reference period of Directive 2003/88/EC (four months).
MONTH_WEEKS = 4
LONG_WEEKS = 17

#: A mean needs this share of its weeks known.
MIN_KNOWN_SHARE = MIN_FILED_SHARE

#: The usual week is the median of the full weeks w−30 … w−4. The lag of four weeks keeps a slow rise from
#: hiding itself in its own baseline. A difference in hours is shown, never the ratio of recent to lasting load
#: (ACWR): that ratio flags returns from leave and predicts no better than random loads do
#: (Impellizzeri 2020, doi 10.1007/s40279-020-01378-6; Lolli 2019, BJSM 53:921).
BASELINE_LAG_WEEKS = 4
BASELINE_WEEKS = 27
MIN_BASELINE_WEEKS = 6
FULL_WEEK_WORKDAYS = 5

_DECIMALS = 6


def with_load(weeks: pd.DataFrame) -> pd.DataFrame:
    """Add what the hours of each week, and of the weeks up to it, mean for the person.

    Parameters
    ----------
    weeks
        Rows of ``weeks_as_known``.

    Returns
    -------
    DataFrame
        The rows with

        - ``capacity_hours``: hours available, calendar and leave already taken off;
        - ``load_ratio``: worked of available hours, 1.0 = all; null when the hours available are unknown or none;
        - ``is_work_on_leave``: hours were worked in a week that was wholly leave or holiday;
        - ``load_ratio_4_weeks``, ``load_ratio_17_weeks``: worked of available hours over the known weeks;
        - ``load_hours_2_weeks``, ``load_hours_4_weeks``, ``load_hours_17_weeks``: mean weekly hours over the known
          weeks; a week of leave counts with 0 because it is recorded rest, a missing week doesn't count;
        - ``weeks_known_share_4``, ``weeks_known_share_17``: share of the weeks that are known;
        - ``baseline_hours``: median of the person's full weeks w−30 … w−4 (null under six of them);
        - ``hours_above_baseline``: ``load_hours_2_weeks`` less ``baseline_hours``; negative after leave or holidays.

        Means are null when under 60 % of their weeks are known (one of two for the recent load).
    """
    capacity, worked = floats_of(weeks["expected_hours"]), floats_of(weeks["worked_hours"])
    ratio = np.divide(worked, capacity, out=np.full(len(weeks), np.nan), where=capacity > 0)
    own = weeks.assign(
        capacity_hours=capacity,
        load_ratio=ratio.round(_DECIMALS),
        is_work_on_leave=(capacity == 0) & (worked > 0),
    )
    grid = week_grid(weeks)
    cells = grid.cells(weeks["person_id"], weeks["week_start_date"])
    windows = _windows(grid, cells, own)
    # Each row takes the value of its own cell.
    return own.assign(**{name: matrix.reshape(-1)[cells[0]].round(_DECIMALS) for name, matrix in windows.items()})


def _windows(grid: Grid, cells: tuple[Whole, Flags], weeks: pd.DataFrame) -> dict[str, Floats]:
    is_known = grid.mark(cells, flags_of(weeks["is_known"]))
    worked = grid.place(cells, floats_of(weeks["worked_hours"]))
    hours = np.where(is_known, np.nan_to_num(worked), 0.0)
    capacity = grid.place(cells, weeks["capacity_hours"].to_numpy())
    has_ratio = is_known & ~np.isnan(capacity)
    available = np.where(has_ratio, capacity, 0.0)
    load_hours = {
        n: _mean(hours, is_known, n, share)
        for n, share in (
            (RECENT_WEEKS, MIN_RECENT_SHARE),
            (MONTH_WEEKS, MIN_KNOWN_SHARE),
            (LONG_WEEKS, MIN_KNOWN_SHARE),
        )
    }
    baseline = _baseline(worked, grid.mark(cells, _is_full_week(weeks)))
    return {
        "load_ratio_4_weeks": _ratio(hours, available, has_ratio, MONTH_WEEKS),
        "load_ratio_17_weeks": _ratio(hours, available, has_ratio, LONG_WEEKS),
        "load_hours_2_weeks": load_hours[RECENT_WEEKS],
        "load_hours_4_weeks": load_hours[MONTH_WEEKS],
        "load_hours_17_weeks": load_hours[LONG_WEEKS],
        "weeks_known_share_4": known_share(is_known, MONTH_WEEKS),
        "weeks_known_share_17": known_share(is_known, LONG_WEEKS),
        "baseline_hours": baseline,
        "hours_above_baseline": load_hours[RECENT_WEEKS] - baseline,
    }


def known_share(is_known: Flags, steps: int) -> Floats:
    """Share of the last ``steps`` weeks that are known; weeks before the first count as unknown."""
    return window_sum(is_known.astype(np.float64), steps) / steps


def _mean(hours: Floats, is_known: Flags, steps: int, min_share: float) -> Floats:
    count = window_sum(is_known.astype(np.float64), steps)
    mean = window_sum(hours, steps) / np.maximum(count, 1)
    return np.where(count / steps >= min_share, mean, np.nan)


def _ratio(hours: Floats, available: Floats, has_ratio: Flags, steps: int) -> Floats:
    total, capacity = window_sum(np.where(has_ratio, hours, 0.0), steps), window_sum(available, steps)
    is_enough = (known_share(has_ratio, steps) >= MIN_KNOWN_SHARE) & (capacity > 0)
    return np.where(is_enough, total / np.where(is_enough, capacity, 1.0), np.nan)


def usual_workdays(weeks: pd.DataFrame) -> Floats:
    """Workdays of a week without holidays: five, or those of the person's own pattern."""
    if "usual_workdays_count" not in weeks.columns:
        return np.full(len(weeks), float(FULL_WEEK_WORKDAYS))
    own = floats_of(weeks["usual_workdays_count"])
    return np.where(np.isnan(own), float(FULL_WEEK_WORKDAYS), own)


def _is_full_week(weeks: pd.DataFrame) -> Flags:
    is_whole = (floats_of(weeks["workdays_count"]) >= usual_workdays(weeks)) & ~(floats_of(weeks["leave_hours"]) > 0)
    full: Flags = is_whole & weeks["state"].eq("filed").to_numpy() & flags_of(weeks["is_known"])
    return full


def _baseline(worked: Floats, is_full: Flags) -> Floats:
    by_week = pd.DataFrame(np.where(is_full, worked, np.nan).T)
    median = by_week.rolling(BASELINE_WEEKS, min_periods=MIN_BASELINE_WEEKS).median().shift(BASELINE_LAG_WEEKS)
    return median.to_numpy().T
