"""How many of several projects will be late, and when the last of them is over, reckoned together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.known import Histories, running_on
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import finish_quantiles, fit_portfolio_model
from analytics.delay.portfolio import with_mode
from analytics.delay.together import (
    USUAL_FIRM_CORRELATION,
    JointStatement,
    joint_finishes,
    joint_statement,
    team_free_dates,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from analytics.evaluation.scores import Floats


@dataclass(frozen=True)
class JointOutlook:
    """What can be said of the projects together; the dates are those on which the last of them is over."""

    statement: JointStatement
    free_p50_date: pd.Timestamp
    free_p80_date: pd.Timestamp


def joint_outlook(
    histories: Histories,
    as_of_date: pd.Timestamp,
    people_hours: pd.DataFrame,
    project_ids: Collection[str] | None = None,
    *,
    common: float = USUAL_FIRM_CORRELATION,
    seed: int = 0,
) -> JointOutlook | None:
    """Return what can be said of projects together; nothing where fewer than two of them have a forecast.

    Parameters
    ----------
    people_hours
        ``project_id``, ``person_id``, ``worked_hours`` of the last weeks: who works for several projects ties them.
    project_ids
        All running projects when it is not given.
    common
        Correlation of the errors of any two projects of the firm.
    """
    day = pd.Timestamp(as_of_date).normalize()
    rows = with_mode(running_on(histories, day))
    rows = rows[rows["mode"] != "none"]
    model = fit_portfolio_model(histories, learnt_landmarks(histories), day, rows, seed=seed)
    if project_ids is not None:
        rows = rows[rows["project_id"].isin(list(project_ids))]
    rows = rows.reset_index(drop=True)
    if len(rows) < 2:
        return None
    finishes = joint_finishes(finish_quantiles(rows, model), _shares(rows, people_hours), common, seed=seed)
    free = team_free_dates(finishes, rows["start_date"]).iloc[0]
    planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
    return JointOutlook(
        joint_statement(finishes, planned, common),
        pd.Timestamp(free["free_p50_date"]),
        pd.Timestamp(free["free_p80_date"]),
    )


def _shares(rows: pd.DataFrame, people_hours: pd.DataFrame) -> Floats:
    """Return one row per project and one column per person: the person's share of the project's hours."""
    hours = people_hours[people_hours["worked_hours"] > 0].pivot_table(
        index="project_id", columns="person_id", values="worked_hours", aggfunc="sum", fill_value=0.0
    )
    wide = hours.reindex(rows["project_id"]).fillna(0.0).to_numpy(dtype=np.float64)
    total = wide.sum(axis=1, keepdims=True)
    return np.asarray(wide / np.where(total > 0, total, 1.0))
