"""Who hands over to whom in a plan, what journeys cost, and what open weeks do to the chance of being late."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.rotation.fares import fares_of
from analytics.rotation.handovers import handovers
from analytics.rotation.outlook import late_chance, late_chances_of
from analytics.rotation.problem import NONE, Plan, Problem, empty_plan
from tests.analytics.rotation import cases

FIRST = pd.Timestamp("2026-12-07")


def problem(people: int = 4, weeks: int = 8) -> Problem:
    """One role at one project that asks for two in every week; nobody was anywhere before and nobody knows it."""
    drawn = cases.drawn(people, 1, weeks)
    roles = len(drawn.role_project)
    return replace(
        drawn,
        demand=np.full((roles, weeks), 2.0),
        previous_project=np.full(people, NONE),
        is_known=np.zeros((people, 1), dtype=bool),
    )


def plan(asked: Problem, *stints: tuple[int, int, int]) -> Plan:
    """Return the plan with stints of (person, first week, last week)."""
    made = empty_plan(asked)
    for person, first, last in stints:
        made.role[person, first : last + 1] = 0
    return made


def test_who_goes_hands_over_to_who_comes_and_their_weeks_together_are_counted() -> None:
    asked = problem()
    (found,) = handovers(asked, plan(asked, (0, 0, 3), (1, 2, 7)))
    assert (found.person, found.project, found.last_week) == (0, 0, 3)
    assert (found.successors, found.remaining, found.overlap_weeks) == ((1,), (), 2)


def test_who_has_long_been_there_stays_and_takes_nothing_over() -> None:
    asked = problem(weeks=12)
    (found,) = handovers(asked, plan(asked, (0, 0, 5), (1, 0, 11)))
    assert (found.successors, found.remaining, found.overlap_weeks) == ((), (1,), 0)


def test_two_home_weeks_are_no_hand_over_and_three_are() -> None:
    asked = problem(weeks=12)
    assert handovers(asked, plan(asked, (0, 0, 3), (0, 6, 11))) == []
    (found,) = handovers(asked, plan(asked, (0, 0, 3), (0, 7, 11)))
    assert found.last_week == 3


@pytest.mark.parametrize(("last_week", "count"), [(4, 1), (5, 0), (6, 0), (7, 0)])
def test_where_the_plan_ends_too_soon_to_tell_whether_somebody_comes_back_no_handover_is_told(
    last_week: int, count: int
) -> None:
    asked = problem()
    assert len(handovers(asked, plan(asked, (0, 0, last_week)))) == count


def test_a_site_that_asks_for_nobody_any_more_ends_without_a_hand_over() -> None:
    asked = problem()
    demand = asked.demand.copy()
    demand[:, 4:] = 0
    assert handovers(replace(asked, demand=demand), plan(asked, (0, 0, 3))) == []


def test_who_was_there_before_the_plan_and_does_not_come_back_leaves_in_the_week_before_it() -> None:
    asked = problem()
    before = np.array([0, NONE, NONE, NONE])
    known = np.array([[True], [False], [False], [False]])
    asked = replace(asked, previous_project=before, is_known=known)
    (found,) = handovers(asked, plan(asked, (1, 0, 7)))
    assert (found.last_week, found.successors, found.overlap_weeks, found.is_only_one) == (-1, (1,), 0, True)
    both = replace(asked, is_known=np.array([[True], [True], [False], [False]]))
    assert not handovers(both, plan(asked, (1, 0, 7)))[0].is_only_one


def trips(*rows: tuple[str, str, float | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["origin_city", "destination_city", "cost_amount", "currency_code"])


def asked_for(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["home_city", "site_city", "km"])


KM = pd.DataFrame([("Munich", "Linz", 200.0), ("Munich", "Graz", 300.0)], columns=["home_city", "site_city", "km"])


def test_a_fare_is_the_median_of_own_trips_between_the_cities() -> None:
    own = trips(("Munich", "Linz", 90.0, "EUR"), ("munich ", "LINZ", 100.0, "EUR"), ("Munich", "Linz", 500.0, "EUR"))
    found = fares_of(asked_for(("Munich", "Linz", 200.0)), own, KM)
    assert found.to_dict("list") == {"amount": [100.0], "currency_code": ["EUR"]}


def test_where_nobody_went_the_fare_goes_by_distance_and_without_enough_trips_it_is_not_known() -> None:
    own = trips(*[("Munich", "Linz", 100.0, "EUR")] * 5)
    found = fares_of(asked_for(("Munich", "Graz", 300.0), ("Hamburg", "Graz", 900.0)), own, KM)
    assert found["amount"].iloc[0] == pytest.approx(150.0)
    assert found.isna().all(axis=1).tolist() == [False, True]
    assert fares_of(asked_for(("Munich", "Graz", 300.0)), own.head(4), KM)["amount"].isna().all()


def test_a_trip_in_a_rare_currency_does_not_mix_into_the_sum() -> None:
    own = trips(("Munich", "Linz", 90.0, "EUR"), ("Munich", "Linz", 100.0, "EUR"), ("Munich", "Linz", 9000.0, "JPY"))
    found = fares_of(asked_for(("Munich", "Linz", 200.0)), own, KM)
    assert found.to_dict("list") == {"amount": [95.0], "currency_code": ["EUR"]}


def test_trips_without_a_price_make_no_fare() -> None:
    own = trips(("Munich", "Linz", None, "EUR"), ("Munich", "Linz", 0.0, "EUR"))
    assert fares_of(asked_for(("Munich", "Linz", 200.0)), own, KM)["amount"].isna().all()


def forecast(project: str, weeks: tuple[int, int, int, int], committed_weeks: int) -> dict[str, object]:
    names = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date")
    dates = {name: FIRST + pd.Timedelta(weeks=week) for name, week in zip(names, weeks, strict=True)}
    committed = FIRST + pd.Timedelta(weeks=committed_weeks)
    return {"project_id": project, **dates, "committed_date": committed, "late_probability": 0.5}


def test_open_weeks_make_a_project_later_by_a_week_of_its_team_each() -> None:
    told = pd.DataFrame([forecast("a", (8, 10, 13, 15), 9), forecast("b", (8, 10, 13, 15), 9)])
    found = late_chances_of(told, {"a": 2.0, "b": 4.0}, FIRST, {"a": 4.0, "b": 4.0}, {"a": 0.0, "b": 4.0})
    assert found["project_id"].tolist() == ["a", "b"], "what changes most comes first"
    chances = found[["late_before", "late_after"]].to_numpy(dtype=float)
    moved = late_chance(told, FIRST, np.array([[0.0, 2.0, 0.0], [0.0, 1.0, 1.0]]))
    assert chances == pytest.approx(0.5 + moved[:, 1:] - moved[:, :1])
    assert chances[0, 1] == pytest.approx(0.5), "without an open week it is the chance that the forecast tells"
    assert chances[0, 0] > chances[1, 0] > chances[0, 1]


def test_projects_without_a_committed_date_or_without_demand_get_no_chance() -> None:
    told = pd.DataFrame([forecast("a", (8, 10, 13, 15), 9), forecast("b", (8, 10, 13, 15), 9)])
    told.loc[0, "committed_date"] = pd.NaT
    assert late_chances_of(told, {}, FIRST, {"a": 1.0}, {"a": 0.0}).empty
