"""Sums and heads of groups are left out, also where no word names them; merged cells are filled down."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from data.recognition.sums import sum_places
from tests.data.recognition.helpers import cells_of, inspect_one, read_rows, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Date", "User", "Project", "Units", "Costs")
ROWS = [("2026-03-02", "ana", "p1", "7,50", "450,00 EUR"), ("2026-03-13", "ben", "p1", "4,00", "240,00 EUR")]


def total(cells: list[dict[str, object]]) -> float:
    return sum(float(str(row["worked_hours"])) for row in cells)


def test_numbers_alone_below_the_columns_are_sums(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADER, *ROWS, ("", "", "", "11,50", "690,00 EUR")], delimiter=";")
    found = inspect_one(path)
    assert found.totals_rows == (4,)
    assert total(cells_of(path, found)) == 11.5


def test_heads_of_groups_with_their_sums_are_left_out(tmp_path: Path) -> None:
    header = ("Date", "Employee", "Project", "Task", "Hours")
    rows = [
        ("Hospital (2)", "", "", "", "11.5"),
        ("2026-03-02", "ana", "Hospital", "Import", "7.5"),
        ("2026-03-03", "ben", "Hospital", "Import", "4"),
        ("CRM (1)", "", "", "", "2"),
        ("2026-03-03", "ben", "CRM", "Import", "2"),
    ]
    path = write_csv(tmp_path, [header, *rows])
    found = inspect_one(path)
    assert found.totals_rows == (2, 5)
    assert total(cells_of(path, found)) == 13.5


def test_sums_of_persons_are_left_out(tmp_path: Path) -> None:
    header = ("Name", "Project", "Date", "Hours")
    rows = [
        ("Ana", "p1", "2026-03-02", "8"),
        ("Ana", "p1", "2026-03-03", "8"),
        ("Ana Total", "", "", "16"),
        ("Ben", "p1", "2026-03-02", "4"),
        ("Ben Total", "", "", "4"),
    ]
    assert total(read_rows(tmp_path, [header, *rows])) == 20


@given(st.lists(st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from(["p1", "p2"]), st.just("8")), max_size=20))
def test_rows_with_a_person_are_never_sums(rows: list[tuple[str, str, str]]) -> None:
    assert sum_places(rows) == []


def test_a_merged_cell_of_a_person_counts_for_its_rows(tmp_path: Path) -> None:
    day = dt.datetime(2026, 3, 2)  # noqa: DTZ001 - Excel knows no zones
    rows = [
        ("Name", "Project", "Date", "Hours"),
        ("Ana", "K", day, 8),
        (None, "K", day, 7),
        (None, "L", day, 6),
        ("Ben", "K", day, 5),
    ]
    path = write_xlsx(tmp_path, {"S": rows})
    found = inspect_one(path)
    assert any("filled down" in words for words in found.words)
    assert sorted(row["person_id"] for row in cells_of(path, found)) == ["Ana", "Ana", "Ana", "Ben"]


def test_a_single_missing_name_is_a_slip(tmp_path: Path) -> None:
    rows = [("Name", "Project", "Date", "Hours"), *[("Ana", "K", "2026-03-02", "8")] * 9, ("", "K", "2026-03-03", "7")]
    assert [row["person_id"] for row in read_rows(tmp_path, rows)].count(None) == 1


def test_pages_of_a_print_fill_nothing_down(tmp_path: Path) -> None:
    header = ("Name", "Project", "Date", "Hours")
    rows = [("Report",), header, ("Ana", "K", "2026-03-02", "8"), ("Page 1 of 2",), ("Report",), header]
    assert total(read_rows(tmp_path, [*rows, ("Ana", "K", "2026-03-03", "8"), ("Page 2 of 2",)])) == 16
