"""``golive review``: open, show, list, decide, announce; wrong words end with 1 or 2 and write nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.answers.review import read_review
from dashboard.answers.viewers import local_viewer
from dashboard.packs.of_reviews import pack_of_review
from data.home import HOME_VARIABLE, Home
from data.journal import read_decisions, read_reviews
from data.publishing import published_file
from tests.commands.running import Golive
from tests.dashboard.company import SILENT_TEAM
from tests.dashboard.conftest import company_home

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["company_home"]
POINT = f"team:{SILENT_TEAM}"


@pytest.fixture
def reviewed(company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of the tiny firm."""
    home = Home(shutil.copytree(company_home.path, tmp_path / "firm"))
    monkeypatch.setenv(HOME_VARIABLE, str(home.path))
    return home


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reviewed: Home) -> Golive:
    del reviewed
    return Golive(monkeypatch, capsys)


def said(cli: Golive, *arguments: object) -> Any:
    ended = cli("review", *arguments, "--json")
    assert ended.code == 0, ended.words
    return json.loads(ended.out)


def test_a_review_from_opening_to_a_closed_decision(cli: Golive, reviewed: Home) -> None:
    first = said(cli, "open", "--attendee", "林悦=portfolio manager")
    assert first["verified"]["teams"]
    shown = cli("review", "show")
    assert "Figures verified" in shown.out
    assert SILENT_TEAM in shown.out
    assert "林悦 (portfolio manager)" in shown.out
    decided = said(cli, "decide", POINT, "Ask the lead", "--owner", "Bo", "--due", "2026-06-12", "--seen", "0")
    assert said(cli, "decide", "1", "Second thought") != decided
    conflict = cli("review", "decide", POINT, "At once", "--seen", "0")
    assert conflict.code == 1
    assert "on this item meanwhile" in conflict.err
    listed = said(cli, "list", "--decisions", "--find", "lead")
    assert [one["title"] for one in listed["decisions"]] == ["Ask the lead"]
    assert listed["score"]["coverage"] is None
    number = decided["decision_id"]
    assert said(cli, "close", number, "--note", "done by mail")["version"] == 1
    assert cli("review", "close", number).code == 1
    assert said(cli, "close", number, "--reopen")["version"] == 2
    stale = cli("review", "close", number, "--seen", "0")
    assert (stale.code, "changed decision" in stale.err) == (1, True)
    assert len(read_reviews(reviewed)) == 1
    assert said(cli, "show", first["review_id"])["agenda"] == first["agenda"]


def test_the_same_review_is_shown_as_the_same_bytes(cli: Golive) -> None:
    said(cli, "open")
    first = cli("review", "show", 1, "--json").out
    said(cli, "decide", POINT, "Ask the lead")
    said(cli, "open")
    assert cli("review", "show", 1, "--json").out == first


def test_an_announced_date_is_told_with_its_chance(cli: Golive) -> None:
    found = said(cli, "announce", "his-1", "2027-03-01", "--by", "Ana")
    assert 0.01 <= found["kept_probability"] <= 0.99
    assert "the chance of keeping it is" in cli("review", "announce", "his-1", "2027-04-01").out


def test_what_is_announced_after_the_figures_were_frozen_is_shown_with_the_review(cli: Golive, reviewed: Home) -> None:
    said(cli, "announce", "his-1", "2027-01-15", "--by", "Bo")
    said(cli, "open")
    assert "Announced at it" not in cli("review", "show").out
    said(cli, "announce", "his-1", "2027-03-01", "--by", "Ana")
    shown = cli("review", "show")
    assert "Announced at it" in shown.out
    assert "1 Mar 2027" in shown.out
    assert "15 Jan 2027" not in shown.out.split("Announced at it")[1]
    review = read_review(reviewed, local_viewer(), 1)
    file = published_file(reviewed)
    assert file is not None
    pack = pack_of_review(reviewed, file, local_viewer(), review)
    (part,) = [one for one in pack.parts if one.name == "announced"]
    assert part.texts.to_numpy().tolist()[0][1:3] == ["1 Mar 2027", "Ana"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show",), 1, "No review was opened yet"),
        (("show", "9"), 1, "number 9"),
        (("show", "0"), 2, "greater than or equal"),
        (("open", "--attendee", "Ana"), 2, "NAME=ROLE"),
        (("open", "--as-of", "yesterday"), 2, "not a date"),
        (("open", "--as-of", "2099-01-01"), 2, "still to come"),
        (("open", "--as-of", "1999-01-01"), 1, "Nothing is known"),
        (("decide", "1", "Freeze"), 1, "No review was opened yet"),
        (("decide", "1", "Freeze", "--due", "soon"), 2, "not a date"),
        (("close", "7"), 1, "number 7"),
        (("close", "7", "--not-done", "--reopen"), 2, "Choose one"),
        (("announce", "none", "2027-03-01"), 1, "No project"),
        (("announce", "his-1", "2020-03-01"), 1, "is over"),
        (("announce", "his-1", "3 March"), 2, "not a date"),
        (("list", "--decisions", "--risks"), 2, "Choose one"),
    ],
)
def test_wrong_words_are_told_and_write_nothing(
    cli: Golive, reviewed: Home, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = cli("review", *arguments)
    assert ended.code == code, ended.words
    assert words in " ".join(ended.err.split())
    assert "Traceback" not in ended.words
    assert (read_reviews(reviewed), read_decisions(reviewed)) == ([], [])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--when", "late_probability above 50"), "can't be evaluated"),
        (("--scenario", "5"), "number 5"),
        (("--supersedes", "5"), "number 5"),
    ],
)
def test_a_decision_with_a_wrong_part_is_not_written(
    cli: Golive, reviewed: Home, options: tuple[str, ...], words: str
) -> None:
    said(cli, "open")
    ended = cli("review", "decide", POINT, "Freeze", *options)
    assert (ended.code, words in ended.err) == (1, True), ended.words
    assert read_decisions(reviewed) == []
    nowhere = cli("review", "decide", "project:none", "Freeze")
    assert (nowhere.code, "no point" in nowhere.err) == (1, True)


def test_a_home_without_data_says_what_to_do(golive: Golive) -> None:
    for arguments in (("open",), ("list", "--decisions")):
        ended = golive("review", *arguments)
        assert (ended.code, "Nothing was imported" in ended.err) == (1, True)


def test_hostile_words_of_a_decision_reach_no_terminal_as_orders(cli: Golive) -> None:
    said(cli, "open")
    said(cli, "decide", POINT, "\x1b[31mred [bold]x[/bold] =cmd|' /C calc'!A0")
    shown = cli("review", "list", "--decisions")
    assert shown.code == 0
    assert "\x1b[31m" not in shown.out


def test_a_timer_opens_the_review_and_writes_its_pack(cli: Golive, tmp_path: Path) -> None:
    first = said(cli, "run", "--pack", "--no-pdf", "--out", tmp_path / "packs")
    again = said(cli, "run", "--pack", "--no-pdf", "--out", tmp_path / "packs")
    assert again == first
    names = {file.name for file in (tmp_path / "packs" / "review-1").iterdir()}
    assert {"review-1.xlsx", "review-1.pptx", "projects.csv", "projects.parquet"} <= names
    assert "review-1.pdf" not in names
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused = cli("review", "pack", "--no-pdf", "--out", tmp_path / "file")
    assert (refused.code, "can't be written" in refused.err) == (1, True)
