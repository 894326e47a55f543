"""Figures on rosters: the board of people and weeks, nights by person, and what change buys."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREY, ORANGE, SKY, laid_out
from dashboard.i18n import _
from dashboard.views.rotation import STATES, state_words

if TYPE_CHECKING:
    import pandas as pd

#: One colour for each state; the words in the cell and the legend below say the same.
_COLOURS: Final = {"home": "#FFFFFF", "leave": "#DDE1E6", "remote": "#CDE6F7", "tentative": SKY, "firm": "#5B667D"}
_ROW_HEIGHT: Final = 28
#: Of a project's name so much fits into a week; a Chinese character takes two places.
_TEXT_WIDTH: Final = 11


def roster_board(rows: pd.DataFrame) -> go.Figure:
    """Draw people × weeks; a frame marks what a proposal changes.

    Parameters
    ----------
    rows
        ``person``, ``week_start_date``, ``state``, ``text``, ``is_moved``.
    """
    people = list(dict.fromkeys(rows["person"]))
    weeks = sorted(set(rows["week_start_date"]))
    # Rows stand by person and week: each person has every week.
    states = rows["state"].to_numpy().reshape(len(people), len(weeks))
    texts = rows["text"].to_numpy().reshape(len(people), len(weeks))
    shown = _short_names(set(texts.ravel().tolist()))
    step = 1 / len(STATES)
    scale = [
        [place, _COLOURS[state]] for n, state in enumerate(STATES) for place in (n * step, min((n + 1) * step, 1.0))
    ]
    words = state_words()
    labels = [week.strftime("%d %b") for week in weeks]
    figure = go.Figure(
        go.Heatmap(
            z=[[STATES.index(state) for state in line] for line in states],
            x=labels,
            y=people,
            text=[[shown[text] for text in line] for line in texts],
            customdata=[
                [f"{words[state]}: {text}" if text else words[state] for state, text in zip(*pair, strict=True)]
                for pair in zip(states, texts, strict=True)
            ],
            texttemplate="%{text}",
            textfont={"size": 10},
            colorscale=scale,
            zmin=-0.5,
            zmax=len(STATES) - 0.5,
            showscale=False,
            xgap=2,
            ygap=3,
            hovertemplate="%{y}, %{x}<br>%{customdata}<extra></extra>",
        )
    )
    column = {week: place for place, week in enumerate(weeks)}
    row = {person: place for place, person in enumerate(people)}
    # All at once: a figure checks all shapes that it has whenever one is added.
    figure.update_layout(
        shapes=[
            _frame(column[week], row[person])
            for person, week in rows.loc[rows["is_moved"], ["person", "week_start_date"]].itertuples(index=False)
        ]
    )
    laid_out(figure, height=90 + _ROW_HEIGHT * len(people), has_legend=False)
    figure.update_yaxes(autorange="reversed", type="category")
    figure.update_xaxes(type="category", side="top")
    return figure


def _frame(x: int, y: int) -> dict[str, Any]:
    line = {"color": BLUE, "width": 2}
    return {"type": "rect", "x0": x - 0.48, "x1": x + 0.48, "y0": y - 0.44, "y1": y + 0.44, "line": line}


def _short_names(texts: set[str]) -> dict[str, str]:
    """Shorten names so that they fit into a cell: at their end, or at their beginning where that is the same."""
    by_short: dict[str, list[str]] = {}
    for text in sorted(texts):
        by_short.setdefault(_first(text, _TEXT_WIDTH), []).append(text)
    found: dict[str, str] = {}
    for short, group in by_short.items():
        same = 0
        if len(group) > 1:
            columns = enumerate(zip(*group, strict=False))
            same = next((place for place, signs in columns if len(set(signs)) > 1), min(map(len, group)))
        found |= {text: f"…{_first(text[same:], _TEXT_WIDTH - 1)}" if same else short for text in group}
    return found


def _first(text: str, most: int) -> str:
    """Return as much of a text as fits, with a mark where something is left out."""
    width = 0
    for place, sign in enumerate(text):
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width > most:
            return f"{text[: max(place - 1, 1)]}…"
    return text


def burden_bars(rows: pd.DataFrame, mean_nights: float) -> go.Figure:
    """Draw nights away by person, present roster and proposal, with the mean.

    Parameters
    ----------
    rows
        ``person``, ``nights_before``, ``nights_after``.
    """
    figure = go.Figure()
    figure.add_bar(x=rows["person"], y=rows["nights_before"], name=_("Present roster"), marker={"color": GREY})
    figure.add_bar(x=rows["person"], y=rows["nights_after"], name=_("Proposal"), marker={"color": BLUE})
    figure.add_hline(y=mean_nights, line={"color": ORANGE, "dash": "dot"}, annotation_text=_("mean"))
    laid_out(figure, height=320, y_title=_("Nights away"))
    figure.update_xaxes(type="category")
    return figure


def change_frontier(points: list[tuple[int, float]]) -> go.Figure:
    """Draw what stays open against the number of people moved in the next four weeks."""
    figure = go.Figure(
        go.Scatter(
            x=[people for people, _open in points],
            y=[left for _people, left in points],
            mode="lines+markers",
            line={"color": BLUE, "width": 2},
            hovertemplate="%{x}: %{y:.1f}<extra></extra>",
        )
    )
    return laid_out(
        figure,
        height=260,
        x_title=_("People who may be moved in the next four weeks"),
        y_title=_("Open person-weeks"),
        has_legend=False,
    )
