from __future__ import annotations

import io
import os
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from data.files import SourceFile, TextTable, UnreadableFile, display_name, list_files, read_tables
from tests.data.files.helpers import problem_of, problem_of_bytes, read_all, rows, scratch_of
from tests.data.files.test_sheets import misplaced

if TYPE_CHECKING:
    from pathlib import Path

GOOD = b"a,b\n1,2\n"


def write(path: Path, content: bytes = GOOD, *, at: int = 1_000_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def summary(path: Path, tmp_path: Path) -> dict[str, str]:
    """Return what became of each file: its rows, or why it was passed over."""
    return {
        item.file_name: str(item.row_count) if isinstance(item, TextTable) else item.problem.what
        for item in read_all(path, scratch_of(tmp_path))
    }


def test_a_folder_is_read_oldest_first_with_all_folders_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "new.csv", at=300)
    write(folder / "deep" / "er" / "old.csv", at=100)
    write(folder / "b.csv", at=200)
    write(folder / "a.csv", at=200)
    assert list(summary(folder, tmp_path)) == ["deep/er/old.csv", "a.csv", "b.csv", "new.csv"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "a.csv")
    write(folder / "b.csv", b"")
    write(folder / "c.xlsx", b"PK\x03\x04")
    write(folder / "d.csv", b"x,X\n1,2\n")
    write(folder / "e.csv")
    found = summary(folder, tmp_path)
    assert (found["a.csv"], found["e.csv"]) == ("1", "1")
    assert "empty" in found["b.csv"]
    assert "damaged" in found["c.xlsx"]
    assert "twice" in found["d.csv"]


def test_what_is_passed_over_is_said_except_for_hidden_files(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    for name in ("a.csv", ".hidden.csv", ".git/b.csv", "~$a.xlsx", "notes.docx", "README"):
        write(folder / name)
    found = summary(folder, tmp_path)
    assert set(found) == {"a.csv", "~$a.xlsx", "notes.docx", "README"}
    assert "lock file" in found["~$a.xlsx"]
    assert ".docx are not read" in found["notes.docx"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret" / "pay.csv")
    folder = tmp_path / "inbox"
    write(folder / "a.csv")
    (folder / "link.csv").symlink_to(secret)
    (folder / "out").symlink_to(secret.parent)
    (folder / "round").symlink_to(folder)
    found = summary(folder, tmp_path)
    assert found["a.csv"] == "1"
    assert {name for name, what in found.items() if "is a link" in what} == {"link.csv", "out", "round"}


def test_a_folder_without_readable_file_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "notes.docx")
    problem = problem_of(folder, scratch_of(tmp_path))
    assert problem.what.startswith("inbox: the folder holds no file that can be read: notes.docx")
    (tmp_path / "nothing").mkdir()
    assert "holds no file" in problem_of(tmp_path / "nothing", scratch_of(tmp_path)).what


def test_an_unknown_ending_of_a_single_file_is_a_problem(tmp_path: Path) -> None:
    assert "end in .docx are not read" in problem_of_bytes(tmp_path, GOOD, "a.docx").what


def test_a_device_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "neither a file nor a folder" in problem_of(tmp_path / "pipe.csv", scratch_of(tmp_path)).what


def test_a_zip_is_read_with_its_folders(tmp_path: Path) -> None:
    path = zipped(tmp_path / "march.zip", **{"hours/timesheets.csv": GOOD, "trips.csv": GOOD, "hours/": b""})
    assert summary(path, tmp_path) == {"march.zip › hours/timesheets.csv": "1", "march.zip › trips.csv": "1"}
    assert len(list(scratch_of(tmp_path).iterdir())) == 2


def test_a_zip_in_a_folder_is_read_and_a_zip_in_a_zip_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    inner = zipped(tmp_path / "inner.zip", **{"a.csv": GOOD})
    zipped(folder / "outer.zip", **{"a.csv": GOOD, "inner.zip": inner.read_bytes()})
    found = summary(folder, tmp_path)
    assert found["outer.zip › a.csv"] == "1"
    assert "zip inside a zip" in found["outer.zip › inner.zip"]


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:\\evil.csv"])
def test_paths_that_lead_out_of_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", **{"good.csv": GOOD, name: GOOD})
    found = summary(path, tmp_path)
    assert found.pop("a.zip › good.csv") == "1"
    assert list(found.values()) == ["its path leads out of the zip."]
    assert not list(tmp_path.parent.glob("evil*"))


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good.csv", GOOD)
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in summary(tmp_path / "a.zip", tmp_path)["a.zip › link.csv"]


def test_a_member_with_a_password_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "a.csv: it is protected by a password" in problem_of_bytes(tmp_path, bytes(content), "b.zip").what


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"good.csv": GOOD, "bomb.csv": b"a,b\n" + b"0" * (30 << 20)})
    assert "200 times its size" in summary(path, tmp_path)["a.zip › bomb.csv"]


