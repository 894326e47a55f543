"""A review is opened once and opens as it was, whatever comes in later."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.answers import everything as answers
from dashboard.answers import review as reviewing
from dashboard.answers import review_state
from dashboard.answers.door import close_all
from dashboard.answers.review import Words
from data import clock
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.journal import (
    Attendee,
    ConflictError,
    read_announcements,
    read_decision,
    read_decisions,
    record_import,
    save_scenario,
)
from data.problems import GoliveError
from data.publishing import published_file
from data.rebuilding import undo
from tests.dashboard.company import LAST_DAY, SILENT_TEAM

if TYPE_CHECKING:
    from pathlib import Path

VIEWER = answers.Viewer("ana", "local")


@pytest.fixture
def home(company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of the tiny firm that a test may change."""
    copied = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    return copied


def file_of(home: Home) -> Path:
    found = published_file(home)
    assert found is not None
    return found


def opened(home: Home) -> reviewing.Review:
    number = reviewing.open_review(home, file_of(home), VIEWER, [Attendee("Ana", "portfolio manager")])
    return reviewing.read_review(home, VIEWER, number)


def bring(home: Home, folder: Path, number: int, rows: list[dict[str, Any]]) -> int:
    folder.mkdir(exist_ok=True)
    file = folder / f"timesheets_{number}.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 21, tzinfo=UTC) + timedelta(hours=number)
    (report,) = import_files(home, [file], ImportOptions(source_name=f"late{number}"), now=now)
    assert report.batch_id is not None, report.problem
    return report.batch_id


