"""People at sites: newcomers, projects that rest on one person, and the mix of activities against the phase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analytics.workload.activity_mix import activity_mix
from analytics.workload.grid import last_complete_sunday
from analytics.workload.newcomers import newcomers, ramp_up
from analytics.workload.single_points import KNOWN_WEEKS, single_points
from analytics.workload.weeks import weeks_as_known
from dashboard.answers.days import known_week
from dashboard.answers.door import read, read_firm
from dashboard.answers.keeping import kept
from dashboard.answers.known_rows import PEOPLE
from dashboard.answers.reporting import told_day

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analytics.known import ReportingDay
    from dashboard.answers.viewers import Viewer


#: Newcomers are looked at over a year, so that the curve has people behind each point.
_CURVE_WEEKS = 104


@dataclass(frozen=True)
class Sites:
    """Newcomers and juniors alone on site, their curve, projects on one person, and unusual mixes of activities."""

    newcomers: pd.DataFrame
    curve: pd.DataFrame
    single_points: pd.DataFrame
    mix: pd.DataFrame


@kept(4, on_record=(Sites,))
def sites(file: Path, viewer: Viewer, as_of_date: date) -> Sites:
    """Return what is known of people at sites, in the viewer's scope."""
    people = read(
        file,
        viewer,
        f"from {PEOPLE}",
        week=known_week(as_of_date),
    )
    day = told_day(file, as_of_date)
    weeks = weeks_as_known(_rows(file, viewer, "person_weeks", day, _CURVE_WEEKS), day)
    booked = _rows(file, viewer, "person_project_weeks", day, KNOWN_WEEKS + 1)
    return Sites(
        newcomers=newcomers(people, weeks, booked, day),
        curve=ramp_up(people, weeks),
        single_points=single_points(booked, day).query("is_single_point"),
        mix=activity_mix(_activities(file, as_of_date)).query("is_unusual"),
    )


def _rows(file: Path, viewer: Viewer, mart: str, day: ReportingDay, weeks_count: int) -> pd.DataFrame:
    return read(
        file,
        viewer,
        f"""
        from marts.{mart}
        where week_start_date between $first and $last
        """,
        first=last_complete_sunday(day).date() - timedelta(weeks=weeks_count),
        last=last_complete_sunday(day).date(),
    )


def _activities(file: Path, as_of_date: date) -> pd.DataFrame:
    """Return hours of each project by phase and activity, as known; the phase is that of the last report before."""
    return read_firm(
        file,
        """
        with

        hours as (
            select
                project_id,
                date_trunc('week', work_date)::date as week_start_date,
                activity,
                sum(worked_hours) as worked_hours
            from staging.timesheet_versions
            where
                known_at < $after
                and (superseded_at is null or superseded_at >= $after)
                and work_date <= $last
                and activity is not null
            group by all
        ),

        states as (
            select project_id, week_start_date, phase
            from marts.project_states
            where phase is not null and week_start_date <= $week
        )

        select
            hours.project_id,
            states.phase,
            hours.activity,
            sum(hours.worked_hours) as worked_hours,
            max(max(hours.week_start_date)) over (partition by hours.project_id, states.phase) as last_week_date
        from hours
        inner join states
            on hours.project_id = states.project_id and hours.week_start_date = states.week_start_date
        group by hours.project_id, states.phase, hours.activity
        """,
        after=known_week(as_of_date) + timedelta(weeks=1),
        last=as_of_date,
        week=known_week(as_of_date),
    )
