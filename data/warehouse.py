"""Open warehouse files: to write a draft, or to read what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb

from data.models import is_built_by_this_version
from data.problems import WarehouseError
from data.publishing import published_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["open_draft", "open_for_reading", "published_file"]

#: The import of millions of rows must leave room for everything else on a laptop.
WRITER_MEMORY_LIMIT: Final = "1600MB"


def open_draft(file: Path) -> duckdb.DuckDBPyConnection:
    """Open a new or copied file for writing; nobody else knows its name."""
    is_copy = file.exists()
    try:
        connection = duckdb.connect(file)
    except duckdb.Error as error:
        if is_copy:
            raise unreadable(file, error) from error
        raise
    connection.execute("set memory_limit = ?", [WRITER_MEMORY_LIMIT])
    connection.execute("set preserve_insertion_order = false")
    connection.execute("set temp_directory = ?", [str(file.with_suffix(".spill"))])
    connection.execute("set timezone = 'UTC'")
    return connection


def open_for_reading(file: Path) -> duckdb.DuckDBPyConnection:
    """Open a published file for reading; it can neither be changed nor reach other files."""
    try:
        connection = duckdb.connect(
            file, read_only=True, config={"enable_external_access": "false", "lock_configuration": "true"}
        )
    except duckdb.Error as error:
        raise unreadable(file, error) from error
    return connection


def is_current(file: Path) -> bool:
    """Say whether a published file was built by this version of Golive."""
    with open_for_reading(file) as connection:
        return is_built_by_this_version(connection)


def unreadable(file: Path, error: duckdb.Error) -> WarehouseError:
    """Return the words for a warehouse file that is damaged."""
    return WarehouseError(
        f"The warehouse file {file} can't be opened ({str(error).splitlines()[0]}).",
        "Run `golive rebuild`: it builds the warehouse again from the inbox.",
    )
