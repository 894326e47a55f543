"""When the work of a project is done, path by path: remaining work, work still to come, speed, availability, wait.

On each path the work that remains, with what will still be asked for, is divided by the speed and the availability of
the path; the finish follows after a wait. Work to come is counted in progress, not in time, so a slow project does
not ask itself for more; and noise is that of the average over the horizon, so no week needs to be played by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.distribution import averaged, default_finish
from analytics.delay.progress_model.draws import Draws, Sums, common_draws, request_sums
from analytics.delay.progress_model.levels import PARTS
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.delay.progress_model.cases import Cases, RequestCounts
    from analytics.delay.progress_model.fitting import WorkModel
    from analytics.delay.progress_model.levels import LevelModel
    from analytics.delay.progress_model.scope_process import ScopeProcess
    from analytics.evaluation.scores import Floats

#: Paths on which a project would have finished already say nothing; with fewer left than this, the default class helps.
_FEWEST_PATHS_SHARE: Final = 0.05
_LEAST_LEFT_WEEKS: Final = 0.1
#: After the weeks that are looked at one by one it goes on like their end, and never quite stands still.
_LAST_WEEKS: Final = 8
_LEAST_FACTOR: Final = 0.1
#: Nothing is reckoned to go on longer than this many times the plan.
_LONGEST: Final = 40.0


@dataclass(frozen=True, eq=False)
class ToCome:
    """Requests still to come: gamma shape and rate of a project's own pace, expected count, size, share pending."""

    shape: Floats
    rate: Floats
    expected: Floats
    size: Floats
    pending: Floats


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the future of each case depends on; one entry per case, weeks and shares as in ``Cases``."""

    origin_weeks: Floats
    elapsed_weeks: Floats
    remaining: Floats
    weekly_share: Floats
    speed_mean: Floats
    speed_spread: Floats
    availability_mean: Floats
    availability_spread: Floats
    wishes: ToCome
    rework: ToCome
    is_done: npt.NDArray[np.bool_]
    #: Hours of each week from the origin on against the usual ones; no columns: all as usual.
    ahead: Floats

    def __len__(self) -> int:
        return len(self.remaining)


def outlook(model: WorkModel, cases: Cases) -> Outlook:
    """Return what is to be expected of each case."""
    wishes = _to_come(model.wishes, cases.wishes, cases)
    rework = _to_come(model.rework, cases.rework, cases)
    usual = _expected_remaining(model, cases, wishes, rework)
    parts = {True: np.flatnonzero(cases.has_hours), False: np.flatnonzero(~cases.has_hours)}
    seen, seen_progress, seen_weeks = cases.speed_with_open
    has_open = ~np.isnan(cases.open_speed)
    speed_mean, speed_spread = np.zeros(len(cases)), np.zeros(len(cases))
    availability_mean, availability_spread = np.zeros(len(cases)), np.zeros(len(cases))
    for of_hours, chosen in parts.items():
        if len(chosen) == 0:
            continue
        speed = model.speed(of_hours=of_hours)
        level = speed.level(
            seen[chosen], seen_progress[chosen], seen_weeks[chosen], cases.product[chosen], has_open[chosen]
        )
        horizon = usual[chosen] / cases.weekly_share[chosen]
        mean, variance = level.ahead(horizon, speed.variances)
        speed_mean[chosen] = mean + speed.of_product(cases.product[chosen]) + speed.smearing
        speed_spread[chosen] = np.sqrt(variance + _doubt(speed))
        usual_rate = np.asarray(speed.parts)
        if of_hours:
            present = model.availability
            level = present.level(
                cases.availability[chosen],
                cases.availability_progress[chosen],
                cases.availability_weeks[chosen],
                cases.product[chosen],
            )
            mean, variance = level.ahead(horizon, present.variances)
            idle = (cases.watched_weeks - cases.active_weeks)[chosen] + model.idle_share * model.idle_weight
            active = np.log(1 - np.minimum(idle / (cases.watched_weeks[chosen] + model.idle_weight), 0.95))
            availability_mean[chosen] = mean + present.of_product(cases.product[chosen]) + present.smearing + active
            availability_spread[chosen] = np.sqrt(variance + _doubt(present))
            usual_rate = usual_rate + np.asarray(present.parts)
        speed_mean[chosen] += _rest_of_way(usual_rate, cases.progress[chosen])
    return Outlook(
        origin_weeks=cases.origin_weeks,
        elapsed_weeks=cases.elapsed_weeks,
        remaining=cases.remaining,
        weekly_share=cases.weekly_share,
        speed_mean=speed_mean,
        speed_spread=speed_spread,
        availability_mean=availability_mean,
        availability_spread=availability_spread,
        wishes=wishes,
        rework=rework,
        is_done=cases.is_done,
        ahead=_from_origin(cases),
    )


def _from_origin(cases: Cases) -> Floats:
    """Return the weeks ahead from the day of the progress figure on; those up to today were as usual."""
    if cases.ahead.shape[1] == 0:
        return cases.ahead
    gap = np.clip(np.rint(cases.elapsed_weeks - cases.origin_weeks), 0, cases.ahead.shape[1]).astype(np.int64)
    place = np.arange(cases.ahead.shape[1])[None] - gap[:, None]
    shifted = np.take_along_axis(cases.ahead, np.maximum(place, 0), axis=1)
    return np.where(place < 0, 1.0, shifted)


def _doubt(level: LevelModel) -> float:
    """Return the variance of the usual level itself, learnt from few projects."""
    return level.variances.own * 2.0 / (level.project_count + 2.0)


def _to_come(process: ScopeProcess, counts: RequestCounts, cases: Cases) -> ToCome:
    expected = process.expected_count(cases.planned_weeks)
    came = process.came_by(cases.progress)
    prior = 1.0 / process.dispersion
    size = np.exp(process.size_of(counts, cases.budget_hours)) * process.taken_share
    return ToCome(
        shape=prior + counts.raised_count,
        rate=prior + expected * came,
        expected=expected * (1.0 - came),
        size=size,
        pending=counts.pending_share * process.taken_share,
    )


def _expected_remaining(model: WorkModel, cases: Cases, wishes: ToCome, rework: ToCome) -> Floats:
    """Return the expected work to do, for the length of the horizon."""
    total = cases.remaining.copy()
    for process, part in ((model.wishes, wishes), (model.rework, rework)):
        mean = part.expected * part.shape / part.rate * part.size * process.mean_factor
        total = total + part.pending + mean
    return np.maximum(total, 1.0 / cases.planned_weeks)


def _rest_of_way(rate: Floats, progress: Floats) -> Floats:
    """Return the usual rate over the rest of the way: work is done part after part, so times add up."""
    left = np.maximum(PARTS[1:][None] - np.maximum(PARTS[:-1][None], np.minimum(progress, 0.999)[:, None]), 0.0)
    return np.asarray(-np.log((left / np.exp(rate)).sum(axis=1) / left.sum(axis=1)))


@dataclass(frozen=True, eq=False)
class Chances:
    """The random numbers of all paths, the sums of requests on them, and each path's wait, for one model."""

    draws: Draws
    wishes: Sums
    rework: Sums
    waits: Floats


