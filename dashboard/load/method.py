"""The backtest of the forecast on the firm's own history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analytics.delay import rolling_origin_scores, summarise
from analytics.delay.past_forecasts import past_forecasts
from analytics.delay.replay import replayed_scores
from dashboard.load.fits import kept_fits
from dashboard.load.portfolio import SEED, histories

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.load.door import Viewer


@st.cache_data(max_entries=2, show_spinner=False)
def backtest_scores(file: Path, viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001 - part of the cache key
    """Return every single forecast of finished projects at set stages, by every method, with its scores."""
    with kept_fits(file):
        return rolling_origin_scores(histories(file), seed=SEED)


@st.cache_data(max_entries=2, show_spinner=False)
def backtest(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return how the forecast and simple rules would have fared on finished projects."""
    return summarise(backtest_scores(file, viewer))


@st.cache_data(max_entries=2, show_spinner=False)
def past(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return what was said of each finished project, against what came."""
    return past_forecasts(backtest_scores(file, viewer))


@st.cache_data(max_entries=2, show_spinner=False)
def replay(file: Path, viewer: Viewer) -> pd.DataFrame:  # noqa: ARG001 - part of the cache key
    """Return the forecasts of every fourth week of all projects that ran then, judged by what came of them so far."""
    with kept_fits(file):
        return replayed_scores(histories(file), seed=SEED)
