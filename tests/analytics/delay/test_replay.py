from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.backtest import rolling_origin_scores
from analytics.delay.known import Histories, prepare_histories
from analytics.delay.learning_days import by_learning_day
from analytics.delay.past_forecasts import past_forecasts
from analytics.delay.replay import SUMMARY_COLUMNS, replayed_scores, summarise_replay
from tests.analytics.delay.firm import FITS, Firm, make_firm

FIRM = make_firm(50)


def histories(firm: Firm = FIRM) -> Histories:
    return prepare_histories(firm.states, firm.projects, fits=FITS)


SCORES = replayed_scores(histories())


def test_every_fourth_week_each_running_project_is_judged_by_every_method() -> None:
    days = np.sort(SCORES["seen_on"].unique())
    assert set(np.diff(days) / np.timedelta64(1, "D")) == {28.0}
    assert set(SCORES.groupby(["project_id", "seen_on"])["method"].nunique()) == {SCORES["method"].nunique()}


def test_running_projects_are_judged_as_far_as_they_have_got() -> None:
    running = SCORES[SCORES["true_weeks"].isna()]
    assert set(running["project_id"]) == set(FIRM.projects.loc[FIRM.projects["status"] == "active", "project_id"])
    assert (running["known_weeks"] > running["elapsed_weeks"]).all()
    assert running["provisional_crps_pct"].ge(0).all()


def test_whether_a_running_project_is_late_is_open_until_its_plan_has_passed() -> None:
    running = SCORES[SCORES["true_weeks"].isna()]
    has_passed = running["known_weeks"] > running["planned_weeks"] + 2
    assert running.loc[has_passed, "is_late"].eq(True).all()
    assert running.loc[~has_passed, "is_late"].isna().all()


def test_a_forecast_of_the_replay_knows_nothing_later() -> None:
    day = pd.Timestamp("2025-06-29")
    cut = FIRM.known_by(day)
    keys = ["method", "project_id", "seen_on"]
    early = replayed_scores(histories(cut))
    both = early.merge(SCORES, on=keys, suffixes=("", "_whole"), validate="one_to_one")
    assert both["project_id"].nunique() > 10
    assert both["weeks_p50"].to_numpy() == pytest.approx(both["weeks_p50_whole"].to_numpy())
    assert both["late_probability"].to_numpy() == pytest.approx(both["late_probability_whole"].to_numpy())


def test_the_summary_counts_projects_alike_and_names_the_running_ones() -> None:
    found = summarise_replay(SCORES)
    assert list(found.columns) == list(SUMMARY_COLUMNS)
    golive = found.set_index("method").loc["golive"]
    own = SCORES[SCORES["method"] == "golive"]
    assert golive["provisional_crps_pct"] == pytest.approx(
        own.groupby("project_id")["provisional_crps_pct"].mean().mean()
    )
    assert golive["n_unfinished"] == own.loc[own["true_weeks"].isna(), "project_id"].nunique()
    assert golive["provisional_crps_pct"] < found.set_index("method")["provisional_crps_pct"]["plan_of_record"]


def test_without_projects_there_is_nothing_to_replay() -> None:
    nobody = replayed_scores(histories(Firm(FIRM.states.iloc[:0], FIRM.projects.iloc[:0])))
    assert nobody.empty
    assert summarise_replay(nobody).empty


def test_no_forecast_learns_from_a_day_after_it() -> None:
    rows = pd.DataFrame({"seen_on": pd.date_range("2020-01-03", periods=60, freq="7D")})
    for period, count in (("M", 14), ("Q", 5)):
        parts = list(by_learning_day(rows, period))  # type: ignore[arg-type]
        assert len(parts) == count
        assert sum(len(own) for _, own in parts) == len(rows)
        assert all((own["seen_on"] >= day).all() for day, own in parts)
    assert list(by_learning_day(rows.head(0))) == []


def test_past_forecasts_stand_beside_what_came() -> None:
    scores = rolling_origin_scores(histories())
    found = past_forecasts(scores)
    assert len(found) == len(scores[scores["method"] == "golive"])
    assert found["seen_on"].is_monotonic_decreasing
    ends = FIRM.projects.set_index("project_id")["actual_finish_date"]
    assert (found["finish_date"] == found["project_id"].map(ends)).all()
    days = (found["finish_date"] - found["said_p50_date"]).dt.days
    assert days.to_numpy() / 7 == pytest.approx(found["miss_weeks"].to_numpy(), abs=1 / 7)
    assert (found["is_within_p80"] == (found["finish_date"] <= found["said_p80_date"])).all()
