"""Over how many projects a person's hours are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import last_complete_sunday, monday_of
from analytics.workload.load import MONTH_WEEKS

if TYPE_CHECKING:
    from datetime import date

_KEY = ["person_id", "week_start_date"]


def project_fragmentation(
    person_project_weeks: pd.DataFrame, as_of_date: date, first_week_date: date | None = None
) -> pd.DataFrame:
    """Return the effective number of projects of each person over the four weeks up to each week.

    It is exp(−Σ p ln p) of the shares p of the hours (Hill 1973, order 1): 1 for one project, 2 for two halves, and
    little more than 1 when a second project takes a few hours. Why it matters: Zika-Viktorsson 2006 (IJPM 24:385),
    where many simultaneous projects went with stress and slipping schedules.

    Parameters
    ----------
    person_project_weeks
        The mart; deltas known by the week of ``as_of_date`` are summed.
    first_week_date
        Weeks before this Monday are not returned (a page that shows one week asks for one).

    Returns
    -------
    DataFrame
        ``person_id``, ``week_start_date``, ``project_fragmentation``, ``project_count``; a week without known hours
        in its four weeks has no row.
    """
    last = last_complete_sunday(as_of_date)
    first = pd.Timestamp(first_week_date) if first_week_date is not None else pd.Timestamp.min.as_unit("us")
    reach = pd.Timedelta(weeks=MONTH_WEEKS - 1)
    week = person_project_weeks["week_start_date"]
    is_used = (
        week.le(last)
        & week.ge(first if first_week_date is None else first - reach)
        & person_project_weeks["known_week_date"].le(monday_of(as_of_date))
    )
    rows = person_project_weeks.loc[is_used, [*_KEY, "project_id", "worked_hours"]]
    later = [rows.assign(week_start_date=rows["week_start_date"] + pd.Timedelta(weeks=n)) for n in range(MONTH_WEEKS)]
    spread = pd.concat(later, ignore_index=True)
    spread = spread.loc[spread["week_start_date"].le(last) & spread["week_start_date"].ge(first)]
    hours = spread.groupby([*_KEY, "project_id"], as_index=False)["worked_hours"].sum()
    return _effective_number(hours.loc[hours["worked_hours"].gt(0)])


def _effective_number(hours: pd.DataFrame) -> pd.DataFrame:
    share = hours["worked_hours"] / hours.groupby(_KEY)["worked_hours"].transform("sum")
    surprise = hours.assign(entropy=-share * np.log(share))
    found = surprise.groupby(_KEY, as_index=False).agg(entropy=("entropy", "sum"), project_count=("entropy", "size"))
    return found.assign(project_fragmentation=np.exp(found["entropy"]).round(6))[
        [*_KEY, "project_fragmentation", "project_count"]
    ]
