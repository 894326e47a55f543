"""What was taken in of one file, for the checks to look at, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import duckdb

OPTIONS: Final = ("out", "take")


@dataclass(frozen=True)
class Doubt:
    """Something that can't be true, as a question: ``out`` leaves the file out, ``take`` says that it is right.

    Parameters
    ----------
    options
        The answers, the safest first.
    """

    name: str
    words: str
    options: tuple[str, ...] = OPTIONS

    @property
    def token(self) -> str:
        """The key of the answer."""
        return f"doubt.{self.name}"


@dataclass(frozen=True)
class Taken:
    """The rows of one batch in the draft of the warehouse.

    Parameters
    ----------
    arrived_date
        Work after this day has not happened.
    parquet
        The cells of the file as text, with ``line_number``.
    hours_columns
        Columns of the file of which the hours were made.
    part_bits
        ``line_number >> part_bits`` of a row is its line in the file; raw rows keep the line itself.
    """

    connection: duckdb.DuckDBPyConnection
    table: str
    batch_id: int
    source_name: str
    arrived_date: dt.date
    parquet: Path
    hours_columns: tuple[str, ...] = ()
    known: dict[str, Any] = field(default_factory=dict)

    def one(self, sql: str, **parameters: Any) -> tuple[Any, ...]:
        """Return the only row of a query; ``$batch`` is the batch."""
        values = {"batch": self.batch_id, **parameters}
        used = {name: value for name, value in values.items() if f"${name}" in sql}
        return self.connection.execute(sql, used).fetchone() or ()

    def all(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        values = {"batch": self.batch_id, **parameters}
        used = {name: value for name, value in values.items() if f"${name}" in sql}
        return self.connection.execute(sql, used).fetchall()

    def has(self, relation: str) -> bool:
        """Say whether a relation like ``staging.leave`` exists."""
        schema, name = relation.split(".")
        found = self.one(
            "select count(*) from information_schema.tables where table_schema = $schema and table_name = $name",
            schema=schema,
            name=name,
        )
        return bool(found[0])
