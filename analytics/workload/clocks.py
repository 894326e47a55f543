"""What clock times tell: rests that were too short, and hours of the night in local time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import monday_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.workload.grid import Flags, Floats, Grid

#: The night lasts from 23 to 6 o'clock, local time; hours are counted from the midnight that begins the work date.
_NIGHTS = ((-1.0, 6.0), (23.0, 30.0), (47.0, 54.0))

_SECONDS_AN_HOUR = 3600.0
_HOURS_A_DAY = 24.0

#: Longer spans between the first begin and the last end of one work date are errors of a clock.
_LONGEST_SPAN_HOURS = 36.0


def day_clocks(grid: Grid, person_days: pd.DataFrame, as_of_date: date) -> tuple[Floats, Floats]:
    """Return begin and end of each day's work in hours of UTC since the UTC midnight of the work date; NaN if unknown.

    Parameters
    ----------
    person_days
        ``person_id``, ``work_date``, ``known_week_date``, ``first_started_at``, ``last_ended_at`` (moments, UTC).
    """
    if "first_started_at" not in person_days.columns:
        nothing = np.full(grid.shape, np.nan)
        return nothing, nothing
    is_used = person_days["known_week_date"].le(monday_of(as_of_date)) & person_days["first_started_at"].notna()
    rows = person_days.loc[is_used & person_days["last_ended_at"].notna()]
    where, is_inside = grid.cells(rows["person_id"], rows["work_date"])
    begin, end = (_hours_since(rows[name], rows["work_date"]) for name in ("first_started_at", "last_ended_at"))
    is_inside &= (end >= begin) & (end - begin <= _LONGEST_SPAN_HOURS)
    first, last = np.full(grid.shape[0] * grid.shape[1], np.inf), np.full(grid.shape[0] * grid.shape[1], -np.inf)
    np.minimum.at(first, where[is_inside], begin[is_inside])
    np.maximum.at(last, where[is_inside], end[is_inside])
    first[np.isinf(first)], last[np.isinf(last)] = np.nan, np.nan
    return first.reshape(grid.shape), last.reshape(grid.shape)


def short_rests(first: Floats, last: Floats, least_hours: float) -> Flags:
    """Tell on which days work began less than ``least_hours`` after the work of the day before had ended.

    Both are moments of UTC, so a flight over zones shortens or lengthens a rest as it does in life.
    """
    found: Flags = rest_hours(first, last) < least_hours - 1e-6
    return found


def rest_hours(first: Floats, last: Floats) -> Floats:
    """Hours between the end of the day before and the begin of each day; NaN where one of them is not known."""
    rest = np.full(first.shape, np.nan)
    rest[:, 1:] = first[:, 1:] + _HOURS_A_DAY - last[:, :-1]
    return rest


def night_hours(first: Floats, last: Floats, offset: Floats, worked_hours: Floats) -> Floats:
    """Hours between 23 and 6 o'clock local time, at most those worked; NaN where clock or zone is not known."""
    begin, end = first + offset, last + offset
    hours = np.zeros(first.shape)
    for night_begin, night_end in _NIGHTS:
        hours += np.clip(np.minimum(end, night_end) - np.maximum(begin, night_begin), 0, None)
    return np.minimum(hours, worked_hours)


def _hours_since(moments: pd.Series, days: pd.Series) -> Floats:
    moment = moments.to_numpy(dtype="datetime64[s]").astype(np.int64)
    midnight = days.to_numpy(dtype="datetime64[s]").astype(np.int64)
    hours: Floats = (moment - midnight) / _SECONDS_AN_HOUR
    return hours
