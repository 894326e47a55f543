"""Figures on people: the heat-map of load and one person's weeks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, VERMILLION, laid_out, week_ticks
from dashboard.i18n import _
from dashboard.shown import in_figure

#: Load in percent up to which a colour stands. The number itself is written in each cell.
LOAD_STEPS: Final = (75, 110, 120, 140)
_LOAD_COLOURS: Final = ("#D5E6F1", "#56B4E9", "#F2C45A", ORANGE, VERMILLION)

#: Missing weeks are hatched: strokes of this colour, so many days off the middle of the cell.
_HATCHING: Final = "#8A3D68"
_STROKES_DAYS: Final = (-2, 0, 2)

#: Weeks that have no load: each state in a colour of its own.
_STATE_COLOURS: Final = {
    "missing": ("#EDD0E0",),  # opaque: the sign in it is read on the dark page, too
    "on_leave": ("#B9C0C9",),
    "no_workdays": ("#DDE1E6",),
    "no_load": ("#8FA3B5",),
}


@dataclass(frozen=True)
class _Scale:
    """How a measure becomes a colour: its column, the steps between bands, their colours, and its name."""

    column: str
    steps: tuple[int, ...]
    colours: tuple[str, ...]


_LOAD: Final = _Scale("load_percent", LOAD_STEPS, _LOAD_COLOURS)

#: Nights of a week up to which a colour stands, and the index at which a level may begin.
_NIGHTS: Final = _Scale("nights_count", (1, 3, 5, 7), _LOAD_COLOURS)
_STRAIN: Final = _Scale("index", (25, 40, 50, 70), _LOAD_COLOURS)


def load_heatmap(cells: pd.DataFrame) -> go.Figure:
    """Draw load by person and week; weeks without a load show why, missing ones are hatched.

    Parameters
    ----------
    cells
        ``row_name``, ``week_start_date``, ``cell_state`` (``load``, ``missing``, ``on_leave``, ``no_workdays``,
        ``no_load``), ``load_percent``, ``cell_text``, ``hover_text``; in the order in which people are listed.
    """
    return _heatmap(cells, _LOAD, _("Load, % of the hours expected"))


def nights_heatmap(cells: pd.DataFrame) -> go.Figure:
    """Draw nights away by person and week: ``nights_count`` instead of the load."""
    return _heatmap(cells, _NIGHTS, _("Nights away in the week"))


def strain_heatmap(cells: pd.DataFrame) -> go.Figure:
    """Draw the strain index by person and week: ``index`` instead of the load."""
    return _heatmap(cells, _STRAIN, _("Strain index, 0 to 100"))


def _heatmap(cells: pd.DataFrame, scale: _Scale, title: str) -> go.Figure:
    figure = go.Figure()
    band = sum(cells[scale.column].ge(step).astype("int64") for step in scale.steps)
    names = list(dict.fromkeys(cells["row_name"]))
    grid = cells.assign(state_value=0.0, load_band=band).set_index(["row_name", "week_start_date"])
    weeks = [pd.Timestamp(week) for week in sorted(cells["week_start_date"].unique())]
    for state, colours in {"load": scale.colours, **_STATE_COLOURS}.items():
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
            colorbar=_legend(scale.steps, title),
            xgap=1,
            ygap=2,
        )
    _add_hatching(figure, cells)
    laid_out(figure, height=130 + 24 * max(len(names), 1), x_title=_("Week beginning"), has_legend=False)
    figure.update_layout(margin={"t": 40})
    figure.update_xaxes(showgrid=False, tickangle=0, **week_ticks(weeks))
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, tickvals=names)
    return figure


def _add_hatching(figure: go.Figure, cells: pd.DataFrame) -> None:
    """Hatch the weeks that are missing: strokes are seen without colours, too."""
    missing = cells.loc[cells["cell_state"] == "missing"]
    if missing.empty:
        return
    strokes = [missing["week_start_date"] + pd.Timedelta(days=days) for days in _STROKES_DAYS]
    figure.add_scatter(
        x=pd.concat(strokes),
        y=pd.concat([missing["row_name"]] * len(strokes)),
        mode="markers",
        marker={"symbol": "line-ne", "size": 14, "line": {"width": 1.5, "color": _HATCHING}},
        hoverinfo="skip",
        showlegend=False,
    )


def _stepped(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    """Return a scale of equal bands without blending: a blend of blue and orange would be a third colour."""
    count = len(colours)
    return [(edge / count, colour) for place, colour in enumerate(colours) for edge in (place, place + 1)]


def _legend(steps: tuple[int, ...], title: str) -> dict[str, object]:
    """Return the legend of the bands, above the figure so that it takes no width on a narrow screen."""
    first, *_between, last = steps
    spans = [f"{low}–{high}" for low, high in pairwise(steps)]
    labels = [_("under {load}").format(load=first), *spans, _("from {load} on").format(load=last)]
    return {
        "orientation": "h",
        "title": {"text": title, "side": "top"},
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "thickness": 8,
        "len": 1.0,
        "x": 0.5,
        "y": 1.0,
        "yanchor": "bottom",
    }


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
            hovertemplate="%{y:.1f} h<extra>" + in_figure(label) + "</extra>",
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
    figure.update_xaxes(tickangle=0, **week_ticks(weeks["week_start_date"]))
    return laid_out(figure, height=320, x_title=_("Week beginning"), y_title=_("Hours a week"))
