"""The model behind the usual doors: what it may know, what it learns, how it copes with odd projects."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from analytics.delay.backtest import rolling_origin_scores, summarise
from analytics.delay.landmarks import learnt_landmarks
from analytics.delay.model import progress_on
from analytics.delay.portfolio import forecast_on
from analytics.delay.progress_model.fit_store import FitStore
from tests.analytics.delay.works import Works, make_works

if TYPE_CHECKING:
    from analytics.delay.known import Histories
    from analytics.delay.progress_model.lesson import ProgressModel

WORKS = make_works(90, seed=1)
HISTORIES = WORKS.histories()
DAY = pd.Timestamp("2021-11-14")
DATES = ["finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date"]
SCORES = rolling_origin_scores(HISTORIES)


def fitted(histories: Histories = HISTORIES, day: pd.Timestamp = DAY, seed: int = 0) -> ProgressModel:
    found = progress_on(histories, learnt_landmarks(histories), day, seed)
    assert found is not None
    return found


def running() -> str:
    """Return a project in the middle of its way."""
    found = forecast_on(HISTORIES, DAY)
    middle = found[(found["mode"] == "A") & found["progress_ratio"].between(0.3, 0.7)]
    return str(middle["project_id"].iloc[0])


def forecast_of(works: Works, name: str) -> pd.DataFrame:
    found = forecast_on(works.histories(), DAY)
    return found[found["project_id"] == name].reset_index(drop=True)


@pytest.mark.parametrize("day", ["2019-06-16", "2020-03-08", "2021-11-14"])
def test_rows_known_later_change_no_forecast(day: str) -> None:
    on = pd.Timestamp(day)
    whole = forecast_on(HISTORIES, on)
    pd.testing.assert_frame_equal(whole, forecast_on(WORKS.known_by(on).histories(), on))
    assert len(whole) > 0


def test_it_beats_earned_schedule_with_its_own_errors() -> None:
    table = summarise(SCORES).query("stage == 'all'").set_index("method")["crps_pct"]
    assert table["golive"] < 0.95 * table["earned_schedule_dressed"]
    assert table["golive"] < 0.85 * table["reference_class"]


def test_once_enough_have_finished_eight_of_ten_finish_by_their_p80() -> None:
    late = SCORES[(SCORES["method"] == "golive") & (SCORES["seen_on"] >= pd.Timestamp("2020-10-01"))]
    assert late["project_id"].nunique() > 20
    assert late["coverage_p80"].mean() == pytest.approx(0.80, abs=0.12)


def test_from_the_first_weeks_on_it_is_no_worse_than_the_reference_class() -> None:
    early = rolling_origin_scores(HISTORIES, stages=(0, 5, 10))
    table = early.pivot_table(index="stage", columns="method", values="crps_pct")
    assert (table["golive"] <= 1.02 * table["reference_class"]).all()


def test_a_model_says_what_it_was_fitted_on() -> None:
    model = fitted()
    assert model.learnt_until == "2021-10-01"
    assert model.work.finished_count == int(
        (WORKS.projects["actual_finish_date"] <= pd.Timestamp(model.learnt_until)).sum()
    )
    assert all(np.isfinite(value) for value in asdict(model.work.speed_of_hours.variances).values())


def test_the_same_data_give_the_same_fingerprint_and_model() -> None:
    first = fitted()
    again = fitted(replace(WORKS.histories(), fits=FitStore()))
    assert again.fingerprint == first.fingerprint
    assert again == first


def test_other_data_or_another_seed_give_another_fingerprint() -> None:
    changed = WORKS.with_states("w000", booked_hours=WORKS.states["booked_hours"] * 1.5)
    prints = {fitted().fingerprint, fitted(changed.histories()).fingerprint, fitted(seed=1).fingerprint}
    assert len(prints) == 3


def test_what_is_fitted_once_is_not_fitted_again() -> None:
    own = replace(HISTORIES, fits=FitStore())
    fitted(own)
    fitted(own, day=DAY + pd.Timedelta(weeks=1))
    assert len(own.fits) == 1


def test_threads_that_ask_for_the_same_fit_share_it() -> None:
    own = replace(HISTORIES, fits=FitStore())
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: fitted(own), range(3)))
    assert len(own.fits) == 1
    assert found[0] is found[1] is found[2]


def test_without_a_request_log_there_is_still_a_forecast() -> None:
    bare = Works(WORKS.states, WORKS.projects, WORKS.change_requests.iloc[:0])
    found = forecast_on(bare.histories(), DAY)
    assert found["finish_p50_date"].notna().all()


def test_without_hours_and_budgets_there_is_still_a_forecast() -> None:
    bare = WORKS.states.assign(budget_hours=np.nan, scope_hours=np.nan, booked_hours=0.0)
    found = forecast_on(Works(bare, WORKS.projects, WORKS.change_requests).histories(), DAY)
    assert found["finish_p50_date"].notna().all()
    assert set(found["mode"]) >= {"A"}


def test_a_pause_without_hours_neither_breaks_nor_hurries_a_forecast() -> None:
    name = running()
    states = WORKS.states
    is_pause = (states["project_id"] == name) & (states["week_start_date"] > DAY - pd.Timedelta(weeks=6))
    own = states[(states["project_id"] == name) & ~is_pause]
    held = states.assign(
        booked_hours=states["booked_hours"].mask(is_pause, own["booked_hours"].iloc[-1]),
        progress_ratio=states["progress_ratio"].mask(is_pause, own["progress_ratio"].iloc[-1]),
    )
    before, after = forecast_of(WORKS, name), forecast_of(Works(held, WORKS.projects, WORKS.change_requests), name)
    assert after["finish_p50_date"].iloc[0] > before["finish_p50_date"].iloc[0]
    assert (after[DATES].iloc[0] > DAY).all()


def test_a_new_baseline_moves_nothing() -> None:
    name = running()
    states = WORKS.states
    is_late = (states["project_id"] == name) & (states["week_start_date"] > DAY - pd.Timedelta(weeks=4))
    moved = states["baseline_finish_date"].mask(is_late, pd.Timestamp("2024-01-01"))
    again = forecast_of(Works(states.assign(baseline_finish_date=moved), WORKS.projects, WORKS.change_requests), name)
    pd.testing.assert_frame_equal(again[DATES], forecast_of(WORKS, name)[DATES])


def test_progress_that_falls_back_is_survived() -> None:
    name = running()
    states = WORKS.states
    is_last = (states["project_id"] == name) & (states["week_start_date"] > DAY - pd.Timedelta(weeks=3))
    fallen = WORKS.with_states(name, progress_ratio=states["progress_ratio"].mask(is_last, 0.05))
    assert forecast_of(fallen, name)["finish_p50_date"].iloc[0] > forecast_of(WORKS, name)["finish_p50_date"].iloc[0]


def test_a_cancelled_project_teaches_no_duration() -> None:
    name = str(WORKS.projects["project_id"].iloc[5])
    is_own = WORKS.projects["project_id"] == name
    ended = WORKS.projects["status"].mask(is_own, "cancelled")
    stopped = Works(WORKS.states, WORKS.projects.assign(status=ended), WORKS.change_requests)
    assert fitted(stopped.histories()).work.finished_count == fitted().work.finished_count - 1


def test_five_years_of_one_project_and_one_week_of_another_are_forecast() -> None:
    long = make_works(3, seed=4, years=6)
    slow = long.states[long.states["project_id"] == "w000"]
    weeks = pd.date_range(slow["week_start_date"].iloc[0], periods=270, freq="7D", unit="us")
    stretched = (
        slow.iloc[:1]
        .loc[[slow.index[0]] * 270]
        .assign(
            week_start_date=weeks,
            progress_date=weeks + pd.Timedelta(days=4),
            progress_ratio=np.linspace(0.002, 0.6, 270),
            booked_hours=np.arange(1, 271) * 30.0,
        )
    )
    others = long.states[long.states["project_id"] != "w000"]
    projects = long.projects.assign(
        actual_finish_date=long.projects["actual_finish_date"].where(long.projects["project_id"] != "w000"),
        status=long.projects["status"].where(long.projects["project_id"] != "w000", "active"),
    )
    works = Works(pd.concat([stretched, others], ignore_index=True), projects, long.change_requests)
    day = weeks[-1] + pd.Timedelta(days=6)
    found = forecast_on(works.histories(), day).set_index("project_id").loc["w000"]
    assert found["finish_p10_date"] > day
    assert found["finish_p90_date"] < day + pd.Timedelta(weeks=1500)
    first = WORKS.projects["start_date"].iloc[60] + pd.Timedelta(days=6)
    young = forecast_on(HISTORIES, first).set_index("project_id").loc[str(WORKS.projects["project_id"].iloc[60])]
    assert young["finish_p10_date"] > first
