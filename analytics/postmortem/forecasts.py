"""What the forecast would have said in each week of a project, from what was known then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.known import running_on_days
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.learning_days import by_learning_day
from analytics.delay.model import finish_quantiles, fit_portfolio_model
from analytics.delay.modes import with_mode
from analytics.delay.view import LATE_AFTER_WEEKS, PROBABILITY_BOUNDS, shown_weeks
from analytics.evaluation.scores import probability_above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from analytics.delay.known import Histories

#: Of other projects every fourth week has to do: forecasts of weeks in a row are hardly different.
OTHERS_STEP_WEEKS: Final = 4
_LEVELS: Final = {"p10": 0.1, "p50": 0.5, "p90": 0.9}


def replayed_forecasts(
    histories: Histories,
    project_ids: Iterable[str],
    *,
    step_weeks: int = 1,
    seed: int = 0,
    on_progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """Return one row per project and Sunday while it ran, as the forecast stood then.

    Each forecast knows what was known at the end of its week, and learns from projects that had finished by the first
    day of its quarter. Columns: ``project_id``, ``week_start_date``, ``slip_p10_weeks``, ``slip_p50_weeks``,
    ``slip_p90_weeks`` (after the first plan), ``late_probability`` (more than two weeks after it); not a number where
    nothing supports a forecast.
    """
    rows = [_weeks_of(histories, project_id, step_weeks) for project_id in project_ids]
    asked = pd.concat([one for one in rows if not one.empty], ignore_index=True) if rows else pd.DataFrame()
    if asked.empty:
        return pd.DataFrame(columns=_COLUMNS)
    asked = with_mode(asked).assign(seen_on=lambda found: found["as_of_date"])
    known = learnt_landmarks(histories)
    parts = []
    done = 0
    for day, own in by_learning_day(asked, "Q"):
        model = fit_portfolio_model(histories, known, day, own, seed=seed, is_blended=False)
        quantiles = finish_quantiles(own, model)
        planned = own["planned_weeks"].to_numpy(dtype=np.float64)
        late = probability_above(quantiles, planned + LATE_AFTER_WEEKS)
        has_number = ~np.isnan(quantiles[:, 0])
        slips = {f"slip_{name}_weeks": shown_weeks(quantiles, level) - planned for name, level in _LEVELS.items()}
        parts.append(
            pd.DataFrame(
                {
                    "project_id": own["project_id"],
                    "week_start_date": (own["as_of_date"] - pd.Timedelta(days=6)).astype("datetime64[us]"),
                    **slips,
                    "late_probability": np.where(has_number, np.clip(late, *PROBABILITY_BOUNDS), np.nan),
                }
            )
        )
        done += len(own)
        if on_progress is not None:
            on_progress(done / len(asked))
    return pd.concat(parts, ignore_index=True).sort_values(["project_id", "week_start_date"], ignore_index=True)


_COLUMNS: Final = (
    "project_id",
    "week_start_date",
    "slip_p10_weeks",
    "slip_p50_weeks",
    "slip_p90_weeks",
    "late_probability",
)


def _weeks_of(histories: Histories, project_id: str, step_weeks: int) -> pd.DataFrame:
    """Return the project as it stood on every so many Sundays, from the end of its first week on."""
    own = histories.of_project(project_id)
    if own.states.empty:
        return own.states
    mondays = own.states["week_start_date"].iloc[step_weeks - 1 :: step_weeks]
    days = list(mondays + pd.Timedelta(days=6))
    return running_on_days(own, days, histories.last_day) if days else own.states.iloc[:0]
