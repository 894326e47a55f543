"""Notes and pictures beside the data are no fault; asked for by name, they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = "person_id,project_id,work_date,worked_hours\nana,p1,2026-11-02,8\n"


def test_a_note_beside_the_data_is_left_out_with_a_remark(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "README.md").write_text("# About these files\n", encoding="utf-8")
    (folder / "timesheets.csv").write_text(_ROWS, encoding="utf-8")
    note, table = sorted(import_files(Home(tmp_path / "home"), [folder], ImportOptions()), key=lambda found: found.file)
    assert note.problem == ""
    assert "not read" in note.advice[0]
    assert table.counts is not None
    assert table.counts.rows_accepted == 1


def test_a_note_that_is_asked_for_by_name_is_a_problem(tmp_path: Path) -> None:
    note = tmp_path / "README.md"
    note.write_text("# About these files\n", encoding="utf-8")
    (found,) = import_files(Home(tmp_path / "home"), [note], ImportOptions())
    assert "not read" in found.problem
