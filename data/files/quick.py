"""Reads a block of rows at once with Arrow, when it can be shown that the result is what the exact reader gives.

The proof is by counting: Arrow makes one row of one or more lines, never two rows of one. So if a block gives as
many rows as it has lines, each line is one row, and the line numbers are known. In every other case (quoted line
breaks, blank lines, rows of another width, damage) the block is left to ``exact``.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

if TYPE_CHECKING:
    from data.files.blocks import Block
    from data.files.header import Header


def read_quickly(block: Block, delimiter: str, header: Header) -> pa.Table | None:
    """Return the rows of ``block`` with their line numbers, or None if they must be read one by one."""
    if not _is_plain(block, delimiter):
        return None
    # Names of our own: real ones could repeat a name that Arrow uses.
    names = [str(index) for index in range(len(header.names))]
    kept = [str(index) for index in header.kept]
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(block.data),
            pa_csv.ReadOptions(use_threads=False, column_names=names, block_size=len(block.data) + 1),
            pa_csv.ParseOptions(delimiter=delimiter),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(kept, pa.string()),
                include_columns=kept,
                strings_can_be_null=True,
                null_values=[""],
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != block.line_count:
        return None
    return _with_line_numbers(table, block.first_line, [header.names[index] for index in header.kept])


def _is_plain(block: Block, delimiter: str) -> bool:
    data = block.data
    if len(delimiter) > 1 or delimiter > "\x7f":
        return False
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    # Arrow would take a byte order mark off, which inside a file is part of a cell.
    if data.startswith(b"\xef\xbb\xbf"):
        return False
    return b'"' not in data or _ends_outside_quotes(data, delimiter)


def _ends_outside_quotes(data: bytes, delimiter: str) -> bool:
    """Look at the last line alone: if all lines are rows, only there a quote could reach into the next block."""
    last = data[data.rfind(b"\n", 0, len(data) - 1) + 1 :]
    if b'"' not in last:
        return True
    try:
        return sum(1 for _ in csv.reader(io.StringIO(last.decode(), newline=""), delimiter=delimiter, strict=True)) == 1
    except (csv.Error, UnicodeDecodeError):
        return False


def _with_line_numbers(table: pa.Table, first_line: int, names: list[str]) -> pa.Table:
    lines = pa.array(np.arange(first_line, first_line + table.num_rows, dtype=np.int64))
    columns = [_trimmed(column.combine_chunks()) for column in table.columns]
    numbered = pa.table([lines, *columns], names=["line_number", *names])
    if any(column.null_count == 0 for column in columns):
        return numbered
    has_value = columns[0].is_valid()
    for column in columns[1:]:
        has_value = pc.or_(has_value, column.is_valid())
    return numbered.filter(has_value)


def _trimmed(column: pa.Array) -> pa.Array:
    """Take white space off both ends (the same that ``str.strip`` takes) and make what is then empty null."""
    trimmed = pc.utf8_trim_whitespace(column)
    if _characters(trimmed) == _characters(column):
        return column
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _characters(column: pa.Array) -> int:
    return pc.sum(pc.binary_length(column), min_count=0).as_py() or 0
