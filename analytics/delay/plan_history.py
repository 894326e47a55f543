"""Backtest on histories of plans: who learns on some projects and forecasts others, at set stages.

A panel has one row per status point: ``source``, ``project_id``, ``group_id``, ``as_of``, ``start_date``,
``baseline_finish`` (first plan), ``planned_finish`` (plan of record at ``as_of``), ``progress`` and
``actual_finish``. Everything is in weeks since the start of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.analogues import PlanAnalogues, fit_plan_analogues
from analytics.delay.distribution import unknown_planner_finish
from analytics.delay.earned_schedule import weeks_between
from analytics.delay.known import LEAST_REMAINING_WEEKS
from analytics.delay.reference_class import ReferenceClass, fit_reference_class
from analytics.delay.stage_errors import StageErrors, fit_stage_errors
from analytics.evaluation.scores import LEVELS

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

PANEL_STAGES: Final = (0.25, 0.5, 0.75, 1.0)
METHODS: Final = ("golive", "plan_of_record", "plan_of_record_dressed", "reference_class")
_LEAST_STATUS_COUNT: Final = 5
_LEAST_PLANNED_WEEKS: Final = 3.0
_KEYS: Final = ["source", "project_id"]


def panel_projects(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the projects that count: finish known, five status points, first plan of at least three weeks."""
    projects = listed_projects(typed_panel(panel))
    return projects[projects["planned_weeks"] >= _LEAST_PLANNED_WEEKS].reset_index(drop=True)


def listed_projects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the projects with a known finish and five status points; ``planned_weeks`` is unknown without a plan."""
    groups = rows.groupby(_KEYS, sort=True)
    projects = groups.agg(
        group_id=("group_id", "first"),
        status_count=("as_of", "nunique"),
        start_date=("start_date", "first"),
        baseline_finish=("baseline_finish", "first"),
        first_planned_finish=("planned_finish", "first"),
        actual_finish=("actual_finish", "first"),
    ).reset_index()
    first_plan = projects["baseline_finish"].fillna(projects["first_planned_finish"])
    projects = projects.assign(
        planned_weeks=weeks_between(projects["start_date"], first_plan),
        true_weeks=weeks_between(projects["start_date"], projects["actual_finish"]),
    )
    is_enough = (projects["status_count"] >= _LEAST_STATUS_COUNT) & (projects["true_weeks"] > 0)
    return projects[is_enough].reset_index(drop=True)


def panel_landmarks(panel: pd.DataFrame) -> pd.DataFrame:
    """Return each project as it looked at each stage while it ran, from status points up to then alone.

    A stage before the first status point has no row: nothing was known yet.
    """
    projects = panel_projects(panel)
    rows = typed_panel(panel)
    rows = rows.assign(
        planned_finish=rows.groupby(_KEYS)["planned_finish"].ffill(),
        progress=rows.groupby(_KEYS)["progress"].ffill(),
    )
    grid = projects.merge(pd.DataFrame({"stage": np.asarray(PANEL_STAGES)}), how="cross")
    elapsed = grid["stage"] * grid["planned_weeks"]
    origin = grid["start_date"] + pd.to_timedelta(elapsed * 7, unit="D")
    grid = grid.assign(elapsed_weeks=elapsed, origin=origin.astype("datetime64[us]"))
    grid = grid[grid["elapsed_weeks"] < grid["true_weeks"]]
    seen = pd.merge_asof(
        grid.sort_values("origin", kind="stable"),
        rows[[*_KEYS, "as_of", "planned_finish", "progress"]].sort_values("as_of", kind="stable"),
        left_on="origin",
        right_on="as_of",
        by=_KEYS,
    ).dropna(subset=["as_of"])
    plan = weeks_between(seen["start_date"], seen["planned_finish"])
    earliest = seen["elapsed_weeks"] + LEAST_REMAINING_WEEKS
    return seen.assign(
        plan_finish_weeks=plan,
        plan_point=plan.fillna(seen["planned_weeks"]).clip(lower=earliest),
        progress_ratio=seen["progress"],
        is_finished=True,
    ).sort_values([*_KEYS, "stage"], ignore_index=True)


def typed_panel(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the panel in order of time with dates as dates; of two rows of one day the later one counts."""
    dates = ("as_of", "start_date", "baseline_finish", "planned_finish", "actual_finish")
    names = [*_KEYS, "group_id", *dates, "progress"]
    rows = panel.reindex(columns=names)
    typed = {name: pd.to_datetime(rows[name]).astype("datetime64[us]") for name in dates}
    texts = {name: rows[name].astype("str") for name in _KEYS}
    group = rows["group_id"].astype("str").where(rows["group_id"].notna(), rows["project_id"].astype("str"))
    rows = rows.assign(**typed, **texts, group_id=group, progress=pd.to_numeric(rows["progress"]).astype("float64"))
    rows = rows.dropna(subset=["as_of"]).sort_values([*_KEYS, "as_of"], kind="stable")
    return rows.drop_duplicates([*_KEYS, "as_of"], keep="last").reset_index(drop=True)