def test_a_zip_with_too_many_or_too_large_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD, "b.csv": GOOD})
    monkeypatch.setattr("data.files.archive.MAX_MEMBERS", 1)
    assert "holds 2 files" in problem_of(path, scratch_of(tmp_path)).what
    monkeypatch.setattr("data.files.archive.MAX_MEMBERS", 10)
    monkeypatch.setattr("data.files.archive.MAX_UNPACKED_BYTES", 10)
    assert "unpacks to" in problem_of(path, scratch_of(tmp_path)).what


def test_a_member_that_lies_about_its_size_is_called_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": GOOD * 1000})
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    assert "damaged" in summary(path, tmp_path)["a.zip › a.csv"]


def test_a_truncated_zip_is_called_damaged(tmp_path: Path) -> None:
    content = zipped(tmp_path / "a.zip", **{"a.csv": GOOD * 100}).read_bytes()
    assert "damaged" in problem_of_bytes(tmp_path, content[:-30], "b.zip").what


@pytest.mark.parametrize(("name", "encoding"), [("三月/工时明细.csv", "gb18030"), ("März/Größe.csv", "cp437")])
def test_names_from_windows_are_decoded(tmp_path: Path, name: str, encoding: str) -> None:
    raw = name.encode(encoding)
    placeholder = "x" * len(raw)
    path = zipped(tmp_path / "a.zip", **{placeholder[:-4] + ".csv": GOOD})
    path.write_bytes(path.read_bytes().replace(placeholder[:-4].encode() + b".csv", raw))
    assert list(summary(path, tmp_path)) == [f"a.zip › {name}"]


def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "a\x1b[31m\u202egnp\n.csv")
    (item,) = list_files(folder)
    assert isinstance(item, SourceFile)
    assert item.file_name == "a[31mgnp .csv"
    assert display_name("\u200b\x07") == "(no name)"
    assert len(display_name("x" * 10_000)) == 200


def test_a_file_that_is_gone_when_its_turn_comes_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "a.csv", at=100)
    late = write(folder / "b.csv", at=200)
    reading = read_tables(folder, scratch_of(tmp_path))
    assert isinstance(next(reading), TextTable)
    late.unlink()
    gone = next(reading)
    assert isinstance(gone, UnreadableFile)
    assert "is gone" in gone.problem.what


def test_the_list_is_what_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    write(folder / "a.csv")
    write(folder / "b.docx")
    zipped(folder / "c.zip", **{"d.csv": GOOD, "e.zip": GOOD})
    assert [item.file_name for item in list_files(folder)] == list(summary(folder, tmp_path))


def test_members_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.csv": "姓名,日期\n张三,2026-04-01\n".encode("gb18030")})
    (table,) = read_all(path, scratch_of(tmp_path))
    assert isinstance(table, TextTable)
    assert rows(table) == [(2, "张三", "2026-04-01")]


def test_a_zip_whose_directory_points_before_its_beginning_is_told_not_raised(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", "person_id,worked_hours\nana,8\n")
    path = tmp_path / "a.zip"
    path.write_bytes(misplaced(content.getvalue()))
    (found,) = read_all(path, scratch_of(tmp_path))
    assert isinstance(found, UnreadableFile)
    assert "damaged" in found.problem.what
