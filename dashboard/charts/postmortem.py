"""Figures of a post-mortem: the slip as it stood, the account, the windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, PALETTE, VERMILLION, faded, laid_out
from dashboard.charts.waterfalls import weeks_waterfall
from dashboard.i18n import _
from dashboard.shown import in_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

#: Labels of marked days stand at different heights, so that near ones can be read.
_MARK_STEPS: Final = 4


def slip_band(
    rows: pd.DataFrame,
    marks: Sequence[tuple[pd.Timestamp, str]],
    finish: tuple[pd.Timestamp, float] | None,
    span: tuple[pd.Timestamp, pd.Timestamp] | None = None,
) -> go.Figure:
    """Draw the slip as the forecast stood in each week, with the days that matter.

    Parameters
    ----------
    rows
        ``week_start_date``, ``slip_p10_weeks``, ``slip_p50_weeks``, ``slip_p90_weeks``.
    finish
        The day and the weeks late, once the outcome is shown.
    span
        The days that the axis reaches over; else those of the rows.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=rows["week_start_date"],
        y=rows["slip_p10_weeks"],
        mode="lines",
        line={"width": 0},
        showlegend=False,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rows["week_start_date"],
        y=rows["slip_p90_weeks"],
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=faded(BLUE, 0.3),
        name=_("8 of 10 outcomes (P10 to P90)"),
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=rows["week_start_date"],
        y=rows["slip_p50_weeks"],
        mode="lines" if len(rows) > 1 else "markers",
        name=_("Median slip (P50)"),
        line={"color": BLUE, "width": 3},
        marker={"color": BLUE, "size": 9},
        hovertemplate="%{x|%d %b %Y}: %{y:+.1f}<extra></extra>",
    )
    if finish is not None:
        figure.add_scatter(
            x=[finish[0]],
            y=[finish[1]],
            mode="markers",
            name=_("True finish"),
            marker={"color": VERMILLION if finish[1] > 0 else GREEN, "size": 11, "symbol": "diamond"},
            hovertemplate="%{x|%d %b %Y}: %{y:+.1f}<extra></extra>",
        )
    for place, (day, text) in enumerate(sorted(marks)):
        figure.add_vline(x=day, line={"color": GREY, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=day,
            y=1.0 - 0.075 * (place % _MARK_STEPS),
            yref="paper",
            text=in_figure(text),
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"size": 12},
        )
    laid_out(figure, height=340, x_title=_("Week of the forecast"), y_title=_("Weeks after the baseline"))
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    if span is not None:
        figure.update_xaxes(range=list(span))
    return figure


def account_waterfall(rows: pd.DataFrame, *, total_label: str) -> go.Figure:
    """Draw the account line by line, and what it adds up to.

    Parameters
    ----------
    rows
        ``label``, ``weeks``, ``text``; in the order in which they are drawn, from the top.
    """
    return weeks_waterfall(rows, total_label=total_label, x_title=_("Weeks"))


def window_bars(rows: pd.DataFrame) -> go.Figure:
    """Draw the weeks lost and gained in each window by cause.

    Parameters
    ----------
    rows
        ``window``, ``label``, ``weeks``; the labels in the order in which they get their colours.
    """
    figure = go.Figure()
    colours = [colour for colour in dict.fromkeys((VERMILLION, ORANGE, *PALETTE)) if colour != GREY]
    for place, label in enumerate(dict.fromkeys(rows["label"])):
        own = rows[rows["label"].eq(label)]
        colour = colours[place] if place < len(colours) else GREY
        figure.add_bar(
            x=own["window"],
            y=own["weeks"],
            name=in_figure(label),
            marker={"color": colour},
            hovertemplate="%{x|%b %Y}: %{y:+.1f}<extra>" + in_figure(label) + "</extra>",
        )
    laid_out(figure, height=340, x_title=_("Window"), y_title=_("Weeks lost"))
    figure.update_layout(barmode="relative")
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    return figure
