"""People without hours, in the part "State" of the Data page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers import silences as loading
from dashboard.answers.viewers import Viewer
from dashboard.views import silences as views
from data.home import HOME_VARIABLE
from data.problems import GoliveError
from data.publishing import published_file
from data.silences import Silences, SilentPerson, ToldPerson, silences_of
from tests.dashboard.conftest import APP_FILE
from tests.data.firm import Firm
from tests.data.test_silences import hours, monday

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "Bo **bold** <b>"


@pytest.fixture
def silent(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """Bo filed once and Cem never; Ana files every week."""
    del loopback
    firm = Firm.at(tmp_path)
    now = str(monday(21))
    people = f"person_id,person_name,team_name\nA,Ana,North\nB,{HOSTILE},North\nC,Cem,South"
    firm.take_in_text("people.csv", people, now=now, is_history=True)
    firm.take_in_text("hours.csv", hours([*(("A", n) for n in range(21)), ("B", 3)]), now=now)
    monkeypatch.setenv(HOME_VARIABLE, str(firm.home.path))
    return firm


@pytest.fixture
def opened(silent: Firm) -> AppTest:
    del silent
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    return app.switch_page("app_pages/data.py").run()


def texts(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.text]


def test_each_is_asked_about_in_a_row_of_its_own_with_the_name_letter_by_letter(opened: AppTest) -> None:
    assert not opened.exception
    shown = texts(opened)
    assert "2 people on the list have filed nothing for 13 weeks or longer and have no leaving date." in shown
    assert "Cem (C) · South · never filed, 20 weeks without hours" in shown
    assert any(text.startswith(f"{HOSTILE} (B) · North · last filed in the week of") for text in shown)


def test_has_left_and_is_still_here_are_remembered_and_taken_back(opened: AppTest, silent: Firm) -> None:
    app = opened.button(key="left_B").click().run()
    assert not app.exception
    assert silent.rows("select left_date::varchar from marts.people where person_id = 'B'") == [("2026-01-29",)]
    app = app.button(key="stays_C").click().run()
    assert not app.exception
    assert "Nobody is asked about now." in [str(one.value) for one in app.caption]
    assert silences_of(silent.home).asked == ()
    app.selectbox(key="silence_told").set_value("B")
    app = app.button(key="silence_take_back").click().run()
    assert not app.exception
    assert [one.person_id for one in silences_of(silent.home).asked] == ["B"]
    assert app.button(key="left_B").label == "Has left"


def test_who_never_filed_has_left_on_no_day_until_one_is_chosen(opened: AppTest, silent: Firm) -> None:
    assert opened.date_input(key="last_day_C").value is None
    app = opened.button(key="left_C").click().run()
    assert [error.value for error in app.error] == ["Choose the last day first."]
    assert not silent.home.people_file.exists()


def test_who_may_see_some_teams_only_is_asked_about_nobody_and_answers_nothing(silent: Firm) -> None:
    lead = Viewer("lead", "lead", scope=("North",))
    file = published_file(silent.home)
    assert file is not None
    assert loading.silences(file, lead) == Silences()
    with pytest.raises(GoliveError, match="all teams"):
        loading.say_stays(lead, ["B"], lambda _words, _share: None)


def test_tables_say_who_and_what() -> None:
    found = Silences(
        (SilentPerson("C", "", "", None, 20), SilentPerson("B", "Bo", "North", monday(3), 17)),
        (ToldPerson("D", "Dee", "left", monday(1)), ToldPerson("E", "E", "stays", None)),
    )
    assert views.asked_table(found).iloc[0].tolist()[::3] == ["C", "20"]
    assert views.asked_table(found).iloc[1].tolist()[:2] == ["Bo (B)", "North"]
    assert views.told_table(found).iloc[1].tolist() == ["E", "is still here"]
    assert views.told_table(found).iloc[0]["Answer"].startswith("has left, last day")
    assert views.more_text(3) == "3 more people are asked about after these."
