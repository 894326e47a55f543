"""Pieces of a page that several pages put on the screen in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from dashboard import address, shown
from dashboard.answers.results import missing_results
from dashboard.i18n import _
from dashboard.parts import pressing
from dashboard.parts.downloads import downloads
from dashboard.views import words
from dashboard.views.columns import Column, shown_rows
from dashboard.views.links import alike
from dashboard.views.opening import openings
from dashboard.views.prose import markdown_table
from dashboard.views.reporting import replay_sentence, reporting_sentence
from dashboard.views.rows import RowsView, rows_view
from dashboard.views.typed import in_styled_cells
from dashboard.views.words import step_words
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    import plotly.graph_objects as go
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.answers.days import Context
    from dashboard.answers.viewers import Viewer

Result = TypeVar("Result")

_TOLD_KEY = "golive_told"

#: A table shows so many rows before it scrolls; the heights are Streamlit's own.
_SHOWN_ROWS = 10
_ROW_HEIGHT = 33
_FRAME_HEIGHT = 3
#: Label, value and remark with their border.
_CARD_HEIGHT = 112

#: Figures stand still: no zoom by accident when a finger scrolls over them. The one button that appears above them
#: makes a picture in the reader's own browser.
_FIGURE_CONFIG = {
    "displayModeBar": "hover",
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "scrollZoom": False,
}
#: Twice as fine as the screen: sharp on a slide.
_PICTURE_SCALE = 2


def heading(title: str, context: Context, explanation: str) -> None:
    """Show the page's title, the day whose knowledge it shows, and the week that it speaks of."""
    st.title(plain(title))
    known = _("As known on {day}.").format(day=words.date_text(context.as_of_date))
    st.caption(f"{plain(explanation)} {known} {plain(reporting_sentence(context.reporting))}")
    address.place_for_problems()
    if context.is_replay:
        st.info(plain(replay_sentence(context.as_of_date, context.latest_date)), icon=":material/history:")
    elif missing := missing_results(context.file):
        st.warning(
            plain(words.missing_results_sentence([(one.what, one.why) for one in missing])), icon=":material/report:"
        )


def metrics(figures: list[tuple[str, str, str]]) -> None:
    """Show headline figures side by side, each with a remark below; they wrap on a narrow screen."""
    with st.grid(3 if len(figures) in {3, 5, 6, 7, 9} else len(figures) or 1, min_column_width=165, gap="small"):
        for label, value, remark in figures:
            with st.container(height=_CARD_HEIGHT, border=False):
                st.metric(
                    plain(label),
                    plain(value),
                    delta=plain(remark) or None,
                    delta_color="off",
                    delta_arrow="off",
                    border=True,
                    height="stretch",
                )


def figure(chart: go.Figure, *, key: str, alt: str) -> None:
    """Show a figure with the words that stand for it where it can't be seen."""
    picture = {"format": "png", "scale": _PICTURE_SCALE, "filename": shown.in_file_name(key)}
    config = {**_FIGURE_CONFIG, "toImageButtonOptions": picture}
    with st.container(height=int(chart.layout.height or 450), border=False):
        st.plotly_chart(shown.as_drawn(chart), key=key, alt=alt, config=config)


def table(rows: pd.DataFrame, *, alt: str, empty: str, pinned: str = "", name: str = "") -> None:
    """Show a worded table, or say why there is none; one column may stay in sight while the rest scrolls.

    ``empty`` is a text of our own that may hold markup, as a command in code marks. A table with a ``name`` can be
    taken along in a file of that name. Names that lead somewhere (:mod:`dashboard.views.opening`) open it.
    """
    if rows.empty:
        st.caption(empty)
        return
    pins = {pinned: st.column_config.TextColumn(pinned=True)} if pinned else None
    height = _table_height(len(rows))
    has_links = bool(openings(rows))
    key = f"links_{name or alt}"
    with st.container(height=height, border=False):
        event: Any = st.dataframe(
            in_styled_cells(rows, pressing.as_links(rows)),
            hide_index=True,
            alt=alt,
            column_config=pins,
            placeholder=words.none_text(),
            height=height,
            key=key if has_links else None,
            on_select="rerun" if has_links else "ignore",
            selection_mode="single-cell",
        )
    if name:
        downloads(rows, key=f"table_{name}", name=name, about=_about(alt))
    if has_links:
        pressing.follow(rows, event.selection.cells, key=key)


def _about(alt: str) -> dict[str, str]:
    """Return what the first sheet of a download says: which table, and as known when."""
    from dashboard.session import context  # noqa: PLC0415 - as below

    day = words.date_text(context().as_of_date)
    return {_("Table"): alt, _("As known on"): day}


def prose_table(rows: pd.DataFrame, *, empty: str = "") -> None:
    """Show a table of sentences, whose cells wrap, or say why there is none."""
    if rows.empty:
        st.caption(empty)
        return
    st.markdown(markdown_table(rows))


def entries(rows: Sequence[tuple[str, str, str]], *, empty: str = "") -> None:
    """Show a list of entries, each a title with a remark behind it and a sentence below; it fits every width."""
    if not rows:
        st.caption(empty)
        return
    for title, remark_behind, text in rows:
        st.markdown(f"**{plain(title)}** · {plain(remark_behind)}  \n{plain(text)}")


