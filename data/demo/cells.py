"""Columns of text, as the cells of files hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.demo.timeline import Dates, Flags, Floats, Ints

#: The columns of one file: contract name to text cells, null where the cell is empty.
Columns = dict[str, pa.Array]


def words(options: Sequence[str | None], index: Ints) -> pa.Array:
    """Look texts up by number."""
    return pa.array(list(options), pa.string()).take(pa.array(index))


def blanked(cells: pa.Array, is_blank: Flags) -> pa.Array:
    """Empty some cells."""
    return pc.if_else(pa.array(is_blank), pa.scalar(None, pa.string()), cells)


def days(dates: Dates, style: str = "%Y-%m-%d") -> pa.Array:
    """Write dates; NaT becomes an empty cell."""
    unique, index = np.unique(dates.astype("datetime64[D]"), return_inverse=True)
    texts = [None if np.isnat(day) else day.item().strftime(style) for day in unique]
    return words(texts, index)


def moments(times: Dates) -> pa.Array:
    """Write UTC moments to the minute; NaT becomes an empty cell."""
    texts = np.datetime_as_string(times.astype("datetime64[m]")).astype(str)
    cells = pa.array(texts, pa.string())
    return blanked(pc.binary_join_element_wise(cells, ":00Z", ""), np.isnat(times))


def numbers(values: Floats | Ints, pattern: str = "{:g}") -> pa.Array:
    """Write numbers as people do (8, 7.5); NaN becomes an empty cell."""
    unique, index = np.unique(values, return_inverse=True)
    texts = [None if np.isnan(value) else pattern.format(value) for value in unique]
    return words(texts, index)


def flags(values: Flags, yes: str = "yes", no: str = "no") -> pa.Array:
    """Write yes and no."""
    return words((no, yes), values.astype(np.int64))


def rows(columns: Columns, index: Ints | Flags) -> Columns:
    """Take some rows."""
    chosen = np.flatnonzero(index) if index.dtype == np.bool_ else index
    return {name: cells.take(pa.array(chosen)) for name, cells in columns.items()}


def added(columns: Columns, extra: Sequence[dict[str, str]]) -> Columns:
    """Append rows that are written by hand; columns that a row does not name stay empty."""
    return {
        name: pa.concat_arrays([pa.array(cells, pa.string()), pa.array([row.get(name) for row in extra], pa.string())])
        for name, cells in columns.items()
    }


def height(columns: Columns) -> int:
    """Count the rows."""
    return len(next(iter(columns.values())))
