"""Whatever has a page is found from every page, in the letters that a keyboard has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.answers.search import _sought, folded_words
from dashboard.views.search import Thing, search
from data.identities.names import latin_text

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

THINGS = (
    Thing("project", "P-1", "Cedar ERP", "Cedar Textiles", _sought("Cedar ERP", "Cedar Textiles", "P-1")),
    Thing("project", "P-2", "晨曦机械ERP实施", "晨曦机械", _sought("晨曦机械ERP实施", "晨曦机械", "P-2")),
    Thing("person", "p03", "陈伟", "North", _sought("陈伟", "p03")),
    Thing("person", "p09", "Łukasz Østergård", "West", _sought("Łukasz Østergård", "p09")),
    Thing("client", "Cedar Textiles", "Cedar Textiles", "", _sought("Cedar Textiles")),
    Thing("request", "CR-17", "CR-17", "Cedar ERP", "cr-17", "P-1"),
)


def keys(words: str) -> list[str]:
    return [one.key for hits in search(THINGS, folded_words(words)) for one in hits.things]


@pytest.mark.parametrize(
    ("text", "latin"),
    [("陈伟", "chen wei"), ("晨曦ERP", "chen xi erp"), ("Łódź", "lodz"), ("Ana  MORENO", "ana moreno"), ("", "")],
)
def test_names_are_spelled_as_a_keyboard_has_them(text: str, latin: str) -> None:
    assert latin_text(text) == latin


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cedar", ["P-1", "Cedar Textiles"]),
        ("textiles ced", ["P-1", "Cedar Textiles"]),
        ("chenwei", ["p03"]),
        ("chen wei", ["p03"]),
        ("陈", ["p03"]),
        ("chenxi", ["P-2"]),
        ("ostergard", ["p09"]),
        ("ØSTERGÅRD", ["p09"]),
        ("p-2", ["P-2"]),
        ("cr-17", ["CR-17"]),
        ("nobody", []),
        ("   ", []),
    ],
)
def test_every_word_has_to_stand_somewhere(words: str, found: list[str]) -> None:
    assert keys(words) == found


def test_what_is_called_just_so_stands_first_and_the_rest_is_counted() -> None:
    many = [Thing("person", f"p{n}", f"Ana Moreno {n}", "", _sought(f"Ana Moreno {n}")) for n in range(20)]
    exact = Thing("person", "x", "Ana", "", _sought("Ana"))
    inside = Thing("person", "y", "Susana", "", _sought("Susana"))
    (hits,) = search([inside, *many, exact], "ana")
    assert (hits.things[0].key, hits.count) == ("x", 22)
    assert len(hits.things) == 6
    assert inside not in hits.things


def test_a_person_is_found_and_opened_from_any_page(app: AppTest) -> None:
    app.query_params["q"] = "moreno"
    page = app.switch_page("app_pages/method.py").run()
    assert not page.exception
    next(one for one in page.sidebar.button if one.label == "Ana Moreno").click()
    page = page.run()
    assert not page.exception
    assert page.query_params == {"person": "p01"}
    assert not [one for one in page.sidebar.button if one.label == "Ana Moreno"], "found is found"


def test_a_request_opens_the_requests_of_its_project(app: AppTest) -> None:
    app.query_params["q"] = "his-1-1"
    page = app.run()
    offered = [one for one in page.sidebar.button if one.key and one.key.startswith("found_request")]
    assert [one.label for one in offered][:1] == ["his-1-1"]
    offered[0].click()
    page = page.run()
    assert not page.exception
    assert page.query_params["part"] == "requests"


def test_what_nothing_holds_is_said(app: AppTest) -> None:
    app.query_params["q"] = "xyzzy"
    page = app.run()
    assert not page.exception
    assert any("Nothing holds" in one.value for one in page.sidebar.caption)


def test_chinese_names_stand_by_their_sound_among_the_others(app: AppTest) -> None:
    page = app.switch_page("app_pages/people.py").run()
    board = next(one.value for one in page.dataframe if "Level" in one.value.columns)
    north = [name.strip() for name in board["Person"] if name.startswith("\u2003")]
    assert north.index("Bo Lindqvist") < north.index("陈伟") < north.index("Dana Weiss")
