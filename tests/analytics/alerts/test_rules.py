"""What each rule measures, from rows that were known: figures of projects and teams. The table is read strictly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import data
from analytics.alerts.precision import precisions
from analytics.alerts.readings import AlertFrames, Reading, readings
from analytics.alerts.rules import RULES, AlertRulesError, alert_rules

SHIPPED = tomllib.loads((Path(data.__file__).parent / "alerts.toml").read_text(encoding="utf-8"))
DAY = pd.Timestamp("2026-11-29")


def read(frames: AlertFrames, rule: str) -> dict[str, Reading]:
    return {one.subject: one for one in readings(frames, alert_rules(SHIPPED)).get(rule, [])}


def forecast(**more: Any) -> pd.DataFrame:
    row = {
        "project_id": "p1",
        "late_probability": 0.9,
        "committed_date": pd.Timestamp("2027-01-10"),
        **{
            f"finish_p{level}_date": pd.Timestamp("2027-01-01") + pd.Timedelta(days=level) for level in (10, 50, 80, 90)
        },
    }
    return pd.DataFrame([{**row, **more}])


def test_every_rule_that_ships_is_known_and_its_lines_fit() -> None:
    assert list(alert_rules(SHIPPED).rules) == list(RULES)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rules": {"latee": {}}}, "no rule latee"),
        ({"rules": {"late": {"raise_at": "0.8", "release_at": 0.6}}}, "rules.late.raise_at"),
        ({"rules": {"late": {"raise_at": 0.8, "release_at": 0.9}}}, "wrong side"),
        ({"rules": {"filing": {"raise_at": 0.5, "release_at": 0.4, "least_people": 3}}}, "wrong side"),
        ({"rules": {"late": {"raise_at": 0.8, "release_at": 0.6, "weeks": 2}}}, "no weeks"),
        ({"rules": {"moved": {"raise_at": True, "release_at": 1, "within_weeks": 4}}}, "True"),
    ],
)
def test_a_rule_that_can_not_be_followed_is_refused_with_its_place(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(AlertRulesError, match=said):
        alert_rules({"again_after_weeks": 4, **changes})


def test_a_rule_that_is_off_and_one_without_its_tables_rest() -> None:
    rules = alert_rules(
        {**SHIPPED, "rules": {**SHIPPED["rules"], "late": {**SHIPPED["rules"]["late"], "is_on": False}}}
    )
    found = readings(AlertFrames(DAY, forecast=forecast()), rules)
    assert "late" not in found
    assert "filing" not in found


def test_a_forecast_without_a_chance_says_nothing_instead_of_zero() -> None:
    found = read(AlertFrames(DAY, forecast=forecast(late_probability=float("nan"))), "late")
    assert found["project:p1"].value is None


def test_a_promise_is_measured_by_the_chance_of_keeping_it() -> None:
    promises = pd.DataFrame({"project_id": ["p1", "gone"], "announced_date": [pd.Timestamp("2027-01-11")] * 2})
    found = read(AlertFrames(DAY, forecast=forecast(), promises=promises), "promise")
    assert list(found) == ["project:p1"]
    assert found["project:p1"].value == pytest.approx(0.1, abs=0.01)


def said(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["as_of_date", "finish_p50_date", "is_alert"]).assign(project_id="p1")
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("as_of_date", "finish_p50_date")})


def test_a_median_is_compared_with_what_an_alert_told_last_else_with_the_oldest_on_record() -> None:
    # The median is 20 February 2027.
    record = [
        ("2026-08-02", "2026-12-01", False),
        ("2026-10-11", "2027-01-21", False),
        ("2026-11-22", "2027-02-19", False),
    ]
    assert read(AlertFrames(DAY, forecast=forecast(), said=said(*record)), "moved")["project:p1"].value == 30
    told = [*record, ("2026-11-01", "2027-02-10", True)]
    found = read(AlertFrames(DAY, forecast=forecast(), said=said(*told)), "moved")["project:p1"]
    assert (found.value, found.figures["since_date"]) == (10, "2026-11-01")


def test_what_was_said_later_than_the_day_is_not_looked_at() -> None:
    found = read(AlertFrames(DAY, forecast=forecast(), said=said(("2026-12-06", "2027-01-01", False))), "moved")
    assert found["project:p1"].value is None


@pytest.mark.parametrize(("size", "value"), [(4, None), (5, 2)])
def test_signs_of_overload_are_counted_by_team_and_never_in_small_ones(size: int, value: float | None) -> None:
    people = pd.DataFrame({"person_id": [f"p{n}" for n in range(size)], "team_name": "North"})
    levels = people[["person_id"]].assign(level=["HIGH", "HIGH", *["OK"] * (size - 2)])
    found = read(AlertFrames(DAY, levels=levels, people=people), "level")["team:North"]
    assert found.value == value
    assert (found.figures == {}) is (value is None)


def test_filing_is_a_share_and_tiny_teams_are_left_out() -> None:
    filing = pd.DataFrame({"team_name": ["North", "Desk", ""], "expected_count": [6, 2, 9], "filed_count": [2, 0, 0]})
    found = read(AlertFrames(DAY, filing=filing), "filing")
    assert {name: one.value for name, one in found.items()} == {"team:North": pytest.approx(1 / 3)}


def requests(*days: str, phase: str = "test") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project_id": "p1",
            "raised_at": pd.to_datetime(list(days)),
            "go_live_date": pd.Timestamp("2027-12-01"),
            "phase_at_arrival": phase,
            "estimated_hours": 8.0,
        }
    )


def test_a_burst_counts_late_requests_against_the_projects_own_past() -> None:
    fresh = ("2026-11-20", "2026-11-21", "2026-11-25", "2026-11-27")
    burst = read(AlertFrames(DAY, forecast=forecast(), requests=requests(*fresh)), "requests")["project:p1"]
    assert burst.value is not None
    assert burst.value >= 5
    usual = [f"2026-{month:02d}-{day:02d}" for month in range(6, 11) for day in range(1, 29, 3)]
    calm = read(AlertFrames(DAY, forecast=forecast(), requests=requests(*usual, *fresh)), "requests")["project:p1"]
    assert calm.value is not None
    assert calm.value < 2
    early = read(AlertFrames(DAY, forecast=forecast(), requests=requests(*fresh, phase="design")), "requests")
    assert early == {}


def test_only_open_decisions_with_a_day_are_overdue() -> None:
    rows = [
        {"decision_id": 1, "project_id": "p1", "due_date": pd.Timestamp("2026-11-20").date(), "status": "open"},
        {"decision_id": 2, "project_id": "p1", "due_date": pd.Timestamp("2026-12-20").date(), "status": "open"},
        {"decision_id": 3, "project_id": "p1", "due_date": pd.Timestamp("2026-11-20").date(), "status": "done"},
        {"decision_id": 4, "project_id": "p1", "due_date": None, "status": "open"},
    ]
    found = read(AlertFrames(DAY, decisions=rows), "decision")
    assert {name: one.value for name, one in found.items()} == {"decision:1": 9, "decision:2": 0}


def test_precision_counts_what_was_acted_on_and_leaves_the_unanswered_open() -> None:
    (late,) = precisions([("late", True)] * 9 + [("late", False)] * 2 + [("late", None)])
    assert (late.raised_count, late.acted_count, late.open_count) == (12, 9, 1)
    assert late.share == pytest.approx(9 / 11)
    assert precisions([("late", None)])[0].share is None
