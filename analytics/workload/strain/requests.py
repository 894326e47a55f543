"""Change requests that were handled in the evening, on a weekend or on a holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import DAYS_A_WEEK, monday_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.workload.grid import Flags, Floats, Grid
    from analytics.workload.strain.settings import StrainSettings

_SECONDS_AN_HOUR = 3600.0
_HOURS_A_DAY = 24.0


def unsocial_requests(
    request_days: pd.DataFrame,
    is_workday: Flags,
    clock: tuple[Grid, Floats],
    settings: StrainSettings,
    as_of_date: date,
) -> Floats:
    """Return for people × weeks on how many occasions a request was handled outside working time.

    An occasion is one request on one day: the day is no workday at the place, or the work ended after 20 o'clock local
    time (or before it began, past midnight). Without clock or zone only the day counts.

    Parameters
    ----------
    request_days
        The mart ``person_request_days``.
    clock
        The grid of days, and hours from UTC for people × days (NaN where the zone is not known).
    """
    grid, offset = clock
    by_week = (grid.shape[0], grid.step_count // DAYS_A_WEEK, DAYS_A_WEEK)
    known = request_days.loc[request_days["known_week_date"].le(monday_of(as_of_date))]
    if known.empty or grid.step_count == 0:
        return np.zeros(by_week[:2])
    keys = ["person_id", "change_request_id", "work_date"]
    rows = known.groupby(keys, as_index=False, sort=False).agg({"entry_count": "sum", "last_ended_at": "max"})
    rows = rows.loc[rows["entry_count"].gt(0)]
    where, is_inside = grid.cells(rows["person_id"], rows["work_date"])
    rows, where = rows.loc[is_inside], where[is_inside]
    end = rows["last_ended_at"].to_numpy(dtype="datetime64[s]")
    midnight = rows["work_date"].to_numpy(dtype="datetime64[s]")
    hour = np.where(np.isnat(end), np.nan, (end - midnight).astype(np.int64) / _SECONDS_AN_HOUR)
    local = hour + offset.reshape(-1)[where]
    is_late = (local > settings["unsocial_hour"]) & (local < 2 * _HOURS_A_DAY)
    counts = np.bincount(
        where, weights=is_late | ~is_workday.reshape(-1)[where], minlength=grid.shape[0] * grid.step_count
    )
    weekly: Floats = counts.reshape(by_week).sum(axis=2).astype(np.float64)
    return weekly
