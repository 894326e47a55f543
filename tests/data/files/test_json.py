"""JSON comes in as README promises: arrays of objects, an object per line, nested objects spread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from data.files import FileProblem
from data.files.json_rows import json_rows
from tests.data.recognition.helpers import cells_of, inspect_one, targets, tokens

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [
    {"user": {"name": "Anna Berg"}, "project": "Alpha", "date": f"2026-03-{day:02}", "hours": 7.5, "tags": ["a", "b"]}
    for day in range(2, 6)
]


@pytest.mark.parametrize(
    "text",
    [json.dumps(ENTRIES), json.dumps({"total": 4, "data": ENTRIES}), "\n".join(json.dumps(one) for one in ENTRIES)],
)
def test_entries_come_in_whatever_holds_them(text: str, tmp_path: Path) -> None:
    path = tmp_path / "hours.json"
    path.write_text(text, encoding="utf-8")
    found = inspect_one(path)
    assert not tokens(found)
    assert (found.table, targets(found)["user.name"]) == ("timesheets", "person_id")
    assert {(row["person_id"], row["worked_hours"]) for row in cells_of(path, found)} == {("Anna Berg", "7.5")}


@pytest.mark.parametrize("text", ["{", "[1, 2]", "[]", "[" * 100_000, ""])
def test_what_is_no_table_is_said(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblem):
        json_rows(path)
