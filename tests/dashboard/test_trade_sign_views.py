"""Known warning signs, in words."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.trade_signs import SIGNS
from dashboard.views import trade_signs as views

ROW = {
    "sign": "integration_share",
    "value": 0.31,
    "usual": 0.12,
    "finished_count": 39,
    "high_from": 0.2,
    "is_high": True,
    "high_slip": 0.45,
    "rest_slip": 0.1,
    "low": 0.1,
    "high": 0.5,
}


def signs(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([ROW | row for row in rows])


def test_every_sign_has_words_of_its_own() -> None:
    assert len({views.sign_words(sign) for sign in SIGNS}) == len(SIGNS)
    assert all("_" not in views.sign_words(sign) for sign in SIGNS)


def test_a_high_sign_stands_first_and_is_named() -> None:
    rows = signs({"sign": "training_share", "is_high": False}, {})
    table = views.signs_table(rows)
    assert table.iloc[0].tolist() == [
        "integration with old systems, share of hours",
        "31 %",
        "12 %",
        "high",
        "where it was high: +45 % over plan, else +10 %",
        "39",
    ]
    assert views.signs_sentence(rows) == "Unusually high here: integration with old systems, share of hours."
    assert "None of the known warning signs" in views.signs_sentence(rows.iloc[:1])
    assert "None of the known warning signs" in views.signs_sentence(rows.iloc[:0])


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"high_slip": None}, "too few finished projects to say"),
        ({"low": -0.1}, "no clear relation with delay here"),
        ({"rest_slip": -0.05}, "where it was high: +45 % over plan, else −5 %"),
    ],
)
def test_a_relation_is_told_only_where_there_is_one(said: dict[str, object], text: str) -> None:
    assert views.relation_words(pd.Series(ROW | said)) == text


def test_waiting_is_told_in_days() -> None:
    table = views.signs_table(signs({"sign": "decision_wait_days", "value": 13.0, "usual": None}))
    assert table.iloc[0].tolist()[1:3] == ["13 days", "–"]


def test_the_busiest_department_is_named_with_its_share() -> None:
    assert views.requester_sentence(("Finance", 0.8, 4)) == (
        "Finance asks most often: 4 requests, 80 % of the estimated hours."
    )
    assert views.requester_sentence(None) == ""
