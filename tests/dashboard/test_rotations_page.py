"""The rotations page: propose, reject a move, solve again, keep, accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.everything import close_all
from data.home import Home
from data.journal.rotations import read_plans
from tests.commands.test_rotation import begin, monday
from tests.dashboard.conftest import APP_FILE
from tests.data.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def firm(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firm]:
    del loopback
    made = Firm.at(tmp_path)
    monkeypatch.setenv("GOLIVE_HOME", str(made.home.path))
    begin(made)
    yield made
    close_all()


def opened() -> AppTest:
    app = AppTest.from_file(str(APP_FILE), default_timeout=120).run()
    app = app.switch_page("app_pages/rotations.py").run()
    assert not app.exception, app.exception
    return app


def pressed(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    parts = [*app.subheader, *app.caption, *app.info, *app.success, *app.markdown, *app.text]
    return "\n".join(str(part.value) for part in parts)


def test_nothing_is_proposed_before_somebody_asks(firm: Firm) -> None:
    app = opened()
    assert "Press Propose" in words(app)
    assert firm.rows("select count(*) from staging.assignments") == [(3,)]


def test_a_manager_proposes_rejects_solves_again_keeps_and_accepts(firm: Firm) -> None:
    app = pressed(opened(), "rotation_propose")
    assert "open person-weeks are covered" in words(app)
    assert "proven to be an optimum" in words(app)
    labels = [one.label for one in app.tabs]
    assert "Handovers" in labels
    figures = [str(value) for one in app.dataframe for value in one.value.iloc[:, 0]]
    assert "Journeys" in figures
    app = pressed(app, "rotation_reject")
    assert "pinned or rejected so far" in words(app)
    app = pressed(app, "rotation_again")
    assert app.segmented_control(key="rotation_proposal_2").value == "B"
    app.text_input[0].set_value("Spring")
    app.text_input[1].set_value("Ana")
    accept = next(one for one in app.button if one.label == "Accept")
    app = accept.click().run()
    assert not app.exception, app.exception
    assert "Accepted as decision 1" in words(app)
    (kept,) = read_plans(Home(firm.home.path))
    assert (kept.title, kept.decision_id) == ("Spring", 1)
    week = monday(0)
    assert firm.rows(f"select count(*) > 1 from staging.assignments where week_start_date = '{week}'") == [(True,)]


def test_a_home_without_demand_says_what_to_import(
    tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del loopback
    made = Firm.at(tmp_path)
    monkeypatch.setenv("GOLIVE_HOME", str(made.home.path))
    begin(made, site_demand=None, assignments=None)
    app = opened()
    assert words(app).count("Import the demand of your sites") == 1
    assert "Nobody has the skill" not in words(app)
    assert app.button(key="rotation_propose").disabled
    close_all()