def chances(model: WorkModel, seed: int, path_count: int) -> Chances:
    """Return the chances of a model, the same for the same seed."""
    draws = common_draws(seed, path_count)
    waits = np.asarray(model.waits)
    return Chances(
        draws=draws,
        wishes=request_sums(seed, path_count, 1, model.wishes.size_spread, model.wishes.negative_share),
        rework=request_sums(seed, path_count, 2, model.rework.size_spread, model.rework.negative_share),
        waits=waits[np.minimum((draws.wait * len(waits)).astype(np.int64), len(waits) - 1)],
    )


def finish_paths(ahead: Outlook, place: int, chance: Chances) -> Floats:
    """Return the finish of one case on every path, in weeks since its start; not cut at today."""
    draws = chance.draws
    work = np.full(len(draws), ahead.remaining[place])
    if not ahead.is_done[place]:
        for part, numbers, sums in (
            (ahead.wishes, draws.wishes, chance.wishes),
            (ahead.rework, draws.rework, chance.rework),
        ):
            work += part.pending[place]
            if part.expected[place] > 0:
                pace = gamma_numbers(part.shape[place], numbers) * (part.expected[place] / part.rate[place])
                work += part.size[place] * sums.after(pace)
    else:
        work[:] = 0.0
    rate = ahead.speed_spread[place] * draws.speed
    rate += ahead.availability_spread[place] * draws.availability
    rate += ahead.speed_mean[place] + ahead.availability_mean[place]
    weeks = usual_weeks(work, rate, ahead.weekly_share[place])
    if ahead.ahead.shape[1]:
        weeks = calendar_weeks(weeks, ahead.ahead[place])
    weeks += chance.waits
    weeks += ahead.origin_weeks[place]
    return np.asarray(weeks)


