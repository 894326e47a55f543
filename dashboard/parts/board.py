"""The board of people on the screen: cells in bands of colour, and a press on one that opens the person."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.charts.palette import GREY, ORANGE, VERMILLION, faded
from dashboard.i18n import _
from dashboard.parts.pressing import is_new
from dashboard.views.board import strain_head
from dashboard.views.typed import in_styled_cells

ROW_HEIGHT: Final = 31
_SHOWN_ROWS: Final = 26
_FRAME_HEIGHT: Final = 4

#: Values from which a cell is coloured, by measure: the words stand in each cell, colour only leads the eye.
_STEPS: Final = {"load": (110.5, 120.5, 140.5), "nights": (3, 5, 7), "strain": (40, 50, 70)}
_LEVEL_STEPS: Final = (40, 50, 70)
#: Half transparent, so that the letters of either theme can be read on them.
_BANDS: Final = (faded(ORANGE, 0.28), faded(ORANGE, 0.6), faded(VERMILLION, 0.75))
_MISSING: Final = faded("#8A3D68", 0.3)
_OFF: Final = faded(GREY, 0.3)
_TEAM: Final = faded(GREY, 0.16)


def chosen_person(rows: pd.DataFrame, measure: str, *, key: str, alt: str) -> str | None:
    """Show the board; return the person whose row or cell was pressed just now."""
    person_ids: list[str] = rows.attrs["person_ids"]
    height = ROW_HEIGHT * (1 + min(max(len(rows), 1), _SHOWN_ROWS)) + _FRAME_HEIGHT
    with st.container(height=height, border=False):
        event = st.dataframe(
            in_styled_cells(rows, lambda shown: _colours(shown, measure, person_ids)),
            hide_index=True,
            key=key,
            on_select="rerun",
            selection_mode=["single-row", "single-cell"],
            row_height=ROW_HEIGHT,
            height=height,
            column_config={
                _("Person"): st.column_config.TextColumn(pinned=True, width=190),
                strain_head(): st.column_config.NumberColumn(width=92),
            },
            alt=alt,
        )
    press = [*event.selection.rows, *event.selection.cells]
    places = [*event.selection.rows, *(row for row, _column in event.selection.cells)]
    if not is_new(key, press) or places[0] >= len(person_ids):
        return None
    return person_ids[places[0]] or None


def _colours(shown: pd.DataFrame, measure: str, person_ids: list[str]) -> pd.DataFrame:
    """Return the looks of each cell."""
    looks = pd.DataFrame("", index=shown.index, columns=shown.columns, dtype="object")
    for name in shown.columns.drop(_("Person")):
        steps = _LEVEL_STEPS if name == strain_head() else _STEPS[measure]
        looks[name] = [_colour(float(value), steps) for value in shown[name]]
    for place in (place for place, person_id in enumerate(person_ids) if not person_id):
        looks.iloc[place] = [look or f"background-color: {_TEAM}" for look in looks.iloc[place]]
    return looks


def _colour(value: float, steps: tuple[float, ...]) -> str:
    if value < -4.5:  # nothing is known
        return ""
    if value < -0.5:
        return f"background-color: {_MISSING if value > -1.5 else _OFF}"
    band = sum(value >= step for step in steps)
    return f"background-color: {_BANDS[band - 1]}" if band else ""
