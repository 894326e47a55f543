"""Figures on change requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, ORANGE, PALETTE, laid_out, whole_steps
from dashboard.i18n import _
from dashboard.shown import in_figure

if TYPE_CHECKING:
    import pandas as pd


def arrivals_by_month(months: pd.DataFrame) -> go.Figure:
    """Draw how many requests arrived each month, stacked by the phase of the project.

    Parameters
    ----------
    months
        ``month_date``, ``phase``, ``requests_count``. The phases take the colours of the palette in their order.
    """
    figure = go.Figure()
    for place, (phase, rows) in enumerate(months.groupby("phase", sort=False)):
        figure.add_bar(
            marker={"color": PALETTE[place % len(PALETTE)]},
            x=rows["month_date"],
            y=rows["requests_count"],
            name=str(phase),
            hovertemplate="%{x|%b %Y}: %{y}<extra>" + in_figure(phase) + "</extra>",
        )
    figure.update_layout(barmode="stack")
    return laid_out(figure, height=340, x_title=_("Month"), y_title=_("Change requests"))


def early_and_late_by(rows: pd.DataFrame, label_column: str) -> go.Figure:
    """Draw early and late requests side by side in one bar for each label.

    Parameters
    ----------
    rows
        ``early_count``, ``late_count`` and the labels; the first row stands on top.
    """
    figure = go.Figure()
    for column, label, colour in (("early_count", _("Earlier"), BLUE), ("late_count", _("Late"), ORANGE)):
        figure.add_bar(
            x=rows[column],
            y=rows[label_column],
            orientation="h",
            name=label,
            marker={"color": colour},
            hovertemplate="%{y}: %{x}<extra>" + in_figure(label) + "</extra>",
        )
    figure.update_layout(barmode="stack")
    laid_out(figure, height=110 + 28 * max(len(rows), 1), x_title=_("Change requests"))
    whole_steps(figure, "x", (rows["early_count"] + rows["late_count"]).max())
    figure.update_yaxes(autorange="reversed")
    return figure


def causes_bars(causes: pd.DataFrame) -> go.Figure:
    """Draw requests by cause, the late ones marked.

    Parameters
    ----------
    causes
        ``cause_text``, ``requests_count``, ``late_count``.
    """
    rows = causes.assign(early_count=causes["requests_count"] - causes["late_count"])
    return early_and_late_by(rows, "cause_text")
