"""The source rows behind a figure, each with its file and line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.load.door import Viewer, known_week, read, teams_in_scope

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

#: What every source row says of its own origin.
_ORIGIN: Final = """
    batches.file_name || coalesce(' › ' || nullif(batches.sheet_name, ''), '') as file_name,
    rows_.line_number,
    rows_.known_at,
    rows_.is_assumed
"""

_IN_SCOPE: Final = "($teams::varchar[] is null or list_contains($teams::varchar[], people.team_name))"


@st.cache_data(max_entries=20, show_spinner=False)
def fact_rows(file: Path, viewer: Viewer, as_of_date: date, person_id: str, first: date, last: date) -> pd.DataFrame:
    """Return the timesheet entries that make a fact about limits, as known: one person's, in the fact's window."""
    return read(
        file,
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
        left join marts.people as people on rows_.person_id = people.person_id
        where
            rows_.person_id = $person_id
            and rows_.work_date between $first and $last
            and rows_.known_at < $after
            and (rows_.superseded_at is null or rows_.superseded_at >= $after)
            and {_IN_SCOPE}
        order by rows_.work_date, rows_.started_at, rows_.line_number
        """,
        person_id=person_id,
        first=first,
        last=last,
        after=known_week(as_of_date) + timedelta(weeks=1),
        teams=teams_in_scope(viewer),
    )


@st.cache_data(max_entries=20, show_spinner=False)
def timesheet_rows(
    file: Path,
    viewer: Viewer,
    as_of_date: date,
    *,
    project_id: str | None = None,
    person_id: str | None = None,
    weeks_count: int = 12,
) -> pd.DataFrame:
    """Return the timesheet entries of a project or a person in the last ``weeks_count`` weeks."""
    return read(
        file,
        f"""
        select
            rows_.work_date,
            coalesce(people.person_name, rows_.person_id) as person_name,
            rows_.project_id,
            rows_.worked_hours,
            rows_.activity,
            rows_.is_onsite,
            {_ORIGIN}
        from staging.timesheets as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        left join marts.people as people on rows_.person_id = people.person_id
        where
            ($project_id::varchar is null or rows_.project_id = $project_id)
            and ($person_id::varchar is null or rows_.person_id = $person_id)
            and rows_.work_date between $first and $last
            and {_IN_SCOPE}
        order by rows_.work_date desc, person_name
        """,
        project_id=project_id,
        person_id=person_id,
        first=as_of_date - timedelta(weeks=weeks_count),
        last=as_of_date,
        teams=teams_in_scope(viewer),
    )


@st.cache_data(max_entries=20, show_spinner=False)
def status_rows(file: Path, viewer: Viewer, as_of_date: date, project_id: str) -> pd.DataFrame:  # noqa: ARG001 - cache key
    """Return the status reports of a project, the newest first."""
    return read(
        file,
        f"""
        select
            rows_.as_of_date,
            rows_.planned_finish_date,
            rows_.progress_ratio,
            rows_.reported_status,
            rows_.phase,
            rows_.note,
            {_ORIGIN}
        from staging.status_reports as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where rows_.project_id = $project_id and rows_.as_of_date <= $as_of_date
        order by rows_.as_of_date desc
        """,
        project_id=project_id,
        as_of_date=as_of_date,
    )


@st.cache_data(max_entries=20, show_spinner=False)
def change_rows(file: Path, viewer: Viewer, as_of_date: date, project_id: str | None = None) -> pd.DataFrame:  # noqa: ARG001 - cache key
    """Return the change requests of one project or of all."""
    return read(
        file,
        f"""
        select
            rows_.change_request_id,
            rows_.project_id,
            rows_.raised_at,
            rows_.requested_by,
            rows_.kind,
            rows_.phase_at_arrival,
            rows_.status,
            rows_.decided_at,
            rows_.completed_at,
            rows_.estimated_hours,
            rows_.actual_hours,
            rows_.is_confirmed_by_prototype,
            rows_.cause,
            {_ORIGIN}
        from staging.change_requests as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where
            ($project_id::varchar is null or rows_.project_id = $project_id)
            and rows_.raised_at < $as_of_date::date + 1
        order by rows_.raised_at desc
        """,
        project_id=project_id,
        as_of_date=as_of_date,
    )


@st.cache_data(max_entries=20, show_spinner=False)
def trip_rows(file: Path, viewer: Viewer, as_of_date: date, person_id: str) -> pd.DataFrame:
    """Return the trips of a person, the newest first."""
    return read(
        file,
        f"""
        select
            rows_.departed_at,
            rows_.returned_at,
            rows_.project_id,
            rows_.origin_city,
            rows_.destination_city,
            rows_.transport,
            {_ORIGIN}
        from staging.trips as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        left join marts.people as people on rows_.person_id = people.person_id
        where
            rows_.person_id = $person_id
            and rows_.departed_at < $as_of_date::date + 1
            and {_IN_SCOPE}
        order by rows_.departed_at desc
        """,
        person_id=person_id,
        as_of_date=as_of_date,
        teams=teams_in_scope(viewer),
    )
