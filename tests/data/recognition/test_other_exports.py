"""Exports that no author of the recogniser had in mind: what they hold decides, and doubt is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import (
    cells_of,
    inspect_all,
    inspect_one,
    inspect_rows,
    read_rows,
    targets,
    tokens,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

TIMES = ("Name", "Project", "Date", "In", "Out", "Break (min)")


def test_a_break_is_taken_off_the_hours_between_in_and_out(tmp_path: Path) -> None:
    rows = [TIMES, ("Ana", "K", "2026-03-02", "8:00", "16:30", "30"), ("Ben", "K", "2026-03-13", "8:00", "12:00", "")]
    assert sorted(float(row["worked_hours"]) for row in read_rows(tmp_path, rows)) == [4.0, 8.0]


def test_breaks_without_a_unit_are_minutes_or_hours_by_their_size(tmp_path: Path) -> None:
    header = (*TIMES[:5], "Pause")
    for cell, hours in (("30", 8.0), ("0.5", 8.0), ("0:30", 8.0)):
        (made,) = read_rows(tmp_path, [header, ("Ana", "K", "2026-03-02", "8:00", "16:30", cell)])
        assert float(made["worked_hours"]) == hours
    mixed = [
        header,
        ("Ana", "K", "2026-03-02", "8:00", "16:30", "1"),
        ("Ana", "K", "2026-03-03", "8:00", "16:30", "45"),
    ]
    assert tokens(inspect_rows(tmp_path, mixed)) == ["unit.Pause"]


def test_a_sheet_that_counts_kilometres_is_no_work(tmp_path: Path) -> None:
    header = ("Date (Spent)", "User", "Activity", "Logged for (work package)", "Project", "Units", "Cost type", "Costs")
    work = ("2026-03-02", "ana", "Testing", "Task #12: x", "p1", "7.5", "Labor", "450")
    drive = ("2026-03-02", "ana", "-", "Task #12: x", "p1", "120", "Kilometers", "60")
    unknown = ("2026-03-02", "ana", "-", "Task #12: x", "p1", "12", "Widgets", "60")
    path = write_xlsx(tmp_path, {"Labor": [header, work], "Km": [header, drive], "Both": [header, work, drive]})
    labor, km, both = inspect_all(path)
    assert [one.table for one in (labor, km, both)] == ["timesheets", "", "timesheets"]
    assert km.questions == ()
    assert [row["worked_hours"] for row in cells_of(path, both)] == ["7.5"]
    assert tokens(inspect_rows(tmp_path, [header, work, unknown])) == ["worked_hours"]


def test_entries_of_a_parent_keep_days_of_their_own(tmp_path: Path) -> None:
    header = (
        *("ID", "Series", "Employee", "Total Working Hours", "Start Date", "Activity Type (Time Sheets)"),
        *("From Time (Time Sheets)", "Hrs (Time Sheets)", "Project (Time Sheets)"),
    )
    rows = [
        ("TS-1", "TS-", "E1", "11", "2026-03-02", "Training", "2026-03-02 09:00:00", "7", "P1"),
        ("", "", "", "", "", "Support", "2026-03-05 09:00:00", "4", "P1"),
    ]
    assert sorted(str(row["work_date"]) for row in read_rows(tmp_path, [header, *rows])) == ["2026-03-02", "2026-03-05"]


def test_a_refused_request_is_left_out_whichever_column_says_so(tmp_path: Path) -> None:
    header = ("审批状态", "审批结果", "发起人工号", "请假类型", "开始时间", "结束时间")
    rows = [
        ("已完成", "审批通过", "A1", "年假", "2026-04-01", "2026-04-02"),
        ("已完成", "审批拒绝", "A2", "年假", "2026-04-07", "2026-04-07"),
    ]
    assert {row["person_id"] for row in read_rows(tmp_path, [header, *rows])} == {"A1"}


def test_a_number_that_two_trips_share_is_none_of_theirs(tmp_path: Path) -> None:
    header = ("姓名", "出差时间", "出差时长", "出差单位", "关联审批单")
    rows = [
        ("王伟", "2026-04-01 ~ 2026-04-03", "3", "天", "出差单"),
        ("李敏", "2026-04-07 ~ 2026-04-08", "2", "天", "出差单"),
    ]
    assert "trip_id" not in inspect_rows(tmp_path, [header, *rows]).mapping.values()
    unique = [(*row[:4], f"BT{number}") for number, row in enumerate(rows)]
    assert "trip_id" in inspect_rows(tmp_path, [header, *unique]).mapping.values()


def test_what_is_called_a_number_but_is_none_raises_nothing(tmp_path: Path) -> None:
    for cell in ("nan", "inf", "-Infinity", "1e999"):
        rows = [
            ("Employee", "Project", "Date", "Hours"),
            ("ana", "p1", "2026-03-02", cell),
            ("b", "p1", "2026-03-03", "8"),
        ]
        assert inspect_rows(tmp_path, rows).table == "timesheets"


def test_person_days_become_hours(tmp_path: Path) -> None:
    for label in ("投入人天", "Aufwand (PT)", "Person days"):
        rows = [
            ("Consultant", "Project", "Date", label),
            ("ana", "p1", "2026-03-02", "1"),
            ("ben", "p1", "2026-03-13", "0.5"),
        ]
        made = read_rows(tmp_path, rows, table="timesheets")
        assert sorted(float(row["worked_hours"]) for row in made) == [4.0, 8.0], label


def test_days_on_projects_are_not_taken_for_leave(tmp_path: Path) -> None:
    rows = [("Consultant", "Project", "Date", "Days"), ("ana", "p1", "2026-03-02", "1")]
    found = inspect_rows(tmp_path, rows)
    assert found.table == "timesheets" or "table" in tokens(found)


def test_technical_names_with_a_path_are_understood(tmp_path: Path) -> None:
    header = ("date", "employee_id/name", "project_id/name", "task_id/name", "name", "unit_amount")
    found = inspect_rows(tmp_path, [header, ("2026-03-02", "Ana", "Hospital", "Import", "did it", "7.5")])
    assert found.system == "Odoo"
    assert targets(found)["employee_id/name"] == "person_id"
    assert "name" not in found.mapping


def test_points_of_a_backlog_are_no_hours(tmp_path: Path) -> None:
    header = ("ID", "Team", "Title", "Status", "Estimate", "Project", "Creator", "Created", "Triaged", "Canceled")
    row = ("LIN-1", "ERP", "x", "Done", "3", "Hospital", "joe", "2026-03-02", "", "")
    assert "Estimate" not in inspect_rows(tmp_path, [header, row]).mapping


@pytest.mark.parametrize(
    "header",
    [
        ("Projeto", "Data", "Usuário", "Atividade", "Tarefa", "Horas"),
        ("Proyecto", "Fecha", "Usuario", "Actividad", "Petición", "Horas"),
        ("Progetto", "Data", "Utente", "Attività", "Compito", "Ore"),
    ],
)
def test_southern_languages_are_understood(header: tuple[str, ...], tmp_path: Path) -> None:
    rows = [
        header,
        ("p1", "02/03/2026", "João", "Teste", "#12", "7,50"),
        ("p1", "23/03/2026", "Inês", "Teste", "", "4"),
    ]
    path = write_csv(tmp_path, rows, delimiter=";", encoding="cp1252")
    found = inspect_one(path)
    assert found.table == "timesheets"
    assert {found.mapping[name] for name in (header[0], header[1], header[2], header[5])} == {
        *("project_id", "work_date", "person_id", "worked_hours")
    }
    assert sorted(str(row["work_date"]) for row in cells_of(path, found)) == ["2026-03-02", "2026-03-23"]


def test_two_rows_of_labels_with_days_below_a_group_are_one_header(tmp_path: Path) -> None:
    days = [str(number) for number in range(1, 31)]
    rows = [
        ("月度汇总 统计日期：2026-04-01 至 2026-04-30",),
        ("姓名", "考勤组", "工号", "工作时长", "请假", "", "", "考勤结果", *[""] * 29),
        ("", "", "", "", "事假(小时)", "年假(天)", "病假(小时)", *days),
        ("王伟", "默认", "A1", "168小时", "", "", "", *["正常"] * 30),
    ]
    found = inspect_one(write_xlsx(tmp_path, {"S": rows}))
    assert (found.header_row, found.header_rows, found.denied_columns) == (3, 2, ("病假(小时)",))


def test_what_is_never_stored_is_known_in_southern_languages_too(tmp_path: Path) -> None:
    denied = ("Pasaporte", "Fecha de nacimiento", "Teléfono", "Salário", "Motivo de la ausencia", "Cuenta bancaria")
    header = ("Empleado", "Proyecto", "Fecha", "Horas", *denied)
    found = inspect_rows(tmp_path, [header, ("Ana", "p1", "2026-03-02", "8", *["x"] * 6)])
    assert found.denied_columns == denied
