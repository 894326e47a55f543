"""Announced finishes, conditions, follow-up and scores of predictions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.review.announcing import Band, chance_of_keeping, day_for, must_announce, played
from analytics.review.following import ConditionError, checked_condition, follow_up, is_met
from analytics.review.scoring import LEAST_SCORED_COUNT, Prediction, score

FORECAST = {
    "finish_p10_date": pd.Timestamp("2027-02-01"),
    "finish_p50_date": pd.Timestamp("2027-03-01"),
    "finish_p80_date": pd.Timestamp("2027-04-10"),
    "finish_p90_date": pd.Timestamp("2027-05-01"),
}
DAY = pd.Timestamp("2026-11-29")


@pytest.mark.parametrize(("name", "chance"), [("p10", 0.1), ("p50", 0.5), ("p80", 0.8), ("p90", 0.9)])
def test_a_day_at_a_quantile_is_kept_with_its_chance(name: str, chance: float) -> None:
    assert chance_of_keeping(FORECAST, FORECAST[f"finish_{name}_date"]) == pytest.approx(chance, abs=1e-6)


@given(st.dates(pd.Timestamp("2026-01-01").date(), pd.Timestamp("2029-01-01").date()), st.integers(0, 400))
def test_a_later_promise_is_never_less_likely_kept_and_nothing_is_certain(day: Any, later: int) -> None:
    first = chance_of_keeping(FORECAST, pd.Timestamp(day))
    second = chance_of_keeping(FORECAST, pd.Timestamp(day) + pd.Timedelta(days=later))
    assert first is not None
    assert second is not None
    assert 0.01 <= first <= second <= 0.99


@given(st.floats(0.05, 0.95))
def test_the_proposed_day_has_at_least_the_wanted_chance_and_the_day_before_less(aim: float) -> None:
    day = day_for(FORECAST, aim)
    assert day is not None
    kept, before = chance_of_keeping(FORECAST, day), chance_of_keeping(FORECAST, day - pd.Timedelta(days=1))
    assert kept is not None
    assert before is not None
    assert before - 1e-6 <= aim <= kept + 1e-6


def test_without_a_forecast_there_is_no_chance_and_no_proposal() -> None:
    empty = {**FORECAST, "finish_p90_date": None}
    assert chance_of_keeping(empty, DAY) is None
    assert day_for(empty, 0.8) is None
    assert not must_announce(None, Band())
    flat = dict.fromkeys(FORECAST, pd.Timestamp("2027-03-01"))
    assert chance_of_keeping(flat, pd.Timestamp("2027-03-02")) == 0.99


@pytest.mark.parametrize(("chance", "must"), [(0.49, True), (0.5, False), (0.9, False), (0.91, True)])
def test_a_promise_is_said_anew_only_outside_the_band(chance: float, must: bool) -> None:
    assert must_announce(chance, Band()) is must


def test_the_band_changes_promises_less_often_than_p50_each_week_and_is_kept_more_often_than_p80_once() -> None:
    rows = []
    for week in range(20):  # the median creeps by three days a week, the range narrows
        p50 = pd.Timestamp("2027-03-01") + pd.Timedelta(days=3 * week)
        rows.append(
            {
                "project_id": "a",
                "as_of_date": DAY + pd.Timedelta(weeks=week),
                "finish_p10_date": p50 - pd.Timedelta(days=20),
                "finish_p50_date": p50,
                "finish_p80_date": p50 + pd.Timedelta(days=20),
                "finish_p90_date": p50 + pd.Timedelta(days=30),
            }
        )
    found = {one.rule: one for one in played(pd.DataFrame(rows), {"a": pd.Timestamp("2027-04-27")})}
    assert found["p50_weekly"].change_count == 19
    assert 1 <= found["band"].change_count <= 4
    assert (found["p80_once"].change_count, found["p80_once"].kept_count) == (0, 0)
    assert found["band"].kept_count == 1


def test_a_condition_is_evaluated_where_the_forecast_tells_and_left_to_people_where_not() -> None:
    later = checked_condition({"measure": "finish_p50_date", "is": "above", "value": "2027-02-15"})
    assert is_met(later, FORECAST) is True
    assert is_met({**later, "value": "2027-03-01"}, FORECAST) is False
    below = checked_condition({"measure": "late_probability", "is": "below", "value": "0.5"})
    assert is_met(below, {"late_probability": 0.4}) is True
    assert is_met(below, {"late_probability": None}) is None
    assert is_met(below, None) is None
    assert is_met(checked_condition({"text": " when the client signs "}), FORECAST) is None
    assert checked_condition({}) == {}


@pytest.mark.parametrize(
    ("condition", "part"),
    [
        ({"measure": "mood", "is": "above", "value": "1"}, "measure:mood"),
        ({"measure": "late_probability", "is": "near", "value": "0.5"}, "is:near"),
        ({"measure": "late_probability", "is": "above", "value": "50"}, "value:50"),
        ({"measure": "late_probability", "is": "above", "value": "half"}, "value:half"),
        ({"measure": "finish_p50_date", "is": "above", "value": "soon"}, "value:soon"),
    ],
)
def test_a_condition_that_can_not_be_evaluated_says_which_part(condition: dict[str, str], part: str) -> None:
    with pytest.raises(ConditionError, match=part):
        checked_condition(condition)


def said(**more: Any) -> dict[str, Any]:
    return {"due_date": None, "review_date": None, "condition": {}, "prediction": {}, "do_nothing": {}, **more}


RANGE = {"finish_p10_date": "2027-01-01", "finish_p50_date": "2027-02-01", "finish_p90_date": "2027-02-20"}
NOTHING = {"finish_p10_date": "2027-02-01", "finish_p50_date": "2027-04-05", "finish_p90_date": "2027-07-01"}


def test_a_decision_is_followed_against_both_forecasts() -> None:
    found = follow_up(said(prediction=RANGE, do_nothing=NOTHING), DAY, FORECAST, None)
    assert (found.place, found.do_nothing_place, found.is_contradicted) == ("later", "inside", True)
    assert found.change_weeks == -5.0
    done = follow_up(said(prediction=RANGE, do_nothing=NOTHING), DAY, None, pd.Timestamp("2027-01-20"))
    assert (done.place, done.do_nothing_place, done.is_finished) == ("inside", "earlier", True)
    bare = follow_up(said(), DAY, None, None)
    assert (bare.place, bare.finish_date, bare.change_weeks, bare.is_contradicted) == ("unknown", None, None, False)


@pytest.mark.parametrize(
    ("due", "word"), [("2026-11-28", "overdue"), ("2026-11-29", "due"), ("2026-12-06", "due"), ("2026-12-07", "later")]
)
def test_a_due_day_is_overdue_due_this_week_or_later(due: str, word: str) -> None:
    assert follow_up(said(due_date=due), DAY, None, None).due == word


def test_a_decision_is_looked_at_again_on_its_day_or_when_its_condition_holds() -> None:
    assert follow_up(said(review_date="2026-11-29"), DAY, FORECAST, None).must_look
    assert not follow_up(said(review_date="2026-11-30"), DAY, FORECAST, None).must_look
    condition = {"measure": "finish_p50_date", "is": "above", "value": "2027-02-15"}
    assert follow_up(said(condition=condition), DAY, FORECAST, None).must_look


def pairs(held: int, missed: int) -> list[tuple[Prediction, pd.Timestamp]]:
    by = pd.Timestamp("2027-02-01")
    made = Prediction(pd.Timestamp("2027-01-01"), pd.Timestamp("2027-03-01"), by, 0.8)
    return [(made, pd.Timestamp("2027-01-15"))] * held + [(made, pd.Timestamp("2027-06-01"))] * missed


def test_scores_are_shown_from_ten_predictions_on() -> None:
    few = score(pairs(7, 2))
    assert (few.scored_count, few.held_count, few.coverage, few.brier, few.is_shown) == (9, 7, None, None, False)
    enough = score(pairs(8, 2))
    assert (enough.coverage, enough.is_shown, LEAST_SCORED_COUNT) == (0.8, True, 10)
    assert enough.brier == pytest.approx((8 * 0.2**2 + 2 * 0.8**2) / 10)
    assert score([]).scored_count == 0


def test_a_range_holds_both_its_ends() -> None:
    made = Prediction(pd.Timestamp("2027-01-01"), pd.Timestamp("2027-03-01"))
    ends = [(made, pd.Timestamp(day)) for day in ("2027-01-01", "2027-03-01", "2026-12-31", "2027-03-02")]
    assert score(ends).held_count == 2
