from __future__ import annotations

import errno
from pathlib import Path

import pytest

from data.contracts import TABLES
from data.files import FileProblem, read_tables
from data.files import blocks as blocks_module
from tests.data.files.helpers import problem_of, problem_of_bytes, read_bytes, read_one, rows, scratch_of


def test_a_plain_file_becomes_rows_of_text_with_line_numbers(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"person_id,work_date,worked_hours\nana,2026-04-01,7.50\nbo,2026-04-02,8\n")
    assert table.columns == ("person_id", "work_date", "worked_hours")
    assert (table.header_line, table.row_count, table.encoding, table.delimiter) == (1, 2, "utf-8", ",")
    assert rows(table) == [(2, "ana", "2026-04-01", "7.50"), (3, "bo", "2026-04-02", "8")]


def test_a_last_line_without_an_end_is_a_row(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"a,b\n1,2\n3,4")) == [(2, "1", "2"), (3, "3", "4")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_understood(tmp_path: Path, end: str) -> None:
    content = end.join(["a,b", "1,2", "", "3,4", ""]).encode()
    assert rows(read_bytes(tmp_path, content)) == [(2, "1", "2"), (4, "3", "4")]


def test_cells_are_trimmed_and_empty_ones_are_null(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, 'a,b,c\n 1 ,\u3000二\u3000,\t\n""," ",x\n'.encode())
    assert rows(table) == [(2, "1", "二", None), (3, None, None, "x")]


def test_rows_without_any_value_are_passed_over_but_counted_as_lines(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"a,b\n\n,\n  \n1,2\n\n3,4\n\n")) == [(5, "1", "2"), (7, "3", "4")]


def test_missing_last_cells_are_null(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"a,b,c\n1\n1,2\n1,2,3\n")
    assert rows(table) == [(2, "1", None, None), (3, "1", "2", None), (4, "1", "2", "3")]
    assert table.malformed == ()


def test_empty_cells_beyond_the_header_are_ignored(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"a,b\n1,2,,\n3,4, ,\n")) == [(2, "1", "2"), (3, "3", "4")]


def test_a_row_wider_than_the_header_is_malformed_and_the_rest_goes_in(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"a,b\n1,2\n1,2,3\n4,5\n")
    assert rows(table) == [(2, "1", "2"), (4, "4", "5")]
    (bad,) = table.malformed
    assert (bad.line_number, bad.text.strip(), bad.reason) == (3, "1,2,3", "has 3 cells where the header has 2")


def test_a_malformed_row_is_not_shown_when_a_column_is_never_stored(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"a,passport number\n1,G123,3\n")
    assert table.dropped_columns == ("passport number",)
    assert "G123" not in table.malformed[0].text


def test_denied_columns_are_not_written(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, "姓名,手机,日期\n张三,13800000000,2026-04-01\n,139,\n".encode())
    assert table.dropped_columns == ("手机",)
    assert rows(table) == [(2, "张三", "2026-04-01")]
    assert b"13800000000" not in table.parquet.read_bytes()


def test_a_file_of_denied_columns_only_is_refused(tmp_path: Path) -> None:
    assert "never stored" in problem_of_bytes(tmp_path, b"phone,passport\n1,2\n").what


def test_quoted_line_breaks_keep_later_line_numbers_right(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b'a,b\n1,"x\ny"\n2,z\n"3\r\n4",w\n5,v\n')
    assert rows(table) == [(2, "1", "x\ny"), (4, "2", "z"), (5, "3\r\n4", "w"), (7, "5", "v")]


def test_doubled_quotes_are_one(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b'a,b\n"say ""hi""",5" pipe\n')) == [(2, 'say "hi"', '5" pipe')]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b'a,b\n1,"x\n2,y\n3,z\n')
    assert rows(table) == [(3, "2", "y"), (4, "3", "z")]
    assert [bad.line_number for bad in table.malformed] == [2]
    assert "quote" in table.malformed[0].reason


def test_a_stray_quote_does_not_swallow_rows_up_to_the_next(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b'a,b\n1,"x\n2,y\n3,"good"\n4,z\n')
    assert rows(table) == [(3, "2", "y"), (4, "3", "good"), (5, "4", "z")]
    assert [bad.line_number for bad in table.malformed] == [2]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "^", "~"])
