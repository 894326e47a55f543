"""Every figure of lateness is measured against one date, whichever of the two it is."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pandas as pd
import pytest

from analytics.delay.backtest import rolling_origin_scores
from analytics.delay.committed import CommittedBy
from analytics.delay.explaining import drivers_on
from analytics.delay.known import prepare_histories
from analytics.delay.past_forecasts import past_forecasts
from analytics.delay.portfolio import forecast_on
from analytics.delay.replay import replayed_scores
from analytics.delay.scenarios import HoursChange, Scenario, compare_scenarios
from analytics.delay.together import joint_on
from analytics.delay.view import LATE_AFTER_WEEKS
from tests.analytics.delay import firm as firms
from tests.analytics.delay.works import make_works

BOTH = get_args(CommittedBy)
DAY = pd.Timestamp("2022-06-05")
WORKS = make_works(40, seed=3)
#: The plan was moved by a quarter of a year after the first two weeks, so the two dates differ. The first report still
#: names the baseline: where it names another day, that day counts.
IS_MOVED = WORKS.states.groupby("project_id").cumcount() >= 2
MOVED = WORKS.states["planned_finish_date"].mask(IS_MOVED, WORKS.states["planned_finish_date"] + pd.Timedelta(weeks=13))
HISTORIES = type(WORKS)(
    WORKS.states.assign(planned_finish_date=MOVED), WORKS.projects, WORKS.change_requests
).histories()


@pytest.mark.parametrize("by", BOTH)
def test_no_row_is_surely_late_and_before_its_committed_date(by: CommittedBy) -> None:
    found = forecast_on(HISTORIES.measured_by(by), DAY)
    assert len(found) > 3
    late = found["late_probability"]
    assert (found.loc[late > 0.5, "slip_weeks_p50"] > 0).all()
    assert (found.loc[late > 0.2, "slip_weeks_p80"] > 0).all()
    # With an even chance of being late the median lies more than two weeks after the committed date.
    assert (late.ge(0.5) == found["slip_weeks_p50"].gt(LATE_AFTER_WEEKS)).all()
    assert (found["expected_delay_person_weeks"] >= 0).all()


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize("level", ["p50", "p80"])
def test_a_slip_is_the_distance_of_the_two_dates_beside_it(by: CommittedBy, level: str) -> None:
    found = forecast_on(HISTORIES.measured_by(by), DAY)
    days = (found[f"finish_{level}_date"] - found["committed_date"]).dt.days
    assert days.nunique() > 3
    assert (found[f"slip_weeks_{level}"] * 7).to_numpy() == pytest.approx(days.to_numpy())


def test_what_a_scenario_moves_is_the_distance_of_its_dates() -> None:
    name = str(forecast_on(HISTORIES, DAY)["project_id"].iloc[0])
    more, less = (Scenario(word, (HoursChange(hours, DAY),)) for word, hours in (("more", 23.0), ("less", -11.0)))
    found = compare_scenarios(HISTORIES, name, DAY, [more, less])
    for level in ("p50", "p80"):
        dates = found[f"finish_{level}_date"]
        days = (dates - dates.iloc[0]).dt.days
        assert days.iloc[1] < 0 < days.iloc[2]
        assert (found[f"{level}_weeks"] * 7).to_numpy() == pytest.approx(days.to_numpy())


def test_the_two_settings_speak_of_the_same_forecast_and_of_two_dates() -> None:
    first, plan = (forecast_on(HISTORIES.measured_by(by), DAY).set_index("project_id") for by in BOTH)
    names = ["finish_p10_date", "finish_p50_date", "finish_p80_date", "planned_finish_date", "baseline_finish_date"]
    pd.testing.assert_frame_equal(first[names], plan[names])
    assert (first["committed_date"] == first["baseline_finish_date"]).all()
    assert (plan["committed_date"] == plan["planned_finish_date"]).all()
    assert (plan["late_probability"] <= first["late_probability"]).all()
    assert plan["late_probability"].sum() < first["late_probability"].sum()


@pytest.mark.parametrize("by", BOTH)
def test_joint_statement_drivers_and_what_if_use_the_same_date(by: CommittedBy) -> None:
    histories = HISTORIES.measured_by(by)
    found = forecast_on(histories, DAY).set_index("project_id")
    joint = joint_on(histories, DAY)
    assert joint is not None
    assert joint[0].late_count_mean == pytest.approx(found["late_probability"].sum(), abs=0.3)
    total = drivers_on(histories, DAY).groupby("project_id")["weeks"].sum()
    assert len(total) > 2
    assert total.to_numpy() == pytest.approx(found.loc[total.index, "slip_weeks_p50"].to_numpy(), abs=1e-6)
    name = str(total.index[0])
    more = Scenario("one more", (HoursChange(40.0, DAY),))
    now = compare_scenarios(histories, name, DAY, [more]).iloc[0]
    assert now["late_probability"] == pytest.approx(found.loc[name, "late_probability"])
    assert now["slip_weeks_p50"] == pytest.approx(found.loc[name, "slip_weeks_p50"])


def test_a_moved_plan_is_a_line_of_its_own_among_the_drivers() -> None:
    plain = drivers_on(HISTORIES, DAY)
    assert "replanned" not in set(plain["driver"])
    moved = drivers_on(HISTORIES.measured_by("current_plan"), DAY)
    own = moved[moved["driver"] == "replanned"]
    assert own["weeks"].to_numpy() == pytest.approx(-13.0)


@pytest.mark.parametrize("by", BOTH)
def test_backtest_and_replay_judge_by_what_was_committed_on_the_day_of_the_forecast(by: CommittedBy) -> None:
    histories = HISTORIES.measured_by(by)
    scores = rolling_origin_scores(histories)
    assert (scores["is_late"] == (scores["true_weeks"] > scores["committed_weeks"] + LATE_AFTER_WEEKS)).all()
    ahead = scores["committed_weeks"] - scores["planned_weeks"]
    assert ahead.to_numpy() == pytest.approx(13.0 if by == "current_plan" else 0.0)
    past = past_forecasts(scores)
    miss = (past["finish_date"] - past["said_p50_date"]).dt.days
    assert (past["miss_weeks"] * 7).to_numpy() == pytest.approx(miss.to_numpy())
    after = (past["finish_date"] - past["committed_date"]).dt.days / 7
    assert (past["is_late"] == (after > LATE_AFTER_WEEKS)).mean() > 0.98
    replayed = replayed_scores(histories)
    known = replayed.dropna(subset=["true_weeks"])
    expected = known["true_weeks"] > known["committed_weeks"] + LATE_AFTER_WEEKS
    assert (known["is_late"].astype(bool) == expected).all()


def test_without_a_current_plan_the_first_one_is_committed() -> None:
    firm = firms.make_firm(has_progress=False)
    states = firm.states.assign(planned_finish_date=pd.Series(pd.NaT, index=firm.states.index, dtype="datetime64[us]"))
    found = forecast_on(
        prepare_histories(states, firm.projects, committed_by="current_plan", fits=firms.FITS),
        pd.Timestamp("2025-03-05"),
    )
    assert len(found)
    assert found["committed_date"].notna().all()
    assert np.isfinite(found["late_probability"]).all()
