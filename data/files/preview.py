"""Looks at files without taking them in: their first rows, raw, and of large files some from further down."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow.parquet as pq

from data.files import encodings
from data.files.archive import extract
from data.files.cells import cell_text
from data.files.delimiters import SAMPLE_LINES, find_delimiter, named_separator
from data.files.exact import Records, lines_of
from data.files.json_rows import json_rows
from data.files.kinds import JSON_ENDINGS, PARQUET_ENDINGS, SHEET_ENDINGS, real_kind
from data.files.limits import MAX_COLUMNS, refuse_costly_parquet, refuse_wide, wide_problem
from data.files.listing import SourceFile, list_files
from data.files.problems import FileProblem, UnreadableFile, display_name
from data.files.sheets import sheet_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Row = tuple[int, list[str]]
#: A file up to this size is looked at as a whole.
WHOLE_BYTES: Final = 6 << 20
_HEAD_BYTES: Final = 1 << 20
#: Pieces of a large file further down; their line numbers are not known.
_PIECE_BYTES: Final = 128 << 10
_PIECES: Final = 6
_MAX_ROWS: Final = 60_000


@dataclass(frozen=True)
class Preview:
    """The raw rows of one table of a file, titles and all.

    Parameters
    ----------
    rows
        Line number (or row of the sheet) and cells of each row that holds anything.
    further
        Rows from further down in a file that is too large to be looked at as a whole; the last ones are its end.
    has_names
        The columns have names of their own (Parquet): ``rows`` begins with them as line 0.
    problem
        Why this table can't be read; then there are no rows.
    hidden
        Names of the sheets of the workbook that are hidden, told with the first one that holds anything.
    """

    file_name: str
    sheet: str
    encoding: str
    delimiter: str
    rows: tuple[Row, ...]
    further: tuple[list[str], ...] = ()
    has_names: bool = False
    problem: FileProblem | None = None
    hidden: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether all rows of the table are here."""
        return not self.further and len(self.rows) < _MAX_ROWS


def preview_tables(
    path: Path, scratch: Path, separator_of: Callable[[str, str], str] = lambda _name, _sample: ""
) -> Iterator[Preview]:
    """Look at a file, or at all files of a folder or zip.

    Parameters
    ----------
    separator_of
        Says by the name and the beginning of a text file what separates its cells; empty leaves that to the look.

    Raises
    ------
    FileProblem
        ``path`` itself can't be opened.
    """
    for item in list_files(path):
        if isinstance(item, UnreadableFile):
            yield _unreadable(item.file_name, item.problem)
            continue
        try:
            yield from _preview_file(item, scratch, separator_of)
        except FileProblem as problem:
            yield _unreadable(item.file_name, problem)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            yield _unreadable(item.file_name, FileProblem(f"it can't be read ({error}).", "Copy or export it again."))


def _unreadable(name: str, problem: FileProblem) -> Preview:
    return Preview(name, "", "", "", (), problem=problem)


def _preview_file(item: SourceFile, scratch: Path, separator_of: Callable[[str, str], str]) -> Iterator[Preview]:
    if item.member is None:
        yield from _preview_path(item.path, item.file_name, separator_of)
        return
    copy = extract(item.path, item.member, scratch)
    try:
        yield from _preview_path(copy, item.file_name, separator_of)
    finally:
        copy.unlink(missing_ok=True)


def _preview_path(path: Path, name: str, separator_of: Callable[[str, str], str]) -> Iterator[Preview]:
    ending = path.suffix.lower()
    if ending in JSON_ENDINGS:
        names, found = json_rows(path)
        rows_of = ((0, names), *((number, cells) for number, cells in enumerate(found[:_MAX_ROWS], 1)))
        yield Preview(name, "", "", "", rows_of, has_names=True)
    elif ending in PARQUET_ENDINGS:
        yield _preview_parquet(path, name)
    elif ending in SHEET_ENDINGS:
        hidden: list[str] = []
        for sheet, rows in sheet_rows(path, hidden):
            if isinstance(rows, FileProblem):
                yield _unreadable(f"{name} › {display_name(sheet)}", rows)
                continue
            taken = [row for _, row in zip(range(_MAX_ROWS), rows, strict=False)]
            filled = tuple((line, cells) for line, cells in taken if any(cell.strip() for cell in cells))
            width = max((len(cells) for _, cells in filled), default=0)
            if width > MAX_COLUMNS:
                yield _unreadable(f"{name} › {display_name(sheet)}", wide_problem(width, filled[0][0]))
            elif filled:
                yield Preview(name, sheet, "", "", filled, hidden=tuple(map(display_name, hidden)))
                hidden = []
    else:
        yield _preview_text(path, name, separator_of)


