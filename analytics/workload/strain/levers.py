"""What would bring relief, computed: the index in two weeks as things go, and if one thing were changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK
from analytics.workload.strain.outlook import index_ahead

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.workload.grid import Floats
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.future import Future
    from analytics.workload.strain.outlook import Ahead
    from analytics.workload.strain.settings import StrainSettings

#: A lever is pulled for the next two weeks, and judged at their end.
LEVER_WEEKS = 2

#: A lever that lowers the index by less is not worth a manager's time.
MIN_RELIEF = 2.0

#: So many levers are told.
TOLD_LEVERS = 3

_NORMAL_DAY_HOURS = 8.0
_MONTH_DAYS = 28

Pulled = tuple["Exposure", "Future"]


def levers(ahead: Ahead, settings: StrainSettings, *, skipped_weeks: int = 0) -> pd.DataFrame:
    """Return for each person the two or three levers that lower the index most.

    Parameters
    ----------
    skipped_weeks
        Weeks ahead that are over, or nearly, on the day of the question: nobody can take them off any more.

    Returns
    -------
    DataFrame
        ``person_id``, ``lever`` (``home``, ``leave_week``, ``normal_hours``, ``free_weekends``, ``no_requests``,
        ``no_nights``, ``one_project``), ``week_start_date`` (the first of its two weeks), ``index_without``,
        ``index_with`` (both at the end of the two weeks), ``unit_count``: nights, days or hours that it takes away.
    """
    last, first = skipped_weeks + LEVER_WEEKS - 1, skipped_weeks * DAYS_A_WEEK
    base = index_ahead(ahead.exposure, ahead.mid, settings)[:, last]
    grid = ahead.exposure.weeks
    monday = pd.Timestamp(np.datetime64(grid.first_day + DAYS_A_WEEK * grid.step_count + first, "D"))
    parts = []
    for name, (pull, count) in _LEVERS.items():
        exposure, future = pull(ahead.exposure, ahead.mid, first)
        after = index_ahead(exposure, future, settings)[:, last]
        parts.append(
            pd.DataFrame(
                {
                    "person_id": pd.Series(grid.person_ids, dtype="str"),
                    "lever": name,
                    "week_start_date": monday,
                    "index_without": base.round(1),
                    "index_with": np.minimum(after, base).round(1),
                    "unit_count": count(ahead.exposure, ahead.mid, first).round(1),
                }
            )
        )
    found = pd.concat(parts, ignore_index=True)
    relief = found["index_without"] - found["index_with"]
    useful = found.assign(relief=relief).loc[relief.ge(MIN_RELIEF)]
    ordered = useful.sort_values(["person_id", "relief", "lever"], ascending=[True, False, True])
    return ordered.groupby("person_id").head(TOLD_LEVERS).drop(columns="relief").reset_index(drop=True)


def _two_weeks(future: Future, first: int) -> np.ndarray:
    day = np.arange(future.hours.shape[1]) - first
    return np.broadcast_to((day >= 0) & (day < LEVER_WEEKS * DAYS_A_WEEK), future.hours.shape)


def _home(exposure: Exposure, future: Future, first: int) -> Pulled:
    """No night away in the two weeks."""
    return exposure, replace(
        future,
        is_away=future.is_away & ~_two_weeks(future, first),
        is_travel=future.is_travel & ~_two_weeks(future, first),
    )


def _leave_week(exposure: Exposure, future: Future, first: int) -> Pulled:
    """Take the first of the two weeks off."""
    day = np.arange(future.hours.shape[1]) - first
    off = np.broadcast_to((day >= 0) & (day < DAYS_A_WEEK), future.hours.shape)
    rest = replace(future, hours=np.where(off, 0.0, future.hours), is_expected=future.is_expected & ~off)
    return exposure, replace(rest, is_away=future.is_away & ~off, is_travel=future.is_travel & ~off)


def _normal_hours(exposure: Exposure, future: Future, first: int) -> Pulled:
    """Eight hours a workday and no work on days off."""
    normal = np.where(future.is_expected, np.minimum(future.hours, _NORMAL_DAY_HOURS), 0.0)
    return exposure, replace(future, hours=np.where(_two_weeks(future, first), normal, future.hours))


def _free_weekends(exposure: Exposure, future: Future, first: int) -> Pulled:
    """No work on days off."""
    return exposure, replace(future, hours=np.where(_two_weeks(future, first) & ~future.is_expected, 0.0, future.hours))


def _no_requests(exposure: Exposure, future: Future, first: int) -> Pulled:
    """Out of the queue of change requests: others handle late requests and those after hours."""
    return exposure, replace(future, has_no_requests=True, relieved_from=first // DAYS_A_WEEK)


def _no_nights(exposure: Exposure, future: Future, first: int) -> Pulled:
    """No work between 23 and 6 o'clock, and eleven hours of rest each day."""
    return exposure, replace(future, has_no_nights=True, relieved_from=first // DAYS_A_WEEK)


def _one_project(exposure: Exposure, future: Future, first: int) -> Pulled:
    """One project at a time."""
    return exposure, replace(future, has_one_project=True, relieved_from=first // DAYS_A_WEEK)


def _summed(matrix: np.ndarray, share: float = 1.0) -> Floats:
    sums: Floats = matrix.sum(axis=1).astype(np.float64) * share
    return sums


def _nights(_: Exposure, future: Future, first: int) -> Floats:
    return _summed(future.is_away & _two_weeks(future, first))


def _days(_: Exposure, future: Future, first: int) -> Floats:
    return _summed(future.is_expected[:, first : first + DAYS_A_WEEK])


def _hours_over(exposure: Exposure, future: Future, first: int) -> Floats:
    return _summed(future.hours - _normal_hours(exposure, future, first)[1].hours)


def _weekend_hours(exposure: Exposure, future: Future, first: int) -> Floats:
    return _summed(future.hours - _free_weekends(exposure, future, first)[1].hours)


def _requests(exposure: Exposure, _: Future, _first: int) -> Floats:
    month = (exposure.late_requests + exposure.unsocial_requests)[:, -2 * LEVER_WEEKS :]
    return _summed(month, 1 / 2)


def _night_work(exposure: Exposure, _: Future, _first: int) -> Floats:
    return _summed(np.nan_to_num(exposure.night_hours[:, -_MONTH_DAYS:]), 1 / 2)


def _projects(exposure: Exposure, _: Future, _first: int) -> Floats:
    return _summed(np.clip(exposure.projects_a_week[:, -1:] - 1, 0, None))


_LEVERS: dict[str, tuple[Callable[[Exposure, Future, int], Pulled], Callable[[Exposure, Future, int], Floats]]] = {
    "home": (_home, _nights),
    "leave_week": (_leave_week, _days),
    "normal_hours": (_normal_hours, _hours_over),
    "free_weekends": (_free_weekends, _weekend_hours),
    "no_requests": (_no_requests, _requests),
    "no_nights": (_no_nights, _night_work),
    "one_project": (_one_project, _projects),
}
