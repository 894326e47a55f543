"""Gates on real plan histories, by folds that leave whole groups out."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from analytics.delay import cross_validated_panel_scores, panel_skill, summarise_panel
from tests.shared import needs_shared, shared_folder

SOURCES = ["cpython", "k8s_kep", "little06"]


@cache
def scores() -> pd.DataFrame:
    panel = pd.read_parquet(shared_folder() / "datasets" / "open" / "status_panel.parquet")
    return cross_validated_panel_scores(panel)


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
