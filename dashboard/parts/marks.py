"""Small marks for cells of tables: a dot whose shape says the status, and a bar for the range of a finish.

Each is a picture made of numbers only (SVG in an address of its own), so that no name can get into it. Shapes carry the
meaning without the colour: full is late, half is watch, a ring is on time, hatched is not known.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

import numpy as np
import pandas as pd

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, VERMILLION

if TYPE_CHECKING:
    import numpy.typing as npt

Status = Literal["late", "watch", "on_time", "not_known"]

_SIDE: Final = 24
_WIDTH: Final = 112
_HEIGHT: Final = 26
_MIDDLE: Final = _HEIGHT / 2
_EDGE: Final = 8.0
#: The axis reaches at least so far, and to the end of nine of ten ranges.
_LEAST_DAYS: Final = 28.0
_USUAL_SHARE: Final = 0.9
_RANGE_COLUMNS: Final = ("finish_p10_date", "finish_p90_date", "finish_p50_date", "finish_p80_date", "committed_date")
_COMMITTED: Final = 4


def status_dot(status: Status) -> str:
    """Return the dot of a status as the address of a picture."""
    middle = _SIDE / 2
    shapes = {
        "late": f'<circle cx="{middle}" cy="{middle}" r="6" fill="{VERMILLION}"/>',
        "watch": f'<circle cx="{middle}" cy="{middle}" r="5.5" fill="none" stroke="{ORANGE}" stroke-width="1.6"/>'
        f'<path d="M{middle} {middle - 5.5} A5.5 5.5 0 0 1 {middle} {middle + 5.5} Z" fill="{ORANGE}"/>',
        "on_time": f'<circle cx="{middle}" cy="{middle}" r="5" fill="none" stroke="{GREEN}" stroke-width="2"/>',
        "not_known": f'<circle cx="{middle}" cy="{middle}" r="5.5" fill="none" stroke="{GREY}" stroke-width="1.2"/>'
        f'<path d="M8 15 L15 8 M10 17 L17 10" stroke="{GREY}" stroke-width="1.2"/>',
    }
    return _picture(shapes[status], _SIDE, _SIDE)


def range_bars(rows: pd.DataFrame, as_of_date: pd.Timestamp) -> list[str]:
    """Return for each project its range of the finish on one axis for all rows; empty where there is no forecast.

    Parameters
    ----------
    rows
        ``finish_p10_date`` … ``finish_p90_date`` and ``committed_date``.
    as_of_date
        The axis begins there or at the earliest committed date; a mark beyond its end stands at the edge.
    """
    days = _day_numbers(rows)
    today = float(as_of_date.to_datetime64().astype("datetime64[D]").astype("int64"))
    first = np.nanmin([today, *days[:, _COMMITTED]])
    ends = days[np.isfinite(days[:, 1]), 1]
    last = max(today + _LEAST_DAYS, float(np.quantile(ends, _USUAL_SHARE)) if len(ends) else 0.0)
    places = np.round(_EDGE + np.clip((days - first) / (last - first), 0.0, 1.0) * (_WIDTH - 2 * _EDGE), 1)
    return [_range_bar(*own.tolist()) for own in places]


def _day_numbers(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the days of each row as numbers, in the order of ``_RANGE_COLUMNS``; what is not known is not a number."""
    found = [pd.to_datetime(rows[name]).to_numpy(dtype="datetime64[D]") for name in _RANGE_COLUMNS]
    return np.column_stack(
        [np.where(np.isnat(days), np.nan, days.astype("int64").astype(np.float64)) for days in found]
    )


def _range_bar(low: float, high: float, median: float, safe: float, committed: float) -> str:
    if not all(map(isfinite, (low, high, median, safe))):
        return ""
    shapes = [
        _bar(low, high, 4, f'fill="{BLUE}" fill-opacity="0.4"'),
        _bar(median, safe, 8, f'fill="{BLUE}"'),
        f'<circle cx="{median}" cy="{_MIDDLE}" r="3.4" fill="{BLUE}" stroke="white" stroke-width="1.2"/>',
    ]
    if isfinite(committed):
        # Ink on either theme: a white edge around a dark shape.
        shapes.append(
            f'<path d="M{committed} {_MIDDLE - 5.5} l5 5.5 l-5 5.5 l-5 -5.5 Z" fill="#18202c" stroke="white"/>'
        )
    return _picture("".join(shapes), _WIDTH, _HEIGHT)


def _bar(left: float, right: float, height: float, looks: str) -> str:
    width = max(round(right - left, 1), 1.0)
    return f'<rect x="{left}" y="{_MIDDLE - height / 2}" width="{width}" height="{height}" rx="2" {looks}/>'


def _picture(shapes: str, width: int, height: int) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{shapes}</svg>"
    )
    return f"data:image/svg+xml;utf8,{quote(svg)}"
