"""Small files, and what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from data.files import FileProblem, TextTable, UnreadableFile, read_tables

if TYPE_CHECKING:
    from pathlib import Path

type_error = "the reader handed out something else than a table"


def scratch_of(folder: Path) -> Path:
    """Return a scratch folder that is no part of the folder that is read."""
    scratch = folder.parent / f"{folder.name}-scratch"
    scratch.mkdir(exist_ok=True)
    return scratch


def read_all(path: Path, scratch: Path) -> list[TextTable | UnreadableFile]:
    return list(read_tables(path, scratch))


def read_one(path: Path, scratch: Path) -> TextTable:
    """Read a file that holds one table."""
    (table,) = read_tables(path, scratch)
    assert isinstance(table, TextTable), type_error
    return table


def read_bytes(tmp_path: Path, content: bytes, name: str = "hours.csv") -> TextTable:
    path = tmp_path / name
    path.write_bytes(content)
    return read_one(path, scratch_of(tmp_path))


def rows(table: TextTable) -> list[tuple[object, ...]]:
    """Return line number and cells of each row."""
    found = pq.read_table(table.parquet)
    assert tuple(found.column_names) == ("line_number", *table.columns)
    assert found.num_rows == table.row_count
    return list(zip(*(column.to_pylist() for column in found.columns), strict=True))


def problem_of(path: Path, scratch: Path) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read_all(path, scratch)
    return caught.value


def problem_of_bytes(tmp_path: Path, content: bytes, name: str = "hours.csv") -> FileProblem:
    path = tmp_path / name
    path.write_bytes(content)
    return problem_of(path, scratch_of(tmp_path))
