from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.delay.explaining import (
    PAST_ERRORS,
    SHOWN_DRIVERS,
    _of_project,
    drivers_of,
    drivers_on,
    moved_between,
    movements_between,
    new_rows,
    position_on,
)
from analytics.delay.portfolio import forecast_on
from analytics.delay.progress_model.drivers import _MATRIX, _values, driver_weeks, late_start_of, on_shown_scale
from analytics.delay.progress_model.paths import chances, outlook
from analytics.delay.scenarios import Scenario, compared_from
from tests.analytics.delay.works import Works, make_works

WORKS = make_works(60, seed=2, years=3)
HISTORIES = WORKS.histories()
DAY = pd.Timestamp("2021-06-13")
FORECAST = forecast_on(HISTORIES, DAY).set_index("project_id")
WEEKS = drivers_on(HISTORIES, DAY).pivot_table(index="project_id", columns="driver", values="weeks")


def weeks_of(name: str, driver: str) -> float:
    return float(WEEKS[driver].to_numpy()[list(WEEKS.index).index(name)])


def test_the_drivers_add_up_to_the_weeks_after_the_plan() -> None:
    total = WEEKS.sum(axis=1)
    assert len(total) > 5
    assert total.to_numpy() == pytest.approx(FORECAST.loc[total.index, "slip_weeks_p50"].to_numpy(), abs=1e-6)


def test_every_project_in_mode_a_has_every_driver() -> None:
    assert set(WEEKS.columns) == set(SHOWN_DRIVERS)
    assert set(WEEKS.index) == set(FORECAST.index[FORECAST["mode"] == "A"])


def test_with_nothing_switched_on_the_replay_is_the_plan() -> None:
    position = position_on(HISTORIES, DAY)
    assert position is not None
    work = position.model.work
    ahead, chance = outlook(work, position.cases), chances(work, 0, 1024)
    for place, late in enumerate(position.cases.first_work_weeks):
        value = _values(position.cases, ahead, chance, place, float(late))
        assert value[0] == pytest.approx(position.cases.planned_weeks[place], abs=1e-9)


def test_the_weights_are_those_of_all_orders() -> None:
    value = np.random.default_rng(3).normal(size=64)
    by_orders = np.zeros(6)
    for order in itertools.permutations(range(6)):
        mask = 0
        for driver in order:
            by_orders[driver] += value[mask | 1 << driver] - value[mask]
            mask |= 1 << driver
    assert _MATRIX @ value == pytest.approx(by_orders / math.factorial(6), abs=1e-12)


def test_a_slow_team_is_told_by_speed_and_a_small_one_by_availability() -> None:
    name = str(WEEKS.index[0])
    states = WORKS.states
    own = states["project_id"] == name
    fewer = Works(
        states.assign(
            booked_hours=states["booked_hours"].mask(own, states["booked_hours"] * 0.5),
        ),
        WORKS.projects,
        WORKS.change_requests,
    )
    changed = drivers_on(fewer.histories(), DAY, [name]).set_index("driver")["weeks"]
    assert changed["availability"] > weeks_of(name, "availability") + 1
    assert changed["speed"] < weeks_of(name, "speed") - 1


def test_an_approved_request_shows_in_the_weeks_of_scope() -> None:
    name = str(WEEKS.index[0])
    budget = float(WORKS.states.loc[WORKS.states["project_id"] == name, "budget_hours"].iloc[0])
    request = pd.DataFrame(
        {
            "change_request_id": ["big"],
            "project_id": [name],
            "raised_at": [DAY - pd.Timedelta(days=20)],
            "known_date": [DAY - pd.Timedelta(days=20)],
            "decided_at": [DAY - pd.Timedelta(days=10)],
            "estimated_hours": [0.4 * budget],
            "is_approved": [True],
            "is_rejected": [False],
            "is_pending": [False],
            "cause": ["new_need"],
        }
    )
    asked = pd.concat([WORKS.change_requests, request], ignore_index=True)
    changed = drivers_on(Works(WORKS.states, WORKS.projects, asked).histories(), DAY, [name])
    weeks = changed.set_index("driver")["weeks"]
    assert weeks["scope_approved"] > weeks_of(name, "scope_approved") + 3


def test_a_late_start_costs_what_it_is_late() -> None:
    position = position_on(HISTORIES, DAY, [str(WEEKS.index[0])])
    assert position is not None
    ahead, chance = outlook(position.model.work, position.cases), chances(position.model.work, 0, 1024)
    late = late_start_of(position.cases, np.array([3.0]))
    weeks, _ = driver_weeks(position.cases, ahead, chance, late)
    assert weeks[0, 0] == pytest.approx(3.0, abs=1e-9)


def test_nobody_to_explain_gives_no_rows() -> None:
    assert drivers_on(HISTORIES, pd.Timestamp("2018-01-01")).empty


def test_what_the_replay_misses_is_said() -> None:
    position = position_on(HISTORIES, DAY)
    assert position is not None
    found = drivers_of(position)
    assert found.loc[found["driver"] == PAST_ERRORS, "weeks"].abs().max() > 0


