"""Quantile regression at set stages: what duration followed from earned schedule, plan and progress at this stage.

Koenker and Bassett (1978, Econometrica 46:33-50), one regression for each of 19 levels, put in order again where they
cross, with normal tails. It needs many finished projects: below 20 of a stage it says nothing.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.distribution import NORMAL_SCORES, later_than
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

FEWEST_PROJECTS_COUNT: Final = 20
#: Below so many finished projects two features are all that a stage can carry.
_ENOUGH_FOR_ALL_COUNT: Final = 60
_TAUS: Final = np.arange(1, 20) / 20
#: ln(duration / first plan) outside these bounds is not believed.
_LOG_BOUNDS: Final = (-1.0, 1.6)


def regression_quantiles(known: pd.DataFrame, rows: pd.DataFrame) -> Floats:
    """Return 199 quantiles of the duration in weeks; not a number where a stage has too few finished projects.

    Parameters
    ----------
    known
        Landmarks of other projects: ``stage_node``, ``is_finished``, ``true_weeks`` and the columns of ``rows``.
    rows
        ``stage_node``, ``elapsed_weeks``, ``planned_weeks``, ``earned_point``, ``plan_point``, ``progress_ratio``.
    """
    result = np.full((len(rows), len(LEVELS)), np.nan)
    done = known[known["is_finished"].astype(bool)]
    stages = rows["stage_node"].to_numpy(dtype=np.float64)
    for stage in np.unique(stages):
        own = done[np.isclose(done["stage_node"], stage)]
        if len(own) < FEWEST_PROJECTS_COUNT:
            continue
        places = np.flatnonzero(stages == stage)
        result[places] = _stage_quantiles(own, rows.iloc[places])
    return result


def _stage_quantiles(known: pd.DataFrame, rows: pd.DataFrame) -> Floats:
    from statsmodels.regression.quantile_regression import QuantReg  # noqa: PLC0415 - half a second; most processes read what is on record
    from statsmodels.tools.sm_exceptions import IterationLimitWarning  # noqa: PLC0415 - half a second; most processes read what is on record

    is_rich = len(known) >= _ENOUGH_FOR_ALL_COUNT
    design, asked = _features(known, is_rich=is_rich), _features(rows, is_rich=is_rich)
    centre, width = design.mean(axis=0), design.std(axis=0)
    is_used = width > 1e-9
    design, asked = (
        np.column_stack((np.ones(len(x)), ((x - centre) / np.where(is_used, width, 1.0))[:, is_used]))
        for x in (design, asked)
    )
    target = np.log((known["true_weeks"] / known["planned_weeks"]).to_numpy(dtype=np.float64))
    target = np.clip(target, *_LOG_BOUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", IterationLimitWarning)
        slopes = [QuantReg(target, design).fit(q=float(tau)).params for tau in _TAUS]
    logs = np.sort(np.clip(asked @ np.asarray(slopes).T, *_LOG_BOUNDS), axis=1)
    planned, elapsed = (rows[name].to_numpy(dtype=np.float64) for name in ("planned_weeks", "elapsed_weeks"))
    return later_than(planned[:, None] * np.exp(_filled(logs)), elapsed)


def _features(rows: pd.DataFrame, *, is_rich: bool) -> Floats:
    """Return ln of earned schedule and plan over the first plan; if rich also progress and ln of the plan's length."""
    planned = rows["planned_weeks"]
    earned = np.log(rows["earned_point"].fillna(rows["plan_point"]).fillna(planned) / planned)
    plan = np.log(rows["plan_point"].fillna(planned) / planned)
    features = pd.DataFrame({"earned": earned, "plan": plan})
    if is_rich:
        features = features.assign(progress=rows["progress_ratio"].fillna(0.0), length=np.log(planned))
    return features.to_numpy(dtype=np.float64)


def _filled(logs: Floats) -> Floats:
    """Return 199 levels from 19: straight in normal scores between them, and on as a normal tail beyond."""
    scores = np.interp(_TAUS, LEVELS, NORMAL_SCORES)
    inner = np.stack([np.interp(NORMAL_SCORES, scores, row) for row in logs])
    rise = np.maximum(logs[:, -1] - logs[:, 9], 0.0) / scores[-1]
    fall = np.maximum(logs[:, 9] - logs[:, 0], 0.0) / scores[-1]
    above = np.maximum(NORMAL_SCORES - scores[-1], 0.0)
    below = np.maximum(scores[0] - NORMAL_SCORES, 0.0)
    return np.asarray(inner + rise[:, None] * above - fall[:, None] * below)
