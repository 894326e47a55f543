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

if TYPE_CHECKING:
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
_ROWS_AT_ONCE: Final = 256


@dataclass(frozen=True)
class PlanAnalogues:
    """Finished projects as they looked at each stage, and ln(true duration / plan of record) there.

    Where ``is_finished`` is false the project still runs and the ratio is only known to be larger. One entry per
    landmark in every tuple; ``features`` has one tuple per name in ``FEATURES``.
    """

    log_ratio: tuple[float, ...]
    is_finished: tuple[bool, ...]
    stage: tuple[float, ...]
    is_overdue: tuple[bool, ...]
    features: tuple[tuple[float, ...], ...]
    project_code: tuple[int, ...]

    @property
    def finished_count(self) -> int:
        """Finished projects that it was learnt from."""
        pairs = zip(self.project_code, self.is_finished, strict=True)
        return len({code for code, is_finished in pairs if is_finished})

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
        ratio, is_finished = np.asarray(self.log_ratio), np.asarray(self.is_finished)
        codes = np.asarray(self.project_code)
        by_project = np.argsort(codes, kind="stable")
        begins = np.flatnonzero(np.diff(codes[by_project], prepend=-1))
        parts = []
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            mass = self._weights(rows.iloc[first : first + _ROWS_AT_ONCE])
            per_project = np.add.reduceat(mass[:, by_project], begins, axis=1)
            # (n + 1) ranks count projects: landmarks of one project are not independent.
            usual = np.square(per_project).sum(axis=1) / per_project.sum(axis=1)
            parts.append(censored_quantiles(ratio, is_finished, mass, usual))
        return np.concatenate(parts)

    def _weights(self, rows: pd.DataFrame) -> Floats:
        """Return how much each landmark counts for each row."""
        count = self.finished_count
        width = float(np.clip(_RANK_WIDTH * (_MANY_PROJECTS / count) ** (1 / 3), _RANK_WIDTH, _RANK_WIDTH_AT_MOST))
        nearness = _square_distance(_stage_place(rows["stage"].to_numpy()), _stage_place(np.asarray(self.stage)))
        nearness = nearness / _STAGE_WIDTH**2
        # The nearest landmark counts fully, so that a stage that nobody was seen at still has neighbours.
        nearness = nearness - nearness.min(axis=1, keepdims=True)
        unlike = (rows["is_overdue"].to_numpy()[:, None] != np.asarray(self.is_overdue)) * (
            (_OVERDUE_DISTANCE / width) ** 2
        )
        for name, known in zip(FEATURES, self.features, strict=True):
            unlike = unlike + _rank_distance(rows[name].to_numpy(dtype=np.float64), np.asarray(known)) / width**2
        return np.asarray(np.exp(-0.5 * nearness) * (_FLOOR + np.exp(-0.5 * unlike)) + 1e-12)


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
    rows = with_features(landmarks.dropna(subset=["plan_point", "planned_weeks", "true_weeks"]))
    ratio = rows["true_weeks"].to_numpy(dtype=np.float64) / rows["plan_point"].to_numpy(dtype=np.float64)
    return PlanAnalogues(
        log_ratio=tuple(np.log(ratio).tolist()),
        is_finished=tuple(rows["is_finished"].astype(bool).tolist()),
        stage=tuple(rows["stage"].astype("float64").tolist()),
        is_overdue=tuple(rows["is_overdue"].astype(bool).tolist()),
        features=tuple(tuple(rows[name].astype("float64").tolist()) for name in FEATURES),
        project_code=tuple(pd.factorize(rows["project_id"])[0].tolist()),
    )


def _stage_place(stage: Floats) -> Floats:
    """Place stages on a line where distances mean the same; beyond the first plan relative ones count."""
    known = np.asarray(stage, dtype=np.float64)
    return np.asarray(np.minimum(known, 1.0) + np.log(np.clip(known, 1.0, 3.0)))


def _square_distance(rows: Floats, known: Floats) -> Floats:
    return np.asarray(np.square(rows[:, None] - known))


def _rank_distance(rows: Floats, known: Floats) -> Floats:
    """Return squared distances of mid-ranks from 0 to 1; an unknown value is far from nothing."""
    ordered = np.sort(known[~np.isnan(known)])
    if len(ordered) == 0 or ordered[0] == ordered[-1]:
        return np.zeros((len(rows), len(known)))
    places = [
        (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / (2 * len(ordered))
        for values in (rows, known)
    ]
    distance = _square_distance(*places)
    return np.where(np.isnan(rows)[:, None] | np.isnan(known), 0.0, distance)
