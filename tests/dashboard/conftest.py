"""The tiny firm, imported once by the real import, and the app on it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard import error_log
from dashboard.answers.door import close_all
from data.home import HOME_VARIABLE, Home
from data.import_reports import ImportOptions
from data.importing import import_files
from tests.dashboard.company import LAST_DAY, write_company

if TYPE_CHECKING:
    from collections.abc import Iterator

APP_FILE = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture(scope="session")
def company_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of the tiny firm."""
    folder = tmp_path_factory.mktemp("company")
    home = Home(folder / "home")
    files = write_company(folder / "files")
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 20, tzinfo=UTC)
    import_files(home, [files], ImportOptions(is_history=True), now=now)
    return home


@pytest.fixture
def company_file(company_home: Home) -> Path:
    """Return the warehouse file of the tiny firm."""
    return next(company_home.warehouse.glob("*.duckdb"))


@pytest.fixture
def loopback() -> Iterator[None]:
    """Let the pages believe that the server answers to this machine only."""
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", None)


@pytest.fixture
def app(company_home: Home, loopback: None, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the app on the tiny firm, opened on its first page."""
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(company_home.path))
    return AppTest.from_file(str(APP_FILE), default_timeout=60).run()


@pytest.fixture
def empty_app(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the app on a home into which nothing was imported."""
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return AppTest.from_file(str(APP_FILE), default_timeout=60).run()


@pytest.fixture(autouse=True)
def no_error_is_noted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where a page broke: its guard says that in words, so that no test would see an exception.

    Tests that break a page on purpose are marked ``breaks``.
    """
    noted: list[str] = []
    note = error_log.note_error

    def noting(home: Home, error: BaseException, page: str) -> str:
        noted.append(f"page {page or '-'}: {error_log.described(error)}")
        return note(home, error, page)

    if request.node.get_closest_marker("breaks") is None:
        monkeypatch.setattr(error_log, "note_error", noting)
    yield
    assert noted == []


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Close what a test has opened, so that nothing is left open at the end."""
    yield
    close_all()