@dataclass(frozen=True)
class PlanModels:
    """What one source of plan histories taught each method."""

    analogues: PlanAnalogues
    errors: StageErrors
    reference: ReferenceClass


def fit_plan_models(landmarks: pd.DataFrame) -> dict[str, PlanModels]:
    """Learn every method from the landmarks of each source."""
    return {str(source): _fit_one(rows) for source, rows in landmarks.groupby("source", sort=True)}


def _fit_one(rows: pd.DataFrame) -> PlanModels:
    projects = rows.drop_duplicates("project_id")
    ratio = (projects["true_weeks"] / projects["planned_weeks"]).to_numpy(dtype=np.float64)
    errors = np.log((rows["true_weeks"] / rows["plan_point"]).to_numpy(dtype=np.float64))
    return PlanModels(
        analogues=fit_plan_analogues(rows),
        errors=fit_stage_errors(
            rows["stage"].to_numpy(dtype=np.float64),
            errors,
            rows["is_finished"],
            pd.factorize(rows["project_id"])[0],
            PANEL_STAGES,
        ),
        reference=fit_reference_class(ratio, np.ones(len(ratio), dtype=bool), np.full(len(ratio), "")),
    )


def plan_forecasts(models: dict[str, PlanModels], landmarks: pd.DataFrame) -> dict[str, Floats]:
    """Return 199 quantiles of the duration in weeks by every method, one row per landmark.

    A source that nobody has learnt gets what is usual of plans on what remains of its own: leaving out one source of
    three at a time, the errors of the other two made a careful planner's forecast three times as bad as its plan. The
    rivals show what the other sources would say.
    """
    result = {method: np.full((len(landmarks), len(LEVELS)), np.nan) for method in METHODS}
    for source, places in landmarks.groupby("source", sort=True).indices.items():
        rows = landmarks.iloc[places]
        own = models.get(str(source))
        chosen = [own] if own is not None else list(models.values())
        point = rows["plan_point"].to_numpy(dtype=np.float64)
        elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
        plain = unknown_planner_finish(point, elapsed)
        result["plan_of_record"][places] = np.repeat(point[:, None], len(LEVELS), axis=1)
        for method in ("golive", "plan_of_record_dressed", "reference_class"):
            forecasts = [_forecast(model, method, rows) for model in chosen]
            pooled = np.exp(np.mean(np.log(forecasts), axis=0)) if forecasts else plain
            if own is None and method == "golive":
                pooled = plain
            result[method][places] = np.maximum(pooled, elapsed[:, None])
    return result


def _forecast(model: PlanModels, method: str, rows: pd.DataFrame) -> Floats:
    elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
    if method == "golive":
        return model.analogues.forecast(rows)
    if method == "plan_of_record_dressed":
        return model.errors.forecast(rows["plan_point"].to_numpy(dtype=np.float64), elapsed, rows["stage"].to_numpy())
    planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
    return model.reference.forecast(planned, elapsed, np.full(len(rows), ""))
