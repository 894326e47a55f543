"""What every method of a backtest says of the same projects on the same day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.model import class_quantiles, dressed, errors_of, finish_quantiles
from analytics.delay.rivals import best_smoothing, regression_quantiles, throughput_quantiles
from analytics.delay.rivals.smoothed_pace import point_column
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    import pandas as pd

    from analytics.delay.model import PortfolioModel
    from analytics.evaluation.scores import Floats

#: Point forecasts that are dressed with their own errors, by method.
_DRESSED: Final = {
    "earned_schedule_dressed": "earned_point",
    "xsm_dressed": "xsm_point",
    "linear_burn_dressed": "burn_point",
    "plan_of_record_dressed": "plan_point",
}
#: Point forecasts taken at their word.
_RAW: Final = {"earned_schedule": "earned_point", "plan_of_record": "plan_point"}

BACKTEST_METHODS: Final = (
    "golive",
    *_DRESSED,
    "earned_schedule",
    "throughput_monte_carlo",
    "plan_of_record",
    "reference_class",
)
#: Costs a second for each stage, so that only the backtest on held-out projects runs it.
REGRESSION: Final = "landmark_regression"
#: What every skill is measured against.
YARDSTICK: Final = "earned_schedule_dressed"


def all_forecasts(
    rows: pd.DataFrame,
    model: PortfolioModel,
    known: pd.DataFrame,
    states: pd.DataFrame,
    *,
    seed: int = 0,
    with_regression: bool = False,
) -> dict[str, Floats]:
    """Return 199 quantiles in weeks of each row by every method.

    Where a method has no number of its own, the reference class speaks for it, so that all methods are judged on the
    same projects.

    Parameters
    ----------
    rows
        The projects as they looked on the day of their forecast, with the smoothed points of ``with_smoothed_points``.
    model
        What the forecast learnt.
    known
        What the rivals learn from: landmarks of other projects as they stood on that day, with smoothed points.
    states
        The weeks of the projects in ``rows``.
    """
    point = point_column(best_smoothing(known))
    asked, learnt = rows.assign(xsm_point=rows[point]), known.assign(xsm_point=known[point])
    reference = class_quantiles(rows, model)
    found = {
        "golive": finish_quantiles(rows, model),
        "reference_class": reference,
        "throughput_monte_carlo": throughput_quantiles(rows, states, seed=seed),
    }
    for method, column in _DRESSED.items():
        quantiles = dressed(asked, column, errors_of(learnt, column))
        found[method] = np.where(asked[column].isna().to_numpy()[:, None], np.nan, quantiles)
    for method, column in _RAW.items():
        found[method] = np.repeat(asked[column].to_numpy(dtype=np.float64)[:, None], len(LEVELS), axis=1)
    if with_regression:
        found[REGRESSION] = regression_quantiles(known, rows)
    order = (*BACKTEST_METHODS, REGRESSION) if with_regression else BACKTEST_METHODS
    return {method: np.where(np.isnan(found[method]), reference, found[method]) for method in order}
