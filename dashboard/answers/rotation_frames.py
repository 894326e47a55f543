"""The tables that a roster is made of, as known on a day, for people in the viewer's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.rotation.frames import PAST_WEEKS, RotationFrames
from analytics.rotation.outlook import delay_prices, derived_demand, project_needs
from analytics.rotation.present import present_roster, skills_from_hours
from dashboard.answers import days
from dashboard.answers.door import home_of, read, read_firm_one
from dashboard.answers.keeping import kept
from dashboard.answers.known_rows import PROJECT_HOURS, TRIPS
from dashboard.answers.portfolio import forecast
from dashboard.answers.strain import strain
from data.rotation_method import own_places, place_of

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: A project whose status is one of these needs nobody any more.
_OVER: Final = ("finished", "cancelled")
#: Somebody who has worked a day for a project knows it.
_KNOWN_HOURS: Final = 8
#: Mean radius of the earth.
_EARTH_KM: Final = 6371.0
#: Weeks of a plan: at least and at most, where nothing else is asked for.
LEAST_WEEKS, MOST_WEEKS = 12, 26


@dataclass(frozen=True)
class Horizon:
    """The weeks of a plan and the day whose knowledge it rests on."""

    first_week: date
    weeks_count: int
    as_of_date: date
    has_hours: bool


def horizon(file: Path, as_of_date: date | None, first_week: date | None, weeks_count: int | None) -> Horizon:
    """Return the weeks of a plan: from the week after the day asked on, as many as the demand reaches (12 to 26).

    Where no hours are known at all, or the demand lies wholly elsewhere, the first week of the demand is the first one.
    """
    day = as_of_date or days.as_of_date(file)
    if as_of_date is not None:
        days.check_known(file, as_of_date)
    has_hours = days.fact_dates(file)[1] is not None and bool(
        read_firm_one(file, "select 1 from marts.person_days limit 1")
    )
    start, end = read_firm_one(
        file,
        "select min(week_start_date)::date, max(week_start_date)::date from staging.site_demand where headcount > 0",
    )
    first = first_week or day - timedelta(days=day.weekday()) + timedelta(weeks=1)
    is_elsewhere = start is not None and (end < first or start > first + timedelta(weeks=MOST_WEEKS))
    if first_week is None and start is not None and as_of_date is None and (not has_hours or is_elsewhere):
        first = start
    span = LEAST_WEEKS if end is None else (end - first).days // 7 + 1
    count = weeks_count or min(max(span, LEAST_WEEKS), MOST_WEEKS)
    return Horizon(first, count, day, has_hours)


@kept(4)
def frames_of(
    file: Path, viewer: Viewer, first_week: date, weeks_count: int, as_of_date: date, *, has_hours: bool
) -> RotationFrames:
    """Return the tables of a roster; with hours, what forecast and strain index say is in them."""
    home = home_of(file)
    bounds = {
        "past": first_week - timedelta(weeks=PAST_WEEKS + 1),
        "end": first_week + timedelta(weeks=weeks_count),
        "first": first_week,
    }
    first = pd.Timestamp(first_week)
    # A plan that is asked for today rests on all rows; one of an earlier day on what was known then.
    known = None if as_of_date >= days.as_of_date(file) else as_of_date + timedelta(days=1)
    people = read(
        file,
        viewer,
        "select * from marts.people where is_listed or last_week_date >= $past",
        past=bounds["past"],
    )
    rows = {
        name: _rows(file, viewer, name, known)
        for name in ("skills", "site_demand", "stay_limits", "preferences", "unavailability")
    }
    projects = _projects(file, viewer, first)
    roster = _roster(file, viewer, bounds, known)
    told = forecast(file, viewer, as_of_date) if has_hours else _no_forecast()
    hours = _hours(file, viewer, first_week, as_of_date)
    is_roster_read = has_hours and not (pd.to_datetime(roster["week_start_date"]) >= first).any()
    if is_roster_read:
        present = present_roster(hours, project_needs(projects, told, first, weeks_count), first)
        roster = pd.concat([roster, present[present["week_start_date"] >= first]]) if len(roster) else present
    are_skills_read = rows["skills"].empty and bool(len(hours))
    if are_skills_read:
        rows["skills"] = skills_from_hours(hours, read(file, viewer, "select project_id, product from marts.projects"))
    given = rows["site_demand"][rows["site_demand"]["project_id"].isin(set(projects["project_id"]))]
    more = derived_demand(projects, given, roster, rows["skills"], told, first, weeks_count)
    demand = pd.concat([part for part in (rows["site_demand"], more) if len(part)] or [given], ignore_index=True)
    return RotationFrames(
        people=people,
        skills=rows["skills"],
        projects=projects,
        demand=demand,
        roster=roster,
        leave=_leave(file, viewer, bounds, known),
        trips=_trips(file, viewer, as_of_date, known),
        known_projects=_known_projects(hours, roster, first),
        distances=_distances(home, people, projects),
        stay_limits=rows["stay_limits"],
        unavailability=rows["unavailability"],
        preferences=rows["preferences"],
        levels=_levels(file, viewer, as_of_date) if has_hours else pd.DataFrame(columns=["person_id", "level"]),
        delay_prices=delay_prices(told, teams_of(demand), first),
        is_roster_read=is_roster_read,
        are_skills_read=are_skills_read,
    )


def _no_forecast() -> pd.DataFrame:
    names = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date", "committed_date")
    return pd.DataFrame({"project_id": pd.Series(dtype="str"), **{n: pd.Series(dtype="datetime64[us]") for n in names}})


def _rows(file: Path, viewer: Viewer, table: str, known: date | None) -> pd.DataFrame:
    """Return the newest row of each key of a table of plans."""
    return read(
        file,
        viewer,
        f"select * from staging.{table} where ($known::date is null or known_at < $known) order by row_id",
        known=known,
    )


def _projects(file: Path, viewer: Viewer, first: pd.Timestamp) -> pd.DataFrame:
    """Return projects that may need somebody from the first week on."""
    found = read(file, viewer, "select * from marts.projects order by project_id")
    done = pd.to_datetime(found["actual_finish_date"])
    is_over = found["status"].astype("str").isin(_OVER) & ~(done >= first)
    return found[~is_over].reset_index(drop=True)


def _roster(file: Path, viewer: Viewer, bounds: dict[str, date], known: date | None) -> pd.DataFrame:
    """Return who is planned where; of several sources the one with most hours counts."""
    return read(
        file,
        viewer,
        """
        select
            person_id,
            project_id,
            week_start_date,
            max(planned_hours) as planned_hours,
            bool_or(coalesce(is_onsite, false)) as is_onsite,
            bool_or(coalesce(is_tentative, false)) as is_tentative
        from staging.assignment_versions
        where
            week_start_date >= $past
            and week_start_date < $end
            and ($known::date is null or known_at < $known)
            and (superseded_at is null or ($known::date is not null and superseded_at >= $known))
        group by person_id, project_id, week_start_date
        order by person_id, week_start_date, project_id
        """,
        known=known,
        past=bounds["past"],
        end=bounds["end"],
    )


def _leave(file: Path, viewer: Viewer, bounds: dict[str, date], known: date | None) -> pd.DataFrame:
    return read(
        file,
        viewer,
        """
        select distinct person_id, leave_date
        from staging.leave_versions
        where
            leave_date >= $first
            and leave_date < $end
            and coalesce(leave_hours, 8) >= 4
            and ($known::date is null or known_at < $known)
            and (superseded_at is null or ($known::date is not null and superseded_at >= $known))
        order by all
        """,
        known=known,
        first=bounds["first"],
        end=bounds["end"],
    )


def _trips(file: Path, viewer: Viewer, as_of_date: date, known: date | None) -> pd.DataFrame:
    """Return trips; the site's country where the trip names none."""
    source = TRIPS if known is not None else "(from marts.trip_versions where superseded_date is null)"
    values: dict[str, Any] = {"day": as_of_date} if known is not None else {}
    return read(
        file,
        viewer,
        f"""
        select
            trips.person_id,
            trips.project_id,
            trips.departed_date,
            trips.returned_date,
            trips.origin_city,
            trips.destination_city,
            coalesce(nullif(trips.destination_country, ''), projects.site_country, '') as destination_country,
            trips.cost_amount,
            trips.currency_code
        from {source} as trips
        left join marts.projects as projects on trips.project_id = projects.project_id
        order by trips.person_id, trips.departed_date
        """,
        **values,
    )


