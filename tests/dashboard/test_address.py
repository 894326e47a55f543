"""What stands in the address: codes that last, links of earlier versions, and what is said where nothing answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.links import alike, code_of, resolved
from data.home import HOME_VARIABLE, Home
from tests.dashboard.company import LAST_DAY
from tests.dashboard.conftest import APP_FILE

if TYPE_CHECKING:
    from datetime import date

LABELS = {"erp-4": "Cedar ERP · Cedar Textiles", "his-1": "City hospital · City Hospital", "x": "erp-4 · Twin"}


@pytest.fixture
def fresh(company_home: Home, loopback: None, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    del loopback
    monkeypatch.setenv(HOME_VARIABLE, str(company_home.path))
    return AppTest.from_file(str(APP_FILE), default_timeout=60)


def linked(app: AppTest, page: str, **values: Any) -> AppTest:
    """Open a page as a link does."""
    app.query_params.update(values)
    return app.switch_page(f"app_pages/{page}.py").run()


def said(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.error, *app.warning]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("his-1", "his-1"),
        ("HIS-1", "his-1"),
        ("City hospital · City Hospital", "his-1"),
        ("city  hospital", "his-1"),
        ("erp-4", "erp-4"),
        ("nothing", None),
        ("", None),
    ],
)
def test_a_value_of_the_address_finds_its_option_by_code_first_then_by_words(asked: str, found: str | None) -> None:
    assert resolved(asked, list(LABELS), LABELS.__getitem__) == found


def test_words_that_two_options_share_lead_to_neither() -> None:
    assert resolved("Same", ["a", "b"], lambda _option: "Same") is None


@pytest.mark.parametrize(("option", "code"), [(True, "true"), (12, "12"), ("a b", "a b"), (LAST_DAY, "2026-05-31")])
def test_codes_are_plain_and_lead_back(option: bool | int | str | date, code: str) -> None:
    assert code_of(option) == code
    assert resolved(code, [option], str) == option


def test_what_is_most_like_a_mistyped_project_is_proposed_first() -> None:
    assert alike("cedar erb", LABELS)[0] == "erp-4"
    assert alike("qqqq", LABELS) == []


@pytest.mark.parametrize("asked", ["erp-4", "Cedar ERP · Cedar Textiles", "Cedar ERP"])
def test_a_link_by_id_or_by_an_earlier_label_opens_the_project_and_then_holds_its_id(
    fresh: AppTest, asked: str
) -> None:
    opened = linked(fresh, "project", project=asked)
    assert not opened.exception
    assert "Cedar ERP" in [heading.value for heading in opened.subheader]
    assert opened.query_params == {"project": "erp-4"}


def test_an_unknown_project_is_said_and_no_other_one_is_shown(fresh: AppTest) -> None:
    opened = linked(fresh, "project", project="Cedar ERB")
    assert not opened.exception
    assert "There is no project “Cedar ERB”." in said(opened)
    assert not opened.metric
    assert opened.query_params == {"project": "Cedar ERB"}, "a reload says it again"
    next(button for button in opened.button if button.label.startswith("Cedar ERP")).click()
    opened.run()
    assert not opened.exception
    assert "Cedar ERP" in [heading.value for heading in opened.subheader]
    assert opened.query_params == {"project": "erp-4"}


def test_an_unknown_person_is_said_and_nobody_else_is_shown(fresh: AppTest) -> None:
    opened = linked(fresh, "people", person="p99")
    assert not opened.exception
    assert "Nobody “p99” fits the filters." in said(opened)
    assert not opened.metric
    assert not opened.dataframe


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("people", {"measure": "moods"}),
        ("people", {"weeks": "13"}),
        ("people", {"team": ["West", "Nowhere"]}),
        ("people", {"part": "perhaps"}),
        ("people", {"people_page": "99"}),
        ("change_requests", {"months": "7"}),
        ("change_requests", {"project": "none"}),
        ("data", {"part": "cellar"}),
        ("data", {"check": "none"}),
        ("portfolio", {"client": "Nobody Ltd"}),
        ("portfolio", {"as_of": "yesterday"}),
        ("method", {"as_of": "2031-01-01"}),
        ("method", {"colour": "blue"}),
    ],
)
def test_a_value_that_nothing_answers_to_is_said(fresh: AppTest, page: str, values: dict[str, Any]) -> None:
    opened = linked(fresh, page, **values)
    assert not opened.exception
    asked = next(iter(values.values()))
    assert f"{asked if isinstance(asked, str) else asked[-1]}”" in said(opened)


@pytest.mark.parametrize(
    ("page", "key", "value", "code"),
    [
        ("people", "person", "p03", "p03"),
        ("people", "measure", "nights", "nights"),
        ("change_requests", "months", 0, "0"),
        ("data", "part", "anomalies", "anomalies"),
    ],
)
def test_what_is_chosen_stands_in_the_address_as_a_code(
    fresh: AppTest, page: str, key: str, value: Any, code: str
) -> None:
    opened = linked(fresh, page)
    kinds = [*opened.selectbox, *opened.get("button_group"), *opened.segmented_control]
    next(one for one in kinds if one.key == key).set_value(value)
    opened.run()
    assert not opened.exception
    assert opened.query_params == {key: code}


def test_a_choice_goes_from_the_address_when_it_is_taken_back(fresh: AppTest) -> None:
    opened = linked(fresh, "people", measure="strain", weeks="26")
    assert opened.query_params == {"measure": "strain", "weeks": "26"}
    opened.segmented_control(key="measure").set_value("load").run()
    assert opened.query_params == {"weeks": "26"}


def test_a_managers_link_holds_the_persons_id(fresh: AppTest) -> None:
    opened = linked(fresh, "portfolio", manager="Gita Rao")
    assert opened.query_params == {"manager": "p07"}
    assert opened.dataframe[0].value["project_id"].tolist() == ["his-1"]


def test_words_to_look_for_stand_in_the_address_and_keep_what_holds_them_all(fresh: AppTest) -> None:
    opened = linked(fresh, "portfolio", find="gita RAO")
    assert not opened.exception
    assert opened.dataframe[0].value["project_id"].tolist() == ["his-1"]
    assert opened.query_params == {"find": "gita RAO"}
    assert "All together" not in said(opened), "one project has nothing to go together with"
    opened.text_input(key="find").set_value("no such project").run()
    assert "No project fits what is chosen above" in said(opened)
    opened.text_input(key="find").set_value("").run()
    assert opened.query_params == {}
    assert len(opened.dataframe[0].value) > 1
