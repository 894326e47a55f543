"""The backtest of the forecast on the firm's own history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.delay.backtest import rolling_origin_scores, summarise
from analytics.delay.past_forecasts import past_forecasts
from analytics.delay.replay import replayed_scores
from dashboard.answers.fits import keep_fits
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import SEED, committed_by, histories_by

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analytics.delay.committed import CommittedBy
    from dashboard.answers.viewers import Viewer


@kept(2)
def _scores(file: Path, viewer: Viewer, measured_by: CommittedBy) -> pd.DataFrame:  # noqa: ARG001 - part of the cache key
    ready = histories_by(file, measured_by)
    found = rolling_origin_scores(ready, seed=SEED)
    keep_fits(file, ready.fits)
    return found


def backtest_scores(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return every single forecast of finished projects at set stages, by every method, with its scores."""
    return _scores(file, viewer, committed_by(file))


def backtest(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return how the forecast and simple rules would have fared on finished projects."""
    return summarise(backtest_scores(file, viewer))


def past(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return what was said of each finished project, against what came."""
    return past_forecasts(backtest_scores(file, viewer))


@kept(2)
def _replay(file: Path, viewer: Viewer, measured_by: CommittedBy) -> pd.DataFrame:  # noqa: ARG001 - part of the cache key
    ready = histories_by(file, measured_by)
    found = replayed_scores(ready, seed=SEED)
    keep_fits(file, ready.fits)
    return found


def replay(file: Path, viewer: Viewer) -> pd.DataFrame:
    """Return the forecasts of every fourth week of all projects that ran then, judged by what came of them so far."""
    return _replay(file, viewer, committed_by(file))
