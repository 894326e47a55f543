"""Progress that is only the share of the budget used: effort, which says how busy a team was and not how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

#: Reported and booked shares that lie no farther apart are the same figure.
_SAME_SHARE: Final = 0.02
#: So many reports of a project have to agree, and this share of them.
_FEWEST_REPORTS: Final = 3
_AGREEING_SHARE: Final = 0.8
#: Before so much of the budget is used, any two figures agree: nothing can be told of a habit, and of one project in a
#: firm that has it.
_LEAST_PROGRESS: Final = 0.1
_LEAST_OF_HABIT: Final = 0.03
#: One project that earns an hour for each hour is a coincidence; that most of a firm's do is a habit of reporting.
_FEWEST_PROJECTS: Final = 3
_HABIT_SHARE: Final = 0.6


def progress_is_effort(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return for each week whether its project's progress is known to be the share of budget hours booked.

    Each week uses that week and earlier ones of all projects only.

    Parameters
    ----------
    rows
        ``project_id``, ``week_start_date``, ``actual_weeks`` (age on the day of the progress figure),
        ``progress_ratio``, ``booked_hours`` and ``budget_hours``, sorted by project and week.
    """
    if rows.empty:
        return np.zeros(0, dtype=bool)
    groups = rows["project_id"]
    is_new = rows["actual_weeks"].notna() & (rows["actual_weeks"] != rows.groupby(groups)["actual_weeks"].shift())
    used = rows["booked_hours"] / rows["budget_hours"].where(rows["budget_hours"] > 0)
    is_told = is_new & (rows["progress_ratio"] >= _LEAST_OF_HABIT) & (rows["progress_ratio"] < 1.0) & used.notna()
    is_same = is_told & ((used - rows["progress_ratio"]).abs() <= _SAME_SHARE)
    is_far = rows["progress_ratio"] >= _LEAST_PROGRESS
    told, same = (_count(flags, groups) for flags in (is_told, is_same))
    told_far, same_far = (_count(flags & is_far, groups) for flags in (is_told, is_same))
    can_tell = told_far >= _FEWEST_REPORTS
    is_habit = _is_habit(rows, can_tell, can_tell & (same_far >= _AGREEING_SHARE * told_far))
    return np.asarray((told > 0) & (same >= _AGREEING_SHARE * told) & is_habit, dtype=bool)


def _count(flags: pd.Series[bool], groups: pd.Series[str]) -> pd.Series[int]:
    """Return how often something was so up to each week of a project."""
    return flags.astype("int64").groupby(groups).cumsum()


def _is_habit(rows: pd.DataFrame, can_tell: pd.Series[bool], agrees: pd.Series[bool]) -> npt.NDArray[np.bool_]:
    """Return for each week whether by then most projects that can tell report their effort."""

    def projects_so_far(flags: pd.Series[bool]) -> pd.Series[int]:
        first = rows[flags].groupby("project_id")["week_start_date"].min()
        return first.value_counts().sort_index().cumsum()

    def by_week(counts: pd.Series[int]) -> npt.NDArray[np.float64]:
        if counts.empty:
            return np.zeros(len(rows))
        place = counts.index.searchsorted(rows["week_start_date"], side="right") - 1
        return np.where(place >= 0, counts.to_numpy(dtype=np.float64)[np.maximum(place, 0)], 0.0)

    known, agreeing = by_week(projects_so_far(can_tell)), by_week(projects_so_far(agrees))
    return np.asarray((known >= _FEWEST_PROJECTS) & (agreeing >= _HABIT_SHARE * known))
