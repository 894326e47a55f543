"""``golive doctor``: what is well, what is to be done, and nothing is changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from dashboard import machine
from data.home import HOME_VARIABLE, Home
from tests.commands.running import Golive
from tests.dashboard.conftest import company_home

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["company_home"]


@pytest.fixture
def home(company_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    copied = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    copied.path.chmod(0o700)
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    return copied


@pytest.fixture
def golive(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Golive:
    monkeypatch.setenv("COLUMNS", "200")
    return Golive(monkeypatch, capsys)


def told(golive: Golive) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(golive("doctor", "--json").out)}


def test_a_home_that_is_well_ends_with_nothing_to_do(
    home: Home, golive: Golive, monkeypatch: pytest.MonkeyPatch
) -> None:
    del home
    monkeypatch.setattr(machine, "_LEAST_FREE_BYTES", 1)
    monkeypatch.setattr("dashboard.packs.document.has_asian_font", lambda: True)
    ended = golive("doctor")
    assert ended.code == 0, ended.words
    assert "No channel is set up: nothing leaves this machine." in ended.out


def test_what_is_to_be_done_is_said(home: Home, golive: Golive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_LEAST_FREE_BYTES", 10**18)
    monkeypatch.setattr("dashboard.packs.document.has_asian_font", lambda: False)
    monkeypatch.delenv("CHAT_URL", raising=False)
    (home.path / "alerts.toml").write_text('[channels.team]\nkind = "slack"\nurl_env = "CHAT_URL"\n', encoding="utf-8")
    home.path.chmod(0o755)
    found = told(golive)
    assert golive("doctor").code == 1
    assert "chmod 700" in found["home"]["advice"]
    assert "Make room" in found["disk"]["advice"]
    assert "fonts-noto-cjk" in found["fonts"]["advice"]
    assert "CHAT_URL is not set" in found["alerts"]["seen"]


def test_a_home_that_is_not_there_and_a_pointer_to_nothing_are_findings(
    home: Home, golive: Golive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.warehouse / "current").write_text("golive-999999.duckdb", encoding="utf-8")
    assert "golive rebuild" in told(golive)["warehouse"]["advice"]
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "none"))
    found = told(golive)
    assert "golive demo" in found["home"]["advice"]
    assert not (tmp_path / "none").exists(), "nothing is changed"
