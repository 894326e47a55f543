"""The load in one pass and the close one give the same rows for any file: the first is there for its speed alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import example, given
from hypothesis import strategies as st

from data.contracts import TIMESHEETS
from data.inbox import Batch
from data.loading import load_batch
from data.problems import MustAskError
from data.schema import create_raw
from data.warehouse import open_draft
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS: Final = ("entry_id", "person_id", "project_id", "work_date", "worked_hours", "activity", "is_onsite")
MOMENTS: Final = ("started_at", "submitted_at")
#: What a row may hold in each column; the first ones are by far the likeliest.
CELLS: Final = {
    "entry_id": (None, "e1", "e2", "-"),
    "person_id": ("ana", "bo", "'cy", "-", "Ü　X", '="7"', None),
    "project_id": ("p1", "p2", "N/A", "北京，上海"),
    "work_date": (
        "2026-03-02",
        "2026-3-3",
        "2026-02-30",
        "02.03.2026",
        "2026-03-02T22:00:00Z",
        "infinity",
        "２０２６-03-02",
    ),
    "worked_hours": ("8", "7.5", "7:30", "7h30", "1_0", "0x8", "1e0", "nan", "7,5", "25", "-8", "0", "８"),
    "activity": ("training", "Data Migration", "Schulung", "gardening", None, "-"),
    "is_onsite": ("yes", "no", "-", "perhaps", None, "１"),
    "started_at": (None, "2026-03-02 08:00", "2026-03-02T08:00:00.5+08:00", "2026-03-02 8 AM", "epoch"),
    "submitted_at": (None, "2026-03-03 08:00:00", "2026-03-03 08:00:00 UTC", "3 Mar 2026 08:00", "today"),
}
NAMES: Final = (*COLUMNS, *MOMENTS)
Row = tuple[str | None, ...]


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Draw rows that are plain but for a few cells."""
    count = draw(st.integers(1, 6))
    made = [[CELLS[name][0] for name in NAMES] for _ in range(count)]
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(NAMES) - 1))
        made[draw(st.integers(0, count - 1))][place] = draw(st.sampled_from(CELLS[NAMES[place]]))
    return [tuple(row) for row in made]


def loaded(given_rows: Sequence[Row], *, is_close: bool) -> list[Any]:
    """Return what is in raw after a load, or what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        parquet = Path(folder, "cells.parquet")
        table = {"line_number": pa.array(range(2, len(given_rows) + 2), pa.int64())}
        table |= {name: pa.array([row[place] for row in given_rows], pa.string()) for place, name in enumerate(NAMES)}
        pq.write_table(pa.table(table), parquet)
        mapping = {name: name for name in NAMES}
        note = Batch(
            1, "timesheets", "files", "f.csv", "", "", "2026-03-30T00:00:00", False, False, "", "", "", mapping, ()
        )
        with open_draft(Path(folder, "draft.duckdb")) as connection:
            create_raw(connection)
            try:
                if is_close:
                    with patch("data.loading._load_plain", return_value=None):
                        found = load_batch(connection, TIMESHEETS, note, parquet)
                else:
                    found = load_batch(connection, TIMESHEETS, note, parquet)
            except MustAskError as problem:
                return [problem.token]
            tables = ("raw.timesheets", "raw.refused_rows", "raw.unread_values", "raw.batches")
            return [found.batch.recipe, *(connection.execute(f"from {one} order by all").fetchall() for one in tables)]


@examples(40)
@given(rows())
@example([(None, "-", "p1", "2026-03-02", "8", "training", "yes", None, None)])
@example([(None, "ana", "p1", "2026-03-02", "1_0", "training", "-", None, None)])
def test_a_load_in_one_pass_is_the_close_load_sooner(given_rows: list[Row]) -> None:
    assert loaded(given_rows, is_close=False) == loaded(given_rows, is_close=True)
