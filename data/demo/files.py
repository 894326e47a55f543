"""Writes columns as the files that users have: delimiters, encodings, workbooks; same input, same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from openpyxl import Workbook

from data.contracts import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.demo.cells import Columns

#: How column names stand in a header; the reader takes case, blanks and underscores as the same.
HEADERS: Final[dict[str, Callable[[str], str]]] = {
    "plain": str,
    "upper": str.upper,
    "title": lambda name: name.replace("_", " ").title(),
    "spaced": lambda name: name.replace("_", " "),
    "sentence": lambda name: name.replace("_", " ").capitalize(),
}
#: The only date that a zip file of ours carries; 1980 is the earliest that the format knows.
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_NUMERIC: Final = {Kind.NUMBER, Kind.DURATION, Kind.WHOLE}


@dataclass(frozen=True)
class Shape:
    """How a text file is written."""

    header: str = "plain"
    delimiter: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"


def write_text(path: Path, columns: Columns, shape: Shape) -> None:
    """Write a delimited text file."""
    name = HEADERS[shape.header]
    table = pa.table({name(column): cells for column, cells in columns.items()})
    style = "needed" if any(_needs_quotes(cells, shape.delimiter) for cells in columns.values()) else "none"
    options = pa_csv.WriteOptions(
        delimiter=shape.delimiter, quoting_style=style, quoting_header="needed", eol=shape.line_end
    )
    buffer = io.BytesIO()
    pa_csv.write_csv(table, buffer, options)
    content = buffer.getvalue()
    path.write_bytes(content if shape.encoding == "utf-8" else content.decode("utf-8").encode(shape.encoding))


def _needs_quotes(cells: pa.Array, delimiter: str) -> bool:
    pattern = f'["\n\r{re.escape(delimiter)}]'
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())


def write_workbook(path: Path, sheets: dict[str, Columns], header: str) -> None:
    """Write a workbook with one table per sheet, numbers as numbers and dates as dates."""
    book = Workbook(write_only=True)
    for title, columns in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append([HEADERS[header](name) for name in columns])
        kinds = TABLES[title.split()[0]].by_name
        lists = [_native(cells.to_pylist(), kinds[name].kind) for name, cells in columns.items()]
        for row in zip(*lists, strict=True):
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    _copy_without_clock(buffer, path)


def _native(cells: list[str | None], kind: Kind) -> list[object]:
    """Turn cells into what a workbook would hold; a cell that is not what its column says stays text."""
    cache: dict[str | None, object] = {None: None}
    for cell in cells:
        if cell is not None and cell not in cache:
            cache[cell] = _native_cell(cell, kind)
    return [cache[cell] for cell in cells]


def _native_cell(cell: str, kind: Kind) -> object:
    with suppress(ValueError):
        if kind in _NUMERIC:
            return float(cell)
        if kind is Kind.DATE:
            return date.fromisoformat(cell)
        if kind is Kind.MOMENT:
            return datetime.fromisoformat(cell).replace(tzinfo=None)
    return cell


def _copy_without_clock(source: io.BytesIO, path: Path) -> None:
    """Copy a workbook without the times of its making, so that the same content gives the same bytes."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            fixed = zipfile.ZipInfo(info.filename, _ZIP_DATE)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(fixed, content)
