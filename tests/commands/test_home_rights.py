"""A home is its owner's alone, whatever wrote into it and whatever the user's own setting is."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from data import home_rights
from data.home import Home
from data.home_rights import OWN_FILES, OWN_FOLDERS, close_to_others

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.running import Golive
    from tests.data.firm import Firm

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of this kind exist on POSIX systems")

WEEK = (
    "person_id,project_id,work_date,worked_hours\n"
    "ana,P1,2026-11-16,8\nana,P1,2026-11-17,8\nben,P1,2026-11-18,7.5\nben,P1,2026-11-19,25\n"
)


@pytest.fixture
def careless() -> Iterator[None]:
    """Let a process create files that everybody may read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(home: Path) -> list[str]:
    """Return what others may reach, with the rights."""
    return [
        f"{path.relative_to(home.parent)} {stat.S_IMODE(path.lstat().st_mode):o}"
        for path in (home, *home.rglob("*"))
        if path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]


def test_whatever_the_commands_write_is_the_owners_alone(golive: Golive, firm: Firm, careless: None) -> None:
    del careless
    file = firm.folder / "week.csv"
    file.write_text(WEEK, encoding="utf-8")
    second = firm.folder / "more.csv"
    second.write_text(WEEK.replace("2026-11-1", "2026-11-0"), encoding="utf-8")
    home = Path(os.environ["GOLIVE_HOME"])
    for command in (
        ("import", file, "--dry-run"),
        ("import", file),
        ("import", second),
        ("import", firm.folder / "absent.csv"),
        ("status",),
        ("forecast",),
        ("workload",),
        ("strain",),
        ("anomalies",),
        ("names",),
        ("report", "1"),
        ("restated",),
        ("undo", "2"),
        ("redo", "2"),
        ("rebuild",),
        ("rebuild", "--verify"),
    ):
        os.umask(0)
        golive(*command)
        assert open_to_others(home) == [], command


def test_a_command_on_an_open_home_says_so_once_and_closes_it(golive: Golive, firm: Firm) -> None:
    file = firm.folder / "week.csv"
    file.write_text(WEEK, encoding="utf-8")
    golive("import", file)
    home = Path(os.environ["GOLIVE_HOME"])
    home.chmod(0o755)
    for note in (home / "inbox" / "batches").iterdir():
        note.chmod(0o644)
    first, second = golive("status"), golive("status")
    assert "other users of this machine" in first.err
    assert "other users" not in second.words
    assert open_to_others(home) == []


def test_a_folder_with_other_things_keeps_their_rights(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir(mode=0o755)
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    (tmp_path / "letter.txt").chmod(0o644)
    (tmp_path / "inbox").mkdir(mode=0o755)
    close_to_others(Home(tmp_path))
    assert stat.S_IMODE((tmp_path / "letter.txt").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "inbox").stat().st_mode) == 0o700


def test_a_link_in_a_home_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    (outside / "mine.txt").write_text("x", encoding="utf-8")
    (outside / "mine.txt").chmod(0o644)
    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    (home / "inbox" / "link").symlink_to(outside)
    (home / "profiles").symlink_to(outside)
    close_to_others(Home(home))
    assert stat.S_IMODE((outside / "mine.txt").stat().st_mode) == 0o644


def test_everything_that_a_home_holds_is_known_to_the_one_place(golive: Golive, firm: Firm) -> None:
    file = firm.folder / "week.csv"
    file.write_text(WEEK, encoding="utf-8")
    for command in (("import", file), ("forecast",), ("strain",), ("undo", "1"), ("redo", "1")):
        golive(*command)
    home = Path(os.environ["GOLIVE_HOME"])
    known = {path for pattern in OWN_FILES for path in home.glob(pattern)}
    assert {path.name for path in home.iterdir() if path not in known} <= set(OWN_FOLDERS)
    assert home_rights.close_to_others(Home(home)) == 0
