"""``make shots``: a picture of every page of a home, in both themes, on a laptop and on a phone.

Pictures are for looking at: no test reads them. ``--docs`` makes those of README and docs instead.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from dashboard.answers import everything as answers
from data.home import Home
from data.publishing import published_file
from tests.browser.conftest import CHROMIUM, FLAGS, served
from tests.browser.scripts import STATE_JS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PAGES: Final = (
    *("", "review", "project", "people", "rotations", "change_requests", "post_mortem", "data", "method"),
    "data?part=bring",
)
_LAPTOP, _PHONE = (1280, 900), (400, 860)
_LONGEST: Final = 8_000
_MAIN_HEIGHT: Final = "(document.querySelector('[data-testid=stMain]') || document.body).scrollHeight"
#: So long nothing may change before a page is at rest: charts and tables are drawn a moment after their data has come.
_QUIET_SECONDS: Final = 2.0
_PATIENCE_SECONDS: Final = 180


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description="Make pictures of every page.")
    parser.add_argument("--home", type=Path, default=Path(".demo"), help="home that is shown (.demo)")
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="folder for the pictures (screenshots)")
    parser.add_argument("--docs", action="store_true", help="only the pictures of README, on a laptop in light colours")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    home = Home(options.home.absolute())
    with (
        tempfile.TemporaryDirectory() as folder,
        served(home, Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if options.docs:
            for name, path in _of_docs(home).items():
                _picture(browser, f"{address}/{path}", options.out / f"{name}.png", "light", _LAPTOP, is_whole=False)
            return
        for path in _PAGES:
            name = path.replace("?", "-").replace("=", "-") or "portfolio"
            for theme in ("light", "dark"):
                for size in (_LAPTOP, _PHONE):
                    place = options.out / f"{name}-{theme}-{size[0]}.png"
                    _picture(browser, f"{address}/{path}", place, theme, size, is_whole=True)


def _of_docs(home: Home) -> dict[str, str]:
    """Return the pages that README shows, with the project that is expected to cost most."""
    file = published_file(home)
    if file is None:
        raise SystemExit(f"Nothing was imported into {home.path}. Run make demo first.")
    rows = answers.forecast(file, answers.local_viewer(), answers.as_of_date(file))
    worst = rows.sort_values("expected_delay_person_weeks", ascending=False)["project_id"].iloc[0]
    return {"portfolio": "", "project": f"project?project={worst}", "people": "people", "import": "data?part=bring"}


def _picture(browser: Browser, url: str, place: Path, theme: str, size: tuple[int, int], *, is_whole: bool) -> None:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page.goto(url)
    _wait(page)
    if is_whole:
        page.set_viewport_size({"width": width, "height": min(int(page.evaluate(_MAIN_HEIGHT)) + 40, _LONGEST)})
        _wait(page)
    page.screenshot(path=place)
    page.close()


def _wait(page: Page) -> None:
    """Wait until the script rests and the text stands still."""
    page.wait_for_selector("h1")
    since, last, end = time.monotonic(), None, time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and time.monotonic() - since < _QUIET_SECONDS:
        is_ready, text = page.evaluate(STATE_JS)
        if not is_ready or text != last:
            since, last = time.monotonic(), text
        page.wait_for_timeout(100)


if __name__ == "__main__":
    main()
