"""Why a finish is where it is, in weeks: exact Shapley values of six drivers.

A forecast is replayed with each of the 64 sets of drivers as they are or will be, and the others as planned: started
on time, no growth, nothing done twice, an hour earned per hour, the planned hours, no wait. A driver's weeks are its
average effect over all orders in which the drivers can be switched (Shapley 1953). With nothing switched the replay is
the plan itself, so the weeks add up to forecast minus plan. They are contributions under this model, no proof of cause.

What is shown is corrected by what such forecasts missed before. Where it ends earlier than the replay, the time ahead
of each replay is shortened as that of the one with everything switched on, so that no driver is told more weeks than
the shown finish has, and a driver's weeks and what a scenario wins by taking it away are of one measure; what has
passed has passed. Where it ends later, drivers stay as replayed: what past forecasts missed is nobody's speed or scope.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.progress_model.paths import calendar_weeks, gamma_numbers, usual_weeks

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.delay.progress_model.cases import Cases
    from analytics.delay.progress_model.paths import Chances, Outlook, ToCome
    from analytics.evaluation.scores import Floats

DRIVERS: Final = ("late_start", "scope", "rework", "speed", "availability", "wait")
#: Paths of a replay: drivers are differences of medians on the same paths.
DRIVER_PATHS: Final = 1024
_COUNT: Final = len(DRIVERS)
_LATE_START, _SCOPE, _REWORK, _SPEED, _AVAILABILITY, _WAIT = (1 << place for place in range(_COUNT))
_LEAST_RATE: Final = 1e-3
#: A replay that ends in less than this has no time ahead to be shortened.
_LEAST_LEFT_WEEKS: Final = 0.5


def _shapley_matrix() -> Floats:
    """Return the weight of each of the 64 values in each driver's Shapley value."""
    matrix = np.zeros((_COUNT, 1 << _COUNT))
    for driver in range(_COUNT):
        others = [place for place in range(_COUNT) if place != driver]
        for size in range(_COUNT):
            weight = factorial(size) * factorial(_COUNT - size - 1) / factorial(_COUNT)
            for chosen in combinations(others, size):
                mask = sum(1 << place for place in chosen)
                matrix[driver, mask | 1 << driver] += weight
                matrix[driver, mask] -= weight
    return matrix


_MATRIX: Final = _shapley_matrix()


def driver_weeks(
    cases: Cases, ahead: Outlook, chance: Chances, late_start_weeks: Floats, shown_weeks: Floats | None = None
) -> tuple[Floats, Floats]:
    """Return the weeks of each driver (one row per case, columns as ``DRIVERS``), and the replayed median finish.

    Parameters
    ----------
    late_start_weeks
        Weeks from the planned start to the first hour or progress.
    shown_weeks
        The median finish that is shown, in weeks since the start: drivers are told on its scale; without it on that of
        the replay.
    """
    values = np.stack([_values(cases, ahead, chance, place, late) for place, late in enumerate(late_start_weeks)])
    told = values if shown_weeks is None else on_shown_scale(values, cases.elapsed_weeks, shown_weeks)
    return told @ _MATRIX.T, values[:, -1]


def on_shown_scale(values: Floats, elapsed_weeks: Floats, shown_weeks: Floats) -> Floats:
    """Return finishes by set of drivers (cases, 64), with the time ahead shortened so that the last one is as shown."""
    passed = elapsed_weeks[:, None]
    left = values[:, -1:] - passed
    has_left = left > _LEAST_LEFT_WEEKS
    share = np.where(has_left, (shown_weeks[:, None] - passed) / np.where(has_left, left, 1.0), 1.0)
    return np.asarray(np.minimum(values, passed) + np.maximum(values - passed, 0.0) * np.clip(share, 0.0, 1.0))


def scope_split(cases: Cases, ahead: Outlook, scope_weeks: Floats, model_mean: Floats) -> Floats:
    """Split the weeks of scope by the hours approved, pending and expected (one row per case).

    Parameters
    ----------
    model_mean
        Mean size of a request to come, in shares of the budget, of each case.
    """
    wishes = ahead.wishes
    expected = wishes.expected * wishes.shape / np.maximum(wishes.rate, 1e-9) * model_mean
    approved = cases.scope - 1.0 - cases.rework.approved_share
    parts = np.column_stack((approved, wishes.pending, np.where(cases.is_done, 0.0, expected)))
    total = parts.sum(axis=1)
    even = np.column_stack((np.ones(len(parts)), np.zeros((len(parts), 2))))
    is_clear = np.abs(total) > 1e-6
    share = np.where(is_clear[:, None], parts / np.where(is_clear, total, 1.0)[:, None], even)
    return np.asarray(share * scope_weeks[:, None])


