"""The last word: forecasts of the work model and of the simple rules, corrected by how both erred in the past.

A quantile regression (Koenker and Bassett 1978) of the logarithm of the remaining weeks on what both kinds of
forecasts say, on the plans, and on how far the project is. It learns from forecasts of projects that the models behind
them had not seen. With few finished projects the plain average of both speaks, which a shrunk split conformal
correction (Vovk, Gammerman and Shafer 2005) keeps as wide as past errors were.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import ndtri

from analytics.delay.distribution import NORMAL_SCORES, censored_quantiles
from analytics.evaluation.scores import LEVELS, crps

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from analytics.evaluation.scores import Floats

#: From so many finished projects on the regression takes part, with weight n / (n + shrinkage).
FEWEST_FOR_REGRESSION: Final = 30
_REGRESSION_SHRINKAGE: Final = 60.0
_CONFORMAL_SHRINKAGE: Final = 60.0
#: Whether a firm's forecasts are too early shows much sooner than how unequal its errors are: firms differ by half as
#: much as the projects of one firm do, so that its own projects outweigh what is usual from the fourth on.
_PLACE_SHRINKAGE: Final = 4.0
#: A firm of which little is known may be unlike others: how much wider a range is when nothing has finished, and
#: after how many finished projects only half of that is left.
_UNKNOWN_FIRM_WIDTH: Final = 0.22
_UNKNOWN_FIRM_COUNT: Final = 2.0
_SHARE_SHRINKAGE: Final = 15.0
#: How far finishes before the plan are drawn towards it when nothing has finished yet.
_HELD_SHARE: Final = 0.7
_STAGE_WIDTH: Final = 0.12
_TAUS: Final = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
#: Remaining weeks are compared in logarithms after adding this share of the plan (at least a week): near the end a
#: day more or less is no factor of two.
_SOFT_SHARE: Final = 0.05
_SOFT_WEEKS: Final = 1.0
_LEAST_LEFT_WEEKS: Final = 0.05
#: No correction moves a logarithm of the remaining weeks farther than this from the average of the forecasts.
_FARTHEST: Final = 1.6


@dataclass(frozen=True)
class Stack:
    """What past errors taught.

    ``own_share`` is the weight of the work model in the plain average, ``coefficients`` hold a row per level of
    ``_TAUS``, ``corrections`` a conformal curve per stage.
    """

    finished_count: int
    own_share: float
    coefficients: tuple[tuple[float, ...], ...]
    stages: tuple[float, ...]
    corrections: tuple[tuple[float, ...], ...]

    @property
    def regression_weight(self) -> float:
        """How much the regression counts against the corrected average."""
        if not self.coefficients:
            return 0.0
        return self.finished_count / (self.finished_count + _REGRESSION_SHRINKAGE)

    def forecast(self, rows: pd.DataFrame, own: Floats, rules: Floats) -> Floats:
        """Return 199 quantiles of the duration in weeks.

        Parameters
        ----------
        rows
            ``elapsed_weeks``, ``planned_weeks``, ``plan_point`` and ``stage``.
        own, rules
            Quantiles of the work model and of the simple rules.
        """
        scale = _Scale(rows)
        own_log, rules_log = scale.to_log(own), scale.to_log(rules)
        own_log = _held_to_plan(scale, own_log, self.finished_count)
        average = self._corrected(scale, _average(own_log, rules_log, self.own_share, self.finished_count))
        if self.regression_weight > 0:
            learnt = _spread_out(_features(scale, own_log, rules_log) @ np.asarray(self.coefficients).T)
            learnt = average + np.clip(learnt - average, -_FARTHEST, _FARTHEST)
            average = self.regression_weight * learnt + (1 - self.regression_weight) * average
        return scale.to_weeks(_widened(np.sort(average, axis=1), self.finished_count))

    def _corrected(self, scale: _Scale, logs: Floats) -> Floats:
        if not self.stages:
            return logs
        curves = np.asarray(self.corrections)
        stage = np.clip(scale.stage, self.stages[0], self.stages[-1])
        place = np.clip(np.searchsorted(self.stages, stage, side="right"), 1, max(len(self.stages) - 1, 1))
        low, high = np.asarray(self.stages)[place - 1], np.asarray(self.stages)[np.minimum(place, len(self.stages) - 1)]
        part = np.where(high > low, (stage - low) / np.where(high > low, high - low, 1.0), 0.0)[:, None]
        curve = curves[place - 1] * (1 - part) + curves[np.minimum(place, len(curves) - 1)] * part
        return np.asarray(logs + _width(logs)[:, None] * curve)


NO_STACK: Final = Stack(0, 0.5, (), (), ())


class _Scale:
    """Logarithms of remaining weeks and back, for each row."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
        self.planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
        self.plan = np.where(rows["plan_point"].isna(), self.planned, rows["plan_point"].to_numpy(dtype=np.float64))
        self.stage = rows["stage"].to_numpy(dtype=np.float64)
        self.soft = np.maximum(_SOFT_SHARE * self.planned, _SOFT_WEEKS)

    def to_log(self, weeks: Floats) -> Floats:
        """Return logs of the remaining weeks; one row per project."""
        return np.asarray(np.log(np.maximum(weeks - self.elapsed[:, None], 0.0) + self.soft[:, None]))

    def to_weeks(self, logs: Floats) -> Floats:
        """Return durations, later than today."""
        left = np.maximum(np.exp(logs) - self.soft[:, None], _LEAST_LEFT_WEEKS)
        return np.asarray(left + self.elapsed[:, None])


