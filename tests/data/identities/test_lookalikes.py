from __future__ import annotations

import pytest

from data.identities.decisions import Decisions
from data.identities.lookalikes import look_alikes, looks
from data.identities.matching import Known, matches_of


@pytest.mark.parametrize(
    "other",
    [
        "ana\u200b.weber",
        "\ufeffana.weber",
        "аna.weber",
        "ana.wеbеr",
        "ana\u00ad.weber",
        "ana.weber\u200f",
        "ana.web\u2060er",
        "ana.weber\u3164",
        "αna.weber",
    ],
)
def test_an_id_with_hidden_or_foreign_letters_is_proposed_as_one_and_not_taken_for_one(other: str) -> None:
    found = matches_of("person", [Known("ana.weber", "Ana Weber")], [other], Decisions())
    assert found.aliases == {}
    assert [(one.alias, one.target, one.reason) for one in found.suggestions][:1] == [
        (other, "ana.weber", "look_alike")
    ]


@pytest.mark.parametrize(("left", "right"), [("E100", "E1O0"), ("l7", "17"), ("I-4", "l-4"), ("P\u00a01", "P\u200b 1")])
def test_digits_that_look_like_letters_are_proposed(left: str, right: str) -> None:
    found = matches_of("person", [], [left, right], Decisions())
    assert [(one.alias, one.target) for one in found.suggestions] == [(right, left)]


def test_two_listed_people_that_look_alike_are_proposed() -> None:
    found = matches_of("person", [Known("ben", "Ben A"), Known("bеn", "Ben B")], [], Decisions())
    assert [(one.alias, one.target, one.reason) for one in found.suggestions] == [("bеn", "ben", "look_alike")]


def test_a_name_in_letters_of_another_script_is_proposed() -> None:
    found = matches_of("person", [Known("p1", "Ana Cope")], ["Аnа Соре"], Decisions())
    assert ("Аnа Соре", "p1", "look_alike") in [(one.alias, one.target, one.reason) for one in found.suggestions]


def test_what_was_said_to_be_two_is_not_proposed_again() -> None:
    decisions = Decisions(different={"person": {("аna", "ana")}})
    assert matches_of("person", [Known("ana")], ["аna"], decisions).suggestions == ()


@pytest.mark.parametrize(
    ("left", "right"), [("p1", "p2"), ("ana", "anna"), ("E10", "E11"), ("Иван", "Ивон"), ("张三", "张山")]
)
def test_what_the_eye_tells_apart_is_no_look_alike(left: str, right: str) -> None:
    assert looks(left) != looks(right)
    assert look_alikes([left, right]) == []


def test_case_width_and_spaces_are_no_look_alikes_but_the_same() -> None:
    found = matches_of("person", [Known("ana")], ["ANA", "ａｎａ", "ana\u00a0"], Decisions())
    assert set(found.aliases.values()) == {"ana"}
    assert found.suggestions == ()