def _values(cases: Cases, ahead: Outlook, chance: Chances, place: int, late: float) -> Floats:
    """Return the median finish of one case under each set of drivers; its bits say which are switched on."""
    scope, rework = _growth(cases, ahead, chance, place)
    passed = max(float(ahead.origin_weeks[place]) - late, 1e-6)
    weekly = float(ahead.weekly_share[place])
    planned = passed * weekly
    # What was earned is hours times speed; both are as planned where hours are unknown.
    present = _present_so_far(cases, place, passed)
    speed = max(float(cases.earned[place]) / (planned * present), _LEAST_RATE)
    draws = chance.draws
    paths = {
        _SPEED: ahead.speed_mean[place] + ahead.speed_spread[place] * draws.speed,
        _AVAILABILITY: ahead.availability_mean[place] + ahead.availability_spread[place] * draws.availability,
    }
    values = np.empty((1 << _COUNT, len(draws)))
    for mask in range(1 << _COUNT):
        if mask & (_LATE_START | _WAIT):
            continue
        work = 1.0 + (scope if mask & _SCOPE else 0.0) + (rework if mask & _REWORK else 0.0)
        work = np.maximum(np.broadcast_to(work, len(draws)), 0.0)
        past = weekly * (speed if mask & _SPEED else 1.0) * (present if mask & _AVAILABILITY else 1.0)
        rate = sum((paths[bit] for bit in paths if mask & bit), np.zeros(len(draws)))
        left = usual_weeks(work - past * passed, rate, weekly)
        if mask & _AVAILABILITY and ahead.ahead.shape[1]:
            left = calendar_weeks(left, ahead.ahead[place])
        values[mask] = np.where(work <= past * passed, work / past, passed + left)
    return _with_start_and_wait(values, late, chance.waits)


def _with_start_and_wait(values: Floats, late: float, waits: Floats) -> Floats:
    """Add start and wait, which come on top of everything, to the sets that have them, and take medians."""
    middle = values.shape[1] // 2
    masks = np.arange(1 << _COUNT)
    base = masks & ~(_LATE_START | _WAIT)
    paths = values[base] + np.where(masks & _WAIT, 1.0, 0.0)[:, None] * waits
    medians = np.partition(paths, middle, axis=1)[:, middle]
    return np.asarray(medians + np.where(masks & _LATE_START, late, 0.0))


def _growth(cases: Cases, ahead: Outlook, chance: Chances, place: int) -> tuple[Floats, Floats]:
    """Return growth by wishes and by rework on each path, in shares of the first budget."""
    rework = cases.rework.approved_share[place] + _to_come(ahead, ahead.rework, chance, place, is_rework=True)
    wishes = cases.scope[place] - 1.0 - cases.rework.approved_share[place]
    return wishes + _to_come(ahead, ahead.wishes, chance, place, is_rework=False), rework


def _to_come(ahead: Outlook, part: ToCome, chance: Chances, place: int, *, is_rework: bool) -> Floats:
    if ahead.is_done[place]:
        return np.zeros(len(chance.draws))
    numbers = chance.draws.rework if is_rework else chance.draws.wishes
    sums = chance.rework if is_rework else chance.wishes
    total = np.full(len(numbers), float(part.pending[place]))
    if part.expected[place] > 0:
        pace = gamma_numbers(part.shape[place], numbers) * (part.expected[place] / part.rate[place])
        total += part.size[place] * sums.after(pace)
    return total


def _present_so_far(cases: Cases, place: int, passed: float) -> float:
    """Return hours booked so far over hours planned so far; 1 where nobody books."""
    if not cases.has_hours[place]:
        return 1.0
    planned = passed * cases.weekly_share[place] * cases.budget_hours[place]
    return float(max(cases.booked_hours[place] / planned, _LEAST_RATE))


def late_start_of(cases: Cases, first_work_weeks: npt.NDArray[np.float64]) -> Floats:
    """Return late starts that leave time for what was earned: never later than the last progress figure."""
    return np.asarray(np.clip(first_work_weeks, 0.0, np.maximum(cases.origin_weeks - 1e-3, 0.0)))
