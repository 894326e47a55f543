"""What in the imported rows is unlike their own past, with the rows behind it and what was answered to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from dashboard.answers.door import home, read, whole_firm
from dashboard.answers.keeping import kept
from dashboard.answers.reporting import told_day
from dashboard.answers.rows_behind import KNOWN, after_week
from dashboard.finding import Found, find_in

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer
    from data.journal import Answer

#: So many source rows of one anomaly are shown.
ROWS_COUNT: Final = 5_000
_REQUEST: Final = "request_decided_before_raised"
_TRIPS: Final = ("trip_without_hours", "onsite_without_trip")


@kept(4, on_record=(Found,))
def anomalies(file: Path, viewer: Viewer, as_of_date: date, since_date: date | None = None) -> Found:
    """Return what is unlike its own past, as known on a day: of people only those whom the viewer may see.

    The rates are over everybody: how loud a check is, is no secret of a team.
    """
    with whole_firm(file) as cursor:
        everybody = find_in(cursor, told_day(file, as_of_date), since_date)
    found = everybody.anomalies
    if viewer.scope is not None:
        found = found[found["team_name"].isin(viewer.scope) | (found["team_name"].isna() & found["person_id"].isna())]
    return Found(found.reset_index(drop=True), everybody.rates)


@kept(20)
def anomaly_rows(file: Path, viewer: Viewer, as_of_date: date, anomaly: dict[str, Any]) -> pd.DataFrame:
    """Return the source rows of one anomaly that were known, each with its batch, file and line.

    As behind other figures hours are known by weeks, requests and trips by days.
    """
    check, next_day = anomaly["check"], as_of_date + timedelta(days=1)
    if check == _REQUEST:
        return _request_rows(file, viewer, next_day, anomaly)
    if check in _TRIPS:
        trips = _trip_rows(file, viewer, next_day, anomaly)
        if len(trips):
            return trips
    return _timesheet_rows(file, viewer, after_week(as_of_date), anomaly)


def _timesheet_rows(file: Path, viewer: Viewer, after: date, anomaly: dict[str, Any]) -> pd.DataFrame:
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
            {_ORIGIN}
        from staging.timesheet_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        left join marts.people as people on rows_.person_id = people.person_id
        where
            rows_.work_date between $first and $last
            and ($person_id::varchar is null or rows_.person_id = $person_id)
            and ($project_id::varchar is null or rows_.project_id = $project_id)
            and ($team_name::varchar is null or $person_id::varchar is not null or people.team_name = $team_name)
            and ($country::varchar is null or people.home_country = $country)
            and {KNOWN}
        order by rows_.work_date, person_name
        limit {ROWS_COUNT}
        """,
        **_values(anomaly, "person_id", "project_id", "team_name", "country"),
        after=after,
    )


def _trip_rows(file: Path, viewer: Viewer, after: date, anomaly: dict[str, Any]) -> pd.DataFrame:
    return read(
        file,
        viewer,
        f"""
        select
            rows_.departed_at,
            rows_.returned_at,
            coalesce(people.person_name, rows_.person_id) as person_name,
            rows_.project_id,
            rows_.destination_city,
            {_ORIGIN}
        from staging.trip_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        left join marts.people as people on rows_.person_id = people.person_id
        where
            rows_.person_id = $person_id
            and rows_.departed_date <= $last
            and rows_.returned_date >= $first
            and {KNOWN}
        order by rows_.departed_at
        """,
        **_values(anomaly, "person_id"),
        after=after,
    )


def _request_rows(file: Path, viewer: Viewer, after: date, anomaly: dict[str, Any]) -> pd.DataFrame:
    return read(
        file,
        viewer,
        f"""
        select
            rows_.change_request_id,
            rows_.project_id,
            rows_.raised_at,
            rows_.decided_at,
            rows_.status,
            {_ORIGIN}
        from staging.change_request_versions as rows_
        left join raw.batches as batches on rows_.batch_id = batches.batch_id
        where
            ($project_id::varchar is null or rows_.project_id = $project_id)
            and ($change_request_id::varchar is null or rows_.change_request_id = $change_request_id)
            and ($change_request_id::varchar is not null or rows_.decided_local < rows_.raised_local)
            and coalesce(rows_.raised_date >= $first and rows_.decided_date <= $last, true)
            and {KNOWN}
        order by rows_.raised_at
        limit {ROWS_COUNT}
        """,
        **_values(anomaly, "project_id", "change_request_id"),
        after=after,
    )


@kept(4)
def names(file: Path, viewer: Viewer) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the people whom the viewer may see, and of the projects, by their ids."""
    people = read(
        file,
        viewer,
        "select person_id, coalesce(person_name, person_id) as name from marts.people",
    )
    projects = read(file, viewer, "select project_id, coalesce(project_name, project_id) as name from marts.projects")
    return (
        dict(zip(people["person_id"], people["name"], strict=True)),
        dict(zip(projects["project_id"], projects["name"], strict=True)),
    )


def _values(anomaly: dict[str, Any], *names: str) -> dict[str, Any]:
    return {
        **{name: anomaly[name] if isinstance(anomaly.get(name), str) else None for name in names},
        "first": anomaly["first_date"],
        "last": anomaly["last_date"],
    }


def answers() -> dict[str, Answer]:
    """Return the newest answer to each anomaly, by its key."""
    from data.journal import read_answers  # noqa: PLC0415 - its libraries take half a second to load

    return read_answers(home())


def answer(viewer: Viewer, anomaly_key: str, *, is_right: bool, note: str = "") -> None:
    """Remember that an anomaly is right as it is, or no longer so."""
    from data.journal import record_answer  # noqa: PLC0415 - its libraries take half a second to load

    record_answer(home(), viewer.name, anomaly_key, is_right=is_right, note=note)


_ORIGIN: Final = """
    batches.file_name || coalesce(' › ' || nullif(batches.sheet_name, ''), '') as file_name,
    rows_.line_number,
    rows_.batch_id
"""