def usual_weeks(work: Floats, rate: Floats, weekly_share: float) -> Floats:
    """Return how many usual weeks the work takes at a rate (logarithm)."""
    weeks = np.maximum(work, 0.0) * np.exp(-rate)
    weeks /= weekly_share
    return np.asarray(np.minimum(weeks, _LONGEST / weekly_share, out=weeks))


def calendar_weeks(weeks: Floats, factors: Floats) -> Floats:
    """Return when so many usual weeks are over, where coming weeks hold more or fewer hours than usual ones."""
    if (factors == 1.0).all():
        return weeks
    reached = np.concatenate(([0.0], np.cumsum(np.maximum(factors, 1e-6))))
    last = max(float(factors[-_LAST_WEEKS:].mean()), _LEAST_FACTOR)
    found = np.interp(weeks, reached, np.arange(len(reached), dtype=np.float64))
    return np.asarray(np.where(weeks > reached[-1], len(factors) + (weeks - reached[-1]) / last, found))


def gamma_numbers(shape: float, normal: Floats) -> Floats:
    """Return gamma numbers of unit rate from normal ones (Wilson and Hilferty 1931)."""
    root = 1.0 - 1.0 / (9.0 * shape) + normal * (1.0 / (3.0 * np.sqrt(shape)))
    np.maximum(root, 0.0, out=root)
    return np.asarray(shape * root * root * root)


def path_quantiles(ahead: Outlook, chance: Chances) -> Floats:
    """Return 199 quantiles of the finish of each case, in weeks since its start, all later than today."""
    result = np.empty((len(ahead), len(LEVELS)))
    for place in range(len(ahead)):
        result[place] = _later_quantiles(np.sort(finish_paths(ahead, place, chance)), ahead.elapsed_weeks[place])
    return result


def _later_quantiles(ordered: Floats, elapsed: float) -> Floats:
    """Return the quantiles of the paths that finish after today."""
    first = int(np.searchsorted(ordered, elapsed + _LEAST_LEFT_WEEKS))
    left = len(ordered) - first
    enough = _FEWEST_PATHS_SHARE * len(ordered)
    if left >= enough:
        return _quantiles(ordered[first:])
    point = np.array([max(float(ordered[len(ordered) // 2]), elapsed * 1.1)])
    plain = default_finish(point, np.array([elapsed]))
    if left < 2:
        return np.asarray(plain[0])
    return np.asarray(averaged(_quantiles(ordered[first:])[None], plain, 1.0 - left / enough)[0])


def _quantiles(ordered: Floats) -> Floats:
    place = LEVELS * len(ordered) - 0.5
    lower = np.clip(place.astype(np.int64), 0, max(len(ordered) - 2, 0))
    part = np.clip(place - lower, 0.0, 1.0)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    return np.asarray(ordered[lower] * (1 - part) + ordered[upper] * part)
