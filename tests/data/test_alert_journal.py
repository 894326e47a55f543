"""Alerts in the journal: raised once, answered with a reason, ended by Golive; two at once are told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.journal import (
    ConflictError,
    Look,
    NewAlert,
    acknowledge,
    engine,
    keep_look,
    looked_rules,
    note_deliveries,
    read_alert,
    read_alerts,
    read_deliveries,
    snooze,
)
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.journal.tables import Base

DAY = date(2026, 11, 29)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def looked(home: Home, *subjects: str, ended: tuple[int, ...] = (), returned: tuple[int, ...] = ()) -> bool:
    raised = [NewAlert("late", one, 0.9, {"raise_at": 0.8, "project_id": "p1"}) for one in subjects]
    return keep_look(home, Look(DAY, "golive-000001.duckdb", ["late", "filing"], raised, ended, returned))


def test_an_alert_is_kept_with_why_and_rules_that_were_looked_at_are_known(home: Home) -> None:
    assert looked_rules(home) == frozenset()
    assert looked(home, "project:p1")
    (alert,) = read_alerts(home)
    assert (alert.rule_name, alert.subject_key, alert.value, alert.why["raise_at"]) == ("late", "project:p1", 0.9, 0.8)
    assert alert.state_on(DAY) == "open"
    assert looked_rules(home) == {"late", "filing"}


def test_ending_returning_and_a_second_occurrence(home: Home) -> None:
    looked(home, "project:p1")
    looked(home, ended=(1,))
    assert read_alert(home, 1).state_on(DAY) == "ended"
    looked(home, returned=(1,))
    assert read_alert(home, 1).state_on(DAY) == "open"
    looked(home, "project:p1", ended=(1,))
    assert [(one.alert_id, one.state_on(DAY)) for one in read_alerts(home)] == [(2, "open"), (1, "ended")]


def test_of_two_processes_that_look_at_once_one_writes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write = engine.added

    def slow(where: Home, rows: Sequence[Base]) -> bool:
        monkeypatch.setattr("data.journal.alerts.added", write)
        assert looked(home, "project:p1"), "another process was faster"
        return write(where, rows)

    monkeypatch.setattr("data.journal.alerts.added", slow)
    assert not looked(home, "project:p1")
    assert len(read_alerts(home)) == 1


def test_answers_need_a_reason_and_say_who(home: Home) -> None:
    looked(home, "project:p1")
    with pytest.raises(GoliveError, match="needs a reason"):
        acknowledge(home, "ana", 1, "  ", is_acted=True)
    with pytest.raises(GoliveError, match="No alert has the number 7"):
        acknowledge(home, "ana", 7, "why", is_acted=True)
    acknowledge(home, "ana", 1, "second team", is_acted=True)
    alert = read_alert(home, 1)
    assert (alert.state_on(DAY), alert.is_acted, alert.reason, alert.said_by) == (
        "acknowledged",
        True,
        "second team",
        "ana",
    )


def test_a_snoozed_alert_is_open_again_on_its_day(home: Home) -> None:
    looked(home, "project:p1")
    snooze(home, "ana", 1, date(2026, 12, 7), "next review")
    alert = read_alert(home, 1)
    assert [alert.state_on(day) for day in (DAY, date(2026, 12, 6), date(2026, 12, 7))] == [
        "snoozed",
        "snoozed",
        "open",
    ]
    looked(home, ended=(1,))
    with pytest.raises(GoliveError, match="is over"):
        snooze(home, "ana", 1, date(2026, 12, 9), "again")


def test_who_answers_what_somebody_else_answered_is_told(home: Home) -> None:
    looked(home, "project:p1")
    acknowledge(home, "ana", 1, "done", is_acted=True, seen_version=0)
    with pytest.raises(ConflictError, match="ana changed alert 1"):
        snooze(home, "bo", 1, date(2026, 12, 7), "later", seen_version=0)


def test_tries_to_deliver_are_kept_in_their_order(home: Home) -> None:
    note_deliveries(home, "chat", [1, 2], is_sent=False, why="x" * 900)
    note_deliveries(home, "chat", [1], is_sent=True)
    assert [(one.alert_id, one.is_sent, len(one.why)) for one in read_deliveries(home)] == [
        (1, False, 500),
        (2, False, 500),
        (1, True, 0),
    ]
