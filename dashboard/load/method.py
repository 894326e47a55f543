"""The backtest of the forecast on the firm's own history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analytics.delay import rolling_origin_backtest
from dashboard.load.portfolio import project_states, projects

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.load.door import Viewer


@st.cache_data(max_entries=2, show_spinner=False)
def backtest(file: Path, viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001 - part of the cache key
    """Return how the forecast and simple rules would have fared on finished projects."""
    return rolling_origin_backtest(project_states(file), projects(file))
