from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from analytics.evaluation.scores import (
    LEVELS,
    crps,
    interpolated_quantile,
    pinball_loss,
    probability_above,
    provisional_crps,
)

WEEKS = st.floats(0, 500)
FORECASTS = st.lists(WEEKS, min_size=199, max_size=199).map(lambda values: np.sort(values)[None, :])


def some_forecasts(seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    quantiles = np.sort(np.exp(draw.normal(3, 0.5, size=(50, 199))), axis=1)
    return np.exp(draw.normal(3, 0.6, size=50)), quantiles


def test_crps_equals_the_quantile_estimator_of_scoringrules() -> None:
    observed, quantiles = some_forecasts()
    other = scoringrules.crps_ensemble(observed, quantiles, estimator="qd")
    assert crps(observed, quantiles) == pytest.approx(other, abs=1e-10)


def test_provisional_crps_equals_the_threshold_weighted_crps_of_scoringrules() -> None:
    observed, quantiles = some_forecasts()
    known_until = 22.0
    other = scoringrules.twcrps_ensemble(observed, quantiles, b=known_until, estimator="qd")
    found = provisional_crps(observed, quantiles, np.full(50, known_until))
    assert found == pytest.approx(other, abs=1e-10)


def test_pinball_equals_the_quantile_score_of_scoringrules() -> None:
    observed, quantiles = some_forecasts()
    other = scoringrules.quantile_score(observed, quantiles[:, 150], 0.8)
    assert pinball_loss(observed, quantiles[:, 150], 0.8) == pytest.approx(other, abs=1e-12)


def test_a_running_project_is_scored_up_to_today() -> None:
    _, quantiles = some_forecasts()
    running = provisional_crps(np.full(50, np.nan), quantiles, np.full(50, 10.0))
    finished_later = provisional_crps(np.full(50, 99.0), quantiles, np.full(50, 10.0))
    assert running == pytest.approx(finished_later)


def test_finished_only_scores_reward_early_forecasts_and_provisional_scores_do_not() -> None:
    draw = np.random.default_rng(4)
    truth = np.exp(draw.normal(3, 0.5, size=4_000))
    honest = np.tile(np.exp(3 + 0.5 * np.sqrt(2) * _inverse_error(2 * LEVELS - 1)), (4_000, 1))
    early = honest * 0.75
    known_until = np.full(4_000, 20.0)
    finished = truth <= known_until
    assert crps(truth[finished], early[finished]).mean() < crps(truth[finished], honest[finished]).mean()
    assert provisional_crps(truth, honest, known_until).mean() < provisional_crps(truth, early, known_until).mean()


def _inverse_error(values: np.ndarray) -> np.ndarray:
    from scipy.special import erfinv  # noqa: PLC0415 - only this helper needs it

    return np.asarray(erfinv(values))


@given(WEEKS, FORECASTS)
def test_crps_is_never_negative(observed: float, quantiles: np.ndarray) -> None:
    assert crps([observed], quantiles)[0] >= -1e-9


@given(WEEKS, WEEKS)
def test_crps_of_a_single_date_is_the_distance(observed: float, date: float) -> None:
    assert crps([observed], np.full((1, 199), date))[0] == pytest.approx(abs(observed - date), abs=1e-9)


@given(WEEKS, FORECASTS, st.floats(0, 500))
def test_moving_forecast_and_outcome_together_changes_nothing(
    observed: float, quantiles: np.ndarray, shift: float
) -> None:
    moved = crps([observed + shift], quantiles + shift)
    assert moved == pytest.approx(crps([observed], quantiles), abs=1e-8)


@given(FORECASTS, st.floats(0, 500))
def test_probability_above_falls_as_the_threshold_rises(quantiles: np.ndarray, threshold: float) -> None:
    later = probability_above(quantiles, [threshold + 1])[0]
    assert 0 <= later <= probability_above(quantiles, [threshold])[0] <= 1


def test_the_middle_level_is_the_median() -> None:
    assert LEVELS[99] == 0.5
    assert interpolated_quantile(LEVELS[None, :], 0.5)[0] == 0.5


@pytest.mark.parametrize("level", [0.1, 0.25, 0.8, 0.9])
def test_a_quantile_between_levels_lies_on_the_line(level: float) -> None:
    assert interpolated_quantile(LEVELS[None, :], level)[0] == pytest.approx(level)


def test_a_quantile_beyond_the_levels_is_the_outermost() -> None:
    assert interpolated_quantile(LEVELS[None, :], 0.9999)[0] == LEVELS[-1]
