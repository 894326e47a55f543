"""The waterfall from the committed date to the median finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, VERMILLION, laid_out
from dashboard.i18n import _

if TYPE_CHECKING:
    import pandas as pd


def driver_waterfall(rows: pd.DataFrame) -> go.Figure:
    """Draw how many weeks each driver adds to the committed date or takes away, and what they come to.

    Parameters
    ----------
    rows
        ``label``, ``weeks``, ``text``; in the order in which they are drawn, from the top.
    """
    total = float(rows["weeks"].sum())
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["relative"] * len(rows) + ["total"],
            y=[*rows["label"], _("median finish (P50) against the committed date")],
            x=[*rows["weeks"], total],
            text=[*rows["text"], f"{total:+.1f}".replace("-", "−")],
            textposition="auto",
            increasing={"marker": {"color": VERMILLION}},
            decreasing={"marker": {"color": GREEN}},
            totals={"marker": {"color": BLUE}},
            connector={"line": {"color": GREY, "width": 1}},
            hovertemplate="%{y}: %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    laid_out(figure, height=90 + 34 * (len(rows) + 1), x_title=_("Weeks after the committed date"), has_legend=False)
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"r": 70})
    figure.add_vline(x=0, line={"color": GREY, "width": 1.5})
    return figure
