"""``golive what-if``: what would be done, what it would change, what is kept and what is decided."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from tests.dashboard.company import LAST_DAY, write_company

if TYPE_CHECKING:
    from tests.commands.running import Golive

PROJECT = "his-1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("what-if")
    found = Home(folder / "home")
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 20, tzinfo=UTC)
    import_files(found, [write_company(folder / "files")], ImportOptions(is_history=True), now=now)
    return found


def told(golive: Golive, home: Home, *options: str) -> dict[str, Any]:
    ended = golive("what-if", PROJECT, *options, "--json", "--home", home.path)
    assert ended.code == 0, ended
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_one_person_more_brings_the_finish_forward_and_one_less_puts_it_off(golive: Golive, home: Home) -> None:
    now, more = told(golive, home, "--add-person", "2026-06-08")["rows"]
    less = told(golive, home, "--take-person", "2026-06-08:20")["rows"][1]
    assert (now["scenario"], now["p50_weeks"]) == ("", 0)
    assert more["p50_weeks"] < 0 < less["p50_weeks"]
    assert more["late_probability"] <= now["late_probability"] <= less["late_probability"]


def test_leave_never_brings_the_finish_forward(golive: Golive, home: Home) -> None:
    away = told(golive, home, "--leave", "2026-06-08..2026-06-28:80")["rows"][1]
    assert away["p50_weeks"] >= 0


def test_less_scope_and_a_later_go_live_do_what_they_say(golive: Golive, home: Home) -> None:
    assert told(golive, home, "--scope=-200")["rows"][1]["p50_weeks"] < 0
    late = told(golive, home, "--not-before", "2028-01-03")["rows"][1]
    assert late["finish_p50_date"] == "2028-01-03"
    assert told(golive, home, "--freeze", "60%")["rows"][1]["p50_weeks"] <= 0


def test_the_same_question_has_the_same_answer(golive: Golive, home: Home) -> None:
    first = told(golive, home, "--add-person", "2026-06-08", "--shift-start", "1")
    assert told(golive, home, "--add-person", "2026-06-08", "--shift-start", "1") == first


def test_a_kept_scenario_is_compared_later_and_becomes_a_decision_with_its_prediction(
    golive: Golive, home: Home
) -> None:
    kept = told(golive, home, "--add-person", "2026-06-08", "--name", "help", "--save")
    number = str(kept["scenario_id"])
    rows = told(golive, home, "--take-person", "2026-06-08", "--compare", number)["rows"]
    assert [row["scenario"] for row in rows] == ["", "this", f"{number}: help"]
    assert rows[2]["p50_weeks"] == pytest.approx(kept["rows"][1]["p50_weeks"])
    told(golive, home, "--adopt", number, "--owner", "Ana Moreno", "--due", "2026-06-30")
    listed = told(golive, home, "--list")
    assert listed["scenarios"][0]["title"] == "help"
    (decision,) = listed["decisions"]
    assert (decision["owner_name"], decision["due_date"]) == ("Ana Moreno", "2026-06-30")
    assert decision["prediction"]["p50_weeks"] == pytest.approx(kept["rows"][1]["p50_weeks"])
    words = golive("what-if", PROJECT, "--list", "--home", home.path).out
    assert "40 h a week more, from 8 Jun 2026 on" in words


def test_deciding_twice_makes_one_decision_and_everything_can_be_taken_back(golive: Golive, home: Home) -> None:
    question = ("--add-person", "2026-06-15", "--name", "help", "--save")
    number = str(told(golive, home, *question)["scenario_id"])
    assert str(told(golive, home, *question)["scenario_id"]) == number, "the same is kept once"
    first = told(golive, home, "--adopt", number, "--owner", "Ana Moreno")
    again = told(golive, home, "--adopt", number, "--owner", "Ana Moreno")
    assert (first["is_new"], again["is_new"]) == (True, False)
    assert first["decision_id"] == again["decision_id"]
    refused = golive("what-if", PROJECT, "--adopt", number, "--owner", "Bo", "--home", home.path)
    assert (refused.code, "decided already" in refused.err) == (1, True)

    told(golive, home, "--rename", number, "--name", "one more")
    decision = str(first["decision_id"])
    unsure = golive("what-if", PROJECT, "--withdraw", decision, "--home", home.path)
    assert (unsure.code, "--yes" in unsure.err) == (1, True)
    told(golive, home, "--withdraw", decision, "--yes")
    listed = told(golive, home, "--list")
    assert [one["title"] for one in listed["scenarios"] if str(one["scenario_id"]) == number] == ["one more"]
    assert decision not in [str(one["decision_id"]) for one in listed["decisions"]]
    told(golive, home, "--delete", number, "--yes")
    assert number not in [str(one["scenario_id"]) for one in told(golive, home, "--list")["scenarios"]]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ([], 2, "done differently"),
        (["--add-person", "soon"], 2, "not a date"),
        (["--add-person", "2026-06-08:many"], 2, "not a number"),
        (["--scope", "nan"], 2, "not a number"),
        (["--leave", "2026-06-08"], 2, "no span"),
        (["--leave", "2026-06-08..2026-06-01"], 1, "ends before"),
        (["--adopt", "1"], 2, "--owner"),
        (["--adopt", "999", "--owner", "Ana"], 1, "999"),
        (["--refuse", "no-such-request"], 1, "no-such-request"),
        (["--rename", "1"], 2, "--name"),
        (["--rename", "999", "--name", "x"], 1, "999"),
        (["--delete", "999", "--yes"], 1, "999"),
        (["--withdraw", "999", "--yes"], 1, "999"),
    ],
)
def test_mistakes_end_in_words(golive: Golive, home: Home, options: list[str], code: int, words: str) -> None:
    ended = golive("what-if", PROJECT, *options, "--home", home.path)
    assert ended.code == code, ended
    assert words in " ".join((ended.out + ended.err).replace("│", " ").split())


def test_a_project_that_is_over_or_unknown_is_told(golive: Golive, home: Home) -> None:
    over = golive("what-if", "erp-1", "--scope", "10", "--home", home.path)
    assert over.code == 1
    assert "no such forecast" in over.err
    unknown = golive("what-if", "nobody", "--scope", "10", "--home", home.path)
    assert unknown.code == 1
    assert "nobody" in unknown.err


def test_the_usual_levers_are_told_with_what_each_wins(golive: Golive, home: Home) -> None:
    found = told(golive, home, "--levers")["rows"]
    assert [row["p50_weeks"] for row in found] == sorted(row["p50_weeks"] for row in found)
    (person,) = [row for row in found if row["kind"] == "person"]
    (step,) = person["steps"]
    same = told(golive, home, "--add-person", f"{step['from_date']}:{step['hours']:g}")["rows"][1]
    assert person["p50_weeks"] == pytest.approx(same["p50_weeks"])
    assert person["low_weeks"] <= person["p50_weeks"] <= person["high_weeks"]
    shown = golive("what-if", PROJECT, "--levers", "--home", home.path)
    assert "Strongest lever: " in shown.out


def test_levers_are_asked_for_alone(golive: Golive, home: Home) -> None:
    ended = golive("what-if", PROJECT, "--levers", "--freeze", "70%", "--home", home.path)
    assert ended.code == 2
    assert "stands alone" in ended.err
