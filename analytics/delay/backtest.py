"""How right the forecast would have been on the firm's own finished projects, against simple rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.delay.forecast_scores import scored, summarise
from analytics.delay.known import Histories, prepare_histories
from analytics.delay.landmarks import learnt_by
from analytics.delay.learning_days import by_learning_day
from analytics.delay.model import fit_portfolio_model, thinned
from analytics.delay.modes import with_mode
from analytics.delay.origins import learnt_origins, stage_origins
from analytics.delay.rival_forecasts import BACKTEST_METHODS, all_forecasts
from analytics.delay.rivals import with_smoothed_points
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BACKTEST_METHODS", "rolling_origin_backtest", "rolling_origin_scores", "summarise"]


def rolling_origin_backtest(
    states: pd.DataFrame, projects: pd.DataFrame, *, stages: Sequence[int] = (25, 50, 75, 100)
) -> pd.DataFrame:
    """Forecast each finished project at set stages of its first planned duration, from what was known then.

    What each forecast learns from is renewed on the first of the month: projects finished by then, and no others.
    Where a method has no number of its own, the reference class speaks for it, so that all methods are judged on
    the same projects.

    Returns
    -------
    ``method``, ``stage`` ("25" …, "all" = mean of the stages), ``n_projects``, ``crps_pct`` (% of the first planned
    duration), ``mape_p50``, ``coverage_p50``/``_p80``/``_p90``, ``brier_late`` and ``auc_late`` (late by more than two
    weeks), and what else ``summarise`` gives.
    """
    return summarise(rolling_origin_scores(prepare_histories(states, projects), stages=stages))


def rolling_origin_scores(
    histories: Histories, *, stages: Sequence[int] = (25, 50, 75, 100), seed: int = 0
) -> pd.DataFrame:
    """Return every single forecast behind ``rolling_origin_backtest`` with its scores; see ``scored``."""
    known = with_smoothed_points(learnt_origins(histories), histories.states)
    asked = with_mode(stage_origins(histories, [stage / 100 for stage in stages]))
    asked = with_smoothed_points(asked[(asked["mode"] != "none") & asked["is_finished"]], histories.states)
    rows_parts, forecast_parts = [asked.iloc[:0]], [dict.fromkeys(BACKTEST_METHODS, np.empty((0, len(LEVELS))))]
    for day, rows in by_learning_day(asked):
        model = fit_portfolio_model(histories, known, day, pd.concat([rows, rows.assign(mode="C")]), seed=seed)
        rows_parts.append(rows)
        forecast_parts.append(all_forecasts(rows, model, thinned(learnt_by(known, day)), histories.states, seed=seed))
    forecasts = {method: np.concatenate([part[method] for part in forecast_parts]) for method in BACKTEST_METHODS}
    return scored(pd.concat(rows_parts, ignore_index=True), forecasts)
