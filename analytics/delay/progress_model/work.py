"""What each project earned and booked week by week, as it was known at the end of each week.

Earned work is progress times scope, in shares of the first budget. It only changes when progress is reported anew: see
``observations``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.progress_model.observations import Observations, observe

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

    Ints = npt.NDArray[np.int64]

#: Work counts as done from here on; what follows is the wait for the go-live.
DONE_SHARE: Final = 0.995
#: More weeks than any project's week number: projects lie one after the other on one axis.
_WEEKS: Final = 1_000_000
_EPOCH: Final = np.datetime64("1970-01-05", "D")


@dataclass(frozen=True, eq=False)
class Work:
    """One entry per project and week in every array, sorted by both; ``first_rows`` and ``counts`` say whose they are.

    ``speed_of_hours`` is ln(earned hours per booked hour), ``speed_of_plan`` ln(earned weeks of plan per week);
    both are not a number in weeks that end no observation, which then spans ``span_weeks`` and lies around
    ``span_progress``. ``earned`` and ``scope`` are shares of the first budget; ``reported_weeks`` is the age of the
    project on the day of the progress figure, ``done_weeks`` that at which it first counted as done.
    """

    project_ids: npt.NDArray[np.object_]
    products: npt.NDArray[np.object_]
    first_rows: Ints
    counts: Ints
    begun_rows: Ints
    start_days: Ints
    week: Ints
    planned_weeks: Floats
    budget_hours: Floats
    scope: Floats
    progress: Floats
    earned: Floats
    reported_weeks: Floats
    done_weeks: Floats
    hours: Floats
    booked_hours: Floats
    speed_of_hours: Floats
    speed_of_plan: Floats
    span_weeks: Floats
    span_progress: Floats
    #: The same of the reports since the last observation, which are not enough for one yet.
    open_speed_of_hours: Floats
    open_speed_of_plan: Floats
    observed: Observations

    def codes_of(self, project_ids: npt.ArrayLike) -> Ints:
        """Return the number of each project, -1 where nothing is known of it."""
        return np.asarray(pd.Index(self.project_ids).get_indexer(pd.Index(np.asarray(project_ids, dtype=object))))

    def last_rows(self, codes: Ints, weeks: Ints) -> Ints:
        """Return the row of the latest week of each project up to ``weeks``, -1 where there is none."""
        owner = np.repeat(np.arange(len(self.first_rows)), self.counts)
        place = np.searchsorted(owner * _WEEKS + self.week, codes * _WEEKS + weeks, side="right") - 1
        first = self.first_rows[np.maximum(codes, 0)] if len(self.first_rows) else np.zeros(len(codes), dtype=np.int64)
        return np.where((codes >= 0) & (place >= first), place, -1)


def week_numbers(days: npt.ArrayLike) -> Ints:
    """Return the number of the week (from Monday) in which each day lies."""
    return np.asarray((np.asarray(days, dtype="datetime64[D]") - _EPOCH).astype(np.int64) // 7)


def day_numbers(days: npt.ArrayLike) -> Ints:
    """Return days since a fixed Monday; an unknown day is far in the past."""
    return np.asarray((np.asarray(days, dtype="datetime64[D]") - _EPOCH).astype(np.int64))


def prepare_work(states: pd.DataFrame, projects: pd.DataFrame) -> Work:
    """Lay out the weeks of all projects as arrays.

    Parameters
    ----------
    states
        ``Histories.states``: sorted, with ``budget_hours`` and ``scope_hours`` where the marts know them.
    projects
        ``Histories.projects``.
    """
    # Numbers of projects follow their ids; so do the rows, which are sorted the same way.
    rows = states.sort_values(["project_id", "week_start_date"], kind="stable", ignore_index=True)
    ids = rows["project_id"].to_numpy(dtype=object)
    found, first_rows, counts = np.unique(ids.astype(str), return_index=True, return_counts=True)
    listed = projects.drop_duplicates("project_id").set_index("project_id")["product"].reindex(found)
    number = {name: rows[name].to_numpy(dtype=np.float64) for name in _NUMBERS}
    budget = np.where(number["budget_hours"] > 0, number["budget_hours"], np.nan)
    scope = number["scope_hours"] / budget
    scope = np.where(scope > 0.05, scope, 1.0)
    new_report = _is_new_report(number["actual_weeks"], first_rows)
    # Progress speaks of the scope as it was when it was reported, not of what was approved since.
    earned = _carried(np.where(new_report, number["progress_ratio"] * scope, np.nan), first_rows, counts)
    hours = _differences(np.nan_to_num(number["booked_hours"]), first_rows)
    seen = observe(earned, np.nan_to_num(number["booked_hours"]), new_report, first_rows, counts, scope)
    planned = number["planned_weeks"]
    return Work(
        project_ids=found.astype(object),
        products=listed.fillna("").to_numpy(dtype=object),
        first_rows=first_rows.astype(np.int64),
        counts=counts.astype(np.int64),
        begun_rows=_begun_rows(hours, earned, first_rows, counts),
        start_days=day_numbers(rows["start_date"].to_numpy()[first_rows]),
        week=week_numbers(rows["week_start_date"].to_numpy()),
        planned_weeks=planned,
        budget_hours=budget,
        scope=scope,
        progress=number["progress_ratio"],
        earned=earned,
        reported_weeks=number["actual_weeks"],
        done_weeks=_first_done(number["progress_ratio"], number["actual_weeks"], first_rows, counts),
        hours=np.maximum(hours, 0.0),
        booked_hours=np.nan_to_num(number["booked_hours"]),
        speed_of_hours=np.log(_positive(seen.gain * budget / _positive(seen.hours))),
        speed_of_plan=np.log(_positive(seen.gain * planned / seen.weeks)),
        span_weeks=np.nan_to_num(seen.weeks, nan=1.0),
        span_progress=seen.progress,
        open_speed_of_hours=np.log(_positive(seen.open_gain * budget / _positive(seen.open_hours))),
        open_speed_of_plan=np.log(_positive(seen.open_gain * planned / seen.open_weeks)),
        observed=seen,
    )


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)


_NUMBERS: Final = ("planned_weeks", "budget_hours", "scope_hours", "progress_ratio", "actual_weeks", "booked_hours")


def _is_new_report(reported_weeks: Floats, first_rows: Ints) -> npt.NDArray[np.bool_]:
    before = np.roll(reported_weeks, 1)
    before[first_rows] = np.nan
    return ~np.isnan(reported_weeks) & ~(reported_weeks <= before)


def _carried(values: Floats, first_rows: Ints, counts: Ints) -> Floats:
    """Repeat the last known value of each project."""
    owner = np.repeat(np.arange(len(first_rows)), counts)
    return np.asarray(pd.Series(values).groupby(owner).ffill().to_numpy(dtype=np.float64))


def _differences(values: Floats, first_rows: Ints) -> Floats:
    result = np.diff(values, prepend=0.0)
    result[first_rows] = values[first_rows]
    return result


def _begun_rows(hours: Floats, earned: Floats, first_rows: Ints, counts: Ints) -> Ints:
    """Return the first row of each project with hours or progress, its last one where there is none."""
    has_begun = (hours > 0) | (np.nan_to_num(earned) > 0)
    found = []
    for first, count in zip(first_rows.tolist(), counts.tolist(), strict=True):
        own = np.flatnonzero(has_begun[first : first + count])
        found.append(first + int(own[0]) if len(own) else first + count - 1)
    return np.array(found, dtype=np.int64)


def _first_done(progress: Floats, reported_weeks: Floats, first_rows: Ints, counts: Ints) -> Floats:
    """Return the age at which each project was first done, in rows since then; a later fall of progress undoes it."""
    owner = np.repeat(np.arange(len(first_rows)), counts)
    is_done = progress >= DONE_SHARE
    spell = pd.Series(~is_done).groupby(owner).cumsum().to_numpy()
    first = pd.Series(np.where(is_done, reported_weeks, np.nan)).groupby([owner, spell]).transform("first")
    return np.where(is_done, first.to_numpy(dtype=np.float64), np.nan)
