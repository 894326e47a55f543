"""Files as systems write them, what was understood of them, and the contract cells that the import would get."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl

from data.files import TextTable, read_tables
from data.recognition import Recipe, Understanding, inspect_file, layouts_of, recipe_sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Rows = "Sequence[Sequence[object]]"


def csv_text(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def write_csv(
    folder: Path,
    rows: Sequence[Sequence[object]],
    *,
    name: str = "export.csv",
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_xlsx(folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "export.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def inspect_one(path: Path, **answers: str) -> Understanding:
    (found,) = inspect_all(path, answers)
    return found


def inspect_all(path: Path, answers: Mapping[str, str] | None = None) -> list[Understanding]:
    return inspect_file(path, scratch_of(path), answers=answers)


def scratch_of(path: Path) -> Path:
    scratch = path.parent / f".scratch-{path.name}"
    scratch.mkdir(exist_ok=True)
    return scratch


def inspect_rows(folder: Path, rows: Sequence[Sequence[object]], **answers: str) -> Understanding:
    return inspect_one(write_csv(folder, rows), **answers)


def cells_of(path: Path, understanding: Understanding, recipe: Recipe | None = None) -> list[dict[str, Any]]:
    """Read the file as the import does and return the contract cells, row by row."""
    made = recipe or understanding.recipe
    assert made is not None, understanding.questions
    scratch = scratch_of(path)
    tables = [
        table
        for table in read_tables(path, scratch, layouts=layouts_of([understanding]))
        if isinstance(table, TextTable) and (table.file_name, table.sheet) == (understanding.file, understanding.sheet)
    ]
    (table,) = tables
    assert table.columns == understanding.columns
    with duckdb.connect() as connection:
        connection.execute(f"create view source_cells as from read_parquet('{table.parquet}')")
        result = connection.execute(f"from ({recipe_sql(made, table.columns)}) order by all")
        names = [description[0] for description in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def read_rows(folder: Path, rows: Sequence[Sequence[object]], **answers: str) -> list[dict[str, Any]]:
    """Write a file, inspect it with the answers, and return its contract cells."""
    path = write_csv(folder, rows)
    return cells_of(path, inspect_one(path, **answers))


def targets(understanding: Understanding) -> dict[str, str]:
    return dict(understanding.mapping)


def tokens(understanding: Understanding) -> list[str]:
    return [question.token for question in understanding.questions if question.is_blocking]
