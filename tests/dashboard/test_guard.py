"""What nobody expected: said in Golive's own words, noted with its place and with nothing of anybody's data."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import error_log
from dashboard.answers import portfolio
from data.home import HOME_VARIABLE, Home
from tests.dashboard.conftest import APP_FILE

pytestmark = pytest.mark.breaks

WORDS = "Ana Moreno worked 61 h"
KEY = "K-4711"


def broken(*_arguments: object, **_more: object) -> None:
    local = WORDS
    try:
        dict[str, str]()[KEY]
    except KeyError as error:
        raise ValueError(local) from error


def caught() -> ValueError:
    with pytest.raises(ValueError, match="Ana") as raised:
        broken()
    return raised.value


def test_an_error_on_a_page_is_said_in_words_and_noted_without_data(
    company_home: Home, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(company_home.path))
    monkeypatch.setattr(portfolio, "_forecasts", broken)
    opened = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    assert not opened.exception
    (box,) = opened.error
    assert "Your data is untouched" in box.value
    assert "errors.log" in box.value
    assert WORDS not in box.value
    written = error_log.log_file(company_home).read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "caused by  KeyError" in written
    assert "test_guard.py:" in written
    assert WORDS not in written
    assert KEY not in written


def test_the_log_is_for_its_owner_only_and_does_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_log, "_LARGEST_BYTES", 400)
    home = Home(tmp_path)
    for _ in range(30):
        assert error_log.note_error(home, caught(), "people")
    files = sorted(error_log.log_file(home).parent.iterdir())
    assert [file.name for file in files] == ["errors.log", "errors.log.1", "errors.log.2"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(files[0].parent.stat().st_mode) == 0o700
    assert max(file.stat().st_size for file in files) < 1_000


def test_a_home_that_cannot_be_written_hides_no_error(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    assert error_log.note_error(Home(tmp_path), ValueError(WORDS), "people") == ""


def test_places_in_the_code_bear_no_folder_of_this_machine(tmp_path: Path) -> None:
    text = error_log.described(caught())
    assert str(Path(__file__).parents[2]) not in text
    assert "tests/dashboard/test_guard.py:" in text
    assert str(tmp_path) not in text