def _preview_parquet(path: Path, name: str) -> Preview:
    try:
        with pq.ParquetFile(path) as source:
            refuse_costly_parquet(source, path.stat().st_size)
            names = list(source.schema_arrow.names)
            rows: list[Row] = [(0, names)]
            for batch in source.iter_batches(batch_size=5_000):
                columns = [[cell_text(value) for value in column.to_pylist()] for column in batch.columns]
                rows += [(number, list(cells)) for number, cells in enumerate(zip(*columns, strict=True), 1)]
                break
            further: tuple[list[str], ...] = ([],) if source.metadata.num_rows > 5_000 else ()
    except (OSError, ValueError) as error:
        raise FileProblem("the Parquet file is damaged or was cut off while copying.", "Copy it again.") from error
    return Preview(name, "", "", "", tuple(rows), further, has_names=True)


def _preview_text(path: Path, name: str, separator_of: Callable[[str, str], str]) -> Preview:
    size = path.stat().st_size
    if size == 0:
        raise FileProblem("the file is empty (0 bytes).", "Check that the export was finished and copy it again.")
    with path.open("rb") as handle:
        head = handle.read(size if size <= WHOLE_BYTES else _HEAD_BYTES)
    kind = real_kind(head[:8192])
    if kind:
        raise FileProblem(f"this is not a text file but {kind}.", "Give it the right ending, or export it as CSV.")
    encoding, text = _decoded(head, is_whole=len(head) == size)
    lines = lines_of(text)
    separator = named_separator(lines[0]) if lines else ""
    if not separator:
        lines[:1] = [line.removeprefix("\ufeff") for line in lines[:1]]
    first = 1 if separator else 0
    sample = "".join(lines[first : first + SAMPLE_LINES])
    delimiter = separator_of(name, sample) or separator or find_delimiter(sample)
    rows = tuple(_records(lines[first:], first + 1, delimiter))
    if not rows:
        raise FileProblem("the file is empty.", "Check that the export was finished and that it holds rows.")
    further = () if len(head) == size else tuple(_pieces(path, size, encoding, delimiter))
    return Preview(name, "", encoding, delimiter, rows, further)


def _records(lines: list[str], first_line: int, delimiter: str) -> Iterator[Row]:
    for count, (line_number, cells, _) in enumerate(Records(lines, first_line, lambda: None, delimiter)):
        if count >= _MAX_ROWS:
            return
        if cells is not None and any(cell.strip() for cell in cells):
            refuse_wide(len(cells), line_number)
            yield line_number, cells


def _decoded(head: bytes, *, is_whole: bool) -> tuple[str, str]:
    """Return the encoding and the text of the beginning of a file; what is cut at its end is left out."""
    encoding = encodings.by_mark(head) or encodings.by_nuls(head)
    if not encoding and b"\0" in head:
        raise FileProblem("it holds binary zeros, so this is not a text file.", "Export it again as CSV or XLSX.")
    if not encoding and encodings.is_utf8_so_far(head):
        encoding = "utf-8"
    ranked = [encoding] if encoding else encodings.rank_legacy(encodings.evidence_lines(head, encodings.EVIDENCE_BYTES))
    for candidate in ranked:
        try:
            text = codecs.getincrementaldecoder(candidate)().decode(head)
        except UnicodeDecodeError:
            continue
        end = len(text) if is_whole else max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
        return candidate, text[:end]
    raise FileProblem("it is in no encoding that Golive knows.", "Export it again as CSV in UTF-8, or as XLSX.")


def _pieces(path: Path, size: int, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Give whole rows from places spread over the rest of a large file, and its end."""
    step = max((size - _HEAD_BYTES - _PIECE_BYTES) // (_PIECES - 1), _PIECE_BYTES)
    with path.open("rb") as handle:
        for index in range(_PIECES):
            start = min(_HEAD_BYTES + index * step, size - _PIECE_BYTES)
            handle.seek(start - start % 4)
            raw = handle.read(_PIECE_BYTES + 4)
            text = raw.decode(encoding.removesuffix("-sig"), "replace")
            whole = lines_of(text)[1 : None if index == _PIECES - 1 else -1]
            for _, cells in _records(whole, 1, delimiter):
                yield cells
