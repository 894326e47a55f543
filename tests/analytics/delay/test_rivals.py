from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.known import prepare_histories
from analytics.delay.landmarks import landmarks, learnt_landmarks
from analytics.delay.rivals import best_smoothing, regression_quantiles, throughput_quantiles, with_smoothed_points
from analytics.delay.rivals.smoothed_pace import SMOOTHINGS, point_column
from analytics.evaluation.scores import crps, interpolated_quantile
from tests.analytics.delay.firm import FITS, make_firm

FIRM = make_firm(80)
HISTORIES = prepare_histories(FIRM.states, FIRM.projects, fits=FITS)


def weeks_of(progress: list[float]) -> pd.DataFrame:
    mondays = pd.date_range("2024-01-01", periods=len(progress), freq="7D", unit="us")
    return pd.DataFrame({"project_id": "a", "week_start_date": mondays, "progress_ratio": progress})


def asked(states: pd.DataFrame) -> pd.DataFrame:
    return states.tail(1).assign(elapsed_weeks=float(len(states)))


def earned(gains: list[float]) -> pd.DataFrame:
    """Weeks of a project planned for 20 weeks that earned so many weeks of plan in each."""
    states = weeks_of([0.1] * len(gains))
    return states.assign(planned_weeks=20.0, actual_weeks=np.arange(1.0, len(gains) + 1), earned_weeks=np.cumsum(gains))


def points(gains: list[float]) -> pd.Series[float]:
    states = earned(gains)
    return with_smoothed_points(asked(states), states).iloc[0]


def test_a_project_on_plan_finishes_on_plan_by_every_smoothing() -> None:
    found = points([1.0] * 8)
    assert [found[point_column(smoothing)] for smoothing in SMOOTHINGS] == pytest.approx([20.0] * len(SMOOTHINGS))


def test_no_smoothing_keeps_the_plans_pace_and_full_smoothing_believes_the_last_week() -> None:
    found = points([0.5] * 7 + [0.25])
    left = 20.0 - 3.75
    assert found[point_column(0.0)] == pytest.approx(8 + left)
    assert found[point_column(1.0)] == pytest.approx(8 + left / 0.25)
    finishes = [found[point_column(smoothing)] for smoothing in SMOOTHINGS]
    assert finishes == sorted(finishes)


def test_the_smoothing_is_the_one_that_was_nearest_on_finished_projects() -> None:
    known = with_smoothed_points(learnt_landmarks(HISTORIES), HISTORIES.states)
    done = known[known["is_finished"]]
    best = best_smoothing(known)
    miss = {s: np.abs(np.log(done["true_weeks"] / done[point_column(s)])).mean() for s in SMOOTHINGS}
    assert miss[best] == min(miss.values())
    assert best_smoothing(known.iloc[:0]) == 0.1


def test_throughput_of_even_weeks_is_certain_and_right() -> None:
    states = weeks_of([0.05 * week for week in range(1, 9)])
    found = throughput_quantiles(asked(states), states)[0]
    assert found[[0, 99, 198]] == pytest.approx([20.0, 20.0, 20.0], abs=1.0)


def test_throughput_draws_only_weeks_up_to_the_day_and_says_nothing_without_progress() -> None:
    states = weeks_of([0.05] * 12 + [0.9])
    assert np.isnan(throughput_quantiles(asked(states.head(12)).assign(progress_ratio=0.0), states.head(0))).all()
    early = throughput_quantiles(asked(states.head(2)), states)
    assert early == pytest.approx(throughput_quantiles(asked(states.head(2)), states.head(2)))
    still = weeks_of([0.3] * 14)
    assert np.isnan(throughput_quantiles(asked(still), still)).all()


def test_regression_finds_the_speed_of_honest_projects() -> None:
    known = learnt_landmarks(HISTORIES)
    rows = landmarks(HISTORIES, [0.5])
    rows = rows[rows["is_finished"]]
    quantiles = regression_quantiles(known[known["stage_node"].isin([0.5])], rows)
    truth = rows["true_weeks"].to_numpy()
    assert (np.diff(quantiles, axis=1) >= -1e-9).all()
    assert (quantiles >= rows["elapsed_weeks"].to_numpy()[:, None] - 1e-9).all()
    plain = np.repeat(rows["planned_weeks"].to_numpy()[:, None], 199, axis=1)
    assert crps(truth, quantiles).mean() < 0.4 * crps(truth, plain).mean()
    assert np.mean(truth <= interpolated_quantile(quantiles, 0.8)) == pytest.approx(0.8, abs=0.12)


def test_regression_says_nothing_with_few_finished_projects() -> None:
    known = learnt_landmarks(HISTORIES)
    few = known[known["project_id"].isin([f"p{number:03}" for number in range(19)])]
    assert np.isnan(regression_quantiles(few, landmarks(HISTORIES, [0.5]))).all()
