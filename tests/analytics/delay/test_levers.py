"""The usual levers: what each does is what the same scenario does, and its range holds it."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.explaining import position_on
from analytics.delay.levers import LEAST_WEEKS, Lever, lever_effects, usual_levers
from analytics.delay.scenario_steps import Step, scenario_of
from analytics.delay.scenarios import Scenario, compare_scenarios, moved_paths
from tests.analytics.delay.test_scenarios import DAY, HISTORIES, NAME

MONDAY = pd.Timestamp("2026-03-02")


def test_every_project_can_be_asked_for_a_freeze_and_a_person_on_mondays_to_come() -> None:
    freeze, person = usual_levers(MONDAY, float("nan"), [])
    assert (freeze.kind, freeze.steps[0].from_date) == ("freeze", "2026-03-09")
    assert (person.kind, person.steps[0].from_date) == ("person", "2026-04-06")


@pytest.mark.parametrize(("left", "hours"), [(1234.0, -120.0), (61.0, -10.0), (20.0, None), (-5.0, None)])
def test_a_tenth_of_the_rest_is_moved_in_tens_of_hours(left: float, hours: float | None) -> None:
    moved = [lever.steps[0].hours for lever in usual_levers(MONDAY, left, []) if lever.kind == "later"]
    assert moved == ([] if hours is None else [hours])


def test_all_waiting_requests_are_declined_together() -> None:
    (decline,) = [lever for lever in usual_levers(MONDAY, 0.0, ["a", "b"]) if lever.kind == "decline"]
    assert [step.request_id for step in decline.steps] == ["a", "b"]


def test_the_effect_is_that_of_the_same_scenario_and_lies_in_its_range() -> None:
    levers = usual_levers(DAY, 400.0, ["asked"])
    found = lever_effects(HISTORIES, NAME, DAY, levers)
    assert {"person", "freeze", "later"} <= set(found["kind"])
    assert found["p50_weeks"].is_monotonic_increasing
    assert found["p50_weeks"].le(-LEAST_WEEKS).all()
    assert (found["low_weeks"] <= found["p50_weeks"]).all()
    assert (found["p50_weeks"] <= found["high_weeks"]).all()
    for lever in levers:
        own = compare_scenarios(HISTORIES, NAME, DAY, [scenario_of("x", lever.steps)])["p50_weeks"].iloc[1]
        shown = found.loc[found["kind"] == lever.kind, "p50_weeks"].tolist()
        assert shown == ([pytest.approx(own)] if own <= -LEAST_WEEKS else [])


def test_what_changes_nothing_moves_no_path() -> None:
    position = position_on(HISTORIES, DAY, [NAME])
    assert position is not None
    assert moved_paths(position, Scenario("same")) == pytest.approx(0.0, abs=1e-9)


def test_what_a_project_cannot_be_asked_is_left_out() -> None:
    asked = [Lever("decline", (Step("refuse", request_id="no such request"),)), *usual_levers(DAY, 400.0, [])]
    found = set(lever_effects(HISTORIES, NAME, DAY, asked)["kind"])
    assert "decline" not in found
    assert "person" in found
    assert lever_effects(HISTORIES, "no such project", DAY, asked).empty
