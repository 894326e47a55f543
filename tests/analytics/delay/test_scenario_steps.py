"""Steps of a what-if: what people type becomes one scenario, or is refused in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.scenario_steps import KINDS, Step, scenario_of, step_of
from analytics.delay.scenarios import ScenarioError


def test_all_steps_together_make_one_scenario() -> None:
    steps = [
        Step("add_hours", hours=40, from_date="2026-12-07"),
        Step("take_hours", hours=20, from_date="2026-12-21", to_date="2027-01-03"),
        Step("accept", request_id="CR-1"),
        Step("refuse", request_id="CR-2"),
        Step("scope", hours=-120),
        Step("scope", hours=20),
        Step("shift_start", weeks=2),
        Step("not_before", from_date="2027-03-01"),
        Step("freeze_date", from_date="2027-01-15"),
        Step("freeze_progress", share=0.7),
    ]
    found = scenario_of("all", steps)
    assert [(one.weekly_hours, one.first_date, one.last_date) for one in found.hours_changes] == [
        (40, pd.Timestamp("2026-12-07"), None),
        (-20, pd.Timestamp("2026-12-21"), pd.Timestamp("2027-01-03")),
    ]
    assert (found.accepted_request_ids, found.refused_request_ids) == (("CR-1",), ("CR-2",))
    assert (found.added_scope_hours, found.start_shift_weeks) == (-100, 2)
    assert found.go_live_not_before == pd.Timestamp("2027-03-01")
    assert (found.freeze_date, found.freeze_progress_ratio) == (pd.Timestamp("2027-01-15"), 0.7)
    assert {step.kind for step in steps} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_comes_back_from_its_plain_form(kind: str) -> None:
    step = Step(kind, hours=3.5, weeks=-1.0, share=0.25, from_date="2026-12-07", request_id="CR-1")
    assert step_of(step.as_plain()) == step


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("add_hours", from_date="2026-12-07"), "no_hours"),
        (Step("add_hours", hours=4_000, from_date="2026-12-07"), "too_large: 4000"),
        (Step("add_hours", hours=40, from_date="next week"), "not_a_date"),
        (Step("add_hours", hours=40), "not_a_date"),
        (Step("take_hours", hours=40, from_date="2026-12-07", to_date="2026-12-01"), "ends_before"),
        (Step("accept"), "no_request"),
        (Step("freeze_progress", share=70), "wrong_share"),
        (Step("shift_start", weeks=5_000), "too_large: 5000"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(step: Step, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        scenario_of("", [step])


@pytest.mark.parametrize("plain", [{"kind": "drop_table"}, {"kind": "scope", "os": 1}, {}])
def test_a_step_that_there_is_not_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ScenarioError, match="unknown_step"):
        step_of(plain)
