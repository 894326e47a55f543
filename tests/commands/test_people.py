"""``golive people``: who files nothing for long, on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.data.test_silences import hours, monday

if TYPE_CHECKING:
    from tests.commands.running import Golive
    from tests.data.firm import Firm


@pytest.fixture
def silent(firm: Firm) -> Firm:
    now = str(monday(21))
    people = "person_id,person_name,team_name\nA,Ana,North\nB=1,Bo [red]\x1b[31m,North"
    firm.take_in_text("people.csv", people, now=now, is_history=True)
    firm.take_in_text("hours.csv", hours([*(("A", n) for n in range(21)), ("B=1", 3)]), now=now)
    return firm


def told(golive: Golive, firm: Firm, *options: str) -> dict[str, Any]:
    ended = golive("people", "--json", *options, "--home", firm.home.path)
    assert ended.code == 0, ended
    found: dict[str, Any] = json.loads(ended.out)
    return found


def test_status_counts_who_is_asked_about_and_names_the_command(golive: Golive, silent: Firm) -> None:
    assert json.loads(golive("status", "--json", "--home", silent.home.path).out)["people_asked_about_count"] == 1
    words = " ".join(golive("status", "--home", silent.home.path).out.split())
    assert "1 person on the list has filed nothing for 13 weeks or longer" in words
    assert "`golive people`" in words


def test_each_is_listed_with_team_last_week_and_silence(golive: Golive, silent: Firm) -> None:
    (one,) = told(golive, silent)["asked"]
    assert (one["person_id"], one["team_name"], one["silent_weeks"]) == ("B=1", "North", 17)
    assert (one["last_week_date"], one["last_work_date"]) == ("2026-01-26", "2026-01-29")
    words = golive("people", "--home", silent.home.path).out
    assert "[red]" in words
    assert "\x1b" not in words


def test_an_answer_ends_the_question_until_it_is_taken_back(golive: Golive, silent: Firm) -> None:
    found = told(golive, silent, "--left", "B=1=2026-02-27")
    assert found["asked"] == []
    assert [(one["person_id"], one["answer"], one["last_date"]) for one in found["told"]] == [
        ("B=1", "left", "2026-02-27")
    ]
    words = golive("people", "--home", silent.home.path).out
    assert "Nobody is asked about now." in words
    assert "has left" in words
    assert [one["answer"] for one in told(golive, silent, "--stays", "B=1")["told"]] == ["stays"]
    assert len(told(golive, silent, "--forget", "B=1")["asked"]) == 1


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--left", "B=1"), 2, "is no pair"),
        (("--left", "B=1=May"), 2, "is no pair"),
        (("--left", "B=1=2026-01-02"), 1, "has hours on 2026-01-29"),
        (("--stays", "Nobody"), 1, "not asked about"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_in_words(
    golive: Golive, silent: Firm, options: tuple[str, str], code: int, words: str
) -> None:
    ended = golive("people", *options, "--home", silent.home.path)
    assert ended.code == code
    assert words in " ".join(ended.err.replace("│", " ").split())


def test_an_empty_home_asks_about_nobody(golive: Golive, firm: Firm) -> None:
    ended = golive("people", "--home", firm.home.path)
    assert (ended.code, ended.out.strip()) == (0, "Nobody is asked about now.")
