"""Figures on people: the heat-map of load and one person's weeks."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILLION, laid_out
from dashboard.i18n import _

#: Load in percent up to which a colour stands. The number itself is written in each cell.
LOAD_STEPS: Final = (75, 110, 120, 140)
_LOAD_COLOURS: Final = ("#D5E6F1", "#56B4E9", "#F2C45A", ORANGE, VERMILLION)

#: Weeks that have no load: each state in a colour of its own.
_STATE_COLOURS: Final = {
    "missing": (PURPLE,),
    "on_leave": ("#B9C0C9",),
    "no_workdays": ("#DDE1E6",),
    "no_load": ("#8FA3B5",),
}


def load_heatmap(cells: pd.DataFrame) -> go.Figure:
    """Draw load by person and week; weeks without a load show why.

    Parameters
    ----------
    cells
        ``row_name``, ``week_start_date``, ``cell_state`` (``load``, ``missing``, ``on_leave``, ``no_workdays``,
        ``no_load``), ``load_percent``, ``cell_text``, ``hover_text``; in the order in which people are listed.
    """
    figure = go.Figure()
    band = sum(cells["load_percent"].ge(step).astype("int64") for step in LOAD_STEPS)
    names = list(dict.fromkeys(cells["row_name"]))
    grid = cells.assign(state_value=0.0, load_band=band).set_index(["row_name", "week_start_date"])
    weeks = [pd.Timestamp(week) for week in sorted(cells["week_start_date"].unique())]
    for state, colours in {"load": _LOAD_COLOURS, **_STATE_COLOURS}.items():
        own = grid.loc[grid["cell_state"] == state]
        if own.empty:
            continue
        figure.add_heatmap(
            x=weeks,
            y=names,
            z=_matrix(own, "load_band" if state == "load" else "state_value", names, weeks),
            text=_matrix(own, "cell_text", names, weeks, empty=""),
            customdata=_matrix(own, "hover_text", names, weeks, empty=""),
            texttemplate="%{text}",
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
            zmin=-0.5,
            zmax=len(colours) - 0.5,
            colorscale=_stepped(colours),
            showscale=state == "load",
            colorbar=_load_legend(),
            xgap=1,
            ygap=2,
        )
    laid_out(figure, height=130 + 24 * max(len(names), 1), x_title=_("Week beginning"), has_legend=False)
    figure.update_layout(margin={"t": 40})
    figure.update_xaxes(showgrid=False, tickangle=0, **_week_ticks(weeks))
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, tickvals=names)
    return figure


def _stepped(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """Return a scale of equal bands without blending: a blend of blue and orange would be a third colour."""
    count = len(colours)
    return [(edge / count, colour) for place, colour in enumerate(colours) for edge in (place, place + 1)]


def _load_legend() -> dict[str, object]:
    """Return the legend of the bands, above the figure so that it takes no width on a narrow screen."""
    first, *_between, last = LOAD_STEPS
    spans = [f"{low}–{high}" for low, high in pairwise(LOAD_STEPS)]
    labels = [_("under {load}").format(load=first), *spans, _("over {load}").format(load=last)]
    return {
        "orientation": "h",
        "title": {"text": _("Load, % of the hours expected"), "side": "top"},
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "thickness": 8,
        "len": 1.0,
        "x": 0.5,
        "y": 1.0,
        "yanchor": "bottom",
    }


def _week_ticks(weeks: list[pd.Timestamp]) -> dict[str, object]:
    """Name at most six Mondays, the first one and the first of a year with the year."""
    named = weeks[:: max(1, -(-len(weeks) // 6))]
    years = [None, *(week.year for week in named)]
    texts = [
        week.strftime("%d %b<br>%Y" if week.year != before else "%d %b")
        for week, before in zip(named, years, strict=False)
    ]
    return {"tickvals": named, "ticktext": texts}


def _matrix(
    cells: pd.DataFrame, column: str, names: list[str], weeks: list[pd.Timestamp], *, empty: object = None
) -> list[list[object]]:
    """Return one column as people by weeks; a cell without a row is empty."""
    values = cells[column].to_dict()
    return [[values.get((name, week), empty) for week in weeks] for name in names]


def person_weeks_bars(weeks: pd.DataFrame) -> go.Figure:
    """Draw one person's hours by week against the hours expected; a missing week is a hatched gap.

    Parameters
    ----------
    weeks
        ``week_start_date``, ``state``, ``worked_hours``, ``onsite_hours``, ``expected_hours``.
    """
    figure = go.Figure()
    elsewhere = weeks["worked_hours"] - weeks["onsite_hours"].fillna(0)
    for hours, label, colour in (
        (weeks["onsite_hours"], _("Worked on site"), ORANGE),
        (elsewhere, _("Worked elsewhere"), BLUE),
    ):
        figure.add_bar(
            x=weeks["week_start_date"],
            y=hours,
            name=label,
            marker={"color": colour},
            hovertemplate="%{y:.1f} h<extra>" + label + "</extra>",
        )
    missing = weeks.loc[weeks["state"] == "missing"]
    if not missing.empty:
        figure.add_bar(
            x=missing["week_start_date"],
            y=missing["expected_hours"].fillna(10),
            name=_("Missing (expected hours)"),
            marker={"color": "rgba(0,0,0,0)", "pattern": {"shape": "/", "fgcolor": GREY}, "line": {"color": GREY}},
            hovertemplate=_("nothing filed") + "<extra></extra>",
        )
    figure.add_scatter(
        x=weeks["week_start_date"],
        y=weeks["expected_hours"],
        mode="lines",
        name=_("Expected"),
        line={"color": GREEN, "width": 2, "shape": "hvh"},
        hovertemplate="%{y:.1f} h<extra>" + _("Expected") + "</extra>",
    )
    figure.update_layout(barmode="stack", hovermode="x unified")
    figure.update_xaxes(tickangle=0, **_week_ticks([pd.Timestamp(week) for week in weeks["week_start_date"]]))
    return laid_out(figure, height=320, x_title=_("Week beginning"), y_title=_("Hours a week"))
