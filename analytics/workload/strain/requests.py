"""Change requests that were handled in the evening, on a weekend or on a holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.clocks import entries_in_force
from analytics.workload.grid import DAYS_A_WEEK, flags_of, monday_of

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats, Grid, Whole
    from analytics.workload.strain.settings import StrainSettings
    from analytics.workload.zones import LocalClock

_SECONDS_AN_HOUR = 3600.0
_HOURS_A_DAY = 24.0

_KEYS = ["person_id", "change_request_id", "work_date"]


def unsocial_requests(
    handled: tuple[pd.DataFrame, pd.DataFrame],
    is_workday: Flags,
    clock: tuple[Grid, LocalClock],
    settings: StrainSettings,
    as_of_date: date,
) -> Floats:
    """Return for people × weeks on how many occasions a request was handled outside working time.

    An occasion is one request on one day: the day is no workday at the place, or the work ended after 20 o'clock local
    time (or before it began, past midnight). Without clock or zone only the day counts.

    Parameters
    ----------
    handled
        The marts ``person_request_days`` and ``clock_times``; without the second, the ``last_ended_at`` that the first
        may tell.
    clock
        The grid of days, and the local clock of its people.
    """
    grid, local = clock
    by_week = (grid.shape[0], grid.step_count // DAYS_A_WEEK, DAYS_A_WEEK)
    known = handled[0].loc[handled[0]["known_week_date"].le(monday_of(as_of_date))]
    if known.empty or grid.step_count == 0:
        return np.zeros(by_week[:2])
    rows = known.groupby(_KEYS, as_index=False, sort=False).agg({"entry_count": "sum"})
    rows = rows.loc[rows["entry_count"].gt(0)].merge(
        _last_ends(known, handled[1], as_of_date), on=_KEYS, how="left", validate="one_to_one"
    )
    where, is_inside = grid.cells(rows["person_id"], rows["work_date"])
    rows, where = rows.loc[is_inside], where[is_inside]
    person, day = np.divmod(where, grid.step_count)
    hour = _hour_of_day(rows) + _offsets(rows, local, person, day)
    is_late = (hour > settings["unsocial_hour"]) & (hour < 2 * _HOURS_A_DAY)
    counts = np.bincount(
        where, weights=is_late | ~is_workday.reshape(-1)[where], minlength=grid.shape[0] * grid.step_count
    )
    weekly: Floats = counts.reshape(by_week).sum(axis=2).astype(np.float64)
    return weekly


def _last_ends(known: pd.DataFrame, clock_times: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return the end of the last entry in force for each person, request and day, with the zone of its clock."""
    if clock_times.empty or "change_request_id" not in clock_times.columns:
        told = known.assign(ended_at=known["last_ended_at"]) if "last_ended_at" in known.columns else known.head(0)
        never = pd.Series(pd.NaT, index=told.index, dtype="datetime64[us]")
        rows = told.assign(ended_at=told.get("ended_at", never), time_zone=None, is_local=False)
    else:
        rows = entries_in_force(clock_times, as_of_date)
        rows = rows.loc[rows["change_request_id"].notna()]
    ordered = rows.sort_values("ended_at", kind="stable", na_position="first")
    return ordered.drop_duplicates(_KEYS, keep="last")[[*_KEYS, "ended_at", "time_zone", "is_local"]]


def _hour_of_day(rows: pd.DataFrame) -> Floats:
    """Return hours of UTC from the midnight of the work date to the end; NaN without one."""
    end = rows["ended_at"].to_numpy(dtype="datetime64[s]")
    midnight = rows["work_date"].to_numpy(dtype="datetime64[s]")
    return np.where(np.isnat(end), np.nan, (end - midnight).astype(np.int64) / _SECONDS_AN_HOUR)


def _offsets(rows: pd.DataFrame, local: LocalClock, person: Whole, day: Whole) -> Floats:
    zone = rows["time_zone"].astype(object).where(rows["time_zone"].notna(), "").to_numpy(dtype=object)
    return local.offsets(local.zone_of(zone, flags_of(rows["is_local"]), (person, day)), day)
