"""The pages as a reader sees them: both themes, a wide and a narrow screen, links that last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from dashboard.parts.board import ROW_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

pytestmark = pytest.mark.browser

PATHS = (
    "",
    "project",
    "people",
    "people?person=Ana+Moreno",
    "rotations",
    "change_requests",
    "post_mortem",
    "data",
    "method",
)
WIDTHS = (1280, 400)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_PATIENCE_MS = 120_000

_IS_DRAWN = """() => {
    const figures = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    return !document.querySelector('[data-testid="stSkeleton"]')
        && figures.every(figure => figure.querySelector('.main-svg'));
}"""


class Watcher:
    """What went wrong while a page was open."""

    def __init__(self, page: Page, address: str) -> None:
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self._address = address
        self._page = page
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)
        page.on("request", self._on_request)

    def close(self) -> None:
        """Watch no longer."""
        self._page.remove_listener("console", self._on_console)
        self._page.remove_listener("pageerror", self._on_error)
        self._page.remove_listener("request", self._on_request)

    def _on_error(self, error: object) -> None:
        self.errors.append(str(error))

    def _on_console(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the page's own path first; that 404 is part of its way of starting.
        is_probe = "/_stcore/" in str(message.location.get("url", "")) and "404" in message.text
        if message.type == "error" and not is_probe:
            self.errors.append(message.text)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self._address, self._address.replace("http", "ws", 1), "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture(scope="module")
def contexts(browser: Browser, server: str) -> Iterator[dict[tuple[str, int], BrowserContext]]:
    """Return one browser profile for each theme and width; a profile keeps the app's code once it has loaded it."""
    del server
    found: dict[tuple[str, int], BrowserContext] = {
        (theme, width): browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        for theme in THEMES
        for width in WIDTHS
    }
    yield found
    for context in found.values():
        context.close()


@pytest.fixture(scope="module")
def tabs(contexts: dict[tuple[str, int], BrowserContext]) -> dict[tuple[str, int], Page]:
    """Return one tab of each: a tab that has shown a page before needs half the time for the next one."""
    return {look: context.new_page() for look, context in contexts.items()}


@pytest.fixture(params=[(theme, width) for theme in THEMES for width in WIDTHS], ids=str)
def page(tabs: dict[tuple[str, int], Page], request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return an empty tab in one of the themes and widths."""
    yield tabs[request.param]
    tabs[request.param].goto("about:blank")


@pytest.fixture
def wide_page(tabs: dict[tuple[str, int], Page]) -> Iterator[Page]:
    """Return an empty tab on a wide light screen."""
    yield tabs["light", 1280]
    tabs["light", 1280].goto("about:blank")


def opened(page: Page, address: str) -> Page:
    """Open a page and wait until it stands still."""
    page.goto(address)
    page.wait_for_selector('[data-testid="stHeading"]', timeout=_PATIENCE_MS)
    return settled(page)


def settled(page: Page) -> Page:
    """Wait until the script has run and every figure is drawn."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=_PATIENCE_MS)
    page.wait_for_function(_IS_DRAWN, timeout=_PATIENCE_MS)
    return page


@pytest.mark.parametrize("part", ["agenda", "walk", "alerts"])
def test_every_part_of_a_review_is_drawn_and_fits_the_screen(page: Page, reviewed_server: str, part: str) -> None:
    _check_page(page, reviewed_server, f"review?part={part}")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_drawn_without_an_error_and_fits_the_screen(page: Page, server: str, path: str) -> None:
    _check_page(page, server, path)


def test_a_press_on_the_board_opens_the_person_beside_it_and_once_more_after_close(
    wide_page: Page, server: str
) -> None:
    page = opened(wide_page, f"{server}/people")
    for _press in range(2):
        board = page.locator('[data-testid="stDataFrame"]').first
        # Below the heads stands the row of a team, below that its first person.
        board.click(position={"x": 260, "y": int(2.5 * ROW_HEIGHT)})
        page.wait_for_url("**/people?*person=*", timeout=_PATIENCE_MS)
        settled(page)
        assert page.locator('[data-testid="stException"]').count() == 0
        page.get_by_role("button", name="Close").click()
        page.wait_for_url(lambda url: "person=" not in url, timeout=_PATIENCE_MS)
        settled(page)


def _check_page(page: Page, server: str, path: str) -> None:
    watcher = Watcher(page, server)
    opened(page, f"{server}/{path}")
    watcher.close()
    assert page.locator('[data-testid="stException"]').count() == 0
    assert watcher.errors == []
    assert watcher.strangers == [], "a page must not ask the internet for anything"
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= width


@pytest.mark.parametrize(("theme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(16, 21, 29)")])
def test_the_theme_follows_the_readers_system(
    tabs: dict[tuple[str, int], Page], server: str, theme: str, colour: str
) -> None:
    page = opened(tabs[theme, 1280], f"{server}/method")
    found = page.evaluate("getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor")
    assert found == colour


