"""Gates on real plan histories, by folds that leave whole groups out."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from analytics.delay.panel_backtest import cross_validated_panel_scores, panel_scores, panel_skill, summarise_panel
from tests.shared import needs_shared, shared_folder

PROGRESS_ONLY = "cesaw_tsp"
SOURCES = ["cpython", "k8s_kep", "little06"]


@cache
def panel() -> pd.DataFrame:
    return pd.read_parquet(shared_folder() / "datasets" / "open" / "status_panel.parquet")


@cache
def scores() -> pd.DataFrame:
    return cross_validated_panel_scores(panel())


def figure(source: str, method: str, name: str) -> float:
    table = summarise_panel(scores())
    row = table[(table["source"] == source) & (table["method"] == method) & (table["stage"] == "all")]
    return float(row[name].iloc[0])


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("source", SOURCES)
def test_eight_of_ten_projects_finish_by_their_p80(source: str) -> None:
    assert 0.70 <= figure(source, "golive", "coverage_p80") <= 0.90


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(("source", "most"), [("little06", 0.58), ("k8s_kep", 0.64), ("cpython", 0.85)])
def test_the_forecast_beats_the_plan_as_it_stands(source: str, most: float) -> None:
    assert figure(source, "golive", "crps_pct") <= most * figure(source, "plan_of_record", "crps_pct")


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("rival", ["plan_of_record_dressed", "reference_class"])
def test_the_forecast_is_better_than_each_rival_on_every_source(rival: str) -> None:
    found = panel_skill(scores(), rival=rival).set_index("source")
    assert (found.loc[SOURCES, "skill_low"] > 0).all()


@needs_shared
@pytest.mark.shared
def test_without_any_plan_date_the_mean_pace_beats_the_pace_of_the_last_eight_weeks() -> None:
    own = figure(PROGRESS_ONLY, "golive", "crps_pct")
    assert own <= figure(PROGRESS_ONLY, "linear_recent_dressed", "crps_pct")
    assert 0.74 <= figure(PROGRESS_ONLY, "golive", "coverage_p80") <= 0.86


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("source", SOURCES)
def test_a_source_that_nobody_has_learnt_does_not_lose_to_its_own_plan(source: str) -> None:
    is_own = panel()["source"] == source
    found = summarise_panel(panel_scores(panel()[~is_own], panel()[is_own])).set_index(["method", "stage"])
    crps = found["crps_pct"]
    assert crps["golive", "all"] <= crps["plan_of_record", "all"]
