"""Every button of every page, on a home that has data: pressed from a fresh load, once more, and after a reload."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from tests.browser.conftest import served
from tests.browser.walking import Control, Walk
from tests.dashboard.company import LAST_DAY, write_demand
from tests.dashboard.reviewed import with_review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

#: The longest walks first.
PAGES = (
    "data",
    "review",
    "rotations",
    "post_mortem",
    "",
    "people",
    "change_requests",
    "project",
    "method",
)
#: What stands on every page and was pressed already.
EVERYWHERE: set[Control] = set()
SUNDAY_EVENING = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 21, tzinfo=UTC)
OURS = "Person Id,Project Id,Work Date,Worked Hours\np01,erp-4,2026-05-30,1.5\n"


@pytest.fixture(scope="module")
def filled_server(company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the filled home, because buttons change it."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(company_home.path, folder / "home")
    import_files(Home(folder / "home"), [write_demand(folder / "demand")], ImportOptions(), now=SUNDAY_EVENING)
    with_review(Home(folder / "home"))
    with served(Home(folder / "home"), folder) as address:
        yield address


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[Page]:
    """Return one tab; its profile keeps the app's code once it has loaded it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_everything_on_a_page_can_be_pressed(profile: Page, filled_server: str, path: str, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(OURS, encoding="utf-8")
    tab = profile.context.new_page()
    is_thorough = os.environ.get("GOLIVE_PRESS") == "all"
    walk = Walk(tab, filled_server, file, is_thorough, everywhere=EVERYWHERE)
    walk.everything(path)
    tab.close()
    assert walk.faults == []
    assert len(walk.pressed) >= 8, "too little was found to press"
