"""The source rows behind a figure, each with its file and line.

Every row is one that was known on the day that is shown, in the version that was known then: they add up to the figure
of that day. Figures of hours know by weeks, so their rows do, too; requests, reports and trips know by days.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dashboard.answers.days import known_week
from dashboard.answers.door import read
from dashboard.answers.keeping import kept
from dashboard.answers.reporting import told_week

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer

#: What every source row says of its own origin.
_ORIGIN: Final = """
    batches.file_name || coalesce(' › ' || nullif(batches.sheet_name, ''), '') as file_name,
    rows_.line_number,
    rows_.known_at,
    rows_.is_assumed
"""

#: The version that was known before ``$after``.
KNOWN: Final = "rows_.known_at < $after and (rows_.superseded_at is null or rows_.superseded_at >= $after)"


def after_week(as_of_date: date) -> date:
    """Return the Monday after the week of ``as_of_date``: weekly figures know what was known before it."""
    return known_week(as_of_date) + timedelta(weeks=1)


@kept(20)
def fact_rows(file: Path, viewer: Viewer, as_of_date: date, person_id: str, first: date, last: date) -> pd.DataFrame:
    """Return the timesheet entries that make a fact about limits, as known: one person's, in the fact's window."""
    return read(
        file,
        viewer,
        f"""
        select
            rows_.work_date,
            rows_.project_id,
            rows_.worked_hours,
            rows_.activity,
            rows_.started_at,
            rows_.ended_at,
            {_ORIGIN}
        from staging.timesheet_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where
            rows_.person_id = $person_id
            and rows_.work_date between $first and $last
            and {KNOWN}
        order by rows_.work_date, rows_.started_at, rows_.line_number
        """,
        person_id=person_id,
        first=first,
        last=last,
        after=after_week(as_of_date),
    )


@kept(20)
def timesheet_rows(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    *,
    project_id: str | None = None,
    person_id: str | None = None,
    weeks_count: int | None = None,
) -> pd.DataFrame:
    """Return the timesheet entries behind the hours of a project or a person, as known.

    Parameters
    ----------
    weeks_count
        So many weeks up to the reporting week, as a person's figure shows them; without it all that were known, as in
        a project's running total.
    """
    last = told_week(file, as_of_date) + timedelta(days=6)
    return read(
        file,
        viewer,
        f"""
        select
            rows_.work_date,
            coalesce(people.person_name, rows_.person_id) as person_name,
            rows_.project_id,
            rows_.worked_hours,
            rows_.activity,
            rows_.is_onsite,
            {_ORIGIN}
        from staging.timesheet_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        left join marts.people as people on rows_.person_id = people.person_id
        where
            ($project_id::varchar is null or rows_.project_id = $project_id)
            and ($person_id::varchar is null or rows_.person_id = $person_id)
            and ($first::date is null or rows_.work_date between $first and $last)
            and {KNOWN}
        order by rows_.work_date desc, person_name
        """,
        project_id=project_id,
        person_id=person_id,
        first=None if weeks_count is None else last + timedelta(days=1) - timedelta(weeks=weeks_count),
        last=last,
        after=after_week(as_of_date),
    )


@kept(20)
def status_rows(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the status reports of a project that were known, the newest first."""
    return read(
        file,
        viewer,
        f"""
        select
            rows_.as_of_date,
            rows_.planned_finish_date,
            rows_.progress_ratio,
            rows_.reported_status,
            rows_.phase,
            rows_.note,
            {_ORIGIN}
        from staging.status_report_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where rows_.project_id = $project_id and rows_.as_of_date < $after and {KNOWN}
        order by rows_.as_of_date desc
        """,
        project_id=project_id,
        after=after_week(as_of_date),
    )


@kept(20)
def change_rows(file: Path, viewer: Viewer, as_of_date: date, project_id: str | None = None) -> pd.DataFrame:
    """Return the change requests of one project or of all that were known, with what was known of their decision."""
    return read(
        file,
        viewer,
        f"""
        select
            rows_.change_request_id,
            rows_.project_id,
            rows_.raised_at,
            rows_.requested_by,
            rows_.kind,
            rows_.phase_at_arrival,
            case when coalesce(rows_.decided_date < $after, true) then rows_.status end as status,
            case when rows_.decided_date < $after then rows_.decided_at end as decided_at,
            case when rows_.completed_date < $after then rows_.completed_at end as completed_at,
            rows_.estimated_hours,
            case when coalesce(rows_.completed_date < $after, true) then rows_.actual_hours end as actual_hours,
            rows_.is_confirmed_by_prototype,
            rows_.cause,
            {_ORIGIN}
        from staging.change_request_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where
            ($project_id::varchar is null or rows_.project_id = $project_id)
            and rows_.raised_date < $after
            and {KNOWN}
        order by rows_.raised_at desc
        """,
        project_id=project_id,
        after=as_of_date + timedelta(days=1),
    )


@kept(20)
def trip_rows(file: Path, viewer: Viewer, as_of_date: date, person_id: str) -> pd.DataFrame:
    """Return the trips of a person that had begun and were known, the newest first."""
    return read(
        file,
        viewer,
        f"""
        select
            rows_.departed_at,
            rows_.returned_at,
            rows_.project_id,
            rows_.origin_city,
            rows_.destination_city,
            rows_.transport,
            {_ORIGIN}
        from staging.trip_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where
            rows_.person_id = $person_id
            and rows_.departed_date < $after
            and {KNOWN}
        order by rows_.departed_at desc
        """,
        person_id=person_id,
        after=as_of_date + timedelta(days=1),
    )
