"""Figures on one person's strain: the index by week with its range and what lies ahead, and the strip of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, faded, laid_out, week_ticks
from dashboard.i18n import _

if TYPE_CHECKING:
    import pandas as pd

#: Where WATCH and HIGH may begin.
_LEVEL_LINES: Final = (50, 70)

#: Kinds of days, from rest to work, each with a colour of its own; the letter in the cell says the same.
DAY_COLOURS: Final = {
    "rest": "#DDE1E6",
    "leave": "#B9C0C9",
    "holiday": GREEN,
    "work": SKY,
    "long": ORANGE,
    "weekend_work": PURPLE,
    "missing": "#FFFFFF",
}


def strain_history(weeks: pd.DataFrame, ahead: pd.DataFrame) -> go.Figure:
    """Draw a person's own index by week with its range, and the weeks ahead as a range.

    Parameters
    ----------
    weeks
        ``week_start_date``, ``index``, ``index_low``, ``index_high``, ``level``.
    ahead
        ``week_start_date``, ``index_low``, ``index_mid``, ``index_high``; may be empty.
    """
    figure = go.Figure()
    told = weeks.assign(index=weeks["index"].where(weeks["level"].astype("str").ne("NO DATA")))
    _add_range(figure, weeks, BLUE, _("Range by days not filed"))
    figure.add_scatter(
        x=told["week_start_date"],
        y=told["index"],
        mode="lines",
        name=_("Strain index"),
        line={"color": BLUE, "width": 2},
        hovertemplate="%{y:.0f}<extra>" + _("Strain index") + "</extra>",
    )
    if not ahead.empty:
        _add_range(figure, ahead, ORANGE, _("Outlook, eight of ten"))
        figure.add_scatter(
            x=ahead["week_start_date"],
            y=ahead["index_mid"],
            mode="lines",
            name=_("Outlook"),
            line={"color": ORANGE, "width": 2, "dash": "dot"},
            hovertemplate="%{y:.0f}<extra>" + _("Outlook") + "</extra>",
        )
    for line in _LEVEL_LINES:
        figure.add_hline(y=line, line={"color": GREY, "width": 1, "dash": "dash"})
    figure.update_yaxes(range=[0, 100])
    shown = [*weeks["week_start_date"], *ahead["week_start_date"]]
    figure.update_xaxes(tickangle=0, **week_ticks(shown, 8))
    figure.update_layout(hovermode="x unified")
    return laid_out(figure, height=300, x_title=_("Week beginning"), y_title=_("Strain index, 0 to 100"))


def _add_range(figure: go.Figure, rows: pd.DataFrame, colour: str, name: str) -> None:
    for column, fill in (("index_high", None), ("index_low", "tonexty")):
        figure.add_scatter(
            x=rows["week_start_date"],
            y=rows[column],
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=faded(colour, 0.2),
            name=name,
            showlegend=fill is not None,
            hoverinfo="skip",
        )


def day_strip(days: pd.DataFrame) -> go.Figure:
    """Draw a person's days as weeks of seven: work, rest, leave, nights away, days not filed.

    Parameters
    ----------
    days
        ``week_start_date``, ``weekday_name``, ``day_kind`` (a key of ``DAY_COLOURS``), ``cell_text``, ``hover_text``,
        ``is_night_away``; weekdays in their order.
    """
    figure = go.Figure()
    names = list(dict.fromkeys(days["weekday_name"]))
    kinds = list(DAY_COLOURS)
    cells = days.assign(number=days["day_kind"].map({kind: place for place, kind in enumerate(kinds)}))
    by_week = {
        column: cells.pivot_table(
            index="weekday_name", columns="week_start_date", values=column, aggfunc="first", sort=False
        ).reindex(names)
        for column in ("number", "cell_text", "hover_text")
    }
    weeks = by_week["number"].columns
    count = len(kinds)
    figure.add_heatmap(
        x=weeks,
        y=names,
        z=by_week["number"].to_numpy(),
        text=by_week["cell_text"].to_numpy(),
        customdata=by_week["hover_text"].to_numpy(),
        texttemplate="%{text}",
        hovertemplate="%{customdata}<extra></extra>",
        zmin=-0.5,
        zmax=count - 0.5,
        colorscale=[
            (edge / count, colour) for place, colour in enumerate(DAY_COLOURS.values()) for edge in (place, place + 1)
        ],
        showscale=False,
        xgap=2,
        ygap=2,
    )
    for kind, symbol, colour in (("missing", "line-ne", GREY), ("away", "circle-open", "#222222")):
        own = cells.loc[cells["is_night_away"] if kind == "away" else cells["day_kind"].eq(kind)]
        if not own.empty:
            figure.add_scatter(
                x=own["week_start_date"],
                y=own["weekday_name"],
                mode="markers",
                marker={"symbol": symbol, "size": 18, "line": {"width": 1.5, "color": colour}, "color": colour},
                hoverinfo="skip",
                showlegend=False,
            )
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, tickvals=names)
    figure.update_xaxes(showgrid=False, tickangle=0, **week_ticks(days["week_start_date"]))
    return laid_out(figure, height=260, x_title=_("Week beginning"), has_legend=False)