def _hours(file: Path, viewer: Viewer, first_week: date, as_of_date: date) -> pd.DataFrame:
    """Return the hours of people for projects in the weeks before the plan, as known on the day."""
    return read(
        file,
        viewer,
        f"from {PROJECT_HOURS} where week_start_date < $first order by person_id, project_id, week_start_date",
        first=first_week,
        week=days.known_week(as_of_date),
    )


def _known_projects(hours: pd.DataFrame, roster: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    """Return who has worked for which project, by hours and by weeks of the roster that are past."""
    pair = ["person_id", "project_id"]
    sums = hours.groupby(pair, as_index=False)["worked_hours"].sum()
    worked = pd.DataFrame(sums[sums["worked_hours"] >= _KNOWN_HOURS], columns=pair)
    past = pd.DataFrame(roster[roster["week_start_date"] < first], columns=pair)
    return pd.concat([worked, past], ignore_index=True).drop_duplicates()


def _levels(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    levels = strain(file, viewer, as_of_date).levels
    return pd.DataFrame({"person_id": levels["person_id"].astype(str), "level": levels["level"].astype(str)})


def teams_of(demand: pd.DataFrame) -> dict[str, float]:
    """Return the usual number of heads that projects ask for in a week."""
    heads = demand.assign(headcount=demand["headcount"].astype("float64").fillna(1.0))
    by_week = heads.groupby(["project_id", "week_start_date"])["headcount"].sum()
    return {str(name): float(value) for name, value in by_week.groupby("project_id").median().items()}


def _distances(home: Home, people: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Return great-circle kilometres between homes and sites; empty where a place is not known."""
    own = own_places(home)
    homes = _places(people, "home_city", "home_country", own)
    sites = _places(projects, "site_city", "site_country", own)
    rows = [(*a, *b, 0.0 if a == b and a[0] else _km(homes[a], sites[b])) for a in sorted(homes) for b in sorted(sites)]
    return pd.DataFrame(rows, columns=["home_city", "home_country", "site_city", "site_country", "km"])


def _places(
    frame: pd.DataFrame, city: str, country: str, own: dict[tuple[str, str], tuple[float, float]]
) -> dict[tuple[str, str], tuple[float, float] | None]:
    pairs = set(zip(frame[city].fillna("").astype(str), frame[country].fillna("").astype(str), strict=True))
    return {pair: place_of(*pair, own) for pair in pairs}


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    if one is None or other is None:
        return float("nan")
    (lat1, lon1), (lat2, lon2) = np.radians(one), np.radians(other)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * _EARTH_KM * np.arcsin(np.sqrt(half)))
