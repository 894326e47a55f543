"""``golive review risks``: a list of another tool comes in whole or not at all, and what goes out comes back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from data.journal import ConflictError, RaidEntry, change_entry, read_entries, record_entries, write_entries
from tests.commands.test_reviews import cli, company_home, reviewed

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home
    from tests.commands.running import Golive

__all__ = ["cli", "company_home", "reviewed"]

LOG = """ID,Category,Project,Description,Owner,Target date,Status,Mitigation
R-1,Risk,City hospital,Interface to the laboratory is late,Ana,2026-07-01,Open,Ask the vendor
R-2,Issue,erp-4,=cmd|' /C calc'!A0,Bo,,Resolved,
"""


def taken(cli: Golive, file: Path, *more: object) -> dict[str, Any]:
    ended = cli("review", "risks", "--take", file, "--json", *more)
    assert ended.code == 0, ended.words
    found: dict[str, Any] = json.loads(ended.out)
    return found


def counts(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["added_count"], found["changed_count"], found["unchanged_count"]


def test_a_list_of_another_tool_comes_in_once(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    file = tmp_path / "risk log.csv"
    file.write_text(LOG, encoding="utf-8")
    assert counts(taken(cli, file, "--dry-run")) == (2, 0, 0)
    assert read_entries(reviewed) == []
    assert counts(taken(cli, file)) == (2, 0, 0)
    assert counts(taken(cli, file)) == (0, 0, 2)
    issue, risk = read_entries(reviewed)
    assert (risk.kind, risk.project_id, risk.owner_name, str(risk.due_date)) == ("risk", "his-1", "Ana", "2026-07-01")
    assert (issue.kind, issue.project_id, issue.status) == ("issue", "erp-4", "closed")


def test_numbers_of_another_tool_are_not_ours(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    record_entries(reviewed, "ana", [RaidEntry("risk", "his-1", "Ours", owner_name="Ana")])
    file = tmp_path / "log.csv"
    file.write_text("ID,number,Project,Title\n1,1,his-1,Theirs\n", encoding="utf-8")
    assert counts(taken(cli, file)) == (1, 0, 0)
    assert {one.title for one in read_entries(reviewed)} == {"Ours", "Theirs"}


def test_a_line_that_comes_twice_counts_once(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    twice = "project,title,owner\nhis-1,Late,Ana\nhis-1,late ,Bo\n"
    file.write_text(twice, encoding="utf-8")
    assert counts(taken(cli, file)) == (1, 0, 0)
    file.write_text(twice.replace("Bo", "Cy"), encoding="utf-8")
    assert counts(taken(cli, file)) == (0, 1, 0)
    (entry,) = read_entries(reviewed)
    assert entry.owner_name == "Cy"


def test_somebody_elses_change_in_the_meantime_keeps_the_whole_list_out(reviewed: Home) -> None:
    (number,) = record_entries(reviewed, "ana", [RaidEntry("risk", "his-1", "Late", status="closed")])
    (seen,) = read_entries(reviewed)
    assert seen.status == "closed"
    change_entry(reviewed, "bo", number, {"owner_name": "Bo"})
    new = [RaidEntry("issue", "his-1", "New")]
    with pytest.raises(ConflictError):
        write_entries(reviewed, "ana", new, [(seen, {"owner_name": "Ana"})])
    (kept,) = read_entries(reviewed)
    assert (kept.owner_name, kept.status) == ("Bo", "closed")


def test_what_the_file_says_of_a_known_entry_holds(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    file = tmp_path / "risk log.csv"
    file.write_text(LOG, encoding="utf-8")
    taken(cli, file)
    file.write_text(LOG.replace("2026-07-01,Open", "2026-08-01,Closed"), encoding="utf-8")
    assert counts(taken(cli, file)) == (0, 1, 1)
    entry = next(one for one in read_entries(reviewed) if one.kind == "risk")
    assert (str(entry.due_date), entry.status) == ("2026-08-01", "closed")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_taken_along_comes_back_as_it_was(cli: Golive, reviewed: Home, tmp_path: Path, ending: str) -> None:
    record_entries(
        reviewed,
        "ana",
        [
            RaidEntry("risk", "his-1", "=1+1", note="-2"),
            RaidEntry("dependency", "erp-4", "网络 ready?", owner_name="林悦"),
        ],
    )
    before = read_entries(reviewed)
    file = tmp_path / f"risks{ending}"
    assert cli("review", "risks", "--out", file).code == 0
    if ending == ".csv":
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
        assert [row["title"] for row in rows] == ["'=1+1", "网络 ready?"]
    else:
        cells = [cell for row in openpyxl.load_workbook(file)["Table"].iter_rows() for cell in row]
        assert not any(str(cell.value or "").startswith("=") for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)
    assert counts(taken(cli, file)) == (0, 0, 2)
    assert read_entries(reviewed) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("project,title\nnone,Late", "line 2, column “project”, “none”: there is no project"),
        ("project,title\nerp-4,Late\nerp-4,", "line 3, column “title”"),
        ("project,title,kind\nerp-4,Late,wish", "“wish”: the kind is none of"),
        ("project,title,due\nerp-4,Late,soon", "“soon”: this is no day like"),
        (
            "name_of_it,what\na,b",
            "no table has a column for the title and one for the project; found: name_of_it, what",
        ),
        ("", "empty"),
    ],
)
def test_a_wrong_list_is_told_with_its_line_and_takes_nothing_in(
    cli: Golive, reviewed: Home, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "risks.csv"
    file.write_text(text, encoding="utf-8")
    ended = cli("review", "risks", "--take", file)
    assert ended.code == 1, ended.words
    assert words in " ".join(ended.err.split())
    assert "Traceback" not in ended.words
    assert read_entries(reviewed) == []


def test_wrong_options_are_errors_of_usage(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    assert cli("review", "risks", "--dry-run").code == 2
    assert cli("review", "risks", "--out", tmp_path / "risks.pdf").code == 2
    assert cli("review", "risks", "--take", tmp_path / "nothing.csv").code == 1
    assert read_entries(reviewed) == []


def test_a_list_in_chinese_comes_in(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    file = tmp_path / "风险.csv"
    file.write_text(
        "类型,项目,标题,负责人,截止日期,状态\n风险,City hospital,接口延期,林悦,2026年7月1日,已关闭\n", encoding="utf-8"
    )
    assert counts(taken(cli, file)) == (1, 0, 0)
    (entry,) = read_entries(reviewed)
    assert (entry.kind, entry.owner_name, str(entry.due_date), entry.status) == ("risk", "林悦", "2026-07-01", "closed")


def test_a_file_that_can_not_be_written_is_told(cli: Golive, reviewed: Home, tmp_path: Path) -> None:
    ended = cli("review", "risks", "--out", tmp_path / "nowhere" / "risks.csv")
    assert (ended.code, "there is no folder" in ended.words) == (1, True), ended.words
    assert "Traceback" not in ended.words
    assert read_entries(reviewed) == []
