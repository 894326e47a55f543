"""A table that can be sorted by value, chosen from, and taken along as a workbook or as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import show, shown
from dashboard.i18n import _
from dashboard.views import words
from dashboard.views.rows import csv_bytes
from dashboard.views.typed import in_styled_cells
from dashboard.views.workbooks import workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

ROW_HEIGHT: Final = 36
#: More rows scroll inside the table.
_SHOWN_ROWS: Final = 25
_FRAME_HEIGHT: Final = 4
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen_row(
    rows: pd.DataFrame,
    *,
    key: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
) -> int | None:
    """Show a table of which one row can be opened; return its place when the reader has chosen one.

    Parameters
    ----------
    columns
        How columns are drawn, where the values don't say it; ``None`` hides one.
    order
        Which columns stand there, in this order; all by default.
    """
    height = ROW_HEIGHT * (1 + min(max(len(rows), 1), _SHOWN_ROWS)) + _FRAME_HEIGHT
    with st.container(height=height, border=False):
        event = st.dataframe(
            in_styled_cells(rows),
            hide_index=True,
            placeholder=words.none_text(),
            key=key,
            on_select="rerun",
            selection_mode="single-row",
            row_height=ROW_HEIGHT,
            height=height,
            column_config=dict(columns or {}),
            column_order=list(order) if order is not None else None,
            alt=alt,
        )
    return event.selection.rows[0] if event.selection.rows else None


def downloads(rows: pd.DataFrame, *, key: str, name: str, about: Mapping[str, str]) -> None:
    """Offer a table as a workbook and as CSV; the files are made when somebody asks for them.

    Parameters
    ----------
    name
        Of the files, without an ending.
    about
        What the first sheet says: the page, the day, what is filtered.
    """
    table = rows.copy(deep=False)
    table.attrs = {}
    with st.popover(_("Download"), icon=":material/download:"):
        st.download_button(
            _("Excel workbook"),
            lambda: workbook_bytes(table, about),
            file_name=shown.in_file_name(f"{name}.xlsx"),
            mime=_XLSX,
            key=f"{key}_xlsx",
            icon=":material/table_view:",
            on_click="ignore",
        )
        st.download_button(
            _("CSV"),
            lambda: csv_bytes(table),
            file_name=shown.in_file_name(f"{name}.csv"),
            mime="text/csv",
            key=f"{key}_csv",
            icon=":material/csv:",
            on_click="ignore",
        )
        show.remark(_("Numbers and days stay numbers and days. {rows} rows.").format(rows=len(table)))
