"""Who is taken for whom: only what is sure; the rest is proposed and waits for the user's word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identities import Decisions, Known, Matches, matches_of

ANA = Known("U1", "Ana Weber", "ana.weber@example.com")
BEN = Known("U2", "Ben Krüger", "ben@example.com")
ZHANG = Known("U3", "张伟", "zw@example.com")


def people(*seen: str, listed: tuple[Known, ...] = (ANA, BEN, ZHANG), decisions: Decisions | None = None) -> Matches:
    return matches_of("person", listed, seen, decisions or Decisions())


def reasons(found: Matches, alias: str) -> dict[str, str]:
    return {one.target: one.reason for one in found.suggestions if one.alias == alias}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("u1", "same_id"),
        ("Ana.Weber@Example.com", "same_email"),
        ("Weber, Ana", "same_name"),
        ("ANA WEBER", "same_name"),
    ],
)
def test_id_email_and_full_name_are_the_person(written: str, reason: str) -> None:
    (match,) = people(written).matches
    assert (match.alias, match.target, match.reason) == (written, "U1", reason)


@pytest.mark.parametrize(
    ("written", "target", "reason"),
    [
        ("Zhang Wei", "U3", "pinyin"),
        ("A. Weber", "U1", "initials"),
        ("Ana Maria Weber", "U1", "more_names"),
        ("aweber", "U1", "login"),
        ("Ana Webber", "U1", "similar"),
    ],
)
def test_what_is_only_likely_is_proposed_and_not_done(written: str, target: str, reason: str) -> None:
    found = people(written)
    assert found.matches == ()
    assert found.only_seen == (written,)
    assert reasons(found, written)[target] == reason


def test_two_people_of_one_name_are_never_made_one() -> None:
    twins = (Known("U1", "Wei Li"), Known("U2", "Wei Li"))
    found = people("Li Wei", listed=twins)
    assert found.matches == ()
    assert set(reasons(found, "Li Wei")) <= {"U1", "U2"}


def test_a_person_on_two_lists_under_two_ids_is_one_by_the_email() -> None:
    found = people(listed=(ANA, Known("K-77", "Weber Ana", "ANA.WEBER@example.com")))
    assert found.aliases == {"K-77": "U1"}


def test_nobody_is_on_a_list_and_spellings_that_differ_in_case_are_one() -> None:
    found = people("Ana", "ANA", "ben", listed=())
    assert found.aliases == {"ANA": "Ana"}
    assert found.only_seen == ("Ana", "ben")


def test_the_users_word_counts_more_than_every_rule() -> None:
    said = Decisions(same={"person": {"Zhang Wei": "U3"}}, different={"person": {("Weber, Ana", "U1")}})
    found = people("Zhang Wei", "Weber, Ana", decisions=said)
    assert found.aliases == {"Zhang Wei": "U3"}
    assert found.matches[0].reason == "decided"
    assert "Weber, Ana" in found.only_seen
    assert "U1" not in reasons(found, "Weber, Ana")


def test_a_chain_of_decisions_ends_at_the_last_one_and_a_circle_is_left_alone() -> None:
    chain = Decisions(same={"person": {"a x": "b x", "b x": "U1"}})
    assert people("a x", "b x", decisions=chain).aliases == {"a x": "U1", "b x": "U1"}
    circle = Decisions(same={"person": {"a x": "b x", "b x": "a x"}})
    assert people("a x", "b x", decisions=circle).aliases == {}


@pytest.mark.parametrize(("written", "target"), [("erp roll-out north", "P-1"), ("p-1", "P-1")])
def test_a_project_is_known_by_its_id_and_its_name(written: str, target: str) -> None:
    listed = (Known("P-1", "ERP Roll-out North"), Known("P-2", "HIS Clinic"))
    assert matches_of("project", listed, [written], Decisions()).aliases == {written: target}


def test_a_projects_number_in_a_longer_text_is_proposed() -> None:
    listed = (Known("P-1", "ERP Roll-out North"),)
    found = matches_of("project", listed, ["P-1 Roll-out", "Roll-out (P-1)"], Decisions())
    assert {one.reason for one in found.suggestions} == {"number_in_name"}


@given(
    st.lists(st.text("ab 张Ａ@.", min_size=1, max_size=6), max_size=8),
    st.lists(st.tuples(st.text("ab1", min_size=1, max_size=3), st.text("ab 张", max_size=6)), max_size=5),
)
def test_every_spelling_is_a_listed_id_or_an_alias_or_only_seen(seen: list[str], pairs: list[tuple[str, str]]) -> None:
    listed = [Known(one, name) for one, name in dict(pairs).items()]
    found = matches_of("person", listed, seen, Decisions())
    ids = {one.id for one in listed}
    for text in seen:
        places = (text in ids and text not in found.aliases) + (text in found.aliases) + (text in found.only_seen)
        assert places == 1
    for target in found.aliases.values():
        assert target not in found.aliases, "an alias points to no alias"
