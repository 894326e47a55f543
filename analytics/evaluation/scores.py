"""Scores of forecast distributions that are given as quantiles at 199 equally spaced levels.

The form is that of Gneiting and Raftery (2007, JASA 102:359-378): the continuous ranked probability score is
twice the pinball loss, averaged over all levels. Lower is better, and the unit is that of the outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]

#: The middles of 199 equal slices of (0, 1). The middle one is exactly 0.5, and with these levels twice the mean
#: pinball loss is the CRPS of 199 equally likely outcomes.
LEVELS: Final = (np.arange(199) + 0.5) / 199


def pinball_loss(observed: npt.ArrayLike, forecast: npt.ArrayLike, level: npt.ArrayLike) -> Floats:
    """Return the pinball loss of a quantile forecast (Koenker and Bassett 1978).

    Being under the outcome costs ``level`` a unit, being over it ``1 - level``. Shapes broadcast.
    """
    miss = np.asarray(observed, dtype=np.float64) - np.asarray(forecast, dtype=np.float64)
    share = np.asarray(level, dtype=np.float64)
    return np.asarray(np.maximum(share * miss, (share - 1.0) * miss))


def crps(observed: npt.ArrayLike, quantiles: Floats) -> Floats:
    """Return the CRPS of each forecast.

    Parameters
    ----------
    observed
        Outcomes, one per forecast.
    quantiles
        One row per forecast, one column per level; the levels are the middles of as many equal slices.
    """
    level_count = quantiles.shape[-1]
    levels = (np.arange(level_count) + 0.5) / level_count
    losses = pinball_loss(np.asarray(observed, dtype=np.float64)[..., None], quantiles, levels)
    return np.asarray(2.0 * losses.mean(axis=-1))


def provisional_crps(observed: npt.ArrayLike, quantiles: Floats, known_until: npt.ArrayLike) -> Floats:
    """Return the CRPS of what can be judged so far: forecast and outcome both cut at ``known_until``.

    Scoring only what has finished rewards forecasts that are too early. Cutting both sides keeps the right
    order, because a threshold-weighted CRPS is proper (Gneiting and Ranjan 2011, JBES 29:411-422).

    Parameters
    ----------
    observed
        Outcomes; not a number for what is still running.
    known_until
        How far each one has been watched, in the unit of the outcome.
    """
    cut = np.asarray(known_until, dtype=np.float64)
    seen = np.fmin(np.asarray(observed, dtype=np.float64), cut)
    return crps(seen, np.minimum(quantiles, cut[..., None]))


def interpolated_quantile(quantiles: Floats, level: float) -> Floats:
    """Return the quantile at any level, straight between the neighbouring levels and flat outside them."""
    level_count = quantiles.shape[-1]
    place = float(np.clip(level * level_count - 0.5, 0, level_count - 1))
    lower = min(int(place), level_count - 2)
    share = place - lower
    return np.asarray(quantiles[..., lower] * (1 - share) + quantiles[..., lower + 1] * share)


def probability_above(quantiles: Floats, threshold: npt.ArrayLike) -> Floats:
    """Return the probability that the outcome is later than ``threshold``: the share of the levels above it."""
    bound = np.asarray(threshold, dtype=np.float64)
    return np.asarray((quantiles > bound[..., None]).mean(axis=-1))
