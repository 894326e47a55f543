"""The committed date: what lateness, slip, expected delay, warnings and backtests are all measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from analytics.delay.earned_schedule import weeks_between

if TYPE_CHECKING:
    import pandas as pd

CommittedBy: TypeAlias = Literal["baseline", "current_plan"]
COMMITTED_BY: Final[tuple[CommittedBy, ...]] = get_args(CommittedBy)


def with_committed_date(states: pd.DataFrame, committed_by: CommittedBy) -> pd.DataFrame:
    """Add ``committed_date`` and ``committed_weeks`` (since the start), as known in each week.

    By ``baseline`` it is the first finish that was ever planned: the first baseline that was known, and where there is
    none the first plan. By ``current_plan`` it is the plan in force in that week, and where there is none the first
    one.

    Parameters
    ----------
    states
        ``start_date``, ``first_plan_date``, ``planned_finish_date``.
    """
    date = states["first_plan_date"]
    if committed_by == "current_plan":
        date = states["planned_finish_date"].fillna(date)
    return states.assign(committed_date=date, committed_weeks=weeks_between(states["start_date"], date))
