"""``golive import``: what it prints, and what it makes of files that are not right."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

HOURS: Final = "person_id,project_id,work_date,worked_hours"
#: What the import promises to print for each table of each file.
PROMISED: Final = {
    "file",
    "table",
    "rows_read",
    "rows_accepted",
    "rows_unchanged",
    "rows_corrected",
    "rows_refused",
    "warnings",
    "hours_read",
    "hours_accepted",
    "batch_id",
}


def imported(golive: Golive, *arguments: object) -> list[dict[str, Any]]:
    ended = golive("import", *arguments, "--json")
    found: dict[str, list[dict[str, Any]]] = json.loads(ended.out)
    assert set(found) == {"files", "proof"}
    return found["files"]


def test_json_has_the_promised_keys_and_adds_up(golive: Golive, firm: Firm) -> None:
    path = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,7.5\nana,p1,2026-03-03,30\nbo,p1,2026-03-02,20")
    second = firm.file("timesheets 2.csv", f"{HOURS}\nbo,p2,2026-03-02,8\nana,p1,2026-03-02,7.5")
    (first,) = imported(golive, path)
    assert set(first) >= PROMISED
    assert {key: first[key] for key in PROMISED} == {
        "file": "timesheets.csv",
        "table": "timesheets",
        "rows_read": 3,
        "rows_accepted": 2,
        "rows_unchanged": 0,
        "rows_corrected": 0,
        "rows_refused": 1,
        "warnings": 0,
        "hours_read": 57.5,
        "hours_accepted": 27.5,
        "batch_id": 1,
    }
    (again,) = imported(golive, second)
    assert (again["rows_corrected"], again["rows_unchanged"], again["batch_id"]) == (1, 1, 2)


def test_files_folders_and_zips_go_in_together(golive: Golive, firm: Firm) -> None:
    folder = firm.folder / "exports"
    folder.mkdir()
    (folder / "timesheets.csv").write_text(f"{HOURS}\nana,p1,2026-03-02,8", encoding="utf-8")
    with zipfile.ZipFile(firm.folder / "more.zip", "w") as archive:
        archive.writestr("projects.csv", "project_id,start_date\np1,2026-01-05")
    path = firm.file("people.csv", "person_id,weekly_hours\nana,40")
    found = imported(golive, folder, firm.folder / "more.zip", path)
    assert [row["table"] for row in found] == ["timesheets", "projects", "people"]
    assert firm.rows("select count(*) from raw.batches") == [(3,)]


def test_one_bad_file_of_several_is_told_and_the_others_go_in(golive: Golive, firm: Firm) -> None:
    good = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive("import", good, firm.folder / "missing.csv", "--json")
    assert ended.code == 1
    found = json.loads(ended.out)["files"]
    assert [bool(row["problem"]) for row in found] == [False, True]
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]


BAD_FILES: Final = {
    "missing": ("missing.csv", None),
    "empty": ("timesheets.csv", b""),
    "only spaces": ("timesheets.csv", b" \n\n \n"),
    "header only": ("timesheets.csv", f"{HOURS}\n".encode()),
    "no known column": ("mystery.csv", b"a,b\n1,2\n"),
    "missing column": ("timesheets.csv", b"person_id,project_id,work_date\nana,p1,2026-03-02\n"),
    "duplicate header": ("timesheets.csv", f"{HOURS},Worked Hours\nana,p1,2026-03-02,8,9\n".encode()),
    "truncated workbook": ("timesheets.xlsx", b"PK\x03\x04 and then nothing"),
    "text named workbook": ("timesheets.xlsx", b"not a workbook at all"),
    "bytes of no encoding": ("timesheets.csv", bytes(range(128, 256)) * 40),
    "picture": ("timesheets.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
    "broken zip": ("exports.zip", b"PK\x05\x06"),
    "no parquet": ("timesheets.parquet", b"PAR1 not really PAR1"),
    "only a totals row": ("timesheets.csv", b"Total,,,120\n"),
    "ambiguous dates": ("timesheets.csv", f"{HOURS}\nana,p1,03/04/2026,8\n".encode()),
    "mixed decimals": ("timesheets.csv", f'{HOURS}\nana,p1,2026-03-02,"7,5"\nana,p1,2026-03-03,7.5\n'.encode()),
}


#: These can be read in two ways: they wait for an answer.
MUST_ASK: Final = ("ambiguous dates", "mixed decimals")


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_is_not_right_is_told_in_words_and_harms_nothing(golive: Golive, firm: Firm, kind: str) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    name, content = BAD_FILES[kind]
    path = firm.folder / "bad" / name
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    ended = golive("import", path)
    assert ended.code == (3 if kind in MUST_ASK else 1), ended
    assert "Traceback" not in ended.words
    assert name in ended.words.replace("\n", ""), "the message names the file"
    assert ended.words.count(".") >= 2, "what is wrong, and what to do"
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("missing column", "worked_hours"),
        ("duplicate header", "twice"),
        ("header only", "no rows"),
        ("ambiguous dates", "--date-order"),
        ("mixed decimals", "--decimal"),
        ("no known column", "--as"),
    ],
)
def test_the_message_says_what_to_do(golive: Golive, firm: Firm, kind: str, words: str) -> None:
    name, content = BAD_FILES[kind]
    assert content is not None
    path = firm.folder / name
    path.write_bytes(content)
    assert words in " ".join(golive("import", path).words.split())


def test_the_wrong_table_by_name_says_which_columns_are_missing(golive: Golive, firm: Firm) -> None:
    path = firm.file("x.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive("import", path, "--as", "trips")
    assert ended.code == 1
    assert "departed_at" in ended.words
    assert golive("import", path, "--as", "timesheets").code == 0


def test_a_dry_run_keeps_nothing(golive: Golive, firm: Firm) -> None:
    path = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive("import", path, "--dry-run")
    assert ended.code == 0
    assert "nothing was kept" in ended.out
    assert golive("status").code == 1


def test_refused_rows_are_no_failure_of_the_command_but_are_told(golive: Golive, firm: Firm) -> None:
    path = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8\nana,p1,soon,8")
    ended = golive("import", path)
    assert ended.code == 0
    assert "1 row was refused" in ended.out


@pytest.mark.parametrize(
    "name", ["[bold]hours[red].csv", "hours\x1b[31m.csv", "工时.csv", "a b'c;d$e.csv", "{file}.csv"]
)
def test_a_hostile_file_name_is_shown_and_does_nothing(golive: Golive, firm: Firm, name: str) -> None:
    path = firm.folder / name
    path.write_text(f"{HOURS}\nana,p1,2026-03-02,8", encoding="utf-8")
    ended = golive("import", path)
    assert ended.code == 0
    assert "\x1b[31m" not in ended.out
    (row,) = imported(golive, path)
    assert "\x1b" not in row["file"]
    bad = firm.folder / f"bad {name}"
    bad.write_text("", encoding="utf-8")
    ended = golive("import", bad)
    assert ended.code == 1
    assert "\x1b[31m" not in ended.words


def test_history_is_advised_for_old_rows_without_stamps(golive: Golive, firm: Firm) -> None:
    path = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2020-03-02,8")
    (row,) = imported(golive, path)
    assert any("--history" in advice for advice in row["advice"])


def test_rebuild_verify_undo_and_redo_speak_json(golive: Golive, firm: Firm) -> None:
    golive("import", firm.file("timesheets 1.csv", f"{HOURS}\nana,p1,2026-03-02,8"))
    golive("import", firm.file("timesheets 2.csv", f"{HOURS}\nana,p1,2026-03-02,6"))
    verified = json.loads(golive("rebuild", "--verify", "--json").out)
    assert verified["is_same"] is True
    assert {mart["is_same"] for mart in verified["marts"]} == {True}
    assert json.loads(golive("undo", "2", "--json").out)["batch_id"] == 2
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]
    assert golive("undo", "2").code == 1
    assert json.loads(golive("redo", "2", "--json").out)["file"] == "timesheets 2.csv"
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(6.0,)]


def test_a_difference_that_rebuild_finds_ends_with_1(golive: Golive, firm: Firm) -> None:
    golive("import", firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8"))
    _tamper(firm)
    ended = golive("rebuild", "--verify", "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["is_same"] is False


def _tamper(firm: Firm) -> None:
    import duckdb  # noqa: PLC0415 - only this test writes past the import

    (path,) = firm.home.warehouse.glob("golive-*.duckdb")
    with duckdb.connect(path) as connection:
        connection.execute("update marts.project_weeks set worked_hours = 9")


def test_a_journal_that_can_not_be_written_does_not_hide_what_was_imported(golive: Golive, firm: Firm) -> None:
    firm.home.path.mkdir()
    firm.home.journal_file.mkdir()
    path = firm.file("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive("import", path, "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["files"][0]["rows_accepted"] == 1
    assert "journal" in ended.err
    assert "Traceback" not in ended.words


def test_the_demo_never_touches_a_home_with_other_data(golive: Golive, firm: Firm, tmp_path: Path) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    ended = golive("demo", "--no-serve", "--home", tmp_path / "home")
    assert ended.code == 1
    assert "--home" in ended.err
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]
