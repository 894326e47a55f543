"""Layouts of small firms: several tables on a sheet, projects as columns, a sheet a month, letters of a planner."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.data.recognition.helpers import cells_of, inspect_all, inspect_one, tokens, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Date", "Engineer", "Project", "Hours")


def days(first: int, last: int) -> list[tuple[object, ...]]:
    return [(dt.date(2026, 3, n), ("Anna Berg", "Bo Carl")[n % 2], "Alpha", 8) for n in range(first, last)]


def test_a_plan_below_the_hours_is_left_out_and_said(tmp_path: Path) -> None:
    rows = [HEADER, *days(2, 8), (), ("Planned for next week",), HEADER, *days(16, 20)]
    path = write_xlsx(tmp_path, {"Team": rows})
    found = inspect_one(path)
    assert {row["work_date"][:10] for row in cells_of(path, found)} == {f"2026-03-{n:02}" for n in range(2, 8)}
    assert any("plan" in word and "11-" in word for word in found.words)


def test_another_table_below_is_taken_in_beside_the_first(tmp_path: Path) -> None:
    away = [
        ("Anna Berg", dt.date(2026, 3, 16), dt.date(2026, 3, 17), 2),
        ("Bo Carl", dt.date(2026, 3, 20), dt.date(2026, 3, 20), 1),
    ]
    rows = [
        ("Worked time",),
        HEADER,
        *days(2, 8),
        (),
        (),
        ("Absences",),
        ("Engineer", "Leave from", "Leave to", "Days"),
        *away,
    ]
    path = write_xlsx(tmp_path, {"Team": rows})
    found = inspect_one(path)
    assert len(cells_of(path, found)) == 6
    (feed,) = found.also_feeds
    assert (feed.table, len(cells_of(path, found, feed.recipe))) == ("leave", 3)


def test_titles_of_groups_are_their_projects(tmp_path: Path) -> None:
    header = ("Name", "Person", "Status", "Date", "Time tracking")

    def group(title: str) -> list[tuple[object, ...]]:
        tasks = [
            (f"Task {n}", ("Ada Lin", "Ben Ott")[n % 2], "Done", dt.date(2026, 3, 2 + n), "2:30:00") for n in range(4)
        ]
        return [(title,), header, *tasks, ("", "", "", "", "10:00:00"), ()]

    path = write_xlsx(tmp_path, {"board": [("Delivery board",), (), *group("ERP North"), *group("WMS South")]})
    found = inspect_one(path)
    assert not tokens(found)
    projects = [row["project_id"] for row in cells_of(path, found) if row["person_id"]]
    assert (projects.count("ERP North"), projects.count("WMS South")) == (4, 4)


def test_projects_as_columns_are_read_where_a_column_of_sums_proves_them(tmp_path: Path) -> None:
    rows = [("Datum", "Name", "Alpha ERP", "Beta WMS", "Intern", "Summe", "Bemerkung")]
    rows += [("2026-03-02", "Anna Berg", "4", "", "3.5", "7.5", ""), ("2026-03-02", "Bo Carl", "8", "", "", "8", "")]
    rows += [("2026-03-03", "Anna Berg", "", "6", "2", "8", "x"), ("2026-03-03", "Bo Carl", "4", "3.5", "", "7.5", "")]
    path = write_csv(tmp_path, rows)
    found = inspect_one(path)
    assert not tokens(found)
    made = {
        (row["person_id"], row["project_id"], row["work_date"]): float(row["worked_hours"])
        for row in cells_of(path, found)
    }
    assert made["Anna Berg", "Intern", "2026-03-02"] == 3.5
    assert sum(made.values()) == 31


def test_projects_as_columns_are_asked_about_without_a_proof_and_the_answer_works(tmp_path: Path) -> None:
    rows = [("Date", "Employee", "Alpha", "Beta"), *((f"2026-03-{n:02}", "Anna Berg", "4", "3.5") for n in range(2, 7))]
    path = write_csv(tmp_path, rows)
    assert "rows.projects" in tokens(inspect_one(path, table="timesheets"))
    found = inspect_one(path, table="timesheets", **{"rows.projects": "take"})
    assert {row["project_id"] for row in cells_of(path, found)} == {"Alpha", "Beta"}


def test_projects_under_one_label_over_two_rows_are_columns_of_projects(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("实施部2026年3月工时统计表",),
        ("日期", "姓名", "项目工时（小时）", "", "合计", "备注"),
        ("", "", "东区医院HIS", "仓储WMS", "", ""),
    ]
    rows += [
        ("2026-03-02", "王小明", 4, 3.5, 7.5, ""),
        ("2026-03-02", "李雪", 8, "", 8, ""),
        ("2026-03-03", "王小明", "", 6, 6, ""),
    ]
    path = write_xlsx(tmp_path, {"工时": rows})
    found = inspect_one(path)
    assert not tokens(found)
    assert {row["project_id"] for row in cells_of(path, found)} == {"东区医院HIS", "仓储WMS"}


def test_a_sheet_a_month_has_its_person_and_month_above_the_table(tmp_path: Path) -> None:
    def month(number: int) -> list[tuple[object, ...]]:
        title = [("Mitarbeiter:", "Anna Berg"), ("Monat:", dt.date(2026, number, 1)), ()]
        return [*title, ("Tag", "Projekt", "Stunden", "Notiz"), *((n, "Alpha", 8, "") for n in range(5, 12))]

    path = write_xlsx(tmp_path, {"Jan 26": month(1), "Feb 26": month(2)})
    first, second = inspect_all(path)
    assert not tokens(first)
    assert not tokens(second)
    row = cells_of(path, second)[0]
    assert (row["person_id"], row["work_date"]) == ("Anna Berg", "2026-02-05")


def test_a_sheet_without_a_month_asks_for_it(tmp_path: Path) -> None:
    rows = [("Tag", "Projekt", "Mitarbeiter", "Stunden"), *((n, "Alpha", "Anna", 8) for n in range(5, 12))]
    path = write_xlsx(tmp_path, {"Tabelle1": rows}, name="zeiten.xlsx")
    assert "month" in tokens(inspect_one(path))
    assert cells_of(path, inspect_one(path, month="2026-04"))[0]["work_date"] == "2026-04-05"


def test_letters_of_a_planner_are_confirmed_once_by_their_legend(tmp_path: Path) -> None:
    header = ("Name", *range(1, 32))
    anna = ("Anna Berg", "", "U", "U", *[""] * 28)
    bo = ("Bo Carl", *[""] * 9, "K", "HO", *[""] * 20)
    rows = [("Urlaubsplan März 2026",), (), header, anna, bo, (), ("U = Urlaub, K = krank, HO = Homeoffice",)]
    path = write_xlsx(tmp_path, {"März 2026": rows})
    found = inspect_one(path)
    assert (found.table, tokens(found)) == ("leave", ["rows.letters"])
    sure = inspect_one(path, **{"rows.letters": "take"})
    made = sorted((row["person_id"], row["leave_date"]) for row in cells_of(path, sure))
    assert made == [("Anna Berg", "2026-03-02"), ("Anna Berg", "2026-03-03"), ("Bo Carl", "2026-03-10")]


def test_days_that_a_spreadsheet_swapped_are_turned_back_and_said(tmp_path: Path) -> None:
    swapped = [(dt.date(2026, day, 3), "Anna Berg", "Alpha", 8) for day in range(5, 13)]
    texts = [(f"{day}/03/2026", "Anna Berg", "Alpha", 8) for day in range(13, 18)]
    path = write_xlsx(tmp_path, {"Sheet": [HEADER, *swapped, *texts]})
    found = inspect_one(path)
    assert sorted(row["work_date"] for row in cells_of(path, found)) == [f"2026-03-{day:02}" for day in range(5, 18)]
    assert any("turned round" in word for word in found.words)


def test_days_of_a_year_that_are_real_are_not_turned(tmp_path: Path) -> None:
    rows = [(dt.date(2026, month, 3), "Anna Berg", "Alpha", 8) for month in range(1, 11)]
    path = write_xlsx(tmp_path, {"Sheet": [HEADER, *rows]})
    assert {row["work_date"][8:10] for row in cells_of(path, inspect_one(path))} == {"03"}


def test_a_sheet_can_be_left_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADER, *days(2, 8)])
    found = inspect_one(path, table="out")
    assert (found.table, found.is_left_out, found.questions) == ("", True, ())
