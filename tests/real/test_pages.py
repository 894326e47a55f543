"""Every page opens on a home with real data, today and as known on an earlier day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.answers.door import close_all
from dashboard.shown import in_markdown
from data.home import HOME_VARIABLE
from tests.real.test_commands import WORKING_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.real.running import Imported
    from tests.real.source import Source

DASHBOARD = Path(__file__).parents[2] / "dashboard"
PAGES = sorted(file.name for file in (DASHBOARD / "app_pages").glob("*.py") if file.name != "__init__.py")


#: Three days: requests arrive; the firm of the time log is at work; the newest report, when hours have long ended.
DAYS = ("2010-06-30", WORKING_DAY, None)


@pytest.fixture(scope="module", params=DAYS, ids=["as known in 2010", "as known in 2016", "today"])
def app(request: pytest.FixtureRequest, imported_again: Imported, home: Path) -> Iterator[AppTest]:
    """Return the app on the real data, with the day chosen."""
    del imported_again
    patch = pytest.MonkeyPatch()
    patch.setenv(HOME_VARIABLE, str(home))
    config.set_option("server.address", "127.0.0.1")
    app = AppTest.from_file(str(DASHBOARD / "app.py"), default_timeout=120).run()
    if request.param:
        app.date_input(key="as_of").set_value(dt.date.fromisoformat(request.param)).run()
    yield app
    config.set_option("server.address", None)
    patch.undo()
    close_all()


def assert_is_sound(app: AppTest) -> None:
    """Fail with what went wrong on the page that is open."""
    assert [(problem.message, problem.stack_trace) for problem in app.exception] == []
    assert [problem.value for problem in app.error] == []
    assert app.title


@pytest.mark.parametrize("page", PAGES)
def test_the_page_opens(app: AppTest, page: str) -> None:
    day = app.date_input(key="as_of").value
    app.switch_page(f"app_pages/{page}").run()
    assert_is_sound(app)
    assert app.date_input(key="as_of").value == day


def test_the_largest_project_of_the_time_log_opens(app: AppTest, source: Source) -> None:
    project_id = f"cesaw_tsp-{source.time_log.groupby('project_key')['minutes'].sum().idxmax()}"
    app.switch_page("app_pages/project.py").run()
    app.selectbox(key="project").set_value(project_id).run()
    assert_is_sound(app)
    assert in_markdown(project_id) in [heading.value for heading in app.subheader]


def test_the_page_of_whoever_filed_opens(app: AppTest, source: Source) -> None:
    # Who filed first has long gone when the last hours are in.
    filed = source.time_log.dropna(subset="started_at").sort_values("started_at")
    is_over = app.date_input(key="as_of").value > filed["started_at"].max().date()
    chosen = filed.iloc[-1 if is_over else 0]
    app.switch_page("app_pages/people.py").run()
    app.selectbox(key="person").set_value(f"{chosen['organization']}{chosen['person_key']}").run()
    assert_is_sound(app)
