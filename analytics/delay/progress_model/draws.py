"""The random numbers that all projects share, drawn once for a seed.

Common numbers make forecasts of neighbouring weeks, of what-ifs and of single drivers differ by what they should and
not by chance; a scrambled Sobol sequence (Sobol 1967; Owen 1998) fills the space evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import ndtri

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

#: Paths of a forecast.
PATH_COUNT: Final = 4096
#: Requests to come are tabulated up to so many; beyond, a path goes on at its own mean.
_MOST_REQUESTS: Final = 64.0
_PLACES: Final = 512
_EVENTS: Final = 128
_NAMES: Final = ("speed", "availability", "wishes", "rework", "wait", "start", "tail")


@dataclass(frozen=True, eq=False)
class Draws:
    """One entry per path: standard normal numbers by name, and ``wait`` and ``start`` evenly in (0, 1)."""

    speed: Floats
    availability: Floats
    wishes: Floats
    rework: Floats
    wait: Floats
    start: Floats
    tail: Floats
    seed: int

    def __len__(self) -> int:
        return len(self.speed)


@lru_cache(maxsize=4)
def common_draws(seed: int, count: int = PATH_COUNT) -> Draws:
    """Return the numbers of a seed. They are shared: nobody may change them."""
    from scipy.stats import qmc  # noqa: PLC0415 - half a second; most processes read what is on record

    power = int(np.ceil(np.log2(max(count, 2))))
    even = qmc.Sobol(len(_NAMES), rng=np.random.default_rng([seed, 1])).random_base2(power)[:count]
    even = np.clip(even, 1e-9, 1 - 1e-9)
    numbers = {name: np.ascontiguousarray(even[:, place]) for place, name in enumerate(_NAMES)}
    normal = {
        name: values if name in {"wait", "start"} else np.asarray(ndtri(values)) for name, values in numbers.items()
    }
    return Draws(**normal, seed=seed)


@dataclass(frozen=True, eq=False)
class Sums:
    """For each path the summed size of requests after so many have come, in units of a typical one."""

    table: Floats
    last: Floats

    def after(self, request_count: Floats) -> Floats:
        """Return the sum on each path when ``request_count`` (one per path, may be broken) have come on average."""
        place = np.sqrt(np.minimum(request_count, _MOST_REQUESTS) * (_PLACES**2 / _MOST_REQUESTS))
        flat = np.arange(0, len(self.last) * (_PLACES + 1), _PLACES + 1) + place.astype(np.int64)
        found = self.table.take(flat)
        if request_count.max(initial=0.0) > _MOST_REQUESTS:
            found = found + self.last * np.maximum(request_count / _MOST_REQUESTS - 1.0, 0.0)
        return np.asarray(found)


@lru_cache(maxsize=8)
def request_sums(seed: int, count: int, stream: int, size_spread: float, negative_share: float) -> Sums:
    """Play requests at unit pace for each path: one table serves all projects, read at their own pace.

    Parameters
    ----------
    stream
        Different kinds of requests get different numbers.
    """
    random = np.random.default_rng([seed, 2, stream])
    moments = random.standard_exponential((count, _EVENTS)).cumsum(axis=1)
    sizes = np.exp(size_spread * random.standard_normal((count, _EVENTS)))
    sizes = np.where(random.random((count, _EVENTS)) < negative_share, -sizes, sizes)
    place = np.ceil(np.sqrt(np.minimum(moments, 4 * _MOST_REQUESTS) * (_PLACES**2 / _MOST_REQUESTS))).astype(np.int64)
    counts = place <= _PLACES
    flat = (np.arange(count) * (_PLACES + 1))[:, None] + place
    steps = np.bincount(flat[counts], sizes[counts], minlength=count * (_PLACES + 1)).reshape(count, _PLACES + 1)
    table = steps.cumsum(axis=1)
    return Sums(table.ravel(), np.ascontiguousarray(table[:, -1]))
