"""What the forecast of the work promises: monotone, replayable, the same alone and together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.delay.known import running_on
from analytics.delay.progress_model.cases import Cases, cases_of, chosen_cases
from analytics.delay.progress_model.draws import common_draws
from analytics.delay.progress_model.fitting import UNKNOWN_WORK
from analytics.delay.progress_model.paths import (
    calendar_weeks,
    chances,
    gamma_numbers,
    outlook,
    path_quantiles,
)
from tests.analytics.delay.works import make_works

WORKS = make_works(40, seed=3, years=3)
HISTORIES = WORKS.histories()
DAY = pd.Timestamp("2020-12-06")
CHANCE = chances(UNKNOWN_WORK, 1, 1024)


def cases() -> Cases:
    assert HISTORIES.evidence is not None
    return cases_of(HISTORIES.evidence, running_on(HISTORIES, DAY))[0]


CASES = cases()


def quantiles(changed: Cases) -> np.ndarray:
    return path_quantiles(outlook(UNKNOWN_WORK, changed), CHANCE)


def test_the_same_seed_gives_the_same_paths_and_another_seed_others() -> None:
    common_draws.cache_clear()
    first = common_draws(5, 256).speed.copy()
    common_draws.cache_clear()
    assert (common_draws(5, 256).speed == first).all()
    assert (common_draws(6, 256).speed != first).any()


def test_a_forecast_does_not_depend_on_who_else_is_asked_for() -> None:
    together = quantiles(CASES)
    for place in range(len(CASES)):
        alone = quantiles(chosen_cases(CASES, np.array([place])))
        assert alone[0] == pytest.approx(together[place], abs=1e-12)


def test_every_path_ends_after_today_and_levels_are_in_order() -> None:
    found = quantiles(CASES)
    assert (found > CASES.elapsed_weeks[:, None]).all()
    assert (np.diff(found, axis=1) >= 0).all()


def test_more_work_never_ends_earlier() -> None:
    usual = quantiles(CASES)
    for hours in (0.005, 0.02, 0.3):
        assert (quantiles(replace(CASES, scope=CASES.scope + hours)) >= usual - 1e-9).all()


def test_less_work_never_ends_later() -> None:
    assert (quantiles(replace(CASES, scope=CASES.scope * 0.9)) <= quantiles(CASES) + 1e-9).all()


def test_leave_ahead_never_moves_a_finish_forward() -> None:
    full = replace(CASES, ahead=np.ones((len(CASES), 78)))
    draw = np.random.default_rng(2)
    before = quantiles(full)
    for _ in range(20):
        away = np.ones((len(CASES), 78))
        first, length = int(draw.integers(0, 20)), int(draw.integers(1, 5))
        away[:, first : first + length] = draw.uniform(0, 0.9)
        assert (quantiles(replace(full, ahead=away)) >= before - 1e-9).all()


def test_usual_weeks_ahead_change_nothing() -> None:
    full = replace(CASES, ahead=np.ones((len(CASES), 78)))
    assert quantiles(full) == pytest.approx(quantiles(CASES), abs=1e-12)


def test_a_week_of_nobody_costs_a_week() -> None:
    factors = np.ones(20)
    factors[3] = 0.0
    assert calendar_weeks(np.array([2.0, 6.0, 30.0]), factors) == pytest.approx([2.0, 7.0, 31.0], abs=1e-3)


def test_gamma_numbers_have_the_right_mean_and_spread() -> None:
    normal = common_draws(1, 4096).wishes
    for shape in (1.5, 4.0, 30.0):
        found = gamma_numbers(shape, normal)
        assert found.mean() == pytest.approx(shape, rel=0.02)
        assert found.var() == pytest.approx(shape, rel=0.06)


def test_what_is_done_only_waits() -> None:
    done = replace(CASES, is_done=np.ones(len(CASES), dtype=bool), origin_weeks=CASES.elapsed_weeks)
    assert (quantiles(done)[:, 99] <= CASES.elapsed_weeks + 2.1).all()


def test_more_paths_change_little() -> None:
    few, many = (
        path_quantiles(outlook(UNKNOWN_WORK, CASES), chances(UNKNOWN_WORK, 1, count))[:, 99] for count in (1024, 8192)
    )
    assert few == pytest.approx(many, rel=0.03)
