"""Small files that ask for hours are refused before anything costly is done, in words that say what to do."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.files import TextTable, UnreadableFile, read_tables
from data.files.preview import preview_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def problems_of(path: Path, scratch: Path) -> list[str]:
    """Return what the look at a file and its reading refuse."""
    said = []
    for look in (preview_tables, read_tables):
        try:
            said += [str(one.problem) for one in look(path, scratch) if not isinstance(one, TextTable) and one.problem]
        except Exception as problem:  # noqa: BLE001 - both ways of saying it count
            said.append(str(problem))
    return said


def wide_text(folder: Path, ending: str, sign: str) -> Path:
    path = folder / f"wide.{ending}"
    names = ["person_id", "project_id", "work_date", "worked_hours", *(f"c{number}" for number in range(20_000))]
    path.write_text("\n".join([sign.join(names), sign.join("1" for _ in names)]), encoding="utf-8")
    return path


def wide_book(folder: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("a")
    sheet.append([f"c{number}" for number in range(16_000)])
    sheet.append([1] * 16_000)
    book.save(folder / "wide.xlsx")
    return folder / "wide.xlsx"


def wide_parquet(folder: Path) -> Path:
    pq.write_table(pa.table({f"c{number}": [1] for number in range(2_500)}), folder / "wide.parquet")
    return folder / "wide.parquet"


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: wide_text(folder, "csv", ","),
        lambda folder: wide_text(folder, "tsv", "\t"),
        lambda folder: wide_text(folder, "txt", "|"),
        wide_book,
        wide_parquet,
    ],
)
def test_a_table_of_thousands_of_columns_is_refused_while_looking(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    said = problems_of(make(tmp_path), tmp_path)
    assert said
    assert all("columns; more than 2,000 can't be read" in words and "only the columns" in words for words in said)


def test_titles_above_a_wide_table_hide_nothing(tmp_path: Path) -> None:
    path = wide_text(tmp_path, "csv", ",")
    path.write_text("Report of November\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "20,004 columns" in problems_of(path, tmp_path)[0]


def test_a_parquet_of_millions_of_equal_rows_is_refused_by_its_directory(tmp_path: Path) -> None:
    for rows, words in ((12_000_000, "12,000,000 rows; more than"), (2_000_000, "as in no export")):
        path = tmp_path / f"{rows}.parquet"
        table = pa.table({"person_id": pa.DictionaryArray.from_arrays(pa.repeat(0, rows).cast("int32"), ["ana"])})
        pq.write_table(table, path)
        said = problems_of(path, tmp_path)
        assert len(said) == 2
        assert all(words in one for one in said)


def test_an_ordinary_parquet_with_repeating_cells_is_read(tmp_path: Path) -> None:
    rows = 150_000
    pq.write_table(
        pa.table({"person_id": ["ana", "ben"] * (rows // 2), "worked_hours": [8.0, 7.5] * (rows // 2)}),
        tmp_path / "a.parquet",
    )
    assert problems_of(tmp_path / "a.parquet", tmp_path) == []


def test_a_cell_that_is_a_document_is_refused(tmp_path: Path) -> None:
    cell = "x" * 3_000_000
    table = pa.table({"a": pa.DictionaryArray.from_arrays(pa.repeat(0, 1_000).cast("int32"), [cell])})
    pq.write_table(table, tmp_path / "a.parquet")
    said = problems_of(tmp_path / "a.parquet", tmp_path)
    assert said
    assert all("holds 3 MB" in words for words in said)


@pytest.mark.parametrize("text", ["x", "a,b\n1,2\n"])
def test_a_zip_of_thousands_of_files_is_refused_by_its_directory(tmp_path: Path, text: str) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(3_000):
            archive.writestr(f"f{number}.csv", text)
    said = problems_of(tmp_path / "many.zip", tmp_path)
    assert all("3,000 files; more than 1,000" in words for words in said)


def test_files_of_one_byte_are_not_opened_in_zips_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(20):
            archive.writestr(f"f{number}.csv", "x")
            (folder / f"f{number}.csv").write_text("x", encoding="utf-8")
        archive.writestr("good.csv", "a,b\n1,2\n")
    (folder / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for path in (tmp_path / "a.zip", folder):
        found = list(read_tables(path, tmp_path))
        refused = [one for one in found if isinstance(one, UnreadableFile)]
        assert (len(found), len(refused)) == (21, 20)
        assert all("too small" in str(one.problem) for one in refused)


def test_a_workbook_of_hundreds_of_sheets_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    for number in range(300):
        book.create_sheet(f"s{number}").append(["a", "b"])
    book.save(tmp_path / "sheets.xlsx")
    said = problems_of(tmp_path / "sheets.xlsx", tmp_path)
    assert all("300 sheets; more than 200" in words for words in said)
    assert len(said) == 2


def test_json_of_any_depth_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000 + "]" * 100_000, encoding="utf-8")
    said = problems_of(tmp_path / "deep.json", tmp_path)
    assert len(said) == 2
    assert all("nested too deeply" in words for words in said)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 900 + "[]" + "}" * 900,
        "[" + ",".join(f'{{"k{number % 1_900}": 1}}' for number in range(20_000)) + "]",
    ],
)
def test_json_that_spreads_or_nests_too_far_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    said = problems_of(tmp_path / "b.json", tmp_path)
    assert said
    assert not any("recursion" in words.lower() for words in said)
