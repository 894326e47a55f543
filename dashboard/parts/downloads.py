"""A table to take along: as a workbook or as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import shown
from dashboard.i18n import _
from dashboard.views.rows import csv_bytes
from dashboard.views.workbooks import workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    with st.popover(_("Download"), icon=":material/download:", key=f"{key}_download"):
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
        st.caption(_("Numbers and days stay numbers and days. {rows} rows.").format(rows=len(table)))
