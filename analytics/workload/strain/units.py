"""Findings about units instead of lists of people, and what projects cost in weeks on watch."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from analytics.workload.strain.settings import StrainSettings

#: What projects cost is counted over so many weeks.
COST_WEEKS = 12

#: A finding about a unit needs at least so many people of it on watch: one is a person, not a unit.
_MIN_WATCHED = 2

#: A unit is silent when so much of it can't be judged for want of timesheets.
_SILENT_SHARE = 0.6

_ON_WATCH = ("WATCH", "HIGH")


def unit_findings(levels: pd.DataFrame, people: pd.DataFrame, settings: StrainSettings) -> pd.DataFrame:
    """Return teams of which more than 15 % are on watch, and teams that don't file.

    So many people of one team on watch are a finding about staffing and plans; listing them one by one would be
    noise and unfair. A team of fewer than five people gets no figure.

    Parameters
    ----------
    levels
        ``person_id``, ``level``, ``reason`` of the last week.
    people
        ``person_id``, ``team_name``.

    Returns
    -------
    DataFrame
        ``team_name``, ``finding`` (``strain`` or ``silent``), ``people_count``, ``finding_count`` (people on watch, or
        without data), ``finding_share``; the three are null for teams of fewer than five.
    """
    rows = levels.merge(people[["person_id", "team_name"]], on="person_id", how="inner", validate="one_to_one")
    rows = rows.loc[rows["team_name"].notna() & rows["team_name"].ne("")]
    level = rows["level"].astype("str")
    marked = rows.assign(
        strain=level.isin(_ON_WATCH).astype("int64"),
        silent=(level.eq("NO DATA") & rows["reason"].astype("str").eq("coverage")).astype("int64"),
    )
    teams = marked.groupby("team_name", as_index=False).agg(
        people_count=("person_id", "size"), strain=("strain", "sum"), silent=("silent", "sum")
    )
    limits = {"strain": settings["unit_watch_share"], "silent": _SILENT_SHARE}
    parts = []
    for finding, limit in limits.items():
        share = teams[finding] / teams["people_count"]
        found = teams.loc[share.gt(limit) & teams[finding].ge(_MIN_WATCHED)]
        parts.append(
            found[["team_name", "people_count"]].assign(
                finding=finding, finding_count=found[finding], finding_share=share.loc[found.index]
            )
        )
    found = pd.concat(parts, ignore_index=True).sort_values(["finding", "team_name"], ignore_index=True)
    is_small = found["people_count"].lt(settings["min_group"])
    figures = {
        name: found[name].astype("Float64").mask(is_small)
        for name in ("people_count", "finding_count", "finding_share")
    }
    return found.assign(**figures)[["team_name", "finding", *figures]]


def project_costs(weeks: pd.DataFrame, booked: pd.DataFrame) -> pd.DataFrame:
    """Return how many person-weeks on watch each project has behind it, in the last twelve weeks.

    A week on watch is divided over the projects of that week by hours: the sum over projects is the sum over people.

    Parameters
    ----------
    weeks
        Rows of ``strain_weeks``.
    booked
        ``person_id``, ``project_id``, ``week_start_date``, ``worked_hours`` as known.

    Returns
    -------
    DataFrame
        ``project_id``, ``watch_weeks``, ``people_count`` (who had a week on watch).
    """
    shares = _watched_hours(weeks, booked)
    return (
        shares.groupby("project_id", as_index=False)
        .agg(watch_weeks=("share", "sum"), people_count=("person_id", "nunique"))
        .sort_values(["watch_weeks", "project_id"], ascending=[False, True], ignore_index=True)
    )


def projects_behind(weeks: pd.DataFrame, booked: pd.DataFrame) -> pd.DataFrame:
    """Return for each person with a week on watch the projects behind it (``project_id``, ``watch_weeks``)."""
    shares = _watched_hours(weeks, booked)
    found = shares.groupby(["person_id", "project_id"], as_index=False).agg(watch_weeks=("share", "sum"))
    return found.sort_values(["person_id", "watch_weeks"], ascending=[True, False], ignore_index=True)


def projects_behind_units(units: pd.DataFrame, behind: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Return the projects behind each team with a finding on strain: ``team_name``, ``project_id``, ``watch_weeks``.

    Parameters
    ----------
    units
        Rows of ``unit_findings``.
    behind
        Rows of ``projects_behind``.
    """
    teams = units.loc[units["finding"].eq("strain"), "team_name"]
    rows = behind.merge(people[["person_id", "team_name"]], on="person_id", how="inner", validate="many_to_one")
    own = rows.loc[rows["team_name"].isin(teams)]
    found = own.groupby(["team_name", "project_id"], as_index=False).agg(watch_weeks=("watch_weeks", "sum"))
    return found.sort_values(["team_name", "watch_weeks"], ascending=[True, False], ignore_index=True)


def _watched_hours(weeks: pd.DataFrame, booked: pd.DataFrame) -> pd.DataFrame:
    """Rows of person, week and project with the part of the week on watch that belongs to the project."""
    if weeks.empty:
        return booked.iloc[:0].assign(share=0.0)
    since = weeks["week_start_date"].max() - timedelta(weeks=COST_WEEKS - 1)
    on_watch = weeks["level"].astype("str").isin(_ON_WATCH) & weeks["week_start_date"].ge(since)
    rows = weeks.loc[on_watch, ["person_id", "week_start_date"]].merge(
        booked, on=["person_id", "week_start_date"], how="inner", validate="one_to_many"
    )
    total = rows.groupby(["person_id", "week_start_date"])["worked_hours"].transform("sum")
    return rows.assign(share=rows["worked_hours"] / total)
