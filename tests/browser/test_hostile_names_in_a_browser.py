"""Names that try to be more than names, on every page of a real server: nothing is asked for, nothing is markup."""

from __future__ import annotations

import urllib.request
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from tests.browser.conftest import served
from tests.browser.test_pages_in_a_browser import Watcher
from tests.dashboard import company
from tests.dashboard.hostile import HOSTILE_NAMES, STRANGER
from tests.dashboard.reviewed import with_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

_PATIENCE_MS = 90_000
PATHS = (
    "",
    "project?project=his-1",
    "people",
    "people?person=p01",
    "change_requests",
    "rotations",
    *(f"review?part={part}" for part in ("agenda", "walk&shared=true", "decisions", "dates", "risks", "alerts")),
    *(f"data?part={part}" for part in ("state", "bring", "batches", "anomalies", "restated", "names", "decisions")),
)

#: What hostile names would have become, anywhere on the page.
_MARKUP = f"""() => [...document.querySelectorAll(
    'a[href*="{STRANGER}"], img[src*="{STRANGER}"], a[href^="javascript"], script:not([src]):not([type]), iframe'
)].filter(found => !found.closest('head')).map(found => found.outerHTML.slice(0, 200)).concat(
    [...document.querySelectorAll('[data-testid="stMain"] .katex, [data-testid="stMain"] .stMarkdownColoredText,'
        + '[data-testid="stMain"] del, .js-plotly-plot text a,'
        + '.js-plotly-plot tspan[style*="font-weight:bold"], .js-plotly-plot text b')]
    .map(found => found.outerHTML.slice(0, 200)))"""


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a firm whose people, teams, projects, clients and products have hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    names = [name.replace("\n", " ").replace("\r", " ") for name in HOSTILE_NAMES]
    with pytest.MonkeyPatch.context() as patched:
        people = [
            (person_id, names[place % len(names)], f"{team} {names[place % 2]}")
            for place, (person_id, _, team) in enumerate(company.PEOPLE)
        ]
        projects = [
            (one[0], names[-1 - place], names[place + 3], f"{one[3]} {names[place]}", *one[4:])
            for place, one in enumerate(company.PROJECTS)
        ]
        patched.setattr(company, "PEOPLE", people)
        patched.setattr(company, "PROJECTS", projects)
        files = company.write_company(folder / "files <b>")
    day = company.LAST_DAY
    now = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    home = Home(folder / "home")
    import_files(home, [files], ImportOptions(is_history=True), now=now)
    with_review(home, " ".join(names[:8]))
    with served(home, folder) as address:
        yield address


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector('[data-testid="stHeading"]', timeout=_PATIENCE_MS)
    page.wait_for_function(
        '() => !document.querySelector(\'[data-testid="stSpinner"], [data-testid="stSkeleton"]\')'
        " && document.querySelector('[data-testid=\"stApp\"]').getAttribute('data-test-script-state') === 'notRunning'",
        timeout=_PATIENCE_MS,
    )


def test_hostile_names_ask_for_nothing_and_stay_text_on_every_page(browser: Browser, hostile_server: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 2600})
    try:
        for path in PATHS:
            page = context.new_page()
            watcher = Watcher(page, hostile_server)
            opened(page, f"{hostile_server}/{path}")
            assert watcher.strangers == [], path
            assert watcher.errors == [], path
            assert page.evaluate(_MARKUP) == [], path
            page.close()
    finally:
        context.close()


def test_every_answer_keeps_the_browser_at_home_and_out_of_frames(hostile_server: str) -> None:
    for path in ("/", "/_stcore/health", "/people"):
        with urllib.request.urlopen(f"{hostile_server}{path}", timeout=30) as answer:  # noqa: S310 - our own server
            policy = answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert "http" not in policy
            assert "*" not in policy
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_policy_stops_what_would_get_through(browser: Browser, hostile_server: str) -> None:
    page = browser.new_page()
    try:
        left: list[str] = []
        page.on("requestfinished", lambda request: left.append(request.url))
        opened(page, hostile_server)
        refused = page.evaluate(
            f"""() => new Promise(done => {{
                document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
                const picture = document.createElement('img');
                picture.src = 'https://{STRANGER}/x.png';
                document.body.append(picture);
                setTimeout(() => done('nothing'), 5000);
            }})"""
        )
        assert refused == "img-src"
        assert not any(STRANGER in url for url in left)
    finally:
        page.close()
