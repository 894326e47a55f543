"""The header is found below titles, over two rows, among sums and repeated headers; line numbers stay true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.recognition.helpers import (
    cells_of,
    inspect_all,
    inspect_one,
    inspect_rows,
    targets,
    tokens,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ("Employee", "Project", "Date", "Hours")
ROWS = (("ana", "p1", "2026-03-02", "7.5"), ("ben", "p1", "2026-03-03", "4"), ("ana", "p2", "2026-03-03", "3.5"))


def test_a_title_and_a_note_above_the_header_are_passed_over(tmp_path: Path) -> None:
    rows = [("Hours of March",), ("Made on: 2026-04-01",), (), HEADER, *ROWS]
    path = write_csv(tmp_path, rows)
    found = inspect_one(path)
    assert found.header_row == 4
    assert [row["line_number"] for row in cells_of(path, found)] == [5, 6, 7]


def test_a_title_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path, [("Stunden, März",), ("Mitarbeiter", "Projekt", "Datum", "Stunden"), *ROWS], delimiter=";"
    )
    found = inspect_one(path)
    assert (found.delimiter, found.header_row, found.table) == (";", 2, "timesheets")
    assert len(cells_of(path, found)) == 3


def test_rows_of_sums_are_left_out_and_named(tmp_path: Path) -> None:
    for word in ("Total", "合计", "Summe", "Итого", "合計", "Gesamt:"):
        path = write_csv(tmp_path / word.strip(":"), [HEADER, *ROWS, (word, "", "", "15")])
        found = inspect_one(path)
        assert found.totals_rows == (5,)
        assert len(cells_of(path, found)) == 3


def test_a_client_called_total_is_no_sum(tmp_path: Path) -> None:
    header = ("Date", "Client", "Project", "Employee", "Hours")
    path = write_csv(tmp_path, [header, *[("2026-03-02", "Total", "p1", "ana", "7.5")] * 3])
    found = inspect_one(path)
    assert found.totals_rows == ()
    assert len(cells_of(path, found)) == 3


def test_a_header_that_stands_again_is_left_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADER, ROWS[0], HEADER, ROWS[1]])
    found = inspect_one(path)
    assert found.repeated_header_rows == (3,)
    assert [row["person_id"] for row in cells_of(path, found)] == ["ana", "ben"]


def test_groups_above_the_labels_tell_equal_labels_apart(tmp_path: Path) -> None:
    rows = [
        ("上下班打卡_日报",),
        ("统计时间:2026-04-01 ～ 2026-04-02",),
        ("时间", "姓名", "账号", "基础信息", "", "考勤概况", "", "", "", "异常统计", "", ""),
        (
            "",
            "",
            "",
            "部门",
            "职务",
            "最早",
            "最晚",
            "打卡次数\n(次)",
            "实际工作时长\n(小时)",
            "最早",
            "最晚",
            "异常合计(次)",
        ),
        ("2026-04-01", "王伟", "ww", "实施", "顾问", "09:00", "18:00", "2次", "8", "--", "--", "0"),
        ("2026-04-02", "王伟", "ww", "实施", "顾问", "09:00", "次日 01:30", "2次", "15.5", "--", "--", "0"),
    ]
    path = write_xlsx(tmp_path, {"概况统计与打卡明细": rows})
    found = inspect_one(path, project_id="attendance")
    assert (found.header_row, found.header_rows, found.system) == (4, 2, "WeCom")
    assert targets(found)["考勤概况 / 最早"] == "started_at"
    made = cells_of(path, found)
    assert [(row["line_number"], row["worked_hours"]) for row in made] == [(5, "8"), (6, "15.5")]
    assert made[1]["ended_at"] == "2026-04-03 01:30:00"


def test_repeated_labels_are_numbered_as_the_reader_numbers_them(tmp_path: Path) -> None:
    header = ("Issue key", "Summary", "Project key", "Created", "Labels", "Labels", "Watchers", "watchers")
    path = write_csv(tmp_path, [header, ("A-1", "x", "A", "2026-03-02", "u", "v", "w", "z")])
    found = inspect_one(path)
    assert found.columns[4:] == ("Labels", "Labels (2)", "Watchers", "watchers (2)")
    assert cells_of(path, found)[0]["change_request_id"] == "A-1"


def test_each_sheet_is_understood_by_itself(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[str, ...]]] = {
        "Labor": [("Cost report",), (), (*HEADER, "Comment"), *[(*row, "") for row in ROWS], ("", "", "", "15", "")],
        "Trips": [
            ("Employee", "Departure date", "Return date", "Destination"),
            ("ana", "2026-03-02", "2026-03-04", "Rom"),
        ],
        "Notes": [("Read me",)],
    }
    labor, trips, *rest = inspect_all(write_xlsx(tmp_path, sheets))
    assert (labor.table, labor.header_row, trips.table) == ("timesheets", 3, "trips")
    assert [one.table for one in rest] == [""]


def test_a_sum_without_a_word_is_left_out(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [HEADER, *ROWS, ("", "", "", "15")])
    assert len(cells_of(path, inspect_one(path))) == 3


def test_line_breaks_and_full_width_signs_in_labels_do_no_harm(tmp_path: Path) -> None:
    found = inspect_rows(
        tmp_path, [("姓\n名", "项目　名称", "日期", "工时\n（小时）"), ("王伟", "上线", "2026-03-02", "7.5")]
    )
    assert list(targets(found).values()) == ["person_id", "project_id", "work_date", "worked_hours"]


def test_a_file_that_is_no_table_of_ours_says_so(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [("Colour", "Weight", "Shape"), ("red", "3", "round")])
    assert (found.table, found.recipe) == ("", None)
    assert tokens(found) == ["table"]


def test_a_header_behind_a_comment_line_with_separators_is_found(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [("Report: hours, all people", "March"), HEADER, *ROWS])
    assert inspect_one(path).header_row == 2


def test_raised_digits_are_no_days_and_no_traceback(tmp_path: Path) -> None:
    rows = [("User", "Project", "Date", "Hours"), ("ana", "5³00", "²", "7"), ("ben", "p", "2026-03-13", "8")]
    assert inspect_rows(tmp_path, rows).table in ("timesheets", "")


@pytest.mark.parametrize("cell", ["nan", "inf", "-Infinity", "1e999"])
def test_what_computers_write_for_no_number_is_a_text_and_no_traceback(tmp_path: Path, cell: str) -> None:
    rows = [("User", "Project", "Date", "Hours"), ("ana", "p", "2026-03-12", cell), ("ben", "p", "2026-03-13", "8")]
    seen = inspect_rows(tmp_path, rows)
    assert seen.table == "timesheets"
