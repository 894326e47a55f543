"""The tables of an agenda, read for one viewer as known on the day of the review."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.review.frames import AgendaFrames
from analytics.rotation.presence import Counter, counters_of, days_of_stay
from dashboard.answers.data_state import filing_by_team
from dashboard.answers.days import known_week, week_before
from dashboard.answers.door import home_of, read
from dashboard.answers.known_rows import PEOPLE, PROJECT_HOURS, TRIPS
from dashboard.answers.people import people as people_known
from dashboard.answers.people import travel
from dashboard.answers.portfolio import forecast, forecast_week_ago, project_states
from dashboard.answers.project import change_requests
from dashboard.answers.proof import restated_weeks
from dashboard.answers.reporting import told_week
from dashboard.answers.strain import strain_costs
from data.rotation_method import presence_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dashboard.answers.viewers import Viewer

_BOOKED_WEEKS: Final = 26
_STATE_WEEKS: Final = 12
_FILING_WEEKS: Final = 8
#: Sites are looked at so many weeks ahead: further on rosters are drafts.
_COVER_WEEKS: Final = 6
_DATES: Final = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date", "committed_date")


def agenda_frames(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    before: Mapping[str, Any] | None,
    promises: pd.DataFrame,
    decisions: Sequence[Mapping[str, Any]],
) -> AgendaFrames:
    """Return the tables of an agenda.

    Parameters
    ----------
    before
        What the last review froze; without one the state of a week before is compared with.
    """
    week, told = known_week(as_of_date), told_week(file, as_of_date)
    since = date.fromisoformat(before["as_of_date"]) if before else week_before(as_of_date)
    costs = strain_costs(file, viewer, as_of_date).costs
    return AgendaFrames(
        since=pd.Timestamp(since),
        as_of_date=pd.Timestamp(as_of_date),
        forecast=forecast(file, viewer, as_of_date),
        forecast_before=_frozen_forecast(before) if before else forecast_week_ago(file, viewer, as_of_date),
        requests=change_requests(file, viewer, as_of_date),
        reports=newest_reports(file, viewer, as_of_date),
        states=_states(file, week),
        booked=_booked(file, viewer, told, week),
        people=read(file, viewer, f"select person_id, team_name, seniority from {PEOPLE}", week=week),
        costs=costs,
        # In the first review nothing is known to have risen.
        costs_before=_frozen_costs(before) if before else costs,
        filing=filing_by_team(file, viewer, as_of_date, _FILING_WEEKS),
        restated=restated_weeks(file, viewer, since_moment(before, as_of_date), "project"),
        away=_away(file, viewer, as_of_date),
        demand=_demand(file, viewer, as_of_date),
        presence=presence_near(file, viewer, as_of_date),
        promises=promises,
        decisions=decisions,
        seen=before["seen"] if before else {},
    )


def since_moment(before: Mapping[str, Any] | None, as_of_date: date) -> datetime:
    """Return the moment of the last review (UTC): what changed after it is new."""
    if before:
        return datetime.fromisoformat(before["frozen_at"])
    # The same moment as `golive restated` takes: a week has ended when its Sunday is over.
    return datetime.combine(week_before(as_of_date) + timedelta(days=1), time.min)


def _frozen_forecast(before: Mapping[str, Any]) -> pd.DataFrame:
    names = ["project_id", *_DATES, "late_probability", "expected_delay_person_weeks"]
    rows = pd.DataFrame([{name: row[name] for name in names} for row in before["projects"]], columns=names)
    dates = {name: pd.to_datetime(rows[name]) for name in _DATES}
    numbers = {name: rows[name].astype("float64") for name in ("late_probability", "expected_delay_person_weeks")}
    return rows.assign(**dates, **numbers)


def _frozen_costs(before: Mapping[str, Any]) -> pd.DataFrame:
    rows = list(before["watch_weeks"].items())
    return pd.DataFrame(rows, columns=["project_id", "watch_weeks"]).astype({"watch_weeks": "float64"})


def newest_reports(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return the newest status report of each project as known, with how many days lie between its reports."""
    return read(
        file,
        viewer,
        """
        with

        known as (
            select *
            from staging.status_report_versions
            where
                as_of_date < $after
                and known_at < $after
                and (superseded_at is null or superseded_at >= $after)
        ),

        steps as (
            select project_id, as_of_date - lag(as_of_date) over (partition by project_id order by as_of_date) as days
            from (select distinct project_id, as_of_date from known)
        )

        select
            known.project_id,
            known.as_of_date,
            known.reported_status,
            known.phase,
            known.progress_ratio,
            known.planned_finish_date,
            usual.usual_days
        from known
        left join (select project_id, median(days) as usual_days from steps where days > 0 group by project_id) as usual
            on known.project_id = usual.project_id
        qualify
            row_number() over (
                partition by known.project_id order by known.as_of_date desc, known.known_at desc, known.row_id desc
            ) = 1
        order by known.project_id
        """,
        after=known_week(as_of_date) + timedelta(weeks=1),
    )


