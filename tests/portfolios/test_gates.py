"""The forecast against made-up firms of different mechanisms, that it shares no formula with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from analytics.delay.forecast_scores import skill_rows, summarise
from analytics.delay.held_out_backtest import finished_ids, held_out_ids, held_out_scores
from dashboard.commands.firm_folder import read_firm
from tests.portfolios import WORLDS, play_firm, write_firm
from tests.portfolios.learning_curve import learning_curve

if TYPE_CHECKING:
    import pandas as pd

    from analytics.delay.known import Histories

#: How much lower than that of earned schedule dressed with its errors the CRPS must be.
LEAST_SKILL = {"base": 0.08, "reacting": 0.08, "ninety": 0.08, "calm": 0.08, "fat_tails": 0.0, "interfaces": 0.08}
NAMES = sorted(WORLDS)
pytestmark = pytest.mark.slow


@cache
def firm(world: str) -> Histories:
    with TemporaryDirectory() as place:
        folder = Path(place) / world
        write_firm(play_firm(WORLDS[world], 240, seed=2), folder)
        return read_firm(folder)


@cache
def scores(world: str) -> pd.DataFrame:
    histories = firm(world)
    return held_out_scores(histories, held_out_ids(finished_ids(histories)))


def figure(world: str, name: str, stage: str = "all") -> float:
    table = summarise(scores(world)).set_index(["method", "stage"])
    return float(table[name]["golive", stage])


@pytest.mark.parametrize("world", NAMES)
def test_the_range_is_better_than_that_of_dressed_earned_schedule(world: str) -> None:
    assert figure(world, "skill") >= LEAST_SKILL[world]


@pytest.mark.parametrize("world", NAMES)
def test_eight_of_ten_finish_by_the_p80_and_half_by_the_p50(world: str) -> None:
    count = figure(world, "n_projects")
    for name, level in (("coverage_p80", 0.8), ("coverage_p50", 0.5)):
        chance = 2 * (level * (1 - level) / count) ** 0.5
        assert figure(world, name) == pytest.approx(level, abs=max(0.05, chance))


@pytest.mark.parametrize("rival", ["plan_of_record", "earned_schedule", "throughput_monte_carlo", "reference_class"])
def test_in_the_base_firm_the_gain_over_each_simple_rule_is_no_chance(rival: str) -> None:
    found = skill_rows(scores("base"), [rival]).iloc[0]
    assert found["skill_low"] > 0


@pytest.mark.parametrize(("stage", "least"), [("25", 0.65), ("50", 0.80), ("75", 0.85)])
def test_late_projects_get_the_higher_chances(stage: str, least: float) -> None:
    assert figure("base", "auc_late", stage) >= least


def test_with_few_finished_projects_it_is_no_worse_than_similar_projects_alone() -> None:
    crps = learning_curve(firm("base"), [3, 6, 15, 30]).pivot_table(
        index="n_taught", columns="method", values="crps_pct"
    )
    assert (crps["golive"] <= 1.02 * crps["reference_class"]).all()
