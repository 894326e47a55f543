"""People: gaps are seen, nobody is ranked, small groups have no figure."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.views import everything as views
from dashboard.views import overload
from tests.dashboard.frames import week_of

PEOPLE = pd.DataFrame({"person_id": ["p1", "p2"], "person_name": ["Ana", "Bo"], "team_name": ["North", "North"]})


def cells(*rows: dict[str, object]) -> pd.DataFrame:
    return views.load_cells(pd.DataFrame(list(rows)), PEOPLE)


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"load_ratio": 1.124}, "112"),
        ({"state": "missing", "worked_hours": None, "load_ratio": None}, "?"),
        ({"state": "on_leave", "worked_hours": None, "load_ratio": None}, "L"),
        ({"state": "no_workdays", "worked_hours": None, "load_ratio": None}, "–"),
        ({"load_ratio": None, "expected_hours": None, "worked_hours": 38.4}, "38h"),
    ],
)
def test_every_kind_of_week_has_its_sign(changes: dict[str, object], sign: str) -> None:
    assert cells(week_of("p1", "2026-05-04", **changes))["cell_text"].tolist() == [sign]


def test_a_missing_week_never_reads_as_zero() -> None:
    found = cells(week_of("p1", "2026-05-04", state="missing", worked_hours=None, load_ratio=None))
    assert found["load_percent"].isna().all()
    assert "nothing filed" in found["hover_text"].iloc[0]


def test_people_stand_in_the_order_of_their_names_whatever_their_load() -> None:
    found = cells(week_of("p2", "2026-05-04", load_ratio=2.0), week_of("p1", "2026-05-04", load_ratio=0.5))
    assert found["row_name"].tolist() == ["Ana", "Bo"]


def test_two_people_of_one_name_stay_two_rows() -> None:
    twins = PEOPLE.assign(person_name="Ana")
    assert list(views.person_labels(twins).values()) == ["Ana (p1)", "Ana (p2)"]


def test_fewer_than_five_people_have_no_figure_together() -> None:
    weeks = pd.DataFrame([week_of("p1", "2026-05-04")])
    assert views.team_sentence(PEOPLE, weeks).startswith("Fewer than five people")


def test_five_people_have_one_figure_over_the_weeks_they_filed() -> None:
    five = pd.DataFrame({"person_id": list("abcde"), "person_name": list("ABCDE")})
    weeks = pd.DataFrame([week_of("a", "2026-05-04", worked_hours=60.0, load_ratio=1.5), week_of("b", "2026-05-04")])
    assert "125 %" in views.team_sentence(five, weeks)


def test_missing_weeks_are_counted_in_words() -> None:
    weeks = pd.DataFrame([week_of("p1", "2026-05-04", state="missing"), week_of("p1", "2026-05-11")])
    assert views.missing_sentence(weeks).startswith("1 expected week is not filed")
    assert views.missing_sentence(weeks.tail(1)) == "Every expected week is filed."


def fact(**changes: object) -> dict[str, object]:
    return {
        "person_id": "p1",
        "rule": "eu_48_hours_17_weeks",
        "window_start_date": pd.Timestamp("2026-01-05"),
        "window_end_date": pd.Timestamp("2026-05-03"),
        "value": 50.25,
        "limit": 48.0,
        "unit": "hours a week",
        "source": "Directive 2003/88/EC",
        "has_opted_out": False,
        "is_certain": True,
    } | changes


def test_a_limit_is_shown_with_its_value_source_and_certainty() -> None:
    facts = pd.DataFrame(
        [fact(window_end_date=pd.Timestamp("2026-04-26")), fact(), fact(rule="new_rule", is_certain=False)]
    )
    table = views.facts_table(views.latest_facts(facts), PEOPLE)
    assert table["Value and limit"].iloc[0] == "50.3 h a week, limit 48"
    assert table["Times in a year"].tolist() == [2, 1]
    assert table["Holds"].tolist() == ["certain", "if the days not filed were like the others"]
    assert table["Limit exceeded"].iloc[1] == "New rule"


def test_differences_have_a_sign_and_gaps_stay_gaps() -> None:
    assert [overload.signed_hours_text(hours) for hours in (3.2, -3.2, 0.2, None)] == ["+3 h", "−3 h", "±0 h", "–"]
    assert overload.days_in_a_row_text(6, 9) == "6, perhaps 9"
    assert overload.last_week_text("missing", None) == "not filed"
    assert overload.last_week_text(None, None) == "–"


def test_a_person_page_says_what_it_is_not() -> None:
    assert "nothing on how a person feels" in views.purpose_sentence()
