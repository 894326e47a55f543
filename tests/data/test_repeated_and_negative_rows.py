"""Rows pasted twice are told or asked about, and negative hours take back what the file gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from data.rebuilding import redo, undo
from tests.data.firm import counts_of

if TYPE_CHECKING:
    from tests.data.firm import Firm

OURS: Final = "work_date,person_id,project_id,worked_hours"
FOREIGN: Final = "Date,User,Project,Duration"
HEADS: Final = pytest.mark.parametrize("head", [OURS, FOREIGN])
WEEK: Final = [f"2026-03-0{day},ana,P1,{day + 3}" for day in range(2, 7)]


def text(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


def hours(firm: Firm, where: str = "true") -> float:
    ((found,),) = firm.rows(f"select coalesce(sum(worked_hours), 0) from staging.timesheets where {where}")
    return float(found)


@HEADS
def test_a_block_that_stands_twice_is_asked_about_with_its_lines(firm: Firm, head: str) -> None:
    pasted = text(head, *WEEK, *WEEK, "2026-03-09,bo,P1,8")
    (question,) = firm.take_in_text("hours.csv", pasted).questions
    assert question.options == ("on", "off")
    assert "lines 7–11 repeat lines 2–6" in question.words
    report = firm.take_in_text("hours.csv", pasted, answers={"rule.drop_duplicates": "on"})
    assert (counts_of(report), report.left_out_count) == ((6, 6, 0, 0, 0), 5)
    applied = [rule["rule"] for rule in report.as_json()["cleaning"] if rule["is_on"]]
    assert "drop_duplicates" in applied or "were left out, as said" in " ".join(report.advice)
    assert hours(firm, "person_id = 'ana'") == 35
    assert firm.differences() == {}


@HEADS
def test_rows_that_are_kept_twice_count_twice_and_are_told(firm: Firm, head: str) -> None:
    report = firm.take_in_text("hours.csv", text(head, *WEEK, *WEEK), answers={"rule.drop_duplicates": "off"})
    assert (counts_of(report), report.left_out_count) == ((10, 10, 0, 0, 0), 0)
    assert "each row counts" in " ".join(report.advice)
    assert hours(firm) == 70


@HEADS
def test_a_sorted_file_in_which_every_row_stands_twice_is_asked_about(firm: Firm, head: str) -> None:
    (question,) = firm.take_in_text("hours.csv", text(head, *sorted([*WEEK, *WEEK]))).questions
    assert question.words.startswith("5 rows stand twice")


@HEADS
def test_two_equal_entries_of_a_day_go_in_and_are_told(firm: Firm, head: str) -> None:
    report = firm.take_in_text("hours.csv", text(head, *WEEK, WEEK[0]))
    assert not report.questions
    assert "line 7 repeats line 2" in " ".join(report.advice)
    assert hours(firm) == 40


def test_rows_with_numbers_of_their_own_are_no_repetitions(firm: Firm) -> None:
    rows = [f"e{number},{row}" for number, row in enumerate([*WEEK, *WEEK])]
    report = firm.take_in_text("hours.csv", text(f"entry_id,{OURS}", *rows))
    assert (report.questions, report.advice) == ((), ())


def test_totals_and_repeated_headers_are_no_repetitions(firm: Firm) -> None:
    rows = [*WEEK[:2], "Total,,,11", FOREIGN, *WEEK[2:4], "Total,,,15", FOREIGN, WEEK[4], "Total,,,9"]
    report = firm.take_in_text("hours.csv", text(FOREIGN, *rows))
    assert not report.questions
    assert "twice" not in " ".join(report.advice)


@HEADS
def test_left_out_repetitions_stay_left_out_after_undo_redo_and_rebuild(firm: Firm, head: str) -> None:
    firm.take_in_text("first.csv", text(head, "2026-02-02,bo,P1,8"))
    firm.take_in_text("hours.csv", text(head, *WEEK, *WEEK), answers={"rule.drop_duplicates": "on"})
    undo(firm.home, 2)
    redo(firm.home, 2)
    assert hours(firm) == 43
    assert firm.differences() == {}


NETTED: Final = {
    "taken back as a whole, then booked anew": (["8", "-8", "6"], 6),
    "a part is taken back": (["8", "-2"], 6),
    "taken back before it stands": (["-3", "8"], 5),
    "several rows are taken back at once": (["3", "4", "1", "-7"], 1),
    "nothing is left": (["8", "-8"], 0),
    "quarters": (["7.75", "-0.25"], 7.5),
}


@HEADS
@pytest.mark.parametrize("case", NETTED)
def test_negative_hours_take_back_rows_of_the_same_day_and_project(firm: Firm, head: str, case: str) -> None:
    booked, left = NETTED[case]
    rows = [f"2026-03-02,ana,P1,{count}" for count in booked]
    report = firm.take_in_text("hours.csv", text(head, *rows, "2026-03-03,ana,P1,8"))
    assert not report.questions
    assert counts_of(report)[4] == 0
    assert "Negative hours take back" in " ".join(report.advice)
    assert hours(firm, "work_date = '2026-03-02'") == left
    again = firm.take_in_text("again.csv", text(head, *rows, "2026-03-03,ana,P1,8"), now="2026-04-06")
    assert counts_of(again)[1:] == (0, counts_of(again)[0], 0, 0)
    assert firm.differences() == {}


def test_a_day_that_is_taken_back_in_a_newer_file_is_gone(firm: Firm) -> None:
    firm.take_in_text("one.csv", text(OURS, "2026-03-02,ana,P1,8", "2026-03-03,ana,P1,8"))
    firm.take_in_text("two.csv", text(OURS, "2026-03-02,ana,P1,8", "2026-03-02,ana,P1,-8"), now="2026-04-06")
    assert hours(firm) == 8
    head = f"entry_id,{OURS}"
    firm.take_in_text("three.csv", text(head, "e1,2026-03-04,ana,P1,8"))
    firm.take_in_text("four.csv", text(head, "e1,2026-03-04,ana,P1,8", "e2,2026-03-04,ana,P1,-8"), now="2026-04-07")
    assert hours(firm) == 8
    assert firm.differences() == {}


@HEADS
def test_a_file_that_takes_back_what_it_does_not_hold_is_asked_about_once(firm: Firm, head: str) -> None:
    rows = ["2026-03-02,ana,P1,-2", "2026-03-03,ana,P1,-1", "2026-03-04,ana,P1,8"]
    (question,) = firm.take_in_text("hours.csv", text(head, *rows)).questions
    assert (question.token, question.options) == ("negative_hours", ("leave_out",))
    assert "lines 2, 3" in question.words
    report = firm.take_in_text("hours.csv", text(head, *rows), answers={"negative_hours": "leave_out"})
    assert counts_of(report) == (3, 1, 0, 0, 2)
    assert firm.differences() == {}
