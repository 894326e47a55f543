"""Reads a text file of any encoding and delimiter into a text table."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from data.files.blocks import Block, BlockReader
from data.files.delimiters import SAMPLE_LINES, find_delimiter, named_separator
from data.files.exact import Records, lines_of, read_exactly
from data.files.header import Header, make_header, trimmed
from data.files.layout import Layout, join_titles
from data.files.problems import FileProblem
from data.files.quick import read_quickly
from data.files.table import Job, TableWriter, TextTable
from data.files.transcode import Utf8Source, as_legacy, open_as_utf8

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

#: Bytes at the beginning in which the delimiter and the header are sought.
_SAMPLE_BYTES: Final = 1 << 20
#: Blocks that are read ahead of the writer. More would only cost memory: two cores are busy with three.
_BLOCKS_AHEAD: Final = 3


@dataclass(frozen=True)
class _Place:
    """Where the header and the first row are, and what separates the cells."""

    header: Header
    delimiter: str
    skip_bytes: int
    first_line: int


def read_text(job: Job) -> TextTable:
    """Read one text file; the first row that isn't empty is its header.

    Raises
    ------
    FileProblem
        The file is empty, in no known encoding, no table, or its header can't be used.
    """
    source = open_as_utf8(job.path, job.scratch)
    try:
        return _read_utf8(source, job)
    except UnicodeDecodeError:
        # The beginning was valid UTF-8 but the rest isn't: decide again with the whole file as evidence.
        source.remove()
        source = as_legacy(job.path, job.scratch)
        return _read_utf8(source, job)
    finally:
        source.remove()


def _read_utf8(source: Utf8Source, job: Job) -> TextTable:
    digest = hashlib.sha256()
    with source.path.open("rb") as handle, ThreadPoolExecutor(max_workers=1) as hashing:
        place = _find_place(handle, job.should_drop, job.layouts.get(""))
        handle.seek(0)
        blocks = BlockReader(
            handle,
            os.fstat(handle.fileno()).st_size,
            skip_bytes=place.skip_bytes,
            first_line=place.first_line,
            on_bytes=lambda data: None if source.sha256 else hashing.submit(digest.update, data),
            on_progress=job.on_progress,
        )
        writer = TableWriter(job.scratch, place.header)
        try:
            _Pipeline(blocks, place.delimiter, place.header, writer).run()
            writer.close()
        except BaseException:
            writer.abort()
            raise
    return TextTable(
        file_name=job.file_name,
        sheet="",
        parquet=writer.path,
        columns=writer.columns,
        header_line=place.header.line_number,
        row_count=writer.row_count,
        malformed=tuple(writer.malformed),
        encoding=source.encoding,
        delimiter=place.delimiter,
        content_sha256=source.sha256 or digest.hexdigest(),
        dropped_columns=place.header.dropped,
    )


def _find_place(handle: BinaryIO, should_drop: Callable[[str], bool], layout: Layout | None) -> _Place:
    raw = handle.read(_SAMPLE_BYTES)
    is_whole = len(raw) < _SAMPLE_BYTES
    end = len(raw) if is_whole else max(raw.rfind(b"\n"), raw.rfind(b"\r", 0, len(raw) - 1)) + 1
    if raw and not end:
        raise FileProblem(
            f"the first line is longer than {_SAMPLE_BYTES >> 20} MB, so it is not the header of a table.",
            "Check that the right file was chosen, and export it again.",
        )
    lines = lines_of(raw[:end].decode("utf-8"))
    separator = named_separator(lines[0]) if lines else ""
    first = 1 if separator else 0
    if not separator:
        lines[:1] = [line.removeprefix("\ufeff") for line in lines[:1]]
    told = layout.delimiter if layout else ""
    delimiter = told or separator or find_delimiter("".join(lines[first : first + SAMPLE_LINES]))
    if layout is None or not layout.header_line:
        line_number, cells, next_index = _first_row(lines, first, delimiter)
    else:
        line_number, cells, next_index = _named_rows(lines, first, delimiter, layout)
    header = make_header(line_number, cells, should_drop, may_repeat=bool(layout and layout.header_line))
    used = sum(len(line.encode()) for line in lines[:next_index])
    has_mark = raw.startswith(b"\xef\xbb\xbf") and not separator
    return _Place(header, delimiter, used + (3 if has_mark else 0), next_index + 1)


def _first_row(lines: list[str], first: int, delimiter: str) -> tuple[int, list[str], int]:
    """Return line number and cells of the first row that isn't empty, and the index of the line after it."""
    for line_number, cells, taken in Records(lines[first:], first + 1, lambda: None, delimiter):
        if cells is None:
            raise FileProblem(
                f'the header in line {line_number} opens a quote (") that is never closed.',
                "Export the file again as CSV in UTF-8.",
            )
        if any(trimmed(cell) for cell in cells):
            return line_number, cells, line_number + len(taken) - 1
    raise FileProblem("the file is empty.", "Check that the export was finished and that its filter leaves something.")


def _named_rows(lines: list[str], first: int, delimiter: str, layout: Layout) -> tuple[int, list[str], int]:
    """Return the same for the header whose place is known."""
    above: list[list[str]] = []
    for line_number, cells, taken in Records(lines[first:], first + 1, lambda: None, delimiter):
        if cells is not None and any(trimmed(cell) for cell in cells):
            above.append(cells)
        if line_number >= layout.header_line:
            if cells is None or line_number != layout.header_line:
                break
            return line_number, join_titles(above[-layout.header_rows :]), line_number + len(taken) - 1
    raise FileProblem(
        f"there is no header in line {layout.header_line}.", "Look at the file again and say where its header is."
    )


class _Pipeline:
    """Parses blocks in threads, a few ahead, and writes them in order."""

    def __init__(self, blocks: BlockReader, delimiter: str, header: Header, writer: TableWriter) -> None:
        self._blocks = blocks
        self._delimiter = delimiter
        self._header = header
        self._writer = writer
        self._ahead: deque[tuple[Block, Future[pa.Table | None]]] = deque()

    def run(self) -> None:
        """Read all blocks."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            while True:
                self._read_ahead(pool)
                if not self._ahead:
                    return
                block, future = self._ahead.popleft()
                table = future.result()
                if table is None:
                    read_exactly(block, self._more, self._delimiter, self._writer)
                else:
                    self._writer.add_table(table)

    def _read_ahead(self, pool: ThreadPoolExecutor) -> None:
        while len(self._ahead) < _BLOCKS_AHEAD:
            block = self._blocks.next_block()
            if block is None:
                return
            self._ahead.append((block, pool.submit(read_quickly, block, self._delimiter, self._header)))

    def _more(self) -> Block | None:
        """Give the next block to a row that goes on beyond its own."""
        if self._ahead:
            return self._ahead.popleft()[0]
        return self._blocks.next_block()
