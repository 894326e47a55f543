"""Projects that rest on one person: who can't take leave because nobody else knows the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.workload.grid import last_complete_sunday, monday_of

if TYPE_CHECKING:
    from datetime import date

#: Knowledge of a site is what was done there in so many weeks.
KNOWN_WEEKS = 26

#: The bus factor is the least number of people who together did more than this share.
MAJORITY_SHARE = 0.5

#: One person is a single point from this share of the hours on.
SINGLE_SHARE = 0.8

#: Fewer hours than this in the time say little of who knows what.
MIN_HOURS = 40.0


def single_points(person_project_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return how many people a project rests on.

    Timesheets tell who worked at a site, not who knows which module, so the hours of the last 26 weeks stand for it.

    Returns
    -------
    DataFrame
        ``project_id``, ``people_count``, ``bus_factor_count`` (the least number of people who did more than half),
        ``main_person_id``, ``main_share`` (of the hours), ``is_single_point`` (one person did 80 % or more, and worked
        there in the last four weeks). Projects with under 40 hours are left out.
    """
    sunday, week = last_complete_sunday(as_of_date), person_project_weeks["week_start_date"]
    is_used = (
        week.le(sunday)
        & week.gt(sunday - pd.Timedelta(weeks=KNOWN_WEEKS))
        & person_project_weeks["known_week_date"].le(monday_of(as_of_date))
    )
    used = person_project_weeks.loc[is_used]
    hours = used.groupby(["project_id", "person_id"], as_index=False).agg(worked_hours=("worked_hours", "sum"))
    hours = hours.loc[hours["worked_hours"].gt(0)].sort_values(
        ["project_id", "worked_hours", "person_id"], ascending=[True, False, True]
    )
    total = hours.groupby("project_id")["worked_hours"].transform("sum")
    so_far = hours.groupby("project_id")["worked_hours"].cumsum()
    ranked = hours.assign(
        total_hours=total,
        share=hours["worked_hours"] / total,
        is_needed=(so_far - hours["worked_hours"]) <= MAJORITY_SHARE * total,
    )
    found = (
        ranked.loc[ranked["total_hours"].ge(MIN_HOURS)]
        .groupby("project_id", as_index=False)
        .agg(
            people_count=("person_id", "size"),
            bus_factor_count=("is_needed", "sum"),
            main_person_id=("person_id", "first"),
            main_share=("share", "first"),
        )
    )
    recent = used.loc[used["week_start_date"].gt(sunday - pd.Timedelta(weeks=4)) & used["worked_hours"].gt(0)]
    is_there = pd.MultiIndex.from_frame(found[["project_id", "main_person_id"]]).isin(
        pd.MultiIndex.from_frame(recent[["project_id", "person_id"]])
    )
    return found.assign(is_single_point=found["main_share"].ge(SINGLE_SHARE) & is_there)
