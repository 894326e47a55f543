"""Why a forecast says what it says, in words and as a figure."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.drivers import driver_waterfall
from dashboard.views import drivers as views

DRIVERS = pd.DataFrame(
    {
        "driver": ["start", "scope_approved", "scope_expected", "productivity", "gate"],
        "weeks": [1.0, 6.4, 2.1, -1.5, 0.1],
    }
)


def test_the_sentence_names_the_total_and_the_largest_causes_first() -> None:
    text = views.drivers_sentence(DRIVERS)
    assert "8.1 weeks after the first plan" in text
    assert text.index("change requests approved +6.4") < text.index("change requests still to come +2.1")
    assert "hours needed for each planned hour −1.5" in text
    assert "sign-off" not in text


@pytest.mark.parametrize(("weeks", "words"), [(0.1, "on the first plan"), (-3.0, "3.0 weeks before")])
def test_on_plan_and_early_are_told_as_such(weeks: float, words: str) -> None:
    assert words in views.drivers_sentence(pd.DataFrame({"driver": ["start"], "weeks": [weeks]}))


def test_without_causes_it_is_said_why() -> None:
    assert "known only for" in views.drivers_sentence(DRIVERS.iloc[:0])


def test_every_cause_bears_its_sign_and_unit() -> None:
    assert views.drivers_table(DRIVERS)["Weeks"].tolist()[0] == "+1.0 weeks"
    assert views.signed_weeks_text(-0.01) == "0.0 weeks"
    assert views.signed_weeks_text(None) == "–"


def test_the_waterfall_ends_at_the_sum_of_its_causes() -> None:
    (bars,) = driver_waterfall(views.driver_rows(DRIVERS)).data
    assert bars.measure[-1] == "total"
    assert bars.x[-1] == pytest.approx(8.1)
    assert len(bars.y) == len(DRIVERS) + 1
