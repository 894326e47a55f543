"""Grids of days: which month, week or year they are of stands in titles, sheets and columns, or is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.recognition.grid_titles import period_of
from tests.data.recognition.helpers import cells_of, inspect_one, inspect_rows, read_rows, tokens, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

WEEK = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]


def week_of(folder: Path, title: str, *columns: str) -> list[str]:
    rows = [(title, ""), ("Employee", "Project", *columns), ("ana", "p1", *["8"] * 5), ("ben", "p1", *["4"] * 5)]
    return sorted({str(row["work_date"]) for row in read_rows(folder, rows)})


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("Timesheet March 2026", "2026-03"),
        ("Stundenübersicht März 2026", "2026-03"),
        ("Arbeitszeiten 2026 Januar", "2026-01"),
        ("Feuille de temps, février 2026", "2026-02"),
        ("Табель за апрель 2026", "2026-04"),
        ("2026年4月工时统计表", "2026-04"),
        ("Month: 03/2026", "2026-03"),
        ("统计日期：2026-04-01 至 2026-04-30", "2026-04"),
    ],
)
def test_a_title_tells_the_month(title: str, month: str) -> None:
    assert period_of([title]).months == {month}


@pytest.mark.parametrize("title", ["Created on 2026-05-04", "Stand: 04.05.2026", "Marketing 2026", "KW 10 2026"])
def test_what_is_no_month_tells_none(title: str) -> None:
    assert period_of([title]).months == frozenset()


def test_a_sheet_called_by_a_month_takes_the_year_of_the_title() -> None:
    assert period_of(["Hours of 2026", "Jan"]).months == {"2026-01"}
    assert period_of(["Jan"]).months == frozenset()


def test_the_day_of_a_report_is_not_the_month_of_its_grid(tmp_path: Path) -> None:
    days = [str(number) for number in range(1, 31)]
    rows = [("Hours",), ("Created on 2026-05-04",), ("Name", "Project", *days), ("ana", "p1", *["8"] * 30)]
    assert tokens(inspect_rows(tmp_path, rows)) == ["month"]


@pytest.mark.parametrize(
    "title", ["Week of 2026-03-02", "Woche 02.03.2026 - 08.03.2026", "KW 10/2026", "Woche ab 02.03.2026"]
)
def test_a_title_tells_the_week(title: str, tmp_path: Path) -> None:
    assert week_of(tmp_path, title, "Mon", "Tue", "Wed", "Thu", "Fri") == WEEK


def test_a_week_that_begins_on_sunday_has_its_sunday_before_monday(tmp_path: Path) -> None:
    found = week_of(tmp_path, "Week of Monday 2026-03-02", "Sun", "Mon", "Tue", "Wed", "Thu")
    assert found == ["2026-03-01", *WEEK[:4]]


@pytest.mark.parametrize(
    "columns",
    [
        ("Mo 02.03.", "Di 03.03.", "Mi 04.03.", "Do 05.03.", "Fr 06.03."),
        ("3/2", "3/3", "3/4", "3/5", "3/6"),
        ("3月2日", "3月3日", "3月4日", "3月5日", "3月6日"),
        ("2 Mar", "3 Mar", "4 Mar", "5 Mar", "6 Mar"),
    ],
)
def test_days_without_a_year_take_the_one_of_the_title(columns: tuple[str, ...], tmp_path: Path) -> None:
    assert week_of(tmp_path, "Hours of 2026", *columns) == WEEK


def test_days_without_any_year_are_asked_about(tmp_path: Path) -> None:
    rows = [("Employee", "Project", "02.03.", "03.03.", "04.03.", "05.03."), ("ana", "p1", "8", "8", "8", "8")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["month"]
    made = read_rows(tmp_path, rows, month="2026-03")
    assert sorted(str(row["work_date"]) for row in made) == WEEK[:4]


def test_the_turn_of_the_year_needs_both_years(tmp_path: Path) -> None:
    columns = ("29.12.", "30.12.", "31.12.", "01.01.", "02.01.")
    assert week_of(tmp_path, "Winter 2025/2026", *columns)[-2:] == ["2026-01-01", "2026-01-02"]
    rows = [("Winter 2026", ""), ("Employee", "Project", *columns), ("ana", "p1", *["8"] * 5)]
    assert tokens(inspect_rows(tmp_path, rows)) == ["month"]


def test_days_that_follow_one_another_tell_their_order(tmp_path: Path) -> None:
    columns = ("03/02/2026", "03/03/2026", "03/04/2026", "03/05/2026", "03/06/2026")
    assert week_of(tmp_path, "Hours", *columns) == WEEK
    jumping = ("01/02/2026", "05/03/2026", "03/07/2026", "02/11/2026")
    rows = [("Employee", "Project", *jumping), ("ana", "p1", "8", "8", "8", "8")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["date_order"]


def test_columns_of_weeks_are_plans_by_their_mondays(tmp_path: Path) -> None:
    rows = [("Ressourcenplanung 2026",), ("Berater", "Projekt", "KW 10", "KW 11", "KW 12"), ("ana", "p1", 40, 32, 8)]
    path = write_xlsx(tmp_path, {"Plan": rows})
    found = inspect_one(path)
    assert found.table == "assignments"
    weeks = sorted(str(row["week_start_date"]) for row in cells_of(path, found))
    assert weeks == ["2026-03-02", "2026-03-09", "2026-03-16"]


def test_weeks_without_a_year_are_asked_about(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [("Consultant", "Project", "W10", "W11", "W12"), ("ana", "p1", "40", "32", "8")])
    assert tokens(inspect_one(path)) == ["month"]
