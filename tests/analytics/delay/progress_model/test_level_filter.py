from __future__ import annotations

import numpy as np
import pytest
from statsmodels.regression.mixed_linear_model import MixedLM
from statsmodels.tsa.statespace.mlemodel import MLEModel

from analytics.delay.progress_model.level_filter import LevelVariances, filter_levels
from analytics.delay.progress_model.levels import SPEED_START, _effects_within, fit_level, fit_variances

VARIANCES = LevelVariances(own=0.03, drift_left=0.92, drift=0.002, spell_left=0.55, spell=0.05, noise=0.04)
DRAW = np.random.default_rng(7)


class Statsmodels(MLEModel):  # type: ignore[misc]
    """The same three parts as statsmodels' own state space."""

    def __init__(self, seen: np.ndarray, span: np.ndarray, variances: LevelVariances) -> None:
        super().__init__(seen, k_states=3, k_posdef=3)
        self["design"] = np.ones((1, 3))
        self["transition"] = np.diag(variances.left)
        self["selection"] = np.eye(3)
        self["state_cov"] = np.diag(variances.weekly)
        self["obs_cov"] = (variances.noise / span)[None, None]
        self.initialize_known(np.zeros(3), np.diag(variances.prior))


def played(count: int, weeks: int, missing: float = 0.2) -> np.ndarray:
    seen = DRAW.normal(0, 0.4, size=(count, weeks))
    seen[DRAW.random((count, weeks)) < missing] = np.nan
    return seen


def test_the_filter_gives_what_statsmodels_gives() -> None:
    seen, span = played(6, 40), DRAW.integers(1, 5, size=(6, 40)).astype(float)
    level, likelihood = filter_levels(seen, span, VARIANCES, np.inf)
    for place in range(6):
        theirs = Statsmodels(seen[place], span[place], VARIANCES).filter([])
        assert level.mean[place] == pytest.approx(theirs.filtered_state[:, -1], abs=1e-8)
        assert level.covariance[place] == pytest.approx(theirs.filtered_state_cov[:, :, -1], abs=1e-8)
        assert likelihood[place] == pytest.approx(theirs.llf, abs=1e-8)


def test_who_else_is_in_the_batch_changes_nothing() -> None:
    seen, span = played(20, 60), np.ones((20, 60))
    together = filter_levels(seen, span, VARIANCES)[0]
    alone = filter_levels(seen[3:4], span[3:4], VARIANCES)[0]
    assert together.mean[3] == pytest.approx(alone.mean[0], abs=1e-14)


def test_weeks_before_the_first_news_change_nothing() -> None:
    seen, span = played(5, 30, missing=0.0), np.ones((5, 30))
    padded = np.pad(seen, ((0, 0), (25, 0)), constant_values=np.nan)
    short = filter_levels(seen, span, VARIANCES)[0]
    long = filter_levels(padded, np.pad(span, ((0, 0), (25, 0)), constant_values=1.0), VARIANCES)[0]
    assert long.mean == pytest.approx(short.mean, abs=1e-12)
    assert long.covariance == pytest.approx(short.covariance, abs=1e-12)


def test_one_blocked_week_does_not_rewrite_the_level_of_a_team() -> None:
    usual = np.zeros((1, 30))
    blocked = usual.copy()
    blocked[0, -1] = -5.0
    bounded = filter_levels(blocked, np.ones((1, 30)), VARIANCES)[0].mean.sum()
    plain = filter_levels(blocked, np.ones((1, 30)), VARIANCES, np.inf)[0].mean.sum()
    assert plain < bounded < 0
    assert abs(bounded) < abs(plain) / 3


def test_the_average_level_ahead_is_that_of_played_weeks() -> None:
    level = filter_levels(played(1, 30, missing=0.0), np.ones((1, 30)), VARIANCES)[0]
    mean, variance = level.ahead(np.array([12.0]), VARIANCES)
    draw = np.random.default_rng(3)
    state = draw.multivariate_normal(level.mean[0], level.covariance[0], size=40_000)
    total = np.zeros(len(state))
    for _ in range(12):
        state = state * VARIANCES.left + draw.normal(size=state.shape) * np.sqrt(VARIANCES.weekly)
        total += state.sum(axis=1) + draw.normal(0, np.sqrt(VARIANCES.noise), size=len(state))
    average = total / 12
    assert mean[0] == pytest.approx(average.mean(), abs=0.01)
    assert variance[0] == pytest.approx(average.var(), rel=0.03)


def levels_of(count: int, weeks: int, own: float, noise: float) -> np.ndarray:
    draw = np.random.default_rng(11)
    return draw.normal(0, own, size=(count, 1)) + draw.normal(0, noise, size=(count, weeks))


def test_variances_are_found_again() -> None:
    found = fit_variances(levels_of(60, 50, own=0.3, noise=0.2), np.ones((60, 50)), SPEED_START)
    whole = found.prior.sum() + found.noise
    assert found.own + found.prior[1] == pytest.approx(0.09, rel=0.4)
    assert whole == pytest.approx(0.09 + 0.04, rel=0.3)


def test_few_projects_keep_the_variances_they_start_with() -> None:
    assert fit_variances(levels_of(4, 30, 0.3, 0.2), np.ones((4, 30)), SPEED_START) == SPEED_START


def test_the_slow_end_of_projects_is_learnt() -> None:
    progress = np.tile(np.linspace(0.01, 0.99, 50), (40, 1))
    seen = np.where(progress > 0.9, -1.0, 0.0) + levels_of(40, 50, own=0.1, noise=0.2)
    products = np.full(40, "erp", dtype=object)
    model = fit_level(seen, progress, np.ones_like(seen), products, SPEED_START)
    assert model.parts[-1] == pytest.approx(-0.95, abs=0.12)
    assert model.parts[4] == pytest.approx(0.0, abs=0.12)


def test_the_parts_are_those_of_a_mixed_model() -> None:
    draw = np.random.default_rng(5)
    project, part = np.repeat(np.arange(50), 6), np.tile(np.arange(6), 50)
    kept = draw.random(300) < 0.8
    level = np.array([0.0, 0.1, 0.3, 0.2, -0.2, -0.6])[part] + draw.normal(0, 0.3, 50)[project]
    level = level + draw.normal(0, 0.2, 300)
    project, part, level = project[kept], part[kept], level[kept]
    rough = np.bincount(part, level) / np.bincount(part)
    theirs = MixedLM(level, np.eye(6)[part], groups=project).fit()
    assert _effects_within(project, part, level, rough) == pytest.approx(theirs.fe_params, abs=0.01)


def test_products_with_few_projects_are_like_all() -> None:
    seen = levels_of(40, 30, own=0.05, noise=0.1)
    seen[:2] -= 1.0
    products = np.array(["rare"] * 2 + ["usual"] * 38, dtype=object)
    model = fit_level(seen, np.full_like(seen, 0.4), np.ones_like(seen), products, SPEED_START)
    assert -0.3 < model.products["rare"] < -0.05
