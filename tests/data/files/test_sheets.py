from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from data.files import TextTable, UnreadableFile
from tests.data.files.helpers import problem_of, problem_of_bytes, read_all, read_one, rows, scratch_of

if TYPE_CHECKING:
    from pathlib import Path

Cells = list[list[object]]
TIMESHEET: Cells = [
    ["person_id", "work_date", "worked_hours", "is_onsite"],
    ["ana", dt.date(2026, 4, 1), 7.5, True],
    ["张三", dt.date(2026, 4, 2), 8, False],
]


def xlsx(path: Path, **sheets: Cells) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    book.save(path)
    return path


def xls(path: Path, cells: Cells) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Hours")
    as_date = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            style = as_date if isinstance(value, dt.date) else xlwt.Style.default_style
            sheet.write(row, column, value, style)
    book.save(str(path))
    return path


def ods_cell(value: object) -> TableCell:
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue="true" if value else "false")
    if isinstance(value, dt.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def ods(path: Path, cells: Cells, **repeats: str) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Hours")
    document.spreadsheet.addElement(table)
    for values in cells:
        row = TableRow(**repeats)
        table.addElement(row)
        for value in values:
            row.addElement(ods_cell(value))
    document.save(str(path))
    return path


def test_the_three_kinds_of_workbook_give_the_same_rows(tmp_path: Path) -> None:
    expected = [
        (2, "ana", "2026-04-01", "7.5", "true"),
        (3, "张三", "2026-04-02", "8", "false"),
    ]
    paths = [
        xlsx(tmp_path / "a.xlsx", Hours=TIMESHEET),
        xls(tmp_path / "a.xls", TIMESHEET),
        ods(tmp_path / "a.ods", TIMESHEET),
    ]
    for path in paths:
        table = read_one(path, scratch_of(tmp_path))
        assert (table.sheet, table.header_line) == ("Hours", 1)
        assert rows(table) == expected


def test_cells_are_written_as_a_person_sees_them(tmp_path: Path) -> None:
    values: dict[str, tuple[object, str | None]] = {
        "whole": (12.0, "12"),
        "long id": (123456789012345, "123456789012345"),
        "sum": (0.1 + 0.2, "0.3"),
        "small": (0.00001, "0.00001"),
        "text number": ("007", "007"),
        "moment": (dt.datetime(2026, 4, 1, 9, 30), "2026-04-01 09:30:00"),  # noqa: DTZ001 - sheets know no zone
        "date": (dt.date(2026, 4, 1), "2026-04-01"),
        "clock": (dt.time(9, 5), "9:05:00"),
        "duration": (dt.timedelta(hours=26, minutes=30), "26:30:00"),
        "yes": (True, "true"),
        "blank": ("  ", None),
    }
    cells: Cells = [list(values), [value for value, _ in values.values()]]
    table = read_one(xlsx(tmp_path / "a.xlsx", Sheet=cells), scratch_of(tmp_path))
    assert rows(table) == [(2, *(text for _, text in values.values()))]


def test_errors_keep_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "R&D"
    for place, value in {"B2": "a", "C2": "b", "B3": 1, "C3": "#REF!", "B4": "#N/A", "C4": 2}.items():
        sheet[place] = value
    sheet["C3"].data_type = sheet["B4"].data_type = "e"
    book.save(path)
    table = read_one(path, scratch_of(tmp_path))
    assert rows(table) == [(3, "1", "#REF!"), (4, "#N/A", "2")]


def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place, value in {"C4": "a", "D4": "b", "C6": 1, "D6": 2, "C9": 3}.items():
        sheet[place] = value
    book.save(path)
    table = read_one(path, scratch_of(tmp_path))
    assert (table.header_line, table.columns) == (4, ("a", "b"))
    assert rows(table) == [(6, "1", "2"), (9, "3", None)]


def test_each_visible_sheet_with_cells_is_a_table(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", One=[["a"], [1]], Empty=[], Two=[["b"], [2]], Secret=[["c"], [3]])
    book = openpyxl.load_workbook(path)
    book["Secret"].sheet_state = "hidden"
    book.save(path)
    tables = [table for table in read_all(path, scratch_of(tmp_path)) if isinstance(table, TextTable)]
    assert [table.sheet for table in tables] == ["One", "Two"]
    assert len({table.content_sha256 for table in tables}) == 2


def test_one_bad_sheet_does_not_stop_the_others(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", Good=[["a"], [1]], Bad=[["b", "B"], [2, 3]])
    good, bad = read_all(path, scratch_of(tmp_path))
    assert isinstance(good, TextTable)
    assert isinstance(bad, UnreadableFile)
    assert bad.file_name == "a.xlsx › Bad"


def test_a_workbook_with_one_bad_sheet_only_is_a_problem(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", Bad=[["b", "B"], [2, 3]])
    assert "twice" in problem_of(path, scratch_of(tmp_path)).what


def test_a_workbook_without_cells_is_called_so(tmp_path: Path) -> None:
    assert "no visible sheet" in problem_of(xlsx(tmp_path / "a.xlsx", Empty=[]), scratch_of(tmp_path)).what


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_truncated_workbook_is_called_damaged_or_read(tmp_path: Path, ending: str, share: float) -> None:
    cells = TIMESHEET * 200
    makers = {"xlsx": lambda path: xlsx(path, Hours=cells), "ods": lambda path: ods(path, cells)}
    path = tmp_path / f"a.{ending}"
    makers.get(ending, lambda path: xls(path, cells))(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged" in problem_of(path, scratch_of(tmp_path)).what


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_text_with_the_ending_of_a_workbook_is_called_text(tmp_path: Path, ending: str) -> None:
    problem = problem_of_bytes(tmp_path, b"a\tb\n1\t2\n", f"a.{ending}")
    assert f"the ending .{ending} says workbook, but the file is text" in problem.what
    assert ".csv" in problem.advice


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert problem_of_bytes(tmp_path, packed.getvalue(), "a.xlsx").what


def test_a_password_is_named(tmp_path: Path) -> None:
    # An encrypted XLSX is an OLE container with a stream of this name.
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "protected by a password" in problem_of_bytes(tmp_path, content, "a.xlsx").what


def test_an_empty_workbook_file_is_called_empty(tmp_path: Path) -> None:
    assert "empty (0 bytes)" in problem_of_bytes(tmp_path, b"", "a.xlsx").what


def test_the_lock_file_of_excel_is_named(tmp_path: Path) -> None:
    assert "lock file" in problem_of_bytes(tmp_path, b"\x05user", "~$a.xlsx").what


def test_two_cells_in_far_corners_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", Far=[["a"]])
    book = openpyxl.load_workbook(path)
    book["Far"]["XFD1048576"] = "b"
    book.save(path)
    assert "17,179,869,184 cells" in problem_of(path, scratch_of(tmp_path)).what


def test_repeated_cells_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", [["x"] * 20], numberrowsrepeated="1000000")
    assert "20,000,000 cells" in problem_of(path, scratch_of(tmp_path)).what


def test_repeated_empty_rows_at_the_end_cost_nothing(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Hours")
    document.spreadsheet.addElement(table)
    for values in (["a", "b"], ["1", "2"]):
        row = TableRow()
        table.addElement(row)
        for value in values:
            row.addElement(ods_cell(value))
    rest = TableRow(numberrowsrepeated="1048574")
    rest.addElement(TableCell(numbercolumnsrepeated="16384"))
    table.addElement(rest)
    document.save(str(tmp_path / "a.ods"))
    assert rows(read_one(tmp_path / "a.ods", scratch_of(tmp_path))) == [(2, "1", "2")]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.files.sheet_guard.MAX_WORKBOOK_BYTES", 1000)
    path = xlsx(tmp_path / "a.xlsx", Hours=TIMESHEET)
    assert "unpacks to more" in problem_of(path, scratch_of(tmp_path)).what


def test_a_workbook_whose_directory_points_before_its_beginning_is_told_not_raised(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", Hours=TIMESHEET * 20)
    path.write_bytes(misplaced(path.read_bytes()))
    assert "damaged" in problem_of(path, scratch_of(tmp_path)).what


def misplaced(content: bytes) -> bytes:
    """Say in a zip's last record that its directory begins later than it does, so that every part lies too early."""
    place = content.rindex(b"PK\x05\x06") + 16
    told = int.from_bytes(content[place : place + 4], "little") + 40
    return content[:place] + told.to_bytes(4, "little") + content[place + 4 :]
