"""Files that were read wrongly once, brought to the page by hand, with the answers to their questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from data.home import Home
from data.inbox import read_batches
from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HANDED: Final = shared_folder() / "cases" / "import"
_PATIENCE_MS: Final = 60_000
#: File → what is typed as the answer; empty where the first answers are right, and none where nothing is asked.
FILES: Final = {
    "b15_jira_worklog_sums.csv": "ERP",
    "b20_personio_abwesenheiten.csv": "",
    "c14_leave_planner.xlsx": "",
    "p15_leave_types.csv": "",
    "r17_day_fraction.csv": None,
}
PLANNED: Final = """Name;Abwesenheitsart;Von;Bis;Tage;Status
Jana Wolf;Urlaub;02.03.2026;03.03.2026;1,5;Genehmigt
Uwe Kern;Homeoffice;04.03.2026;04.03.2026;1;Genehmigt
Uwe Kern;Krank;05.03.2026;06.03.2026;2;Genehmigt
Jana Wolf;Urlaub;09.03.2026;13.03.2026;5;Abgelehnt
"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    yield page
    context.close()


def bring(tab: Page, server: str, file: Path, answer: str | None) -> None:
    """Bring a file, answer what is asked, import, and see that it came in."""
    tab.goto(f"{server}/data?part=bring")
    tab.set_input_files("input[type=file]", file)
    tab.get_by_role("heading", name="What the columns mean").wait_for()
    taken = tab.get_by_role("button", name="Import", exact=True)
    if answer is not None:
        assert taken.is_disabled()
        tab.get_by_role("button", name="Leave this out").wait_for()
    if answer:
        field = tab.get_by_label("Answer").first
        field.fill(answer)
        field.press("Enter")
    elif answer is not None:
        tab.get_by_text("Would come in:").first.wait_for()  # the preview is there before anything is answered
        tab.get_by_role("button", name="Take the first answers").click()
    tab.get_by_test_id("stBaseButton-primary").and_(tab.locator(":enabled")).click()
    tab.get_by_role("heading", name="Imported", exact=True).wait_for()
    assert tab.get_by_test_id("stException").count() == 0


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_a_handed_file_comes_in_with_its_answers(tab: Page, empty_server: str, name: str) -> None:
    bring(tab, empty_server, HANDED / name, FILES[name])


def test_a_list_of_leave_comes_in_with_the_first_answer(tab: Page, empty_server: str, tmp_path: Path) -> None:
    file = tmp_path / "abwesenheiten.csv"
    file.write_text(PLANNED, encoding="utf-8")
    bring(tab, empty_server, file, "")
    tab.get_by_text(": abwesenheiten.csv").wait_for()
    tab.get_by_text("refused or taken back").first.wait_for()  # what is left out is said
    (batch,) = read_batches(Home(tmp_path / "home"))
    assert (batch.table_name, batch.file_name) == ("leave", "abwesenheiten.csv")
