"""Where a project is heading: how much is earned so far, and when the rest may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREY, ORANGE, faded, laid_out
from dashboard.i18n import _
from dashboard.shown import in_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Names of marks stand in rows above the line: neighbours that lie closer than so much of the axis in different ones.
_NAME_SHARE: Final = 0.32
_LEAST_ROWS: Final = 2
_FIRST_ROW: Final = 16
_ROW: Final = 17
_HEIGHT: Final = 330


def heading(
    weeks: pd.DataFrame, forecast: pd.Series[Any], marks: Sequence[tuple[pd.Timestamp, str, str]], today: pd.Timestamp
) -> go.Figure:
    """Draw the share of the scope that is earned, and the range in which the rest will be.

    The lines from today to the finishes are straight: between today and the finish the forecast says nothing.

    Parameters
    ----------
    weeks
        ``week_start_date``, ``earned_ratio``, ``planned_ratio``: shares of the scope, by week.
    forecast
        ``finish_p10_date`` … ``finish_p90_date``.
    marks
        Day, name and symbol of what stands at the end of the work: promised, planned and forecast days.
    """
    figure = go.Figure()
    earned = weeks.dropna(subset=["earned_ratio"])
    last = earned.iloc[-1]
    # The newest week ends after the day that is shown.
    days = earned["week_start_date"].add(pd.Timedelta(days=6)).where(lambda ends: ends <= today, today)
    begin = (days.iloc[-1], 100 * float(last["earned_ratio"]))
    for low, high, label, strength in (
        ("finish_p10_date", "finish_p90_date", _("8 of 10 outcomes (P10 to P90)"), 0.22),
        ("finish_p50_date", "finish_p80_date", _("P50 to P80"), 0.45),
    ):
        figure.add_scatter(
            x=[begin[0], forecast[low], forecast[high], begin[0]],
            y=[begin[1], 100, 100, begin[1]],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=faded(BLUE, strength),
            name=label,
            hoverinfo="skip",
        )
    _add_planned(figure, weeks)
    figure.add_scatter(
        x=days,
        y=100 * earned["earned_ratio"],
        mode="lines",
        name=_("Earned"),
        line={"color": BLUE, "width": 3},
        hovertemplate="%{x|%d %b %Y}: %{y:.0f} %<extra>" + in_figure(_("Earned")) + "</extra>",
    )
    marks = sorted(marks, key=lambda mark: mark[0])
    rows = _rows_of([day for day, _name, _symbol in marks], days.iloc[0])
    _add_marks(figure, marks, rows)
    laid_out(figure, height=_HEIGHT, y_title=_("Share of the scope, %"))
    figure.update_yaxes(range=[0, 104], tickvals=[0, 25, 50, 75, 100])
    figure.update_layout(
        margin={"t": 28 + _FIRST_ROW + _ROW * (max([_LEAST_ROWS - 1, *rows]) + 1), "b": 62},
        legend={"y": -0.16, "yanchor": "top"},
    )
    return figure


def _add_planned(figure: go.Figure, weeks: pd.DataFrame) -> None:
    planned = weeks.dropna(subset=["planned_ratio"])
    if planned.empty:
        return
    figure.add_scatter(
        x=planned["week_start_date"],
        y=100 * planned["planned_ratio"],
        mode="lines",
        name=_("Planned"),
        line={"color": GREY, "width": 2, "dash": "dash"},
        hovertemplate="%{x|%d %b %Y}: %{y:.0f} %<extra>" + in_figure(_("Planned")) + "</extra>",
    )


def _rows_of(days: Sequence[pd.Timestamp], begin: pd.Timestamp) -> list[int]:
    """Return in which row the name of each day stands, the lowest where none is near."""
    gap = _NAME_SHARE * (max(days, default=begin) - begin)
    last_days: list[pd.Timestamp] = []
    rows = []
    for day in days:
        free = next((row for row, last in enumerate(last_days) if day - last >= gap), len(last_days))
        last_days[free : free + 1] = [day]
        rows.append(free)
    return rows


def _add_marks(figure: go.Figure, marks: Sequence[tuple[pd.Timestamp, str, str]], rows: Sequence[int]) -> None:
    """Put each day on the line of all work, its name above it; neighbours stand in different rows."""
    for (day, name, symbol), row in zip(marks, rows, strict=True):
        colour = BLUE if symbol == "circle" else ORANGE
        figure.add_scatter(
            x=[day],
            y=[100],
            mode="markers",
            marker={"symbol": symbol, "size": 11, "color": colour, "line": {"color": "white", "width": 1}},
            cliponaxis=False,
            showlegend=False,
            hovertemplate="%{x|%d %b %Y}<extra>" + in_figure(name) + "</extra>",
        )
        figure.add_annotation(
            x=day,
            y=100,
            text=in_figure(name),
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=GREY,
            ax=0,
            ay=-(_FIRST_ROW + _ROW * row),
            font={"size": 12},
            xanchor="center",
        )
