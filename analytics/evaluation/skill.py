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
