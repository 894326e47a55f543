"""Scores of single forecasts, and their means by method and stage, with intervals from resampling whole projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.rival_forecasts import BACKTEST_METHODS, REGRESSION, YARDSTICK
from analytics.delay.view import LATE_AFTER_WEEKS, PROBABILITY_BOUNDS
from analytics.evaluation.calibration import (
    area_under_curve,
    brier_score,
    is_covered,
    pit_deviation,
    pit_values,
    wilson_interval,
)
from analytics.evaluation.scores import crps, interpolated_quantile, pinball_loss, probability_above
from analytics.evaluation.skill import mean_by_stage, skill_by_stage

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

_COVERAGES: Final = ("coverage_p50", "coverage_p80", "coverage_p90")
_MEANS: Final = (
    "crps_pct",
    "mape_p50",
    *_COVERAGES,
    "pinball_p50_pct",
    "pinball_p80_pct",
    "pinball_p90_pct",
    "bias_pct",
    "sharpness_pct",
)
#: Without both late and punctual projects a stage has no area under the curve.
_MEASURES: Final = (*_MEANS, "brier_late", "auc_late", "pit_deviation")
_SKILLS: Final = ("skill", "skill_low", "skill_high")
TABLE_COLUMNS: Final = (
    "method",
    "stage",
    "n_projects",
    "crps_pct",
    "mape_p50",
    *_COVERAGES,
    "brier_late",
    "auc_late",
    *(f"{name}_{end}" for name in _COVERAGES for end in ("low", "high")),
    *_SKILLS,
    *_MEANS[5:],
    "pit_deviation",
)


def scored(rows: pd.DataFrame, forecasts: dict[str, Floats]) -> pd.DataFrame:
    """Return one row per forecast and method.

    ``project_id``, ``start_date``, ``seen_on``, ``mode``, ``stage``, ``method``; in weeks ``true_weeks``,
    ``planned_weeks``, ``committed_weeks`` (as of the day of the forecast), ``weeks_p50`` and ``weeks_p80``; in percent
    of the first plan ``crps_pct``,
    ``pinball_…_pct``, ``bias_pct`` (P50 after the finish) and ``sharpness_pct`` (P10 to P90); ``mape_p50``,
    ``coverage_…``, ``is_late``, ``late_probability`` and ``pit``.
    """
    truth = rows["true_weeks"].to_numpy(dtype=np.float64)
    planned = rows["planned_weeks"].to_numpy(dtype=np.float64)
    limit = rows["committed_weeks"].to_numpy(dtype=np.float64) + LATE_AFTER_WEEKS
    kept = rows[["project_id", "start_date", "seen_on", "mode", "true_weeks", "planned_weeks", "committed_weeks"]]
    kept = kept.assign(stage=rows["stage_node"] * 100)
    parts = []
    for method, quantiles in forecasts.items():
        p10, p50, p80, p90 = (interpolated_quantile(quantiles, level) for level in (0.1, 0.5, 0.8, 0.9))
        shown = {"p50": (p50, 0.5), "p80": (p80, 0.8), "p90": (p90, 0.9)}
        late = probability_above(quantiles, limit)
        parts.append(
            kept.assign(
                method=method,
                weeks_p50=p50,
                weeks_p80=p80,
                crps_pct=100 * crps(truth, quantiles) / planned,
                mape_p50=np.abs(p50 - truth) / truth,
                **{f"coverage_{name}": is_covered(truth, weeks) for name, (weeks, _) in shown.items()},
                **{
                    f"pinball_{name}_pct": 100 * pinball_loss(truth, weeks, level) / planned
                    for name, (weeks, level) in shown.items()
                },
                bias_pct=100 * (p50 - truth) / planned,
                sharpness_pct=100 * (p90 - p10) / planned,
                is_late=truth > limit,
                late_probability=np.clip(late, *PROBABILITY_BOUNDS),
                pit=pit_values(truth, quantiles),
            )
        )
    return pd.concat(parts, ignore_index=True)


def summarise(scores: pd.DataFrame) -> pd.DataFrame:
    """Average single scores by method and stage; every project counts alike, then every stage.

    Besides the means: ``coverage_…_low``/``_high`` (90 % interval; Wilson's for one stage, resampled projects for
    all), and ``skill`` (how much lower the CRPS is than that of earned schedule dressed with its errors; 90 %
    interval from resampled projects).
    """
    rows = []
    for (method, stage), own in scores.groupby(["method", "stage"], sort=True):
        late, stated = own["is_late"], own["late_probability"]
        means = [float(own[name].mean()) for name in _MEANS]
        sharper = (brier_score(late, stated), area_under_curve(late, stated), pit_deviation(own["pit"]))
        rows.append((method, stage, len(own), *means, *sharper))
    if not rows:
        return pd.DataFrame(columns=list(TABLE_COLUMNS))
    stages = pd.DataFrame(rows, columns=["method", "stage", "n_projects", *_MEASURES])
    for name in _COVERAGES:
        low, high = wilson_interval(stages[name].to_numpy(), np.maximum(stages["n_projects"].to_numpy(), 1))
        stages = stages.assign(**{f"{name}_low": low, f"{name}_high": high})
    whole = stages.groupby("method", sort=True)[list(_MEASURES)].mean()
    count = scores.groupby("method", sort=True)["project_id"].nunique().rename("n_projects")
    whole = whole.join(count).reset_index().assign(stage=np.inf)
    whole = whole.merge(_coverage_intervals(scores), on="method", how="left", validate="one_to_one")
    table = pd.concat([stages, whole], ignore_index=True).merge(
        _skills(scores), on=["method", "stage"], how="left", validate="one_to_one"
    )
    return _in_order(table)


def skill_rows(scores: pd.DataFrame, rivals: list[str]) -> pd.DataFrame:
    """Return how much lower the CRPS of "golive" is than that of each rival, with a 90 % interval.

    Columns ``rival``, ``n_projects``, ``skill``, ``skill_low``, ``skill_high``; projects are resampled as wholes.
    """
    wide = _wide(scores)
    rows = []
    for rival in rivals:
        found = skill_by_stage(wide["golive"], wide[rival], wide["project_id"], wide["stage"])
        rows.append((rival, found.project_count, found.skill, found.low, found.high))
    return pd.DataFrame(rows, columns=["rival", "n_projects", *_SKILLS])


def against_best(scores: pd.DataFrame) -> pd.DataFrame:
    """Return at each stage how much lower the CRPS of "golive" is than that of the rival that did best there.

    Which rival is best is chosen after the fact, so the comparison leans against the forecast. Columns ``stage``,
    ``rival``, ``n_projects``, ``skill``, ``skill_low``, ``skill_high`` (90 %; projects are resampled as wholes).
    """
    wide = _wide(scores)
    rivals = [name for name in scores["method"].unique() if name != "golive"]
    rows = []
    for stage in [*sorted(wide["stage"].unique()), np.inf]:
        own = wide if np.isinf(stage) else wide[wide["stage"] == stage]
        means = own.groupby("stage")[rivals].mean().mean()
        rival = str(means.idxmin())
        found = skill_by_stage(own["golive"], own[rival], own["project_id"], own["stage"])
        name = f"{stage:.0f}" if np.isfinite(stage) else "all"
        rows.append((name, rival, found.project_count, found.skill, found.low, found.high))
    return pd.DataFrame(rows, columns=["stage", "rival", "n_projects", *_SKILLS])


def _wide(scores: pd.DataFrame) -> pd.DataFrame:
    return scores.pivot_table(index=["project_id", "stage"], columns="method", values="crps_pct").reset_index()


def _skills(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the skill of every method against the yardstick, by stage and over all."""
    wide = _wide(scores)
    rows = []
    for method in scores["method"].unique():
        for stage in [*sorted(wide["stage"].unique()), np.inf]:
            own = wide if np.isinf(stage) else wide[wide["stage"] == stage]
            found = skill_by_stage(own[method], own[YARDSTICK], own["project_id"], own["stage"])
            rows.append((method, stage, found.skill, found.low, found.high))
    return pd.DataFrame(rows, columns=["method", "stage", *_SKILLS])


def _coverage_intervals(scores: pd.DataFrame) -> pd.DataFrame:
    """Return 90 % intervals of the coverage over all stages: the stages of one project are not independent."""
    rows = []
    for method, own in scores.groupby("method", sort=True):
        ends = [mean_by_stage(own[name], own["project_id"], own["stage"])[1:] for name in _COVERAGES]
        rows.append((method, *(value for pair in ends for value in pair)))
    names = [f"{name}_{end}" for name in _COVERAGES for end in ("low", "high")]
    return pd.DataFrame(rows, columns=["method", *names])


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    order = {method: place for place, method in enumerate((*BACKTEST_METHODS, REGRESSION))}
    table = table.assign(rank=table["method"].map(order)).sort_values(["rank", "stage"], ignore_index=True)
    names = [f"{stage:.0f}" if np.isfinite(stage) else "all" for stage in table["stage"].astype("float64")]
    return table.assign(stage=pd.Series(names, index=table.index, dtype="str")).reindex(columns=list(TABLE_COLUMNS))
