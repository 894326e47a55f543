"""What nobody needs reaches no byte of the home, whichever way an import goes."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.comments import Comment

from data import inbox
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.narrowing import Narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.running import Golive
    from tests.data.firm import Firm

#: In each kind of cell that nobody needs stands this, with a number.
MARK = "zq7mark"

#: A file of another system: names, hours, and much that nobody asked for.
FOREIGN = (
    "Mitarbeiter;Projekt;Datum;Stunden;Konfession;Gewerkschaft;Stundensatz;Gehalt;Bemerkung intern;Privatadresse\n"
    + "".join(
        f"Ana Moreno;P{n % 3};{day:02d}.11.2026;8,0;{MARK}1;{MARK}2;9{MARK}3;{MARK}4;{MARK}5 {n};{MARK}6\n"
        for n, day in enumerate(range(2, 28))
    )
    + f"Ben Roth;P1;03.11.2026;99,0;{MARK}7;;;{MARK}8;{MARK}9;\n"
    + f"Ben Roth;P1;04.11.2026;8,0;{MARK}10;;;;{MARK}11;;{MARK}12;{MARK}13\n"
    + "Ben Roth;P1;05.11.2026;8,0;x;;;;y;\nBen Roth;P1;05.11.2026;8,0;x;;;;y;\n"
    + f";;;{MARK}14;;;;;;\nSumme;;;224,0;{MARK}15;;;;{MARK}16;\n"
)
OURS = (
    "person_id,project_id,work_date,worked_hours,religion,comment\n"
    f"ana,P1,2026-11-16,8,{MARK}20,{MARK}21\nana,P1,2026-11-17,8,,\nben,P1,2026-11-18,77,{MARK}22,{MARK}23\n"
    f"ben,P1,2026-11-18,7,{MARK}24,{MARK}25,{MARK}26\n"
)


@pytest.fixture
def home() -> Home:
    return Home(Path(os.environ["GOLIVE_HOME"]))


def found_in(folder: Path) -> list[str]:
    """Return the places below a folder where a mark stands: bytes, text cells, tables and rows."""
    found = []
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        if any(MARK in text for text in (file.name, *texts_of(file))):
            found.append(str(file.relative_to(folder)))
    return found


def texts_of(file: Path) -> Iterator[str]:
    plain = file.read_bytes()
    yield plain.decode("latin-1")
    yield plain.decode("utf-16-le", errors="ignore")
    if file.suffix == ".parquet":
        yield str(pq.read_table(file).to_pylist())
        yield str(pq.read_schema(file).metadata)
    elif file.suffix == ".duckdb":
        with duckdb.connect(str(file), read_only=True) as connection:
            for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
                yield str(connection.execute(f'from "{schema}"."{table}"').fetchall())
    elif file.name.startswith("journal.sqlite") and not file.name.endswith(("-wal", "-shm")):
        with sqlite3.connect(file) as journal:
            yield "\n".join(journal.iterdump())


def foreign_file(firm: Firm) -> Path:
    file = firm.folder / "zeiten.csv"
    file.write_text(FOREIGN, encoding="utf-8")
    return file


def our_file(firm: Firm) -> Path:
    file = firm.folder / "timesheets.csv"
    file.write_text(OURS, encoding="utf-8")
    return file


@pytest.mark.parametrize("write", [foreign_file, our_file])
def test_unused_columns_reach_no_byte_of_the_home(golive: Golive, firm: Firm, home: Home, write: object) -> None:
    assert callable(write)
    file = write(firm)
    golive("import", file, "--dry-run")
    assert found_in(home.path) == []
    ended = golive("import", file)
    assert ended.code == 0, ended.words
    assert found_in(home.path) == []
    golive("import", file)
    golive("undo", "1")
    assert found_in(home.path) == []
    golive("redo", "1")
    assert golive("rebuild", "--verify").code == 0
    assert golive("rebuild").code == 0
    assert golive("rebuild", "--verify").code == 0
    golive("report", "1")
    assert found_in(home.path) == []


@pytest.mark.parametrize("write", [foreign_file, our_file])
def test_the_report_lists_what_is_not_stored(golive: Golive, firm: Firm, write: object) -> None:
    assert callable(write)
    said = golive("import", write(firm)).words
    assert "not stored" in said
    assert "Konfession" in said or "religion" in said


def test_a_file_that_must_be_asked_about_leaves_nothing(golive: Golive, firm: Firm, home: Home) -> None:
    file = firm.folder / "asked.csv"
    file.write_text(
        "Employee,Project,Date,Hours,Remarks\n"
        + "".join(f"{MARK} Ana,{MARK} P1,0{n}/0{n + 1}/2026,8,{MARK}3\n" for n in range(1, 8)),
        encoding="utf-8",
    )
    assert golive("import", file).code == 3
    assert found_in(home.path) == []


def test_a_refused_file_leaves_nothing(golive: Golive, firm: Firm, home: Home) -> None:
    good = our_file(firm)
    bad = firm.folder / "recipes.csv"
    bad.write_text(f"Dish,Spice\n{MARK}30,{MARK}31\n{MARK}32,{MARK}33\n", encoding="utf-8")
    golive("import", bad)
    assert found_in(home.path) == []
    assert golive("import", good, bad, "--answer", f"nothing={MARK}").code == 1
    assert found_in(home.path) == []
    assert not list((home.inbox / "content").iterdir())


def test_an_interrupted_import_leaves_nothing_after_the_next_command_that_writes(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("data.importing.build_touched", stop)
        with pytest.raises(KeyboardInterrupt):
            import_files(firm.home, [our_file(firm)], ImportOptions())
    assert not list((firm.home.inbox / "content").iterdir())
    # A process that was killed can't tidy up; the next one does.
    (firm.home.inbox / "content" / ("0" * 64 + ".parquet")).write_bytes(MARK.encode())
    (firm.home.scratch / "import-killed").mkdir()
    (firm.home.scratch / "import-killed" / "a.parquet").write_bytes(MARK.encode())
    import_files(firm.home, [our_file(firm)], ImportOptions())
    assert found_in(firm.home.path) == []


def test_other_sheets_notes_properties_and_comments_of_archives_are_never_stored(
    golive: Golive, firm: Firm, home: Home
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Hours"
    for row in (
        ("person_id", "project_id", "work_date", "worked_hours", "note"),
        *(
            ("ana", "P1", datetime(2026, 11, day), 8, f"{MARK}1")  # noqa: DTZ001 - cells have no zone
            for day in range(2, 7)
        ),
    ):
        sheet.append(row)
    sheet["A2"].comment = Comment(f"{MARK}2", f"{MARK}3")
    for title, state in ((f"{MARK}4", "visible"), ("b", "hidden"), ("c", "veryHidden")):
        other = book.create_sheet(title)
        other.append([f"{MARK}5", f"{MARK}6"])
        other.append([f"{MARK}7", f"{MARK}8"])
        other.sheet_state = state
    book.properties.creator = f"{MARK}9"
    book.properties.description = f"{MARK}10"
    content = io.BytesIO()
    book.save(content)
    file = firm.folder / "hours.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = f"{MARK}11".encode()
        archive.writestr("hours.xlsx", content.getvalue())
        archive.writestr("readme.txt", f"{MARK}12")
    golive("import", file)
    assert len(inbox.read_batches(home)) == 1
    left = [place for place in found_in(home.path) if "journal" not in place]
    assert left == []


def test_a_home_of_an_earlier_version_is_cut_by_a_rebuild(golive: Golive, firm: Firm, home: Home) -> None:
    file = foreign_file(firm)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("data.accepting.narrowed", _whole)
        golive("import", file)
        golive("import", our_file(firm))
        golive("undo", "2")
    assert found_in(home.path)
    assert golive("rebuild").code == 0
    left = [place for place in found_in(home.path) if "journal" not in place]
    assert left == []
    assert golive("rebuild", "--verify").code == 0
    assert golive("redo", "2").code == 0
    assert [batch.cells_sha256 != "" for batch in inbox.read_batches(home)] == [True, True]


def _whole(_connection: object, batch: inbox.Batch, parquet: Path, scratch: Path, columns: tuple[str, ...]) -> object:
    """Keep everything, as earlier versions did."""
    copy = scratch / "whole.parquet"
    copy.write_bytes(parquet.read_bytes())
    return Narrow(batch, copy, columns)


def test_rules_on_whole_rows_leave_out_the_same_rows_after_the_cut(golive: Golive, firm: Firm, home: Home) -> None:
    golive("import", foreign_file(firm))
    file = next(home.warehouse.glob("*.duckdb"))
    with duckdb.connect(str(file), read_only=True) as connection:
        rows = connection.execute("select count(*), sum(worked_hours) from staging.timesheets").fetchone()
        refused = connection.execute("select count(*) from raw.refused_rows").fetchone()
    assert rows is not None
    assert refused is not None
    assert golive("rebuild").code == 0
    with duckdb.connect(str(max(home.warehouse.glob("*.duckdb"))), read_only=True) as connection:
        again = connection.execute("select count(*), sum(worked_hours) from staging.timesheets").fetchone()
        refused_again = connection.execute("select count(*) from raw.refused_rows").fetchone()
    assert (rows, refused) == (again, refused_again)
    assert rows[0] >= 26


def test_a_further_column_comes_with_the_same_file_again(golive: Golive, firm: Firm, home: Home) -> None:
    file = firm.folder / "zeiten.csv"
    file.write_text(
        "Mitarbeiter;Projekt;Datum;Stunden;Kram\n"
        + "".join(f"Ana Moreno;P1;{day:02d}.11.2026;8,0;training\n" for day in range(2, 20)),
        encoding="utf-8",
    )
    assert golive("import", file).code == 0
    assert golive("import", file, "--answer", "activity=Kram").code == 0
    with duckdb.connect(str(max(home.warehouse.glob("*.duckdb"))), read_only=True) as connection:
        assert connection.execute("select distinct activity from staging.timesheets").fetchall() == [("training",)]
    assert golive("rebuild", "--verify").code == 0
