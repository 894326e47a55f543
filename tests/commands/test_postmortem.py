"""``golive postmortem``: one project, all of them, the report; wrong words end with 1 or 2 and write nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.answers.door import close_all
from data.home import HOME_VARIABLE, Home
from tests.commands.running import Golive
from tests.dashboard.company import PEOPLE
from tests.dashboard.conftest import company_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["company_home"]


@pytest.fixture
def cli(
    company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Golive]:
    home = Home(shutil.copytree(company_home.path, tmp_path / "firm"))
    monkeypatch.setenv(HOME_VARIABLE, str(home.path))
    yield Golive(monkeypatch, capsys)
    close_all()


def said(cli: Golive, *arguments: object) -> Any:
    ended = cli("postmortem", *arguments, "--json")
    assert ended.code == 0, ended.words
    return json.loads(ended.out)


def test_an_account_is_printed_that_adds_up_and_names_nobody(cli: Golive, tmp_path: Path) -> None:
    found = said(cli, "wms-1", "--out", tmp_path / "reports", "--no-pdf")
    assert found["late_weeks"] == pytest.approx(6.0)
    assert sum(line["delay_weeks"] for line in found["account"]) == pytest.approx(6.0, abs=1e-6)
    assert sum(line["delay_weeks"] for line in found["windows"]) == pytest.approx(6.0, abs=1e-6)
    assert found["hindsight"]["signs"]
    text = json.dumps(found, ensure_ascii=False)
    assert not [name for person in PEOPLE for name in person[:2] if f'"{name}"' in text]
    assert (tmp_path / "reports" / "post-mortem-wms-1" / "account.csv").exists()
    words = cli("postmortem", "wms-1")
    assert words.code == 0
    assert "Finished 6.0 weeks after the baseline." in words.out


def test_without_a_project_those_that_have_begun_are_listed_and_all_are_pooled(cli: Golive) -> None:
    assert [row["project_id"] for row in said(cli)["projects"]][-3:] == ["erp-4", "his-1", "wms-2"]
    pooled = said(cli, "--all")
    assert len(pooled["accounts"]) == 6
    assert {row["by"] for row in pooled["pooled"]} == {"client_name", "product", "team_size"}
    assert cli("postmortem", "--all").code == 0


def test_wrong_words_are_said_as_such(cli: Golive, tmp_path: Path) -> None:
    unknown = cli("postmortem", "wms-11")
    assert unknown.code == 1
    assert "wms-1" in unknown.err
    assert cli("postmortem", "wms-1", "--all").code == 2
    assert cli("postmortem", "--out", tmp_path / "x").code == 2
    assert cli("postmortem", "wms-1", "--windows", "year").code == 2
    assert not (tmp_path / "x").exists()


def test_a_lesson_rests_on_a_line_of_the_account_and_is_shown_where_it_may_help(cli: Golive) -> None:
    written = said(cli, "wms-1", "--lesson", "Confirm by prototype", "--figure", "scope", "--tag", "Scope")
    assert written == {"lesson_id": 1}
    (found,) = said(cli, "--lessons", "--find", "PROTOTYPE scope")["lessons"]
    assert (found["title"], found["figure"], found["tags"]) == ("Confirm by prototype", "Requests", "scope")
    assert found["figure_weeks"] > 0
    # One running project has the same product.
    assert found["shown_count"] == 1
    assert said(cli, "--lessons", "--find", "handover")["lessons"] == []
    assert cli("postmortem", "wms-1", "--lesson", "x", "--figure", "weather").code == 2
    assert cli("postmortem", "wms-1", "--lesson", "  ").code == 1
    assert cli("postmortem", "--lesson", "x").code == 2
