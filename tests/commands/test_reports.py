"""``golive report`` and ``golive restated``: what an import did, and what it did to past weeks."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from data.proving import keep_report, prove, read_report
from data.publishing import published_file
from data.rebuilding import undo
from data.warehouse import open_draft

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.running import Golive
    from tests.data.firm import Firm

HOURS = "person_id,project_id,work_date,worked_hours"


def take_in_with_report(firm: Firm, name: str, text: str, **said: Any) -> int:
    """Import a file and keep its report, whether or not the import itself does so."""
    before = published_file(firm.home)
    report = firm.take_in_text(name, text, **said)
    assert report.batch_id is not None
    if read_report(firm.home, report.batch_id) is None:
        file, draft = published_file(firm.home), firm.folder / "draft.duckdb"
        assert file is not None
        shutil.copyfile(file, draft)
        with open_draft(draft) as connection:
            proof = prove(connection, before, [report.batch_id])
        kept = {"file": report.as_json(), "proof": proof.as_json(), "understanding": None, "is_dry_run": False}
        assert keep_report(firm.home, report.batch_id, kept)
    return report.batch_id


def plain(text: str) -> str:
    """Return the words without lines and gaps of tables."""
    return " ".join(text.replace("│", " ").split())


@pytest.fixture
def corrected(firm: Firm) -> Firm:
    """A firm whose second batch corrects a day, adds one, and has a hostile project and a refused row."""
    take_in_with_report(firm, "a.csv", f"{HOURS}\nana,p1,2026-03-02,8\nbo,p1,2026-03-02,8")
    text = f"{HOURS}\nana,p1,2026-03-02,6\ncy,=cmd|x,2026-03-04,4\nbo,p1,2026-03-05,99"
    take_in_with_report(firm, "b.csv", text, now="2026-04-08")
    return firm


def test_the_report_tells_rows_hours_and_who_changed(golive: Golive, corrected: Firm) -> None:
    ended = golive("report", 2, "--home", corrected.home.path)
    assert ended.code == 0, ended
    words = plain(ended.out)
    assert "Batch 2: b.csv" in words
    assert "read as timesheets" in words
    assert "Hours in force: 16.00 h before, 18.00 h after (+2.00 h)." in words
    assert "cy 0.00 4.00 +4.00 h" in words
    assert "ana 8.00 6.00 −2.00 h" in words
    assert "Refused rows by reason" in words


def test_the_report_as_json_is_what_was_kept(golive: Golive, corrected: Firm) -> None:
    found = json.loads(golive("report", 2, "--json", "--home", corrected.home.path).out)
    assert (found["batch_id"], found["state"], found["is_kept"]) == (2, "in force", True)
    assert found["proof"]["difference_hours"] == 2.0
    (batch,) = found["proof"]["batches"]
    assert (batch["rows_read"], batch["rows_accepted"], batch["rows_corrected"], batch["rows_refused"]) == (3, 1, 1, 1)


def test_the_workbook_holds_every_part_and_no_formula(golive: Golive, corrected: Firm, tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    assert golive("report", 2, "--out", file, "--home", corrected.home.path).code == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [
        "Summary",
        "Rows and hours",
        "Tables",
        "Persons",
        "Projects",
        "Weeks",
        "Refused",
        "Columns",
        "Cleaning",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'=cmd|x" in [cell.value for cell in cells]
    persons = list(book["Persons"].iter_rows(values_only=True))
    assert ("cy", None, 0, 4, 4) in persons
    assert sum(row[4] for row in persons[1:]) == 2


def test_the_report_in_markdown_keeps_its_tables_whole(golive: Golive, corrected: Firm, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    assert golive("report", 2, "--out", file, "--home", corrected.home.path).code == 0
    text = file.read_text(encoding="utf-8")
    assert "## Persons" in text
    assert "'=cmd\\|x" in text


@pytest.mark.parametrize("name", ["report.pdf", "report"])
def test_another_kind_of_file_is_an_error_of_usage(golive: Golive, corrected: Firm, name: str) -> None:
    ended = golive("report", 2, "--out", name, "--home", corrected.home.path)
    assert ended.code == 2
    assert ".xlsx or .md" in plain(ended.words)


def test_a_file_that_cannot_be_written_ends_in_words(golive: Golive, corrected: Firm, tmp_path: Path) -> None:
    ended = golive("report", 2, "--out", tmp_path / "no" / "report.md", "--home", corrected.home.path)
    assert ended.code == 1
    assert "can't be written" in ended.err
    assert "Traceback" not in ended.words


def test_a_batch_without_a_report_says_what_is_not_known(golive: Golive, corrected: Firm) -> None:
    for file in (corrected.home.inbox / "reports").iterdir():
        file.unlink()
    ended = golive("report", 2, "--home", corrected.home.path)
    assert ended.code == 0, ended
    words = plain(ended.out)
    assert "No report was kept with this batch" in words
    assert "Read from the file 3 109.00" in words
    assert "Hours in force" not in words


def test_an_undone_batch_is_said_to_be_undone(golive: Golive, corrected: Firm) -> None:
    undo(corrected.home, 2)
    words = plain(golive("report", 2, "--home", corrected.home.path).out)
    assert "This batch was undone" in words
    assert "18.00 h after" in words
    for file in (corrected.home.inbox / "reports").iterdir():
        file.unlink()
    ended = golive("report", 2, "--home", corrected.home.path)
    assert ended.code == 0
    assert "This batch was undone" in ended.out


def test_a_batch_that_never_was_is_named_with_those_that_are(golive: Golive, corrected: Firm) -> None:
    ended = golive("report", 99, "--home", corrected.home.path)
    assert ended.code == 1
    assert "no batch 99" in ended.err
    assert "1, 2" in ended.err


def test_restated_tells_the_week_and_the_batch(golive: Golive, corrected: Firm) -> None:
    ended = golive("restated", "--since", "2026-04-06", "--home", corrected.home.path)
    assert ended.code == 0, ended
    words = plain(ended.out)
    assert "1 week that had ended by then has changed since, by +2.00 h in all." in words
    assert "+4.00 h −2.00 h 0.00 h 2" in words
    assert "b.csv" in words


def test_restated_by_default_looks_back_to_the_sunday_of_a_first_review_and_says_so(
    golive: Golive, corrected: Firm
) -> None:
    ended = golive("restated", "--home", corrected.home.path)
    assert "No review is recorded" in ended.out
    found = json.loads(golive("restated", "--json", "--home", corrected.home.path).out)
    assert (found["since"], found["is_since_assumed"]) == ("2026-03-30T00:00:00", True)
    (row,) = found["rows"]
    assert (row["hours_then"], row["hours_now"], row["batch_ids"]) == (0.0, 18.0, [1, 2])
    assert [batch["batch_id"] for batch in found["batches"]] == [1, 2]


SINCE = ("--since", "2026-04-02")


@pytest.mark.parametrize("by", ["project", "person"])
def test_restated_by_project_and_person_adds_up_to_the_week(golive: Golive, corrected: Firm, by: str) -> None:
    found = json.loads(golive("restated", "--by", by, *SINCE, "--json", "--home", corrected.home.path).out)
    assert sum(row["difference_hours"] for row in found["rows"]) == 2.0
    assert all(row[f"{by}_id"] for row in found["rows"])
    assert golive("restated", "--by", by, *SINCE, "--home", corrected.home.path).code == 0


def test_restated_since_today_finds_nothing(golive: Golive, corrected: Firm) -> None:
    ended = golive("restated", "--since", "2026-04-09", "--home", corrected.home.path)
    assert ended.code == 0
    assert "has changed since then" in ended.out


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("--by", "team")])
def test_restated_refuses_what_it_does_not_know(golive: Golive, corrected: Firm, arguments: tuple[str, str]) -> None:
    ended = golive("restated", *arguments, "--home", corrected.home.path)
    assert ended.code == 2
    assert "Traceback" not in ended.words


def test_without_an_import_both_say_how_to_begin(golive: Golive, tmp_path: Path) -> None:
    for arguments in (("restated",), ("report", 1)):
        ended = golive(*arguments, "--home", tmp_path / "empty")
        assert ended.code == 1
        assert ended.err
