"""A table that can be sorted by value and of which one row can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.parts import pressing
from dashboard.views import words
from dashboard.views.typed import in_styled_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

ROW_HEIGHT: Final = 36
#: More rows scroll inside the table.
_SHOWN_ROWS: Final = 25
_FRAME_HEIGHT: Final = 4


def chosen_row(
    rows: pd.DataFrame,
    *,
    key: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    order: Sequence[str] | None = None,
) -> int | None:
    """Show a table of which one row can be opened; return its place when the reader has chosen one.

    Names that lead somewhere open it, too.

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
            in_styled_cells(rows, pressing.as_links(rows)),
            hide_index=True,
            placeholder=words.none_text(),
            key=key,
            on_select="rerun",
            selection_mode=["single-row", "single-cell"],
            row_height=ROW_HEIGHT,
            height=height,
            column_config=dict(columns or {}),
            column_order=list(order) if order is not None else None,
            alt=alt,
        )
    pressing.follow(rows, event.selection.cells, key=key)
    return event.selection.rows[0] if event.selection.rows else None
