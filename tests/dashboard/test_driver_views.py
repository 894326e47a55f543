"""Why a forecast says what it says, in words and as a figure."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.explaining import SHOWN_DRIVERS, Movement
from analytics.delay.together import JointStatement
from dashboard.charts.drivers import driver_waterfall
from dashboard.views import drivers as views
from dashboard.views import words
from dashboard.views.portfolio import together_sentence, warning_texts, with_drivers
from dashboard.views.typed import texts_of

DRIVERS = pd.DataFrame(
    {
        "driver": ["late_start", "scope_approved", "scope_expected", "speed", "wait"],
        "weeks": [1.0, 6.4, 2.1, -1.5, 0.1],
    }
)


def test_the_sentence_names_the_total_and_the_largest_causes_first() -> None:
    text = views.drivers_sentence(DRIVERS)
    assert "8.1 weeks after the committed date" in text
    assert text.index("change requests approved +6.4") < text.index("change requests still to come +2.1")
    assert "hours needed for each planned hour −1.5" in text
    assert "sign-off" not in text


def test_what_explains_a_slip_goes_the_way_of_the_slip() -> None:
    """A cause of −21.4 weeks is no explanation of a finish 18.9 weeks late, however large it is."""
    own = pd.DataFrame({"driver": ["speed", "late_start", "scope_expected"], "weeks": [-21.4, 30.3, 10.0]})
    text = views.drivers_sentence(own)
    assert "18.9 weeks after the committed date. Most of it under this model: late start +30.3" in text
    assert text.endswith("Against it: hours needed for each planned hour −21.4 weeks.")
    assert views.main_driver(own) == ("late_start", 30.3)
    early = own.assign(weeks=[-40.0, 12.0, 3.0])
    assert "before the committed date. Most of it under this model: hours needed" in views.drivers_sentence(early)


def test_causes_add_up_as_they_are_shown() -> None:
    own = pd.DataFrame({"driver": ["speed", "late_start", "wait"], "weeks": [43.54, 43.54, 43.54]})
    assert views.driver_rows(own)["weeks"].sum() == pytest.approx(130.6)
    assert "130.6 weeks after" in views.drivers_sentence(own)
    assert texts_of(views.drivers_table(own))["Weeks"].tolist() == ["+43.6 weeks", "+43.5 weeks", "+43.5 weeks"]
    moved = views.movement_sentence(Movement("p", 1.32, 0.44, 0.44, 0.44, 0.0), "2026-11-20")
    assert "by +1.3 weeks" in moved
    assert "+0.5 weeks; change requests +0.4 weeks; plan and roster +0.4 weeks" in moved


@pytest.mark.parametrize(("weeks", "words"), [(0.1, "on the committed date"), (-3.0, "3.0 weeks before")])
def test_on_plan_and_early_are_told_as_such(weeks: float, words: str) -> None:
    assert words in views.drivers_sentence(pd.DataFrame({"driver": ["late_start"], "weeks": [weeks]}))


def test_without_causes_it_is_said_why() -> None:
    assert "known only for" in views.drivers_sentence(DRIVERS.iloc[:0])


def test_every_cause_bears_its_sign_and_unit() -> None:
    assert texts_of(views.drivers_table(DRIVERS))["Weeks"].tolist()[0] == "+1.0 weeks"
    assert views.drivers_table(DRIVERS)["Weeks"].dtype.kind == "f"
    assert words.signed_weeks_text(-0.01) == "0.0 weeks"
    assert words.signed_weeks_text(None) == "–"


def test_the_waterfall_ends_at_the_sum_of_its_causes() -> None:
    (bars,) = driver_waterfall(views.driver_rows(DRIVERS)).data
    assert bars.measure[-1] == "total"
    assert bars.x[-1] == pytest.approx(8.1)
    assert len(bars.y) == len(DRIVERS) + 1


def test_every_driver_of_the_model_has_words_of_its_own() -> None:
    named = {views.driver_words(driver) for driver in SHOWN_DRIVERS}
    assert len(named) == len(SHOWN_DRIVERS)
    assert all("_" not in name for name in named)


def test_what_moved_is_told_by_facts_and_by_what_was_learnt() -> None:
    moved = Movement("p", total=3.0, work=1.0, requests=2.5, plan=0.0, expectation=-0.5)
    text = views.movement_sentence(moved, "2026-11-20")
    assert text == (
        "The median finish moved by +3.0 weeks since 20 Nov 2026: hours and progress +1.0 weeks; change requests +2.5 "
        "weeks; what was learnt from other projects −0.5 weeks."
    )
    assert "hardly moved" in views.movement_sentence(Movement("p", 0.05, 0.05, 0, 0, 0), "2026-11-20")
    assert "can't be taken apart" in views.movement_sentence(None, "2026-11-20")


def test_the_rows_behind_a_move_bear_their_units() -> None:
    rows = pd.DataFrame(
        [("request_raised", "CR-1", 120.0), ("progress", "2026-11-16", 0.025), ("plan_of_record", "2026-11-16", -7.0)],
        columns=["fact", "reference", "value"],
    )
    table = views.new_rows_table(rows)
    assert table.iloc[:, 2].tolist() == ["+120 h", "+2.5 %", "−7 days"]
    assert table.iloc[0, 0] == "change request raised"


def test_a_project_of_the_portfolio_says_what_it_is_mostly() -> None:
    table = pd.DataFrame({"project_id": ["p", "q"], "Project": ["P", "Q"], "Progress": ["10 %", "20 %"]})
    found = with_drivers(table, DRIVERS.assign(project_id="p"))
    assert list(found.columns) == ["project_id", "Project", "Main driver", "Drivers", "Progress"]
    assert found["Main driver"].tolist() == ["change requests approved +6.4 weeks", ""]
    assert found["Drivers"].tolist() == [[1.0, 6.4, 2.1, -1.5, 0.1], []]


def test_what_is_said_of_several_projects_together_is_a_number_and_two_days() -> None:
    said = JointStatement(25, 14.2, 14, 18, 0.99, 0.1)
    free = pd.DataFrame({"free_p50_date": [pd.Timestamp("2027-05-04")], "free_p80_date": [pd.Timestamp("2027-12-09")]})
    text = together_sentence((said, free))
    assert text == (
        "All 25 together: about 14 late (80 % chance of at most 18). Last finish: median 4 May 2027, safe 9 Dec 2027."
    )
    assert together_sentence(None) == ""


@pytest.mark.parametrize(
    ("before", "now", "text"), [(0.9, 0.85, "red"), (0.3, 0.95, ""), (0.6, 0.95, "amber"), (None, 0.95, "")]
)
def test_a_warning_needs_two_weeks_running(before: float | None, now: float, text: str) -> None:
    ranked = pd.DataFrame({"late_probability": [now], "before_probability": pd.Series([before], dtype="float64")})
    assert warning_texts(ranked) == [text]
