"""Reads the files of the made-up company independently of the product's importer."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook

from data.contracts import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.demo import DemoCompany

Row = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """One table of one file, every cell as text."""

    file: str
    table: str
    columns: tuple[str, ...]
    rows: list[Row]


def sheets(company: DemoCompany) -> list[Sheet]:
    """Read all files in the order of import."""
    return [sheet for path in company.files for sheet in _read(path)]


@cache
def _read(path: Path) -> list[Sheet]:
    found = []
    for title, lines in _grids(path):
        table = max((name for name in TABLES if title.startswith(name)), key=len)
        columns = tuple(cell.strip().lower().replace(" ", "_") for cell in lines[0])
        rows = [dict(zip(columns, line, strict=True)) for line in lines[1:]]
        found.append(Sheet(path.name, table, columns, rows))
    return found


def rows_of(company: DemoCompany, table: str, *, corrections: bool = False) -> list[Row]:
    """Return the rows of one table from all its files."""
    return [
        row
        for sheet in sheets(company)
        if sheet.table == table and ("corrections" in sheet.file) == corrections
        for row in sheet.rows
    ]


def _grids(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        for title in book.sheet_names:
            lines = book.get_sheet_by_name(title).to_python()
            name = title if len(book.sheet_names) > 1 else path.stem
            yield name, [[_text(cell) for cell in line] for line in lines]
        return
    text = path.read_bytes().decode(encoding(path))
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    yield path.stem, list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def encoding(path: Path) -> str:
    """Tell the encoding from the first bytes; what is not UTF-8 here is GB18030."""
    content = path.read_bytes()
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if content[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat() + "Z"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def day(cell: str) -> date:
    """Read a date or the date of a moment."""
    return date.fromisoformat(cell[:10].replace("/", "-"))


def moment(cell: str) -> datetime:
    """Read a moment."""
    return datetime.fromisoformat(cell)
