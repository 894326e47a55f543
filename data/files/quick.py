"""Reads a block of rows at once with Arrow, when it can be shown that the result is what the exact reader gives.

The proof has two parts. Every quote must open at the beginning of a cell and close at its end, so that there is one
way only to understand them. And the lines must add up: one for each row and one for each line break inside a cell
make as many lines as the block has. Then each row's line number is known too. In every other case (blank lines, rows
of different widths, stray quotes) the block is left to ``exact``.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.files.tidy import tidy_table

if TYPE_CHECKING:
    import numpy.typing as npt

    from data.files.blocks import Block
    from data.files.header import Header

_QUOTE: Final = ord('"')
#: Enough for a first row with a long description in it.
_FIRST_ROW_BYTES: Final = 64 << 10


def read_quickly(block: Block, delimiter: str, header: Header) -> pa.Table | None:
    """Return the rows of ``block`` with their line numbers, or None if they must be read one by one."""
    if not _is_plain(block.data, delimiter):
        return None
    has_quotes = b'"' in block.data
    width = max(_width_of_first_row(block.data, delimiter), 1)
    if width > len(header.names) + 1:
        return None
    # With quotes all columns are needed, to count the line breaks in them.
    wanted = list(range(width)) if has_quotes or width > len(header.names) else [i for i in header.kept if i < width]
    table = _parse(block.data, delimiter, width, wanted)
    if table is None:
        return None
    columns = dict(zip(wanted, (column.combine_chunks() for column in table.columns), strict=True))
    if width > len(header.names) and columns[width - 1].null_count < table.num_rows:
        return None
    lines = _line_numbers(list(columns.values()) if has_quotes else [], table.num_rows, block)
    if lines is None:
        return None
    nothing = pa.nulls(table.num_rows, pa.string())
    kept = [columns.get(index, nothing) for index in header.kept]
    return tidy_table(lines, kept, [header.names[index] for index in header.kept])


def _is_plain(data: bytes, delimiter: str) -> bool:
    if len(delimiter) > 1 or delimiter > "\x7f":
        return False
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    # Arrow would take a byte order mark off, which inside a file is part of a cell.
    return not data.startswith(b"\xef\xbb\xbf") and _quotes_are_regular(data, delimiter)


def _quotes_are_regular(data: bytes, delimiter: str) -> bool:
    """Say whether each quote opens at the beginning of a cell or closes at its end, and none is left open.

    Doubled quotes, which stand for one, are taken out first.
    """
    if b'"' not in data:
        return True
    codes = np.frombuffer(b"\n" + data.replace(b'""', b"") + b"\n", np.uint8)
    places = np.flatnonzero(codes == _QUOTE)
    if len(places) % 2:
        return False
    borders = np.array([ord(delimiter), 10, 13], np.uint8)
    opens, closes = places[::2], places[1::2]
    return bool(np.isin(codes[opens - 1], borders).all() and np.isin(codes[closes + 1], borders).all())


def _width_of_first_row(data: bytes, delimiter: str) -> int:
    """Count the cells of the first row; some exports leave out empty last cells, some add an empty one, in all rows."""
    first = data[: data.find(b"\n") + 1 or len(data)]
    if b'"' not in first:
        return first.count(delimiter.encode()) + 1
    beginning = io.StringIO(data[:_FIRST_ROW_BYTES].decode("utf-8", "replace"), newline="")
    return len(next(csv.reader(beginning, delimiter=delimiter)))


def _parse(data: bytes, delimiter: str, width: int, wanted: list[int]) -> pa.Table | None:
    # Names of our own: real ones could repeat a name that Arrow uses.
    names = [str(index) for index in range(width)]
    included = [str(index) for index in wanted]
    if not included:
        return None
    try:
        return pa_csv.read_csv(
            pa.BufferReader(data),
            pa_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
            pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in data),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(included, pa.string()),
                include_columns=included,
                strings_can_be_null=True,
                null_values=[""],
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _line_numbers(columns: list[pa.Array], row_count: int, block: Block) -> npt.NDArray[np.int64] | None:
    """Return the line on which each row begins, or None if the lines don't add up.

    ``columns`` are all columns where cells may hold line breaks, else none.
    """
    heights = np.ones(row_count, np.int64)
    if row_count != block.line_count:
        for column in columns:
            heights += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
        if int(heights.sum()) != block.line_count:
            return None
    return block.first_line + np.concatenate([[0], np.cumsum(heights[:-1])]).astype(np.int64)
