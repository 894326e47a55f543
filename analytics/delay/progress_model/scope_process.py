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

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.delay.progress_model.cases import RequestCounts
    from analytics.delay.progress_model.work import Ints
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

    @property
    def mean_factor(self) -> float:
        """Mean size of a request over its typical size; those that take scope out count negatively."""
        return float(np.exp(self.size_spread**2 / 2) * (1 - 2 * self.negative_share))

    def came_by(self, progress: Floats) -> Floats:
        """Return the share of its requests that a project has got by a progress."""
        return np.asarray(np.interp(progress, GRID, self.by_progress))

    def size_of(self, counts: RequestCounts, budget_hours: Floats) -> Floats:
        """Return the mean log size of requests to come, own experience counted as far as there is some."""
        usual = self.size_mean - self.size_slope * np.log(np.where(budget_hours > 0, budget_hours, 1000.0) / 1000.0)
        between, within = self.size_spread_between**2, self.size_spread**2
        weight = counts.sized_count * between / (counts.sized_count * between + within)
        return np.asarray(np.where(weight > 0, weight * counts.mean_log_share + (1 - weight) * usual, usual))


#: Without experience: a project of 30 weeks gets four requests of about 3 % of the budget each, and rework like two.
USUAL_WISHES: Final = ScopeProcess(4.0, 1.0, _START_DISPERSION, tuple(GRID.tolist()), -3.9, 0.0, 1.0, 0.4, 0.0, 0.77)
USUAL_REWORK: Final = ScopeProcess(0.0, 1.0, _START_DISPERSION, tuple(GRID.tolist()), -3.9, 0.0, 1.0, 0.4, 0.0, 1.0)
#: Projects for which that counts against one's own.
_USUAL_WEIGHT: Final = 2.0
#: Decided shares of budgets for which the usual share taken in counts.
_TAKEN_WEIGHT: Final = 0.5


@dataclass(frozen=True, eq=False)
class Asked:
    """What a process is learnt from.

    ``counts``, ``planned_weeks`` and ``reached`` (progress) of each project, finished or running; of each request the
    ``owner`` (place in those arrays), ``progress`` when it came, ``share`` of the budget, and ``budget_hours``;
    ``taken`` and ``decided`` are the shares that were taken in and decided.
    """

    counts: Floats
    planned_weeks: Floats
    reached: Floats
    owner: Ints
    progress: Floats
    share: Floats
    budget_hours: Floats
    taken: float
    decided: float


def fit_scope(asked: Asked, usual: ScopeProcess) -> ScopeProcess:
    """Learn the process; what is usual counts for two projects."""
    if len(asked.counts) == 0:
        return usual
    is_over = asked.reached >= 1.0
    per_length = asked.planned_weeks / _USUAL_WEEKS
    power, dispersion = _count_shape(asked.counts[is_over], per_length[is_over])
    timing = _timing(asked, is_over)
    exposure = np.where(is_over, 1.0, np.interp(asked.reached, GRID, timing))
    is_larger = asked.share > 0
    size, slope, spread, between = _sizes(
        asked.share[is_larger], asked.budget_hours[is_larger], asked.owner[is_larger], usual
    )
    return ScopeProcess(
        count=float(
            (asked.counts.sum() + _USUAL_WEIGHT * usual.count) / ((exposure * per_length**power).sum() + _USUAL_WEIGHT)
        ),
        length_power=power,
        dispersion=dispersion,
        by_progress=tuple(timing.tolist()),
        size_mean=size,
        size_slope=slope,
        size_spread=spread,
        size_spread_between=between,
        negative_share=float((asked.share < 0).sum() / max((~np.isnan(asked.share)).sum(), 1)),
        taken_share=float(
            np.clip((asked.taken + _TAKEN_WEIGHT * usual.taken_share) / (asked.decided + _TAKEN_WEIGHT), 0.0, 1.0)
        ),
    )


def _timing(asked: Asked, is_over: npt.NDArray[np.bool_]) -> Floats:
    """Return the share of requests that came by each place of ``GRID`` in finished projects, shrunk to an even pace."""
    came = np.sort(asked.progress[is_over[asked.owner]])
    own = np.searchsorted(came, GRID, side="right") / max(len(came), 1)
    weight = len(came) / (len(came) + _TIMING_WEIGHT)
    timing = weight * own + (1 - weight) * GRID
    timing[0], timing[-1] = 0.0, 1.0
    return np.asarray(np.maximum.accumulate(timing))


def _count_shape(counts: Floats, per_length: Floats) -> tuple[float, float]:
    """Return how counts grow with planned length, and how unlike projects are (negative binomial regression)."""
    if len(counts) == 0:
        return 1.0, _START_DISPERSION
    mean = max(float(counts.mean()), 1e-9)
    rough = (float(counts.var()) - mean) / mean**2 if len(counts) > 2 else _START_DISPERSION
    weight = len(counts) / (len(counts) + 10.0)
    start = float(np.clip(weight * rough + (1 - weight) * _START_DISPERSION, *_DISPERSION_BOUNDS))
    if len(counts) < _ENOUGH_FOR_REGRESSION or counts.sum() < _ENOUGH_FOR_REGRESSION:
        return 1.0, start
    from statsmodels.discrete.discrete_model import NegativeBinomial  # noqa: PLC0415 - half a second; most processes read what is on record

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


def _sizes(share: Floats, budget: Floats, owner: Ints, usual: ScopeProcess) -> tuple[float, float, float, float]:
    """Return mean, slope on the budget, spread within and between projects of the log sizes."""
    if len(share) == 0:
        return usual.size_mean, usual.size_slope, usual.size_spread, usual.size_spread_between
    logs, length = np.log(share), np.log(np.where(budget > 0, budget, 1000.0) / 1000.0)
    weight = len(logs) / (len(logs) + _SIZE_WEIGHT)
    centred = length - length.mean()
    slope = -float((centred * logs).sum() / max(float((centred**2).sum()), 1.0)) * weight
    flat = logs + slope * length
    numbers = np.unique(owner, return_inverse=True)[1]
    count = np.bincount(numbers)
    means = np.bincount(numbers, flat) / count
    inside = float(np.square(flat - means[numbers]).sum())
    free = max(len(flat) - len(count), 0)
    within = (inside + _SIZE_WEIGHT * usual.size_spread**2) / (free + _SIZE_WEIGHT)
    spread = max(float(means.var()) - within * float((1 / count).mean()), _LEAST_SPREAD**2)
    few = len(count) / (len(count) + 10.0)
    between = few * spread + (1 - few) * usual.size_spread_between**2
    mean = weight * float(flat.mean()) + (1 - weight) * usual.size_mean
    return mean, slope, float(np.sqrt(within)), float(np.sqrt(between))
