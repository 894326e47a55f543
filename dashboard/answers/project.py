"""One project: its weeks, its people, its change requests and its reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.delay.trade_signs import busiest_requester, trade_signs
from dashboard.answers.days import known_week
from dashboard.answers.door import read, read_firm
from dashboard.answers.keeping import kept
from dashboard.answers.people import by_name
from dashboard.answers.portfolio import histories
from dashboard.answers.reporting import told_week

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.answers.viewers import Viewer

#: Who worked for a project in so many weeks counts as its people.
PEOPLE_WEEKS_COUNT: Final = 8


#: Hours here, hours in all and hours expected of the people of one project, as known.
_PEOPLE_OF_PROJECT: Final = """
    with

    here as (
        select person_id, sum(worked_hours) as project_hours, sum(onsite_hours) as onsite_hours
        from marts.person_project_weeks
        where
            project_id = $project_id
            and week_start_date between $first and $last
            and known_week_date <= $week
        group by person_id
        having sum(worked_hours) > 0
    ),

    weeks as (
        select
            person_id,
            week_start_date,
            arg_max(expected_hours, plan_known_week_date) filter (where plan_known_week_date <= $week)
                as expected_hours,
            sum(worked_hours) filter (where known_week_date <= $week) as worked_hours
        from marts.person_weeks
        where
            week_start_date between $first and $last
            and person_id in (select here.person_id from here)
        group by person_id, week_start_date
    ),

    everywhere as (
        select
            person_id,
            sum(worked_hours) as worked_hours,
            sum(expected_hours) filter (where worked_hours is not null) as expected_hours,
            count(*) filter (where worked_hours is not null) as filed_weeks_count
        from weeks
        group by person_id
    )

    select
        here.person_id,
        coalesce(people.person_name, here.person_id) as person_name,
        people.team_name,
        people.seniority,
        here.project_hours,
        here.onsite_hours,
        everywhere.worked_hours,
        everywhere.expected_hours,
        everywhere.filed_weeks_count
    from here
    left join everywhere on here.person_id = everywhere.person_id
    left join marts.people as people on here.person_id = people.person_id
"""


@kept(60)
def project_weeks(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the states of one project up to ``as_of_date``; the last one has all hours that were known by then.

    States end with the newest week of work, while its hours may become known in the week after.
    """
    return read(
        file,
        viewer,
        """
        with

        known as (
            select sum(worked_hours) as worked_hours
            from marts.project_weeks
            where project_id = $project_id and known_week_date <= $week
        )

        select
            states.* replace (
                case
                    when states.week_start_date = max(states.week_start_date) over ()
                        then coalesce(known.worked_hours, 0)
                    else states.booked_hours
                end as booked_hours
            )
        from marts.project_states as states
        cross join known
        where states.project_id = $project_id and states.week_start_date <= $week
        order by states.week_start_date
        """,
        project_id=project_id,
        week=known_week(as_of_date),
    )


@kept(60)
def project_people(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return who worked for a project lately: hours here, hours in all, and the hours expected, in full weeks."""
    week = known_week(as_of_date)
    found = read(
        file,
        viewer,
        _PEOPLE_OF_PROJECT,
        project_id=project_id,
        first=told_week(file, as_of_date) - timedelta(weeks=PEOPLE_WEEKS_COUNT - 1),
        last=told_week(file, as_of_date),
        week=week,
    )
    return by_name(found)


@kept(60)
def latest_reports(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the last status reports of a project as known, the newest first."""
    return read(
        file,
        viewer,
        """
        from staging.status_report_versions
        where
            project_id = $project_id
            and as_of_date < $after
            and known_at < $after
            and (superseded_at is null or superseded_at >= $after)
        order by as_of_date desc, known_at desc, row_id desc
        limit 6
        """,
        project_id=project_id,
        after=known_week(as_of_date) + timedelta(weeks=1),
    )


@kept(4, is_shared=True)
def change_requests(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    project_id: str | None = None,
) -> pd.DataFrame:
    """Return the change requests known on ``as_of_date``, of one project or all, with client and go-live of today.

    The frame is long and therefore shared: nobody may change it.
    """
    return read(
        file,
        viewer,
        """
        select
            requests.* replace (
                case when requests.decided_at < $after then requests.decided_at end as decided_at,
                case when requests.completed_at < $after then requests.completed_at end as completed_at,
                case when coalesce(requests.decided_at < $after, true) then requests.status end as status,
                case when coalesce(requests.completed_at < $after, true) then requests.actual_hours end as actual_hours,
                requests.is_approved and coalesce(requests.decided_at < $after, true) as is_approved,
                requests.is_rejected and coalesce(requests.decided_at < $after, true) as is_rejected,
                requests.is_pending or coalesce(requests.decided_at >= $after, false) as is_pending
            ),
            coalesce(projects.project_name, requests.project_id) as project_name,
            coalesce(projects.client_name, '') as client_name,
            coalesce(
                projects.go_live_date, projects.actual_finish_date, projects.planned_finish_date
            ) as go_live_date
        from marts.change_request_versions as requests
        left join marts.projects as projects on requests.project_id = projects.project_id
        where
            requests.raised_at < $after
            and requests.known_at < $after
            and (requests.superseded_at is null or requests.superseded_at >= $after)
            and ($project_id::varchar is null or requests.project_id = $project_id)
        order by requests.raised_at
        """,
        after=as_of_date + timedelta(days=1),
        project_id=project_id,
    )


@kept(4, is_shared=True)
def activity_hours(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:  # noqa: ARG001 - cache key
    """Return the hours of each project by week and activity, as known on ``as_of_date``. Nobody may change them."""
    return read_firm(
        file,
        """
        select
            project_id,
            date_trunc('week', work_date)::date as week_start_date,
            coalesce(activity, 'other') as activity,
            sum(worked_hours) as worked_hours
        from staging.timesheet_versions
        where
            known_at < $as_of_date::date + 1
            and (superseded_at is null or superseded_at >= $as_of_date::date + 1)
        group by all
        """,
        as_of_date=as_of_date,
    )


@kept(60)
def signs_of_delay(
    file: Path, viewer: Viewer, as_of_date: date, project_id: str
) -> tuple[pd.DataFrame, tuple[str, float, int] | None]:
    """Return the known warning signs of one project, and who asks most there."""
    day = pd.Timestamp(as_of_date)
    requests = change_requests(file, viewer, as_of_date)
    signs = trade_signs(histories(file).projects, activity_hours(file, viewer, as_of_date), requests, project_id, day)
    return signs, busiest_requester(requests[requests["project_id"] == project_id], day)
