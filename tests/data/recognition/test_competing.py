"""Two people or two days in one row: the one who did it counts, on the day it was done, or the user is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.data.recognition.helpers import inspect_rows, targets, tokens

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = ("Anna Berg", "Bo Carl")


def test_a_title_under_name_is_no_person_beside_the_assignee(tmp_path: Path) -> None:
    titles = ("Configure printers", "Train nurses", "Fix import", "Kickoff", "Go-live support", "Data check")
    rows = [("Name", "Assignee", "Date", "Hours", "Project")]
    rows += [(title, PEOPLE[n % 2], f"2026-03-{n + 2:02}", "4", "ERP") for n, title in enumerate(titles)]
    found = inspect_rows(tmp_path, rows)
    assert targets(found)["Assignee"] == "person_id"
    assert not tokens(found)


def test_who_books_is_not_who_travels(tmp_path: Path) -> None:
    rows = [("Booker", "Passenger Name", "Departure date", "Return date", "Destination")]
    rows += [("Office Admin", PEOPLE[n % 2], f"2026-03-{n + 2:02}", f"2026-03-{n + 4:02}", "Berlin") for n in range(4)]
    found = inspect_rows(tmp_path, rows)
    assert targets(found)["Passenger Name"] == "person_id"


def test_two_columns_of_people_who_differ_are_asked_about(tmp_path: Path) -> None:
    rows = [("Employee", "Consultant", "Date", "Hours", "Project")]
    rows += [
        (PEOPLE[n % 2], ("Eva Falk", "Finn Graf", "Gil Hay")[n % 3], f"2026-03-{n + 2:02}", "4", "ERP")
        for n in range(7)
    ]
    assert "person_id" in tokens(inspect_rows(tmp_path, rows))


def test_number_and_name_of_the_same_person_do_not_compete(tmp_path: Path) -> None:
    rows = [("Employee ID", "Employee", "Date", "Hours", "Project")]
    rows += [(f"E{n % 2}", PEOPLE[n % 2], f"2026-03-{n + 2:02}", "4", "ERP") for n in range(6)]
    found = inspect_rows(tmp_path, rows)
    assert not tokens(found)
    assert targets(found)["Employee ID"] == "person_id"


def test_the_day_of_filing_is_when_it_was_filed(tmp_path: Path) -> None:
    rows = [("登记人", "工作日期", "登记工时", "所属项目", "登记时间")]
    rows += [
        (("王小明", "李雪")[n % 2], f"2026/3/{n + 2}", "7.5h", "东区医院", f"2026/3/{n + 4} 18:05") for n in range(6)
    ]
    found = inspect_rows(tmp_path, rows)
    assert (targets(found)["工作日期"], targets(found)["登记时间"]) == ("work_date", "submitted_at")


def test_two_plain_days_that_differ_are_asked_about(tmp_path: Path) -> None:
    rows = [("Datum", "Tag", "Mitarbeiter", "Projekt", "Stunden")]
    rows += [(f"2026-03-{n + 2:02}", f"2026-03-{n + 5:02}", PEOPLE[n % 2], "ERP", "4") for n in range(6)]
    assert "work_date" in tokens(inspect_rows(tmp_path, rows))
