"""How right the forecast would have been on the firm's own finished projects, against simple rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.known import Histories, prepare_histories
from analytics.delay.landmarks import landmarks, learnt_by, learnt_landmarks
from analytics.delay.model import (
    LEARNT_COLUMNS,
    PortfolioModel,
    dressed,
    errors_of,
    finish_quantiles,
    fit_portfolio_model,
)
from analytics.delay.portfolio import with_mode
from analytics.delay.view import LATE_AFTER_WEEKS, PROBABILITY_BOUNDS
from analytics.evaluation import (
    LEVELS,
    area_under_curve,
    brier_score,
    crps,
    interpolated_quantile,
    is_covered,
    pit_values,
    probability_above,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.evaluation.scores import Floats

#: Point forecasts that are dressed with their own errors, by method.
_DRESSED: Final = {
    "earned_schedule_dressed": "earned_point",
    "linear_burn_dressed": "burn_point",
    "plan_of_record_dressed": "plan_point",
}
BACKTEST_METHODS: Final = ("golive", *_DRESSED, "plan_of_record", "reference_class")
_MEANS: Final = ("crps_pct", "mape_p50", "coverage_p50", "coverage_p80", "coverage_p90")
#: Without both late and punctual projects a stage has no area under the curve.
_MEASURES: Final = (*_MEANS, "brier_late", "auc_late")


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
    weeks).
    """
    return summarise(rolling_origin_scores(prepare_histories(states, projects), stages=stages))


def rolling_origin_scores(histories: Histories, *, stages: Sequence[int] = (25, 50, 75, 100)) -> pd.DataFrame:
    """Return every single forecast behind ``rolling_origin_backtest`` with its scores.

    Besides the scores: ``project_id``, ``seen_on`` (day of the forecast), ``mode``, ``true_weeks``, ``weeks_p50`` and
    ``weeks_p80`` (forecast durations), ``late_probability``, ``is_late`` and ``pit``.
    """
    known = learnt_landmarks(histories)[list(LEARNT_COLUMNS)]
    asked = with_mode(landmarks(histories, [stage / 100 for stage in stages]))
    asked = asked[(asked["mode"] != "none") & asked["is_finished"]]
    months = asked["seen_on"].dt.to_period("M").dt.start_time
    rows_parts, forecast_parts = [asked.iloc[:0]], [dict.fromkeys(BACKTEST_METHODS, np.empty((0, len(LEVELS))))]
    for month, rows in asked.groupby(months, sort=True):
        day = pd.Timestamp(str(month))
        model = fit_portfolio_model(histories, known, day, pd.concat([rows, rows.assign(mode="C")]))
        rows_parts.append(rows)
        forecast_parts.append(_forecasts(rows, model, learnt_by(known, day)))
    forecasts = {method: np.concatenate([part[method] for part in forecast_parts]) for method in BACKTEST_METHODS}
    return _scores(pd.concat(rows_parts, ignore_index=True), forecasts)


def summarise(scores: pd.DataFrame) -> pd.DataFrame:
    """Average single scores by method and stage; every project counts alike, then every stage."""
    rows = []
    for (method, stage), own in scores.groupby(["method", "stage"], sort=True):
        late, stated = own["is_late"], own["late_probability"]
        means = [float(own[name].mean()) for name in _MEANS]
        rows.append((method, stage, len(own), *means, brier_score(late, stated), area_under_curve(late, stated)))
    table = pd.DataFrame(rows, columns=["method", "stage", "n_projects", *_MEASURES])
    whole = table.groupby("method", sort=True)[list(_MEASURES)].mean()
    count = scores.groupby("method", sort=True)["project_id"].nunique().rename("n_projects")
    whole = whole.join(count).reset_index().assign(stage=np.inf)
    table = pd.concat([table, whole], ignore_index=True) if len(table) else table
    rank = table["method"].map({method: place for place, method in enumerate(BACKTEST_METHODS)})
    table = table.assign(rank=rank).sort_values(["rank", "stage"], ignore_index=True)
    names = [f"{stage:.0f}" if np.isfinite(stage) else "all" for stage in table["stage"].astype("float64")]
    return table.assign(stage=pd.Series(names, index=table.index, dtype="str")).drop(columns="rank")


def _forecasts(rows: pd.DataFrame, model: PortfolioModel, known: pd.DataFrame) -> dict[str, Floats]:
    """Return the quantiles of every method, with the reference class where a method has no number."""
    reference = finish_quantiles(rows.assign(mode="C"), model)
    result = {"golive": finish_quantiles(rows, model), "reference_class": reference}
    for method, point in _DRESSED.items():
        quantiles = dressed(rows, point, errors_of(known, point))
        quantiles = np.where(rows[point].isna().to_numpy()[:, None], reference, quantiles)
        result[method] = quantiles
    plan = rows["plan_point"].to_numpy(dtype=np.float64)[:, None]
    result["plan_of_record"] = np.where(np.isnan(plan), reference, plan)
    return {method: result[method] for method in BACKTEST_METHODS}


def _scores(rows: pd.DataFrame, forecasts: dict[str, Floats]) -> pd.DataFrame:
    """Return one row per forecast and method."""
    truth = rows["true_weeks"].to_numpy(dtype=np.float64)
    planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
    kept = rows[["project_id", "seen_on", "mode", "true_weeks"]].assign(stage=rows["stage_node"] * 100)
    parts = []
    for method, quantiles in forecasts.items():
        p50, p80, p90 = (interpolated_quantile(quantiles, level) for level in (0.5, 0.8, 0.9))
        late = probability_above(quantiles, planned + LATE_AFTER_WEEKS)
        parts.append(
            kept.assign(
                method=method,
                weeks_p50=p50,
                weeks_p80=p80,
                crps_pct=100 * crps(truth, quantiles) / planned,
                mape_p50=np.abs(p50 - truth) / truth,
                coverage_p50=is_covered(truth, p50),
                coverage_p80=is_covered(truth, p80),
                coverage_p90=is_covered(truth, p90),
                is_late=truth > planned + LATE_AFTER_WEEKS,
                late_probability=np.clip(late, *PROBABILITY_BOUNDS),
                pit=pit_values(truth, quantiles),
            )
        )
    return pd.concat(parts, ignore_index=True)