def _features(scale: _Scale, own: Floats, rules: Floats) -> Floats:
    first, plan = (scale.to_log(weeks[:, None])[:, 0] for weeks in (scale.planned, scale.plan))
    middle = own.shape[1] // 2
    return np.column_stack(
        (
            np.ones(len(own)),
            own[:, middle],
            rules[:, middle],
            plan,
            first,
            _width(own),
            _width(rules),
            np.minimum(scale.stage, 1.5),
        )
    )


def _width(logs: Floats) -> Floats:
    count = logs.shape[1]
    return np.asarray(logs[:, int(0.8 * count)] - logs[:, int(0.2 * count)] + 1e-3)


def _widened(logs: Floats, count: int) -> Floats:
    """Widen ranges around their middle while few have finished; both ends, as nobody knows which way the firm errs."""
    middle = logs[:, [logs.shape[1] // 2]]
    more = _UNKNOWN_FIRM_WIDTH * _UNKNOWN_FIRM_COUNT / (_UNKNOWN_FIRM_COUNT + count)
    return np.asarray(middle + (1.0 + more) * (logs - middle))


def fit_stack(rows: pd.DataFrame, own: Floats, rules: Floats) -> Stack:
    """Learn from past forecasts.

    Parameters
    ----------
    rows
        Columns of ``Stack.forecast``, ``stage_node``, ``project_id``, ``true_weeks`` and ``is_finished``; where this
        is false the project still ran after ``true_weeks``.
    own, rules
        Forecasts that did not know the project they are for.
    """
    is_finished = rows["is_finished"].to_numpy(dtype=bool)
    count = int(rows.loc[is_finished, "project_id"].nunique())
    if count == 0:
        return NO_STACK
    scale = _Scale(rows)
    truth = scale.to_log(rows["true_weeks"].to_numpy(dtype=np.float64)[:, None])[:, 0]
    own_log, rules_log = _held_to_plan(scale, scale.to_log(own), count), scale.to_log(rules)
    share = _own_share(truth, own_log, rules_log, count)
    average = _average(own_log, rules_log, share, count)
    stages, corrections = _conformal(rows["stage_node"].to_numpy(), truth, is_finished, average)
    coefficients: tuple[tuple[float, ...], ...] = ()
    if count >= FEWEST_FOR_REGRESSION:
        coefficients = _regress(truth, is_finished, average, _features(scale, own_log, rules_log))
    return Stack(count, share, coefficients, stages, corrections)


def _own_share(truth: Floats, own: Floats, rules: Floats, count: int) -> float:
    """Return the weight of the work model that would have served best, held near one half while few have finished."""
    grid = np.linspace(0.0, 1.0, 11)
    losses = [float(crps(truth, share * own + (1 - share) * rules).mean()) for share in grid]
    best = float(grid[int(np.argmin(losses))])
    return (count * best + _SHARE_SHRINKAGE * 0.5) / (count + _SHARE_SHRINKAGE)


def _held_to_plan(scale: _Scale, own: Floats, count: int) -> Floats:
    """Draw finishes before the plan of record towards it while few have finished.

    Work that is ahead seldom ends early: it expands (Parkinson 1955), and nobody moves an agreed go-live forward
    (Gutierrez and Kouvelis 1991, Management Science 37:990-1001). Whether this firm is different, its own projects say.
    """
    plan = scale.to_log(scale.plan[:, None])
    held = _HELD_SHARE * _SHARE_SHRINKAGE / (_SHARE_SHRINKAGE + count)
    return np.asarray(own + held * np.maximum(plan - own, 0.0))


def _average(own: Floats, rules: Floats, share: float, count: int) -> Floats:
    """Average level by level; while few have finished, either may be right where they differ, so the range spans both.

    The average of quantiles is as sharp as its parts, which past errors have to justify; the mixture of both
    distributions needs no such proof.
    """
    blend = _SHARE_SHRINKAGE / (_SHARE_SHRINKAGE + count)
    both = np.concatenate((own, rules), axis=1)
    mass = np.repeat([share, 1.0 - share], own.shape[1]) / own.shape[1]
    order = np.argsort(both, axis=1)
    reached = np.cumsum(mass[order], axis=1)
    ordered = np.take_along_axis(both, order, axis=1)
    place = np.stack([np.searchsorted(row, LEVELS) for row in reached])
    mixture = np.take_along_axis(ordered, np.minimum(place, both.shape[1] - 1), axis=1)
    return np.asarray((1 - blend) * (share * own + (1 - share) * rules) + blend * mixture)


def _regress(
    truth: Floats, is_finished: npt.NDArray[np.bool_], average: Floats, features: Floats
) -> tuple[tuple[float, ...], ...]:
    """Return the coefficients of each level.

    Who still runs is put at the upper end of what was forecast, or where it is now: a quantile below does not care.
    """
    from statsmodels.regression.quantile_regression import QuantReg  # noqa: PLC0415 - half a second; most processes read what is on record

    late = np.maximum(truth, average[:, int(0.9 * average.shape[1])])
    with warnings.catch_warnings():
        # A level that has not converged to the last digit differs by less than the shrinkage below takes away.
        warnings.simplefilter("ignore")
        model = QuantReg(np.where(is_finished, truth, late), features)
        found = [np.asarray(model.fit(q=tau, max_iter=100).params) for tau in _TAUS]
    numbers = np.asarray(found, dtype=np.float64)
    return tuple(tuple(row) for row in numbers.tolist()) if np.isfinite(numbers).all() else ()


def _conformal(
    node: Floats, truth: Floats, is_finished: npt.NDArray[np.bool_], logs: Floats
) -> tuple[tuple[float, ...], tuple[tuple[float, ...], ...]]:
    """Return for each stage how far the quantiles of past errors lie from what the forecasts said, in their widths.

    The shift of the middle is believed after a few projects, the shape around it only after many.
    """
    width, middle = _width(logs), logs[:, logs.shape[1] // 2]
    error = (truth - middle) / width
    said = (logs - middle[:, None]) / width[:, None]
    stages = np.unique(node)
    near = np.exp(-0.5 * np.square((node - stages[:, None]) / _STAGE_WIDTH)) + 1e-9
    curves = censored_quantiles(error, is_finished, near)
    corrections = []
    for stage, mass, curve in zip(stages, near, curves, strict=True):
        count = int(((node == stage) & is_finished).sum())
        usual = (said * mass[:, None]).sum(axis=0) / mass.sum()
        missed = curve - usual
        shift = missed[len(missed) // 2]
        moved = count / (count + _PLACE_SHRINKAGE) * shift
        corrections.append(tuple((moved + count / (count + _CONFORMAL_SHRINKAGE) * (missed - shift)).tolist()))
    return tuple(stages.tolist()), tuple(corrections)


def _spread_out(levels: Floats) -> Floats:
    """Return 199 quantiles from those of ``_TAUS``, in order, with normal tails."""
    known: Floats = np.sort(levels, axis=1)
    scores = np.asarray(ndtri(_TAUS))
    place = np.clip(np.searchsorted(scores, NORMAL_SCORES, side="right") - 1, 0, len(scores) - 2)
    part = (NORMAL_SCORES - scores[place]) / (scores[place + 1] - scores[place])
    inner = known[:, place] * (1 - part) + known[:, place + 1] * part
    low = (known[:, 2] - known[:, 0]) / (scores[2] - scores[0])
    high = (known[:, -1] - known[:, -3]) / (scores[-1] - scores[-3])
    below, above = scores[0] > NORMAL_SCORES, scores[-1] < NORMAL_SCORES
    inner[:, below] = known[:, [0]] + low[:, None] * (NORMAL_SCORES[below] - scores[0])
    inner[:, above] = known[:, [-1]] + high[:, None] * (NORMAL_SCORES[above] - scores[-1])
    return np.asarray(inner.reshape(len(known), len(LEVELS)))
