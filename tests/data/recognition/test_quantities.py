"""Hours in every form that people write, and lengths of leave that say less or more than the days between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import inspect_rows, read_rows, tokens

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Date", "Employee", "Project", "Dauer")


def entries(cells: list[str]) -> list[tuple[str, ...]]:
    return [HEADER, *((f"2026-03-{day:02}", "Anna Berg", "Alpha", cell) for day, cell in enumerate(cells, 2))]


def hours(folder: Path, cells: list[str], **answers: str) -> list[float]:
    return [float(row["worked_hours"]) for row in read_rows(folder, entries(cells), **answers)]


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        (["7h30", "8h", "0h45", "1h05"], [7.5, 8, 0.75, 65 / 60]),
        (["0.3125", "0.333333333", "0.270833333", "0.3125"], [7.5, 8, 6.5, 7.5]),
        (["٧٫٥", "٨", "٦٫٢٥"], [7.5, 8, 6.25]),
        (["۷٫۵", "۸", "۶"], [7.5, 8, 6]),
        (["27000000", "28800000", "3600000 ms"], [7.5, 8, 1]),
    ],
)
def test_hours_are_read_as_they_are_meant(cells: list[str], want: list[float], tmp_path: Path) -> None:
    answers = {"unit.Dauer": "milliseconds"} if cells[0] == "27000000" else {}
    assert sorted(hours(tmp_path, cells, **answers)) == pytest.approx(sorted(want), abs=0.01)


def test_numbers_that_can_only_be_minutes_are_asked_about(tmp_path: Path) -> None:
    assert tokens(inspect_rows(tmp_path, entries(["15", "20", "10", "12", "15"]))) == ["unit.Dauer"]


def test_many_days_that_nobody_works_are_minutes_without_a_question(tmp_path: Path) -> None:
    cells = ["18", "12", "24", "10", "15", "20", "12", "10", "18", "24"]
    assert sum(hours(tmp_path, cells)) == pytest.approx(163 / 60, abs=0.001)


def test_entries_of_weeks_are_asked_about_whatever_their_size(tmp_path: Path) -> None:
    days = [
        "2026-01-05",
        "2026-01-12",
        "2026-01-19",
        "2026-01-26",
        "2026-02-02",
        "2026-02-09",
        "2026-02-16",
        "2026-02-23",
    ]
    rows = [
        HEADER,
        *((day, "Anna Berg", "Alpha", cell) for day, cell in zip(days, ["18", "20", "24", "12"] * 2, strict=True)),
    ]
    assert tokens(inspect_rows(tmp_path, rows)) == ["unit.Dauer"]


def test_parts_of_a_day_and_hours_below_one_are_asked_about(tmp_path: Path) -> None:
    assert tokens(inspect_rows(tmp_path, entries(["1", "0.5", "1", "0.25"]))) == ["unit.Dauer"]


def test_regular_hours_and_overtime_add_up(tmp_path: Path) -> None:
    rows = [("Employee", "TransDate", "WBS1", "RegHrs", "OvtHrs"), ("00100", "3/13/2026", "P1000.00", "6.5", "0")]
    rows += [("00101", "3/14/2026", "P2000.00", "8", "1.5")]
    assert [row["worked_hours"] for row in read_rows(tmp_path, rows, table="timesheets")] == ["6.5", "9.5"]


def test_overtime_beside_hours_is_asked_about_and_both_answers_work(tmp_path: Path) -> None:
    rows = [("Datum", "Mitarbeiter", "Projekt", "Stunden", "Überstunden"), ("2026-03-02", "Anna", "Alpha", "8", "1.5")]
    rows += [("2026-03-03", "Anna", "Alpha", "8", "")]
    found = inspect_rows(tmp_path, rows)
    assert found.questions[0].options == ("Stunden", "Stunden+Überstunden")
    for answer, want in zip(found.questions[0].options, (16.0, 17.5), strict=True):
        made = read_rows(tmp_path, rows, worked_hours=answer)
        assert sum(float(row["worked_hours"]) for row in made) == want


def test_no_hours_in_rows_of_another_cost_is_an_answer(tmp_path: Path) -> None:
    rows = [("Date (Spent)", "User", "Activity", "Project", "Units", "Cost type")]
    rows += [
        ("2026-03-02", "Anna Berg", "Dev", "ERP", "8", "Labor"),
        ("2026-03-03", "Anna Berg", "-", "ERP", "2", "Hotel nights"),
    ]
    assert tokens(inspect_rows(tmp_path, rows)) == ["worked_hours"]
    assert [row["worked_hours"] for row in read_rows(tmp_path, rows, worked_hours="no")] == ["8"]


def leave(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [("Employee", "Leave type", "Start date", "End date", "Days"), *rows]


def test_a_weekend_inside_a_leave_is_no_leave_where_its_length_says_so(tmp_path: Path) -> None:
    rows = leave(
        [("Anna", "Vacation", "2026-03-06", "2026-03-09", "2"), ("Bo", "Vacation", "2026-03-02", "2026-03-03", "2")]
    )
    made = read_rows(tmp_path, rows)
    assert sorted(row["leave_date"] for row in made if row["person_id"] == "Anna") == ["2026-03-06", "2026-03-09"]


def test_a_length_that_agrees_with_nothing_is_asked_about(tmp_path: Path) -> None:
    rows = leave(
        [("Anna", "Vacation", "2026-03-02", "2026-03-03", "9"), ("Bo", "Vacation", "2026-03-02", "2026-03-03", "2")]
    )
    assert "rows.lengths" in tokens(inspect_rows(tmp_path, rows))


def test_part_of_a_day_in_a_leave_of_days_asks_how_long_a_day_is_and_counts_on_the_last(tmp_path: Path) -> None:
    rows = leave(
        [("Anna", "Sick", "2026-03-17", "2026-03-18", "1.5"), ("Bo", "Vacation", "2026-03-02", "2026-03-03", "2")]
    )
    assert tokens(inspect_rows(tmp_path, rows)) == ["hours_per_day"]
    made = {
        (row["person_id"], row["leave_date"]): row["leave_hours"]
        for row in read_rows(tmp_path, rows, hours_per_day="8")
    }
    assert made["Anna", "2026-03-18"] == "4.0"
    assert made["Anna", "2026-03-17"] is None


def test_a_day_that_is_none_is_empty(tmp_path: Path) -> None:
    rows = [
        ("Bug编号", "所属项目", "创建日期", "Bug状态", "解决日期"),
        ("501", "东区医院", "2026-03-02", "激活", "0000-00-00"),
    ]
    rows += [("502", "东区医院", "2026-03-03", "已解决", "2026-03-09")]
    made = read_rows(tmp_path, rows, table="change_requests")
    assert not any(str(value).startswith(("?", "0000")) for row in made for value in row.values())
