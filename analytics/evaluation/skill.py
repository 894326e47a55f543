"""How much better than a rival, and how sure: skill with an interval from resampling whole projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

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
    rows = pd.DataFrame({"project_id": project_ids, "stage": stages, "score": score, "rival": rival_score})
    if rows.empty or float(rows["rival"].sum()) == 0:
        return Skill(float("nan"), float("nan"), float("nan"), rows["project_id"].nunique())
    own, rival = (_by_project_and_stage(rows, name) for name in ("score", "rival"))
    count = len(own)
    picks = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=_DRAW_COUNT)
    seen = picks @ ~np.isnan(own)
    is_whole = (seen > 0).all(axis=1)
    means = [(picks @ np.nan_to_num(values) / np.maximum(seen, 1)).mean(axis=1)[is_whole] for values in (own, rival)]
    low, high = np.quantile(1 - means[0] / means[1], [0.05, 0.95])
    total = [np.nanmean(values, axis=0).mean() for values in (own, rival)]
    return Skill(float(1 - total[0] / total[1]), float(low), float(high), count)


def _by_project_and_stage(rows: pd.DataFrame, name: str) -> npt.NDArray[np.float64]:
    wide = rows.pivot_table(index="project_id", columns="stage", values=name, aggfunc="mean")
    return wide.to_numpy(dtype=np.float64)


def mean_by_project(values: npt.ArrayLike, project_ids: npt.ArrayLike, *, seed: int = 0) -> tuple[float, float, float]:
    """Return the mean of a score and its 90 % interval; projects are averaged first and resampled as wholes."""
    rows = pd.DataFrame({"project_id": project_ids, "value": np.asarray(values, dtype=np.float64)})
    means = rows.groupby("project_id", sort=True)["value"].mean().to_numpy(dtype=np.float64)
    if len(means) == 0:
        return float("nan"), float("nan"), float("nan")
    picks = np.random.default_rng(seed).integers(0, len(means), size=(_DRAW_COUNT, len(means)))
    low, high = np.quantile(means[picks].mean(axis=1), [0.05, 0.95])
    return float(means.mean()), float(low), float(high)
