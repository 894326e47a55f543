"""What models learn is asked back from data whose answer was chosen."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.analogues import fit_plan_analogues
from analytics.delay.distribution import DEFAULT_LOG_RATIOS
from analytics.delay.model import PortfolioModel, finish_quantiles
from analytics.delay.reference_class import DEFAULT_CLASS, fit_reference_class
from analytics.delay.stage_errors import NO_ERRORS, fit_stage_errors
from analytics.evaluation.scores import interpolated_quantile


def late_by(ratio: np.ndarray, *, planned: np.ndarray | None = None, seed: int = 0) -> pd.DataFrame:
    """Projects seen half-way through their first plan, whose plan of record is still the first."""
    draw = np.random.default_rng(seed)
    count = len(ratio)
    weeks = draw.uniform(10, 50, size=count) if planned is None else planned
    return pd.DataFrame(
        {
            "project_id": [f"p{number}" for number in range(count)],
            "stage": 0.5,
            "elapsed_weeks": weeks / 2,
            "planned_weeks": weeks,
            "plan_finish_weeks": weeks,
            "plan_point": weeks,
            "progress_ratio": np.nan,
            "true_weeks": weeks * ratio,
            "is_finished": True,
        }
    )


def draws(count: int, seed: int, spread: float = 0.3) -> np.ndarray:
    return np.asarray(np.exp(np.abs(np.random.default_rng(seed).normal(0, spread, size=count))))


def test_eight_of_ten_new_projects_finish_by_their_p80() -> None:
    model = fit_plan_analogues(late_by(draws(1_000, 1)))
    unseen = late_by(draws(1_000, 2), seed=2)
    p80 = interpolated_quantile(model.forecast(unseen), 0.8)
    assert (unseen["true_weeks"].to_numpy() <= p80).mean() == pytest.approx(0.8, abs=0.04)


def test_projects_like_this_one_count_more() -> None:
    planned = np.repeat([10.0, 50.0], 200)
    ratio = np.where(planned < 20, 2.0, 1.1)
    model = fit_plan_analogues(late_by(ratio, planned=planned))
    short, long = late_by(np.ones(2), planned=np.array([10.0, 50.0])).pipe(model.forecast)[:, 99]
    assert short / 10 == pytest.approx(2.0, abs=0.1)
    assert long / 50 == pytest.approx(1.1, abs=0.1)


def test_with_three_projects_the_default_class_speaks_too() -> None:
    model = fit_plan_analogues(late_by(np.array([1.0, 1.0, 1.0])))
    assert model.is_default_class
    assert model.forecast(late_by(np.ones(1)))[0, 150] > late_by(np.ones(1))["plan_point"].iloc[0] * 1.02


def test_running_projects_that_have_outlived_their_plan_make_the_errors_larger() -> None:
    stage, codes = np.full(60, 0.5), np.arange(60)
    ratio = np.log(np.concatenate((np.linspace(0.9, 1.2, 30), np.full(30, 1.3))))
    finished = np.arange(60) < 30
    with_running = fit_stage_errors(stage, ratio, finished, codes)
    without = fit_stage_errors(stage[:30], ratio[:30], finished[:30], codes[:30])
    assert with_running.quantiles([0.5])[0, 99] > without.quantiles([0.5])[0, 99]
    assert with_running.finished_count == without.finished_count == 30


def test_errors_shrink_with_the_stage_where_they_do() -> None:
    draw = np.random.default_rng(1)
    stage = np.repeat([0.25, 1.0], 300)
    errors = draw.normal(0, np.where(stage < 0.5, 0.4, 0.1))
    model = fit_stage_errors(stage, errors, np.ones(600, dtype=bool), np.tile(np.arange(300), 2))
    early, late = np.ptp(model.quantiles([0.25, 1.0])[:, 20:180], axis=1)
    assert early > 2 * late


def test_no_errors_at_all_give_the_default_class() -> None:
    model = fit_stage_errors([], [], [], [])
    found = model.forecast(np.array([20.0]), np.array([0.0]), [0.0])
    assert found[0] == pytest.approx(20 * np.exp(DEFAULT_LOG_RATIOS))
    assert model.is_default_class


def test_the_reference_class_counts_running_projects_as_censored() -> None:
    truth = np.exp(np.random.default_rng(3).normal(0.2, 0.3, size=600))
    watched = np.random.default_rng(4).uniform(0.3, 2.0, size=600)
    model = fit_reference_class(np.minimum(truth, watched), truth <= watched, np.full(600, "erp"))
    naive = np.median(truth[truth <= watched])
    found = float(np.exp(model.quantiles(["erp"])[0, 99]))
    assert abs(found - np.median(truth)) < abs(naive - np.median(truth))
    assert found == pytest.approx(float(np.median(truth)), abs=0.06)


def test_a_product_is_pulled_towards_the_firm() -> None:
    ratio = np.concatenate((np.full(20, 2.0), np.full(60, 1.0)))
    names = np.repeat(["hospital", "erp"], [20, 60])
    model = fit_reference_class(ratio, np.ones(80, dtype=bool), names)
    hospital, unknown = np.exp(model.quantiles(["hospital", "new"])[:, 99])
    assert unknown < hospital < 2.0


def test_without_finished_projects_the_reference_class_is_the_default_one() -> None:
    model = fit_reference_class([0.4, 0.2], [False, False], ["erp", "erp"])
    assert model.is_default_class
    assert np.exp(model.quantiles(["erp"])[0, 99]) == pytest.approx(1.15, rel=0.03)


def test_a_project_that_outlived_everything_still_finishes_ahead() -> None:
    model = fit_reference_class(np.linspace(0.9, 1.5, 50), np.ones(50, dtype=bool), np.full(50, "erp"))
    found = model.forecast(np.array([20.0]), np.array([100.0]), ["erp"])
    assert (found >= 100.0).all()
    assert found[0, 99] > 101.0


def half_way(mode: str) -> tuple[np.ndarray, np.ndarray]:
    """Return what is said of a project half-way when nothing has finished, and what the reference class says."""
    nothing = PortfolioModel(NO_ERRORS, NO_ERRORS, fit_plan_analogues(late_by(np.ones(0))), DEFAULT_CLASS)
    asked = late_by(np.ones(1)).assign(mode=mode, product="", earned_point=30.0, burn_point=30.0)
    return finish_quantiles(asked, nothing)[0], finish_quantiles(asked.assign(mode="C"), nothing)[0]


def test_with_nothing_finished_the_simple_rules_say_what_similar_projects_say() -> None:
    said, alone = half_way("A")
    assert said == pytest.approx(alone)


def test_with_nothing_finished_plan_and_similar_projects_count_alike() -> None:
    said, alone = half_way("B")
    asked = late_by(np.ones(1))
    plan = fit_plan_analogues(late_by(np.ones(0))).forecast(asked)[0]
    assert said == pytest.approx(np.sqrt(plan * alone))
