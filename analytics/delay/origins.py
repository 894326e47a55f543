"""Projects as they looked at set stages of their first plan, on a day whose knowledge is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between
from analytics.delay.known import with_points
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.stage_errors import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.delay.known import Histories


def stage_origins(histories: Histories, stages: Sequence[float]) -> pd.DataFrame:
    """Return how each project looked on the last Sunday before each stage while it still ran at the stage.

    Knowledge is kept by weeks, and a week is known on its Sunday. A forecast made in the middle of a week would see
    some days too many; a backtest may not.

    Returns
    -------
    The columns of ``landmarks``; ``stage_node`` is the stage asked for, ``seen_on`` the Sunday.
    """
    done = histories.projects.dropna(subset=["planned_weeks", "start_date"])
    done = done.assign(true_weeks=weeks_between(done["start_date"], done["end_date"]))
    grid = done.merge(pd.DataFrame({"stage_node": np.asarray(stages, dtype=np.float64)}), how="cross")
    asked_weeks = (grid["stage_node"] * grid["planned_weeks"] * 7).round() / 7
    asked = grid["start_date"] + pd.to_timedelta(asked_weeks * 7, unit="D")
    sunday = asked - pd.to_timedelta((asked.dt.day_of_week + 1) % 7, unit="D")
    grid = grid.assign(seen_on=sunday.astype("datetime64[us]"), elapsed_weeks=weeks_between(grid["start_date"], sunday))
    is_running = ~(asked_weeks >= grid["true_weeks"]) & (asked <= histories.last_day) & (grid["elapsed_weeks"] > 0)
    grid = grid[is_running].drop(columns=["planned_weeks", "start_date", "plan_known_week"])
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


def learnt_origins(histories: Histories) -> pd.DataFrame:
    """Return what a backtest learns from: ``learnt_landmarks``, but on Sundays like the forecasts that are judged.

    Errors of forecasts that knew some days more would look too small. At the start there is no Sunday before.
    """
    first = learnt_landmarks(histories)
    later = stage_origins(histories, [stage for stage in STAGES if stage > 0])
    later = later.assign(draw=pd.util.hash_array(later["project_id"].to_numpy(dtype=object)))
    return pd.concat([first[first["stage_node"] == 0], later]).sort_values(
        ["project_id", "stage_node"], ignore_index=True
    )
