"""The forecast of a project at this review beside the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREY, faded, laid_out
from dashboard.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def then_and_now(dates: Mapping[str, Any], then: str) -> go.Figure:
    """Draw P10 to P90 with P50 and P80 today, the median of the last review, and the days that were promised.

    Parameters
    ----------
    dates
        ``p10``, ``p50``, ``p80``, ``p90`` of today; ``before`` (the last median), ``committed``, ``announced`` may be
        empty.
    then
        Name of the moment of the last median.
    """
    figure, now = go.Figure(), _("Today")
    day = {name: pd.Timestamp(value) for name, value in dates.items() if value}
    figure.add_scatter(
        x=[day["p10"], day["p90"]],
        y=[now, now],
        mode="lines",
        line={"color": faded(BLUE, 0.35), "width": 8},
        name=_("P10 to P90"),
        hovertemplate="%{x|%d %b %Y}<extra></extra>",
    )
    figure.add_scatter(
        x=[day["p50"], day["p80"]],
        y=[now, now],
        mode="lines+markers",
        line={"color": BLUE, "width": 14},
        marker={"size": 10, "color": BLUE},
        name=_("P50 to P80"),
        hovertemplate="%{x|%d %b %Y}<extra></extra>",
    )
    marks = (
        ("before", _("P50 then"), "circle-open", BLUE),
        ("committed", _("Committed"), "diamond", GREY),
        ("announced", _("Announced"), "triangle-down", GREY),
    )
    for name, label, symbol, colour in marks:
        if name in day:
            figure.add_scatter(
                x=[day[name]],
                y=[then if name == "before" else now],
                mode="markers",
                marker={"symbol": symbol, "size": 13, "color": colour},
                name=label,
                hovertemplate="%{x|%d %b %Y}<extra></extra>",
            )
    laid_out(figure, height=190, x_title="")
    figure.update_yaxes(categoryorder="array", categoryarray=[now, then] if "before" in day else [now])
    return figure