def _by_hand(shown: float) -> np.ndarray:
    """Return 64 finishes of one case in week 10: everything switched on ends in week 50, planned was week 20."""
    values = np.linspace(20.0, 50.0, 64)[None, :]
    values[0, 5] = 8.0  # would have ended before today
    return on_shown_scale(values, np.array([10.0]), np.array([shown]))


def test_a_finish_that_is_corrected_downwards_shortens_the_time_ahead_of_every_replay() -> None:
    told = _by_hand(30.0)[0]
    assert told[-1] == pytest.approx(30.0), "half of the 40 weeks ahead"
    assert told[0] == pytest.approx(15.0)
    assert told[5] == pytest.approx(8.0), "what has passed has passed"


def test_a_finish_that_is_corrected_upwards_leaves_the_drivers_as_replayed() -> None:
    told = _by_hand(90.0)[0]
    assert told[-1] == pytest.approx(50.0)
    assert told[0] == pytest.approx(20.0)


def test_no_driver_is_told_more_weeks_than_the_time_that_is_shown() -> None:
    position = position_on(HISTORIES, DAY)
    assert position is not None
    halved = position.cases.elapsed_weeks[:, None] + (position.quantiles - position.cases.elapsed_weeks[:, None]) / 3
    found = drivers_of(replace(position, quantiles=halved)).pivot_table(
        index="project_id", columns="driver", values="weeks", sort=False
    )
    planned = position.rows["planned_weeks"].to_numpy()
    ahead_of_plan = np.maximum(planned - position.cases.elapsed_weeks, 0.0)
    # What the correction leaves is of the time that the plan itself has, not of what the drivers add to it.
    assert (found[PAST_ERRORS].abs().to_numpy() <= ahead_of_plan + 0.6).all()


def test_a_driver_and_the_scenario_without_it_are_of_one_measure() -> None:
    """All that comes in new requests, and what a freeze from today on wins: of one project that is corrected a lot."""
    position = position_on(HISTORIES, DAY)
    assert position is not None
    left = position.quantiles - position.cases.elapsed_weeks[:, None]
    corrected = replace(position, quantiles=position.cases.elapsed_weeks[:, None] + 0.5 * left)
    for place, name in enumerate(position.rows["project_id"]):
        one = _of_project(corrected, name)
        assert one is not None
        weeks = drivers_of(one).set_index("driver")["weeks"]
        if weeks["scope_expected"] < 1 or position.cases.is_done[place]:
            continue
        frozen = Scenario("freeze", freeze_date=DAY)
        won = -float(compared_from(one, [frozen])["p50_weeks"].iloc[1])
        assert 0.4 * won < weeks["scope_expected"] < 2.5 * won, name


def test_what_moved_adds_up() -> None:
    week = pd.Timedelta(weeks=1)
    for name in WEEKS.index[:6]:
        before = forecast_on(HISTORIES, DAY - week).set_index("project_id")
        if name not in before.index or before.loc[name, "mode"] != "A":
            continue
        moved = moved_between(HISTORIES, str(name), DAY - week, DAY)
        assert moved is not None
        # A move is the difference of the two days that are shown, on every page.
        change = (FORECAST.loc[name, "finish_p50_date"] - before.loc[name, "finish_p50_date"]) / week
        assert moved.total == pytest.approx(change, abs=1e-9)
        parts = moved.work + moved.requests + moved.plan + moved.expectation
        assert parts == pytest.approx(moved.total, abs=1e-9)


def test_what_moved_a_project_is_the_same_alone_and_among_others() -> None:
    week = pd.Timedelta(weeks=1)
    names = [str(name) for name in WEEKS.index[:3]]
    together = movements_between(HISTORIES, [*names, "unknown"], DAY - week, DAY)
    assert together == {name: moved_between(HISTORIES, name, DAY - week, DAY) for name in names} | {"unknown": None}


def test_a_request_of_last_week_is_named_and_weighs() -> None:
    name = str(WEEKS.index[0])
    request = WORKS.change_requests.iloc[:1].assign(
        change_request_id="fresh",
        project_id=name,
        raised_at=DAY - pd.Timedelta(days=3),
        known_date=DAY - pd.Timedelta(days=3),
        decided_at=DAY - pd.Timedelta(days=2),
        estimated_hours=900.0,
        is_approved=True,
        is_rejected=False,
        is_pending=False,
    )
    works = Works(WORKS.states, WORKS.projects, pd.concat([WORKS.change_requests, request], ignore_index=True))
    histories = works.histories()
    week = pd.Timedelta(weeks=1)
    moved = moved_between(histories, name, DAY - week, DAY)
    assert moved is not None
    assert moved.requests > 0.3
    rows = new_rows(histories, name, DAY - week, DAY)
    assert {"request_raised", "request_decided"} <= set(rows.loc[rows["reference"] == "fresh", "fact"])
    assert rows.loc[rows["fact"] == "hours", "value"].sum() > 0
