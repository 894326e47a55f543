"""Change requests as points in progress: how many still come, how large, and how sure that is.

Requests follow the work, not the calendar, so their arrivals are counted in progress. Projects differ in how much is
asked of them; what was asked so far tells (gamma-Poisson, i.e. negative binomial counts). Sizes are log-normal around
a mean of their own for each project.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from statsmodels.discrete.discrete_model import NegativeBinomial

if TYPE_CHECKING:
    from analytics.delay.progress_model.cases import RequestCounts
    from analytics.evaluation.scores import Floats

#: Places in progress at which the share of requests that came by then is kept.
GRID: Final = np.linspace(0.0, 1.0, 21)
#: Requests of a project are counted per so many planned weeks.
_USUAL_WEEKS: Final = 30.0
_ENOUGH_FOR_REGRESSION: Final = 30
_DISPERSION_BOUNDS: Final = (0.1, 1.5)
_START_DISPERSION: Final = 0.6
#: Requests of own projects that weigh as much as what is assumed of sizes and timing.
_SIZE_WEIGHT: Final = 20.0
_TIMING_WEIGHT: Final = 10.0
_LEAST_SPREAD: Final = 0.05


@dataclass(frozen=True)
class ScopeProcess:
    """How many requests a project of 30 planned weeks gets, when, and how much of them is work.

    ``by_progress`` is the share of requests that came by each place of ``GRID``; sizes are ln(share of the budget),
    falling with the budget by ``size_slope``; ``taken_share`` of the asked hours is taken in.
    """

    count: float
    length_power: float
    dispersion: float
    by_progress: tuple[float, ...]
    size_mean: float
    size_slope: float
    size_spread: float
    size_spread_between: float
    negative_share: float
    taken_share: float

    def expected_count(self, planned_weeks: Floats) -> Floats:
        """Return how many requests a project of this length gets."""
        return np.asarray(self.count * (planned_weeks / _USUAL_WEEKS) ** self.length_power)

    def came_by(self, progress: Floats) -> Floats:
        """Return the share of its requests that a project has got by a progress."""
        return np.asarray(np.interp(progress, GRID, self.by_progress))

    def size_of(self, counts: RequestCounts, budget_hours: Floats) -> Floats:
        """Return the mean log size of requests to come, own experience counted as far as there is some."""
        usual = self.size_mean - self.size_slope * np.log(np.where(budget_hours > 0, budget_hours, 1000.0) / 1000.0)
        between, within = self.size_spread_between**2, self.size_spread**2
        weight = counts.sized_count * between / (counts.sized_count * between + within)
        return np.asarray(np.where(weight > 0, weight * counts.mean_log_share + (1 - weight) * usual, usual))


NO_SCOPE: Final = ScopeProcess(0.0, 1.0, _START_DISPERSION, tuple(GRID.tolist()), -4.0, 0.0, 1.0, 0.4, 0.0, 1.0)


def fit_scope(
    counts: Floats,
    planned_weeks: Floats,
    progress: Floats,
    share: Floats,
    owner_budget: Floats,
    owner: Floats,
    taken: tuple[float, float],
) -> ScopeProcess:
    """Learn the process from finished projects.

    Parameters
    ----------
    counts, planned_weeks
        Requests and planned length of each project.
    progress, share, owner_budget, owner
        Of each request: progress when it came, estimated share of the budget, budget and number of its project.
    taken
        Hours taken in and hours asked for, of decided requests.
    """
    if len(progress) == 0 or len(counts) == 0:
        return NO_SCOPE
    per_length = planned_weeks / _USUAL_WEEKS
    power, dispersion = _count_shape(counts, per_length)
    is_larger = share > 0
    size, slope, spread, between = _sizes(share[is_larger], owner_budget[is_larger], owner[is_larger])
    even = np.interp(GRID, [0, 1], [0, 1])
    own = np.searchsorted(np.sort(progress), GRID, side="right") / len(progress)
    weight = len(progress) / (len(progress) + _TIMING_WEIGHT)
    timing = weight * own + (1 - weight) * even
    timing[0], timing[-1] = 0.0, 1.0
    return ScopeProcess(
        count=float(counts.sum() / (per_length**power).sum()),
        length_power=power,
        dispersion=dispersion,
        by_progress=tuple(np.maximum.accumulate(timing).tolist()),
        size_mean=size,
        size_slope=slope,
        size_spread=spread,
        size_spread_between=between,
        negative_share=float((share < 0).sum() / max((~np.isnan(share)).sum(), 1)),
        taken_share=float(np.clip((taken[0] + 5.0 * 0.77) / (taken[1] + 5.0), 0.0, 1.0)) if taken[1] > 0 else 1.0,
    )


def _count_shape(counts: Floats, per_length: Floats) -> tuple[float, float]:
    """Return how counts grow with planned length, and how unlike projects are (negative binomial regression)."""
    mean = max(float(counts.mean()), 1e-9)
    rough = (float(counts.var()) - mean) / mean**2 if len(counts) > 2 else _START_DISPERSION
    weight = len(counts) / (len(counts) + 10.0)
    start = float(np.clip(weight * rough + (1 - weight) * _START_DISPERSION, *_DISPERSION_BOUNDS))
    if len(counts) < _ENOUGH_FOR_REGRESSION or counts.sum() < _ENOUGH_FOR_REGRESSION:
        return 1.0, start
    design = np.column_stack((np.ones(len(counts)), np.log(per_length)))
    with warnings.catch_warnings():
        # A fit that does not converge is seen in its numbers and left aside.
        warnings.simplefilter("ignore")
        found = NegativeBinomial(counts, design).fit(
            start_params=[np.log(mean), 1.0, start], disp=0, maxiter=50, skip_hessian=True
        )
    numbers = np.asarray(found.params, dtype=np.float64)
    if not np.isfinite(numbers).all():
        return 1.0, start
    return float(np.clip(numbers[1], 0.2, 1.8)), float(np.clip(numbers[2], *_DISPERSION_BOUNDS))


def _sizes(share: Floats, budget: Floats, owner: Floats) -> tuple[float, float, float, float]:
    """Return mean, slope on the budget, spread within and between projects of the log sizes."""
    if len(share) == 0:
        return NO_SCOPE.size_mean, NO_SCOPE.size_slope, NO_SCOPE.size_spread, NO_SCOPE.size_spread_between
    logs, length = np.log(share), np.log(np.where(budget > 0, budget, 1000.0) / 1000.0)
    centred = length - length.mean()
    weight = len(logs) / (len(logs) + _SIZE_WEIGHT)
    slope = -float((centred * logs).sum() / max(float((centred**2).sum()), 1.0)) * weight
    flat = logs + slope * length
    numbers = np.unique(owner, return_inverse=True)[1]
    count = np.bincount(numbers)
    means = np.bincount(numbers, flat) / count
    inside = flat - means[numbers]
    free = max(len(flat) - len(count), 1)
    within = float(np.sqrt((inside**2).sum() / free)) if free > 5 else NO_SCOPE.size_spread
    usual = len(flat) / max(len(count), 1)
    between = max(float(means.var()) - within**2 / usual, _LEAST_SPREAD**2) if len(count) > 5 else 0.16
    return float(flat.mean()), slope, max(within, _LEAST_SPREAD), float(np.sqrt(between))
