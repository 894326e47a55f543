from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from analytics.evaluation.calibration import (
    area_under_curve,
    brier_score,
    coverage,
    pit_histogram,
    pit_values,
    reliability_bins,
    wilson_interval,
)

RISKS = st.lists(st.tuples(st.booleans(), st.integers(0, 10)), min_size=2, max_size=40)


def test_an_outcome_on_the_forecast_day_is_covered() -> None:
    assert coverage([10.0, 11.0], [10.0 - 1e-9, 10.0]) == 0.5


def test_coverage_of_nothing_is_not_a_number() -> None:
    assert np.isnan(coverage([], []))


def test_pit_says_where_the_outcome_fell() -> None:
    quantiles = np.tile(np.arange(1.0, 200.0), (3, 1))
    assert pit_values([0.0, 100.0, 999.0], quantiles) == pytest.approx([0.0, 0.5, 1.0])


def test_pit_of_a_forecast_made_of_one_date_is_one_half_on_that_date() -> None:
    assert pit_values([7.0], np.full((1, 199), 7.0)) == pytest.approx([0.5])


def test_a_true_forecast_has_a_flat_pit_histogram() -> None:
    draw = np.random.default_rng(3)
    quantiles = np.tile((np.arange(199) + 0.5) / 199, (20_000, 1))
    histogram = pit_histogram(pit_values(draw.uniform(size=20_000), quantiles))
    assert histogram["count_share"].to_numpy() == pytest.approx(np.full(10, 0.1), abs=0.01)
    assert histogram["project_count"].sum() == 20_000


def test_the_pit_histogram_of_nothing_is_empty_bins() -> None:
    assert pit_histogram([])["count_share"].sum() == 0


def test_brier_equals_that_of_scoringrules() -> None:
    happened = np.array([1.0, 0.0, 0.0, 1.0])
    stated = np.array([0.9, 0.2, 0.6, 0.4])
    assert brier_score(happened, stated) == pytest.approx(scoringrules.brier_score(happened, stated).mean())


def test_ties_count_half_in_the_area_under_the_curve() -> None:
    assert area_under_curve([True, False], [0.4, 0.4]) == 0.5
    assert area_under_curve([True, True, False, False], [0.9, 0.4, 0.4, 0.1]) == pytest.approx(0.875)


def test_without_late_projects_there_is_no_area_under_the_curve() -> None:
    assert np.isnan(area_under_curve([False, False], [0.1, 0.2]))


@given(RISKS)
def test_the_area_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[bool, int]]) -> None:
    late = [risk for happened, risk in rows if happened]
    punctual = [risk for happened, risk in rows if not happened]
    found = area_under_curve([row[0] for row in rows], [float(row[1]) for row in rows])
    if not late or not punctual:
        assert np.isnan(found)
        return
    pairs = [(a > b) + 0.5 * (a == b) for a in late for b in punctual]
    assert found == pytest.approx(sum(pairs) / len(pairs))


@given(RISKS)
def test_the_bins_hold_every_project_once(rows: list[tuple[bool, int]]) -> None:
    bins = reliability_bins([row[0] for row in rows], [row[1] / 10 for row in rows])
    assert bins["project_count"].sum() == len(rows)
    assert (bins["mean_probability"] >= bins["probability_from"] - 1e-9).all()
    assert (bins["mean_probability"] <= bins["probability_to"] + 1e-9).all()


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    low, high = wilson_interval([0.5], [10], z=1.96)
    assert (low[0], high[0]) == (pytest.approx(0.2366, abs=1e-3), pytest.approx(0.7634, abs=1e-3))
