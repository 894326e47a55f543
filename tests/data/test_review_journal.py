"""The journal of reviews: frozen figures, decisions of two people, promises, risks, and homes of the last release."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from data.home import Home
from data.journal import (
    Announcement,
    Attendee,
    ConflictError,
    JournalError,
    NewDecision,
    NewReview,
    RaidEntry,
    change_decision,
    change_entry,
    close_decision,
    newest_announcements,
    read_announcements,
    read_decision,
    read_decisions,
    read_entries,
    read_review,
    read_reviews,
    record_announcement,
    record_decision,
    record_entries,
    reopen_decision,
    save_review,
)
from data.journal import decisions as decisions_module
from data.journal import edits as edits_module
from data.journal import engine as store
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 30)
CONTENT = '{"line": "工时 – 87 %", "items": [1.10, 2]}\n'


@pytest.fixture
def home(tmp_path: Path) -> Home:
    store._engine.cache_clear()
    made = Home(tmp_path / "home")
    made.path.mkdir()
    return made


def opened(home: Home, content: str = CONTENT) -> int:
    people = (Attendee("林悦", "portfolio manager"), Attendee("Ana", "delivery lead"))
    return save_review(home, "ana", NewReview(DAY, None, "golive-000007.duckdb", "3", people, content))


def changed_in_file(home: Home, statement: str) -> None:
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_review_is_read_back_as_the_very_text_that_was_kept(home: Home) -> None:
    number = opened(home)
    head, content = read_review(home, number)
    assert content == CONTENT
    assert (head.as_of_date, head.publication, head.model_version) == (DAY, "golive-000007.duckdb", "3")
    assert [(one.name, one.role) for one in head.attendees] == [
        ("林悦", "portfolio manager"),
        ("Ana", "delivery lead"),
    ]
    assert [one.review_id for one in read_reviews(home)] == [number]
    with pytest.raises(GoliveError, match="number 9"):
        read_review(home, 9)


def test_figures_that_were_changed_from_outside_are_not_shown_as_frozen(home: Home) -> None:
    number = opened(home)
    changed_in_file(home, "update reviews set content_json = '{}'")
    with pytest.raises(JournalError, match="not those that were frozen"):
        read_review(home, number)


def test_a_decision_keeps_why_what_else_was_considered_and_both_forecasts(home: Home) -> None:
    new = NewDecision(
        "P-1",
        " Second test\nteam ",
        "Ana Machado",
        date(2026, 12, 4),
        review_id=opened(home),
        item_key="moved:P-1",
        why="Late requests",
        alternatives="A later go-live",
        review_date=date(2027, 1, 11),
        condition={"measure": "finish_p50_date", "is": "after", "value": "2027-07-15"},
        asserted_by="林悦",
        prediction={"finish_p10_date": "2027-01-01", "finish_p90_date": "2027-06-01"},
        do_nothing={"finish_p50_date": "2027-07-29"},
    )
    found = read_decision(home, record_decision(home, "ben", new))
    assert (found.title, found.why, found.alternatives) == ("Second test team", "Late requests", "A later go-live")
    assert (found.asserted_by, found.viewer_name, found.review_date) == ("林悦", "ben", date(2027, 1, 11))
    assert (found.condition, found.prediction, found.do_nothing) == (new.condition, new.prediction, new.do_nothing)
    assert (found.status, found.version, found.is_open) == ("open", 0, True)


def test_the_second_of_two_who_decide_on_the_same_item_at_once_is_told(home: Home) -> None:
    review = opened(home)
    first = NewDecision("P-1", "Freeze requests", review_id=review, item_key="moved:P-1")
    second = NewDecision("P-1", "Second team", review_id=review, item_key="moved:P-1")
    record_decision(home, "ana", first, seen_count=0)
    with pytest.raises(ConflictError, match="ana recorded “Freeze requests”"):
        record_decision(home, "ben", second, seen_count=0)
    assert [one.title for one in read_decisions(home)] == ["Freeze requests"]
    record_decision(home, "ben", second, seen_count=1)
    record_decision(home, "ben", NewDecision("P-2", "Other item", review_id=review, item_key="moved:P-2"), seen_count=0)
    assert len(read_decisions(home)) == 3


def test_the_store_itself_refuses_a_second_decision_between_look_and_write(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = NewDecision("P-1", "Freeze requests", review_id=opened(home), item_key="moved:P-1")
    record_decision(home, "ana", new)
    monkeypatch.setattr(decisions_module, "_item_count", lambda *_asked: 0)
    with pytest.raises(ConflictError, match="ana recorded"):
        record_decision(home, "ben", new)
    assert len(read_decisions(home)) == 1


def _change_decision(home: Home) -> Callable[[str, int | None], int]:
    number = record_decision(home, "ana", NewDecision("P-1", "Freeze requests", "Ana"))
    return lambda who, seen: change_decision(home, who, number, {"owner_name": who}, seen_version=seen)


def _change_risk(home: Home) -> Callable[[str, int | None], int]:
    (number,) = record_entries(home, "ana", [RaidEntry("risk", "P-1", "Old interface")])
    return lambda who, seen: change_entry(home, who, number, {"owner_name": who}, seen_version=seen)


@pytest.mark.parametrize("begin", [_change_decision, _change_risk])
def test_of_two_who_change_what_both_have_seen_the_second_is_told(
    home: Home, begin: Callable[[Home], Callable[[str, int | None], int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    change = begin(home)
    assert change("ana", 0) == 1
    with pytest.raises(ConflictError, match=r"ana changed .* \(owner_name: ana\)"):
        change("ben", 0)
    assert change("ben", 1) == 2
    assert change("cleo", None) == 3, "who saw nothing changes the newest"
    monkeypatch.setattr(edits_module, "_newest", lambda *_asked: 2)
    with pytest.raises(ConflictError, match="cleo changed"):
        change("dan", 2)


def test_a_decision_is_closed_reopened_and_superseded_and_its_prediction_never_changes(home: Home) -> None:
    number = record_decision(home, "ana", NewDecision("P-1", "Freeze", "Ana", prediction={"finish_p50_date": "x"}))
    close_decision(home, "ben", number, "done", {"finish_p50_date": "2027-02-01"}, note="by mail")
    closed = read_decision(home, number)
    assert (closed.status, closed.outcome, closed.closed_at is not None) == (
        "done",
        {"finish_p50_date": "2027-02-01"},
        True,
    )
    with pytest.raises(GoliveError, match="closed already"):
        close_decision(home, "ben", number, "dropped", {})
    reopen_decision(home, "ben", number, note="it was not done")
    assert (read_decision(home, number).status, read_decision(home, number).outcome) == ("open", {})
    with pytest.raises(GoliveError, match="is open"):
        reopen_decision(home, "ben", number)
    with pytest.raises(GoliveError, match="prediction"):
        change_decision(home, "ben", number, {"prediction": {}})
    record_decision(home, "cleo", NewDecision("P-1", "Freeze and cut", "Ana", supersedes_id=number))
    assert read_decision(home, number).status == "superseded"
    assert [edit.kind for edit in read_decision(home, number).history] == ["done", "reopened", "superseded"]
    with pytest.raises(GoliveError, match="took the place"):
        reopen_decision(home, "ben", number)


def test_a_decision_without_words_and_one_that_supersedes_nothing_are_refused(home: Home) -> None:
    with pytest.raises(GoliveError, match="needs words"):
        record_decision(home, "ana", NewDecision("P-1", " \n "))
    with pytest.raises(GoliveError, match="number 4"):
        record_decision(home, "ana", NewDecision("P-1", "x", supersedes_id=4))
    assert read_decisions(home) == []


def test_an_announced_finish_stands_until_another_is_announced(home: Home) -> None:
    first = Announcement("P-1", date(2027, 4, 30), date(2026, 10, 5), "Ana", kept_probability=0.8)
    record_announcement(home, "ben", first)
    record_announcement(home, "ben", Announcement("P-1", date(2027, 4, 30), date(2026, 11, 2), "Ana"))
    record_announcement(home, "ben", Announcement("P-1", date(2027, 7, 15), DAY, "林悦", note="late requests"))
    said = read_announcements(home, "P-1")
    assert [one.announced_date for one in said] == [date(2027, 4, 30), date(2027, 7, 15)]
    assert said[0].kept_probability == 0.8
    assert newest_announcements(said)["P-1"].said_by == "林悦"
    assert read_announcements(home, "P-2") == []


def test_risks_are_kept_changed_and_closed_and_a_wrong_kind_writes_nothing(home: Home) -> None:
    entry = RaidEntry("risk", "P-1", "Old interface", "legacy:P-1", "Ana", date(2026, 12, 18))
    with pytest.raises(GoliveError, match="“worry”"):
        record_entries(home, "ana", [entry, RaidEntry("worry", "P-1", "x")])
    assert read_entries(home) == []
    (number,) = record_entries(home, "ana", [entry])
    change_entry(home, "ben", number, {"status": "closed", "due_date": date(2027, 1, 8)})
    (found,) = read_entries(home, "P-1")
    assert (found.status, found.due_date, found.version, found.sign_key) == (
        "closed",
        date(2027, 1, 8),
        1,
        "legacy:P-1",
    )
    for wrong in ({"status": "gone"}, {"sign_key": "x"}, {"title": " "}):
        with pytest.raises(GoliveError):
            change_entry(home, "ben", number, wrong)
    with pytest.raises(GoliveError, match="number 7"):
        change_entry(home, "ben", 7, {"status": "closed"})


def test_a_home_of_the_last_release_opens_with_its_decisions(home: Home) -> None:
    older = Config()
    older.set_main_option("script_location", str(Path(store.__file__).with_name("migrations")))
    engine = create_engine(f"sqlite:///{home.journal_file}")
    with engine.begin() as connection:
        older.attributes["connection"] = connection
        command.upgrade(older, "0007")
        connection.exec_driver_sql(
            "insert into decisions (decision_id, decided_at, viewer_name, project_id, scenario_id, title, owner_name,"
            " due_date, prediction_json, note) values (1, '2026-11-01 10:00:00', 'ana', 'P-1', 3, 'Freeze', 'Ana',"
            " '2026-12-18', '{\"p50_weeks\": -3}', 'agreed')"
        )
    (found,) = read_decisions(home)
    assert (found.title, found.prediction, found.due_date) == ("Freeze", {"p50_weeks": -3}, date(2026, 12, 18))
    assert (found.why, found.condition, found.review_id, found.status) == ("", {}, None, "open")
    assert read_reviews(home) == []
    with engine.begin() as connection:
        older.attributes["connection"] = connection
        command.downgrade(older, "0007")
        columns = [row[1] for row in connection.exec_driver_sql("pragma table_info(decisions)")]
        assert "why" not in columns
        assert connection.exec_driver_sql("select title from decisions").fetchall() == [("Freeze",)]
    engine.dispose()
