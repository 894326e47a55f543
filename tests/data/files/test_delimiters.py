"""What separates the cells is decided by the whole table and its header, never by the signs of clock times."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING, Final

import pytest

from data.files.delimiters import find_delimiter
from data.files.preview import preview_tables
from tests.data.files.helpers import read_bytes, rows, scratch_of

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS: Final = (",", ";", "\t", "|")
SIZES: Final = (5, 39, 41, 60, 400, 5_000)
#: One moment in every way of writing it: hour, minute → text.
CLOCKS: Final = {
    "9:00": "{h}:{m:02}",
    "09:00": "{h:02}:{m:02}",
    "09:00:00": "{h:02}:{m:02}:00",
    "09:00:00.000": "{h:02}:{m:02}:00.000",
    "7:30 PM": "{h12}:{m:02} {half}",
    "7:30PM": "{h12}:{m:02}{half}",
    "9h30": "{h}h{m:02}",
    "9.30": "{h}.{m:02}",
    "9 Uhr 30": "{h} Uhr {m:02}",
    "9：30": "{h}：{m:02}",
    "2026-03-02 09:00": "2026-03-{d:02} {h:02}:{m:02}",
    "2026-03-02T09:00:00": "2026-03-{d:02}T{h:02}:{m:02}:00",
    "2026-03-02T09:00:00Z": "2026-03-{d:02}T{h:02}:{m:02}:00Z",
    "2026-03-02T09:00:00+08:00": "2026-03-{d:02}T{h:02}:{m:02}:00+08:00",
    "2026-03-02T09:00+0800": "2026-03-{d:02}T{h:02}:{m:02}+0800",
    "02.03.2026 09:00": "{d:02}.03.2026 {h:02}:{m:02}",
    "3/2/2026 9:00 AM": "3/{d}/2026 {h12}:{m:02} {half}",
}


def clock(form: str, number: int, shift: int) -> str:
    hour, minute = 7 + number % 5 + shift, number * 7 % 60
    half = "AM" if hour < 12 else "PM"
    return CLOCKS[form].format(h=hour, m=minute, h12=(hour - 1) % 12 + 1, half=half, d=1 + number % 28)


def written(table: list[list[str]], delimiter: str, *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)  # type: ignore[arg-type]
    return text.getvalue()


def trips(form: str, count: int) -> list[list[str]]:
    head = ["person_id", "departed_at", "returned_at", "project_id"]
    return [head, *([f"u{n % 9}", clock(form, n, 0), clock(form, n, 5), f"P{n % 3}"] for n in range(count))]


def shifts(form: str, count: int) -> list[list[str]]:
    head = ["Mitarbeiter", "Datum", "Beginn", "Ende", "Bemerkung"]
    notes = ["", "Abnahme: Teil 1", "Workshop, Teil 2", "Fehler #12; behoben", "a|b", "Reise nach Köln!"]
    return [
        head,
        *(
            [f"Falk, Ina {n % 7}", f"{1 + n % 28:02}.03.2026", clock(form, n, 0), clock(form, n, 5), notes[n % 6]]
            for n in range(count)
        ),
    ]


@pytest.mark.parametrize("form", CLOCKS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_table_of_clock_times_is_split_at_its_delimiter_however_long_it_is(form: str, delimiter: str) -> None:
    for count in (5, 41, 300):
        for make in (trips, shifts):
            table = make(form, count)
            assert find_delimiter(written(table, delimiter)) == delimiter, (count, make.__name__)
            assert find_delimiter(written(table, delimiter, quoting=csv.QUOTE_ALL)) == delimiter


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("count", SIZES)
def test_the_look_and_the_import_split_at_the_same_sign(tmp_path: Path, delimiter: str, count: int) -> None:
    table = trips("2026-03-02T09:00:00+08:00", count)
    content = written(table, delimiter).encode()
    read = read_bytes(tmp_path, content, "trips.csv")
    (seen,) = preview_tables(tmp_path / "trips.csv", scratch_of(tmp_path))
    assert (read.delimiter, seen.delimiter) == (delimiter, delimiter)
    assert read.columns == tuple(table[0])
    assert [row[1:] for row in rows(read)] == [tuple(row) for row in table[1:]]


@pytest.mark.parametrize("count", SIZES)
def test_decimal_commas_are_no_delimiters(count: int) -> None:
    body = [[f"u{n % 5}", f"{1 + n % 28:02}.03.2026", f"{n % 8 + 1},{n % 4 * 25:02}"] for n in range(count)]
    for delimiter in (";", "\t", "|"):
        text = "\n".join(delimiter.join(row) for row in [["Name, Vorname", "Datum", "Stunden"], *body])
        assert find_delimiter(text) == delimiter
        clocked = [[*row, f"{n % 9 + 8}:30", f"{n % 9 + 9}:30"] for n, row in enumerate(body)]
        text = "\n".join(delimiter.join(row) for row in [["Person", "Datum", "Stunden", "Von", "Bis"], *clocked])
        assert find_delimiter(text) == delimiter


@pytest.mark.parametrize("count", [1, *SIZES])
def test_a_file_of_one_column_is_split_nowhere(count: int) -> None:
    for head, cell in (("Start", "{h}:30"), ("Moment", "2026-03-02T0{h}:30:00"), ("person_id", "ana{h}")):
        text = "\n".join([head, *(cell.format(h=n % 9) for n in range(count))])
        assert find_delimiter(text) == ",", head
    assert find_delimiter("\n".join(["Beginn (hh:mm)", *(f"{n % 9}:30" for n in range(count))])) == ","


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_header_alone_is_split_at_its_delimiter(delimiter: str) -> None:
    for head in (["person_id", "departed_at", "returned_at"], ["Name", "Start (hh:mm)", "Ende (hh:mm)"]):
        assert find_delimiter(delimiter.join(head)) == delimiter
        assert find_delimiter(delimiter.join(head) + "\n") == delimiter


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("count", SIZES)
def test_rows_of_other_widths_change_nothing(delimiter: str, count: int) -> None:
    table = trips("09:00", count)
    for number in range(3, count, 7):
        table[number] = table[number][:2] if number % 2 else [*table[number], "x"]
    assert find_delimiter(written(table, delimiter)) == delimiter


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(
    "title", ["Report: March 2026", "Hours, March; all teams", "Created: 2026-04-01 09:00", "A | B"]
)
def test_titles_above_the_table_don_t_decide(delimiter: str, title: str) -> None:
    for count in SIZES:
        text = f"{title}\n\n" + written(trips("09:00", count), delimiter)
        assert find_delimiter(text) == delimiter, count


@pytest.mark.parametrize("delimiter", [":", "^", "~", "!", "#"])
def test_rare_delimiters_are_found_where_they_do_separate(delimiter: str) -> None:
    body = [[f"u{n}", f"2026-03-{1 + n % 28:02}", f"{n % 8}.5"] for n in range(50)]
    text = "\n".join(delimiter.join(row) for row in [["Person", "Day", "Duration"], *body])
    assert find_delimiter(text) == delimiter


def test_the_order_of_rows_changes_nothing() -> None:
    table = trips("7:30 PM", 300)
    draw = random.Random(3)  # noqa: S311 - no secret
    for _ in range(20):
        body = table[1:]
        draw.shuffle(body)
        assert find_delimiter(written([table[0], *body[: draw.randint(1, 299)]], ",")) == ","
