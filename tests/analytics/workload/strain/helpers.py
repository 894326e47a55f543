"""Frames for the strain index from the small worlds of the workload tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics.workload.strain.frames import StrainFrames
from analytics.workload.strain.now import StrainNow, strain_now
from analytics.workload.strain.settings import StrainSettings, strain_settings
from data.strain_method import strain_table
from data.time_zones import country_zones, zone_offsets
from tests.analytics.workload.world import Entry, World, plain_week, typed

SETTINGS: StrainSettings = strain_settings(strain_table())

#: Weeks of past that make a usual week known.
PAST = 12


def frames_of(world: World, **more: pd.DataFrame) -> StrainFrames:
    """Return the frames of a world: nobody has clocks, requests or projects unless they are given."""
    nothing = pd.Series(pd.NaT, index=world.person_days().index, dtype="datetime64[us]")
    trips = world.trip_rows()
    projects = pd.DataFrame(
        {
            "project_id": sorted({e.project for e in world.entries}) or ["p1"],
            "client_name": "Client",
            "site_time_zone": None,
            "baseline_finish_date": pd.NaT,
            "go_live_date": pd.NaT,
        }
    )
    found = StrainFrames(
        person_weeks=world.person_weeks(),
        person_days=world.person_days().assign(first_started_at=nothing, last_ended_at=nothing),
        person_project_weeks=world.person_project_weeks(),
        trips=trips.assign(destination_country=None, destination_time_zone=None),
        people=world.people().assign(time_zone=None, team_name="Team", weekly_hours=world.weekly_hours),
        calendar_days=world.calendar_days().assign(is_statutory=False),
        leave_days=world.leave_days(),
        projects=projects.assign(
            baseline_finish_date=pd.to_datetime(projects["baseline_finish_date"]),
            go_live_date=pd.to_datetime(projects["go_live_date"]),
        ),
        change_requests=requests_of(),
        status_reports=reports_of(),
        request_days=handled(),
        country_zones=country_zones(),
        zone_offsets=zone_offsets(["Asia/Shanghai", "Europe/Berlin"], world.first, world.last),
    )
    return replace(found, **more)


def requests_of(*rows: tuple[str, str, date]) -> pd.DataFrame:
    """Return change requests: id, project, day on which they were raised."""
    frame = pd.DataFrame(list(rows), columns=["change_request_id", "project_id", "raised_at"])
    return typed(frame.assign(known_date=frame["raised_at"]), ["raised_at", "known_date"])


def reports_of(*rows: tuple[str, date, date | None, str]) -> pd.DataFrame:
    """Return status reports: project, day, planned finish, colour."""
    names = ["project_id", "as_of_date", "planned_finish_date", "reported_status"]
    frame = pd.DataFrame(list(rows), columns=names)
    return typed(frame.assign(known_date=frame["as_of_date"]), ["as_of_date", "planned_finish_date", "known_date"])


def handled(*rows: tuple[str, str, date, Any]) -> pd.DataFrame:
    """Return days on which a person handled a request, with the moment (UTC) of the end or None."""
    frame = pd.DataFrame(list(rows), columns=["person_id", "change_request_id", "work_date", "last_ended_at"])
    monday = [day - timedelta(days=day.weekday()) for day in frame["work_date"]]
    dates = ["work_date", "known_week_date", "last_ended_at"]
    return typed(frame.assign(known_week_date=monday, entry_count=1), dates)


def now(world: World, *, as_of: date | None = None, frames: StrainFrames | None = None) -> StrainNow:
    """Return what is told on the Monday after the world's last week."""
    return strain_now(frames or frames_of(world), SETTINGS, as_of or world.after)


def level_of(world: World, **more: pd.DataFrame) -> pd.Series:
    """Return the one person's row of the last week."""
    return now(world, frames=frames_of(world, **more)).levels.iloc[0]


def value_of(world: World, indicator: str, **more: pd.DataFrame) -> float:
    """Return the value of one indicator in the last week."""
    rows = now(world, frames=frames_of(world, **more)).indicators
    return float(rows.loc[rows["indicator"].eq(indicator), "value"].iloc[0])


def days_of(first: date, *hours: float) -> list[Entry]:
    """Work these hours on the days from ``first`` on; 0 is a day off."""
    return [Entry(first + timedelta(days=n), h) for n, h in enumerate(hours) if h > 0]


def usual_past(weeks: int = PAST, first: date = date(2026, 3, 2), hours_a_day: float = 8.0) -> list[Entry]:
    """Return forty-hour weeks before what a test is about."""
    return [e for n in range(weeks) for e in plain_week(first + timedelta(weeks=n), hours_a_day)]


def after_past(*weeks: tuple[float, ...], past: int = PAST, **more: Any) -> World:
    """Return a world of usual weeks, and then weeks with these hours from Monday on."""
    first = date(2026, 3, 2)
    own = [e for n, hours in enumerate(weeks) for e in days_of(first + timedelta(weeks=past + n), *hours)]
    return World(tuple(usual_past(past) + own), past + len(weeks), first=first, **more)
