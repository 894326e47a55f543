from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analytics.delay.explaining import position_on
from analytics.delay.portfolio import forecast_on
from analytics.delay.scenarios import HoursChange, Scenario, ScenarioError, compare_scenarios, scenario_quantiles
from tests.analytics.delay.works import Works, make_works

DAY = pd.Timestamp("2021-06-13")
PLAYED = make_works(60, seed=2, years=3)
NAME = "w045"


def _with_pending(works: Works) -> Works:
    request = works.change_requests.iloc[:1].assign(
        change_request_id="asked",
        project_id=NAME,
        raised_at=DAY - pd.Timedelta(days=8),
        known_date=DAY - pd.Timedelta(days=8),
        decided_at=pd.Series(pd.NaT, index=works.change_requests.index[:1], dtype="datetime64[us]"),
        estimated_hours=400.0,
        is_approved=False,
        is_rejected=False,
        is_pending=True,
    )
    return Works(works.states, works.projects, pd.concat([works.change_requests, request], ignore_index=True))


HISTORIES = _with_pending(PLAYED).histories()


def effect(**what: Any) -> dict[str, float]:
    table = compare_scenarios(HISTORIES, NAME, DAY, [Scenario("changed", **what)])
    return {name: float(table[name].iloc[1]) for name in ("p50_weeks", "p80_weeks", "late_points")}


def test_the_first_row_is_the_forecast_itself() -> None:
    table = compare_scenarios(HISTORIES, NAME, DAY, [])
    shown = forecast_on(HISTORIES, DAY).set_index("project_id").loc[NAME]
    assert len(table) == 1
    assert abs((table["finish_p50_date"].iloc[0] - shown["finish_p50_date"]).days) <= 1
    assert table["late_probability"].iloc[0] == pytest.approx(shown["late_probability"])
    assert (table[["p50_weeks", "p80_weeks", "late_points"]] == 0).all(axis=None)


def test_changing_nothing_changes_nothing() -> None:
    position = position_on(HISTORIES, DAY, [NAME])
    assert position is not None
    assert scenario_quantiles(position, Scenario("same")) == pytest.approx(position.quantiles, abs=1e-9)


def test_a_person_more_helps_and_a_person_less_hurts() -> None:
    more = effect(hours_changes=(HoursChange(30.0, DAY),))
    fewer = effect(hours_changes=(HoursChange(-30.0, DAY),))
    assert more["p50_weeks"] < 0 < fewer["p50_weeks"]
    assert more["p80_weeks"] < more["p50_weeks"]
    assert more["late_points"] <= 0 <= fewer["late_points"]


def test_help_that_comes_later_helps_less() -> None:
    at_once = effect(hours_changes=(HoursChange(30.0, DAY),))["p50_weeks"]
    later = effect(hours_changes=(HoursChange(30.0, DAY + pd.Timedelta(weeks=8)),))["p50_weeks"]
    assert at_once < later <= 0


@pytest.mark.parametrize("weeks", [1, 2, 4, 8])
def test_leave_never_brings_a_finish_forward(weeks: int) -> None:
    first = DAY + pd.Timedelta(weeks=1)
    away = HoursChange(-25.0, first, first + pd.Timedelta(weeks=weeks))
    found = effect(hours_changes=(away,))
    assert found["p50_weeks"] >= 0
    assert found["p80_weeks"] >= 0


def test_leave_after_the_end_changes_nothing() -> None:
    far = DAY + pd.Timedelta(weeks=1400)
    assert effect(hours_changes=(HoursChange(-25.0, far),))["p50_weeks"] == pytest.approx(0, abs=1e-9)


def test_a_freeze_helps_and_an_earlier_one_helps_more() -> None:
    now = effect(freeze_date=DAY)["p50_weeks"]
    later = effect(freeze_date=DAY + pd.Timedelta(weeks=6))["p50_weeks"]
    assert now < later <= 0
    assert effect(freeze_progress_ratio=1.0)["p50_weeks"] == pytest.approx(0, abs=1e-9)


def test_accepting_costs_weeks_and_refusing_saves_some() -> None:
    accepted = effect(accepted_request_ids=("asked",))["p50_weeks"]
    refused = effect(refused_request_ids=("asked",))["p50_weeks"]
    assert refused < 0 < accepted


def test_a_request_that_is_not_pending_is_an_error() -> None:
    with pytest.raises(ScenarioError, match="nobody-asked"):
        effect(accepted_request_ids=("nobody-asked",))


def test_work_on_top_costs_and_scope_taken_out_saves() -> None:
    more = [effect(added_scope_hours=hours)["p50_weeks"] for hours in (-300.0, -100.0, 0.0, 20.0, 300.0)]
    assert more == sorted(more)
    assert more[0] < 0 < more[-1]


def test_a_later_start_costs_what_it_is_later() -> None:
    assert effect(start_shift_weeks=3.0)["p50_weeks"] == pytest.approx(3.0)
    assert effect(start_shift_weeks=3.0)["p80_weeks"] == pytest.approx(3.0)


def test_there_is_no_go_live_before_the_date_of_the_client() -> None:
    far = DAY + pd.Timedelta(weeks=200)
    table = compare_scenarios(HISTORIES, NAME, DAY, [Scenario("wait", go_live_not_before=far)])
    assert table["finish_p50_date"].iloc[1] >= far
    near = effect(go_live_not_before=DAY)
    assert near["p50_weeks"] == pytest.approx(0, abs=1e-9)


def test_scenarios_stand_side_by_side_and_can_be_combined() -> None:
    helped = (HoursChange(30.0, DAY),)
    names = [
        Scenario("person", hours_changes=helped),
        Scenario("freeze", freeze_date=DAY),
        Scenario("both", hours_changes=helped, freeze_date=DAY),
    ]
    table = compare_scenarios(HISTORIES, NAME, DAY, names).set_index("scenario")["p50_weeks"]
    assert list(table.index) == ["", "person", "freeze", "both"]
    assert table["both"] < min(table["person"], table["freeze"])


def test_a_project_without_such_a_forecast_is_an_error() -> None:
    with pytest.raises(ScenarioError, match="no_forecast"):
        compare_scenarios(HISTORIES, "unknown", DAY, [])


def test_without_hours_nobody_knows_what_a_person_is_worth() -> None:
    bare = PLAYED.states.assign(booked_hours=0.0, budget_hours=float("nan"), scope_hours=float("nan"))
    histories = Works(bare, PLAYED.projects, PLAYED.change_requests.iloc[:0]).histories()
    with pytest.raises(ScenarioError, match="no_usual_hours"):
        compare_scenarios(histories, NAME, DAY, [Scenario("more", hours_changes=(HoursChange(40.0, DAY),))])
