"""Nothing moves while a page loads, however late the code of a widget arrives."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.scripts import INIT_JS
from tests.browser.test_pages_in_a_browser import opened
from tests.browser.walking import SHIFT_LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser

_WIDGETS = re.compile(r"/(?:Selectbox|Multiselect|ButtonGroup)\.[^/]*\.js$", re.IGNORECASE)

_PATHS: Final = (
    "",
    "?as_of=2026-05-24",
    "project",
    "project?project=his-1&as_of=2026-05-24",
    "people?as_of=2026-05-24",
    "rotations",
    "change_requests",
    "post_mortem",
    "data",
    "data?part=bring",
)


@pytest.mark.parametrize("path", _PATHS)
def test_filters_that_arrive_late_move_nothing(browser: Browser, server: str, path: str) -> None:
    assert _shift(browser, f"{server}/{path}") <= SHIFT_LIMIT


@pytest.mark.parametrize("part", ["agenda", "walk", "decisions", "dates", "alerts"])
def test_a_review_does_not_jump_either(browser: Browser, reviewed_server: str, part: str) -> None:
    assert _shift(browser, f"{reviewed_server}/review?part={part}") <= SHIFT_LIMIT


def _shift(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(INIT_JS)
    held: list[str] = []

    def later(route: Route) -> None:
        held.append(route.request.url)
        time.sleep(2)
        route.continue_()

    context.route(_WIDGETS, later)
    page = opened(context.new_page(), address)
    page.wait_for_timeout(500)
    shift = float(page.evaluate("window.__shift"))
    context.close()
    assert held, "no code of a widget was held up: the names of Streamlit's files have changed"
    return shift
