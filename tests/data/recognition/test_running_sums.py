"""Rows that repeat the sum of the rows above are no entries, with or without a word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.data.recognition.helpers import inspect_rows, read_rows, tokens

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Date", "Employee", "Project", "Hours")


def total(rows: list[dict[str, object]]) -> float:
    return sum(float(str(row["worked_hours"])) for row in rows)


def test_day_sums_without_a_word_are_left_out_and_never_filled_down(tmp_path: Path) -> None:
    rows = [HEADER, ("2026-03-02", "Anna", "Alpha", 4), ("2026-03-02", "Bo", "Alpha", 3), ("2026-03-02", "", "", 7)]
    rows += [("2026-03-03", "Anna", "Alpha", 5), ("2026-03-03", "Bo", "Alpha", 4), ("2026-03-03", "", "", 9)]
    assert total(read_rows(tmp_path, rows)) == 16


def test_sums_of_each_person_and_of_all_are_left_out(tmp_path: Path) -> None:
    rows = [HEADER, ("2026-03-02", "Anna", "Alpha", 4), ("2026-03-03", "Anna", "Beta", 3), ("", "Anna", "", 7)]
    rows += [
        ("2026-03-02", "Bo", "Alpha", 5),
        ("2026-03-03", "Bo", "Beta", 4.5),
        ("", "Bo", "", 9.5),
        ("", "", "", 16.5),
    ]
    assert total(read_rows(tmp_path, rows)) == 16.5


def test_a_title_between_dashes_with_the_sum_of_its_day_is_no_person(tmp_path: Path) -> None:
    rows = [("User", "Date", "Project", "Issue", "Time Spent", "Started")]
    for day in range(2, 7):
        rows.append(("Max Muster", f"{day:02}.03.2026", "ERP", f"ERP-{day}", f"{day}h 30m", f"2026-03-{day:02} 09:00"))
        rows.append((f"--- Max Muster - {day:02}.03.2026 ---", f"{day:02}.03.2026", "", "", f"{day}h 30m", ""))
    found = read_rows(tmp_path, rows)
    assert {row["person_id"] for row in found} == {"Max Muster"}
    assert len(found) == 5


def test_rows_without_a_project_that_are_no_sums_are_not_filled_down(tmp_path: Path) -> None:
    rows = [HEADER, *((f"2026-03-{day:02}", "Anna", "Alpha" if day % 3 else "", 8) for day in range(2, 12))]
    found = read_rows(tmp_path, rows)
    assert sum(1 for row in found if row["project_id"] is None) == 3


def test_children_of_a_parent_row_are_still_filled_down(tmp_path: Path) -> None:
    rows = [("Employee", "Date", "Project", "Task", "Hours"), ("Anna", "2026-03-02", "Alpha", "Setup", 4)]
    rows += [
        ("", "2026-03-03", "Alpha", "Test", 3),
        ("Bo", "2026-03-02", "Beta", "Setup", 5),
        ("", "2026-03-03", "Beta", "Docs", 2),
    ]
    found = inspect_rows(tmp_path, rows)
    assert not tokens(found)
    assert {row["person_id"] for row in read_rows(tmp_path, rows)} == {"Anna", "Bo"}
