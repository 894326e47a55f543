"""A point forecast dressed with its own past errors at the same stage of other projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.distribution import (
    DEFAULT_CLASS_WEIGHT,
    ENOUGH_FINISHED_COUNT,
    averaged,
    censored_quantiles,
    default_finish,
    later_than,
    outlived_weight,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: Shares of the first planned duration at which past forecasts are looked at. It is known in advance, unlike a
#: share of the actual duration.
STAGES: Final = (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)

#: A stage's own errors weigh n / (n + this) against the errors of the stages around it.
_NEIGHBOUR_WEIGHT: Final = 10.0
_NEIGHBOUR_WIDTH: Final = 0.25


@dataclass(frozen=True)
class StageErrors:
    """Quantiles of ln(true duration / point forecast), for each stage.

    ``log_ratios`` holds one row of 199 quantiles per stage in ``stages``. ``finished_counts`` says how many
    projects stand behind each; ``finished_count`` how many there were in all.
    """

    stages: tuple[float, ...]
    log_ratios: tuple[tuple[float, ...], ...]
    finished_counts: tuple[int, ...]
    finished_count: int

    @property
    def is_default_class(self) -> bool:
        """Whether the default class still takes part because too few projects have finished."""
        return self.finished_count < ENOUGH_FINISHED_COUNT

    @property
    def default_weight(self) -> float:
        """Weight of the default class in the forecast."""
        if not self.is_default_class:
            return 0.0
        return DEFAULT_CLASS_WEIGHT / (DEFAULT_CLASS_WEIGHT + self.finished_count)

    def quantiles(self, stage: npt.ArrayLike) -> Floats:
        """Return one row of 199 log ratios per stage asked for, straight between the learnt stages."""
        asked = np.clip(np.asarray(stage, dtype=np.float64), self.stages[0], self.stages[-1])
        curves = np.asarray(self.log_ratios)
        upper = np.clip(np.searchsorted(self.stages, asked, side="right"), 1, len(self.stages) - 1)
        grid = np.asarray(self.stages)
        part = ((asked - grid[upper - 1]) / (grid[upper] - grid[upper - 1]))[:, None]
        return np.asarray(curves[upper - 1] * (1 - part) + curves[upper] * part)

    def forecast(self, point_weeks: Floats, elapsed_weeks: Floats, stage: npt.ArrayLike) -> Floats:
        """Return 199 quantiles of the duration in weeks for each point forecast, all later than today.

        A project that has outlived nearly all experience falls back on the default class for what remains.
        """
        plain = default_finish(point_weeks, elapsed_weeks)
        if self.finished_count == 0:
            return plain
        experience = point_weeks[:, None] * np.exp(self.quantiles(stage))
        weight = np.maximum(outlived_weight(experience, elapsed_weeks), self.default_weight)
        kept = later_than(experience, elapsed_weeks)
        return np.maximum(averaged(kept, plain, weight), elapsed_weeks[:, None])


NO_ERRORS: Final = StageErrors(stages=STAGES, log_ratios=(), finished_counts=(), finished_count=0)


def fit_stage_errors(
    stage: npt.ArrayLike,
    log_ratio: npt.ArrayLike,
    is_finished: npt.ArrayLike,
    project_codes: npt.ArrayLike,
    stages: tuple[float, ...] = STAGES,
) -> StageErrors:
    """Learn the errors at each of ``stages`` from landmarks of other projects.

    Each row is one project seen at one of the stages while it still ran. The curve of a stage is the average of its
    own errors and those of the stages around it; the fewer its own, the more the others count.

    Parameters
    ----------
    log_ratio
        ln(true duration / point forecast); for a project that still runs, with how far it has got.
    is_finished
        False where the project still runs, so that its error is only known to be larger.
    """
    place = np.asarray(stage, dtype=np.float64)
    ratio = np.asarray(log_ratio, dtype=np.float64)
    finished = np.asarray(is_finished, dtype=bool)
    project_count = len(np.unique(np.asarray(project_codes)[finished]))
    if project_count == 0:
        return NO_ERRORS
    nodes = np.asarray(stages)
    nearness = np.exp(-0.5 * np.square((place - nodes[:, None]) / _NEIGHBOUR_WIDTH)) + 1e-6
    around = censored_quantiles(ratio, finished, nearness)
    curves, counts = [], []
    for node, neighbours in zip(stages, around, strict=True):
        is_own = np.isclose(place, node)
        count = int((is_own & finished).sum())
        curve = neighbours
        if count > 0:
            own = censored_quantiles(ratio[is_own], finished[is_own], np.ones((1, int(is_own.sum()))))[0]
            weight = count / (count + _NEIGHBOUR_WEIGHT)
            curve = weight * own + (1 - weight) * neighbours
        curves.append(tuple(curve.tolist()))
        counts.append(count)
    return StageErrors(stages, tuple(curves), tuple(counts), project_count)
