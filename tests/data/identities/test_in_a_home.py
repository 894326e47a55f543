"""Spellings of people and projects in imported files: every figure follows, and the rows stay as they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.identities import read_decisions
from data.naming import decide_names, names_of
from data.problems import GoliveError
from data.rebuilding import rebuild, undo

if TYPE_CHECKING:
    from tests.data.firm import Firm

PEOPLE = """person_id,person_name,email,team_name,weekly_hours
U1,Ana Weber,ana@example.com,North,40
U2,张伟,zw@example.com,North,40"""
PROJECTS = "project_id,project_name,start_date\nP-1,ERP North,2026-01-05"
HOURS = """person_id,project_id,work_date,worked_hours
ana@example.com,P-1,2026-03-02,8
"Weber, Ana",erp north,2026-03-03,7
Zhang Wei,P-1,2026-03-04,6"""


@pytest.fixture
def staffed(firm: Firm) -> Firm:
    """Two people and a project on lists, and hours of another system that writes them in its own ways."""
    firm.take_in_text("people.csv", PEOPLE)
    firm.take_in_text("projects.csv", PROJECTS)
    firm.take_in_text("hours.csv", HOURS)
    return firm


def hours_by_person(firm: Firm) -> dict[str, float]:
    return dict(firm.rows("select person_id, sum(worked_hours) from marts.person_days group by all"))


def test_hours_under_email_and_name_are_the_hours_of_the_listed_person(staffed: Firm) -> None:
    assert hours_by_person(staffed) == {"U1": 15, "Zhang Wei": 6}
    assert staffed.rows("select distinct project_id from marts.project_weeks") == [("P-1",)]
    assert staffed.rows("select person_id from marts.people where not is_listed") == [("Zhang Wei",)]


def test_the_rows_stay_as_they_were_read(staffed: Firm) -> None:
    assert staffed.rows("select person_id from raw.timesheets order by work_date") == [
        ("ana@example.com",),
        ("Weber, Ana",),
        ("Zhang Wei",),
    ]


def test_a_list_that_comes_later_counts_for_earlier_hours(firm: Firm) -> None:
    firm.take_in_text("hours.csv", HOURS)
    assert set(hours_by_person(firm)) == {"ana@example.com", "Weber, Ana", "Zhang Wei"}
    firm.take_in_text("people.csv", PEOPLE)
    assert hours_by_person(firm) == {"U1": 15, "Zhang Wei": 6}
    assert firm.differences() == {}


def test_a_suggestion_waits_for_the_users_word_and_counts_from_then_on(staffed: Firm) -> None:
    (suggestion,) = names_of(staffed.home)["person"].matches.suggestions
    assert (suggestion.alias, suggestion.target, suggestion.reason) == ("Zhang Wei", "U2", "pinyin")
    decide_names(staffed.home, "person", same={"Zhang Wei": "U2"})
    assert hours_by_person(staffed) == {"U1": 15, "U2": 6}
    staffed.take_in_text("more.csv", "person_id,project_id,work_date,worked_hours\nZhang Wei,P-1,2026-03-05,2")
    assert hours_by_person(staffed) == {"U1": 15, "U2": 8}
    assert staffed.differences() == {}


def test_what_is_said_to_be_two_is_proposed_no_more_and_can_be_forgotten(staffed: Firm) -> None:
    decide_names(staffed.home, "person", different={"Zhang Wei": "U2", "Weber, Ana": "U1"})
    assert hours_by_person(staffed) == {"U1": 8, "Weber, Ana": 7, "Zhang Wei": 6}
    assert all(one.alias != "Zhang Wei" for one in names_of(staffed.home)["person"].matches.suggestions)
    decide_names(staffed.home, "person", forget=["Weber, Ana", "Zhang Wei"])
    assert hours_by_person(staffed) == {"U1": 15, "Zhang Wei": 6}
    assert read_decisions(staffed.home).different["person"] == set()


def test_taking_the_list_back_gives_every_spelling_its_own_hours_again(staffed: Firm) -> None:
    undo(staffed.home, 1)
    assert hours_by_person(staffed) == {"ana@example.com": 8, "Weber, Ana": 7, "Zhang Wei": 6}


def test_a_rebuild_from_the_inbox_follows_the_decisions(staffed: Firm) -> None:
    decide_names(staffed.home, "person", same={"Zhang Wei": "U2"})
    rebuild(staffed.home, is_verify=False)
    assert hours_by_person(staffed) == {"U1": 15, "U2": 6}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"same": {"Nobody": "U1"}}, "Nobody"),
        ({"same": {"Zhang Wei": "U9"}}, "U9"),
        ({"same": {"U1": "U1"}}, "itself"),
        ({"forget": ["Zhang Wei"]}, "Nothing was decided"),
    ],
)
def test_a_word_that_fits_nothing_is_refused_and_nothing_is_kept(
    staffed: Firm, said: dict[str, dict[str, str]], words: str
) -> None:
    with pytest.raises(GoliveError, match=words):
        decide_names(staffed.home, "person", **said)  # type: ignore[arg-type] # every case is one of its options
    assert not staffed.home.identities_file.exists()


def test_a_damaged_file_of_decisions_is_told_and_not_passed_over(staffed: Firm) -> None:
    staffed.home.identities_file.write_text("person = [", encoding="utf-8")
    with pytest.raises(GoliveError, match="identities"):
        staffed.take_in_text("more.csv", HOURS.replace("2026-03-02", "2026-03-09"))


def test_names_from_files_stay_text_in_the_file_of_decisions(staffed: Firm) -> None:
    hostile = 'x"]\nevil = "1'
    staffed.take_in_text(
        "odd.csv",
        f'person_id,project_id,work_date,worked_hours\n"{hostile.replace(chr(34), chr(34) * 2)}",P-1,2026-03-06,1',
    )
    written = [one for one in names_of(staffed.home)["person"].matches.only_seen if "evil" in one]
    assert len(written) == 1
    decide_names(staffed.home, "person", same={written[0]: "U1"})
    assert read_decisions(staffed.home).same["person"] == {written[0]: "U1"}
    assert hours_by_person(staffed)["U1"] == 16


def test_a_decision_written_by_hand_counts_with_the_next_import(staffed: Firm) -> None:
    staffed.home.identities_file.write_text('[person.same]\n"Zhang Wei" = "U2"\n', encoding="utf-8")
    staffed.take_in_text("more.csv", "person_id,project_id,work_date,worked_hours\nU1,P-1,2026-03-09,1")
    assert hours_by_person(staffed) == {"U1": 16, "U2": 6}


def test_a_spelling_that_comes_with_a_later_file_is_found_beside_the_earlier_ones(firm: Firm) -> None:
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text("one.csv", f"{head}\nAna,P-1,2026-03-02,1")
    firm.take_in_text("two.csv", f"{head}\nben,P-1,2026-03-03,2")
    firm.take_in_text("three.csv", f"{head}\nANA,P-1,2026-03-04,4")
    assert hours_by_person(firm) == {"Ana": 5, "ben": 2}
    assert firm.differences() == {}
