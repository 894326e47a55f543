"""Scores of plan-history forecasts on projects that they were not learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.panel_kinds import PANEL_METHODS, PanelKind, kinds_of
from analytics.delay.plan_history import PANEL_STAGES
from analytics.evaluation.calibration import is_covered
from analytics.evaluation.scores import crps, interpolated_quantile
from analytics.evaluation.skill import mean_by_stage, skill_by_project, skill_by_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS: Final = (
    "source",
    "method",
    "stage",
    "n_projects",
    "crps_pct",
    "mape_p50",
    "coverage_p50",
    "coverage_p80",
    "coverage_p90",
)
_FOLD_COUNT: Final = 5
_PLACE: Final = ["project_id", "stage"]
_STAGE_NAMES: Final = {stage: f"{stage * 100:.0f}" for stage in PANEL_STAGES} | {np.inf: "all"}


def panel_backtest(train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
    """Learn on ``train``, forecast ``test`` at 25, 50, 75 and 100 % of the first planned duration, and score.

    Projects without any plan date are forecast when they first report 25, 50 and 75 % of the work, from their
    progress alone, and their CRPS is in percent of the true duration.

    Each forecast sees the project's own status points up to its origin and nothing of the other test projects. A
    test project that also stands in ``train`` is forecast by folds that leave its whole group out.

    Returns
    -------
    ``source``, ``method``, ``stage`` ("25" … "100", "all" = mean of the stages), ``n_projects``, ``crps_pct`` (% of
    the first planned duration), ``mape_p50`` and ``coverage_p50``/``_p80``/``_p90`` (shares from 0 to 1).
    """
    return summarise_panel(panel_scores(train, test))


def cross_validated_panel_backtest(
    panel: pd.DataFrame, fold_count: int = _FOLD_COUNT, *, seed: int = 0
) -> pd.DataFrame:
    """Do as ``panel_backtest`` on one panel, by folds: each group is forecast by what the other groups teach."""
    return summarise_panel(cross_validated_panel_scores(panel, fold_count, seed=seed))


def panel_scores(train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
    """Return the score of every single forecast behind ``panel_backtest``."""
    parts = []
    for taught, judged in zip(kinds_of(train), kinds_of(test), strict=True):
        known, asked = taught.landmarks, judged.landmarks
        is_known = _names(asked).isin(set(_names(known))).to_numpy()
        parts.append(_scores(judged, known, asked[~is_known]))
        parts.extend(_folded(judged, known, asked[is_known], _FOLD_COUNT, seed=0))
    return pd.concat(parts, ignore_index=True)


def cross_validated_panel_scores(panel: pd.DataFrame, fold_count: int = _FOLD_COUNT, *, seed: int = 0) -> pd.DataFrame:
    """Return the score of every single forecast behind ``cross_validated_panel_backtest``."""
    parts = []
    for kind in kinds_of(panel):
        known = kind.landmarks
        parts += [_scores(kind, known, known.iloc[:0]), *_folded(kind, known, known, fold_count, seed=seed)]
    return pd.concat(parts, ignore_index=True)


def panel_skill(scores: pd.DataFrame, method: str = "golive", rival: str = "plan_of_record_dressed") -> pd.DataFrame:
    """Return how much lower the CRPS of ``method`` is than that of ``rival``, by source, with a 90 % interval.

    Projects are resampled as wholes. A source whose projects the rival can't forecast has no row.
    """
    rows = []
    for source, own in scores.groupby("source", sort=True):
        wide = own.pivot_table(index=["project_id", "stage"], columns="method", values="crps_pct").reset_index()
        if rival not in wide.columns:
            continue
        found = skill_by_project(wide[method], wide[rival], wide["project_id"])
        rows.append((source, method, rival, found.project_count, found.skill, found.low, found.high))
    columns = ["source", "method", "rival", "n_projects", "skill", "skill_low", "skill_high"]
    return pd.DataFrame(rows, columns=columns)


def panel_against_plan(scores: pd.DataFrame) -> pd.DataFrame:
    """Return each method's CRPS over that of the plan of record, by source, method and stage, with 90 % intervals.

    Columns: ``source``, ``method``, ``stage``, ``ratio_to_plan`` (below 1 is better than the plan) with ``_low`` and
    ``_high`` from projects resampled as wholes, and ``coverage_p80_low``/``_high``. Where nothing was planned there is
    no ratio.
    """
    rows = []
    plans = scores.loc[scores["method"] == "plan_of_record", ["source", *_PLACE, "crps_pct"]]
    both = scores.merge(plans, on=["source", *_PLACE], how="left", suffixes=("", "_plan"), validate="many_to_one")
    for (source, method), own in both.groupby(["source", "method"], sort=True):
        for stage in [*sorted(own["stage"].unique()), np.inf]:
            part = own if np.isinf(stage) else own[own["stage"] == stage]
            found = skill_by_stage(part["crps_pct"], part["crps_pct_plan"], part["project_id"], part["stage"])
            _, low, high = mean_by_stage(part["coverage_p80"], part["project_id"], part["stage"])
            ends = (1 - found.skill, 1 - found.high, 1 - found.low)
            rows.append((source, method, _STAGE_NAMES[float(stage)], *ends, low, high))
    names = [f"{name}_{end}" for name in ("ratio_to_plan", "coverage_p80") for end in ("low", "high")]
    return pd.DataFrame(rows, columns=["source", "method", "stage", "ratio_to_plan", *names])


def summarise_panel(scores: pd.DataFrame) -> pd.DataFrame:
    """Average single scores by source, method and stage; every project counts alike, then every stage."""
    stages = scores.groupby(["source", "method", "stage"], sort=True).agg(
        n_projects=("project_id", "nunique"),
        **{name: (name, "mean") for name in _COLUMNS[4:]},
    )
    whole = stages.groupby(["source", "method"], sort=True)[list(_COLUMNS[4:])].mean()
    count = scores.groupby(["source", "method"], sort=True)["project_id"].nunique().rename("n_projects")
    whole = whole.join(count).reset_index().assign(stage=np.inf)
    table = pd.concat([stages.reset_index(), whole], ignore_index=True)
    rank = table["method"].map({method: place for place, method in enumerate(PANEL_METHODS)})
    table = table.assign(rank=rank).sort_values(["source", "rank", "stage"], ignore_index=True)
    return table.assign(stage=table["stage"].map(_STAGE_NAMES).astype("str"))[list(_COLUMNS)]


def _names(landmarks: pd.DataFrame) -> pd.Series[str]:
    return landmarks["source"].astype("str") + "\n" + landmarks["project_id"].astype("str")


def _folded(
    kind: PanelKind, known: pd.DataFrame, asked: pd.DataFrame, fold_count: int, *, seed: int
) -> Iterator[pd.DataFrame]:
    """Score each fold's projects by models that saw no project of their groups."""
    if asked.empty:
        return
    groups = asked["source"].astype("str") + "\n" + asked["group_id"].astype("str")
    folds = groups.map(_fold_by_group(groups, fold_count, seed))
    known_groups = known["source"].astype("str") + "\n" + known["group_id"].astype("str")
    for fold in sorted(folds.unique()):
        is_own = known_groups.isin(set(groups[folds == fold]))
        yield _scores(kind, known[~is_own], asked[folds == fold])


