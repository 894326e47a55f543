"""Pieces of a page that several pages put on the screen in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.rows import RowsView, rows_view
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import plotly.graph_objects as go
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.load import Context

Result = TypeVar("Result")

_PART_KEY = "golive_part_of_data"
_OPEN_PAGE_KEY = "golive_open_page"

#: Figures stand still: no zoom by accident when a finger scrolls over them.
_FIGURE_CONFIG = {"displayModeBar": False, "scrollZoom": False}


def heading(title: str, context: Context, explanation: str) -> None:
    """Show the page's title and the day whose knowledge it shows."""
    st.title(title)
    st.caption(f"{explanation} {_('As known on {day}.').format(day=words.date_text(context.as_of_date))}")
    if context.is_replay:
        st.info(
            _("You are looking at the past: at what was known on {day}. The newest day is {latest}.").format(
                day=words.date_text(context.as_of_date), latest=words.date_text(context.latest_date)
            ),
            icon=":material/history:",
        )


def metrics(figures: list[tuple[str, str, str]]) -> None:
    """Show headline figures side by side, each with a remark below; they wrap on a narrow screen."""
    with st.grid(3 if len(figures) in {3, 5, 6} else len(figures) or 1, min_column_width=165, gap="small"):
        for label, value, remark in figures:
            st.metric(
                label,
                value,
                delta=remark or None,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def figure(chart: go.Figure, *, key: str, alt: str) -> None:
    """Show a figure with the words that stand for it where it can't be seen."""
    st.plotly_chart(chart, key=key, alt=alt, config=_FIGURE_CONFIG)


def table(rows: pd.DataFrame, *, alt: str, empty: str, pinned: str = "") -> None:
    """Show a worded table, or say why there is none; one column may stay in sight while the rest scrolls."""
    if rows.empty:
        st.caption(empty)
        return
    pins = {pinned: st.column_config.TextColumn(pinned=True)} if pinned else None
    st.dataframe(rows, hide_index=True, alt=alt, column_config=pins)


def rows_behind(key: str, load_rows: Callable[[], pd.DataFrame], file_name: str, *, label: str = "") -> None:
    """Offer the source rows behind a figure, with file and line; they are read only when asked for."""
    title = label or _("Rows behind this")
    with st.expander(title, icon=":material/search:", key=f"open_{key}", on_change="rerun") as opened:
        if opened.open:
            source_rows(rows_view(load_rows(), file_name), key=key)


def source_rows(view: RowsView, *, key: str) -> None:
    """Show source rows and let the reader take them along."""
    if view.is_empty:
        st.caption(_("There are no rows."))
        return
    st.caption(view.summary_text)
    st.dataframe(view.shown, hide_index=True, alt=_("Source rows with file and line"))
    st.download_button(
        _("Download as CSV"),
        view.csv,
        file_name=view.file_name,
        mime="text/csv",
        key=f"download_{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands: names come from outside."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>$:#~" else sign for sign in text)


def with_progress(work: Callable[[Callable[[str, float], None]], Result]) -> Result | None:
    """Do what takes long under a bar; what goes wrong is said in words, and nothing is returned."""
    bar = st.progress(0.0, text=_("Working …"))
    try:
        return work(lambda words, share: _advance(bar, words, share))
    except GoliveError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return None
    finally:
        bar.empty()


def _advance(bar: DeltaGenerator, words: str, share: float) -> None:
    bar.progress(min(max(share, 0.0), 1.0), text=plain(words))


def open_part(part: str, **more: object) -> None:
    """Open a part of the page on the data; ``more`` are values of widgets on it, by their keys.

    A switch to the page that is open already would clear its address, which Streamlit refuses where widgets are
    bound to it: there the widgets are set and the page runs again.
    """
    st.session_state[_PART_KEY] = {"part": part, **more}
    if st.session_state.get(_OPEN_PAGE_KEY) == "data":
        st.rerun()
    st.switch_page("app_pages/data.py", query_params={})


def note_open_page(path: str) -> None:
    """Remember which page runs; called by the app before it."""
    st.session_state[_OPEN_PAGE_KEY] = path


def take_opened_part() -> None:
    """Set the widgets as :func:`open_part` wished; called before they are drawn."""
    for key, value in st.session_state.pop(_PART_KEY, {}).items():
        st.session_state[key] = value
