"""A page on the past says which day it shows, and what of that day's week is in."""

from __future__ import annotations

from datetime import date

from dashboard.views.reporting import replay_sentence

NEWEST = date(2026, 11, 30)


def test_a_weekday_of_the_past_says_up_to_when_its_week_is_known() -> None:
    told = replay_sentence(date(2026, 11, 2), NEWEST)
    assert "what was known on 2 Nov 2026" in told
    assert "what arrived up to 8 Nov 2026 is in" in told


def test_a_sunday_of_the_past_needs_no_such_words() -> None:
    assert "arrived" not in replay_sentence(date(2026, 11, 8), NEWEST)
