"""Presses on cells of a table: told apart from those that still stand marked from an earlier run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from dashboard import address
from dashboard.charts.palette import LINK_DARK, LINK_LIGHT
from dashboard.views.opening import opened_at, openings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LAST_KEY: Final = "golive_pressed"
#: Where a name leads: the page, and the widget on it that chooses.
_PLACES: Final = {
    "project": ("app_pages/project.py", "project"),
    "person": ("app_pages/people.py", "person"),
    "client": ("app_pages/portfolio.py", "client"),
    "post_mortem": ("app_pages/post_mortem.py", "project"),
}


def is_new(key: str, press: Sequence[Any]) -> bool:
    """Tell whether something was pressed just now: a press stays marked in the runs that follow."""
    known: dict[str, Sequence[Any]] = st.session_state.setdefault(_LAST_KEY, {})
    before = known.get(key)
    known[key] = list(press)
    return bool(press) and before != list(press)


def follow(frame: pd.DataFrame, cells: Sequence[tuple[int, str]], *, key: str) -> None:
    """Open what the name in a cell that was pressed just now leads to."""
    if not is_new(key, cells):
        return
    found = opened_at(frame, int(cells[0][0]), str(cells[0][1]))
    if found is None:
        return
    path, widget = _PLACES[found[0]]
    if path.endswith(f"/{address.open_page()}.py"):
        address.choose_next(**{widget: found[1]})
    address.go(path, **{widget: found[1]})


def as_links(frame: pd.DataFrame) -> Callable[[pd.DataFrame], pd.DataFrame] | None:
    """Return what gives the cells of a table their looks: names that lead somewhere have the colour of links."""
    known = openings(frame)
    if not known:
        return None
    colour = LINK_DARK if st.context.theme.type == "dark" else LINK_LIGHT

    def looks(cells: pd.DataFrame) -> pd.DataFrame:
        found = pd.DataFrame("", index=cells.index, columns=cells.columns, dtype="object")
        for name, one in known.items():
            found[name] = [f"color: {colour}" if label in one.ids else "" for label in cells.index]
        return found

    return looks
