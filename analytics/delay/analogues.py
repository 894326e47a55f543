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
from analytics.evaluation import LEVELS

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
        known = self._known
        own_place, known_place = _stage_place(rows["stage"].to_numpy()), _stage_place(known["stage"].to_numpy())
        unlike = _Unlikeness(rows, known, self._rank_width)
        order = np.argsort(own_place, kind="stable")
        result = np.empty((len(rows), len(LEVELS)))
        # Rows of like stage are done together, so that far-away landmarks can be left out from the start.
        for batch in np.array_split(order, np.arange(_ROWS_AT_ONCE, len(order), _ROWS_AT_ONCE)):
            low, high = own_place[batch[0]] - _STAGE_REACH, own_place[batch[-1]] + _STAGE_REACH
            near = np.flatnonzero((known_place >= low) & (known_place <= high))
            near = near if known["is_finished"].to_numpy()[near].any() else np.arange(len(known))
            distance = np.square((own_place[batch][:, None] - known_place[near]) / _STAGE_WIDTH)
            # The nearest landmark counts fully, so that a stage that nobody was seen at still has neighbours.
            nearness = np.exp(-0.5 * (distance - distance.min(axis=1, keepdims=True)))
            mass = nearness * (_FLOOR + np.exp(-0.5 * unlike.square_distance(batch, near))) + 1e-12
            result[batch] = _quantiles(known.iloc[near], mass)
        return result

    @property
    def _known(self) -> pd.DataFrame:
        """The landmarks as a table, those of one project one after the other."""
        columns = dict(zip(FEATURES, self.features, strict=True))
        table = pd.DataFrame(
            {
                "log_ratio": self.log_ratio,
                "is_finished": self.is_finished,
                "stage": self.stage,
                "is_overdue": self.is_overdue,
                "project_code": self.project_code,
                **columns,
            }
        )
        return table.sort_values("project_code", kind="stable", ignore_index=True)

    @property
    def _rank_width(self) -> float:
        width = _RANK_WIDTH * (_MANY_PROJECTS / self.finished_count) ** (1 / 3)
        return float(np.clip(width, _RANK_WIDTH, _RANK_WIDTH_AT_MOST))


class _Unlikeness:
    """How little projects resemble landmarks, apart from the stage."""

    def __init__(self, rows: pd.DataFrame, known: pd.DataFrame, width: float) -> None:
        columns = [_ranks(rows[name], known[name]) for name in FEATURES]
        overdue = [frame["is_overdue"].to_numpy(dtype=np.float64) * _OVERDUE_DISTANCE for frame in (rows, known)]
        self._pairs = [(own / width, other / width) for own, other in (*columns, overdue)]

    def square_distance(self, rows: npt.NDArray[np.int64], known: npt.NDArray[np.int64]) -> Floats:
        """Return the squared distance of each row to each landmark; an unknown value is far from nothing."""
        total = np.zeros((len(rows), len(known)))
        for own, other in self._pairs:
            total += np.nan_to_num(np.square(own[rows][:, None] - other[known]))
        return total


def _quantiles(known: pd.DataFrame, mass: Floats) -> Floats:
    codes = known["project_code"].to_numpy()
    per_project = np.add.reduceat(mass, np.flatnonzero(np.diff(codes, prepend=-1)), axis=1)
    # (n + 1) ranks count projects: landmarks of one project are not independent.
    usual = np.square(per_project).sum(axis=1) / per_project.sum(axis=1)
    ratio, is_finished = known["log_ratio"].to_numpy(dtype=np.float64), known["is_finished"].to_numpy(dtype=bool)
    return censored_quantiles(ratio, is_finished, mass, usual)


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


def _ranks(own: pd.Series[float], known: pd.Series[float]) -> tuple[Floats, Floats]:
    """Return where values stand among the known ones, from 0 to 1, ties in the middle; unknown stays unknown."""
    values, others = np.asarray(own, dtype=np.float64), np.asarray(known, dtype=np.float64)
    ordered: Floats = np.sort(others[~np.isnan(others)])
    if len(ordered) == 0 or ordered[0] == ordered[-1]:
        return np.zeros_like(values), np.zeros_like(others)
    return _midrank(values, ordered), _midrank(others, ordered)


def _midrank(values: Floats, ordered: Floats) -> Floats:
    places = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return np.where(np.isnan(values), np.nan, places / (2 * len(ordered)))
