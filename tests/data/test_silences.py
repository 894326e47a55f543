"""People on the list who file nothing for long: asked about once, never missing for ever."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.clock import NOW_VARIABLE
from data.person_answers import read_answers
from data.problems import GoliveError
from data.rebuilding import rebuild, undo
from data.silences import Silences, say_of_people, silences_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.data.firm import Firm

FIRST = date(2026, 1, 5)
PEOPLE = "person_id,person_name,team_name,weekly_hours\nA,Ana,North,40\nB,Bo,North,40\nC,Cem,South,40"


def monday(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def hours(rows: Iterable[tuple[str, int]]) -> str:
    lines = [f"{who},P,{monday(week) + timedelta(days=3)},8" for who, week in rows]
    return "\n".join(["person_id,project_id,work_date,worked_hours", *lines])


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> str:
    monkeypatch.setenv(NOW_VARIABLE, f"{day}T12:00+00:00")
    return str(day)


def asked(firm: Firm) -> list[str]:
    return [one.person_id for one in silences_of(firm.home).asked]


def expected_weeks(firm: Firm, who: str, as_of: int, since: int = 0) -> list[int]:
    """Return the weeks that were expected of a person, as known in a week."""
    rows = firm.rows(
        f"""
        select week_start_date from marts.person_spans
        where person_id = '{who}' and from_week_date <= date '{monday(as_of)}'
            and (until_week_date is null or until_week_date > date '{monday(as_of)}')
        order by all
        """
    )
    return [week for (day,) in rows if (week := (day - FIRST).days // 7) >= since]


@pytest.fixture
def silent(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """Bo files weeks 0 to 3 and Cem never; Ana files to week 20, when all is imported."""
    now = at(monkeypatch, monday(21))
    firm.take_in_text("people.csv", PEOPLE, now=now, is_history=True)
    firm.take_in_text("hours.csv", hours([*(("A", n) for n in range(21)), *(("B", n) for n in range(4))]), now=now)
    return firm


def test_who_files_nothing_for_thirteen_weeks_or_never_did_is_asked_about(silent: Firm) -> None:
    found = silences_of(silent.home).asked
    assert [(one.person_id, one.team_name, one.last_week_date, one.silent_weeks) for one in found] == [
        ("C", "South", None, 20),
        ("B", "North", monday(3), 17),
    ]
    assert found[1].last_work_date == monday(3) + timedelta(days=3)


@pytest.mark.parametrize(("silent_weeks", "names"), [(12, []), (13, ["B"])])
def test_twelve_weeks_are_no_question_and_thirteen_are(
    firm: Firm, monkeypatch: pytest.MonkeyPatch, silent_weeks: int, names: list[str]
) -> None:
    now = at(monkeypatch, monday(40))
    firm.take_in_text("people.csv", "person_id\nA\nB", now=now)
    weeks = [("A", n) for n in range(20, 20 + silent_weeks + 1)]
    firm.take_in_text("hours.csv", hours([("B", 20), *weeks]), now=now)
    assert asked(firm) == names


def test_who_travels_is_on_leave_or_is_planned_is_evidently_there(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    now = at(monkeypatch, monday(21))
    firm.take_in_text("people.csv", "person_id\nA\nB\nC\nD\nE", now=now, is_history=True)
    firm.take_in_text("hours.csv", hours([*(("A", n) for n in range(21)), *((who, 3) for who in "BCDE")]), now=now)
    firm.take_in(
        firm.file("trips.csv", f"trip_id,person_id,departed_at,returned_at\nT1,B,{monday(10)},{monday(11)}"),
        firm.file("leave.csv", f"person_id,leave_date,leave_hours\nC,{monday(12)},8\nE,{monday(5)},8"),
        firm.file("plans.csv", f"person_id,project_id,week_start_date,planned_hours\nD,P,{monday(25)},20"),
        now=now,
    )
    assert asked(firm) == ["E"], "leave of long ago shows nothing"


def test_where_nobody_files_nobody_is_asked_about(firm: Firm) -> None:
    assert silences_of(firm.home) == Silences()
    firm.take_in_text("people.csv", PEOPLE)
    assert asked(firm) == []


def test_who_is_new_or_has_a_leaving_date_is_not_asked_about(silent: Firm) -> None:
    text = f"person_id,hired_date,left_date\nB,,{monday(4)}\nC,{monday(15)},\nD,{monday(2)},"
    silent.take_in_text("people.csv", text, now=str(monday(21)))
    assert asked(silent) == ["D"]


def test_who_was_put_on_the_list_lately_has_time(silent: Firm) -> None:
    silent.take_in_text("people.csv", f"{PEOPLE}\nD,Dee,South,40", now=str(monday(22)))
    assert asked(silent) == ["C", "B"]


def test_hours_typed_into_the_future_make_nobody_silent(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    now = at(monkeypatch, monday(6))
    firm.take_in_text("people.csv", PEOPLE, now=now, is_history=True)
    firm.take_in_text("hours.csv", hours([("A", 5), ("A", 60), ("B", 5), ("C", 4)]), now=now)
    assert asked(firm) == []


def test_a_last_day_counts_from_the_day_of_the_answer_and_changes_no_day_before(
    silent: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert expected_weeks(silent, "B", 21) == [*range(17)], "thirteen weeks after the last one, nothing more"
    at(monkeypatch, monday(23))
    say_of_people(silent.home, left={"B": monday(3) + timedelta(days=3)})
    assert asked(silent) == ["C"]
    assert expected_weeks(silent, "B", 21) == expected_weeks(silent, "B", 22) == [*range(17)]
    assert expected_weeks(silent, "B", 23) == [0, 1, 2, 3]
    assert silent.rows("select left_date from marts.people where person_id = 'B'") == [(date(2026, 1, 29),)]
    assert silent.rows("select count(*) from raw.people where left_date is not null") == [(0,)]
    assert silent.differences() == {}


def test_who_stays_is_not_asked_about_again_and_nothing_more_is_expected(silent: Firm) -> None:
    say_of_people(silent.home, stays=["B", "C"])
    found = silences_of(silent.home)
    assert found.asked == ()
    assert {(one.person_id, one.word) for one in found.told} == {("B", "stays"), ("C", "stays")}
    assert expected_weeks(silent, "B", 21) == [*range(17)]
    assert silent.differences() == {}


@pytest.mark.parametrize("word", ["left", "stays"])
def test_who_files_and_falls_silent_again_is_asked_about_again(
    silent: Firm, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    if word == "left":
        say_of_people(silent.home, left={"B": monday(4)})
    else:
        say_of_people(silent.home, stays=["B"])
    now = at(monkeypatch, monday(25))
    silent.take_in_text("again.csv", hours([("B", 24)]), now=now, source_name="again")
    assert asked(silent) == ["C"], "B files"
    assert 24 in expected_weeks(silent, "B", 25, since=5)
    assert (24 in expected_weeks(silent, "B", 24, since=5)) is False
    assert silent.differences() == {}
    now = at(monkeypatch, monday(41))
    silent.take_in_text("later.csv", hours([("A", 40)]), now=now, source_name="later")
    assert asked(silent) == ["C", "B"]
    assert silences_of(silent.home).told == ()
    assert silent.differences() == {}


def test_a_leaving_date_that_the_list_brings_later_counts_before_the_answer(
    silent: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_of_people(silent.home, left={"B": monday(10)})
    now = at(monkeypatch, monday(23))
    silent.take_in_text("people.csv", f"person_id,weekly_hours,left_date\nB,40,{monday(6)}", now=now)
    assert expected_weeks(silent, "B", 22) == [*range(11)]
    assert expected_weeks(silent, "B", 23) == [*range(7)]
    assert silences_of(silent.home).told == ()
    assert silent.differences() == {}


def test_an_answer_survives_rebuilding_undoing_and_more_hours_of_others(
    silent: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_of_people(silent.home, left={"B": monday(4)}, stays=["C"])
    before = expected_weeks(silent, "B", 21)
    now = at(monkeypatch, monday(22))
    report = silent.take_in_text("more.csv", hours([("A", 21)]), now=now, source_name="more")
    assert report.batch_id is not None
    assert (asked(silent), silent.differences()) == ([], {})
    undo(silent.home, report.batch_id)
    rebuild(silent.home, is_verify=False)
    assert (asked(silent), expected_weeks(silent, "B", 21)) == ([], before)
    assert before == [*range(5)]


def test_taking_back_asks_again_and_leaves_the_days_between_as_they_were(
    silent: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_of_people(silent.home, left={"B": monday(4)})
    at(monkeypatch, monday(25))
    say_of_people(silent.home, forget=["B"])
    assert asked(silent) == ["C", "B"]
    assert expected_weeks(silent, "B", 24) == [*range(5)]
    assert expected_weeks(silent, "B", 25) == [*range(17)]
    assert [one.word for one in read_answers(silent.home)] == ["left", "taken_back"]
    assert silent.differences() == {}


def test_an_answer_follows_a_person_who_is_written_in_another_way(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    now = at(monkeypatch, monday(21))
    firm.take_in_text("people.csv", "person_id,email\nA,a@example.com\nB,b@example.com", now=now, is_history=True)
    rows = [*(("a@example.com", n) for n in range(21)), ("b@example.com", 2)]
    firm.take_in_text("hours.csv", hours(rows), now=now)
    say_of_people(firm.home, left={"B": monday(3)})
    assert (asked(firm), expected_weeks(firm, "B", 21)) == ([], [2, 3])
    now = at(monkeypatch, monday(22))
    firm.take_in_text("again.csv", hours([("b@example.com", 21)]), now=now, source_name="again")
    assert silences_of(firm.home).told == ()
    assert firm.differences() == {}


def test_what_hours_or_the_list_speak_against_is_refused_and_nothing_is_kept(silent: Firm) -> None:
    refused: list[tuple[str, dict[str, Any]]] = [
        ("has hours on 2026-01-29", {"left": {"B": monday(2)}}),
        ("still to come", {"left": {"B": monday(30)}}),
        ("on no list", {"left": {"Z": monday(3)}}),
        ("not asked about", {"stays": ["A"]}),
        ("Nothing was said", {"forget": ["B"]}),
        ("named twice", {"left": {"B": monday(5)}, "stays": ["B"]}),
    ]
    for words, said in refused:
        with pytest.raises(GoliveError, match=words):
            say_of_people(silent.home, **said)
    assert not silent.home.people_file.exists()


def test_a_damaged_file_is_refused_in_words(silent: Firm) -> None:
    silent.home.people_file.write_text('[[answer]]\nperson = "B"\nword = "gone"\n', encoding="utf-8")
    with pytest.raises(GoliveError, match=r"people\.toml can't be read"):
        rebuild(silent.home, is_verify=False)
