"""The import proves itself: totals before and after add up, and stay with the batch."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.home import Home
from data.problems import WarehouseError
from data.proving import Change, Proof, keep_report, proof_from_json, prove, read_record, read_report
from data.publishing import published_file
from data.rebuilding import redo, undo
from data.warehouse import open_draft, open_for_reading
from tests.data.firm import Firm
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Iterable

HOURS = "person_id,project_id,work_date,worked_hours"
FIRST = date(2026, 1, 5)


def copy_of(firm: Firm) -> Path | None:
    """Keep the warehouse in force as it is before the next import."""
    file = published_file(firm.home)
    if file is None:
        return None
    copy = firm.folder / "before.duckdb"
    shutil.copyfile(file, copy)
    return copy


def prove_after(firm: Firm, before: Path | None, batch_ids: list[int]) -> Proof:
    """Prove what is published now against what was published before."""
    file = published_file(firm.home)
    assert file is not None
    draft = firm.folder / "draft.duckdb"
    shutil.copyfile(file, draft)
    with open_draft(draft) as connection:
        found = prove(connection, before, batch_ids)
        assert connection.execute("select count(*) from duckdb_databases() where not internal").fetchone() == (1,)
    draft.unlink()
    return found


def proof_of(firm: Firm, name: str, text: str, **said: Any) -> Proof:
    before = copy_of(firm)
    report = firm.take_in_text(name, text, **said)
    assert report.batch_id is not None, report.problem
    return prove_after(firm, before, [report.batch_id])


def told(changes: Iterable[Change]) -> list[tuple[str, float, float, float]]:
    return [(c.id, c.before_hours, c.after_hours, c.difference_hours) for c in changes]


def test_the_first_import_begins_at_zero(firm: Firm) -> None:
    proof = proof_of(firm, "a.csv", f"{HOURS}\nana,p1,2026-03-02,8\nbo,p1,2026-03-03,6\nbo,p2,2026-03-10,1.5")
    assert (proof.hours_before, proof.hours_after) == (0.0, 15.5)
    assert told(proof.persons) == [("ana", 0, 8, 8), ("bo", 0, 7.5, 7.5)]
    assert told(proof.projects) == [("p1", 0, 14, 14), ("p2", 0, 1.5, 1.5)]
    assert told(proof.weeks) == [("2026-03-02", 0, 14, 14), ("2026-03-09", 0, 1.5, 1.5)]
    assert [(t.table, t.rows_before, t.rows_after) for t in proof.tables] == [("timesheets", 0, 3)]


def test_a_correction_shows_who_lost_and_which_project_gained(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,person_name\nana,Ana Ruiz")
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8\nbo,p1,2026-03-02,8")
    proof = proof_of(firm, "b.csv", f"{HOURS}\nana,p2,2026-03-02,6", now="2026-04-06")
    assert [(c.id, c.name, c.difference_hours) for c in proof.persons] == [("ana", "Ana Ruiz", -2.0)]
    assert told(proof.projects) == [("p1", 16, 8, -8), ("p2", 0, 6, 6)]
    assert proof.difference_hours == -2.0
    (batch,) = proof.batches
    assert (batch.rows_corrected, batch.rows_superseded, batch.hours_superseded) == (1, 1, 8.0)


def test_hours_that_only_move_to_another_week_change_no_person(firm: Firm) -> None:
    columns = f"entry_id,{HOURS}"
    firm.take_in_text("a.csv", f"{columns}\n1,ana,p1,2026-03-02,8")
    proof = proof_of(firm, "b.csv", f"{columns}\n1,ana,p1,2026-03-09,8", now="2026-04-06")
    assert proof.persons == proof.projects == ()
    assert told(proof.weeks) == [("2026-03-02", 8, 0, -8), ("2026-03-09", 0, 8, 8)]


def test_the_same_file_again_changes_nothing(firm: Firm) -> None:
    text = f"{HOURS}\nana,p1,2026-03-02,8\nana,p1,2026-03-03,1.1"
    firm.take_in_text("a.csv", text)
    proof = proof_of(firm, "again.csv", text, now="2026-04-06")
    assert proof.persons == proof.projects == proof.weeks == ()
    assert proof.hours_before == proof.hours_after == 9.1
    assert proof.batches[0].rows_unchanged == 2


def test_refused_rows_are_counted_by_reason_and_those_refused_before_are_told_apart(firm: Firm) -> None:
    text = f"{HOURS}\nana,p1,2026-03-02,8\nana,p1,2026-03-03,99\nbo,p1,2026-03-03,77\n,p1,2026-03-03,1"
    proof = proof_of(firm, "a.csv", text)
    assert [(r.column, r.rows_count) for r in proof.refused] == [("worked_hours", 2), ("person_id", 1)]
    assert proof.batches[0].refused_before_count == 0
    again = proof_of(firm, "b.csv", text, now="2026-04-06")
    assert again.refused == ()
    assert (again.batches[0].rows_refused, again.batches[0].refused_before_count) == (3, 3)


def test_other_tables_are_counted_in_rows(firm: Firm) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-01\np2,2026-01-01")
    proof = proof_of(
        firm, "projects.csv", "project_id,start_date\np1,2026-01-01\np3,2026-01-01", now="2026-04-06", is_full=True
    )
    assert [(t.table, t.rows_before, t.rows_after) for t in proof.tables] == [("projects", 2, 2)]
    assert proof.hours_after == 0.0


@dataclass(frozen=True)
class File:
    """One timesheet file: person, project, day, hours in hundredths, number."""

    rows: tuple[tuple[str, str, int, int, str], ...]
    source_name: str
    is_full: bool
    filtered_by: str

    @property
    def text(self) -> str:
        lines = [
            f"{number},{person},{project},{FIRST + timedelta(days=day)},{hundredths / 100}"
            for person, project, day, hundredths, number in self.rows
        ]
        return "\n".join([f"entry_id,{HOURS}", *lines])


ROWS = st.tuples(
    st.sampled_from(["ana", "bo", "cy", ""]),
    st.sampled_from(["p1", "p2", "p3"]),
    st.integers(0, 20),
    st.sampled_from([10, 33, 110, 725, 800, 2500]),
    st.sampled_from(["", "", "1", "2", "3"]),
)
FILES = st.builds(
    File,
    rows=st.lists(ROWS, min_size=1, max_size=8).map(tuple),
    source_name=st.sampled_from(["files", "files", "tempo"]),
    is_full=st.sampled_from([False, False, True]),
    filtered_by=st.sampled_from(["nothing", "project"]),
)


@examples(8)
@given(files=st.lists(FILES, min_size=1, max_size=4))
@pytest.mark.slow
def test_whatever_arrives_the_proof_adds_up(files: list[File]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        firm, last = Firm.at(Path(folder)), 0.0
        for number, file in enumerate(files):
            proof = proof_of(
                firm,
                f"{number}.csv",
                file.text,
                now=f"2026-04-{number + 1:02d}",
                source_name=file.source_name,
                is_full=file.is_full,
                answers={"filtered_by": file.filtered_by, "rule.drop_duplicates": "off"},
            )
            adds_up(proof)
            assert proof.hours_before == pytest.approx(last, abs=1e-6)
            last = proof.hours_after
            assert proof_from_json(json.loads(json.dumps(proof.as_json()))) == proof
            agrees_with_entries(firm, proof)


def adds_up(proof: Proof) -> None:
    for changes in (proof.persons, proof.projects, proof.weeks):
        assert sum(c.difference_hours for c in changes) == pytest.approx(proof.difference_hours, abs=1e-6)
        sizes = [abs(c.difference_hours) for c in changes]
        assert sizes == sorted(sizes, reverse=True)
        assert all(sizes)
    for batch in proof.batches:
        parts = (batch.rows_accepted, batch.rows_unchanged, batch.rows_corrected, batch.rows_refused)
        assert batch.rows_read == sum(parts)
        hours = (batch.hours_accepted, batch.hours_unchanged, batch.hours_corrected, batch.hours_refused)
        assert batch.hours_read == pytest.approx(sum(hours))
        listed = sum(r.rows_count for r in proof.refused if r.batch_id == batch.batch_id)
        assert batch.rows_refused == listed + batch.refused_before_count
    gained = sum(b.hours_accepted + b.hours_corrected - b.hours_superseded for b in proof.batches)
    assert gained == pytest.approx(proof.difference_hours, abs=1e-6)
    rows = sum(b.rows_accepted + b.rows_corrected - b.rows_superseded for b in proof.batches)
    assert rows == sum(t.rows_after - t.rows_before for t in proof.tables)


def agrees_with_entries(firm: Firm, proof: Proof) -> None:
    """The totals say what the entries in force say, one by one."""
    for key, changes in (("person_id", proof.persons), ("project_id", proof.projects)):
        found = dict(firm.rows(f"select {key}, sum(worked_hours) from staging.timesheets group by 1"))
        for change in changes:
            assert change.after_hours == pytest.approx(found.get(change.id, 0.0), abs=1e-6)


def test_two_files_of_one_command_are_proven_together(firm: Firm) -> None:
    one = firm.file("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    two = firm.file("b.csv", f"{HOURS}\nbo,p1,2026-03-02,7")
    ids = [report.batch_id for report in firm.take_in(one, two) if report.batch_id]
    proof = prove_after(firm, None, ids)
    adds_up(proof)
    assert proof.batch_ids == tuple(ids)
    assert len(proof.batches) == 2


def test_a_page_may_read_the_published_file_while_it_is_compared(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    file = published_file(firm.home)
    assert file is not None
    with open_for_reading(file) as page:
        proof = prove_after(firm, file, [1])
        assert page.execute("select count(*) from marts.people").fetchone() == (1,)
    assert proof.persons == ()


def test_a_report_is_kept_with_its_batch_and_outlives_undo(firm: Firm) -> None:
    report = firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    assert report.batch_id is not None
    said = {"file": report.as_json(), "is_dry_run": False}
    assert keep_report(firm.home, report.batch_id, said)
    assert read_report(firm.home, report.batch_id) == said
    undo(firm.home, report.batch_id)
    assert read_record(firm.home, report.batch_id).state == "undone"
    assert read_report(firm.home, report.batch_id) == said
    redo(firm.home, report.batch_id)
    assert read_record(firm.home, report.batch_id).state == "in force"


def test_a_batch_that_is_not_in_force_gets_no_report(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8", is_dry_run=True)
    assert not keep_report(firm.home, 1, {"file": {}})
    assert read_report(firm.home, 1) is None
    assert read_record(firm.home, 1).state == "unknown"


def test_what_a_crash_left_half_written_is_no_report(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    folder = firm.home.inbox / "reports"
    folder.mkdir(exist_ok=True)
    leftover = folder / "000001.77.new"
    leftover.write_text('{"file": {', encoding="utf-8")
    (folder / "000001.json").unlink(missing_ok=True)
    assert read_report(firm.home, 1) is None
    assert keep_report(firm.home, 1, {"file": {}})
    assert not leftover.exists()


def test_a_report_that_cannot_be_written_takes_nothing_back(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    shutil.rmtree(firm.home.inbox / "reports", ignore_errors=True)
    (firm.home.inbox / "reports").write_text("in the way", encoding="utf-8")
    assert not keep_report(firm.home, 1, {"file": {}})


def test_a_damaged_report_is_named_with_what_to_do(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    keep_report(firm.home, 1, {"file": {}})
    (firm.home.inbox / "reports" / "000001.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(WarehouseError, match=r"000001\.json can't be read .*Remove the file"):
        read_report(firm.home, 1)


def test_what_is_no_proof_is_said_to_be_none() -> None:
    with pytest.raises(WarehouseError, match="proof of an import can't be read"):
        proof_from_json({"batch_ids": "x"})


def test_the_report_of_another_home_is_none(tmp_path: Path) -> None:
    assert read_report(Home(tmp_path), 3) is None
