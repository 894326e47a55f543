"""Figures of one project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, faded, laid_out, week_ticks, whole_steps
from dashboard.i18n import _
from dashboard.shown import in_figure

if TYPE_CHECKING:
    import pandas as pd


def forecast_fan(fan: pd.DataFrame, *, height: int = 380) -> go.Figure:
    """Draw how the forecast moved: the day of the forecast to the right, the finish upwards.

    Parameters
    ----------
    fan
        ``as_of_date``, ``finish_p10_date`` … ``finish_p90_date``, ``planned_finish_date``,
        ``baseline_finish_date``; one row per week.
    """
    figure = go.Figure()
    bands = (
        ("finish_p10_date", "finish_p90_date", _("8 of 10 outcomes (P10 to P90)"), 0.25),
        ("finish_p50_date", "finish_p80_date", _("P50 to P80"), 0.5),
    )
    for low, high, label, strength in bands:
        figure.add_scatter(
            x=fan["as_of_date"], y=fan[low], mode="lines", line={"width": 0}, showlegend=False, hoverinfo="skip"
        )
        figure.add_scatter(
            x=fan["as_of_date"],
            y=fan[high],
            mode="lines",
            line={"width": 0},
            fill="tonexty",
            fillcolor=faded(BLUE, strength),
            name=label,
            hovertemplate="%{y|%d %b %Y}<extra>" + in_figure(high.removeprefix("finish_")[:3].upper()) + "</extra>",
        )
    _add_line(figure, fan, "finish_p50_date", _("Median finish (P50)"), {"color": BLUE, "width": 3})
    _add_line(figure, fan, "planned_finish_date", _("Current plan"), {"color": ORANGE, "width": 2, "shape": "hv"})
    _add_line(figure, fan, "baseline_finish_date", _("Baseline"), {"color": GREY, "width": 2, "dash": "dash"})
    laid_out(figure, height=height, x_title=_("Forecast made on"), y_title=_("Finish"))
    figure.update_layout(hovermode="x unified")
    return figure


def _add_line(figure: go.Figure, fan: pd.DataFrame, column: str, label: str, line: dict[str, object]) -> None:
    figure.add_scatter(
        x=fan["as_of_date"],
        y=fan[column],
        mode="lines",
        name=label,
        line=line,
        hovertemplate="%{y|%d %b %Y}<extra>" + in_figure(label) + "</extra>",
    )


def hours_lines(hours: pd.DataFrame) -> go.Figure:
    """Draw running totals of earned, booked and planned hours and the scope in force.

    Parameters
    ----------
    hours
        ``week_start_date``, ``earned_hours``, ``booked_hours``, ``planned_hours``, ``scope_hours``.
    """
    figure = go.Figure()
    lines = (
        ("booked_hours", _("Booked"), {"color": ORANGE, "width": 3}),
        ("earned_hours", _("Earned"), {"color": BLUE, "width": 3}),
        ("planned_hours", _("Planned"), {"color": GREEN, "width": 2, "dash": "dash"}),
        ("scope_hours", _("Scope (budget and approved changes)"), {"color": GREY, "width": 2, "dash": "dot"}),
    )
    for column, label, line in lines:
        if hours[column].notna().any():
            figure.add_scatter(
                x=hours["week_start_date"],
                y=hours[column],
                mode="lines",
                name=label,
                line=line,
                hovertemplate="%{y:,.0f} h<extra>" + in_figure(label) + "</extra>",
            )
    laid_out(figure, height=340, x_title=_("Week beginning"), y_title=_("Hours, running total"))
    figure.update_xaxes(tickangle=0, **week_ticks(hours["week_start_date"], 8))
    figure.update_layout(hovermode="x unified")
    return figure


def phase_bars(phases: pd.DataFrame) -> go.Figure:
    """Draw how many change requests arrived in each phase.

    Parameters
    ----------
    phases
        ``phase``, ``requests_count``, ``estimated_hours``; in the order in which the phases first occur.
    """
    figure = go.Figure(
        go.Bar(
            x=phases["requests_count"],
            y=phases["phase"],
            orientation="h",
            marker={"color": BLUE},
            text=phases["requests_count"],
            textposition="auto",
            customdata=phases["estimated_hours"],
            hovertemplate="%{y}: %{x}<br>%{customdata:,.0f} h<extra></extra>",
        )
    )
    laid_out(figure, height=80 + 32 * max(len(phases), 1), x_title=_("Change requests"), has_legend=False)
    figure.update_yaxes(autorange="reversed")
    whole_steps(figure, "x", phases["requests_count"].max())
    return figure
