"""Compare the draft with the warehouse in force: rows, hours, persons, projects, weeks.

Hours come from the weekly mart: its rows are signed changes, so their sum over all weeks of knowledge is what is in
force, without another look at millions of entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import duckdb

from data.contracts import TABLES
from data.proving.proof import HOURS_DIGITS, BatchTotals, Change, Proof, RefusedReason, TableRows, rounded
from data.sql_text import literal
from data.warehouse import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HOURS: Final = "marts.person_project_weeks"
#: Under this name the warehouse in force is attached to the draft.
_PUBLISHED: Final = "published_before"

_BATCH_COLUMNS: Final = (
    "rows_read",
    "rows_accepted",
    "rows_unchanged",
    "rows_corrected",
    "rows_refused",
    "rows_superseded",
    "hours_read",
    "hours_accepted",
    "hours_unchanged",
    "hours_corrected",
    "hours_refused",
    "hours_superseded",
)


def prove(connection: duckdb.DuckDBPyConnection, published: Path | None, batch_ids: Sequence[int]) -> Proof:
    """Return what the draft behind ``connection`` changes against ``published``, the warehouse in force.

    The draft must hold raw, staging and marts of the new state. Nothing in it is changed, and ``published`` is only
    read. For the first import there is nothing before: every total begins at zero.
    """
    if published is None:
        return _prove(connection, None, batch_ids)
    try:
        connection.execute(f"attach {literal(str(published))} as {_PUBLISHED} (read_only)")
    except duckdb.Error as error:
        raise unreadable(published, error) from error
    try:
        return _prove(connection, _PUBLISHED, batch_ids)
    finally:
        connection.execute(f"detach {_PUBLISHED}")


def _prove(connection: duckdb.DuckDBPyConnection, before: str | None, batch_ids: Sequence[int]) -> Proof:
    draft = str((connection.execute("select current_database()").fetchone() or ("",))[0])
    after_rows = _rows_in_force(connection, draft)
    before_rows = _rows_in_force(connection, before) if before else {}
    names = [name for name in TABLES if after_rows.get(name) or before_rows.get(name)]
    try:
        _sum_hours(connection, before)
        totals = connection.execute(
            "select coalesce(sum(before_hours), 0), coalesce(sum(after_hours), 0) from proof_hours"
        ).fetchone() or (0.0, 0.0)
        persons = _changes(connection, "person_id", "marts.people", "person_name")
        projects = _changes(connection, "project_id", "marts.projects", "project_name")
        weeks = _changes(connection, "week_start_date", None, None)
    finally:
        connection.execute("drop table if exists temp.proof_hours")
    return Proof(
        batch_ids=tuple(sorted(batch_ids)),
        tables=tuple(TableRows(name, before_rows.get(name, 0), after_rows.get(name, 0)) for name in names),
        hours_before=rounded(float(totals[0])),
        hours_after=rounded(float(totals[1])),
        persons=persons,
        projects=projects,
        weeks=weeks,
        batches=batch_totals(connection, batch_ids),
        refused=refused_reasons(connection, batch_ids),
    )


def _rows_in_force(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, int]:
    """Count the rows in force by table: all versions but those that another one has superseded."""
    present = {
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = ? and schema_name = 'raw'", [database]
        ).fetchall()
    }
    names = [name for name in TABLES if name in present]
    if not names or "superseded" not in present:
        return {}
    parts = [f"select '{name}', count(*) from \"{database}\".raw.{name}" for name in names]
    counts = dict(connection.execute(" union all ".join(parts)).fetchall())
    gone = dict(
        connection.execute(
            f'select table_name, count(*) from "{database}".raw.superseded group by table_name'
        ).fetchall()
    )
    return {name: int(counts[name]) - int(gone.get(name, 0)) for name in names}


def _sum_hours(connection: duckdb.DuckDBPyConnection, before: str | None) -> None:
    """Create ``proof_hours``: hours before and after by person, project and week of work."""
    keys = "person_id, project_id, week_start_date"
    sides = [f"select {keys}, 0.0::double as before_hours, worked_hours as after_hours from {_HOURS}"]
    if before:
        sides.append(f"select {keys}, worked_hours, 0.0::double from {before}.{_HOURS}")
    connection.execute(
        f"""
        create or replace temp table proof_hours as
        select {keys}, sum(before_hours) as before_hours, sum(after_hours) as after_hours
        from ({" union all ".join(sides)})
        group by {keys}
        """
    )


def _changes(
    connection: duckdb.DuckDBPyConnection, key: str, names: str | None, name_column: str | None
) -> tuple[Change, ...]:
    """Return all whose total changed, the largest difference first, with the names that the lists give them."""
    name = f"coalesce(names.{name_column}, '')" if names else "''"
    joined = f"left join {names} as names on sums.{key} = names.{key}" if names else ""
    rows = connection.execute(
        f"""
        with sums as (
            select {key}, round(sum(before_hours), {HOURS_DIGITS}) as before_hours,
                round(sum(after_hours), {HOURS_DIGITS}) as after_hours
            from proof_hours
            group by {key}
        )
        select sums.{key}::varchar, {name}, sums.before_hours, sums.after_hours
        from sums {joined}
        where round(sums.after_hours - sums.before_hours, {HOURS_DIGITS}) <> 0
        order by abs(round(sums.after_hours - sums.before_hours, {HOURS_DIGITS})) desc, sums.{key}
        """
    ).fetchall()
    return tuple(Change(str(i), str(name), rounded(old), rounded(new)) for i, name, old, new in rows)


def batch_totals(connection: duckdb.DuckDBPyConnection, batch_ids: Sequence[int]) -> tuple[BatchTotals, ...]:
    """Return what became of the rows of each batch, as the warehouse noted it."""
    rows = _named(
        connection,
        f"""
        with listed as (
            select batch_id, count(*) as rows_count from raw.refused_rows
            where batch_id in (select unnest($batch_ids::integer[])) group by batch_id
        )
        select batches.batch_id, batches.table_name as "table", batches.source_name as source,
            batches.file_name as file, coalesce(batches.sheet_name, '') as sheet,
            strftime(batches.arrived_at, '%Y-%m-%dT%H:%M:%S') as arrived_at, batches.is_full, batches.is_history,
            {", ".join(f"batches.{name}" for name in _BATCH_COLUMNS)},
            greatest(batches.rows_refused - coalesce(listed.rows_count, 0), 0) as refused_before_count
        from raw.batches as batches
        left join listed on batches.batch_id = listed.batch_id
        where batches.batch_id in (select unnest($batch_ids::integer[]))
        order by batches.batch_id
        """,
        batch_ids,
    )
    return tuple(BatchTotals(**row) for row in rows)


def refused_reasons(connection: duckdb.DuckDBPyConnection, batch_ids: Sequence[int]) -> tuple[RefusedReason, ...]:
    """Return why rows were refused, by batch, the most frequent reason first."""
    rows = _named(
        connection,
        """
        select batch_id, table_name as "table", coalesce(column_name, '') as "column", reason, count(*) as rows_count
        from raw.refused_rows
        where batch_id in (select unnest($batch_ids::integer[]))
        group by batch_id, table_name, column_name, reason
        order by batch_id, rows_count desc, "column", reason
        """,
        batch_ids,
    )
    return tuple(RefusedReason(**row) for row in rows)


def _named(connection: duckdb.DuckDBPyConnection, query: str, batch_ids: Sequence[int]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, {"batch_ids": list(batch_ids)})
    names = [column[0] for column in cursor.description or []]
    return [
        {name: rounded(value) if isinstance(value, float) else value for name, value in zip(names, row, strict=True)}
        for row in cursor.fetchall()
    ]
