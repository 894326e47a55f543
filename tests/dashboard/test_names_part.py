"""The part "Who is who" of the Data page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers import names as loading
from dashboard.answers.viewers import Viewer
from dashboard.views import names as views
from data.home import HOME_VARIABLE
from data.identities import Match, Matches, Suggestion
from data.naming import Names
from data.problems import GoliveError
from tests.dashboard.conftest import APP_FILE
from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path

NAMES = Names(
    "person",
    {"U1": "Ana Weber", "U2": "U2"},
    Matches((Match("ANA", "U1", "decided"),), (Suggestion("A. W", "U1", "initials"),), ("A. W", "Bo")),
    {"ANA": 3, "A. W": 1, "Bo": 1200},
    (("Bo", "U2"),),
)


@pytest.fixture
def staffed(tmp_path: Path, loopback: None, monkeypatch: pytest.MonkeyPatch) -> Firm:
    del loopback
    firm = Firm.at(tmp_path)
    firm.take_in_text("people.csv", "person_id,person_name,email\nU2,张伟,zw@example.com")
    firm.take_in_text("hours.csv", "person_id,project_id,work_date,worked_hours\nZhang Wei,P-1,2026-03-03,6")
    monkeypatch.setenv(HOME_VARIABLE, str(firm.home.path))
    return firm


@pytest.fixture
def opened(staffed: Firm) -> AppTest:
    del staffed
    app = AppTest.from_file(str(APP_FILE), default_timeout=60).run()
    page = app.switch_page("app_pages/data.py").run()
    return page.segmented_control(key="part").set_value("names").run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def hours(firm: Firm) -> dict[str, float]:
    return dict(firm.rows("select person_id, sum(worked_hours) from marts.person_days group by all"))


def test_a_likely_spelling_is_shown_and_joined_with_one_click(opened: AppTest, staffed: Firm) -> None:
    assert not opened.exception
    assert opened.dataframe[0].value["Is this"].tolist() == ["张伟 (U2)"]
    app = press(opened, "They are one")
    assert not app.exception
    assert hours(staffed) == {"U2": 6}
    press(app, "Forget it")
    assert hours(staffed) == {"Zhang Wei": 6}


def test_they_are_two_takes_the_suggestion_away(opened: AppTest, staffed: Firm) -> None:
    app = press(opened, "They are two")
    assert not app.exception
    assert "There is nothing to decide." in [str(one.value) for one in app.caption]
    assert hours(staffed) == {"Zhang Wei": 6}


def test_somebody_whom_no_rule_finds_is_joined_by_hand(opened: AppTest, staffed: Firm) -> None:
    opened.selectbox(key="hand_alias_person").select_index(0)
    opened.selectbox(key="hand_target_person").select_index(0)
    app = press(opened, "Take them for one")
    assert not app.exception
    assert hours(staffed) == {"U2": 6}


def test_no_pair_is_chosen_before_the_reader_chooses(opened: AppTest, staffed: Firm) -> None:
    before = hours(staffed)
    for name in ("alias", "target"):
        assert opened.selectbox(key=f"hand_{name}_person").value is None
    app = press(opened, "Take them for one")
    assert [error.value for error in app.error] == ["Choose both: the spelling, and who it is."]
    assert hours(staffed) == before


def test_who_may_see_some_teams_only_decides_nothing(staffed: Firm) -> None:
    del staffed
    with pytest.raises(GoliveError, match="all teams"):
        loading.names(Viewer("lead", "lead", scope=("North",)))


def test_tables_say_who_why_and_how_many_rows() -> None:
    assert views.names_sentence(NAMES) == "2 on lists · 1 other spelling of them · 2 on no list"
    assert views.matches_table(NAMES).iloc[0].tolist() == ["ANA", "Ana Weber (U1)", "you said so", "3"]
    assert views.suggestions_table(NAMES).iloc[0].tolist() == [
        "A. W",
        "Ana Weber (U1)",
        "the same name with initials",
        "1",
    ]
    assert views.only_seen_table(NAMES)["Written"].tolist() == ["Bo", "A. W"], "most rows first"
    assert views.different_table(NAMES).iloc[0].tolist() == ["Bo", "U2"]
    assert views.decided_spellings(NAMES) == ["ANA", "Bo"]