def late_rows(number: int, hours: float) -> list[dict[str, Any]]:
    """Return hours of past weeks; every second file corrects the one before it."""
    first = LAST_DAY - timedelta(weeks=4 + number // 2)
    return [
        {
            "entry_id": f"late-{number // 2}-{person}-{day}",
            "person_id": f"p{person:02d}",
            "project_id": "his-1",
            "work_date": first - timedelta(days=2 + day),
            "worked_hours": hours,
        }
        for person in (1, 2, 7)
        for day in range(3)
    ]


@pytest.mark.slow
def test_an_old_review_shows_the_same_bytes_after_twenty_imports_corrections_and_an_undone_batch(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 20, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: evening)
    before = opened(home)
    batches = [bring(home, tmp_path / "more", number, late_rows(number, 3.0 + number % 3)) for number in range(20)]
    undo(home, batches[7])
    close_all()
    after = reviewing.read_review(home, VIEWER, before.head.review_id)
    assert after.text.encode() == before.text.encode()
    assert after.head == before.head
    fresh = opened(home)
    assert fresh.head.review_id != before.head.review_id
    assert fresh.content["verified"]["restated_weeks_count"] > 0, "the imports did change past weeks"
    again = reviewing.read_review(home, VIEWER, before.head.review_id)
    assert again.text == before.text


def test_opening_twice_makes_one_review_and_the_text_is_plain_json(home: Home) -> None:
    first, second = opened(home), opened(home)
    assert first.head.review_id == second.head.review_id
    assert [one.review_id for one in reviewing.reviews(home)] == [first.head.review_id]
    assert reviewing.frozen_text(first.content) == first.text
    assert first.content["is_first"] is True
    assert first.head.publication == file_of(home).name


def test_the_line_of_figures_verified_says_what_is_filed_by_team(home: Home) -> None:
    said = opened(home).content["verified"]
    teams = {row["team_name"]: row for row in said["teams"]}
    assert teams[SILENT_TEAM]["filed_count"] == 0
    assert said["filed_count"] == sum(row["filed_count"] for row in said["teams"])
    assert said["week_start_date"] <= LAST_DAY.isoformat()
    assert said["newest_import_at"].startswith(LAST_DAY.isoformat())


def test_a_point_about_a_project_that_is_not_forecast_has_its_name(home: Home) -> None:
    content = opened(home).content
    ids = {point["project_id"] for point in [*content["agenda"], *content["rest"]] if point["project_id"]}
    assert ids
    assert ids == set(content["names"])


def test_a_silent_team_is_on_the_agenda_of_the_first_review(home: Home) -> None:
    point = opened(home).point(f"team:{SILENT_TEAM}")
    assert (point["kind"], point["team_name"]) == ("silent", SILENT_TEAM)
    assert point["signs"][0]["evidence"]


def test_no_name_and_no_id_of_a_person_is_frozen_with_the_agenda(home: Home) -> None:
    content = opened(home).content
    points = [*content["agenda"], *content["rest"]]
    text = reviewing.frozen_text({"points": points, "watch": content["watch_weeks"]})
    for person in [f"p{number:02d}" for number in range(1, 15)] + ["Gita", "Hugo", "陈伟"]:
        assert f'"{person}' not in text


def test_nothing_imported_since_the_last_review_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = opened(home)
    assert first.content["verified"]["is_new_publication"] is True
    following = reviewing.preview(home, file_of(home), VIEWER, LAST_DAY)
    assert following["verified"]["is_new_publication"] is False
    assert following["is_first"] is False
    monkeypatch.setattr(reviewing, "newest_day", lambda _file: LAST_DAY + timedelta(days=7))
    second = opened(home)
    assert second.head.as_of_date == LAST_DAY + timedelta(days=7)
    assert second.content["since_date"] == first.content["as_of_date"]


def test_a_project_that_vanished_from_the_register_is_told_with_its_last_figures(home: Home) -> None:
    before = dict(opened(home).content)
    gone = {**before["projects"][0], "project_id": "gone-1", "project_name": "Gone"}
    from dashboard.answers.review_content import review_content  # noqa: PLC0415 - only here

    content = review_content(home, file_of(home), VIEWER, LAST_DAY, {**before, "projects": [*before["projects"], gone]})
    assert content["vanished"] == [gone]


def test_a_review_of_a_day_to_come_or_before_the_last_one_is_refused(home: Home) -> None:
    opened(home)
    file = file_of(home)
    with pytest.raises(GoliveError, match="Nothing is known"):
        reviewing.open_review(home, file, VIEWER, as_of_date=LAST_DAY + timedelta(days=30))
    with pytest.raises(GoliveError, match="would come before"):
        reviewing.open_review(home, file, VIEWER, as_of_date=LAST_DAY - timedelta(days=7))


def test_an_import_that_waits_for_an_answer_is_open_until_it_came_in(home: Home) -> None:
    waiting = {
        "file": "hours.xlsx",
        "batch_id": None,
        "problem": "asked",
        "questions": [{"token": "a"}, {"token": "b"}],
    }
    record_import(home, [waiting], is_dry_run=False)
    record_import(home, [{**waiting, "file": "dry.xlsx"}], is_dry_run=True)
    assert review_state.open_imports(home) == [{"file": "hours.xlsx", "questions_count": 2}]
    record_import(home, [{"file": "hours.xlsx", "batch_id": 9, "questions": []}], is_dry_run=False)
    assert review_state.open_imports(home) == []


def test_projects_that_reported_weekly_and_stopped_are_on_the_send_list(home: Home) -> None:
    file = file_of(home)
    running = {row["project_id"] for row in opened(home).content["projects"]}
    assert review_state.overdue_reports(file, VIEWER, LAST_DAY, running) == []
    late = review_state.overdue_reports(file, VIEWER, LAST_DAY + timedelta(days=60), running)
    assert {row["project_id"] for row in late} == running
    assert all(row["waiting_days"] >= 60 for row in late)


def test_a_decision_stores_both_forecasts_and_is_followed_at_the_next_review(home: Home) -> None:
    review = opened(home)
    key, project = next((one["key"], one["project_id"]) for one in review.content["agenda"] if one["project_id"])
    frozen = next(row for row in review.content["projects"] if row["project_id"] == project)
    assert review.project(project) == frozen
    result = {"finish_p10_date": "2026-06-10", "finish_p50_date": "2026-07-01", "finish_p90_date": "2026-08-01"}
    scenario = save_scenario(home, "ana", project, LAST_DAY, title="Freeze", steps=[], result=result)
    words = Words("Freeze", "Bo", LAST_DAY - timedelta(days=1), "late requests", scenario_id=scenario)
    number = reviewing.decide(home, VIEWER, review.head.review_id, key, words, seen_count=0)
    kept = read_decision(home, number)
    assert kept.do_nothing["finish_p50_date"] == frozen["finish_p50_date"]
    assert kept.prediction["finish_p90_date"] == "2026-08-01"
    with pytest.raises(ConflictError, match="ana recorded “Freeze”"):
        reviewing.decide(home, VIEWER, review.head.review_id, key, Words("Other"), seen_count=0)
    following = reviewing.preview(home, file_of(home), VIEWER, LAST_DAY)
    (said,) = following["decisions"]
    assert (said["decision_id"], said["due"], said["status"]) == (number, "overdue", "open")
    kinds = {kind for point in [*following["agenda"], *following["rest"]] for kind in point["kinds"]}
    assert "decision" in kinds
    reviewing.close(home, file_of(home), VIEWER, number, "done", "by mail")
    closed = read_decision(home, number)
    assert closed.status == "done"
    assert closed.outcome["place"] in {"earlier", "inside", "later"}
    assert reviewing.read_review(home, VIEWER, review.head.review_id).text == review.text


def test_a_decision_needs_a_point_of_the_agenda_and_a_scenario_of_its_project(home: Home) -> None:
    review = opened(home)
    with pytest.raises(GoliveError, match="no point"):
        reviewing.decide(home, VIEWER, review.head.review_id, "project:none", Words("x"))
    scenario = save_scenario(home, "ana", "other", LAST_DAY, title="Freeze", steps=[], result={})
    key = next(point["key"] for point in review.content["agenda"])
    with pytest.raises(GoliveError, match="about other"):
        reviewing.decide(home, VIEWER, review.head.review_id, key, Words("x", scenario_id=scenario))
    with pytest.raises(GoliveError, match="can't be evaluated"):
        reviewing.decide(
            home,
            VIEWER,
            review.head.review_id,
            key,
            Words("x", condition={"measure": "mood", "is": "above", "value": 1}),
        )
    assert read_decisions(home) == []


def test_an_announced_finish_is_kept_with_its_chance_and_shown_with_the_project(home: Home) -> None:
    file = file_of(home)
    project = opened(home).content["projects"][0]["project_id"]
    chance = reviewing.announce(home, file, VIEWER, project, date(2027, 3, 1), "Ana")
    assert chance is not None
    assert 0.01 <= chance <= 0.99
    reviewing.announce(home, file, VIEWER, project, date(2027, 6, 1), "Ana")
    assert next(one.kept_probability for one in read_announcements(home)) == chance
    row = next(
        one for one in reviewing.preview(home, file, VIEWER, LAST_DAY)["projects"] if one["project_id"] == project
    )
    assert (row["announced_date"], row["announced_changes_count"]) == ("2027-06-01", 1)
    assert row["kept_probability"] >= chance
    with pytest.raises(GoliveError, match="No project"):
        reviewing.announce(home, file, VIEWER, "none", date(2027, 6, 1), "Ana")
    with pytest.raises(GoliveError, match="is over"):
        reviewing.announce(home, file, VIEWER, project, date(2026, 1, 1), "Ana")


def test_who_sees_some_teams_only_does_not_read_a_review_of_everybody(home: Home) -> None:
    review = opened(home)
    lead = answers.Viewer("lead", "lead", ("North",))
    with pytest.raises(GoliveError, match="don't see"):
        reviewing.read_review(home, lead, review.head.review_id)
    own = reviewing.open_review(home, file_of(home), lead)
    assert reviewing.read_review(home, lead, own).content["scope"] == ["North"]
    teams = {row["team_name"] for row in reviewing.read_review(home, lead, own).content["verified"]["teams"]}
    assert teams == {"North"}
