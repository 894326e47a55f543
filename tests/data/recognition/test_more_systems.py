"""Further systems and languages: approvals, expenses, issues in other languages, columns that can be two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import inspect_rows, read_rows, targets, tokens

if TYPE_CHECKING:
    from pathlib import Path


def test_an_approved_trip_with_half_days_is_no_work(tmp_path: Path) -> None:
    header = ("申请人", "审批编号", "提交时间", "审批状态", "出差地点", "开始时间", "结束时间", "时长(天)", "交通工具")
    rows = [
        ("王伟", "BT1", "2026-03-28 10:00", "已通过", "成都", "2026/4/1 上午", "2026/4/3 下午", "3", "飞机"),
        ("李敏", "BT2", "2026-03-28 10:00", "已驳回", "成都", "2026/4/11 上午", "2026/4/13 下午", "3", "飞机"),
    ]
    assert inspect_rows(tmp_path, [header, *rows]).table == "trips"
    (made,) = read_rows(tmp_path, [header, *rows])
    assert (made["trip_id"], made["departed_at"], made["returned_at"]) == (
        *("BT1", "2026-04-01 00:00:00", "2026-04-03 18:00:00"),
    )


def test_pieces_of_an_expense_are_no_hours(tmp_path: Path) -> None:
    header = ("Expense Date", "Category", "Employee", "Expense Report", "Paid By", "Quantity", "Total", "Currency")
    found = inspect_rows(tmp_path, [header, ("2026-03-02", "Hotel", "Ana", "Leipzig", "Employee", "3", "320", "EUR")])
    assert (found.system, found.table) == ("Odoo", "trips")
    assert "Quantity" not in found.mapping
    assert "returned_at" in tokens(found)


def test_a_quantity_of_hours_is_hours(tmp_path: Path) -> None:
    rows = [("Employee", "Project", "Date", "Quantity (Hours)"), ("ana", "p1", "2026-03-02", "7.5")]
    assert targets(inspect_rows(tmp_path, rows))["Quantity (Hours)"] == "worked_hours"


@pytest.mark.parametrize(
    ("header", "created", "day"),
    [
        (
            ("Résumé", "Clé de ticket", "Type de ticket", "État", "Clé de projet", "Création", "Estimation initiale"),
            *("02/août/26 3:26 PM", "2026-08-02 15:26:00"),
        ),
        (
            ("Тема", "Ключ задачи", "Тип задачи", "Статус", "Ключ проекта", "Создано", "Первоначальная оценка"),
            *("02/мар/26 3:26 PM", "2026-03-02 15:26:00"),
        ),
        (
            ("概要", "问题关键字", "问题类型", "状态", "项目关键字", "已创建", "初始预估"),
            *("02/三月/26 3:26 下午", "2026-03-02 15:26:00"),
        ),
        (
            ("Summary", "Work item key", "Work type", "Status", "Project key", "Created", "Original estimate"),
            *("2/Mar/26 3:26 PM", "2026-03-02 15:26:00"),
        ),
    ],
)
def test_jira_is_known_in_other_languages(header: tuple[str, ...], created: str, day: str, tmp_path: Path) -> None:
    rows = [header, ("x", "ACME-1", "Change", "Done", "ACME", created, "28800")]
    assert inspect_rows(tmp_path, rows).system == "Jira"
    (made,) = read_rows(tmp_path, rows)
    assert (made["change_request_id"], made["raised_at"], float(made["estimated_hours"])) == ("ACME-1", day, 8.0)


def test_money_is_named_without_brackets(tmp_path: Path) -> None:
    header = ("Сотрудник", "Командировка №", "Дата выезда", "Дата возвращения", "Расходы, руб.")
    rows = [header, ("Анна", "1", "02.03.2026", "15.03.2026", "12 500,50")]
    (made,) = read_rows(tmp_path, rows)
    assert (made["trip_id"], made["cost_amount"], made["currency_code"]) == ("1", "12500.5", "RUB")


def test_leave_of_several_days_without_a_last_day_is_asked_about(tmp_path: Path) -> None:
    header = ("Employee", "Leave type", "Start date", "Days")
    assert tokens(inspect_rows(tmp_path, [header, ("ana", "Vacation", "2026-03-02", "3")])) == ["leave_date"]
    assert tokens(inspect_rows(tmp_path, [header, ("ana", "Vacation", "2026-03-02", "1")])) == []


def test_a_list_of_strange_columns_with_people_is_asked_about(tmp_path: Path) -> None:
    header = ("Worker", "Employee ID", "Colour", "Weight", "Shape", "Flavour")
    found = inspect_rows(tmp_path, [header, ("Ana", "1", "red", "heavy", "round", "sweet")])
    assert found.table == "" or tokens(found) == ["table"]


def test_a_column_that_can_be_two_things_is_the_needed_one(tmp_path: Path) -> None:
    header = ("Pers.No.", "Date", "WBS element", "Hours")
    row = ("00001234", "2026-03-02", "P-1001", "7.5")
    assert targets(inspect_rows(tmp_path, [header, row]))["WBS element"] == "project_id"
    both = inspect_rows(tmp_path, [(*header, "Project"), (*row, "Hospital")])
    assert (both.mapping["WBS element"], both.mapping["Project"]) == ("package_id", "project_id")


def test_the_number_of_a_package_is_surer_than_its_name(tmp_path: Path) -> None:
    header = ("Projekt", "AP-Nr.", "Arbeitspaket", "Planstunden", "Start")
    found = inspect_rows(tmp_path, [header, ("Klinikum", "1.1", "Analyse", "40", "02.03.2026")])
    assert (found.mapping["AP-Nr."], "Arbeitspaket" in found.mapping) == ("package_id", False)


def test_people_with_first_and_last_days_may_be_a_list_of_leave(tmp_path: Path) -> None:
    header = ("First name", "Last name", "Email", "Start date", "End date")
    rows = [header, ("Ana", "Weber", "a@x.example", "2026-03-02", "2026-03-04")]
    assert tokens(inspect_rows(tmp_path, rows)) == ["table"]
