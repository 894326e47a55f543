"""Which table a file holds."""

from __future__ import annotations

import pytest

from data.contracts import TABLES
from data.problems import ImportRefusedError
from data.recognising import recognise


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_known_by_all_its_columns_whatever_the_file_is_called(name: str) -> None:
    assert recognise("export.csv", TABLES[name].by_name).name == name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_known_by_its_required_columns_where_the_file_is_named_after_it(name: str) -> None:
    for file_name in (f"{name}.csv", f"{name} 2026.xlsx", f"2026.xlsx › {name}", f"old/{name.upper()}.CSV"):
        assert recognise(file_name, TABLES[name].required).name == name


@pytest.mark.parametrize(
    "headers", [("Person ID", "LEAVE DATE"), ("person_id", "leave-date"), (" PERSON__ID ", "Leave_Date")]
)
def test_headers_may_be_written_in_any_case_with_spaces_or_underscores(headers: tuple[str, ...]) -> None:
    assert recognise("x.csv", headers).name == "leave"


@pytest.mark.parametrize("file_name", ["timesheets.csv", "march.csv"])
def test_a_timesheet_without_hours_is_not_taken_for_a_list_of_people(file_name: str) -> None:
    with pytest.raises(ImportRefusedError, match="worked_hours"):
        recognise(file_name, ["person_id", "project_id", "work_date", "activity"])


def test_columns_that_fit_two_tables_equally_well_ask_the_user() -> None:
    with pytest.raises(ImportRefusedError, match=r"could be .* or .*--as"):
        recognise("x.csv", ["person_id", "project_id"])


def test_the_user_s_word_wins_over_the_name_of_the_file() -> None:
    columns = ["person_id", "project_id", "work_date", "worked_hours", "start_date"]
    assert recognise("projects.csv", columns, "timesheets").name == "timesheets"
    assert recognise("projects.csv", columns).name == "projects"


def test_columns_of_no_table_and_no_columns_at_all_are_refused() -> None:
    for columns in ([], ["a", "b"], [f"c{n}" for n in range(500)]):
        with pytest.raises(ImportRefusedError, match="--as"):
            recognise("timesheets.csv", columns)


def test_a_column_that_stands_twice_is_refused_unless_nobody_reads_it() -> None:
    with pytest.raises(ImportRefusedError, match="person_id twice"):
        recognise("leave.csv", ["person_id", "Person ID", "leave_date"])
    assert recognise("leave.csv", ["person_id", "leave_date", "x", "X"]).name == "leave"
