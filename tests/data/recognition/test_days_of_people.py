"""Days as people and systems write them: with weekdays, without a separator of their own, with months in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import cells_of, inspect_one, inspect_rows, read_rows, tokens, write_csv

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Employee", "Project", "Date", "Hours")


def days_of(folder: Path, *cells: str) -> list[str]:
    made = read_rows(folder, [HEADER, *[(f"p{n}", "p1", cell, "7.5") for n, cell in enumerate(cells)]])
    return [str(row["work_date"]) for row in sorted(made, key=lambda row: int(row["line_number"]))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mon 3/2/26", "Fri 3/13/26"),
        ("Mo 02.03.26", "Fr 13.03.26"),
        ("02.03.2026 (Mo)", "13.03.2026 (Fr)"),
        ("2026/03/02(月)", "2026/03/13(金)"),
        ("2026-03-02 星期一", "2026-03-13 星期五"),
        ("26-03-02 星期一", "26-03-13 星期五"),
        ("Mon, 2 Mar 2026", "Fri, 13 Mar 2026"),
        ("March 2nd, 2026", "March 13th, 2026"),
        ("11.Mär.26".replace("11", "02"), "13.Mär.26"),
        ("2 de março de 2026", "13 de março de 2026"),
        ("2 марта 2026 г.", "13 марта 2026 г."),
        ("20260302", "20260313"),
    ],
)
def test_a_day_is_read_with_the_words_around_it(first: str, second: str, tmp_path: Path) -> None:
    assert days_of(tmp_path, first, second) == ["2026-03-02", "2026-03-13"]


def test_a_weekday_tells_the_day_from_the_month(tmp_path: Path) -> None:
    assert days_of(tmp_path, "Mon 3/2/26", "Tue 3/3/26") == ["2026-03-02", "2026-03-03"]
    assert days_of(tmp_path, "Tue 3/2/26", "Tue 3/3/26") == ["2026-02-03", "2026-03-03"]


def test_weekdays_that_fit_no_order_tell_nothing(tmp_path: Path) -> None:
    rows = [HEADER, ("ana", "p1", "Sun 3/4/26", "7"), ("ben", "p1", "Sun 5/6/26", "7")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["date_order"]


def test_a_year_first_without_weekdays_is_asked_about(tmp_path: Path) -> None:
    rows = [HEADER, ("ana", "p1", "26-03-02", "7"), ("ben", "p1", "26-03-13", "7")]
    found = inspect_rows(tmp_path, rows)
    assert tokens(found) == ["date_order"]
    assert found.questions[0].options == ("ymd", "dmy")


def test_numbers_of_eight_digits_are_people_unless_they_are_days(tmp_path: Path) -> None:
    rows = [("Pers.No.", "Project", "Date", "Hours"), ("00001234", "p1", "2026-03-02", "7")]
    assert inspect_rows(tmp_path, rows).mapping["Pers.No."] == "person_id"


def test_moments_of_a_script_keep_their_zone(tmp_path: Path) -> None:
    header = ("Issue key", "Summary", "Project", "Created")
    made = read_rows(tmp_path, [header, ("A-1", "x", "p", "Mon Mar 02 2026 01:15:00 GMT+0200 (Eastern European)")])
    assert made[0]["raised_at"] == "2026-03-02 01:15:00+02:00"


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("March 2, 2026 → March 4, 2026", "2026-03-02", "2026-03-04"),
        ("02.03. - 06.03.2026", "2026-03-02", "2026-03-06"),
        ("30.12. – 02.01.2027", "2026-12-30", "2027-01-02"),
        ("2026-04-01 ~ 04-03", "2026-04-01", "2026-04-03"),
    ],
)
def test_a_range_in_one_cell_is_a_first_and_a_last_day(cell: str, first: str, last: str, tmp_path: Path) -> None:
    header = ("Traveller", "Travel dates", "Destination", "Transport")
    (made,) = read_rows(tmp_path, [header, ("ana", cell, "Oslo", "Train")])
    assert (made["departed_at"][:10], made["returned_at"][:10]) == (first, last)


def test_a_sign_behind_a_number_is_a_correction(tmp_path: Path) -> None:
    rows = [HEADER, ("ana", "p1", "02.03.2026", "7,50"), ("ana", "p1", "13.03.2026", "1,00-")]
    path = write_csv(tmp_path, rows, delimiter=";")
    assert sorted(float(row["worked_hours"]) for row in cells_of(path, inspect_one(path))) == [-1.0, 7.5]
