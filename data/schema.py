"""The raw tables: append-only typed rows, what superseded them, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.contracts import TABLES, Table

if TYPE_CHECKING:
    import duckdb

#: Columns that every raw table has before the columns of its contract.
RAW_COLUMNS: Final = (
    ("row_id", "bigint"),
    ("batch_id", "integer"),
    ("line_number", "bigint"),
    ("source_name", "varchar"),
    ("known_at", "timestamp"),
    ("is_assumed", "boolean"),
)

_BOOKS: Final = (
    """
    create table if not exists raw.batches (
        batch_id integer, table_name varchar, source_name varchar, file_name varchar, sheet_name varchar,
        content_sha256 varchar, arrived_at timestamp, is_full boolean, is_history boolean,
        rows_read bigint, rows_accepted bigint, rows_unchanged bigint, rows_corrected bigint, rows_refused bigint,
        rows_superseded bigint, hours_read double, hours_accepted double, hours_unchanged double,
        hours_corrected double, hours_refused double, hours_superseded double
    )
    """,
    """
    create table if not exists raw.superseded (
        table_name varchar, row_id bigint, superseded_at timestamp, batch_id integer
    )
    """,
    """
    create table if not exists raw.refused_rows (
        batch_id integer, table_name varchar, file_name varchar, sheet_name varchar, line_number bigint,
        column_name varchar, value varchar, reason varchar, row_text varchar
    )
    """,
    """
    create table if not exists raw.unread_values (
        batch_id integer, table_name varchar, line_number bigint, column_name varchar, value varchar
    )
    """,
    """
    create table if not exists raw.calendar_days (
        country varchar, calendar_date date, is_workday boolean, day_kind varchar, is_provisional boolean,
        is_statutory boolean, holiday_name varchar, is_weekend boolean
    )
    """,
    "create table if not exists raw.country_codes (country_text varchar, country varchar)",
    """
    create table if not exists raw.place_zones (
        zone_text varchar, city varchar, country_text varchar, time_zone varchar
    )
    """,
    "create table if not exists raw.request_states (status_word varchar, state varchar)",
    "create table if not exists raw.person_zones (person_id varchar, time_zone varchar)",
    "create table if not exists raw.project_zones (project_id varchar, time_zone varchar)",
    """
    create table if not exists raw.zone_changes (
        time_zone varchar, utc_from timestamp, utc_until timestamp, wall_from timestamp, wall_until timestamp,
        offset_minutes integer
    )
    """,
    """
    create table if not exists raw.working_days (
        person_id varchar, week_start_date date, weekday integer, hours_share double
    )
    """,
    "create table if not exists raw.weeks (week_start_date date)",
    "create table if not exists raw.person_aliases (alias varchar, person_id varchar)",
    "create table if not exists raw.project_aliases (alias varchar, project_id varchar)",
    "create table if not exists raw.spellings (kind varchar, text varchar, batch_id bigint, row_id bigint)",
    "create table if not exists raw.identity_stamp (stamp varchar)",
    """
    create table if not exists raw.person_answers (
        answer_number integer, person_id varchar, word varchar, last_date date, said_at timestamp
    )
    """,
    "create table if not exists raw.models_stamp (stamp varchar)",
)


def create_raw(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the schemas and every raw table that is not there yet."""
    for name in ("raw", "staging", "marts", "checks"):
        connection.execute(f"create schema if not exists {name}")
    for table in TABLES.values():
        connection.execute(raw_ddl(table))
    for statement in _BOOKS:
        connection.execute(statement)
    _add_new_columns(connection)
    connection.execute("alter table raw.calendar_days add column if not exists is_weekend boolean")


def _add_new_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """Give older files the columns that the contracts have gained since."""
    rows = connection.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'raw'"
    ).fetchall()
    present = set(rows)
    for table in TABLES.values():
        for column in table.stored:
            if (table.name, column.name) not in present:
                # Moments of older imports were kept as UTC, whatever the file said; `golive rebuild` reads them anew.
                old = " default 0" if column.name.endswith("_offset_minutes") else ""
                connection.execute(f'alter table raw.{table.name} add column "{column.name}" {column.sql_type}{old}')


def raw_ddl(table: Table) -> str:
    """Return the statement that creates the raw table of one contract."""
    own = ", ".join(f"{name} {sql_type}" for name, sql_type in RAW_COLUMNS)
    contract = ", ".join(f'"{column.name}" {column.sql_type}' for column in table.stored)
    return f"create table if not exists raw.{table.name} ({own}, {contract})"
