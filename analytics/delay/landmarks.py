"""Finished projects seen again at set stages of their first planned duration: what forecasts learn from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between
from analytics.delay.known import Histories, with_points
from analytics.delay.stage_errors import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=2)
def learnt_landmarks(histories: Histories) -> pd.DataFrame:
    """Return the landmarks at the stages that are learnt, with ``draw``: a fingerprint of the project's id.

    They are computed once for each histories object, which nobody changes; nor may anybody change this frame.
    """
    known = landmarks(histories)
    ids = known["project_id"].to_numpy(dtype=object)
    return known.assign(draw=pd.util.hash_array(ids))


def landmarks(histories: Histories, stages: Sequence[float] = STAGES) -> pd.DataFrame:
    """Return how each project looked at each stage while it ran.

    One row per project and stage, with the day ``seen_on``, the points of every method as they stood then, and
    ``true_weeks`` (the duration it came to; unknown while it runs). What a forecast may learn from them depends on
    its own day: see ``learnt_by``.
    """
    done = histories.projects.dropna(subset=["planned_weeks", "start_date"])
    done = done.assign(true_weeks=weeks_between(done["start_date"], done["end_date"]))
    grid = done.merge(pd.DataFrame({"stage_node": np.asarray(stages, dtype=np.float64)}), how="cross")
    elapsed_days = (grid["stage_node"] * grid["planned_weeks"] * 7).round()
    grid = grid.assign(
        elapsed_weeks=elapsed_days / 7,
        seen_on=(grid["start_date"] + pd.to_timedelta(elapsed_days, unit="D")).astype("datetime64[us]"),
    )
    has_run = ~(grid["elapsed_weeks"] >= grid["true_weeks"]) & (grid["seen_on"] <= histories.last_day)
    grid = grid[has_run].drop(columns=["planned_weeks", "start_date", "plan_known_week"])
    if grid.empty:
        return with_points(grid.merge(histories.states, on="project_id", how="inner", validate="many_to_many"))
    seen = pd.merge_asof(
        grid.sort_values("seen_on", kind="stable"),
        histories.states.sort_values("week_start_date", kind="stable"),
        left_on="seen_on",
        right_on="week_start_date",
        by="project_id",
    )
    known = seen.dropna(subset=["week_start_date"])
    return with_points(known).sort_values(["project_id", "stage_node"], ignore_index=True)


def learnt_by(known: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the landmarks that a forecast made on ``day`` may learn from, as they stood on that day.

    Projects that had not finished by then stay in with ``is_finished`` false and ``true_weeks`` as far as they had
    got; so do cancelled ones, as far as they got at all.
    """
    rows = known[known["seen_on"] < day]
    has_ended = rows["end_date"] <= day
    age = rows["elapsed_weeks"] + (day - rows["seen_on"]).dt.days / 7.0
    reached = rows["true_weeks"].where(has_ended, age)
    return rows.assign(is_finished=rows["is_finished"] & has_ended, true_weeks=reached)