def _fold_by_group(groups: pd.Series[str], fold_count: int, seed: int) -> dict[str, int]:
    """Deal the groups of each source out to the folds, in an order that only the seed decides."""
    draw = np.random.default_rng(seed)
    names = pd.Series(sorted(set(groups)))
    dealt: dict[str, int] = {}
    for _, own in names.groupby(names.str.split("\n").str[0], sort=True):
        order = draw.permutation(len(own))
        dealt |= {name: int(place) % fold_count for name, place in zip(own, order, strict=True)}
    return dealt


def _scores(kind: PanelKind, known: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Return one row per forecast and method."""
    truth = asked["true_weeks"].to_numpy(dtype=np.float64)
    planned = asked["planned_weeks"].to_numpy(dtype=np.float64)
    parts = []
    for method, quantiles in kind.forecasts(known, asked).items():
        shown = {f"p{level:.0f}": interpolated_quantile(quantiles, level / 100) for level in (50, 80, 90)}
        hits = {f"coverage_{name}": is_covered(truth, weeks) for name, weeks in shown.items()}
        parts.append(
            asked[["source", "project_id", "group_id", "stage"]].assign(
                method=method,
                crps_pct=100 * crps(truth, quantiles) / planned,
                mape_p50=np.abs(shown["p50"] - truth) / truth,
                **hits,
            )
        )
    return pd.concat(parts, ignore_index=True)
