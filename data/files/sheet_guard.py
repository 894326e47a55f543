"""Refuses workbooks that would fill the memory: a file of a few kilobytes can ask for billions of cells."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from data.files.limits import refuse_many_sheets
from data.files.problems import FileProblem

if TYPE_CHECKING:
    from pathlib import Path

#: A million rows of ten columns; the reader holds a whole sheet in memory, at 30 bytes for a number and about
#: 100 for a text (measured: 30 million texts took 3.7 GB).
MAX_SHEET_CELLS: Final = 10_000_000
#: Of all parts of a workbook together; a full sheet of a million rows takes less than 1 GB.
MAX_WORKBOOK_BYTES: Final = 2 << 30
_CHUNK_BYTES: Final = 4 << 20
_CELL: Final = re.compile(rb'<c [^>]{0,80}?\br="([A-Z]{1,3})(\d{1,7})"')
#: Row, column (both from 1) and what Excel shows there: #REF!, #DIV/0!, #N/A.
_ERROR_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]{0,40}\bt="e"[^>]{0,40}>(?:<f\b[^<]{0,400}(?:</f>)?)?<v>([^<]{1,20})</v>'
)
_MAX_ERROR_CELLS: Final = 100_000
#: What is looked at again with the next piece, so that no cell is cut in two.
_TAIL_BYTES: Final = 1024
_ELEMENT: Final = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\s[^>]*>")
ErrorCells = dict[int, dict[int, str]]
_ADVICE: Final = "Delete the stray cells far from the table, or export the table as CSV."


def look_through(path: Path) -> dict[str, ErrorCells]:
    """Refuse a workbook that is too large, and return the error cells of each sheet by the sheet's name.

    The reader lays out a sheet as a full rectangle from its first cell to its last, so two cells in far corners
    cost as much as a full sheet. And it gives errors (#REF!) as empty cells, which they are not.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_WORKBOOK_BYTES:
                raise FileProblem(
                    f"the workbook unpacks to more than {MAX_WORKBOOK_BYTES >> 30} GB.", "Export the tables as CSV."
                )
            if "content.xml" in archive.namelist():
                _refuse_repeats(archive, "content.xml")
            refuse_many_sheets(sum(part.startswith("xl/worksheets/") for part in archive.namelist()))
            errors = {
                part: _scan_sheet(archive, part)
                for part in archive.namelist()
                if part.startswith("xl/worksheets/") and part.endswith(".xml")
            }
            names = sheet_names_by_part(archive) if any(errors.values()) else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        # A directory that points before the file's beginning is an OSError. Damage is told by the reader of the
        # workbook, which knows more about it.
        return {}
    return {names[part]: cells for part, cells in errors.items() if part in names}


def sheet_names_by_part(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return which part of an XLSX holds the sheet of which name."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(archive.namelist()):
        return {}
    links = _ELEMENT.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace"))
    targets = {_attribute(link, "Id"): _attribute(link, "Target") for link in links}
    sheets = _ELEMENT.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace"))
    found: dict[str, str] = {}
    for sheet in sheets:
        target = targets.get(_attribute(sheet, r"\w+:id"), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[part] = _attribute(sheet, "name")
    return found


def _attribute(element: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', element)
    return html.unescape(match.group(1)) if match else ""


def _scan_sheet(archive: zipfile.ZipFile, part: str) -> ErrorCells:
    columns: set[bytes] = set()
    errors: ErrorCells = {}
    first_row, last_row = 1 << 30, 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = tail + chunk
            found = _CELL.findall(text)
            columns.update(column for column, _ in found)
            if found:
                # Rows are written in order, so the first and the last of a chunk bound it.
                first_row = min(first_row, int(found[0][1]))
                last_row = max(last_row, int(found[-1][1]))
            if b't="e"' in text and len(errors) < _MAX_ERROR_CELLS:
                for column, row, shown in _ERROR_CELL.findall(text):
                    errors.setdefault(int(row), {})[_column_number(column)] = shown.decode("utf-8", "replace")
            tail = text[-_TAIL_BYTES:]
    if columns:
        numbers = [_column_number(column) for column in columns]
        _refuse_area(last_row - first_row + 1, max(numbers) - min(numbers) + 1)
    return errors


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


_REPEAT: Final = re.compile(
    rb'<table:table-row\b(?:[^>]*?number-rows-repeated="(\d+)")?|'
    rb"<table:table-cell\b([^>]*?)(/?)>"
)
_COLUMNS_REPEATED: Final = re.compile(rb'number-columns-repeated="(\d+)"')


def _refuse_repeats(archive: zipfile.ZipFile, part: str) -> None:
    """OpenDocument writes repeated cells once; count what a row with any value unfolds to."""
    row_repeats, width, has_value, area, tail = 1, 0, False, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = tail + chunk
            end = text.rfind(b"<") if len(chunk) == _CHUNK_BYTES else len(text)
            for match in _REPEAT.finditer(text, 0, end):
                if match.group(2) is None:
                    area += row_repeats * width if has_value else 0
                    row_repeats, width, has_value = int(match.group(1) or 1), 0, False
                else:
                    repeats = _COLUMNS_REPEATED.search(match.group(2))
                    is_filled = not match.group(3) or b"value" in match.group(2)
                    has_value = has_value or is_filled
                    width += int(repeats.group(1)) if repeats and is_filled else 1
            tail = text[end:]
    _refuse_area(1, area + (row_repeats * width if has_value else 0))


def _refuse_area(rows: int, columns: int) -> None:
    if rows * columns > MAX_SHEET_CELLS:
        raise FileProblem(
            f"a sheet spreads over {rows * columns:,} cells; more than {MAX_SHEET_CELLS:,} can't be read.", _ADVICE
        )
