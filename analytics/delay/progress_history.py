"""Backtest on histories of progress without any plan date: when the work will be done, judged by its pace.

Stages are shares of the work: a project is seen at the first status point that reports 25, 50 or 75 %. What is left
is divided by the pace, and three paces are averaged in logarithms, because each errs for reasons of its own: since the
start, since the work really began, and over the last eight weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.distribution import averaged, default_finish
from analytics.delay.earned_schedule import weeks_between
from analytics.delay.plan_history import listed_projects, typed_panel
from analytics.delay.rivals.throughput import throughput_quantiles
from analytics.delay.stage_errors import StageErrors, fit_stage_errors
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

PROGRESS_STAGES: Final = (0.25, 0.5, 0.75)
PROGRESS_METHODS: Final = ("golive", "linear_recent_dressed", "linear_burn_dressed", "throughput_monte_carlo")
RECENT_WEEKS: Final = 8.0
#: The work has begun when this much is done.
_BEGUN_AT: Final = 0.02
#: Weeks that a pace is taken over at least.
_LEAST_WEEKS: Final = 1.0
#: Other sources share the word with the default class on a source that nobody has learnt.
_UNKNOWN_SOURCE_DEFAULT_WEIGHT: Final = 0.5
_KEYS: Final = ["source", "project_id"]
_POINTS: Final = {
    "golive": "mean_pace_point",
    "linear_recent_dressed": "recent_pace_point",
    "linear_burn_dressed": "whole_pace_point",
}


def progress_landmarks(panel: pd.DataFrame) -> pd.DataFrame:
    """Return each project without a plan date at the point at which it first reported each stage, while it ran.

    A stage that one report jumped over has no row. Of the points, ``whole_pace_point`` is the linear burn since the
    start, ``recent_pace_point`` that of the last eight weeks, ``mean_pace_point`` the geometric mean of the three. As
    nothing was planned, ``planned_weeks``, which scores are measured by, is the true duration.
    """
    rows = typed_panel(panel)
    projects = listed_projects(rows)
    known = projects.loc[projects["planned_weeks"].isna(), [*_KEYS, "group_id", "start_date", "true_weeks"]]
    points = rows[[*_KEYS, "as_of", "progress"]].dropna(subset=["progress"])
    points = points.merge(known, on=_KEYS, how="inner", validate="many_to_one")
    elapsed = weeks_between(points["start_date"], points["as_of"]).clip(lower=0.0)
    points = points.assign(elapsed_weeks=elapsed, week_start_date=points["as_of"])
    parts = [_of_project(own) for _, own in points.groupby(_KEYS, sort=True)]
    return pd.concat([_of_project(points.iloc[:0]), *parts], ignore_index=True)


def _of_project(points: pd.DataFrame) -> pd.DataFrame:
    """Return one project's landmarks."""
    progress = points["progress"].clip(0.0, 1.0).to_numpy(dtype=np.float64)
    elapsed = points["elapsed_weeks"].to_numpy(dtype=np.float64)
    places, stages = [], []
    for stage, following in zip(PROGRESS_STAGES, (*PROGRESS_STAGES[1:], 1.0), strict=True):
        reached = np.flatnonzero(progress >= stage)
        if len(reached) and progress[reached[0]] < following:
            places.append(int(reached[0]))
            stages.append(stage)
    seen = points.iloc[places]
    paces = np.asarray([_remaining_weeks(elapsed[: place + 1], progress[: place + 1]) for place in places])
    paces = paces.reshape(len(places), 3)
    seen = seen.assign(
        stage=np.asarray(stages, dtype=np.float64),
        progress_ratio=progress[places],
        whole_pace_point=seen["elapsed_weeks"] + paces[:, 0],
        recent_pace_point=seen["elapsed_weeks"] + paces[:, 2],
        mean_pace_point=seen["elapsed_weeks"] + np.exp(np.log(paces).mean(axis=1)),
        planned_weeks=seen["true_weeks"],
        is_finished=True,
    )
    return seen[seen["elapsed_weeks"] < seen["true_weeks"]]


def _remaining_weeks(elapsed: Floats, progress: Floats) -> tuple[float, float, float]:
    """Return what is left at the pace since the start, since the work began, and of the last eight weeks."""
    now, done = float(elapsed[-1]), float(progress[-1])
    begun = int(np.argmax(progress >= _BEGUN_AT))
    begin = float(elapsed[begun - 1]) if begun else 0.0
    left = 1.0 - done
    whole = left * max(now, _LEAST_WEEKS) / done
    since = left * max(now - begin, _LEAST_WEEKS) / done
    back = now - RECENT_WEEKS
    before = float(np.interp(back, np.append(0.0, elapsed), np.append(0.0, progress))) if back > 0 else 0.0
    gain = done - before
    recent = left * max(min(now, RECENT_WEEKS), _LEAST_WEEKS) / gain if gain > 0 else whole
    return whole, since, recent


@dataclass(frozen=True)
class ProgressModels:
    """What one source of progress histories taught: the past errors of each point."""

    errors: dict[str, StageErrors]


def fit_progress_models(landmarks: pd.DataFrame) -> dict[str, ProgressModels]:
    """Learn the errors of each point from the landmarks of each source."""
    return {
        str(source): ProgressModels({method: _errors(rows, point) for method, point in _POINTS.items()})
        for source, rows in landmarks.groupby("source", sort=True)
    }


def _errors(rows: pd.DataFrame, point: str) -> StageErrors:
    return fit_stage_errors(
        rows["stage"].to_numpy(dtype=np.float64),
        np.log((rows["true_weeks"] / rows[point]).to_numpy(dtype=np.float64)),
        rows["is_finished"],
        pd.factorize(rows["project_id"])[0],
        PROGRESS_STAGES,
    )


def progress_forecasts(
    models: dict[str, ProgressModels], landmarks: pd.DataFrame, panel: pd.DataFrame, *, seed: int = 0
) -> dict[str, Floats]:
    """Return 199 quantiles of the duration in weeks by every method, one row per landmark.

    Parameters
    ----------
    panel
        All status points; of each project those up to its landmark are looked at.
    """
    rows = typed_panel(panel)
    result = {method: np.full((len(landmarks), len(LEVELS)), np.nan) for method in PROGRESS_METHODS}
    for source, places in landmarks.groupby("source", sort=True).indices.items():
        asked = landmarks.iloc[places]
        own = models.get(str(source))
        chosen = [own] if own is not None else list(models.values())
        elapsed = asked["elapsed_weeks"].to_numpy(dtype=np.float64)
        for method, column in _POINTS.items():
            point = asked[column].to_numpy(dtype=np.float64)
            plain = default_finish(point, elapsed)
            said = [model.errors[method].forecast(point, elapsed, asked["stage"].to_numpy()) for model in chosen]
            pooled = np.exp(np.mean(np.log(said), axis=0)) if said else plain
            if own is None and method == "golive":
                pooled = averaged(pooled, plain, _UNKNOWN_SOURCE_DEFAULT_WEIGHT)
            result[method][places] = np.maximum(pooled, elapsed[:, None])
        weeks = rows[rows["source"] == source].rename(columns={"progress": "progress_ratio"})
        drawn = throughput_quantiles(asked, weeks.assign(week_start_date=weeks["as_of"]), seed=seed)
        result["throughput_monte_carlo"][places] = np.where(np.isnan(drawn), result["golive"][places], drawn)
    return result
