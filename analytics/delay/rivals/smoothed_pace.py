"""Earned schedule with an exponentially smoothed pace: XSM.

Batselier and Vanhoucke (2017, International Journal of Project Management 35:28-43) smooth the gain of earned
schedule with Holt's method, starting from the plan's own pace, and take the smoothing that did best on similar
projects, which links the trend to the reference class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.known import LEAST_REMAINING_WEEKS

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

#: How much of what a week tells goes into the pace. 0 keeps the plan's pace, 1 believes the last report alone.
SMOOTHINGS: Final = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)
#: Weeks of plan earned in a week; beyond these bounds progress or plan is wrong.
_PACE_BOUNDS: Final = (0.2, 3.0)


def point_column(smoothing: float) -> str:
    """Return the name of the column with the finish by this smoothing."""
    return f"smoothed_point_{smoothing:g}"


def with_smoothed_points(rows: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Add to each row the finish in weeks by every smoothing, as known in the row's week.

    Parameters
    ----------
    rows
        ``project_id``, ``week_start_date`` (the week whose knowledge counts) and ``elapsed_weeks``.
    states
        The states of ``Histories``: ``project_id``, ``week_start_date``, ``planned_weeks``, ``actual_weeks`` (day of
        the progress figure) and ``earned_weeks``, in order of time.
    """
    names = [point_column(smoothing) for smoothing in SMOOTHINGS]
    asked = states[states["project_id"].isin(set(rows["project_id"]))]
    finishes = pd.DataFrame(_finish_weeks(asked), columns=names, index=asked.index)
    keys = asked[["project_id", "week_start_date"]]
    both = rows.drop(columns=names, errors="ignore").merge(
        pd.concat([keys, finishes], axis=1), on=["project_id", "week_start_date"], how="left", validate="many_to_one"
    )
    earliest = both["elapsed_weeks"] + LEAST_REMAINING_WEEKS
    return both.assign(**{name: both[name].clip(lower=earliest) for name in names})


def best_smoothing(known: pd.DataFrame) -> float:
    """Return the smoothing whose finish was nearest, in logarithms, on finished projects; 0.1 if there are none."""
    done = known[known["is_finished"].astype(bool)]
    misses = {}
    for smoothing in SMOOTHINGS:
        miss = np.abs(np.log(done["true_weeks"] / done[point_column(smoothing)])).mean()
        if not np.isnan(miss):
            misses[smoothing] = float(miss)
    return min(misses, key=lambda smoothing: misses[smoothing]) if misses else 0.1


def _finish_weeks(states: pd.DataFrame) -> Floats:
    """Walk through each project's reports and carry one pace for each smoothing."""
    project = pd.factorize(states["project_id"])[0]
    planned, actual, earned = (
        states[name].to_numpy(dtype=np.float64) for name in ("planned_weeks", "actual_weeks", "earned_weeks")
    )
    keeps = 1.0 - np.asarray(SMOOTHINGS)
    found = np.full((len(states), len(SMOOTHINGS)), np.nan)
    paces, before, place = np.ones(len(SMOOTHINGS)), (0.0, 0.0), -1
    for row in range(len(states)):
        if project[row] != place:
            place, paces, before = project[row], np.ones(len(SMOOTHINGS)), (0.0, 0.0)
        if np.isnan(earned[row]) or np.isnan(planned[row]):
            continue
        weeks = actual[row] - before[0]
        if weeks > 0:
            kept = keeps**weeks
            paces = kept * paces + (1 - kept) * (earned[row] - before[1]) / weeks
            before = (actual[row], earned[row])
        found[row] = actual[row] + (planned[row] - earned[row]) / np.clip(paces, *_PACE_BOUNDS)
    return found
