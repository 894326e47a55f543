"""What numbers and dates are called on every page."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views import words


@given(st.floats(0, 1))
def test_no_chance_is_shown_as_nothing_or_as_certain(chance: float) -> None:
    assert words.chance_text(chance) not in {"0 %", "100 %"}


def test_the_ends_of_a_chance_are_worded() -> None:
    assert [words.chance_text(chance) for chance in (0.0, 0.009, 0.5, 0.995, 1.0)] == [
        "under 1 %",
        "under 1 %",
        "50 %",
        "over 99 %",
        "over 99 %",
    ]


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.95, "very likely late"),
        (0.7, "likely late"),
        (0.5, "likely late"),
        (0.4, "possibly late"),
        (0.2, "likely on time"),
        (0.05, "very likely on time"),
        (None, "not enough data"),
        (float("nan"), "not enough data"),
    ],
)
def test_a_chance_has_a_word(chance: float | None, said: str) -> None:
    assert words.lateness_words(chance) == said


def test_the_word_stands_before_the_number() -> None:
    assert words.lateness_text(0.72) == "likely late (72 %)"


def test_a_date_can_be_read_in_one_way_only() -> None:
    assert words.date_text(pd.Timestamp("2026-11-02")) == "2 Nov 2026"


@pytest.mark.parametrize("gap", [None, float("nan"), pd.NaT])
def test_a_gap_is_a_dash_and_never_a_zero(gap: object) -> None:
    assert {
        words.date_text(gap),
        words.number_text(gap),
        words.hours_text(gap),
        words.percent_text(gap),
        words.weeks_text(gap),
        words.slip_text(gap),
    } == {"–"}


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (0.03, "on the committed date"),
        (-0.04, "on the committed date"),
        (3.25, "3.3 weeks after the committed date"),
        (-12.4, "12.4 weeks before the committed date"),
    ],
)
def test_a_slip_is_said_in_words(weeks: float, said: str) -> None:
    assert words.slip_text(weeks) == said


def test_a_forecast_that_was_not_there_last_week_is_new() -> None:
    assert [words.change_text(weeks) for weeks in (None, 0.1, 1.5, -2.0)] == [
        "new",
        "unchanged",
        "1.5 weeks later",
        "2.0 weeks earlier",
    ]


def test_thousands_are_parted_by_a_thin_gap() -> None:
    assert words.hours_text(12_345.6) == "12 346 h"


def test_a_group_of_four_has_no_figure_of_its_own() -> None:
    assert [words.is_group_shown(count) for count in (1, 4, 5)] == [False, False, True]


def test_stored_names_become_words() -> None:
    assert [words.plain_words(name) for name in ("data_migration", "", None)] == [
        "Data migration",
        "not recorded",
        "not recorded",
    ]


def test_a_step_of_an_import_is_worded_and_never_a_code() -> None:
    assert words.step_words("march.csv") == "march.csv"
    assert "marts" not in words.step_words("marts")
