"""Diaries as the tables of a warehouse: what was filed, when it became known, what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.strain_cases.clocks import clock_times_of, local_offset
from data.strain_cases.diary import BREAK_HOURS, day_zero
from data.strain_cases.projects import PlantedProjects, project_frames

if TYPE_CHECKING:
    from data.strain_cases.diary import Diary


def tables_of(
    diaries: dict[str, Diary],
    projects: PlantedProjects,
    calendar: pd.DataFrame,
    first: date,
    random: np.random.Generator,
) -> dict[str, pd.DataFrame]:
    """Return the marts that the strain index reads."""
    own = calendar.loc[calendar["country"].eq("CN")].sort_values("calendar_date")
    is_workday = own["is_workday"].to_numpy(dtype=bool)
    weeks = next(iter(diaries.values())).weeks
    days, person_weeks, booked, requests, trips, leave, clocks = [], [], [], [], [], [], []
    for person, diary in diaries.items():
        filed = _filed(diary)
        days.append(_days(person, diary, filed, first))
        person_weeks.append(_weeks(person, diary, filed, is_workday, first))
        booked.append(_booked(person, diary, filed, projects, first))
        requests.append(_request_days(person, diary, filed, first, random))
        worked = np.flatnonzero((diary.hours > 0) & np.repeat(filed, 7))
        dates = (_dates(first, worked), _known(diary, worked // 7, first))
        clocks.append(clock_times_of(person, diary, worked, dates))
        trips.append(_trips(person, diary, first))
        leave.append(_leave(person, diary, first))
    project_days = pd.concat(booked, ignore_index=True)
    return {
        "person_days": pd.concat(days, ignore_index=True),
        "person_weeks": pd.concat(person_weeks, ignore_index=True),
        "person_project_weeks": project_days,
        "request_days": pd.concat(requests, ignore_index=True),
        "trips": pd.concat(trips, ignore_index=True),
        "leave_days": pd.concat(leave, ignore_index=True),
        "clock_times": pd.concat(clocks, ignore_index=True),
        "people": _people(diaries, first),
        "calendar_days": calendar,
        **project_frames(projects, first, weeks),
    }


def _people(diaries: dict[str, Diary], first: date) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person_id": list(diaries),
            "person_name": [name.title() for name in diaries],
            "home_country": "CN",
            "time_zone": "Asia/Shanghai",
            "weekly_hours": [diary.weekly_hours for diary in diaries.values()],
            "has_opted_out": False,
            "hired_date": pd.to_datetime([first + timedelta(weeks=d.joined_week) for d in diaries.values()]),
        }
    )


def _filed(diary: Diary) -> np.ndarray:
    """Weeks of which something was filed."""
    has_hours = diary.hours.reshape(diary.weeks, 7).sum(axis=1) > 0
    filed: np.ndarray = has_hours & ~diary.missing & (np.arange(diary.weeks) >= diary.joined_week)
    return filed


def _known(diary: Diary, weeks: np.ndarray, first: date) -> pd.DatetimeIndex:
    mondays = np.datetime64(first) + 7 * (weeks + diary.late_weeks[weeks]).astype("timedelta64[D]")
    return pd.DatetimeIndex(mondays).as_unit("us")


def _dates(first: date, days: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(np.datetime64(first) + days.astype("timedelta64[D]")).as_unit("us")


def _days(person: str, diary: Diary, filed: np.ndarray, first: date) -> pd.DataFrame:
    worked = np.flatnonzero((diary.hours > 0) & np.repeat(filed, 7))
    frame = pd.DataFrame(
        {
            "person_id": person,
            "work_date": _dates(first, worked),
            "known_week_date": _known(diary, worked // 7, first),
            "worked_hours": diary.hours[worked],
            "onsite_hours": 0.0,
            "travel_hours": 0.0,
            "entry_count": 1,
            "is_assumed": False,
        }
    )
    nothing = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    if not diary.has_clock:
        return frame.assign(first_started_at=nothing, last_ended_at=nothing)
    begin = diary.begins[worked] - local_offset(diary, worked)
    end = begin + diary.hours[worked] + BREAK_HOURS
    return frame.assign(
        first_started_at=frame["work_date"] + pd.to_timedelta(np.round(begin * 60), unit="min"),
        last_ended_at=frame["work_date"] + pd.to_timedelta(np.round(end * 60), unit="min"),
    )


def _weeks(
    person: str,
    diary: Diary,
    filed: np.ndarray,
    is_workday: np.ndarray,
    first: date,
) -> pd.DataFrame:
    weeks = np.arange(diary.joined_week, diary.weeks)
    hours = diary.hours.reshape(-1, 7)
    workdays = is_workday.reshape(-1, 7).sum(axis=1)
    leave = (diary.leave & is_workday).reshape(-1, 7).sum(axis=1)
    state = np.where(
        filed, "filed", np.where(workdays == 0, "no_workdays", np.where(leave >= workdays, "on_leave", "missing"))
    )
    known = np.where(
        filed, _known(diary, np.arange(diary.weeks), first), _dates(first, 7 * np.arange(1, diary.weeks + 1))
    )
    frame = pd.DataFrame(
        {
            "person_id": person,
            "week_start_date": _dates(first, 7 * weeks),
            "known_week_date": pd.DatetimeIndex(known[weeks]).as_unit("us"),
            "state": state[weeks],
            "workdays_count": workdays[weeks],
            "leave_days_count": leave[weeks],
            "leave_hours": 8.0 * leave[weeks],
            "expected_hours": diary.weekly_hours / 5 * (workdays - leave)[weeks],
            "is_assumed": False,
        }
    )
    sums = {
        "worked_hours": hours.sum(axis=1),
        "onsite_hours": np.zeros(diary.weeks),
        "travel_hours": np.zeros(diary.weeks),
        "weekend_hours": hours[:, 5:].sum(axis=1),
    }
    counts = (hours > 0).sum(axis=1)
    measures = {name: np.where(filed, values, np.nan)[weeks] for name, values in sums.items()}
    return frame.assign(
        **measures,
        worked_days_count=np.where(filed, counts, 0)[weeks],
        entry_count=np.where(filed, counts, 0)[weeks],
    )


def _booked(
    person: str,
    diary: Diary,
    filed: np.ndarray,
    projects: PlantedProjects,
    first: date,
) -> pd.DataFrame:
    total = diary.hours.reshape(-1, 7).sum(axis=1)
    rows = [
        (week, projects.ids[number], share * total[week])
        for week in np.flatnonzero(filed)
        for number, share in diary.projects[int(week)]
    ]
    frame = pd.DataFrame(rows, columns=["week", "project_id", "worked_hours"])
    weeks = frame["week"].to_numpy(dtype=np.int64)
    return frame.drop(columns="week").assign(
        person_id=person, week_start_date=_dates(first, 7 * weeks), known_week_date=_known(diary, weeks, first)
    )


def _request_days(
    person: str,
    diary: Diary,
    filed: np.ndarray,
    first: date,
    random: np.random.Generator,
) -> pd.DataFrame:
    days = np.flatnonzero((diary.requests > 0) & (diary.hours > 0) & np.repeat(filed, 7))
    midnight = _dates(first, days)
    end = diary.begins[days] - local_offset(diary, days) + diary.hours[days] + BREAK_HOURS
    ended = midnight + pd.to_timedelta(np.round(end * 60), unit="min")
    return pd.DataFrame(
        {
            "person_id": person,
            "change_request_id": [f"case-cr{int(n):05d}" for n in random.integers(0, 500, len(days))],
            "work_date": midnight,
            "known_week_date": _known(diary, days // 7, first),
            "last_ended_at": ended
            if diary.has_clock
            else pd.Series(pd.NaT, index=range(len(days)), dtype="datetime64[us]"),
            "entry_count": 1,
        }
    )


def _trips(person: str, diary: Diary, first: date) -> pd.DataFrame:
    """Trips are booked, and so known, three days before they begin."""
    rows = [
        (
            person,
            day_zero(first, t.first),
            day_zero(first, t.last),
            day_zero(first, t.first - 3),
            t.country,
            t.time_zone,
        )
        for t in diary.trips
    ]
    names = ["departed_date", "returned_date", "known_date"]
    frame = pd.DataFrame(rows, columns=["person_id", *names, "destination_country", "destination_time_zone"])
    return frame.assign(**{name: pd.to_datetime(frame[name]).dt.as_unit("us") for name in names})


def _leave(person: str, diary: Diary, first: date) -> pd.DataFrame:
    days = _dates(first, np.flatnonzero(diary.leave))
    return pd.DataFrame({"person_id": person, "leave_date": days, "leave_hours": 8.0})