def test_any_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [["person_id", "work_date", "worked_hours"], ["ana", "2026-04-01", "7.5"], ["bo", "2026-04-02", "8"]]
    table = read_bytes(tmp_path, "\n".join(delimiter.join(line) for line in lines).encode())
    assert (table.delimiter, table.columns) == (delimiter, tuple(lines[0]))


def test_decimal_commas_and_clock_times_are_no_delimiters(tmp_path: Path) -> None:
    content = b"Person;Start;Hours\nana;09:30;7,5\nbo;10:30;8,25\ncy;11:00;6,0\n"
    assert read_bytes(tmp_path, content).delimiter == ";"


def test_commas_inside_quotes_do_not_count(tmp_path: Path) -> None:
    content = b'name;note\n"a";"x, y, z"\n"b";"1, 2, 3"\n"c, d";"4, 5, 6"\n'
    assert read_bytes(tmp_path, content).columns == ("name", "note")


def test_a_single_column_is_a_table_too(tmp_path: Path) -> None:
    assert rows(read_bytes(tmp_path, b"person_id\nana\n\nbo\n")) == [(2, "ana"), (4, "bo")]


def test_header_names_that_we_know_help_to_find_the_delimiter(tmp_path: Path) -> None:
    content = b"Person ID|Work Date|Worked hours, net\na,b|2026-04-01|7,5\n"
    assert read_bytes(tmp_path, content).delimiter == "|"


def test_the_first_line_of_excel_names_the_delimiter(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"sep=;\r\na;b,c\r\n1;2,3\r\n")
    assert (table.header_line, table.columns, rows(table)) == (2, ("a", "b,c"), [(3, "1", "2,3")])


def test_the_first_line_that_is_not_empty_is_the_header(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"\n ,\n\xef\xbb\xbfa , b\n1,2\n")
    assert (table.header_line, table.columns) == (3, ("a", "b"))
    assert rows(table) == [(4, "1", "2")]


def test_a_header_may_hold_line_breaks(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, '姓名,"补卡次数\n(次)"\n张三,1\n'.encode())
    assert table.columns == ("姓名", "补卡次数\n(次)")
    assert rows(table) == [(3, "张三", "1")]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"a,b\n")
    assert (table.row_count, rows(table)) == (0, [])


def test_unnamed_columns_are_kept_where_they_hold_something(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"a,,b,,\n1,,2,x,\n3,,4,,\n")
    assert table.columns == ("a", "b", "column 4")
    assert rows(table) == [(2, "1", "2", "x"), (3, "3", "4", None)]


def test_a_column_of_the_file_may_be_called_line_number(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b"line_number,a\n7,x\n")
    assert rows(table) == [(2, "7", "x")]


def test_a_name_that_occurs_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    problem = problem_of_bytes(tmp_path, b"id,Labels,x,labels \n1,2,3,4\n")
    assert "in column 2 and in column 4" in problem.what
    assert str(problem).startswith("hours.csv: ")
    assert str(problem).endswith(problem.advice)


@pytest.mark.parametrize("content", [b"", b"\n\n", b" , ,\n", b"\xef\xbb\xbf", b"sep=;\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, content: bytes) -> None:
    assert "is empty" in problem_of_bytes(tmp_path, content).what


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "Excel workbook"),
        (b"PK\x03\x04" + b"\0" * 26 + b"hours.csv", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PAR1", "Parquet"),
        (b"\n<!DOCTYPE html><html>", "web page"),
    ],
)
def test_a_renamed_file_is_called_what_it_is(tmp_path: Path, start: bytes, kind: str) -> None:
    assert kind in problem_of_bytes(tmp_path, start + bytes(range(256))).what


def test_binary_zeros_are_named_with_their_line(tmp_path: Path) -> None:
    assert "line 3" in problem_of_bytes(tmp_path, b"a,b\n1,2\n3,\x00\n").what


def test_binary_zeros_late_in_the_file_are_named_with_their_line(tmp_path: Path) -> None:
    content = b"a,b\n" + b"1,2\n" * 600_000 + b"3,\0\n"
    assert "line 600,002" in problem_of_bytes(tmp_path, content).what


