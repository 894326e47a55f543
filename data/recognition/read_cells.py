"""Reads cells as the import will: days and hours of a column, for checks before anything is imported."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from data.recognition.cell_sql import day_sql, hours_sql
from data.recognition.values import with_plain_digits

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_days(cells: Sequence[str], order: str) -> list[dt.date | None]:
    """Return the day in each cell, or None; a year before the first one is none."""
    plain = [with_plain_digits(cell) for cell in cells]
    distinct = sorted({cell for cell in plain if cell})
    found = _read(distinct, day_sql("cell", order))
    days = (found.get(cell) for cell in plain)
    return [day if isinstance(day, dt.date) else None for day in days]


def read_hours(cells: Sequence[str], mark: str, unit: str = "hours") -> list[float | None]:
    """Return the hours in each cell, or None."""
    plain = [with_plain_digits(cell) for cell in cells]
    distinct = sorted({cell for cell in plain if cell})
    found = _read(distinct, hours_sql("cell", mark, unit))
    return [found.get(cell) for cell in plain]


def _read(distinct: Sequence[str], sql: str) -> dict[str, Any]:
    if not distinct:
        return {}
    with duckdb.connect() as connection:
        connection.execute("set enable_external_access = false")
        connection.register("given", pa.table({"cell": pa.array(distinct, pa.string())}))
        rows = connection.execute(f"select cell, {sql} from given").fetchall()
    return {cell: value for cell, value in rows if value is not None}
