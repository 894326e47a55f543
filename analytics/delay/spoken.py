"""The forecasts of a day, said once: explaining them and joining them takes the same figures and no time again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from analytics.delay.known import running_on
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import finish_quantiles, fit_portfolio_model
from analytics.delay.modes import with_mode

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from analytics.delay.known import Histories
    from analytics.delay.model import PortfolioModel
    from analytics.evaluation.scores import Floats

#: Days that are remembered: a review looks at two, a replay goes on.
_MOST_DAYS: Final = 4


@dataclass(frozen=True, eq=False)
class Spoken:
    """Running projects on a day, what was learnt by then, and 199 quantiles of each in weeks since its start."""

    rows: pd.DataFrame
    model: PortfolioModel
    quantiles: Floats

    def only(self, kept: npt.NDArray[np.bool_]) -> Spoken:
        """Return some of the projects."""
        return replace(self, rows=self.rows[kept].reset_index(drop=True), quantiles=self.quantiles[kept])


def said_of_all(histories: Histories, day: pd.Timestamp, seed: int) -> Spoken:
    """Forecast all projects that run on a day, and remember it."""
    found = histories.spoken.get((day, seed))
    if found is None:
        rows = with_mode(running_on(histories, day))
        model = fit_portfolio_model(histories, learnt_landmarks(histories), day, rows, seed=seed)
        found = Spoken(rows, model, finish_quantiles(rows, model))
        # Two days are forecast side by side: a list is taken in one step, whatever the other thread adds meanwhile.
        for oldest in list(histories.spoken)[: -_MOST_DAYS + 1]:
            histories.spoken.pop(oldest, None)
        histories.spoken[day, seed] = found
    made: Spoken = found
    return made


def said_of(
    histories: Histories,
    day: pd.Timestamp,
    seed: int,
    modes: Collection[str],
    project_ids: Collection[str] | None = None,
) -> Spoken | None:
    """Return what is said of some projects on a day; nothing where none of them runs in one of the modes.

    Where all were forecast, theirs is taken; else they are forecast alone, which says the same and takes less.
    """
    found: Spoken | None = histories.spoken.get((day, seed))
    rows = with_mode(running_on(histories, day)) if found is None else found.rows
    kept = rows["mode"].isin(list(modes))
    if project_ids is not None:
        kept &= rows["project_id"].isin(list(project_ids))
    if not kept.any():
        return None
    if found is not None:
        return found.only(kept.to_numpy())
    rows = rows[kept].reset_index(drop=True)
    model = fit_portfolio_model(histories, learnt_landmarks(histories), day, rows, seed=seed)
    return Spoken(rows, model, finish_quantiles(rows, model))
