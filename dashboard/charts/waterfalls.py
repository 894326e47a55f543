"""A waterfall of weeks: what each line adds or takes away, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, VERMILLION, laid_out
from dashboard.shown import in_figure

if TYPE_CHECKING:
    import pandas as pd


def weeks_waterfall(rows: pd.DataFrame, *, total_label: str, x_title: str, row_height: int = 34) -> go.Figure:
    """Draw lines from the top, and their sum.

    Parameters
    ----------
    rows
        ``label``, ``weeks``, ``text``; in the order in which they are drawn.
    """
    total = float(rows["weeks"].sum())
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["relative"] * len(rows) + ["total"],
            y=[*(in_figure(label) for label in rows["label"]), in_figure(total_label)],
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
    laid_out(figure, height=90 + row_height * (len(rows) + 1), x_title=x_title, has_legend=False)
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"r": 70})
    figure.add_vline(x=0, line={"color": GREY, "width": 1.5})
    return figure
