from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.delay.distribution import (
    averaged,
    censored_quantiles,
    combined,
    default_finish,
    later_than,
    outlived_weight,
    share_at_or_before,
    unknown_planner_finish,
)
from analytics.evaluation.scores import LEVELS

CURVES = st.lists(st.floats(0.5, 300), min_size=199, max_size=199).map(lambda values: np.sort(values)[None, :])


def quantiles_of(values: list[float]) -> np.ndarray:
    sample = np.array(values, dtype=np.float64)
    curves = censored_quantiles(sample, np.ones(len(sample), dtype=bool), np.ones((1, len(sample))))
    return np.asarray(curves[0])


def test_the_ranks_are_those_of_n_plus_one() -> None:
    levels = np.interp([1.0, 2.0, 3.0], quantiles_of([1.0, 2.0, 3.0]), LEVELS)
    assert levels[1] == pytest.approx(0.5)
    assert np.interp(0.25, LEVELS, quantiles_of([1.0, 2.0, 3.0])) == pytest.approx(1.0, abs=0.01)
    assert np.interp(0.75, LEVELS, quantiles_of([1.0, 2.0, 3.0])) == pytest.approx(3.0, abs=0.01)


def test_beyond_the_largest_of_few_values_there_is_a_tail() -> None:
    assert quantiles_of([1.0, 2.0, 3.0])[-1] > 3.0


def test_without_censoring_it_agrees_with_a_large_sample() -> None:
    draw = np.random.default_rng(1).normal(size=5_000)
    assert quantiles_of(list(draw))[5:-5] == pytest.approx(np.quantile(draw, LEVELS)[5:-5], abs=0.02)


def test_the_product_limit_is_that_of_statsmodels() -> None:
    draw = np.random.default_rng(2)
    truth, cut = np.exp(draw.normal(size=3_000)), np.exp(draw.normal(0.5, 1.0, size=3_000))
    seen, is_event = np.minimum(truth, cut), truth <= cut
    other = SurvfuncRight(seen, is_event.astype(np.float64))
    found = censored_quantiles(seen, is_event, np.ones((1, 3_000)))[0]
    for level in (0.1, 0.3, 0.5, 0.7, 0.8):
        assert np.interp(level, LEVELS, found) == pytest.approx(other.quantile(level), rel=0.02)


def test_running_projects_move_the_forecast_later() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0])
    finished_only = censored_quantiles(values[:3], np.ones(3, dtype=bool), np.ones((1, 3)))[0]
    with_running = censored_quantiles(values, np.array([True, True, True, False]), np.ones((1, 4)))[0]
    assert (with_running >= finished_only - 1e-9).all()
    assert with_running[99] > finished_only[99]


def test_a_weight_of_two_is_two_projects() -> None:
    twice = censored_quantiles(np.array([1.0, 5.0]), np.ones(2, dtype=bool), np.array([[2.0, 1.0]]), np.array([1.0]))
    assert np.interp(0.5, LEVELS, twice[0]) < np.interp(0.5, LEVELS, quantiles_of([1.0, 5.0]))


@given(CURVES, st.floats(0.1, 290))
def test_what_is_left_is_ordered_and_never_before_today(curve: np.ndarray, today: float) -> None:
    left = later_than(curve, np.array([today]))
    assert (left >= today).all()
    assert (np.diff(left[0]) >= -1e-9).all()


@given(CURVES)
def test_before_the_earliest_finish_nothing_changes(curve: np.ndarray) -> None:
    assert later_than(curve, np.array([0.0])) == pytest.approx(curve)


@given(CURVES, st.floats(0.1, 290), st.floats(0.1, 50))
def test_waiting_never_makes_the_forecast_earlier(curve: np.ndarray, today: float, wait: float) -> None:
    now = later_than(curve, np.array([today]))
    later = later_than(curve, np.array([today + wait]))
    assert (later >= now - 1e-6).all()


@given(CURVES, st.floats(0.1, 400))
def test_a_share_lies_between_none_and_all(curve: np.ndarray, today: float) -> None:
    assert 0 <= share_at_or_before(curve, np.array([today]))[0] <= 1


def test_an_outlived_forecast_gives_way() -> None:
    curve = np.linspace(10, 20, 199)[None, :]
    assert outlived_weight(curve, np.array([15.0]))[0] == 0
    assert outlived_weight(curve, np.array([30.0]))[0] == 1


def test_the_default_class_stretches_what_remains() -> None:
    found = default_finish(np.array([30.0]), np.array([20.0]))[0]
    assert found[99] == pytest.approx(20 + 10 * 1.15)


def test_what_remains_past_the_plan_is_not_known_to_a_day() -> None:
    found = default_finish(np.array([40.5]), np.array([40.0]))[0]
    p50, p80, p90 = found[99], found[159], found[179]
    assert p50 - 40 >= 2  # half a week after today is no forecast, only the earliest day that a plan may name
    assert p80 - p50 >= 0.5
    assert p90 - p80 >= 0.3


def test_an_unknown_planner_keeps_the_plan_in_a_third_of_the_cases_and_is_never_early() -> None:
    found = unknown_planner_finish(np.array([30.0]), np.array([20.0]))[0]
    assert found[0] == 30
    assert (found == 30).mean() == pytest.approx(1 / 3, abs=0.02)
    assert found[-1] > 40
    assert (np.diff(found) >= 0).all()


def test_an_average_lies_between_its_parts() -> None:
    low, high = np.full((1, 199), 10.0), np.full((1, 199), 40.0)
    assert averaged(low, high, 0.5)[0] == pytest.approx(np.full(199, 20.0))


def test_the_narrower_forecast_counts_more() -> None:
    narrow = 10 * np.exp(0.01 * np.linspace(-1, 1, 199))[None, :]
    wide = 20 * np.exp(0.5 * np.linspace(-1, 1, 199))[None, :]
    assert combined([narrow, wide])[0, 99] == pytest.approx(10.0, rel=0.01)


def test_a_forecast_that_is_no_number_takes_no_part() -> None:
    narrow = 10 * np.exp(0.1 * np.linspace(-1, 1, 199))[None, :]
    assert combined([narrow, np.full((1, 199), np.nan)]) == pytest.approx(narrow)


@given(st.lists(st.tuples(st.floats(0.1, 90), st.booleans()), min_size=2, max_size=30), st.floats(0.1, 90))
def test_a_value_of_no_weight_is_as_good_as_absent(rows: list[tuple[float, bool]], extra: float) -> None:
    values, events = np.array([row[0] for row in rows]), np.array([row[1] for row in rows] + [True])
    events[0] = True
    weights = np.ones((1, len(rows)))
    alone = censored_quantiles(values, events[:-1], weights)
    joined = censored_quantiles(np.append(values, extra), events, np.append(weights, [[0.0]], axis=1))
    assert joined == pytest.approx(alone, abs=1e-9)
