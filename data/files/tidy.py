"""What every cell goes through: white space off, empty to null, rows without any value out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt


def tidy_table(lines: pa.Array | npt.NDArray[np.int64], columns: Sequence[pa.Array], names: Sequence[str]) -> pa.Table:
    """Return the columns of text with their line numbers, trimmed, without rows that hold nothing."""
    trimmed = [_trimmed(column) for column in columns]
    table = pa.table([pa.array(lines), *trimmed], names=["line_number", *names])
    if any(column.null_count == 0 for column in trimmed):
        return table
    has_value = trimmed[0].is_valid()
    for column in trimmed[1:]:
        has_value = pc.or_(has_value, column.is_valid())
    return table.filter(has_value)


def _trimmed(column: pa.Array) -> pa.Array:
    """Take white space off both ends (the same that ``str.strip`` takes) and make what is then empty null."""
    trimmed = pc.utf8_trim_whitespace(column)
    if _characters(trimmed) == _characters(column):
        return column
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _characters(column: pa.Array) -> int:
    return pc.sum(pc.binary_length(column), min_count=0).as_py() or 0
