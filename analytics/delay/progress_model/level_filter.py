"""A Kalman filter for the weekly level of many projects at once (Kalman 1960; Durbin and Koopman 2012).

What is seen of a project in a week is the sum of four parts: what is its own for good, a slow drift, spells of some
weeks, and noise of that week alone. All are in logarithms and around what projects of its kind do at this point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: A surprise counts as at most so many standard deviations: one blocked week must not rewrite the level of a team
#: (Huber's bound for a filter, as in Cipra and Romera 1991).
SURPRISE_BOUND: Final = 1.5
#: What was seen over several weeks is seldom chance: its bound grows with this power of their number.
_SPAN_POWER: Final = 0.25


@dataclass(frozen=True)
class LevelVariances:
    """Variances of the four parts, and how much of drift and spell is left after a week."""

    own: float
    drift_left: float
    drift: float
    spell_left: float
    spell: float
    noise: float

    @property
    def left(self) -> Floats:
        """What is left of each part after a week."""
        return np.array([1.0, self.drift_left, self.spell_left])

    @property
    def weekly(self) -> Floats:
        """Variance that each part gains in a week."""
        return np.array([0.0, self.drift, self.spell])

    @property
    def prior(self) -> Floats:
        """Variance of each part of a project of which nothing was seen."""
        return np.array(
            [self.own, self.drift / (1 - self.drift_left**2), self.spell / (1 - self.spell_left**2)],
            dtype=np.float64,
        )


@dataclass(frozen=True, eq=False)
class Level:
    """What is known of the three lasting parts of each project: means ``(n, 3)``, covariances ``(n, 3, 3)``."""

    mean: Floats
    covariance: Floats

    def ahead(self, horizon_weeks: Floats, variances: LevelVariances) -> tuple[Floats, Floats]:
        """Return mean and variance of the average level over so many weeks to come."""
        weeks = np.maximum(horizon_weeks, 1.0)
        weights = np.ones((len(weeks), 3))
        variance = variances.noise / weeks
        for part, (left, gain) in enumerate(zip(variances.left, variances.weekly, strict=True)):
            if part == 0:
                continue
            kept = left**weeks
            weights[:, part] = left * (1 - kept) / (weeks * (1 - left))
            # A shock of week j lasts until the end of the horizon: sum of squares of its remaining effects.
            squares = weeks - 2 * left * (1 - kept) / (1 - left) + left**2 * (1 - kept**2) / (1 - left**2)
            variance = variance + gain * np.maximum(squares, 0.0) / ((1 - left) * weeks) ** 2
        mean = (weights * self.mean).sum(axis=1)
        known = np.einsum("ni,nij,nj->n", weights, self.covariance, weights)
        return np.asarray(mean), np.asarray(known + variance)


def filter_levels(
    seen: Floats,
    noise_weeks: Floats,
    variances: LevelVariances,
    bound: float = SURPRISE_BOUND,
    at_most: npt.NDArray[np.bool_] | None = None,
) -> tuple[Level, Floats]:
    """Return the level of each project after its last week, and the log-likelihood of what was seen.

    Parameters
    ----------
    seen
        One row per project, one column per week, the last column last; not a number where nothing was seen. Shorter
        histories are padded at the front, where weeks without news leave the prior as it is.
    noise_weeks
        Weeks that each observation spans: its noise is that of their mean.
    bound
        See ``SURPRISE_BOUND``; infinity gives the plain filter.
    at_most
        Projects whose last column holds no more than a bound: it counts only where it lies below what is expected.
    """
    left, weekly, prior = (values[:, None] for values in (variances.left, variances.weekly, variances.prior))
    bounds = bound * np.maximum(noise_weeks, 1.0) ** _SPAN_POWER
    return _filter(seen, variances.noise / noise_weeks, (left, weekly, prior), bounds, at_most)


def likelihoods(seen: Floats, noise_weeks: Floats, tried: list[LevelVariances]) -> Floats:
    """Return the log-likelihood of all projects together under each of several variances.

    All are filtered side by side: the work of a step is hardly more for many columns than for few.
    """
    count, times = len(seen), len(tried)
    left, weekly, prior = (
        np.repeat(np.stack([getattr(variances, name) for variances in tried], axis=1), count, axis=1)
        for name in ("left", "weekly", "prior")
    )
    noise = np.repeat([variances.noise for variances in tried], count)[:, None] / np.tile(noise_weeks, (times, 1))
    total = _filter(np.tile(seen, (times, 1)), noise, (left, weekly, prior), np.full(noise.shape, np.inf))[1]
    return np.asarray(total.reshape(times, count).sum(axis=1))


def _filter(
    seen: Floats,
    noise: Floats,
    parts: tuple[Floats, Floats, Floats],
    bounds: Floats,
    at_most: npt.NDArray[np.bool_] | None = None,
) -> tuple[Level, Floats]:
    """Filter all columns; ``parts`` is what is left, gained and believed before, with a row per part."""
    left, gain, prior = parts
    count = len(seen)
    mean = np.zeros((3, count))
    covariance = np.zeros((3, 3, count))
    covariance[(0, 1, 2), (0, 1, 2)] = prior
    decay = left[:, None] * left[None]
    added = np.zeros((3, 3, gain.shape[1]))
    added[(0, 1, 2), (0, 1, 2)] = gain
    total = np.zeros(count)
    is_seen = ~np.isnan(seen)
    values = np.nan_to_num(seen)
    for week in range(seen.shape[1]):
        if week > 0:
            mean *= left
            covariance *= decay
            covariance += added
        news = is_seen[:, week]
        if not news.any():
            continue
        toward = covariance.sum(axis=1)
        spread = toward.sum(axis=0) + noise[:, week]
        surprise = np.where(news, values[:, week] - mean.sum(axis=0), 0.0)
        if at_most is not None and week == seen.shape[1] - 1:
            news = news & ~(at_most & (surprise > 0))
        scale = np.sqrt(spread)
        total -= np.where(news, 0.5 * (np.log(2 * np.pi * spread) + surprise**2 / spread), 0.0)
        pull = np.where(news, toward / spread, 0.0)
        farthest = bounds[:, week] * scale
        mean += pull * np.clip(surprise, -farthest, farthest)
        covariance -= pull[:, None] * toward[None]
    return Level(mean.T, np.moveaxis(covariance, 2, 0)), total
