"""Exports of one project, one client or one team each: they add up, and none takes the hours of another."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from data.rebuilding import redo, undo
from tests.data.firm import counts_of

if TYPE_CHECKING:
    from pathlib import Path

    from data.recognition import Question
    from tests.data.firm import Firm

FOREIGN: Final = "Date,User,Project,Duration,Activity"
OURS: Final = "work_date,person_id,project_id,worked_hours"
P1: Final = ("2026-03-02,ina,P1,3", "2026-03-03,ina,P1,8")
P2: Final = ("2026-03-02,ina,P2,5", "2026-03-04,bo,P2,8")


def text(head: str, *rows: str) -> str:
    tail = ",Support" if head == FOREIGN else ""
    return "\n".join([head, *(f"{row}{tail}" for row in rows)])


def hours(firm: Firm, by: str = "project_id") -> dict[str, float]:
    return dict(firm.rows(f"select {by}, sum(worked_hours) from staging.timesheets group by all order by all"))


def told(firm: Firm, name: str, *rows: str, head: str = OURS, **said: object) -> str:
    report = firm.take_in_text(name, text(head, *rows), now="2026-04-06", **said)
    assert not report.problem, report.problem
    return "ASKED" if report.questions else " ".join(report.advice)


@pytest.mark.parametrize("head", [OURS, FOREIGN])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_exports_of_one_project_each_add_up_in_any_order(firm: Firm, head: str, order: tuple[int, int]) -> None:
    parts = [("p1.csv", P1), ("p2.csv", P2)]
    for place in order:
        name, rows = parts[place]
        assert not firm.take_in_text(name, text(head, *rows)).questions
    assert hours(firm) == {"P1": 11, "P2": 13}
    for place in order:  # and a second time
        name, rows = parts[place]
        assert counts_of(firm.take_in_text(name, text(head, *rows)))[2] == 2
    assert hours(firm) == {"P1": 11, "P2": 13}
    assert firm.differences() == {}


@pytest.mark.parametrize("head", [OURS, FOREIGN])
def test_both_in_one_folder_add_up(firm: Firm, head: str) -> None:
    folder = firm.folder / "exports"
    folder.mkdir()
    (folder / "p1.csv").write_text(text(head, *P1), encoding="utf-8")
    (folder / "p2.csv").write_text(text(head, *P2), encoding="utf-8")
    firm.take_in(folder)
    assert hours(firm) == {"P1": 11, "P2": 13}
    assert firm.differences() == {}


def test_sheets_of_one_project_each_add_up(firm: Firm, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("P1", P1), ("P2", P2)):
        sheet = book.create_sheet(name)
        sheet.append(FOREIGN.split(","))
        for row in rows:
            day, person, project, count = row.split(",")
            sheet.append([day, person, project, float(count), "Support"])
    book.save(tmp_path / "hours.xlsx")
    firm.take_in(tmp_path / "hours.xlsx")
    assert hours(firm) == {"P1": 11, "P2": 13}


def test_what_a_filtered_file_speaks_about_is_told_before_and_after(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    for is_dry_run in (True, False):
        words = told(firm, "p2.csv", *P2, is_dry_run=is_dry_run)
        assert "speaks about project P2 only, so 3.00 h of other projects" in words
        assert "--source" not in words


def test_a_corrected_export_of_one_project_replaces_that_project_only(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    told(firm, "p2.csv", *P2)
    told(firm, "p2 again.csv", "2026-03-02,ina,P2,4", "2026-03-04,bo,P2,8")
    assert hours(firm) == {"P1": 11, "P2": 12}
    assert firm.differences() == {}


def test_files_of_several_projects_each_such_as_of_one_client_add_up(firm: Firm) -> None:
    north = ("2026-03-02,ina,N1,2", "2026-03-02,ina,N2,1", "2026-03-03,bo,N1,4")
    south = ("2026-03-02,ina,S1,3", "2026-03-02,ina,S2,2", "2026-03-03,bo,S1,3", "2026-03-05,bo,S2,7")
    for files in itertools.permutations([("north.csv", north), ("south.csv", south)]):
        for name, rows in files:
            assert told(firm, name, *rows) != "ASKED"
    assert hours(firm) == {"N1": 6, "N2": 1, "S1": 6, "S2": 9}
    told(firm, "north.csv", "2026-03-02,ina,N2,3", "2026-03-03,bo,N1,4")
    assert hours(firm)["S1"] == 6, "within its own projects a file may move hours, beside them it may not"


def test_files_by_team_by_person_and_by_month_touch_no_other_rows(firm: Firm) -> None:
    for name, rows in {
        "team a.csv": ("2026-03-02,ina,P1,4", "2026-03-02,ina,P2,4"),
        "team b.csv": ("2026-03-02,bo,P1,8",),
        "ina april.csv": ("2026-04-01,ina,P2,8",),
        "bo april.csv": ("2026-04-01,bo,P1,8",),
    }.items():
        assert told(firm, name, *rows) != "ASKED"
    assert hours(firm, "person_id") == {"bo": 16, "ina": 16}


def test_a_full_export_that_moves_hours_to_another_project_still_replaces(firm: Firm) -> None:
    told(firm, "all.csv", "2026-03-02,ina,P1,8", "2026-03-03,ina,P1,8", "2026-03-03,bo,P2,8")
    told(firm, "all again.csv", "2026-03-02,ina,P2,8", "2026-03-03,ina,P1,8", "2026-03-03,bo,P2,8")
    assert hours(firm) == {"P1": 8, "P2": 16}
    told(firm, "all again.csv", "2026-03-02,ina,P3,8", "2026-03-03,ina,P3,8", "2026-03-03,bo,P2,8")
    assert hours(firm) == {"P2": 8, "P3": 16}


def test_a_full_export_after_exports_by_project_replaces_all_of_them(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    told(firm, "p2.csv", *P2)
    told(firm, "all.csv", "2026-03-02,ina,P2,8", "2026-03-03,ina,P1,8", "2026-03-04,bo,P2,8")
    assert hours(firm) == {"P1": 8, "P2": 16}
    assert firm.differences() == {}


def test_an_export_of_one_project_after_full_ones_leaves_the_other_projects(firm: Firm) -> None:
    told(firm, "all.csv", *P1, *P2)
    words = told(firm, "p2.csv", "2026-03-02,ina,P2,6", "2026-03-04,bo,P2,8")
    assert "speaks about project P2 only" in words
    assert hours(firm) == {"P1": 11, "P2": 14}


def test_where_both_readings_fit_it_is_asked_and_the_answer_counts_for_the_source(firm: Firm) -> None:
    told(firm, "one.csv", "2026-03-02,ina,P1,4")
    assert told(firm, "other.csv", "2026-03-02,ina,P2,4") == "ASKED"
    assert hours(firm) == {"P1": 4}
    told(firm, "other.csv", "2026-03-02,ina,P2,4", answers={"filtered_by": "project"})
    assert hours(firm) == {"P1": 4, "P2": 4}
    told(firm, "third.csv", "2026-03-02,ina,P3,4")
    assert hours(firm) == {"P1": 4, "P2": 4, "P3": 4}, "asked once for each source"


def test_the_other_answer_lets_the_newer_file_replace_the_day(firm: Firm) -> None:
    told(firm, "one.csv", "2026-03-02,ina,P1,4")
    told(firm, "other.csv", "2026-03-02,ina,P2,4", answers={"other.csv:filtered_by": "nothing"})
    assert hours(firm) == {"P2": 4}
    told(firm, "p3.csv", "2026-03-02,ina,P3,3", "2026-03-05,bo,P3,8")
    assert hours(firm) == {"P3": 11}


def test_days_that_would_be_too_long_together_are_corrected_or_asked_about(firm: Firm) -> None:
    told(firm, "all.csv", "2026-03-02,ina,P1,8", "2026-03-03,bo,P1,8")
    words = told(firm, "corrected.csv", "2026-03-02,ina,P2,6")
    assert "8.00 h of P1 were replaced" in words
    assert hours(firm) == {"P1": 8, "P2": 6}
    assert told(firm, "p3.csv", "2026-03-03,bo,P3,7", "2026-03-04,bo,P3,8") == "ASKED"


def test_rows_with_numbers_keep_their_own_rule_beside_filtered_files(firm: Firm) -> None:
    head = f"entry_id,{OURS}"
    told(firm, "p1.csv", "e1,2026-03-02,ina,P1,3", "e2,2026-03-03,ina,P1,8", head=head)
    told(firm, "p2.csv", "e3,2026-03-02,ina,P2,5", "e4,2026-03-04,bo,P2,8", head=head)
    assert hours(firm) == {"P1": 11, "P2": 13}
    told(firm, "p2 moved.csv", "e3,2026-03-02,ina,P1,5", head=head)
    assert hours(firm) == {"P1": 16, "P2": 8}
    told(firm, "p2 loose.csv", "2026-03-02,ina,P3,1", "2026-03-04,bo,P3,1")
    assert hours(firm) == {"P1": 16, "P2": 8, "P3": 2}


def test_undo_redo_and_rebuild_give_the_same_hours(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    told(firm, "p2.csv", *P2)
    told(firm, "p2 again.csv", "2026-03-02,ina,P2,4", "2026-03-04,bo,P2,8")
    undo(firm.home, 1)
    assert hours(firm) == {"P2": 12}
    redo(firm.home, 1)
    assert hours(firm) == {"P1": 11, "P2": 12}
    undo(firm.home, 3)
    assert hours(firm) == {"P1": 11, "P2": 13}
    assert firm.differences() == {}


def test_a_complete_file_of_one_project_takes_no_other_project_out(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    told(firm, "p2.csv", *P2)
    told(firm, "p2 full.csv", "2026-03-04,bo,P2,8", is_full=True)
    assert hours(firm) == {"P1": 11, "P2": 8}


def test_a_complete_file_without_any_known_project_is_asked_about(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    assert told(firm, "p2.csv", *P2, is_full=True) == "ASKED"
    told(firm, "p2.csv", *P2, is_full=True, answers={"filtered_by": "nothing"})
    assert hours(firm) == {"P2": 13}


def test_a_corrected_project_stays_one_project_in_another_spelling(firm: Firm) -> None:
    told(firm, "p1.csv", *P1)
    told(firm, "p2.csv", *P2)
    told(firm, "p2 again.csv", "2026-03-02,ina, p2,6", "2026-03-04,bo,p2,8")
    assert sum(hours(firm).values()) == 11 + 14


def test_somebody_who_is_there_is_asked_while_the_import_runs(firm: Firm) -> None:
    told(firm, "one.csv", "2026-03-02,ina,P1,4")
    asked = []

    def ask(place: str, question: Question) -> str:
        asked.append((place, question.token, question.options))
        return "project"

    told(firm, "other.csv", "2026-03-02,ina,P2,4", ask=ask)
    assert asked == [("other.csv", "filtered_by", ("project", "nothing"))]
    assert hours(firm) == {"P1": 4, "P2": 4}
