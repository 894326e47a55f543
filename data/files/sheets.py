"""Reads the sheets of XLSX, XLS, XLSB and ODS workbooks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from data.files.cells import cell_text
from data.files.header import Header, make_header
from data.files.kinds import ENCRYPTED_PACKAGE, OLE_START, ZIP_START, real_kind
from data.files.layout import join_titles
from data.files.limits import refuse_many_sheets
from data.files.problems import FileProblem, UnreadableFile, display_name
from data.files.sheet_guard import MAX_SHEET_CELLS, ErrorCells, look_through
from data.files.table import Job, TableWriter, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from python_calamine import CalamineSheet

_OLE_ENDINGS: Final = frozenset({".xls"})
_AGAIN: Final = "Open it in Excel and save it again as XLSX, or export the table as CSV."
_CHUNK_BYTES: Final = 8 << 20


def read_workbook(job: Job) -> Iterator[TextTable | UnreadableFile]:
    """Read each visible sheet that isn't empty as a table of its own.

    Raises
    ------
    FileProblem
        The workbook can't be opened: it is damaged, protected by a password, or no workbook at all.
    """
    with job.path.open("rb") as handle:
        _refuse_other_kinds(job.path, handle.read(8192))
    errors = look_through(job.path)
    digest = _hash_of(job.path)
    workbook = _open(job.path)
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    refuse_many_sheets(len(names))
    found = 0
    for position, name in enumerate(names):
        try:
            table = _read_sheet(_load(workbook, name), job, digest.copy(), errors.get(name, {}))
        except FileProblem as problem:
            found += 1
            yield UnreadableFile(f"{job.file_name} › {display_name(name)}", problem)
        else:
            if table is not None:
                found += 1
                yield table
        job.on_progress((position + 1) / len(names))
    if not found:
        raise FileProblem(
            "no visible sheet holds any cell.", "Check that the export was finished and that the sheet is not hidden."
        )


def sheet_rows(
    path: Path, hidden: list[str] | None = None
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]] | FileProblem]]:
    """Give each visible sheet's name and its raw rows with their numbers, for looking at the workbook.

    Parameters
    ----------
    hidden
        Takes the names of the sheets that are passed over because they are hidden.

    Raises
    ------
    FileProblem
        The workbook can't be opened.
    """
    with path.open("rb") as handle:
        _refuse_other_kinds(path, handle.read(8192))
    errors = look_through(path)
    workbook = _open(path)
    refuse_many_sheets(len(workbook.sheets_metadata))
    if hidden is not None:
        hidden += [one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            try:
                yield sheet.name, _rows_of(_load(workbook, sheet.name), errors.get(sheet.name, {}))
            except FileProblem as problem:
                yield sheet.name, problem


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    """Say what a file with the ending of a workbook really is."""
    if not start:
        raise FileProblem("the file is empty (0 bytes).", "Check that the export was finished and copy it again.")
    if start.startswith(OLE_START):
        if path.suffix.lower() in _OLE_ENDINGS or not _holds(path, ENCRYPTED_PACKAGE):
            return
        raise FileProblem(
            "the workbook is protected by a password.", "Open it in Excel, take the password off, and save it."
        )
    if start.startswith(ZIP_START):
        return
    if path.suffix.lower() == ".xls" and start[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return
    kind = real_kind(start) or "text or something unknown"
    raise FileProblem(
        f"the ending {path.suffix.lower()} says workbook, but the file is {kind}.",
        "If it is text, give it the ending .csv; else open it in Excel and save it as XLSX.",
    )


def _holds(path: Path, wanted: bytes) -> bool:
    tail = b""
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK_BYTES):
            if wanted in tail + chunk:
                return True
            tail = chunk[-len(wanted) :]
    return False


def _hash_of(path: Path) -> hashlib._Hash:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256")


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise FileProblem(
            "the workbook is protected by a password.", "Open it in Excel, take the password off, and save it."
        ) from error
    except CalamineError as error:
        raise FileProblem(f"the workbook is damaged or was cut off while copying ({error}).", _AGAIN) from error
    except BaseException as error:
        raise _as_problem(error) from error


def _as_problem(error: BaseException) -> BaseException:
    """Make a problem of a panic of the reader's Rust code: it is no Exception, and its class can't be imported."""
    if type(error).__name__ == "PanicException":
        return FileProblem("the workbook is damaged so badly that its reader gave up.", _AGAIN)
    return error


def _read_sheet(sheet: CalamineSheet, job: Job, digest: hashlib._Hash, errors: ErrorCells) -> TextTable | None:
    header: Header | None = None
    writer: TableWriter | None = None
    layout = job.layouts.get(sheet.name)
    above: list[list[str]] = []
    try:
        for line_number, cells in _rows_of(sheet, errors):
            if writer is not None:
                writer.add_cells(line_number, cells)
            elif layout is not None and line_number <= layout.header_line:
                above += [cells] if any(cell.strip() for cell in cells) else []
                if line_number == layout.header_line:
                    titles = join_titles(above[-layout.header_rows :])
                    header = make_header(line_number, titles, job.should_drop, may_repeat=True)
                    writer = TableWriter(job.scratch, header)
            elif any(cell.strip() for cell in cells):
                header = make_header(line_number, cells, job.should_drop)
                writer = TableWriter(job.scratch, header)
        if writer is None or header is None:
            return None
        writer.close()
    except BaseException:
        if writer is not None:
            writer.abort()
        raise
    digest.update(sheet.name.encode("utf-8", "replace"))
    return TextTable(
        file_name=job.file_name,
        sheet=sheet.name,
        parquet=writer.path,
        columns=writer.columns,
        header_line=header.line_number,
        row_count=writer.row_count,
        malformed=tuple(writer.malformed),
        encoding="",
        delimiter="",
        content_sha256=digest.hexdigest(),
        dropped_columns=header.dropped,
    )


def _rows_of(sheet: CalamineSheet, errors: ErrorCells) -> Iterator[tuple[int, list[str]]]:
    """Return the rows with their numbers; empty columns at the left count, so that positions are the sheet's own."""
    if sheet.start is None or sheet.end is None:
        return
    if (sheet.end[0] + 1) * (sheet.end[1] - sheet.start[1] + 1) > MAX_SHEET_CELLS:
        raise FileProblem(f"the sheet has more than {MAX_SHEET_CELLS:,} cells.", "Export it as CSV.")
    left = [""] * sheet.start[1]
    for line_number, values in enumerate(sheet.iter_rows(), start=1):
        cells = left + [cell_text(value) for value in values]
        for column, shown in errors.get(line_number, {}).items():
            if column <= len(cells):
                cells[column - 1] = cells[column - 1] or shown
        yield line_number, cells


def _load(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise FileProblem(f"the sheet is damaged ({error}).", _AGAIN) from error
    except BaseException as error:
        raise _as_problem(error) from error
