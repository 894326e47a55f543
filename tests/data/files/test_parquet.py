from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tests.data.files.helpers import problem_of, problem_of_bytes, read_one, rows, scratch_of

if TYPE_CHECKING:
    from pathlib import Path


def test_values_become_text_by_the_rules_of_sheets(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.UTC)
    columns: dict[str, tuple[pa.Array, str | None]] = {
        "text": (pa.array([" x "]), "x"),
        "whole": (pa.array([7]), "7"),
        "float": (pa.array([7.0]), "7"),
        "fraction": (pa.array([0.1 + 0.2]), "0.3"),
        "not a number": (pa.array([float("nan")]), None),
        "flag": (pa.array([True]), "true"),
        "day": (pa.array([dt.date(2026, 4, 1)]), "2026-04-01"),
        "utc": (pa.array([moment]), "2026-04-01 09:30:00"),
        "nanoseconds": (pa.array([moment.replace(tzinfo=None)], pa.timestamp("ns")), "2026-04-01 09:30:00"),
        "shanghai": (pa.array([moment], pa.timestamp("us", "Asia/Shanghai")), "2026-04-01 09:30:00"),
        "duration": (pa.array([dt.timedelta(hours=26)], pa.duration("ns")), "26:00:00"),
        "clock": (pa.array([dt.time(9, 5)], pa.time64("ns")), "9:05:00"),
        "decimal": (pa.array([Decimal("7.50")]), "7.5"),
        "category": (pa.array(["a"]).dictionary_encode(), "a"),
        "nothing": (pa.array([None]), None),
    }
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({name: array for name, (array, _) in columns.items()}), path)
    table = read_one(path, scratch_of(tmp_path))
    assert rows(table) == [(1, *(text for _, text in columns.values()))]


def test_rows_are_numbered_from_one_and_empty_ones_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["x", None, "z"], "phone": ["1", "2", "3"]}), path)
    table = read_one(path, scratch_of(tmp_path))
    assert rows(table) == [(1, "x"), (3, "z")]
    assert table.dropped_columns == ("phone",)


def test_lists_and_structures_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"tags": [["x", "y"]]}), path)
    assert '"tags" holds lists' in problem_of(path, scratch_of(tmp_path)).what


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["x"], "A": ["y"]}), path)
    assert "twice" in problem_of(path, scratch_of(tmp_path)).what


def test_a_truncated_or_renamed_parquet_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["x"] * 1000}), path)
    content = path.read_bytes()
    for cut in (0, 3, 10, len(content) // 2, len(content) - 1):
        assert "Parquet" in problem_of_bytes(tmp_path, content[:cut], "b.parquet").what
    assert "Parquet" in problem_of_bytes(tmp_path, b"a,b\n1,2\n", "b.parquet").what


def test_a_parquet_file_with_damaged_pages_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [f"value {line}" for line in range(1000)]}), path)
    content = bytearray(path.read_bytes())
    content[40:400] = b"\xff" * 360
    assert "damaged" in problem_of_bytes(tmp_path, bytes(content), "b.parquet").what
