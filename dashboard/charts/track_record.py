"""Figures on calibration: stated chances against what happened, and where finishes fell in their ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREY, laid_out
from dashboard.i18n import _

if TYPE_CHECKING:
    import pandas as pd


def reliability_diagram(bins: pd.DataFrame) -> go.Figure:
    """Draw, for bins of the stated chance, how many projects became late, with 90 % intervals.

    Parameters
    ----------
    bins
        ``mean_probability``, ``late_share``, ``late_share_low``, ``late_share_high`` (0 to 1), ``project_count``.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        name=_("As stated"),
        line={"color": GREY, "dash": "dot"},
        hoverinfo="skip",
    )
    share = 100 * bins["late_share"]
    figure.add_scatter(
        x=100 * bins["mean_probability"],
        y=share,
        mode="markers",
        name=_("What happened (90 % interval)"),
        marker={"color": BLUE, "size": 11},
        error_y={
            "array": 100 * bins["late_share_high"] - share,
            "arrayminus": share - 100 * bins["late_share_low"],
            "color": BLUE,
        },
        text=bins["project_count"],
        hovertemplate=_("stated {stated}, happened {happened}, {count} forecasts").format(
            stated="%{x:.0f} %", happened="%{y:.0f} %", count="%{text}"
        )
        + "<extra></extra>",
    )
    laid_out(figure, height=340, x_title=_("Stated chance of late (%)"), y_title=_("Became late (%)"))
    figure.update_xaxes(range=[-2, 102])
    figure.update_yaxes(range=[-2, 102])
    return figure


def pit_bars(histogram: pd.DataFrame) -> go.Figure:
    """Draw how many finishes fell into each tenth of their forecast; flat is right.

    Parameters
    ----------
    histogram
        ``pit_from``, ``pit_to`` (0 to 1) and ``count_share``.
    """
    figure = go.Figure()
    figure.add_bar(
        x=50 * (histogram["pit_from"] + histogram["pit_to"]),
        y=100 * histogram["count_share"],
        name=_("Finishes"),
        marker={"color": BLUE},
        hovertemplate="%{y:.0f} %<extra></extra>",
    )
    figure.add_hline(y=100 / max(len(histogram), 1), line={"color": GREY, "dash": "dot", "width": 1.5})
    title = _("Where the finish fell in its range (%): earlier to later than said")
    laid_out(figure, height=300, x_title=title, y_title=_("Share of forecasts (%)"), has_legend=False)
    figure.update_xaxes(range=[0, 100], dtick=10)
    return figure
