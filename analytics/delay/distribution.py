"""Distributions of a finish as rows of 199 quantiles: learning them, cutting them at today, averaging them."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: The standard normal quantile of each level.
NORMAL_SCORES: Final = np.array([NormalDist().inv_cdf(float(level)) for level in LEVELS])

#: Duration over planned duration of a project nobody has experience with: the default reference class.
#: 65-80 % of software projects finish late, by 20-25 % on average (Moløkken and Jørgensen 2003, ISESE).
DEFAULT_MEDIAN_RATIO: Final = 1.15
DEFAULT_LOG_SPREAD: Final = 0.36
DEFAULT_LOG_RATIOS: Final = np.log(DEFAULT_MEDIAN_RATIO) + DEFAULT_LOG_SPREAD * NORMAL_SCORES

#: Of an unknown planner's plans so many are kept; others run late by a log-normal part of what remains.
_KEPT_SHARE: Final = 1 / 3
_LATE_PARTS: Final = 0.22 * np.exp(
    [NormalDist().inv_cdf(min(max((float(level) - 1 / 3) * 1.5, 1e-3), 1 - 1e-3)) for level in LEVELS]
)

#: Past the plan at least this share of the time so far remains.
_LEAST_LEFT_SHARE: Final = 0.05

#: The default class counts like this many finished projects until there are enough of one's own.
DEFAULT_CLASS_WEIGHT: Final = 10.0
ENOUGH_FINISHED_COUNT: Final = 15

#: Slope of a tail that no event has reached yet, at least and at most, and what it needs to be read off a curve.
_TAIL_SPREADS: Final = (0.0, 0.80)
_FEWEST_LEVELS_FOR_SLOPE: Final = 20

#: No forecast is taken to be surer than this, in logarithms of the duration.
_LEAST_LOG_WIDTH: Final = 0.005

#: A forecast that gives less than this to "later than today" was outlived; it no longer says when.
_OUTLIVED_FROM: Final = 0.80
_OUTLIVED_AT: Final = 0.95


def censored_quantiles(
    values: Floats, is_event: npt.NDArray[np.bool_], weights: Floats, usual_weight: Floats | None = None
) -> Floats:
    """Return the 199 quantiles of a weighted sample of which some values are only known to be larger.

    It is the product limit (Kaplan and Meier 1958, JASA 53:457-481), with weights that may differ from row to row
    (Beran 1981). Leaving running projects out instead would keep the quick ones and forecast too early.
    With few values the outermost ones are no bounds: the i-th of n stands for level i / (n + 1), not i / n (Hyndman
    and Fan 1996, type 6). Levels that no event reaches are continued as a normal tail.

    Parameters
    ----------
    values, is_event
        The sample; where ``is_event`` is false the true value lies above.
    weights
        One row per wanted distribution, one column per value. A value of weight 0 is as good as absent.
    usual_weight
        What one independent observation weighs in each row; by default the weighted mean weight.
    """
    order = np.lexsort((~is_event, values))
    sample, happened, mass = values[order], is_event[order], weights[:, order]
    events = np.flatnonzero(happened)
    total = mass.sum(axis=1)
    usual = np.square(mass).sum(axis=1) / total if usual_weight is None else usual_weight
    at_risk = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1][:, events]
    own = mass[:, events]
    hazard = np.divide(own, at_risk, out=np.zeros_like(own), where=own > 0)
    survival = np.cumprod(1.0 - np.minimum(hazard, 1.0), axis=1)
    before = np.concatenate((np.ones((len(mass), 1)), survival[:, :-1]), axis=1)
    middle = 1.0 - (before + survival) / 2
    share = (usual / total)[:, None]
    places = (middle + share / 2) / (1 + share)
    finished = sample[events]
    curves, reached = [], []
    for place, counts in zip(places, own > 0, strict=True):
        curves.append(np.interp(LEVELS, place[counts], finished[counts]))
        reached.append(place[counts][-1])
    return _with_tails(np.stack(curves), np.asarray(reached))


def _with_tails(curves: Floats, reached: Floats) -> Floats:
    """Continue each curve beyond the last level that its events reach, with the slope of its upper half."""
    last = np.clip(np.searchsorted(LEVELS, reached, side="right") - 1, 1, len(LEVELS) - 1)
    half = last // 2
    rows = np.arange(len(curves))
    rise = curves[rows, last] - curves[rows, half]
    slope = np.clip(rise / (NORMAL_SCORES[last] - NORMAL_SCORES[half]), *_TAIL_SPREADS)
    slope = np.where(last > _FEWEST_LEVELS_FOR_SLOPE, slope, DEFAULT_LOG_SPREAD)
    tails = curves[rows, last][:, None] + slope[:, None] * (NORMAL_SCORES - NORMAL_SCORES[last][:, None])
    return np.where(np.arange(len(LEVELS)) > last[:, None], tails, curves)


def share_at_or_before(quantiles: Floats, weeks: Floats) -> Floats:
    """Return how much of each forecast lies at or before ``weeks``, straight between neighbouring quantiles."""
    level_count = quantiles.shape[1]
    passed = (quantiles <= weeks[:, None]).sum(axis=1)
    below = np.take_along_axis(quantiles, np.maximum(passed - 1, 0)[:, None], axis=1)[:, 0]
    above = np.take_along_axis(quantiles, np.minimum(passed, level_count - 1)[:, None], axis=1)[:, 0]
    step = np.where(above > below, above - below, 1.0)
    part = np.clip((weeks - below) / step, 0.0, 1.0)
    share = (passed - 0.5 + part) / level_count
    share = np.where(passed == 0, 0.0, share)
    return np.asarray(np.where(passed == level_count, 1.0, share))


def later_than(quantiles: Floats, elapsed_weeks: Floats) -> Floats:
    """Return the distributions given that the finish comes after ``elapsed_weeks``.

    A row that leaves nothing after today is stretched flat at today; see ``outlived_weight``.
    """
    level_count = quantiles.shape[1]
    gone = share_at_or_before(quantiles, elapsed_weeks)[:, None]
    places = np.clip((gone + (1 - gone) * LEVELS) * level_count - 0.5, 0, level_count - 1)
    lower = np.minimum(places.astype(np.int64), level_count - 2)
    part = places - lower
    left = np.take_along_axis(quantiles, lower, axis=1)
    right = np.take_along_axis(quantiles, lower + 1, axis=1)
    return np.asarray(np.maximum(left * (1 - part) + right * part, elapsed_weeks[:, None]))


def outlived_weight(quantiles: Floats, elapsed_weeks: Floats) -> Floats:
    """Return how far experience has been outlived: 0 while a fifth of it is still ahead, 1 at a twentieth."""
    gone = share_at_or_before(quantiles, elapsed_weeks)
    return np.asarray(np.clip((gone - _OUTLIVED_FROM) / (_OUTLIVED_AT - _OUTLIVED_FROM), 0.0, 1.0))


def default_finish(point_weeks: Floats, elapsed_weeks: Floats) -> Floats:
    """Return the default class applied to what remains.

    The relative uncertainty of the remaining work does not shrink with progress (Little 2006, IEEE Software
    23(3):48-54), so the ratio of the default class multiplies the remaining weeks, not the whole. Past the plan nobody
    knows what remains: at least a twentieth of the time so far, or three dates would fall into one week.
    """
    return np.asarray(elapsed_weeks[:, None] + _left(point_weeks, elapsed_weeks) * np.exp(DEFAULT_LOG_RATIOS))


def unknown_planner_finish(point_weeks: Floats, elapsed_weeks: Floats) -> Floats:
    """Return what is said of the plan of somebody whose plans nobody has seen come true or not.

    A third of such plans is kept to the day (20 to 35 % in Moløkken and Jørgensen 2003), the others run late by a part
    of what remains that is log-normal: by 22 % in the middle, so that all run late by a quarter of it on average.
    """
    late = np.where(LEVELS > _KEPT_SHARE, _LATE_PARTS, 0.0)
    return np.asarray(elapsed_weeks[:, None] + _left(point_weeks, elapsed_weeks) * (1.0 + late))


def _left(point_weeks: Floats, elapsed_weeks: Floats) -> Floats:
    return np.asarray(np.maximum(point_weeks - elapsed_weeks, _LEAST_LEFT_SHARE * elapsed_weeks)[:, None])


def averaged(first: Floats, second: Floats, second_weight: Floats | float) -> Floats:
    """Return the weighted average of two forecasts, level by level in logarithms.

    Averaging quantiles keeps the forecasts' common sharpness, which averaging probabilities would blur
    (Lichtendahl, Grushka-Cockayne and Winkler 2013, Management Science 59:1594-1611).
    """
    weight = np.broadcast_to(np.asarray(second_weight, dtype=np.float64), (len(first),))[:, None]
    return np.asarray(np.exp((1 - weight) * np.log(first) + weight * np.log(second)))


def combined(forecasts: list[Floats]) -> Floats:
    """Return the average of several forecasts, level by level in logarithms; the narrower ones count more.

    Each forecast is as wide as its own past errors were, so a weight of one over its squared width is that of Bates
    and Granger (1969, OR 20:451-468). A forecast that is not a number in a row takes no part there.
    """
    logs = np.log(np.stack(forecasts))
    width = np.abs(logs - logs[:, :, [logs.shape[2] // 2]]).mean(axis=2) + _LEAST_LOG_WIDTH
    weight = np.where(np.isnan(width), 0.0, 1.0 / np.square(width))
    total = (np.nan_to_num(logs) * weight[:, :, None]).sum(axis=0)
    return np.asarray(np.exp(total / weight.sum(axis=0)[:, None]))
