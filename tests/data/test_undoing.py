"""A batch can be taken back and put back; later batches stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.problems import WarehouseError
from data.publishing import published_file
from data.rebuilding import bring_up_to_date, rebuild, redo, undo
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

    from tests.data.firm import Firm


def take_in(home: Home, folder: Path, name: str, *rows: str) -> int:
    file = folder / name
    file.write_text("\n".join(["person_id,project_id,work_date,worked_hours", *rows, ""]), encoding="utf-8")
    (report,) = import_files(home, [file], ImportOptions())
    assert report.batch_id is not None
    return report.batch_id


def hours(home: Home) -> dict[str, float]:
    file = published_file(home)
    assert file is not None
    with open_for_reading(file) as connection:
        rows = connection.execute("select work_date::varchar, sum(worked_hours) from marts.person_days group by 1")
        return {day: total for day, total in rows.fetchall() if total}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_undo_gives_what_would_be_there_without_the_batch(home: Home, tmp_path: Path) -> None:
    take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    second = take_in(home, tmp_path, "b.csv", "ana,p1,2026-11-02,6", "ana,p1,2026-11-03,7")
    take_in(home, tmp_path, "c.csv", "ana,p1,2026-11-03,5")
    assert hours(home) == {"2026-11-02": 6.0, "2026-11-03": 5.0}
    undo(home, second)
    assert hours(home) == {"2026-11-02": 8.0, "2026-11-03": 5.0}
    assert all(comparison.is_same for comparison in rebuild(home, is_verify=True))


def test_an_unchanged_copy_counts_again_when_the_first_is_undone(home: Home, tmp_path: Path) -> None:
    first = take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    take_in(home, tmp_path, "copy.csv", "ana,p1,2026-11-02,8")
    undo(home, first)
    assert hours(home) == {"2026-11-02": 8.0}


def test_redo_puts_the_batch_back_in_its_old_place(home: Home, tmp_path: Path) -> None:
    take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    second = take_in(home, tmp_path, "b.csv", "ana,p1,2026-11-02,6")
    take_in(home, tmp_path, "c.csv", "ana,p1,2026-11-02,5")
    undo(home, second)
    redo(home, second)
    assert hours(home) == {"2026-11-02": 5.0}
    assert all(comparison.is_same for comparison in rebuild(home, is_verify=True))


def test_a_number_is_never_given_twice(home: Home, tmp_path: Path) -> None:
    first = take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    second = take_in(home, tmp_path, "b.csv", "ana,p1,2026-11-03,8")
    undo(home, second)
    assert take_in(home, tmp_path, "c.csv", "ana,p1,2026-11-04,8") > second > first


def test_undoing_the_only_batch_leaves_an_empty_warehouse(home: Home, tmp_path: Path) -> None:
    only = take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    undo(home, only)
    assert hours(home) == {}
    redo(home, only)
    assert hours(home) == {"2026-11-02": 8.0}


def test_a_batch_that_is_not_there_is_named_with_those_that_are(home: Home, tmp_path: Path) -> None:
    only = take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    with pytest.raises(WarehouseError, match=f"Batch 99 is not in force; the newest that are: {only}"):
        undo(home, 99)
    with pytest.raises(WarehouseError, match="is not undone"):
        redo(home, only)


def test_an_import_into_a_home_without_its_warehouse_asks_for_a_rebuild(home: Home, tmp_path: Path) -> None:
    take_in(home, tmp_path, "a.csv", "ana,p1,2026-11-02,8")
    for file in home.warehouse.iterdir():
        file.unlink()
    with pytest.raises(WarehouseError, match="golive rebuild"):
        take_in(home, tmp_path, "b.csv", "ana,p1,2026-11-03,8")
    rebuild(home, is_verify=False)
    take_in(home, tmp_path, "b.csv", "ana,p1,2026-11-03,8")
    assert hours(home) == {"2026-11-02": 8.0, "2026-11-03": 8.0}


def test_figures_that_another_version_built_are_built_anew(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text("a.csv", f"{head}\nana,p1,2026-03-02,8")
    before = published_file(firm.home)
    assert not bring_up_to_date(firm.home)
    for place in ("data.building.models_stamp", "data.models.models_stamp"):
        monkeypatch.setattr(place, lambda: "another version")
    assert bring_up_to_date(firm.home)
    assert published_file(firm.home) != before
    assert firm.rows("select worked_hours from marts.person_days where worked_hours > 0") == [(8.0,)]
    assert not bring_up_to_date(firm.home)


def test_an_import_into_figures_of_another_version_builds_all_of_them(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "person_id,project_id,work_date,worked_hours"
    firm.take_in_text("a.csv", f"{head}\nana,p1,2026-03-02,8")
    for place in ("data.building.models_stamp", "data.models.models_stamp"):
        monkeypatch.setattr(place, lambda: "another version")
    firm.take_in_text("b.csv", f"{head}\nana,p1,2026-03-09,7")
    assert not bring_up_to_date(firm.home)
    assert firm.rows("select sum(worked_hours) from marts.person_days") == [(15.0,)]


def test_an_empty_home_has_nothing_to_bring_up_to_date(firm: Firm) -> None:
    assert not bring_up_to_date(firm.home)
