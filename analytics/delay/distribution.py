"""Distributions of a finish as rows of 199 quantiles: learning them, cutting them at today, averaging them."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.evaluation import LEVELS

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

#: The default class counts like this many finished projects until there are enough of one's own.
DEFAULT_CLASS_WEIGHT: Final = 10.0
ENOUGH_FINISHED_COUNT: Final = 15

#: A forecast that gives less than this to "later than today" was outlived; it no longer says when.
_OUTLIVED_FROM: Final = 0.80
_OUTLIVED_AT: Final = 0.95


def weighted_quantiles(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Floats:
    """Return the 199 quantiles of a weighted sample by (n + 1) ranks.

    With few values the outermost ones are no bounds: the i-th of n stands for level i / (n + 1), not i / n
    (Hyndman and Fan 1996, type 6). Beyond the outermost values the curve stays flat.
    """
    sample = np.asarray(values, dtype=np.float64)
    mass = np.ones_like(sample) if weights is None else np.asarray(weights, dtype=np.float64)
    order = np.argsort(sample, kind="stable")
    sample, mass = sample[order], mass[order]
    usual = np.square(mass).sum() / mass.sum()
    places = (np.cumsum(mass) - mass / 2 + usual / 2) / (mass.sum() + usual)
    return np.asarray(np.interp(LEVELS, places, sample))


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
    23(3):48-54), so the ratio of the default class multiplies the remaining weeks, not the whole.
    """
    remaining = (point_weeks - elapsed_weeks)[:, None]
    return np.asarray(elapsed_weeks[:, None] + remaining * np.exp(DEFAULT_LOG_RATIOS))


def averaged(first: Floats, second: Floats, second_weight: Floats | float) -> Floats:
    """Return the weighted average of two forecasts, level by level in logarithms.

    Averaging quantiles keeps the forecasts' common sharpness, which averaging probabilities would blur
    (Lichtendahl, Grushka-Cockayne and Winkler 2013, Management Science 59:1594-1611).
    """
    weight = np.broadcast_to(np.asarray(second_weight, dtype=np.float64), (len(first),))[:, None]
    return np.asarray(np.exp((1 - weight) * np.log(first) + weight * np.log(second)))
