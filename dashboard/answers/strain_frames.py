"""The marts that the strain index reads, for people in scope, as far back as what is told today needs them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.known import plain_day
from analytics.workload.grid import last_complete_sunday
from analytics.workload.strain.assess import first_week_needed
from analytics.workload.strain.frames import StrainFrames
from analytics.workload.strain.rhythm import OUTLOOK_WEEKS
from dashboard.answers.days import known_week
from dashboard.answers.door import has_mart, read
from dashboard.answers.known_rows import TRIPS, source_of, values_of
from data.time_zones import country_zones, zone_offsets

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.known import ReportingDay
    from dashboard.answers.viewers import Viewer

#: Marts with one row or more per person, and the condition that keeps the rows that count.
_OF_PEOPLE: Final = {
    "person_weeks": "rows_.week_start_date between $since and $last",
    "person_days": "rows_.work_date between $since and $last",
    "clock_times": "rows_.work_date between $since and $last",
    "person_project_weeks": "rows_.week_start_date between $since and $last",
    "person_request_days": "rows_.work_date between $since and $last",
    "leave_days": "rows_.leave_date between $since and $ahead",
    "people": "$since is not null and $last is not null and $ahead is not null",
}


#: Marts that a file published by an older version lacks until a rebuild.
_NEWEST: Final = ("person_request_days", "clock_times")


def strain_frames(file: Path, viewer: Viewer, day: ReportingDay, person_id: str | None = None) -> StrainFrames:
    """Return the marts of 78 weeks for people in scope (or one), and of the weeks ahead what is planned.

    Hours end with the reporting week of ``day``; reports, requests, leave and plans go on.
    """
    as_of_date, last = plain_day(day), last_complete_sunday(day).date()
    since = first_week_needed(day)
    ahead = as_of_date + timedelta(weeks=OUTLOOK_WEEKS + 1)
    bounds = {"since": since, "last": last, "ahead": ahead, "day": as_of_date}
    own = {
        name: _rows_of_people(file, viewer, name, bounds, person_id)
        for name in _OF_PEOPLE
        if name not in _NEWEST or has_mart(file, name)
    }
    projects = read(file, viewer, "from marts.projects")
    people = own["people"]
    trips = _trips(file, viewer, bounds, person_id)
    single = country_zones()
    used = single["country"].isin({*people["home_country"], *trips["destination_country"]})
    clocks = own.get("clock_times", pd.DataFrame())
    zones = {*people["time_zone"].dropna(), *single.loc[used, "time_zone"]}
    for frame, column in ((trips, "destination_time_zone"), (clocks, "time_zone")):
        zones |= {*frame[column].dropna().unique()} if column in frame.columns else set()
    return StrainFrames(
        person_weeks=own["person_weeks"],
        person_days=own["person_days"],
        person_project_weeks=own["person_project_weeks"],
        trips=trips,
        people=people,
        calendar_days=read(
            file,
            viewer,
            "from marts.calendar_days where calendar_date between $since and $ahead",
            since=since,
            ahead=ahead,
        ),
        leave_days=own["leave_days"],
        projects=projects,
        change_requests=read(
            file, viewer, "from marts.change_requests where raised_at <= $last", last=as_of_date + timedelta(days=1)
        ),
        status_reports=read(file, viewer, "from marts.status_reports where as_of_date <= $last", last=as_of_date),
        request_days=own.get("person_request_days", _no_requests()),
        clock_times=clocks,
        country_zones=single,
        zone_offsets=zone_offsets(zones, since, ahead),
        project_hours=read(
            file,
            viewer,
            "from marts.project_weeks where week_start_date between $since and $last and known_week_date <= $week",
            since=since,
            last=last,
            week=known_week(as_of_date),
        ),
    )


def _no_requests() -> pd.DataFrame:
    texts = {name: pd.Series(dtype="str") for name in ("person_id", "change_request_id")}
    dates = {name: pd.Series(dtype="datetime64[us]") for name in ("work_date", "known_week_date", "last_ended_at")}
    return pd.DataFrame(texts | dates | {"entry_count": pd.Series(dtype="int64")})


def _rows_of_people(
    file: Path, viewer: Viewer, mart: str, bounds: dict[str, date], person_id: str | None
) -> pd.DataFrame:
    names = [name for name in bounds if f"${name}" in _OF_PEOPLE[mart]]
    return read(
        file,
        viewer,
        f"""
        select rows_.*
        from {source_of(mart)} as rows_
        where
            {_OF_PEOPLE[mart]}
            and ($person_id::varchar is null or rows_.person_id = $person_id)
        """,
        person_id=person_id,
        **{name: bounds[name] for name in names},
        **values_of(mart, bounds["day"]),
    )


def _trips(file: Path, viewer: Viewer, bounds: dict[str, date], person_id: str | None) -> pd.DataFrame:
    """Return trips that reach into the time of which is told, as known on the day."""
    return read(
        file,
        viewer,
        f"""
        select trips.*
        from {TRIPS} as trips
        where
            coalesce(trips.returned_date, trips.departed_date) >= $since
            and ($person_id::varchar is null or trips.person_id = $person_id)
        """,
        since=bounds["since"],
        day=bounds["day"],
        person_id=person_id,
    )
