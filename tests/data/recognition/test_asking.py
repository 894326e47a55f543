"""What can't be known is asked, answers are followed, and what was decided once is applied again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data.recognition import Known, inspect_file, profile_from_dict, profile_of
from tests.data.recognition.formats import FORMATS
from tests.data.recognition.helpers import (
    cells_of,
    inspect_one,
    inspect_rows,
    read_rows,
    scratch_of,
    targets,
    tokens,
    write_csv,
)

if TYPE_CHECKING:
    from pathlib import Path

BY_NAME = {shape.name: shape for shape in FORMATS}
BASE = ("Employee", "Project", "Date", "Hours")


def test_an_answer_may_be_a_column_or_a_value_for_all_rows(tmp_path: Path) -> None:
    shape = BY_NAME["azure-devops"]
    rows = [shape.header, *shape.rows]
    assert read_rows(tmp_path, rows, project_id="ACME-ERP")[0]["project_id"] == "ACME-ERP"
    assert read_rows(tmp_path, rows, project_id="Area Path")[0]["project_id"] == "ACME"


def test_a_date_that_only_resembles_is_offered_and_not_taken(tmp_path: Path) -> None:
    header = ("ID", "Work Item Type", "Title", "State", "Activated Date", "Closed Date")
    rows = [header, ("1", "Bug", "x", "Closed", "2025-06-07", "2025-06-09")]
    found = inspect_rows(tmp_path, rows)
    question = {question.token: question for question in found.questions}["raised_at"]
    assert (found.recipe, question.options) == (None, ("Activated Date",))
    answered = inspect_rows(tmp_path, rows, project_id="p", raised_at="Activated Date")
    assert targets(answered)["Activated Date"] == "raised_at"
    assert answered.recipe is not None


def test_an_open_question_keeps_the_confidence_low(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [BASE, ("ana", "p", "03/04/2026", "1")])
    assert found.confidence <= 0.5


def test_a_column_that_is_empty_in_all_rows_is_asked_for(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [BASE, ("ana", "", "2026-03-02", "1")])
    assert tokens(found) == ["project_id"]
    (made,) = read_rows(tmp_path, [BASE, ("ana", "", "2026-03-02", "1")], project_id="p9")
    assert made["project_id"] == "p9"


def test_rows_that_last_several_days_are_asked_about(tmp_path: Path) -> None:
    header = ("Employee", "Project", "Start date", "End date", "Hours")
    rows = [header, ("ana", "p", "2026-03-02", "2026-03-06", "20"), ("ben", "p", "2026-03-02", "2026-03-06", "16")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["work_date"]
    assert read_rows(tmp_path, rows, work_date="Start date")[0]["work_date"] == "2026-03-02"


def test_an_arrival_may_be_the_one_at_the_client(tmp_path: Path) -> None:
    header = (
        "Employee",
        "Travel From",
        "Travel To",
        "Mode of Travel",
        "Departure Datetime",
        "Arrival Datetime",
        "Check-out Date",
    )
    rows = [header, ("e1", "Köln", "Rom", "Flight", "2026-03-02 08:00", "2026-03-02 11:00", "2026-03-05")]
    found = inspect_rows(tmp_path, rows)
    assert tokens(found) == ["returned_at"]
    assert found.questions[0].options == ("Arrival Datetime", "Departure Datetime", "Check-out Date")
    (made,) = read_rows(tmp_path, rows, returned_at="Check-out Date")
    assert made["returned_at"] == "2026-03-05"


def test_the_name_of_an_add_on_is_no_person(tmp_path: Path) -> None:
    rows = [("Author", "Project", "Work date", "Hours"), ("Tempo Timesheets", "p", "2026-03-02", "1")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["person_id"]


def test_a_report_of_one_day_says_its_day_in_the_title(tmp_path: Path) -> None:
    header = ("姓名", "账号", "所属规则", "职务", "应出勤天数(天)", "实际工作时长(小时)", "缺卡次数(次)", "出差(天)")
    row = ("王伟", "ww", "默认", "顾问", "1", "8.5", "0次", "--")
    path = write_csv(tmp_path, [("考勤月报",), ("统计时间:2026-04-01 ～ 2026-04-01",), header, row])
    (made,) = cells_of(path, inspect_one(path, project_id="attendance"))
    assert (made["work_date"], made["worked_hours"]) == ("2026-04-01", "8.5")


def test_sums_over_a_month_are_not_put_on_a_day(tmp_path: Path) -> None:
    header = ("姓名", "账号", "所属规则", "职务", "应出勤天数(天)", "实际工作时长(小时)", "缺卡次数(次)", "出差(天)")
    row = ("王伟", "ww", "默认", "顾问", "22", "168", "0次", "2")
    found = inspect_rows(tmp_path, [("统计时间:2026-04-01 ～ 2026-04-30",), header, row], project_id="attendance")
    assert tokens(found) == ["work_date"]
    assert "daily report" in found.questions[-1].words


def test_known_people_are_recognised_under_a_dumb_header(tmp_path: Path) -> None:
    rows = [("X1", "Project", "Date", "Hours"), ("ana", "p", "2026-03-02", "1"), ("ben", "p", "2026-03-03", "2")]
    path = write_csv(tmp_path, rows)
    assert "person_id" in tokens(inspect_one(path))
    (found,) = inspect_file(path, scratch_of(path), known=Known(people=frozenset({"Ana", "Ben", "Cyd"})))
    assert targets(found)["X1"] == "person_id"
    assert found.reasons["X1"].reason == "value pattern"


def test_the_column_whose_people_are_known_is_preferred(tmp_path: Path) -> None:
    rows = [("User", "Email", "Project", "Date", "Hours"), ("Ana", "ana@x.example", "p", "2026-03-02", "1")]
    path = write_csv(tmp_path, rows)
    assert targets(inspect_one(path))["Email"] == "person_id"
    (found,) = inspect_file(path, scratch_of(path), known=Known(people=frozenset({"ana"})))
    assert targets(found)["User"] == "person_id"


def test_what_was_decided_is_applied_unasked_to_the_next_file(tmp_path: Path) -> None:
    shape = BY_NAME["azure-devops"]
    first = inspect_rows(tmp_path / "a", [shape.header, *shape.rows], project_id="ERP")
    assert first.recipe is not None
    saved = json.loads(json.dumps(profile_of(first, {"project_id": "ERP"}, "ado").as_dict()))
    path = write_csv(
        tmp_path / "b", [("Work items",), shape.header, ("31", "Bug", "x", "New", "", "20.6.2025 10:00:00", "", "")]
    )
    (found,) = inspect_file(path, scratch_of(path), profiles=[profile_from_dict(saved)])
    assert (found.profile, found.questions, found.header_row) == ("ado", (), 2)
    assert cells_of(path, found)[0]["project_id"] == "ERP"
    assert dict(found.mapping) == dict(first.mapping)


def test_a_changed_header_is_told_and_not_read_by_the_old_decision(tmp_path: Path) -> None:
    first = inspect_rows(tmp_path / "a", [BASE, ("ana", "p", "2026-03-02", "1")])
    assert first.recipe is not None
    path = write_csv(tmp_path / "b", [(*BASE, "Activity"), ("ana", "p", "2026-03-02", "1", "Training")])
    (found,) = inspect_file(path, scratch_of(path), profiles=[profile_of(first, {}, "sheet")])
    assert (found.profile, [question.token for question in found.questions]) == ("", ["profile"])
    assert targets(found)["Activity"] == "activity"


def test_cleaning_says_how_many_rows_and_shows_examples(tmp_path: Path) -> None:
    shape = BY_NAME["redmine-de"]
    found = inspect_rows(tmp_path, [shape.header, *shape.rows])
    rules = {(rule.rule, rule.column): rule for rule in found.cleaning}
    assert rules["read_dates", "work_date"].rows_count == 2
    assert rules["map_values", "activity"].examples == (("Entwicklung", "configuration"), ("Design", "configuration"))
    assert rules["take_number", "change_request_id"].examples[0] == ("Fehler #12: Absturz", "12")


def test_hints_tell_the_names_beside_the_numbers(tmp_path: Path) -> None:
    shape = BY_NAME["kimai-de"]
    found = inspect_rows(tmp_path, [shape.header, *shape.rows])
    assert found.hints["person_name"] == "Name"
    assert found.hints["person_email"] == "E-Mail"


def test_a_sheet_that_could_be_two_tables_is_asked_for(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [("Project", "Status"), ("p", "active")])
    assert found.recipe is None
    assert found.has_to_ask


def test_reasons_say_why(tmp_path: Path) -> None:
    found = inspect_rows(
        tmp_path, [("Employee", "project_id", "Date", "Worked hourss"), ("ana", "p", "2026-03-02", "1")]
    )
    reasons = {name: why.reason for name, why in found.reasons.items()}
    assert reasons == {"Employee": "synonym", "project_id": "name", "Date": "synonym", "Worked hourss": "fuzzy"}
