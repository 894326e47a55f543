"""The frame around every page: how much of the screen carries content."""

from __future__ import annotations

from typing import Final

import streamlit as st

#: Width of the sidebar in pixels.
SIDEBAR_WIDTH: Final = 204
#: Streamlit leaves 80 px on each side of a wide page and has no setting for it. No name of anybody is in this text.
_LESS_PADDING: Final = """<style>
@media (min-width: 700px) { [data-testid="stMainBlockContainer"] { padding: 2.5rem 24px 3rem 24px; } }
@media print { [data-testid="stSidebar"], [data-testid="stToolbar"] { display: none; } }
</style>"""


def frame() -> None:
    """Let the page use the width of the screen; on paper the sidebar is left out."""
    st.html(_LESS_PADDING)
