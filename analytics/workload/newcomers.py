"""Newcomers: weeks since joining, hours booked against expected, and juniors who stand alone on site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.workload.grid import last_complete_sunday, monday_of

if TYPE_CHECKING:
    from datetime import date

#: So long somebody is new.
NEWCOMER_WEEKS = 26

#: Pairing and being alone are looked at over so many weeks.
RECENT_WEEKS = 4

#: A week on site counts from so many hours on; less is a visit.
MIN_ONSITE_HOURS = 8.0

#: A point of the curve needs so many people.
MIN_CURVE_PEOPLE = 5

_KEY = ["project_id", "week_start_date"]


def newcomers(
    people: pd.DataFrame, weeks: pd.DataFrame, person_project_weeks: pd.DataFrame, as_of_date: date
) -> pd.DataFrame:
    """Return who is new or junior and alone on site.

    Parameters
    ----------
    people
        ``person_id``, ``seniority``, ``hired_date`` (without it the first week with hours counts).
    weeks
        Rows of ``weeks_as_known``.
    person_project_weeks
        The mart.

    Returns
    -------
    DataFrame
        One row per person who joined in the last 26 weeks, or who is a junior with a week alone on site in the last
        four: ``person_id``, ``weeks_since_joining`` (null when longer ago), ``booked_ratio`` (hours booked of expected
        since joining, known weeks only; null when nothing is known), ``alone_weeks_count`` (weeks on site at a project
        where nobody else was), ``paired_weeks_count`` (weeks in which somebody who is no junior worked on the same
        project), both of the last four.
    """
    sunday = last_complete_sunday(as_of_date)
    joined = _joined(people, weeks)
    since = ((sunday - joined["joined_date"]).dt.days // 7).astype("Int64")
    is_new = since.between(0, NEWCOMER_WEEKS - 1)
    base = joined.assign(weeks_since_joining=since.where(is_new))
    recent = _recent(person_project_weeks, people, as_of_date)
    found = base.merge(_alone(recent), on="person_id", how="left", validate="one_to_one").merge(
        _paired(recent), on="person_id", how="left", validate="one_to_one"
    )
    counts = {name: found[name].fillna(0).astype("int64") for name in ("alone_weeks_count", "paired_weeks_count")}
    found = found.assign(**counts)
    is_junior_alone = found["seniority"].eq("junior") & found["alone_weeks_count"].gt(0)
    told = found.loc[found["weeks_since_joining"].notna() | is_junior_alone]
    columns = ["person_id", "seniority", "weeks_since_joining", "alone_weeks_count", "paired_weeks_count"]
    return (
        told[columns]
        .merge(_booked(weeks, joined), on="person_id", how="left", validate="one_to_one")
        .sort_values("person_id", ignore_index=True)
    )


def ramp_up(people: pd.DataFrame, weeks: pd.DataFrame) -> pd.DataFrame:
    """Return the curve of booked against expected hours by weeks since joining, where five people or more are known.

    Returns
    -------
    DataFrame
        ``weeks_since_joining``, ``booked_ratio`` (median), ``people_count``.
    """
    rows = weeks.merge(_joined(people, weeks), on="person_id", how="inner", validate="many_to_one")
    since = (rows["week_start_date"] - rows["joined_date"]).dt.days // 7
    is_used = since.between(0, NEWCOMER_WEEKS - 1) & rows["is_known"] & rows["expected_hours"].gt(0)
    used = rows.loc[is_used].assign(weeks_since_joining=since, ratio=rows["worked_hours"] / rows["expected_hours"])
    curve = used.groupby("weeks_since_joining", as_index=False).agg(
        booked_ratio=("ratio", "median"), people_count=("person_id", "nunique")
    )
    return curve.loc[curve["people_count"].ge(MIN_CURVE_PEOPLE)].reset_index(drop=True)


def _joined(people: pd.DataFrame, weeks: pd.DataFrame) -> pd.DataFrame:
    """Return ``joined_date``: the Monday of the hiring, else of the first week with a row."""
    first = weeks.groupby("person_id")["week_start_date"].min()
    listed = people.drop_duplicates("person_id")[["person_id", "seniority", "hired_date"]]
    hired = pd.to_datetime(listed["hired_date"])
    monday = hired - pd.to_timedelta(hired.dt.day_of_week, unit="D")
    return listed.assign(joined_date=monday.fillna(first.reindex(listed["person_id"]).set_axis(listed.index))).drop(
        columns="hired_date"
    )


def _recent(person_project_weeks: pd.DataFrame, people: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return hours of the last four weeks by person, project and week, as known, with who is a junior."""
    sunday = last_complete_sunday(as_of_date)
    week = person_project_weeks["week_start_date"]
    is_used = (
        week.le(sunday)
        & week.gt(sunday - pd.Timedelta(weeks=RECENT_WEEKS))
        & person_project_weeks["known_week_date"].le(monday_of(as_of_date))
    )
    sums = (
        person_project_weeks.loc[is_used]
        .groupby(["person_id", *_KEY], as_index=False)
        .agg(worked_hours=("worked_hours", "sum"), onsite_hours=("onsite_hours", "sum"))
    )
    juniors = people.loc[people["seniority"].eq("junior"), "person_id"]
    return sums.assign(is_junior=sums["person_id"].isin(juniors))


def _alone(recent: pd.DataFrame) -> pd.DataFrame:
    onsite = recent.loc[recent["onsite_hours"].ge(MIN_ONSITE_HOURS)]
    alone = onsite.groupby(_KEY)["person_id"].transform("size").eq(1)
    return _weeks_of(onsite.loc[alone], "alone_weeks_count")


def _paired(recent: pd.DataFrame) -> pd.DataFrame:
    """Weeks in which somebody else who is no junior worked on one of the person's projects."""
    worked = recent.loc[recent["worked_hours"].gt(0)]
    elders = (~worked["is_junior"]).groupby([worked[name] for name in _KEY]).transform("sum")
    others = elders - (~worked["is_junior"]).astype("int64")
    return _weeks_of(worked.loc[others.gt(0)], "paired_weeks_count")


def _weeks_of(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.groupby("person_id")["week_start_date"].nunique().rename(name).reset_index()


def _booked(weeks: pd.DataFrame, joined: pd.DataFrame) -> pd.DataFrame:
    rows = weeks.merge(joined[["person_id", "joined_date"]], on="person_id", how="inner", validate="many_to_one")
    since = rows["week_start_date"].ge(rows["joined_date"]) & rows["is_known"] & rows["expected_hours"].gt(0)
    sums = rows.loc[since].groupby("person_id")[["worked_hours", "expected_hours"]].sum()
    return (sums["worked_hours"] / sums["expected_hours"]).rename("booked_ratio").reset_index()
