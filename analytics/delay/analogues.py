"""Plan of record times the errors of projects that looked alike at the same stage.

A finished project counts the more, the more it resembled this one when it was at the same stage: whether its plan
had run out, how long it was first planned, how far its plan had slipped, and how far it had got. With few finished
projects the resemblance is taken loosely, until every project counts alike. It is a kernel estimate of a conditional
distribution (Hall, Wolff and Yao 1999, JASA 94:154-163) on the ranks of the features.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.distribution import (
    DEFAULT_CLASS_WEIGHT,
    ENOUGH_FINISHED_COUNT,
    averaged,
    censored_quantiles,
    default_finish,
    later_than,
    outlived_weight,
)
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: Features besides the stage and whether the plan has run out.
FEATURES: Final = ("planned_weeks", "slip_ratio", "progress_ratio")
#: How near in stage, and how near in rank (0 to 1) from this many projects on. Chosen by grouped folds on
#: plan histories of three kinds; anything from 0.15 to 0.35 does nearly as well.
_STAGE_WIDTH: Final = 0.15
_RANK_WIDTH: Final = 0.25
_RANK_WIDTH_AT_MOST: Final = 0.70
_MANY_PROJECTS: Final = 60
#: A plan that has run out resembles one that has not only as far as this many widths.
_OVERDUE_DISTANCE: Final = 1.5
#: Least weight of a project at the same stage, however different it is.
_FLOOR: Final = 0.05
_ROWS_AT_ONCE: Final = 128
#: Landmarks farther than this in stage weigh less than a thousandth.
_STAGE_REACH: Final = 4 * _STAGE_WIDTH


@dataclass(frozen=True, eq=False)
class PlanAnalogues:
    """Projects as they looked at each stage, and ln(true duration / plan of record) there.

    Where ``is_finished`` is false the project still runs and the ratio is only known to be larger. One entry per
    landmark in every array, those of one project one after the other; one array in ``features`` per name in
    ``FEATURES``.
    """

    log_ratio: Floats
    is_finished: npt.NDArray[np.bool_]
    stage: Floats
    is_overdue: npt.NDArray[np.bool_]
    features: tuple[Floats, ...]
    project_code: npt.NDArray[np.int64]

    @property
    def finished_count(self) -> int:
        """Finished projects that it was learnt from."""
        return len(np.unique(self.project_code[self.is_finished]))

    @property
    def is_default_class(self) -> bool:
        """Whether the default class takes part because too few projects have finished."""
        return self.finished_count < ENOUGH_FINISHED_COUNT

    def forecast(self, rows: pd.DataFrame) -> Floats:
        """Return 199 quantiles of the duration in weeks for each row, all later than ``elapsed_weeks``.

        Parameters
        ----------
        rows
            ``stage``, ``elapsed_weeks``, ``planned_weeks`` (first plan), ``plan_finish_weeks`` (plan of record),
            ``plan_point`` (the same, at least half a week ahead), ``progress_ratio`` (may be unknown).
        """
        point = rows["plan_point"].to_numpy(dtype=np.float64)
        elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
        plain = default_finish(point, elapsed)
        count = self.finished_count
        if count == 0 or rows.empty:
            return plain
        experience = point[:, None] * np.exp(self._log_ratio_quantiles(with_features(rows)))
        few = DEFAULT_CLASS_WEIGHT / (DEFAULT_CLASS_WEIGHT + count) if self.is_default_class else 0.0
        weight = np.maximum(outlived_weight(experience, elapsed), few)
        mixed = averaged(later_than(experience, elapsed), plain, weight)
        return np.asarray(np.maximum(mixed, elapsed[:, None]))

    def _log_ratio_quantiles(self, rows: pd.DataFrame) -> Floats:
        """Return the weighted quantiles of the log ratios of the projects that look alike."""
        own_place, known_place = _stage_place(rows["stage"].to_numpy()), _stage_place(self.stage)
        unlike = _Unlikeness(rows, self)
        order = np.argsort(own_place, kind="stable")
        result = np.empty((len(rows), len(LEVELS)))
        # Rows of like stage are done together, so that far-away landmarks can be left out from the start.
        reach = np.maximum(_STAGE_REACH, _nearest_distance(own_place, known_place[self.is_finished]))
        for batch in np.array_split(order, np.arange(_ROWS_AT_ONCE, len(order), _ROWS_AT_ONCE)):
            low, high = (own_place - reach)[batch].min(), (own_place + reach)[batch].max()
            near = np.flatnonzero((known_place >= low) & (known_place <= high))
            distance = np.abs(own_place[batch][:, None] - known_place[near])
            # The nearest landmark counts fully, so that a stage that nobody was seen at still has neighbours.
            nearness = np.square(distance) - np.square(distance.min(axis=1, keepdims=True))
            mass = np.exp(-0.5 * nearness / _STAGE_WIDTH**2)
            mass *= _FLOOR + np.exp(-0.5 * unlike.square_distance(batch, near))
            # Beyond its reach nothing counts at all, so that no forecast depends on who else is asked for.
            mass[distance > reach[batch][:, None]] = 0.0
            result[batch] = self._weighted(near, mass)
        return result

    def _weighted(self, near: npt.NDArray[np.int64], mass: Floats) -> Floats:
        """Return the quantiles of the landmarks in ``near`` for each row of weights."""
        begins = np.flatnonzero(np.diff(self.project_code[near], prepend=-1))
        per_project = np.add.reduceat(mass, begins, axis=1)
        # (n + 1) ranks count projects: landmarks of one project are not independent.
        usual = np.square(per_project).sum(axis=1) / per_project.sum(axis=1)
        return censored_quantiles(self.log_ratio[near], self.is_finished[near], mass, usual)

    @property
    def rank_width(self) -> float:
        """How near in rank a project must be to count as alike; wider while there are few."""
        width = _RANK_WIDTH * (_MANY_PROJECTS / self.finished_count) ** (1 / 3)
        return float(np.clip(width, _RANK_WIDTH, _RANK_WIDTH_AT_MOST))


class _Unlikeness:
    """How little projects resemble landmarks, apart from the stage."""

    def __init__(self, rows: pd.DataFrame, known: PlanAnalogues) -> None:
        columns = [
            _ranks(np.asarray(rows[name], dtype=np.float64), other)
            for name, other in zip(FEATURES, known.features, strict=True)
        ]
        overdue = [np.asarray(flag, dtype=np.float64) for flag in (rows["is_overdue"], known.is_overdue)]
        columns.append((overdue[0] * _OVERDUE_DISTANCE, overdue[1] * _OVERDUE_DISTANCE))
        width = known.rank_width
        self._pairs = [(own / width, other / width) for own, other in columns]

    def square_distance(self, rows: npt.NDArray[np.int64], known: npt.NDArray[np.int64]) -> Floats:
        """Return the squared distance of each row to each landmark; an unknown value is far from nothing."""
        total = np.zeros((len(rows), len(known)))
        for own, other in self._pairs:
            total += np.nan_to_num(np.square(own[rows][:, None] - other[known]))
        return total


def with_features(rows: pd.DataFrame) -> pd.DataFrame:
    """Add ``slip_ratio`` (plan of record over first plan) and ``is_overdue`` (the plan of record has run out)."""
    plan = rows["plan_finish_weeks"].fillna(rows["planned_weeks"])
    return rows.assign(slip_ratio=plan.clip(lower=0.5) / rows["planned_weeks"], is_overdue=plan < rows["plan_point"])


def fit_plan_analogues(landmarks: pd.DataFrame) -> PlanAnalogues:
    """Keep what finished projects looked like at each stage, and how wrong their plan of record was.

    Parameters
    ----------
    landmarks
        Columns of ``PlanAnalogues.forecast`` and ``project_id``, ``true_weeks`` and ``is_finished``; where this is
        false the project still runs and ``true_weeks`` is how far it has got. No rows give the default class.
    """
    has_error = landmarks["plan_point"].notna() & landmarks["planned_weeks"].notna() & landmarks["true_weeks"].notna()
    rows = with_features(landmarks[has_error])
    codes = pd.factorize(rows["project_id"])[0]
    order = np.argsort(codes, kind="stable")
    numbers = {
        name: np.asarray(rows[name], dtype=np.float64)[order]
        for name in ("true_weeks", "plan_point", "stage", *FEATURES)
    }
    return PlanAnalogues(
        log_ratio=np.log(numbers["true_weeks"] / numbers["plan_point"]),
        is_finished=np.asarray(rows["is_finished"], dtype=bool)[order],
        stage=numbers["stage"],
        is_overdue=np.asarray(rows["is_overdue"], dtype=bool)[order],
        features=tuple(numbers[name] for name in FEATURES),
        project_code=codes[order].astype(np.int64),
    )


def _stage_place(stage: Floats) -> Floats:
    """Place stages on a line where distances mean the same; beyond the first plan relative ones count."""
    known = np.asarray(stage, dtype=np.float64)
    return np.asarray(np.minimum(known, 1.0) + np.log(np.clip(known, 1.0, 3.0)))


def _nearest_distance(places: Floats, known: Floats) -> Floats:
    """Return how far the nearest of the known places is from each place."""
    ordered: Floats = np.sort(known)
    upper = np.clip(np.searchsorted(ordered, places), 0, len(ordered) - 1)
    lower = np.maximum(upper - 1, 0)
    return np.asarray(np.minimum(np.abs(places - ordered[lower]), np.abs(places - ordered[upper])))


def _ranks(values: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return where values stand among the known ones, from 0 to 1, ties in the middle; unknown stays unknown."""
    ordered: Floats = np.sort(others[~np.isnan(others)])
    if len(ordered) == 0 or ordered[0] == ordered[-1]:
        return np.zeros_like(values), np.zeros_like(others)
    return _midrank(values, ordered), _midrank(others, ordered)


def _midrank(values: Floats, ordered: Floats) -> Floats:
    places = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return np.where(np.isnan(values), np.nan, places / (2 * len(ordered)))
