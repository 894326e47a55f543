"""Ranges of the index: two numbers where something is open, one where nothing is."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.views.strain_words import interval_text, range_text


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(30.2, 41.7, "30–42"), (34.6, 35.4, "34.6–35.4"), (54.0, 54.0, "54"), (34.96, 35.04, "35")],
)
def test_a_range_shows_that_something_is_open_if_something_is(low: float, high: float, told: str) -> None:
    assert range_text(low, high) == told


def test_a_person_without_a_level_is_not_told_to_have_one_number_where_days_decide() -> None:
    row = pd.Series({"level": "NO DATA", "index": float("nan"), "index_low": 34.6, "index_high": 35.4})
    assert interval_text(row) == "34.6–35.4"
