"""The readers can be told where the header is; line numbers stay the file's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from data.files import FileProblem, Layout, TextTable, read_tables
from data.files.delimiters import find_delimiter
from data.files.preview import preview_tables
from tests.data.recognition.helpers import scratch_of, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [("Report",), (), ("", "Times", "", "Sick"), ("Who", "In", "Out", "Days"), ("ana", "09:00", "17:00", "1")]


def read(path: Path, layout: Layout, sheet: str = "") -> TextTable:
    (table,) = read_tables(path, scratch_of(path), layouts={(path.name, sheet): layout})
    assert isinstance(table, TextTable)
    return table


def test_a_text_file_is_read_from_its_header_on(tmp_path: Path) -> None:
    table = read(write_csv(tmp_path, ROWS), Layout(4, 1, ","))
    assert table.columns == ("Who", "In", "Out", "Days")
    assert pq.read_table(table.parquet)["line_number"].to_pylist() == [5]


def test_a_sheet_is_read_from_its_header_on(tmp_path: Path) -> None:
    table = read(write_xlsx(tmp_path, {"S": ROWS}), Layout(4, 1), "S")
    assert (table.columns, table.row_count, table.header_line) == (("Who", "In", "Out", "Days"), 1, 4)


def test_labels_that_repeat_get_their_group_or_a_number(tmp_path: Path) -> None:
    rows = [("A", "", "B", ""), ("x", "y", "x", "x"), ("1", "2", "3", "4")]
    assert read(write_csv(tmp_path, rows), Layout(2, 2, ",")).columns == ("A / x", "y", "B / x", "B / x (2)")


def test_a_group_of_a_denied_kind_is_dropped_with_its_columns(tmp_path: Path) -> None:
    rows = [("Who", "Passport", ""), ("", "Number", "Number"), ("ana", "X1", "2026")]
    table = read(write_csv(tmp_path, rows), Layout(2, 2, ","))
    assert table.columns == ("Who",)


def test_a_header_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no header in line 9"):
        read(write_csv(tmp_path, ROWS), Layout(9, 1, ","))


def test_a_byte_order_mark_and_a_separator_line_do_not_shift_lines(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"\xef\xbb\xbfReport\r\nWho;Days\r\nana;1\r\n")
    table = read(path, Layout(2, 1, ";"))
    assert pq.read_table(table.parquet).to_pylist() == [{"line_number": 3, "Who": "ana", "Days": "1"}]


def test_a_large_file_is_looked_at_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Who,Date,Note\n" + "".join(f"p{n},2026-03-02,{'x' * 60}\n" for n in range(120_000)), encoding="utf-8"
    )
    (preview,) = preview_tables(path, scratch_of(path))
    assert not preview.is_whole
    assert preview.further[-1][0] == "p119999"
    assert all(len(cells) == 3 for cells in preview.further)


def test_the_delimiter_is_the_one_of_most_rows() -> None:
    assert find_delimiter("Hours, March\na;b;c\n1,5;2;3\n1,5;2;3\n") == ";"
    assert find_delimiter("a,b\n1,2\n") == ","
