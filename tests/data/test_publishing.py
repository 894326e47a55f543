"""One published file at a time, and what a crash may leave behind."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from data import inbox, publishing
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.problems import GoliveError, WarehouseError
from data.publishing import KEPT_FILES_COUNT, published_file
from data.rebuilding import rebuild
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from pathlib import Path

    from tests.data.firm import Firm

HOURS = "person_id,project_id,work_date,worked_hours"
POINTER = "current"


def one_day(firm: Firm, hours: int, now: str = "2026-03-30") -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,{hours}", now=now)


def published_hours(firm: Firm) -> float:
    return float(firm.rows("select sum(worked_hours) from staging.timesheets")[0][0])


def test_a_new_home_has_nothing_published(firm: Firm) -> None:
    assert published_file(firm.home) is None


def test_each_import_is_a_new_file_and_few_older_ones_stay(firm: Firm) -> None:
    names = []
    for hours in range(1, 6):
        one_day(firm, hours)
        file = published_file(firm.home)
        assert file is not None
        names.append(file.name)
    assert len(set(names)) == 5
    kept = {path.name for path in firm.home.warehouse.glob("golive-*.duckdb")}
    assert kept == set(names[-KEPT_FILES_COUNT:])


def test_a_reader_keeps_what_it_has_open_while_an_import_publishes(firm: Firm) -> None:
    one_day(firm, 1)
    file = published_file(firm.home)
    assert file is not None
    with open_for_reading(file) as reader:
        for hours in range(2, 7):
            one_day(firm, hours)
        assert reader.execute("select sum(worked_hours) from staging.timesheets").fetchone() == (1.0,)
    assert published_hours(firm) == 6


def test_an_open_warehouse_can_neither_be_changed_nor_reach_other_files(firm: Firm) -> None:
    one_day(firm, 1)
    secret = firm.file("secret.csv", "a\n1")
    for statement in ("delete from raw.timesheets", f"from read_csv('{secret}')", "set enable_external_access = true"):
        with pytest.raises(Exception, match=r"(?i)read-only|disabled|permission|locked|external"):
            firm.rows(statement)


def test_a_dry_run_tells_everything_and_changes_nothing(firm: Firm) -> None:
    one_day(firm, 8)
    before = sorted(path.relative_to(firm.home.path) for path in firm.home.path.rglob("*"))
    file = published_file(firm.home)
    report = firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,6\nbo,p1,2026-03-02,99", is_dry_run=True)
    assert report.counts is not None
    assert (report.counts.rows_corrected, report.counts.rows_refused) == (1, 1)
    assert published_file(firm.home) == file
    assert published_hours(firm) == 8
    after = sorted(path.relative_to(firm.home.path) for path in firm.home.path.rglob("*"))
    assert [path for path in after if path not in before and "content" not in path.parts] == []


def test_a_dry_run_in_a_new_home_publishes_nothing(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,6", is_dry_run=True)
    assert published_file(firm.home) is None
    assert inbox.read_batches(firm.home) == []


def test_an_import_in_which_nothing_can_be_read_publishes_nothing(firm: Firm) -> None:
    one_day(firm, 8)
    file = published_file(firm.home)
    assert firm.take_in_text("timesheets.csv", "nonsense").problem
    assert published_file(firm.home) == file


def test_what_a_killed_writer_left_is_swept_by_the_next_one(firm: Firm) -> None:
    one_day(firm, 8)
    (firm.home.scratch / "import-dead").mkdir()
    (firm.home.scratch / "import-dead" / "draft.duckdb").write_bytes(b"half")
    (firm.home.scratch / "probe-1").touch()
    (firm.home.inbox / "content" / "abc.123.new").write_bytes(b"half")
    (firm.home.warehouse / "current.new").write_text("golive-9", encoding="utf-8")
    (firm.home.warehouse / "golive-000009.duckdb").write_bytes(b"never published")
    one_day(firm, 6)
    assert published_hours(firm) == 6
    assert list(firm.home.scratch.iterdir()) == []
    assert list((firm.home.inbox / "content").glob("*.new")) == []
    assert firm.differences() == {}


def test_a_pending_note_of_a_batch_that_was_published_becomes_final(firm: Firm) -> None:
    one_day(firm, 8)
    (note,) = (firm.home.inbox / "batches").glob("*.json")
    note.rename(note.with_suffix(".pending"))
    one_day(firm, 6, now="2026-04-06")
    assert len(inbox.read_batches(firm.home)) == 2
    assert firm.differences() == {}


def test_a_pending_note_of_a_batch_that_was_never_published_is_dropped(firm: Firm) -> None:
    one_day(firm, 8)
    (note,) = (firm.home.inbox / "batches").glob("*.json")
    shutil.copyfile(note, note.with_name("000002.pending"))
    assert firm.differences() == {}
    assert list((firm.home.inbox / "batches").glob("*.pending")) == []
    assert len(inbox.read_batches(firm.home)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"golive-000099.duckdb", b"../../etc/passwd", b"..", b"\xff\xfe\x00", b"a\0b"]
)
def test_a_broken_pointer_says_what_to_do_and_a_rebuild_mends_it(firm: Firm, content: bytes) -> None:
    one_day(firm, 8)
    (firm.home.warehouse / POINTER).write_bytes(content)
    with pytest.raises(WarehouseError) as caught:
        published_file(firm.home)
    assert "golive rebuild" in caught.value.advice
    with pytest.raises(WarehouseError, match="golive rebuild"):
        one_day(firm, 6)
    rebuild(firm.home, is_verify=False)
    assert published_hours(firm) == 8


@pytest.mark.parametrize("content", [b"", b"no database at all", b"\0" * 20_000])
def test_a_broken_warehouse_file_says_what_to_do_and_a_rebuild_mends_it(firm: Firm, content: bytes) -> None:
    one_day(firm, 8)
    file = published_file(firm.home)
    assert file is not None
    file.write_bytes(content)
    for act in (lambda: one_day(firm, 6), lambda: firm.rows("select 1"), lambda: rebuild(firm.home, is_verify=True)):
        with pytest.raises(GoliveError, match="golive rebuild"):
            act()
    rebuild(firm.home, is_verify=False)
    assert published_hours(firm) == 8


def test_without_a_pointer_an_import_does_not_forget_what_the_inbox_holds(firm: Firm) -> None:
    one_day(firm, 8)
    (firm.home.warehouse / POINTER).unlink()
    with pytest.raises(WarehouseError, match="golive rebuild"):
        one_day(firm, 6)
    rebuild(firm.home, is_verify=False)
    assert published_hours(firm) == 8


def test_an_inbox_that_lost_a_file_says_which(firm: Firm) -> None:
    one_day(firm, 8)
    for content in (firm.home.inbox / "content").iterdir():
        content.unlink()
    with pytest.raises(WarehouseError, match=r"batch 1 \(timesheets\.csv\)"):
        rebuild(firm.home, is_verify=False)
    assert published_hours(firm) == 8


def test_a_note_that_is_no_note_says_which(firm: Firm) -> None:
    one_day(firm, 8)
    (note,) = (firm.home.inbox / "batches").glob("*.json")
    note.write_bytes(b"{half")
    with pytest.raises(WarehouseError, match=note.name):
        rebuild(firm.home, is_verify=False)


def test_what_other_programs_put_into_the_home_does_no_harm(firm: Firm) -> None:
    one_day(firm, 8)
    for folder in (firm.home.path, firm.home.warehouse, firm.home.inbox / "batches", firm.home.inbox / "content"):
        (folder / ".DS_Store").write_bytes(b"mac")
        (folder / "000001 (copy).json").write_bytes(b"{}")
        (folder / "golive-copy.duckdb").write_bytes(b"")
    one_day(firm, 6, now="2026-04-06")
    assert published_hours(firm) == 6
    assert firm.differences() == {}


def test_a_rebuild_of_nothing_says_so(firm: Firm) -> None:
    with pytest.raises(WarehouseError, match="golive import"):
        rebuild(firm.home, is_verify=True)


def test_a_second_writer_waits_and_then_says_so(firm: Firm) -> None:
    with (
        publishing.writer_lock(firm.home, wait_seconds=1),
        pytest.raises(WarehouseError, match="Another import") as caught,
    ):
        firm.take_in(firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,6"), wait_seconds=0.1)
    assert "nothing was changed" in caught.value.advice
    one_day(firm, 6)


def test_a_home_inside_a_file_is_refused_in_words(firm: Firm) -> None:
    home = Home(firm.file("a file", "x") / "home")
    with pytest.raises(WarehouseError, match="--home"):
        import_files(home, [], ImportOptions())
    with pytest.raises(WarehouseError):
        published_file(home)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_may_not_be_written_is_refused_in_words(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(WarehouseError, match="--home"):
        import_files(Home(closed / "home"), [], ImportOptions())


@pytest.mark.parametrize(
    "text", ["nonsense", "region,date\nCN,2026-01-01", "region,date,kind,source,entered_by\nCN,x,work,a,b"]
)
def test_overrides_of_the_calendar_that_can_not_be_read_say_where(firm: Firm, text: str) -> None:
    one_day(firm, 8)
    firm.home.calendar_overrides_file.write_text(text, encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"calendar_overrides\.csv"):
        one_day(firm, 6)
    assert published_hours(firm) == 8