def test_a_filter_stands_in_the_address_and_survives_a_reload(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/people?weeks=26&team=West")
    assert page.get_by_role("radio", name="26").get_attribute("aria-checked") == "true"
    page.get_by_role("radio", name="52").click()
    page.wait_for_url("**weeks=52**", timeout=_PATIENCE_MS)
    settled(page).reload()
    page.wait_for_selector('[data-testid="stHeading"]', timeout=_PATIENCE_MS)
    settled(page)
    assert "weeks=52" in page.url
    assert "team=West" in page.url
    assert page.get_by_role("radio", name="52").get_attribute("aria-checked") == "true"


def test_back_goes_through_what_was_chosen(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/people?weeks=26")
    page.get_by_role("radio", name="52").click()
    page.wait_for_url("**weeks=52**", timeout=_PATIENCE_MS)
    settled(page).go_back()
    page.wait_for_url("**weeks=26**", timeout=_PATIENCE_MS)
    page.wait_for_selector('[role="radio"][aria-checked="true"]:has-text("26")', timeout=_PATIENCE_MS)


def test_a_tick_in_the_portfolio_opens_the_project_by_its_id_on_the_day_that_is_shown(
    wide_page: Page, server: str
) -> None:
    page = opened(wide_page, f"{server}/?as_of=2026-05-24")
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.locator("canvas").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 52)
    page.wait_for_url("**/project?**", timeout=_PATIENCE_MS)
    settled(page)
    assert "as_of=2026-05-24" in page.url
    assert any(f"project={project_id}" in page.url for project_id in ("his-1", "erp-4", "wms-2"))
    assert page.get_by_test_id("stException").count() == 0
    page.go_back()
    page.wait_for_selector('[data-testid="stDataFrame"]', timeout=_PATIENCE_MS)
    settled(page)
    assert page.get_by_text("which nothing here answers to").count() == 0, "nobody asked the portfolio for a project"


def test_the_day_is_part_of_the_link(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/?as_of=2025-12-07")
    assert page.get_by_text("You are looking at the past").is_visible()


def test_a_link_to_a_project_opens_that_project(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/project?project=Cedar+ERP+%C2%B7+Cedar+Textiles")
    assert page.get_by_role("heading", name="Cedar ERP").is_visible()


def test_every_figure_and_table_has_a_name_for_a_screen_reader(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/change_requests")
    for name in ("Change requests by month, stacked by phase", "Late change requests, the newest first"):
        assert page.locator(f'[aria-label="{name}"]').count() >= 1


def test_a_chart_is_taken_along_as_a_picture_that_the_browser_makes(wide_page: Page, server: str) -> None:
    page = opened(wide_page, f"{server}/change_requests")
    watcher = Watcher(page, server)
    chart = page.get_by_test_id("stPlotlyChart").first
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as got:
        chart.locator(".modebar-btn").first.click()
    watcher.close()
    assert got.value.suggested_filename == "arrivals.png"
    picture = got.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000
    assert (watcher.errors, watcher.strangers) == ([], [])
