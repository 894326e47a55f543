"""Finished projects seen again at set stages of their first planned duration: what forecasts learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between
from analytics.delay.known import Histories, with_points
from analytics.delay.stage_errors import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence


def landmarks(histories: Histories, stages: Sequence[float] = STAGES) -> pd.DataFrame:
    """Return how each finished project looked at each stage while it still ran.

    One row per project and stage, with ``true_weeks`` (the duration it came to), the day ``seen_on`` and the points
    of every method as they stood then. A forecast made on a day may learn from rows with ``end_date`` up to that
    day, and from no others.
    """
    done = histories.projects[histories.projects["is_finished"]].dropna(subset=["planned_weeks"])
    done = done.assign(true_weeks=weeks_between(done["start_date"], done["end_date"]))
    grid = done.merge(pd.DataFrame({"stage_node": np.asarray(stages, dtype=np.float64)}), how="cross")
    elapsed_days = (grid["stage_node"] * grid["planned_weeks"] * 7).round()
    grid = grid.assign(
        elapsed_weeks=elapsed_days / 7,
        seen_on=(grid["start_date"] + pd.to_timedelta(elapsed_days, unit="D")).astype("datetime64[us]"),
    )
    grid = grid[grid["elapsed_weeks"] < grid["true_weeks"]].drop(
        columns=["planned_weeks", "start_date", "plan_known_week"]
    )
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
