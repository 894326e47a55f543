"""The review page: opened, walked through, decided on, announced; every link finds its place again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.alerts import look
from dashboard.answers.viewers import local_viewer
from data.home import HOME_VARIABLE, Home
from data.journal import read_alerts, read_announcements, read_decisions, read_entries, read_reviews
from data.publishing import published_file
from tests.dashboard.company import LAST_DAY, SILENT_TEAM
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "app_pages/review.py"


@pytest.fixture
def home(company_home: Home, tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a copy of the tiny firm that a test may change."""
    del loopback
    copied = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    monkeypatch.setenv(HOME_VARIABLE, str(copied.path))
    return copied


def page(**asked: str) -> AppTest:
    app = AppTest.from_file(str(APP_FILE), default_timeout=120).run()
    app.switch_page(PAGE)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    elements = (*app.markdown, *app.text, *app.caption, *app.subheader, *app.info, *app.success, *app.error)
    return "\n".join(str(element.value) for element in elements)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def opened(app: AppTest) -> AppTest:
    app.text_input[0].set_value("Ana=portfolio manager")
    return press(app, "Freeze the figures and open")


def test_a_review_is_opened_walked_through_and_decided_on(home: Home) -> None:
    app = page()
    assert "No review was opened yet" in texts(app)
    opened(app)
    (review,) = read_reviews(home)
    assert [one.name for one in review.attendees] == ["Ana"]
    assert "Figures verified" in texts(app)
    assert SILENT_TEAM in texts(app)
    walk = page(review="1", part="walk", point=f"team:{SILENT_TEAM}")
    assert SILENT_TEAM in [element.value for element in walk.subheader]
    walk.text_area[0].set_value("Ask the lead")
    press(walk, "Record")
    (decision,) = read_decisions(home)
    assert (decision.title, decision.item_key) == ("Ask the lead", f"team:{SILENT_TEAM}")
    assert walk.text_area[0].value == "", "the form is empty, so that a second press records nothing twice"
    register = page(review="1", part="decisions")
    assert "No prediction can be scored yet" in texts(register)
    press(register, "Save")
    assert read_decisions(home)[0].status == "done"


def test_the_other_parts_open_by_their_links_and_write_what_is_said(home: Home) -> None:
    opened(page())
    dates = page(review="1", part="dates")
    press(dates, "Record the announcement")
    assert len(read_announcements(home)) == 1
    assert "Announced since the figures were frozen" in texts(dates)
    risks = page(review="1", part="risks")
    next(one for one in risks.text_input if one.label == "Title").set_value("Old interface")
    press(risks, "Add")
    assert [one.title for one in read_entries(home)] == ["Old interface"]
    shared = page(review="1", part="walk", shared="true")
    assert "Record" not in [button.label for button in shared.button]


def test_alerts_stand_there_before_the_first_review_and_are_answered(home: Home) -> None:
    app = page()
    assert "No alert is open." in texts(app)
    file = published_file(home)
    assert file is not None
    look(file, local_viewer(), LAST_DAY)
    opened(page())
    alerts = page(review="1", part="alerts")
    assert SILENT_TEAM in texts(alerts)
    press(alerts, "Save the answer")
    assert "needs a reason" in texts(alerts)
    next(one for one in alerts.text_input if one.label == "Reason (needed)").set_value("asked the lead")
    press(alerts, "Save the answer")
    assert [one.reason for one in read_alerts(home) if one.is_acknowledged] == ["asked the lead"]


def test_the_pack_is_made_on_the_page(home: Home) -> None:
    del home
    opened(page())
    app = page(review="1", part="agenda")
    app.selectbox(key="review_pack_kind").set_value("xlsx").run()
    press(app, "Make it")
    key, (_file, number), kind, made = app.session_state["pack_made"]
    assert (key, number, kind, made[:2]) == ("review", 1, "xlsx", b"PK")
