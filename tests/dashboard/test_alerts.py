"""Alerts from publishing to the chat: looked at with the results, sent afterwards; no fault of theirs stops data."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.answers import alerts as answers
from dashboard.answers import everything
from dashboard.answers.results import missing_results
from dashboard.answers.viewers import Viewer, local_viewer
from dashboard.answers.writing import import_files, make_results
from dashboard.delivery.outbox import MOST_TRIES, deliver, undelivered, waiting
from dashboard.delivery.sending import Limits
from dashboard.views import alerts as views
from data import clock
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.journal import (
    NewDecision,
    acknowledge,
    read_alerts,
    read_deliveries,
    record_decision,
    snooze,
)
from data.publishing import published_file
from tests.dashboard.chats import chat
from tests.dashboard.company import LAST_DAY, PEOPLE, SILENT_TEAM

if TYPE_CHECKING:
    from pathlib import Path

EVENING = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 21, tzinfo=UTC)
CHANNEL = '[channels.chat]\nkind = "slack"\nurl_env = "CHAT_URL"\nevery_hours = 0\n'


@pytest.fixture(scope="module")
def looked_home(company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a copy of the tiny firm whose rules were looked at once."""
    copied = Home(shutil.copytree(company_home.path, tmp_path_factory.mktemp("alerts") / "home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(copied.path))
        patch.setenv(clock.NOW_VARIABLE, EVENING.isoformat())
        make_results(copied)
        everything.close_all()
    return copied


@pytest.fixture
def home(looked_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy that a test may change, on the evening of its last day."""
    copied = Home(shutil.copytree(looked_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    monkeypatch.setenv(clock.NOW_VARIABLE, EVENING.isoformat())
    monkeypatch.setattr(Limits, "pause_seconds", 0.01)
    monkeypatch.setattr(Limits, "timeout_seconds", 20.0)
    monkeypatch.setattr(Limits, "whole_seconds", 50.0)
    return copied


def with_channel(home: Home, text: str = CHANNEL) -> None:
    (home.path / "alerts.toml").write_text(text, encoding="utf-8")


def test_publishing_raises_alerts_and_publishing_again_raises_none(home: Home) -> None:
    found = read_alerts(home)
    silent = [one for one in found if one.rule_name == "filing"]
    assert [one.subject_key for one in silent] == [f"team:{SILENT_TEAM}"]
    assert "0 of 6 timesheets" in views.alert_sentence(silent[0])
    make_results(home, is_again=True)
    assert read_alerts(home) == found


def test_an_import_that_mends_it_ends_the_alert(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "timesheets_west.csv"
    week = LAST_DAY - timedelta(days=6)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["entry_id", "person_id", "project_id", "work_date", "worked_hours"])
        for person_id, _name, team in PEOPLE:
            for day in range(21) if team == SILENT_TEAM else ():
                at = week - timedelta(days=14 - day)
                if at.weekday() < 5:
                    writer.writerow([f"{person_id}-{at}", person_id, "his-1", at, 8])
    (report,) = import_files(home, [file], ImportOptions())
    assert report.batch_id is not None, report.problem
    (silent,) = [one for one in read_alerts(home) if one.rule_name == "filing"]
    assert silent.ended_date == LAST_DAY


def test_what_people_read_names_nobody(home: Home) -> None:
    file = published_file(home)
    assert file is not None
    words = "\n".join(views.alert_line(one, answers.names_of(file)) for one in read_alerts(home))
    assert words
    assert not [name for person_id, name, _team in PEOPLE for name in (person_id, name) if name in words]


def test_who_sees_some_teams_reads_no_counts_of_others(home: Home) -> None:
    north, west = (Viewer("bo", "lead", (team,)) for team in ("North", SILENT_TEAM))
    assert not [one for one in answers.alerts(home, north) if one.rule_name == "filing"]
    assert [one for one in answers.alerts(home, west) if one.rule_name == "filing"]


def test_alerts_reach_a_chat_as_one_digest_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with_channel(home)
    open_count = len(answers.listed(read_alerts(home), LAST_DAY))
    assert open_count
    with chat() as server:
        monkeypatch.setenv("CHAT_URL", server.url)
        make_results(home, is_again=True)
        deliver(home)
    ((_path, body),) = server.got
    assert f"{open_count} new alert" in body["text"]
    assert SILENT_TEAM in body["text"]
    assert [one.is_sent for one in read_deliveries(home)] == [True] * open_count
    assert waiting(home, is_due_only=True) == []


def test_what_is_acknowledged_or_snoozed_is_not_sent_and_a_digest_waits_for_its_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_channel(home, CHANNEL.replace("every_hours = 0\n", ""))
    first, *rest = answers.listed(read_alerts(home), LAST_DAY)
    acknowledge(home, "ana", first.alert_id, "known", is_acted=False)
    for one in rest:
        snooze(home, "ana", one.alert_id, LAST_DAY + timedelta(days=7), "next review")
    with chat() as server:
        monkeypatch.setenv("CHAT_URL", server.url)
        assert deliver(home) == []
        monkeypatch.setenv(clock.NOW_VARIABLE, (EVENING + timedelta(days=7)).isoformat())
        deliver(home)
    assert len(server.got) == (1 if rest else 0)


def test_a_chat_that_is_down_loses_nothing_and_is_given_up_after_some_tries(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_channel(home)
    with chat(status=500) as server:
        monkeypatch.setenv("CHAT_URL", server.url)
        (outcome,) = deliver(home)
        assert "HTTP 500" in outcome.why
        (stuck,) = undelivered(home)
        assert stuck.due
        for _try in range(MOST_TRIES - 1):
            deliver(home)
        asked = len(server.got)
        assert deliver(home) == []
        assert len(server.got) == asked
    (stuck,) = undelivered(home)
    assert (stuck.due, len(stuck.given_up) > 0) == ((), True)
    assert "hush" not in " ".join(one.why for one in read_deliveries(home))


def test_a_broken_table_or_a_missing_secret_stops_no_publication_and_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHAT_URL", raising=False)
    with_channel(home)
    assert make_results(home, is_again=True)
    (stuck,) = undelivered(home)
    assert "CHAT_URL is not set" in stuck.why
    with_channel(home, "[rules.late]\nraise_at = 2\nrelease_at = 3\n")
    assert make_results(home, is_again=True)
    file = published_file(home)
    assert file is not None
    (missing,) = missing_results(file)
    assert missing.what == "alerts"
    assert "alerts.toml" in missing.why


def test_a_journal_that_can_not_be_written_stops_no_publication(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with_channel(home)
    monkeypatch.setenv("GOLIVE_JOURNAL_URL", "sqlite:////nowhere/journal.sqlite")
    assert make_results(home, is_again=True)
    file = published_file(home)
    assert file is not None
    assert [one.what for one in missing_results(file)] == ["alerts"]
    assert "journal" in deliver(home)[0].why


def test_a_decision_that_follows_counts_as_acting_on_an_alert(home: Home) -> None:
    alert = next(one for one in read_alerts(home) if one.why.get("project_id") and not one.is_old)
    before = {one.rule_name: one for one in answers.precision(home, local_viewer())}
    record_decision(home, "ana", NewDecision(project_id=alert.why["project_id"], title="Second team"))
    after = {one.rule_name: one for one in answers.precision(home, local_viewer())}
    assert before[alert.rule_name].acted_count == 0
    assert after[alert.rule_name].acted_count >= 1
    assert "acted on" in views.precision_sentence(after[alert.rule_name])


def test_as_many_alerts_wait_as_are_not_answered_and_a_decision_answers_one(home: Home) -> None:
    def counts() -> tuple[int, int]:
        open_count = len(answers.unanswered(home, answers.alerts(home, local_viewer()), LAST_DAY))
        return open_count, sum(one.open_count for one in answers.precision(home, local_viewer()))

    before, not_answered = counts()
    assert before == not_answered > 0
    alert = next(one for one in read_alerts(home) if one.why.get("project_id") and not one.is_old)
    record_decision(home, "ana", NewDecision(project_id=alert.why["project_id"], title="Second team"))
    after, not_answered = counts()
    assert after == not_answered < before
    known = answers.alerts(home, local_viewer())
    followed = {one.alert_id for one in answers.answered_by_decision(home, known, LAST_DAY)}
    statuses = views.alerts_table(known, {}, LAST_DAY, followed)["Status"].tolist()
    assert statuses.count("a decision followed") == len(followed) == before - after
    assert statuses.count("open") == after


def test_a_chance_that_rounds_up_to_the_line_is_told_to_lie_under_it(home: Home) -> None:
    alert = next(one for one in read_alerts(home) if one.rule_name == "late")
    line = alert.why["raise_at"]
    told = [
        views.alert_sentence(replace(alert, why={**alert.why, "before": before}))
        for before in (line - 0.001, line - 0.05, None)
    ]
    assert "(just under 80 % a week before); told from 80 % on" in told[0]
    assert "(75 % a week before)" in told[1]
    assert "a week before" not in told[2]


def test_status_words_and_table_speak_of_a_day(home: Home) -> None:
    alert = read_alerts(home)[0]
    snooze(home, "ana", alert.alert_id, date(2026, 6, 8), "next review")
    (again,) = [one for one in read_alerts(home) if one.alert_id == alert.alert_id]
    assert views.status_text(again, LAST_DAY) == "snoozed until 8 Jun 2026: next review"
    table = views.alerts_table([again], {}, LAST_DAY)
    assert table.shape == (1, 6)


def test_rules_are_judged_by_what_had_been_raised_on_the_day_that_is_shown(home: Home) -> None:
    everything_known = answers.precision(home, local_viewer())
    assert everything_known
    assert answers.precision(home, local_viewer(), LAST_DAY - timedelta(weeks=20)) == []
    assert answers.precision(home, local_viewer(), LAST_DAY + timedelta(days=1)) == everything_known


def test_alerts_that_held_before_are_counted_apart() -> None:
    assert views.held_before_sentence(0) == ""
    assert views.held_before_sentence(1).startswith("1 alert more held before")
    assert views.held_before_sentence(9).startswith("9 alerts more held before")
