"""What is kept of a file beside its rows: rows that fit no header, and labels that are in no list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contracts import Kind, Table
from data.insertion import insert_rows
from data.sql_text import literal

if TYPE_CHECKING:
    import duckdb

    from data.cells import Cells
    from data.inbox import Batch
    from data.readings import Reading


def keep_malformed(connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch) -> None:
    """Keep the rows that don't fit the header."""
    rows = [
        (batch.batch_id, table.name, batch.file_name, batch.sheet_name, line, None, None, reason, text)
        for line, text, reason in batch.malformed
    ]
    seen = connection.execute(
        "select row_text, reason from raw.refused_rows where table_name = ? and column_name is null", [table.name]
    ).fetchall()
    fresh = [row for row in rows if (row[8], row[7]) not in set(seen)]
    insert_rows(connection, "raw.refused_rows", fresh)


def keep_unread_values(
    connection: duckdb.DuckDBPyConnection, table: Table, batch: Batch, readings: list[Reading], cells: Cells
) -> None:
    """Note labels that are not in our lists: the row goes in, the label is shown as a warning."""
    for reading in readings:
        if reading.column.kind is not Kind.CHOICE:
            continue
        source = f"cells.{reading.cell}"
        allowed = ", ".join(map(literal, reading.column.choices))
        connection.execute(
            f"""
            insert into raw.unread_values
            select ?, ?, cells.line_number >> {cells.part_bits}, ?, {source}
            from cells inner join arrivals on cells.line_number = arrivals.line_number
            where not arrivals.is_unchanged and {source} is not null
              and regexp_replace(lower({source}), '[ -]+', '_', 'g') not in ({allowed})
            """,
            [batch.batch_id, table.name, reading.column.name],
        )