def _states(file: Path, week: date) -> pd.DataFrame:
    states = project_states(file)
    weeks = states["week_start_date"]
    return states[(weeks <= pd.Timestamp(week)) & (weeks > pd.Timestamp(week - timedelta(weeks=_STATE_WEEKS)))]


def _booked(file: Path, viewer: Viewer, told: date, week: date) -> pd.DataFrame:
    return read(
        file,
        viewer,
        f"""
        from {PROJECT_HOURS}
        where week_start_date between $first and $last
        order by person_id, week_start_date, project_id
        """,
        first=told - timedelta(weeks=_BOOKED_WEEKS - 1),
        last=told,
        week=week,
    )


def _away(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    ids = tuple(people_known(file, viewer, as_of_date)["person_id"])
    if not ids:
        return pd.DataFrame({"person_id": [], "weeks_on_site_count": []})
    found = travel(file, viewer, as_of_date, ids)[["person_id", "weeks_on_site_count"]]
    return found.assign(weeks_on_site_count=found["weeks_on_site_count"].astype("Float64").astype("float64"))


def _demand(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return heads needed and planned at sites in the weeks ahead, where a firm says what its sites need."""
    return read(
        file,
        viewer,
        """
        with

        needed as (
            select project_id, week_start_date, sum(headcount) as needed_count
            from staging.site_demand
            where week_start_date > $day and week_start_date <= $ahead and known_at < $after
            group by project_id, week_start_date
        ),

        plans as (
            select person_id, project_id, week_start_date, sum(planned_hours) as planned_hours
            from marts.assignment_weeks
            where week_start_date > $day and week_start_date <= $ahead and known_week_date <= $week
            group by person_id, project_id, week_start_date
        ),

        planned as (
            select project_id, week_start_date, count(*) as planned_count
            from plans
            where planned_hours > 0
            group by project_id, week_start_date
        )

        select needed.*, coalesce(planned.planned_count, 0) as planned_count
        from needed
        left join planned
            on needed.project_id = planned.project_id and needed.week_start_date = planned.week_start_date
        order by needed.project_id, needed.week_start_date
        """,
        day=as_of_date,
        ahead=as_of_date + timedelta(weeks=_COVER_WEEKS),
        after=as_of_date + timedelta(days=1),
        week=known_week(as_of_date),
    )


def presence_near(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return projects with people near or over a limit of days of presence: how many of them, and the highest count."""
    columns = ["project_id", "counter_name", "days_count", "limit_count", "people_count"]
    limits = read(
        file,
        viewer,
        """
        select person_id, counter, valid_from_date, valid_until_date
        from staging.stay_limits
        where
            known_at < $after
            and coalesce(valid_from_date, $day) <= $day
            and coalesce(valid_until_date, $day) >= $day
        """,
        after=as_of_date + timedelta(days=1),
        day=as_of_date,
    )
    if limits.empty:
        return pd.DataFrame(columns=columns)
    counters = counters_of(presence_table(home_of(file)))
    trips = _trips(file, viewer, as_of_date)
    rows = []
    for row in limits.to_dict("records"):
        counter = counters.get(str(row["counter"]).lower())
        own = trips[trips["person_id"] == row["person_id"]]
        if counter is None or own.empty:
            continue
        count = _counted(counter, own, row["valid_from_date"], as_of_date)
        if count > counter.limit - counter.margin:
            rows.append((str(own["project_id"].iloc[-1]), counter.name, count, counter.limit, row["person_id"]))
    found = pd.DataFrame(rows, columns=[*columns[:-1], "person_id"]).dropna(subset=["project_id"])
    groups = found.groupby(["project_id", "counter_name"], as_index=False)
    return groups.agg(
        days_count=("days_count", "max"), limit_count=("limit_count", "max"), people_count=("person_id", "nunique")
    )


def _trips(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    return read(
        file,
        viewer,
        f"""
        select trips.person_id, trips.project_id, trips.departed_date, trips.returned_date,
            coalesce(nullif(trips.destination_country, ''), projects.site_country, '') as country
        from {TRIPS} as trips
        left join marts.projects as projects on trips.project_id = projects.project_id
        where trips.departed_date <= $day
        order by trips.person_id, trips.departed_date
        """,
        day=as_of_date,
    )


def _counted(counter: Counter, trips: pd.DataFrame, valid_from: Any, as_of_date: date) -> float:
    there = trips[trips["country"].isin(counter.countries)]
    begin = 1 if pd.isna(valid_from) else pd.Timestamp(valid_from).toordinal()
    days: set[int] = set()
    for first, last in zip(there["departed_date"], there["returned_date"], strict=True):
        stay = days_of_stay(pd.Timestamp(first).date(), min(pd.Timestamp(last).date(), as_of_date))
        days.update(day for day in stay if day >= begin)
    at = np.array([as_of_date.toordinal()], dtype=np.int64)
    return float(counter.counts(np.array(sorted(days), dtype=np.int64), at)[0])
