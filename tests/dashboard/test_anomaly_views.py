"""Anomalies in words, and their part of the Data page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from analytics.anomalies.checks import CHECKS
from dashboard.views import anomalies as views

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

ROW: dict[str, Any] = {
    "anomaly_key": "long_day|person:p1|2026-03-02",
    "check": "long_day",
    "person_id": "p1",
    "project_id": None,
    "team_name": "North",
    "change_request_id": None,
    "country": None,
    "first_date": pd.Timestamp("2026-03-02"),
    "last_date": pd.Timestamp("2026-03-02"),
    "value": 23.5,
    "usual_low": 0.0,
    "usual_high": 12.0,
    "unit": "hours",
    "unusual_score": 25.0,
    "score_kind": "robust_z",
    "likely_cause": "entered_twice",
    "remedy": "correct_entry",
    "is_assumed": False,
}


def test_every_check_has_words_of_its_own() -> None:
    tokens = [check.token for check in CHECKS]
    assert len({views.check_words(token) for token in tokens}) == len(tokens)
    assert all("_" not in views.check_words(token) for token in tokens)


def test_an_anomaly_is_told_in_sentences_without_a_judgement() -> None:
    told = " ".join(views.anomaly_sentences(ROW, {"p1": "Ana Moreno"}, {}))
    assert "Ana Moreno, 2 Mar 2026" in told
    assert "Found 23.50 h; usual is up to 12.00 h" in told
    assert "the same work was entered twice" in told


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.0, "weeks", "1 week"),
        (3.0, "days", "3 days"),
        (2.5, "days", "2.5 days"),
        (0.5, "share", "50 %"),
        (None, "hours", "–"),
    ],
)
def test_values_bear_their_unit(value: float | None, unit: str, text: str) -> None:
    assert views.value_text(value, unit) == text


def test_what_has_no_past_says_so() -> None:
    assert "no past" in views.unusual_text({**ROW, "unusual_score": None})
    assert "0 % of its own other" in views.unusual_text({**ROW, "unusual_score": 0.0, "score_kind": "past_share"})


def test_the_question_can_be_sent_as_it_stands() -> None:
    text = views.question_text(ROW, {"p1": "Ana"}, {})
    assert text.startswith("Hello")
    assert "Ana, 2 Mar 2026: more hours on one day" in text


def opened(app: AppTest) -> AppTest:
    page = app.switch_page("app_pages/data.py").run()
    return page.segmented_control(key="part").set_value("anomalies").run()


def test_the_page_lists_what_is_odd_and_remembers_that_it_is_right(app: AppTest) -> None:
    page = opened(app)
    assert not page.exception
    before = str(page.text[0].value)
    assert "anomal" in before
    chosen = page.selectbox(key="anomaly").value
    next(button for button in page.button if button.label == "It is right").click()
    page.run()
    assert not page.exception
    assert "more was said to be right" in str(page.text[0].value)
    page.toggle(key="with_right").set_value(True).run()
    page.selectbox(key="anomaly").set_value(chosen).run()
    assert any(button.label == "It is not right after all" for button in page.button)
    next(button for button in page.button if button.label == "It is not right after all").click()
    page.run()
    assert str(page.text[0].value) == before


def test_the_rates_of_all_checks_are_shown(app: AppTest) -> None:
    page = opened(app)
    rates = next(table.value for table in page.dataframe if "Too loud" in table.value.columns)
    assert len(rates) == len(CHECKS)


def test_anomalies_are_grouped_by_what_to_do_and_counted(app: AppTest) -> None:
    page = opened(app)
    listed = next(table.value for table in page.dataframe if "Remedy" in table.value.columns)
    remedy = str(listed["Remedy"].iloc[0])
    (code,) = [one for one in KNOWN_REMEDIES if views.remedy_words(one) == remedy]
    app.query_params.update(part="anomalies", do=code)
    page = app.switch_page("app_pages/data.py").run()
    assert not page.exception
    shown = next(table.value for table in page.dataframe if "Remedy" in table.value.columns)
    assert set(shown["Remedy"]) == {remedy}


def test_what_to_do_is_said_in_few_words_with_how_many_wait() -> None:
    assert views.to_do_words("ask_person", 12) == "Ask the person · 12"
    assert views.to_do_words("correct_entry", 2) == "Correct the entry · 2"
    assert len({views.to_do_words(one, 1) for one in KNOWN_REMEDIES}) == len(KNOWN_REMEDIES)


KNOWN_REMEDIES = (
    "add_trip",
    "ask_person",
    "ask_team",
    "check_calendar",
    "check_mapping",
    "close_project_for_booking",
    "correct_entry",
    "correct_finish_date",
    "import_missing_week",
    "mark_right",
    "undo_import",
)
