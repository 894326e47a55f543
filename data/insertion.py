"""Rows of ours into a table, all at once: a statement for each row takes DuckDB milliseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, each with a value for every column of ``table``; no rows change nothing."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        values = ", ".join(f"unnest(${number})" for number in range(1, len(columns) + 1))
        connection.execute(f"insert into {table} select {values}", columns)
