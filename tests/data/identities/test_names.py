"""When two spellings are one name, when they may be, and when not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identities.names import folded, is_initials_of, is_longer_name, latin_keys, login_key, login_keys, name_key

NAMES = st.lists(st.text("abcdefghij", min_size=2, max_size=8), min_size=2, max_size=3, unique=True)


@given(NAMES, st.randoms())
def test_the_order_of_names_says_nothing(parts: list[str], chance: object) -> None:
    turned = list(parts)
    chance.shuffle(turned)  # type: ignore[attr-defined] # hypothesis hands out a Random
    assert name_key(" ".join(parts)) == name_key(", ".join(turned)) != ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Anna Müller", "MÜLLER, Anna"),
        ("Ａｎｎａ　Müller", "anna müller"),
        ("张伟", " 张伟 "),
        ("Li-Wei Chen", "Chen Li Wei"),
    ],
)
def test_case_width_commas_and_order_make_no_other_person(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


def test_a_single_latin_word_is_no_full_name() -> None:
    assert name_key("Anna") == ""


@pytest.mark.parametrize("written", ["Zhang Wei", "Wei Zhang", "zhang wei"])
def test_pinyin_may_be_a_chinese_name(written: str) -> None:
    assert name_key(written) in latin_keys("张伟")


def test_a_family_name_of_two_signs_is_kept_together() -> None:
    assert name_key("Ouyang Na") in latin_keys("欧阳娜")


@pytest.mark.parametrize("login", ["ana.weber@example.com", "aweber", "weber.a", "AnaWeber2", "weber_ana"])
def test_logins_are_made_from_names(login: str) -> None:
    assert login_key(login) in login_keys("Ana Weber")


@pytest.mark.parametrize("login", ["bweber", "weber", "ana.wagner"])
def test_a_login_of_somebody_else_is_not_taken(login: str) -> None:
    assert login_key(login) not in login_keys("Ana Weber")


def test_initials_may_be_a_name_but_not_every_name() -> None:
    assert is_initials_of("A. Weber", "Ana Weber")
    assert is_initials_of("Weber, A.", "Ana Weber")
    assert not is_initials_of("B. Weber", "Ana Weber")
    assert not is_initials_of("A. W.", "Ana Weber"), "two letters are anybody"
    assert not is_initials_of("Ana Weber", "Ana Weber")


def test_a_middle_name_more_may_be_the_same_person() -> None:
    assert is_longer_name("Ana Maria Weber", "Ana Weber")
    assert not is_longer_name("Ana Maria Weber", "Ana Wagner")
    assert not is_longer_name("Ana Weber", "Weber")


def test_width_case_and_spaces_fold() -> None:
    assert folded(" ＡＢ　c ") == "ab c"
