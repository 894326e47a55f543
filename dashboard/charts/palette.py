"""Colours with a meaning, and the layout that all figures share.

The colours are those of Okabe and Ito (2008), which readers with any kind of colour blindness can tell apart.
They are of middle lightness, so that they stand out on the light and on the dark page alike. A colour never
says anything alone: the same thing is written beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    import plotly.graph_objects as go

BLUE: Final = "#0072B2"
ORANGE: Final = "#E69F00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
VERMILLION: Final = "#D55E00"
SKY: Final = "#56B4E9"
GREY: Final = "#999999"

#: Names that lead somewhere, on the light and on the dark page. Streamlit draws columns that stay in sight with two
#: thirds of their colour: these two can be read all the same.
LINK_LIGHT: Final = "#002878"
LINK_DARK: Final = "#A8DCFF"

#: In the order of ``chartCategoricalColors`` in config.toml.
PALETTE: Final = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION, SKY, GREY)


def faded(colour: str, share: float) -> str:
    """Return ``colour`` with ``share`` of its strength, for areas behind a line."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def whole_steps(figure: go.Figure, axis: str, largest: float) -> None:
    """Give an axis of counts whole numbers only: half a request does not exist."""
    if largest <= 6:
        figure.update_layout({f"{axis}axis": {"dtick": 1}})


def week_ticks(weeks: Iterable[Any], most: int = 6) -> dict[str, object]:
    """Name at most so many Mondays, the first one and the first of a year with the year: weeks begin on Monday."""
    days = pd.to_datetime(pd.Series(list(weeks))).dropna()
    mondays = sorted(set(days - pd.to_timedelta(days.dt.day_of_week, unit="D")))
    named = mondays[:: max(1, -(-len(mondays) // most))]
    years = [None, *(week.year for week in named)]
    texts = [
        week.strftime("%d %b<br>%Y" if week.year != before else "%d %b")
        for week, before in zip(named, years, strict=False)
    ]
    return {"tickvals": named, "ticktext": texts}


def laid_out(
    figure: go.Figure, *, height: int, x_title: str = "", y_title: str = "", has_legend: bool = True
) -> go.Figure:
    """Give ``figure`` the margins, legend and axis titles that every figure has."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 28 if has_legend else 8, "b": 8},
        showlegend=has_legend,
        legend={
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.0,
            "xanchor": "left",
            "x": 0,
            "title": None,
            "bgcolor": "rgba(0,0,0,0)",
        },
        hoverlabel={"namelength": -1},
        dragmode=False,
        bargap=0.25,
    )
    figure.update_xaxes(title_text=x_title, automargin=True)
    figure.update_yaxes(title_text=y_title, automargin=True)
    return figure
