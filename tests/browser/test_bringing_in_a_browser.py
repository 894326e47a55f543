"""A file brought to an empty Golive by hand: asked about, tried, imported, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GERMAN: Final = """Mitarbeiter;Projekt;Datum;Stunden;Tätigkeit;Telefon
Anna Müller;P-100;03/04/2026;7,5;Schulung;0123
Jonas Becker;P-100;05/04/2026;2,25;Tests;0456
Summe;;;9,75;;
"""
_PATIENCE_MS: Final = 30_000


@pytest.fixture(params=[("light", 1280), ("dark", 400)], ids=str)
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    theme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    yield page
    context.close()


def test_a_question_is_answered_a_file_imported_and_the_batch_taken_back(
    tab: Page, empty_server: str, tmp_path: Path
) -> None:
    file = tmp_path / "zeiten.csv"
    file.write_text(GERMAN, encoding="utf-8")
    tab.goto(f"{empty_server}/data")
    tab.get_by_text("Nothing is imported yet").wait_for()
    tab.set_input_files("input[type=file]", file)
    tab.get_by_text("can be read as day/month/year or as month/day/year").wait_for()
    assert tab.get_by_role("button", name="Import", exact=True).is_disabled()

    tab.get_by_role("combobox", name="Answer").click()
    tab.get_by_role("option", name="Day first").click()
    tab.get_by_text("Days are written: Day first").wait_for()
    tab.get_by_role("button", name="Dry run").click()
    tab.get_by_role("heading", name="Dry run: nothing was kept").wait_for()
    tab.get_by_text("Hours in force: 0.00 h before, 9.75 h after").wait_for()

    tab.get_by_test_id("stBaseButton-primary").click()
    tab.get_by_role("heading", name="Imported", exact=True).wait_for()
    tab.get_by_role("button", name="Close this report").wait_for()

    tab.get_by_role("radio", name="Imports").click()
    tab.get_by_role("button", name="Take this batch back").click()
    tab.get_by_role("button", name="Put this batch back").wait_for()
    tab.get_by_text("This batch was undone").wait_for()
    assert tab.get_by_test_id("stException").count() == 0
    size = tab.viewport_size
    assert size is not None
    assert tab.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= size["width"]
