"""Buttons that lead to another part of the page that is open: on a home that already has data."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data.home import Home
from tests.browser.conftest import served
from tests.browser.test_pages_in_a_browser import settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OURS = "person_id,project_id,work_date,worked_hours\np01,erp-4,2026-05-{day},1.5\n"


@pytest.fixture
def filled_server(company_home: Home, tmp_path: Path) -> Iterator[str]:
    """Serve a copy of the filled home, because these buttons change it."""
    shutil.copytree(company_home.path, tmp_path / "home")
    with served(Home(tmp_path / "home"), tmp_path) as address:
        yield address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def test_files_are_imported_twice_in_a_row_into_a_home_that_has_data(
    tab: Page, filled_server: str, tmp_path: Path
) -> None:
    tab.goto(f"{filled_server}/data?as_of=2026-05-24")
    tab.get_by_role("radio", name="Bring files").click()
    for day in (30, 31):
        file = tmp_path / f"more_{day}.csv"
        file.write_text(OURS.format(day=day), encoding="utf-8")
        tab.set_input_files("input[type=file]", file)
        tab.get_by_text("These are the names of Golive itself").wait_for()
        tab.get_by_test_id("stBaseButton-primary").click()
        tab.get_by_role("heading", name="Imported", exact=True).wait_for()
        tab.get_by_text(f": more_{day}.csv").wait_for()
        # The report stands before the field for files is drawn anew: a file given in between would go with the old one.
        settled(tab)
        assert tab.get_by_test_id("stException").count() == 0
