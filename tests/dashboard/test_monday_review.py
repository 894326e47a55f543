"""What a manager met who held a Monday review by the README alone: figures of one meaning agree."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboard.answers import days
from dashboard.answers.days import as_of_date, week_before
from dashboard.answers.door import close_all
from dashboard.answers.reporting import reporting
from dashboard.answers.review import open_review, read_review
from dashboard.answers.review_state import figures_verified
from dashboard.answers.strain import strain
from dashboard.answers.viewers import local_viewer
from dashboard.views import review as views
from dashboard.views import words
from dashboard.views.drivers import SMALLEST_WEEKS, movement_words
from dashboard.views.review_decisions import decisions_table
from dashboard.views.review_figures import verified_sentences
from dashboard.views.scenarios import scenario_table
from dashboard.views.strain_words import index_text
from dashboard.views.typed import texts_of
from data.home import HOME_VARIABLE, Home
from data.publishing import published_file
from data.restating import assumed_review
from tests.commands.running import Golive
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    found = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(found.path))
    return found


def file_of(home: Home) -> Path:
    found = published_file(home)
    assert found is not None
    return found


def test_the_reasons_of_a_move_add_up_to_the_move_that_the_sentence_tells(home: Home) -> None:
    moved = []
    for weeks in (20, 12, 4, 0):
        number = open_review(home, file_of(home), local_viewer(), as_of_date=LAST_DAY - timedelta(weeks=weeks))
        content = read_review(home, local_viewer(), number).content
        moved += [point for point in content["agenda"] if views.moved_weeks(point) is not None]
    explained = [point for point in moved if point["movement"] is not None]
    assert explained, "no forecast moved in the tested firm that could be taken apart"
    for point in explained:
        table = views.movement_table(point["movement"], views.moved_weeks(point))
        weeks_of_parts = table[table.columns[1]].tolist()
        # Parts too small to be told may be left open.
        assert sum(weeks_of_parts[:-1]) == pytest.approx(weeks_of_parts[-1], abs=SMALLEST_WEEKS / 2)
        assert weeks_of_parts[-1] == pytest.approx(views.moved_weeks(point))
        assert len(weeks_of_parts) == len(movement_words()) + 1, "what was compared is not what is explained"
    close_all()


def test_what_the_parts_leave_open_of_a_move_is_a_row_of_its_own() -> None:
    movement = {"work": 1.0, "requests": 0.5, "plan": 0.0, "expectation": 0.2, "total": 1.7}
    told = views.movement_table(movement, 4.0)
    assert told.iloc[-2, 1] == pytest.approx(2.3)
    assert told.iloc[-1, 1] == pytest.approx(4.0)
    assert len(views.movement_table(movement, 1.7)) == len(told) - 1


def test_the_first_review_looks_back_to_the_same_sunday_as_the_portfolio(home: Home) -> None:
    number = open_review(home, file_of(home), local_viewer())
    content = read_review(home, local_viewer(), number).content
    assert content["since_date"] == days.week_before(LAST_DAY).isoformat()
    close_all()


def test_the_review_says_filed_of_as_many_as_the_line_of_every_page(home: Home) -> None:
    number = open_review(home, file_of(home), local_viewer())
    verified = read_review(home, local_viewer(), number).content["verified"]
    told = reporting(file_of(home), LAST_DAY).week
    assert (verified["filed_count"], verified["expected_count"]) == (told.filed_count, told.expected_count)
    close_all()


def test_restated_counts_from_the_review_that_was_opened(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Golive(monkeypatch, capsys)
    assert json.loads(cli("restated", "--json").out)["is_since_assumed"]
    open_review(home, file_of(home), local_viewer())
    told = json.loads(cli("restated", "--json").out)
    assert not told["is_since_assumed"]
    assert told["rows"] == []
    assert "No review is recorded" not in cli("restated").out


def test_a_review_shows_the_decisions_that_were_recorded_in_it(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Golive(monkeypatch, capsys)
    number = open_review(home, file_of(home), local_viewer())
    point = read_review(home, local_viewer(), number).content["agenda"][0]["key"]
    assert cli("review", "decide", point, "Freeze requests", "--owner", "Ana").code == 0
    shown = cli("review", "show").out
    assert "Decisions recorded in it" in shown
    assert "Freeze requests" in shown


@pytest.mark.parametrize("step", range(7))
def test_nobody_is_told_to_take_a_week_off_that_is_over(home: Home, step: int) -> None:
    day = LAST_DAY - timedelta(weeks=1) + timedelta(days=step + 1)
    levers = strain(file_of(home), local_viewer(), day).levers
    assert len(levers), "nobody needs relief in the tested firm"
    monday = day - timedelta(days=day.weekday())
    soonest = monday if day.weekday() <= 2 else monday + timedelta(weeks=1)
    assert levers["week_start_date"].min().date() >= soonest
    close_all()


def test_files_that_restated_weeks_are_named_by_hours_and_the_rest_is_counted() -> None:
    batches = [
        {"file_name": f"{name}.csv", "difference_hours": hours} for name, hours in zip("abcde", range(5), strict=True)
    ]
    verified = {
        "expected_count": 10,
        "filed_count": 5,
        "week_start_date": date(2026, 5, 25).isoformat(),
        "teams": [],
        "restated_weeks_count": 1,
        "restated_since": "2026-05-25T00:00:00",
        "restated_by": batches,
        "is_new_publication": True,
        "open_imports": [],
        "overdue_reports": [],
    }
    assert "1 week restated since 25 May 2026, 00:00 UTC by e.csv, d.csv, c.csv and 2 more" in verified_sentences(
        verified
    )


def test_the_first_review_and_the_command_count_restated_weeks_from_the_same_moment(home: Home) -> None:
    file = file_of(home)
    day = as_of_date(file)
    verified = figures_verified(file, local_viewer(), day, None, set())
    monday = week_before(day) + timedelta(days=1)
    assert verified["restated_since"] == f"{monday}T00:00:00"
    assert assumed_review(datetime.combine(day, time(9))) == datetime.combine(monday, time.min)


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (0.797, "just under 80 %"),
        (0.80, "80 %"),
        (0.899, "just under 90 %"),
        (0.496, "just under 50 %"),
        (0.81, "81 %"),
    ],
)
def test_a_chance_that_rounds_to_a_line_has_reached_it_or_says_so(chance: float, text: str) -> None:
    assert words.chance_text(chance) == text


@pytest.mark.parametrize(("hours", "text"), [(8.5, "9 h"), (9.5, "10 h"), (-8.5, "−9 h"), (8.49, "8 h"), (0.5, "1 h")])
def test_halves_round_as_people_round_them(hours: float, text: str) -> None:
    assert words.hours_text(hours) == text


@pytest.mark.parametrize(("index", "text"), [(59.6, "59"), (60.0, "60"), (59.9999999999, "60"), (0.4, "0")])
def test_an_index_is_shown_as_reached_only_when_it_is(index: float, text: str) -> None:
    assert index_text(index) == text


def test_points_are_the_difference_of_the_percentages_beside_them() -> None:
    found = pd.DataFrame(
        {
            "scenario": ["", "more"],
            "finish_p50_date": pd.to_datetime(["2027-03-01", "2027-02-01"]),
            "finish_p80_date": pd.to_datetime(["2027-06-01", "2027-05-01"]),
            "late_probability": [0.884, 0.436],
            "p50_weeks": [0.0, -4.0],
            "p80_weeks": [0.0, -4.0],
            "late_points": [0.0, -0.448],
            "slip_weeks_p50": [8.0, 4.0],
        }
    )
    table = texts_of(scenario_table(found))
    assert table["Change of the chance"].tolist() == ["–", "−44 points"]


def test_weeks_that_are_not_known_are_no_number() -> None:
    assert words.signed_number_text(float("nan")) == words.none_text()
    assert words.signed_number_text(None) == words.none_text()


def test_an_accepted_roster_says_what_it_predicts() -> None:
    decision = {
        "decision_id": 3,
        "title": "Winter",
        "project_id": "",
        "owner_name": "",
        "due_date": None,
        "due": "",
        "status": "open",
        "prediction": {"covered_head_weeks": 40.0, "needed_head_weeks": 44.0},
        "do_nothing": {},
        "finish_date": None,
        "place": None,
        "why": "",
    }
    assert "40 of 44 person-weeks covered" in decisions_table([decision], {}).to_numpy()
