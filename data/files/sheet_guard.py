"""Refuses workbooks that would fill the memory: a file of a few kilobytes can ask for billions of cells."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

from data.files.problems import FileProblem

if TYPE_CHECKING:
    from pathlib import Path

#: A million rows of sixteen columns; the reader holds a sheet in memory at about 32 bytes per cell.
MAX_SHEET_CELLS: Final = 16_000_000
#: Of all parts of a workbook together; a full sheet of a million rows takes less than 1 GB.
MAX_WORKBOOK_BYTES: Final = 2 << 30
_CHUNK_BYTES: Final = 4 << 20
_CELL: Final = re.compile(rb'<c [^>]{0,80}?\br="([A-Z]{1,3})(\d{1,7})"')
_ADVICE: Final = "Delete the stray cells far from the table, or export the table as CSV."


def refuse_huge_sheets(path: Path) -> None:
    """Look through a workbook's parts without building a sheet.

    The reader lays out a sheet as a full rectangle from its first cell to its last, so two cells in far corners
    cost as much as a full sheet.
    """
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_WORKBOOK_BYTES:
                raise FileProblem(
                    f"the workbook unpacks to more than {MAX_WORKBOOK_BYTES >> 30} GB.", "Export the tables as CSV."
                )
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _refuse_far_cells(archive, part)
                elif part == "content.xml":
                    _refuse_repeats(archive, part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
        # Damage is told by the reader of the workbook, which knows more about it.
        return


def _refuse_far_cells(archive: zipfile.ZipFile, part: str) -> None:
    columns: set[bytes] = set()
    first_row, last_row = 1 << 30, 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            text = tail + chunk
            found = _CELL.findall(text)
            columns.update(column for column, _ in found)
            if found:
                # Rows are written in order; the first and last of a chunk bound it.
                first_row = min(first_row, int(found[0][1]))
                last_row = max(last_row, int(found[-1][1]))
            tail = text[-128:]
    if columns:
        numbers = [_column_number(column) for column in columns]
        _refuse_area(last_row - first_row + 1, max(numbers) - min(numbers) + 1)


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
