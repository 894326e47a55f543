"""``golive alerts``: show, answer, replay, try a channel; wrong words end with 1 or 2 and write nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from data import clock
from data.home import HOME_VARIABLE, Home
from data.journal import Look, NewAlert, keep_look, read_alerts
from tests.commands.running import Golive
from tests.dashboard.chats import chat
from tests.dashboard.company import LAST_DAY
from tests.dashboard.conftest import company_home

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["company_home"]


@pytest.fixture
def home(company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of the tiny firm with two alerts."""
    copied = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    monkeypatch.setenv(clock.NOW_VARIABLE, f"{LAST_DAY}T21:00+00:00")
    late = {"project_id": "erp-4", "before": 0.5, "raise_at": 0.8, "finish_p50_date": "2026-12-01"}
    overdue = {"project_id": "his-1", "decision_id": 4, "due_date": "2026-05-20"}
    alerts = [NewAlert("late", "project:erp-4", 0.84, late), NewAlert("decision", "decision:4", 11, overdue)]
    keep_look(copied, Look(LAST_DAY, "golive-000001.duckdb", ["late", "decision"], alerts))
    return copied


@pytest.fixture
def golive(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Golive:
    monkeypatch.setenv("COLUMNS", "200")
    return Golive(monkeypatch, capsys)


def shown(golive: Golive, *arguments: object) -> Any:
    ended = golive("alerts", *arguments, "--json")
    assert ended.code == 0, ended.words
    return json.loads(ended.out)


def test_alerts_are_shown_with_why_now(home: Home, golive: Golive) -> None:
    del home
    ended = golive("alerts", "show")
    assert ended.code == 0
    assert "Chance of being late 84 % (50 % a week before); told from 80 % on." in ended.out
    assert "high chance of being late: 1 alert; acted on 0" in ended.out.replace("\n", " ")
    assert [one["status"] for one in shown(golive, "show")["alerts"]] == ["open", "open"]


def test_answers_are_kept_and_leave_the_list(home: Home, golive: Golive) -> None:
    assert shown(golive, "acknowledge", 1, "--reason", "second team") == {"alert_id": 1, "version": 1}
    assert shown(golive, "snooze", 2, "--until", "2026-06-08", "--reason", "next review")["version"] == 1
    assert shown(golive, "show")["alerts"] == []
    assert {one["status"] for one in shown(golive, "show", "--all")["alerts"]} == {"acknowledged", "snoozed"}
    (late,) = [one for one in shown(golive, "show")["precision"] if one["rule_name"] == "late"]
    assert (late["acted_count"], late["share"]) == (1, 1.0)
    assert read_alerts(home)[1].reason == "second team"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("acknowledge", 9, "--reason", "x"), 1, "No alert has the number 9"),
        (("acknowledge", 1), 1, "needs a reason"),
        (("snooze", 1, "--until", "2026-05-01", "--reason", "x"), 2, "lies ahead"),
        (("snooze", 1, "--until", "soon", "--reason", "x"), 2, "not a date"),
        (("acknowledge", 1, "--reason", "x", "--seen", 3), 0, ""),
        (("test-delivery",), 1, "No channel is set up"),
        (("test-delivery", "chat"), 1, "no channel “chat”"),
        (("replay", "--weeks", "0"), 2, ""),
    ],
)
def test_wrong_words_are_refused(
    home: Home, golive: Golive, arguments: tuple[object, ...], code: int, said: str
) -> None:
    del home
    ended = golive("alerts", *arguments)
    assert ended.code == code, ended.words
    assert said in ended.words.replace("\n", " ")


def test_a_channel_is_tried_and_a_failure_ends_with_one(
    home: Home, golive: Golive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.path / "alerts.toml").write_text('[channels.team]\nkind = "slack"\nurl_env = "CHAT_URL"\n', encoding="utf-8")
    with chat() as server:
        monkeypatch.setenv("CHAT_URL", server.url)
        assert shown(golive, "test-delivery", "team") == [{"channel_name": "team", "alerts_count": 0, "why": ""}]
        assert "test message" in server.got[0][1]["text"]
        assert shown(golive, "deliver")[0]["alerts_count"] == 2
        server.status = 403
        ended = golive("alerts", "test-delivery")
    assert ended.code == 1
    assert "Answered with HTTP 403." in ended.out
    assert "hush" not in ended.words


def test_past_weeks_are_replayed_and_none_is_told_twice(home: Home, golive: Golive) -> None:
    before = read_alerts(home)
    found = shown(golive, "replay", "--weeks", 12)
    assert len(found["weeks"]) == 12
    assert sum(one["count"] for one in found["weeks"]) == len(found["alerts"]) > 0
    assert found["repeated_count"] == 0
    assert read_alerts(home) == before, "a replay writes nothing"
