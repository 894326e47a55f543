"""The last word: what past errors make of two forecasts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.distribution import NORMAL_SCORES
from analytics.delay.progress_model.lesson import _watched_long_enough
from analytics.delay.progress_model.stack import NO_STACK, Stack, fit_stack
from analytics.evaluation.scores import crps, interpolated_quantile


def past(count: int, *, seed: int = 1, late: float = 1.3, spread: float = 0.3) -> tuple[pd.DataFrame, np.ndarray]:
    """Return projects seen half-way, and a forecast of each that is too early by a factor ``late``, and too sure."""
    draw = np.random.default_rng(seed)
    planned = draw.uniform(20, 50, size=count)
    said = planned * draw.uniform(0.5, 1.2, size=count)
    left = said * late * np.exp(spread * draw.normal(size=count))
    elapsed = planned * 0.5
    rows = pd.DataFrame(
        {
            "project_id": [f"p{place}" for place in range(count)],
            "stage_node": 0.5,
            "stage": 0.5,
            "elapsed_weeks": elapsed,
            "planned_weeks": planned,
            "plan_point": planned,
            "true_weeks": elapsed + left,
            "is_finished": True,
        }
    )
    quantiles = elapsed[:, None] + said[:, None] * np.exp(0.1 * NORMAL_SCORES)
    return rows, quantiles


def rules_of(rows: pd.DataFrame) -> np.ndarray:
    """Return what a rule says that knows the plan alone."""
    left = (rows["planned_weeks"] - rows["elapsed_weeks"]).to_numpy(dtype=np.float64)[:, None]
    return np.asarray(rows["elapsed_weeks"].to_numpy(dtype=np.float64)[:, None] + left * np.exp(0.4 * NORMAL_SCORES))


def covered(model: Stack, seed: int, level: float, **how: float) -> float:
    rows, own = past(600, seed=seed, **how)
    found = model.forecast(rows, own, rules_of(rows))
    return float((rows["true_weeks"].to_numpy() <= interpolated_quantile(found, level)).mean())


def test_forecasts_that_were_too_early_and_too_sure_are_moved_and_widened() -> None:
    rows, own = past(300)
    model = fit_stack(rows, own, rules_of(rows))
    for level in (0.5, 0.8, 0.9):
        assert covered(model, 7, level) == pytest.approx(level, abs=0.09)
    assert covered(NO_STACK, 7, 0.8) < 0.65


def test_a_few_past_errors_are_believed_in_part() -> None:
    rows, own = past(60)
    more, said = past(300)
    few, many = fit_stack(rows, own, rules_of(rows)), fit_stack(more, said, rules_of(more))
    assert covered(NO_STACK, 7, 0.5) < covered(few, 7, 0.5) < covered(many, 7, 0.5)


def test_that_all_were_too_early_is_believed_after_a_few_projects_how_unequal_they_were_only_after_many() -> None:
    few, many = (
        np.asarray(fit_stack(rows, own, own).corrections[0])
        for rows, own in (past(count, late=1.6, spread=0.4) for count in (12, 400))
    )
    assert few[99] > 0.6 * many[99]
    assert few[160] - few[40] < 0.4 * (many[160] - many[40])


def test_the_less_has_finished_the_wider_the_range() -> None:
    rows, own = past(1)
    widths = []
    for count in (0, 3, 15, 1_000):
        found = np.log(Stack(count, 0.5, (), (), ()).forecast(rows, own, own) - rows["elapsed_weeks"].to_numpy())
        widths.append(float(found[0, 160] - found[0, 40]))
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 1.15 * widths[-1]


def test_the_forecast_that_was_right_more_often_counts_more() -> None:
    rows, own = past(200, late=1.0, spread=0.1)
    assert fit_stack(rows, own, rules_of(rows)).own_share > 0.8
    assert fit_stack(rows, rules_of(rows), own).own_share < 0.2


def test_the_more_has_finished_the_more_the_regression_says() -> None:
    weights = []
    for count in (10, 30, 120, 400):
        rows, own = past(count)
        weights.append(fit_stack(rows, own, rules_of(rows)).regression_weight)
    assert weights == sorted(weights)
    assert weights[0] == 0.0
    assert weights[-1] > 0.8


def test_learning_makes_it_better() -> None:
    rows, own = past(300)
    model = fit_stack(rows, own, rules_of(rows))
    unseen, said = past(400, seed=9)
    truth = unseen["true_weeks"].to_numpy()
    learnt = crps(truth, model.forecast(unseen, said, rules_of(unseen))).mean()
    plain = crps(truth, NO_STACK.forecast(unseen, said, rules_of(unseen))).mean()
    assert learnt < 0.9 * plain


def test_with_nothing_learnt_the_range_spans_both_forecasts() -> None:
    rows, own = past(1)
    far = rows["elapsed_weeks"].to_numpy()[:, None] + 90 * np.exp(0.1 * NORMAL_SCORES)[None]
    found = NO_STACK.forecast(rows, own, far)[0]
    assert found[20] < own[0, -1]
    assert found[-20] > far[0, 0]


def test_every_forecast_is_in_order_and_after_today() -> None:
    rows, own = past(80)
    found = fit_stack(rows, own, rules_of(rows)).forecast(rows, own, rules_of(rows))
    assert (np.diff(found, axis=1) >= 0).all()
    assert (found > rows["elapsed_weeks"].to_numpy()[:, None]).all()


def test_projects_that_still_run_make_forecasts_later() -> None:
    rows, own = past(200)
    reached = rows["elapsed_weeks"] + (rows["true_weeks"] - rows["elapsed_weeks"]) * 0.8
    is_slow = rows["true_weeks"] - rows["elapsed_weeks"] > 40
    running = rows.assign(is_finished=~is_slow, true_weeks=rows["true_weeks"].where(~is_slow, reached))
    with_running = fit_stack(running, own, rules_of(rows))
    quick = rows[~is_slow]
    without = fit_stack(quick, own[~is_slow.to_numpy()], rules_of(quick))
    asked, said = past(100, seed=4)
    p80 = [
        float(interpolated_quantile(model.forecast(asked, said, rules_of(asked)), 0.8).mean())
        for model in (with_running, without)
    ]
    assert p80[0] > p80[1]


def test_without_experience_an_early_finish_is_drawn_towards_the_plan() -> None:
    rows, _ = past(1)
    elapsed, planned = float(rows["elapsed_weeks"].iloc[0]), float(rows["planned_weeks"].iloc[0])
    early = np.full((1, 199), elapsed + 0.4 * (planned - elapsed)) + NORMAL_SCORES * 0.01
    late = np.full((1, 199), planned + 10.0) + NORMAL_SCORES * 0.01
    assert float(interpolated_quantile(NO_STACK.forecast(rows, early, early), 0.9)[0]) > early.max() + 1
    assert interpolated_quantile(NO_STACK.forecast(rows, late, late), 0.5)[0] == pytest.approx(planned + 10.0, abs=0.1)


def seen(elapsed: float, days_ago: int, *, finished: bool = True, ended: str | None = None) -> pd.DataFrame:
    day = pd.Timestamp("2024-01-01")
    return pd.DataFrame(
        {
            "project_id": ["p"],
            "planned_weeks": [40.0],
            "plan_point": [40.0],
            "elapsed_weeks": [elapsed],
            "seen_on": [day - pd.Timedelta(days=days_ago)],
            "is_finished": [finished],
            "end_date": pd.Series([ended], dtype="datetime64[us]"),
        }
    )


def test_only_landmarks_watched_long_enough_are_learnt_from() -> None:
    day = pd.Timestamp("2024-01-01")
    assert len(_watched_long_enough(seen(20.0, 7 * 33), day)) == 1
    assert len(_watched_long_enough(seen(20.0, 7 * 31), day)) == 0
    assert len(_watched_long_enough(seen(20.0, 7 * 33, finished=False), day)) == 1
    assert len(_watched_long_enough(seen(20.0, 7 * 33, finished=False, ended="2023-06-01"), day)) == 0
