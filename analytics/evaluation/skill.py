"""How much better than a rival, and how sure: skill with an interval from resampling whole projects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

_DRAW_COUNT: Final = 2_000


@dataclass(frozen=True)
class Skill:
    """One minus the ratio of two mean scores: 0.1 means 10 % lower loss than the rival; the range covers 90 %."""

    skill: float
    low: float
    high: float
    project_count: int


def skill_by_project(
    score: npt.ArrayLike, rival_score: npt.ArrayLike, project_ids: npt.ArrayLike, *, seed: int = 0
) -> Skill:
    """Compare two scores of the same forecasts.

    All forecasts of one project move together, so projects are averaged first and then resampled as wholes
    (a bootstrap over rows would count one project's weeks as independent and look far too sure).

    Parameters
    ----------
    score, rival_score
        Losses of the method and its rival, one per forecast, lower is better.
    project_ids
        The project of each forecast.
    """
    rows = pd.DataFrame({"project_id": project_ids, "score": score, "rival": rival_score})
    means = rows.groupby("project_id", sort=True)[["score", "rival"]].mean().to_numpy(dtype=np.float64)
    count = len(means)
    if count == 0 or means[:, 1].sum() == 0:
        return Skill(float("nan"), float("nan"), float("nan"), count)
    total = means.sum(axis=0)
    picks = np.random.default_rng(seed).integers(0, count, size=(_DRAW_COUNT, count))
    drawn = means[picks].sum(axis=1)
    skills = 1 - drawn[:, 0] / np.where(drawn[:, 1] > 0, drawn[:, 1], np.nan)
    low, high = np.nanquantile(skills, [0.05, 0.95])
    return Skill(float(1 - total[0] / total[1]), float(low), float(high), count)


def skill_by_stage(
    score: npt.ArrayLike,
    rival_score: npt.ArrayLike,
    project_ids: npt.ArrayLike,
    stages: npt.ArrayLike,
    *,
    seed: int = 0,
) -> Skill:
    """Compare two scores that are averaged as tables do: over the projects of each stage, then over the stages.

    A project that had finished before a stage has no score there. Projects are resampled as wholes; a draw that leaves
    a stage without a project is left out.
    """
    own = _by_project_and_stage(score, project_ids, stages)
    rival = _by_project_and_stage(rival_score, project_ids, stages)
    if own.size == 0 or not np.nansum(rival) > 0:
        return Skill(float("nan"), float("nan"), float("nan"), len(own))
    skills = 1 - _drawn_means(own, seed) / _drawn_means(rival, seed)
    low, high = np.nanquantile(skills, [0.05, 0.95])
    total = float(np.nanmean(own, axis=0).mean() / np.nanmean(rival, axis=0).mean())
    return Skill(1 - total, float(low), float(high), len(own))


def mean_by_stage(
    values: npt.ArrayLike, project_ids: npt.ArrayLike, stages: npt.ArrayLike, *, seed: int = 0
) -> tuple[float, float, float]:
    """Return the mean over stages of a score's mean over projects, and its 90 % interval from resampled projects."""
    table = _by_project_and_stage(values, project_ids, stages)
    if table.size == 0:
        return float("nan"), float("nan"), float("nan")
    low, high = np.nanquantile(_drawn_means(table, seed), [0.05, 0.95])
    return float(np.nanmean(table, axis=0).mean()), float(low), float(high)


def _by_project_and_stage(values: npt.ArrayLike, project_ids: npt.ArrayLike, stages: npt.ArrayLike) -> Floats:
    rows = pd.DataFrame({"project_id": project_ids, "stage": stages, "value": np.asarray(values, dtype=np.float64)})
    wide = rows.pivot_table(index="project_id", columns="stage", values="value", aggfunc="mean", dropna=False)
    return wide.to_numpy(dtype=np.float64)


@lru_cache(maxsize=8)
def _draws(count: int, seed: int) -> Floats:
    """Return how often each project is drawn in each resampling."""
    draw = np.random.default_rng(seed)
    return draw.multinomial(count, np.full(count, 1 / count), size=_DRAW_COUNT).astype(np.float64)


def _drawn_means(table: Floats, seed: int) -> Floats:
    """Return the mean over stages for each draw of projects; not a number where a stage lost all of its projects."""
    picks = _draws(len(table), seed)
    seen = picks @ (~np.isnan(table)).astype(np.float64)
    means = np.divide(picks @ np.nan_to_num(table), seen, out=np.full(seen.shape, np.nan), where=seen > 0)
    return np.asarray(means.mean(axis=1))
