"""Which SQL models there are, in the order in which they are built."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.request_states import REQUEST_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

#: Views over raw; they cost nothing until they are read.
STAGING: Final = tuple(
    f"staging.{name}"
    for name in (
        "batches",
        "calendar_days",
        "country_codes",
        "place_zones",
        "person_zones",
        "project_zones",
        "zone_changes",
        "working_days",
        "weeks",
        "person_answers",
        "request_states",
        "unread_values",
        "project_versions",
        "projects",
        "status_report_versions",
        "status_reports",
        "work_package_versions",
        "work_packages",
        "people_versions",
        "people",
        "skills",
        "timesheet_versions",
        "timesheets",
        "trip_versions",
        "trips",
        "change_request_versions",
        "change_requests",
        "leave_versions",
        "leave",
        "attendance",
        "assignment_versions",
        "assignments",
        "site_demand",
        "stay_limits",
        "preferences",
        "unavailability",
        "outcomes",
        "pulse",
    )
)

#: Models whose rows belong to one week of work each: one more week touches only its own rows.
WEEKLY_MODELS: Final = {
    "marts.clock_times": "date_trunc('week', work_date)::date",
    "marts.site_days": "week_start_date",
    "marts.person_plans": "week_start_date",
    "marts.abroad_days": "week_start_date",
    "marts.own_days": "week_start_date",
    "marts.leave_weeks": "week_start_date",
    "marts.person_capacity": "week_start_date",
    "marts.person_days": "date_trunc('week', work_date)::date",
    "marts.person_project_weeks": "week_start_date",
    "marts.person_request_days": "date_trunc('week', work_date)::date",
    "marts.filed_weeks": "week_start_date",
    "marts.person_weeks": "week_start_date",
    "marts.project_weeks": "week_start_date",
    "checks.days_over_24_hours": "date_trunc('week', happened_date)::date",
}

#: Tables, each reading staging and what stands before it.
MARTS: Final = (
    "marts.calendar_days",
    "marts.people",
    "marts.projects",
    "marts.leave_days",
    "marts.attendance_days",
    "marts.trip_versions",
    "marts.trips",
    "marts.people_versions",
    "marts.filed_spells",
    "marts.people_filing",
    "marts.filing_reach",
    "marts.open_weeks",
    "marts.person_spans",
    "marts.person_days",
    "marts.clock_times",
    "marts.person_project_weeks",
    "marts.person_request_days",
    "marts.site_days",
    "marts.person_plans",
    "marts.abroad_days",
    "marts.own_days",
    "marts.leave_weeks",
    "marts.person_capacity",
    "marts.filed_weeks",
    "marts.person_weeks",
    "marts.project_weeks",
    "marts.assignment_weeks",
    "marts.change_request_versions",
    "marts.change_requests",
    "marts.status_reports",
    "marts.project_calendar",
    "marts.listed_plans",
    "marts.reported_progress",
    "marts.package_progress",
    "marts.approved_hours",
    "marts.project_states",
)

CHECKS: Final = (
    "checks.days_over_24_hours",
    "checks.overlapping_clock_times",
    "checks.overlapping_trips",
    "checks.requests_out_of_order",
    "checks.unknown_projects",
    "checks.unknown_people",
    "checks.unread_values",
    "checks.hours_replaced_by_other_projects",
    "checks.warnings",
)

MODELS: Final = STAGING + MARTS + CHECKS

#: A warehouse up to this size is built in one transaction.
_SMALL_BYTES: Final = 64 << 20


def sql_folder() -> Path:
    """Return the folder of the models: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).with_name("_sql")
    return installed if installed.is_dir() else Path(__file__).parent.with_name("sql")


def model_sql(name: str) -> str:
    """Return the one select of a model; its path is the table's name."""
    schema, _, table = name.partition(".")
    return (sql_folder() / schema / f"{table}.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def models_stamp() -> str:
    """Return a fingerprint of all models and words: figures built by others don't fit the code that reads them."""
    text = "\n".join([*(f"{name}\n{model_sql(name)}" for name in MODELS), repr(REQUEST_STATES)])
    return hashlib.sha256(text.encode()).hexdigest()


def build_models(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Build staging models as views and all others as tables, in the given order."""
    with _together(connection):
        for name in names:
            kind = "view" if name.startswith("staging.") else "table"
            connection.execute(f"create or replace {kind} {name} as {model_sql(name)}")


@contextmanager
def _together(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Write what the block does at once where the file is small: each commit waits for the disk, fifty of them longest.

    A large file takes one model after the other: the room of the table before is free for the next one.
    """
    (blocks_count, block_bytes) = connection.execute(
        "select sum(total_blocks), max(block_size) from pragma_database_size() where database_name = current_database()"
    ).fetchone() or (0, 0)
    if (blocks_count or 0) * (block_bytes or 0) > _SMALL_BYTES:
        yield
        return
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def is_built_by_this_version(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the marts were built by the models that this version reads."""
    has_stamp = connection.execute(
        "select count(*) from information_schema.tables where table_schema = 'raw' and table_name = 'models_stamp'"
    ).fetchone()
    if has_stamp != (1,):
        return False
    return connection.execute("select stamp from raw.models_stamp").fetchall() == [(models_stamp(),)]