def rows_behind(key: str, load_rows: Callable[[], pd.DataFrame], file_name: str, *, label: str = "") -> None:
    """Offer the source rows behind a figure, with file and line; they are read only when asked for."""
    title = label or _("Rows behind this")
    with st.expander(plain(title), icon=":material/search:", key=f"open_{key}", on_change="rerun") as opened:
        if opened.open:
            source_rows(rows_view(load_rows(), file_name), key=key, names=_names())


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of people and projects by id, as far as the viewer may see them."""
    from dashboard.answers.anomalies import names  # noqa: PLC0415 - only where rows are opened
    from dashboard.session import context  # noqa: PLC0415 - as above

    found = context()
    return names(found.file, found.viewer)


def source_rows(view: RowsView, *, key: str, names: tuple[dict[str, str], dict[str, str]]) -> None:
    """Show source rows and let the reader take them along."""
    if view.is_empty:
        st.caption(_("There are no rows."))
        return
    st.caption(plain(view.summary_text))
    rows, columns = shown_rows(view.shown, *names)
    if any(column.kind == "moment" for column in columns.values()):
        st.caption(_("Times are shown in the zone {zone}.").format(zone=plain(st.context.timezone or "UTC")))
    config = {name: _column(column) for name, column in columns.items()}
    height = _table_height(len(rows))
    with st.container(height=height, border=False):
        st.dataframe(
            shown.in_cells(rows),
            hide_index=True,
            alt=_("Source rows with file and line"),
            column_config=config,
            placeholder=words.none_text(),
            height=height,
        )
    st.download_button(
        _("Download as CSV"),
        view.csv,
        file_name=shown.in_file_name(view.file_name),
        mime="text/csv",
        key=f"download_{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def _column(column: Column) -> Any:
    """Return how Streamlit draws a column: days and moments as people write them, numbers as numbers."""
    made = st.column_config
    if column.kind == "day":
        return made.DateColumn(column.head, format="D MMM YYYY")
    if column.kind == "moment":
        return made.DatetimeColumn(column.head, format="D MMM YYYY, HH:mm", timezone=st.context.timezone or "UTC")
    if column.kind == "text":
        return made.TextColumn(column.head)
    formats = {"hours": "%.2f", "number": "%.2f", "whole": "%d", "share": "%.0f %%"}
    return made.NumberColumn(column.head, format=formats[column.kind])


def _table_height(rows_count: int) -> int:
    """Return how high a table is, known before it is drawn: what stands below it does not move when it comes."""
    return _ROW_HEIGHT * (1 + min(max(rows_count, 1), _SHOWN_ROWS)) + _FRAME_HEIGHT


def plain(text: str) -> str:
    """Return text that Markdown shows as it stands: names come from outside."""
    return shown.in_markdown(text)


def sentence(text: str) -> None:
    """Show a sentence that holds no markup, with the names in it as they stand."""
    st.text(shown.in_text(text))


def remark(text: str) -> None:
    """Show a remark in small letters, where there is one."""
    if text:
        st.caption(plain(text))


def doubt(text: str) -> None:
    """Say what makes the figures here doubtful, where something does."""
    if text:
        st.warning(plain(text), icon=":material/report:")


def with_progress(work: Callable[[Callable[[str, float], None]], Result]) -> Result | None:
    """Do what takes long under a bar; what goes wrong is said in words, and nothing is returned."""
    bar = st.progress(0.0, text=_("Working …"))
    try:
        return work(lambda step, share: _advance(bar, step_words(step), share))
    except GoliveError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return None
    finally:
        bar.empty()


def tried(work: Callable[[], Result]) -> Result | None:
    """Do what is quick; what goes wrong is said in words, and nothing is returned."""
    try:
        return work()
    except GoliveError as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return None


def tell_next(text: str) -> None:
    """Say something in the next run of the page, where :func:`told` stands."""
    st.session_state[_TOLD_KEY] = text


def told() -> None:
    """Show what the run before wanted to be said."""
    text = st.session_state.pop(_TOLD_KEY, "")
    if text:
        st.success(plain(text), icon=":material/check:")


def _advance(bar: DeltaGenerator, words: str, share: float) -> None:
    bar.progress(min(max(share, 0.0), 1.0), text=plain(words))


def open_part(part: str, **more: object) -> None:
    """Open a part of the page on the data; ``more`` are values of widgets on it, by their keys."""
    address.go("app_pages/data.py", part=part, **more)


def empty_home(viewer: Viewer) -> None:
    """Say what can be done where nothing was imported yet, and let the reader bring files."""
    from dashboard.show_intake import show_intake  # noqa: PLC0415 - most sessions open on a home with data

    st.title("Golive")
    address.place_for_problems()
    st.info(
        _(
            "Bring your own files here, import whole folders with `golive import FOLDER`, "
            "or see a made-up company with `golive demo`."
        ),
        title=_("Nothing is imported yet"),
        icon=":material/inbox:",
    )
    show_intake(viewer)


def no_such(what: str, asked: str, labels: dict[str, str], *, key: str) -> None:
    """Say that the address asks for something that there is not, propose what is most like it, and end the page."""
    address.hold()
    st.warning(plain(what.format(asked=asked)), icon=":material/search_off:")
    proposals = alike(asked, labels)
    if proposals:
        st.caption(_("Did you mean one of these? Or search in the list above."))
    with st.container(horizontal=True):
        for one in proposals:
            st.button(plain(labels[one]), key=f"{key}_like_{one}", on_click=address.choose, args=(key, one))
    st.stop()
