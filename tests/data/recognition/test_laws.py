"""What holds for every file: order of columns, columns that nobody knows, the contract's own names, damage."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts import TABLES, Kind
from tests.data.recognition.formats import FORMATS, Format
from tests.data.recognition.helpers import cells_of, csv_text, inspect_one, inspect_rows, write_csv
from tests.laws import examples

shapes = st.sampled_from(FORMATS)
some = examples(30)
EXAMPLES = {
    Kind.TEXT: "a1",
    Kind.NUMBER: "0.5",
    Kind.DURATION: "7.5",
    Kind.WHOLE: "3",
    Kind.FLAG: "yes",
    Kind.DATE: "2026-03-02",
    Kind.MOMENT: "2026-03-02 09:00",
}


def mapping_of(rows: list[list[str]]) -> tuple[str, dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        found = inspect_rows(Path(folder), rows)
        return found.table, dict(found.mapping)


@some
@given(shapes, st.randoms(use_true_random=False))
def test_the_order_of_columns_changes_nothing(shape: Format, random: object) -> None:
    order = list(range(len(shape.header)))
    random.shuffle(order)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    rows = [[row[place] for place in order] for row in (shape.header, *shape.rows)]
    assert mapping_of(rows) == (shape.table, shape.mapping)


@some
@given(
    shapes,
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Zephyr", "Qux 7", "Farbe", "Größe XL", "颜色", "Цвет", "色彩名", "Foo bar baz", "custom_17"]
            ),
            st.sampled_from(["blau", "17.25", "2024-01-01", "08:00", "ja", "x@y.example", ""]),
            st.integers(0, 40),
        ),
        max_size=4,
        unique_by=lambda column: column[0],
    ),
)
def test_columns_that_nobody_knows_change_nothing(shape: Format, strangers: list[tuple[str, str, int]]) -> None:
    rows = [list(row) for row in (shape.header, *shape.rows)]
    for name, cell, place in strangers:
        for number, row in enumerate(rows):
            row.insert(min(place, len(row)), name if number == 0 else cell)
    assert mapping_of(rows) == (shape.table, shape.mapping)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_file_in_the_contracts_own_names_is_mapped_to_itself(table: object, tmp_path: Path) -> None:
    contract = TABLES[table.name]  # type: ignore[attr-defined] # pytest gives a Table
    header = [column.name for column in contract.columns]
    row = [column.choices[0] if column.choices else EXAMPLES[column.kind] for column in contract.columns]
    found = inspect_rows(tmp_path, [header, row])
    assert found.table == contract.name
    assert dict(found.mapping) == {name: name for name in header}
    assert (found.confidence, found.questions, found.unmapped) == (1.0, (), ())


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_contracts_own_cells_come_out_as_they_went_in(table: object, tmp_path: Path) -> None:
    contract = TABLES[table.name]  # type: ignore[attr-defined] # pytest gives a Table
    header = [column.name for column in contract.columns]
    row = [column.choices[0] if column.choices else EXAMPLES[column.kind] for column in contract.columns]
    path = write_csv(tmp_path, [header, row])
    (made,) = cells_of(path, inspect_one(path))
    assert {name: made[name] for name in header} == dict(zip(header, row, strict=True))


@some
@given(shapes, st.data())
def test_a_damaged_file_is_told_and_never_a_traceback(shape: Format, data: st.DataObject) -> None:
    content = csv_text([shape.header, *shape.rows]).encode()
    cut = data.draw(st.integers(1, len(content)))
    noise = data.draw(st.lists(st.tuples(st.integers(0, cut - 1), st.integers(0, 255)), max_size=6))
    damaged = bytearray(content[:cut])
    for place, value in noise:
        damaged[place] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(bytes(damaged))
        found = inspect_one(path)
        assert found.as_json()["file"] == "export.csv"


@some
@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), min_size=1, max_size=6))
def test_any_text_is_looked_at_without_a_traceback(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(csv_text(rows), encoding="utf-8", errors="replace")
        inspect_one(path)


DATE_STYLES = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y年%m月%d日",
    "%d %b %Y",
    "%Y/%m/%d",
    "%d-%b-%y",
    "%Y%m%d",
)
HEADERS = (
    ("Employee", "Project", "Date", "Hours"),
    ("Mitarbeiter", "Projekt", "Datum", "Stunden"),
    ("Сотрудник", "Проект", "Дата", "Часов"),
    ("姓名", "项目", "日期", "工时（小时）"),
    ("氏名", "案件名", "日付", "作業時間（時間）"),
    ("Utilisateur", "Projet", "Date", "Heures"),
)
HOUR_STYLES = ("point", "comma", "clock", "words", "chinese")


def written_hours(minutes: int, style: str) -> str:
    hours = minutes / 60
    return {
        "point": f"{hours:.2f}",
        "comma": f"{hours:.2f}".replace(".", ","),
        "clock": f"{minutes // 60}:{minutes % 60:02}",
        "words": f"{minutes // 60}h {minutes % 60}m",
        "chinese": f"{minutes // 60}小时{minutes % 60}分钟",
    }[style]


def read_hours(text: str) -> float:
    return math.fsum(float(part) / 60**place for place, part in enumerate(text.split(":")))


@some
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ana", "ben"]), st.dates(dt.date(2023, 1, 1), dt.date(2026, 12, 31)), st.integers(1, 96)
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(HEADERS),
    st.sampled_from(DATE_STYLES),
    st.sampled_from(HOUR_STYLES),
    st.sampled_from([",", ";", "\t"]),
)
def test_a_table_in_any_style_comes_back_equal_or_is_asked_about(
    entries: list[tuple[str, dt.date, int]], header: tuple[str, ...], days: str, hours: str, delimiter: str
) -> None:
    rows = [(who, "p1", day.strftime(days), written_hours(15 * quarters, hours)) for who, day, quarters in entries]
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder), [header, *rows], delimiter=delimiter)
        found = inspect_one(path)
        assert found.table == "timesheets"
        if found.recipe is None:
            assert {question.token for question in found.questions} <= {"date_order", "decimal_mark"}
            return
        made = sorted(cells_of(path, found), key=lambda row: int(row["line_number"]))
        assert [(row["person_id"], row["work_date"]) for row in made] == [(who, str(day)) for who, day, _ in entries]
        for row, (_, _, quarters) in zip(made, entries, strict=True):
            assert read_hours(row["worked_hours"]) == pytest.approx(quarters / 4, abs=0.001)
