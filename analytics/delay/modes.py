"""By which method a project is forecast: the best one that its own data can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.doubts import is_doubtful_budget, is_doubtful_plan
from analytics.delay.model import PROGRESS_TOO_OLD_WEEKS

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

#: A project whose plan passed so long ago, and of which nothing was heard for so long, gets no number: it may be over.
SILENT_WEEKS: Final = 26.0
#: After ``PROGRESS_TOO_OLD_WEEKS`` the word of old progress fades over so many weeks.
_PROGRESS_FADES_WEEKS: Final = SILENT_WEEKS - PROGRESS_TOO_OLD_WEEKS
#: A project that booked nothing over the team window is at rest; its forecast says so.
_AT_REST_PEOPLE: Final = 1e-9


def with_mode(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``mode``, ``method`` and ``reason``: the best method that the project's own data can carry.

    ``progress_weight`` says how much of the forecast is that of mode A: progress does not cease to count from one day
    to the next.
    """
    age = rows["elapsed_weeks"] - rows["actual_weeks"]
    has_duration = rows["planned_weeks"].notna().to_numpy()
    is_fresh = (age <= PROGRESS_TOO_OLD_WEEKS).to_numpy()
    has_earned = rows["earned_point"].notna().to_numpy()
    has_plan = rows["plan_point"].notna().to_numpy()
    has_progress = rows["progress_ratio"].notna().to_numpy()
    at_rest = (rows["team_people"] <= _AT_REST_PEOPLE).to_numpy()
    is_silent = _is_silent(rows, age)
    is_doubtful = is_doubtful_plan(rows)
    has_none = ~has_duration | is_silent | is_doubtful
    is_effort = rows["is_effort"].to_numpy(dtype=bool)
    is_measured = has_earned & ~is_effort
    mode = np.select([has_none, is_measured & is_fresh, has_plan], ["none", "A", "B"], default="C")
    on_hold = rows["is_on_hold"].to_numpy(dtype=bool) if "is_on_hold" in rows else np.zeros(len(rows), dtype=bool)
    said = {
        "no_plan": ~has_duration,
        "plan_doubted": is_doubtful,
        "silent_too_long": is_silent,
        "budget_doubted": _is_budget_doubtful(rows),
        "on_hold": on_hold,
        "no_hours_lately": at_rest,
        "progress_known": mode == "A",
        "progress_is_effort": is_effort,
        "no_progress": ~has_progress,
    }
    reason = np.select(list(said.values()), list(said), default="progress_too_old")
    fading = 1.0 - (age - PROGRESS_TOO_OLD_WEEKS) / _PROGRESS_FADES_WEEKS
    weight = np.where(is_measured & ~has_none, np.clip(fading, 0.0, 1.0), 0.0)
    methods = {"A": "progress_and_plan", "B": "plan_analogues", "C": "reference_class", "none": "none"}
    return rows.assign(
        mode=mode,
        method=[methods[str(name)] for name in mode],
        reason=reason,
        progress_age_weeks=age.clip(lower=0.0),
        progress_weight=weight,
    )


def _is_budget_doubtful(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    names = ("budget_hours", "scope_hours", "booked_hours", "progress_ratio")
    return is_doubtful_budget(*(rows[name].to_numpy(dtype=np.float64) for name in names))


def _is_silent(rows: pd.DataFrame, progress_age_weeks: pd.Series[float]) -> npt.NDArray[np.bool_]:
    """Return which projects are long overdue without hours or progress: their end was probably never entered."""
    overdue_weeks = rows["elapsed_weeks"] - rows["plan_finish_weeks"].fillna(rows["planned_weeks"])
    has_no_hours = ~(rows["team_people"] > _AT_REST_PEOPLE)
    has_old_progress = ~(progress_age_weeks <= SILENT_WEEKS)
    return np.asarray((overdue_weeks > SILENT_WEEKS) & has_no_hours & has_old_progress)
