"""The time line of the portfolio: one row per project, its range against its plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.palette import BLUE, GREY, ORANGE, faded, laid_out
from dashboard.i18n import _
from dashboard.shown import in_figure
from dashboard.views import words

_ROW_HEIGHT = 30
_NAME_LENGTH = 28
#: The time line reaches so many times as far as three quarters of the ranges do.
_SHOWN_BEYOND_USUAL = 1.6


def portfolio_timeline(rows: pd.DataFrame, as_of_date: Any) -> go.Figure:
    """Draw, for each project, the range from P10 to P90, P50 to P80, the P50 and the committed date.

    Parameters
    ----------
    rows
        Ranked; ``project_name``, ``finish_p10_date`` … ``finish_p90_date``, ``committed_date``, ``before_date``
        (the P50 of a week ago) and the wordings of ``views.forecast.with_words``. The first row stands on top.
    """
    names = _unique_names(rows)
    figure = go.Figure()
    wide = _("8 of 10 outcomes (P10 to P90)")
    spans = rows.assign(name=names)
    _add_range(figure, spans, ("finish_p10_date", "finish_p90_date"), name=wide, colour=faded(BLUE, 0.42), width=6)
    _add_range(figure, spans, ("finish_p50_date", "finish_p80_date"), name=_("P50 to P80"), colour=BLUE, width=10)
    hover = [
        "<br>".join(in_figure(text) for text in texts)
        for texts in zip(rows["project_name"], rows["lateness_text"], rows["slip_p50_text"], strict=True)
    ]
    figure.add_scatter(
        x=rows["finish_p50_date"],
        y=names,
        mode="markers",
        name=_("Median finish (P50)"),
        marker={"color": BLUE, "size": 11, "line": {"color": "white", "width": 1.5}},
        text=hover,
        hovertemplate="%{text}<br>%{x|%d %b %Y}<extra></extra>",
    )
    if "before_date" in rows and rows["before_date"].notna().any():
        figure.add_scatter(
            x=rows["before_date"],
            y=names,
            mode="markers",
            name=_("Median finish a week ago"),
            marker={"color": "rgba(0,0,0,0)", "size": 11, "line": {"color": GREY, "width": 1.5}},
            hovertemplate=_("Median finish a week ago") + ": %{x|%d %b %Y}<extra>%{y}</extra>",
        )
    figure.add_scatter(
        x=rows["committed_date"],
        y=names,
        mode="markers",
        name=_("Committed date"),
        marker={"color": ORANGE, "size": 11, "symbol": "diamond"},
        hovertemplate=_("Committed date") + ": %{x|%d %b %Y}<extra>%{y}</extra>",
    )
    figure.add_vline(x=pd.Timestamp(as_of_date), line={"color": GREY, "dash": "dot", "width": 1.5})
    height = 150 + _ROW_HEIGHT * max(len(rows), 1)
    bounds = _shown_dates(rows, pd.Timestamp(as_of_date))
    is_cut = bounds is not None and bool((rows["finish_p90_date"] > bounds[1]).any())
    title = _("Finish (longer ranges go on beyond the edge)") if is_cut else _("Finish")
    if bounds is not None and _held_at_the_edge(figure, bounds):
        title = _("Finish (arrows: the date lies beyond the edge)")
    laid_out(figure, height=height, x_title=title)
    if bounds is not None:
        figure.update_xaxes(range=list(bounds))
    # A legend that wraps reaches into the figure: the first row stands clear of it.
    figure.update_yaxes(range=[len(names) - 0.4, -1.4], title_text="", showgrid=True, tickmode="array", tickvals=names)
    return figure


def _held_at_the_edge(figure: go.Figure, bounds: tuple[pd.Timestamp, pd.Timestamp]) -> bool:
    """Draw what lies beyond the axis at its edge, as an arrow that still names its date; tell whether there is any."""
    first, last = bounds
    inset = (last - first) * 0.012
    has_any = False
    for trace in figure.data:
        if trace.mode != "markers":
            continue
        days = pd.to_datetime(pd.Series(trace.x))
        is_early, is_late = days.lt(first), days.gt(last)
        if not (is_early | is_late).any():
            continue
        has_any = True
        symbol = trace.marker.symbol or "circle"
        arrows = is_late.map({True: "triangle-right", False: symbol}).mask(is_early, "triangle-left")
        trace.customdata = [words.date_text(day) for day in days]
        trace.x = days.mask(is_early, first + inset).mask(is_late, last - inset)
        trace.marker.symbol = arrows.tolist()
        trace.marker.size = [14 if beyond else 11 for beyond in is_early | is_late]
        trace.hovertemplate = trace.hovertemplate.replace("%{x|%d %b %Y}", "%{customdata}")
    return has_any


def _shown_dates(rows: pd.DataFrame, as_of_date: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the dates between which the time line is drawn, so that one very wide range does not crush the others."""
    ends = rows["finish_p90_date"].dropna()
    if ends.empty:
        return None
    firsts = [as_of_date, rows["finish_p10_date"].min(), rows["committed_date"].min()]
    first = min(day for day in firsts if pd.notna(day))
    usual = _at_share(ends, 0.75)
    far = as_of_date + (usual - as_of_date) * _SHOWN_BEYOND_USUAL
    last = max(min(ends.max(), far), _at_share(rows["finish_p50_date"].dropna(), 0.9))
    margin = (last - first) * 0.03
    return max(first, as_of_date - (last - as_of_date) * 0.5) - margin, last + margin


def _at_share(days: pd.Series[pd.Timestamp], share: float) -> pd.Timestamp:
    """Return the day by which so large a share of the days has come."""
    return days.sort_values(ignore_index=True).iloc[round(share * (len(days) - 1))]


def _unique_names(rows: pd.DataFrame) -> list[str]:
    """Return names short enough for a narrow screen; two projects of one name stay two rows."""
    short = [words.shortened(str(name), _NAME_LENGTH) for name in rows["project_name"]]
    return [
        f"{name} ({project_id})" if short.count(name) > 1 else name
        for name, project_id in zip(short, rows["project_id"], strict=True)
    ]


def _add_range(
    figure: go.Figure, spans: pd.DataFrame, ends: tuple[str, str], *, name: str, colour: str, width: int
) -> None:
    """Add one bar per project as a single trace: start, end, gap, start, end, gap and so on."""
    starts, stops = spans[ends[0]].tolist(), spans[ends[1]].tolist()
    figure.add_scatter(
        x=[value for start, stop in zip(starts, stops, strict=True) for value in (start, stop, None)],
        y=[value for row in spans["name"] for value in (row, row, None)],
        mode="lines",
        name=name,
        line={"color": colour, "width": width},
        hoverinfo="skip",
        connectgaps=False,
    )