def test_a_line_of_ten_gigabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    with path.open("wb") as handle:
        handle.write(b"a,b\n" + b"x" * (2 << 20))
        handle.truncate(10 << 30)
    assert problem_of(path, scratch_of(tmp_path)).what


def test_a_line_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    problem = problem_of_bytes(tmp_path, b"a,b\n1,2\n" + b"x" * (17 << 20))
    assert "line 3 is longer than 16 MB" in problem.what


def test_a_first_line_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    assert "first line" in problem_of_bytes(tmp_path, b"x" * (3 << 20)).what


def test_a_long_line_in_utf16_is_refused(tmp_path: Path) -> None:
    content = "a,b\n1,2\n".encode("utf-16") + ("x" * (17 << 20)).encode("utf-16-le")
    assert "line 3 is longer" in problem_of_bytes(tmp_path, content).what


def test_a_cell_of_a_megabyte_is_read(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, b'a,b\n1,"' + b"x\n" * 500_000 + b'"\n2,y\n')
    assert [row[0] for row in rows(table)] == [2, 500_003]


def test_too_many_malformed_rows_end_the_reading(tmp_path: Path) -> None:
    problem = problem_of_bytes(tmp_path, b"a,b\n" + b"1,2,3\n" * 20_001)
    assert "the first is line 2" in problem.what


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    problem = problem_of(tmp_path / "nothing.csv", tmp_path)
    assert str(problem).startswith("nothing.csv: there is no such file")


def test_a_file_that_grows_while_it_is_read_is_still_being_written(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(b"a,b\n1,2\n")

    def grow(_name: str, _share: float) -> None:
        with path.open("ab") as handle:
            handle.write(b"3,4\n")

    scratch = scratch_of(tmp_path)
    with pytest.raises(FileProblem, match="still being written"):
        list(read_tables(path, scratch, on_progress=grow))
    assert list(scratch.iterdir()) == []


def test_a_file_without_the_right_to_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(b"a,b\n1,2\n")
    real_open = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == path:
            raise PermissionError(errno.EACCES, "no", str(path))
        return real_open(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    assert "refuses to open" in problem_of(path, scratch_of(tmp_path)).what


def test_a_full_disk_is_not_the_files_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(b"a,b\n1,2\n")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("data.files.table.pq.ParquetWriter", fail)
    with pytest.raises(OSError, match="No space left"):
        list(read_tables(path, scratch_of(tmp_path)))


def test_the_hash_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    first = read_bytes(tmp_path, "a,b\n1,é\n".encode())
    again = read_bytes(tmp_path, "a,b\n1,é\n".encode(), "other.csv")
    legacy = read_bytes(tmp_path, "a,b\n1,é\n".encode("cp1252"), "legacy.csv")
    assert first.content_sha256 == again.content_sha256 != legacy.content_sha256
    assert rows(first) == rows(legacy)


def test_progress_ends_at_one(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 4_000_000)
    told: list[tuple[str, float]] = []
    (_table,) = read_tables(path, scratch_of(tmp_path), on_progress=lambda name, share: told.append((name, share)))
    assert len(told) >= 2
    assert told == sorted(told)
    assert told[-1] == ("hours.csv", 1.0)


def test_nothing_but_the_table_stays_in_the_scratch_folder(tmp_path: Path) -> None:
    table = read_bytes(tmp_path, "姓名,日期\n张三,2026-04-01\n".encode("gb18030"))
    assert list(scratch_of(tmp_path).iterdir()) == [table.parquet]


def test_every_contract_header_is_found_with_any_delimiter(tmp_path: Path) -> None:
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        path = tmp_path / f"{table.name}.csv"
        path.write_text(";".join(names), encoding="utf-8")
        assert read_one(path, scratch_of(tmp_path)).columns == tuple(names)


def test_blocks_end_at_line_ends_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "BLOCK_BYTES", 16)
    expected = [(line + 2, f"{line}", f"v{line}") for line in range(100)]
    for end in ("\n", "\r\n", "\r"):
        content = end.join(["a,b", *(f"{line},v{line}" for line in range(100))])
        assert rows(read_bytes(tmp_path, content.encode())) == expected
