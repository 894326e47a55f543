"""What a plan changes is said in moves, gaps, to-dos and prices that hold."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.rotation.abroad import stays_abroad
from analytics.rotation.choices import pins_of, with_pins
from analytics.rotation.engine import propose
from analytics.rotation.evaluating import evaluate
from analytics.rotation.forcing import why_not
from analytics.rotation.gaps import gaps
from analytics.rotation.greedy import kept_roster
from analytics.rotation.moves import moves, term_changes, without
from analytics.rotation.problem import NONE, Plan
from analytics.rotation.search import Limits, search
from tests.analytics.rotation import cases


def test_moves_and_the_roster_make_the_plan() -> None:
    problem = cases.drawn(12, 5, 8)
    found = search(problem, Limits(rounds=10), seed=1)
    project, remote = found.base.project(problem).copy(), found.base.is_remote.copy()
    for move in moves(problem, found.plan, found.base):
        weeks = slice(move.first_week, move.last_week + 1)
        assert (project[move.person, weeks] == move.before).all()
        project[move.person, weeks], remote[move.person, weeks] = move.after, move.is_remote
    assert (project == found.plan.project(problem)).all()
    assert (remote == found.plan.is_remote)[project != NONE].all()


def test_the_terms_of_a_move_add_up_to_what_it_saves() -> None:
    problem = cases.drawn(12, 5, 8)
    found = search(problem, Limits(rounds=10), seed=1)
    person = moves(problem, found.plan, found.base)[0].person
    changes = term_changes(problem, found.plan, found.base, person)
    saved = found.total - evaluate(problem, without(problem, found.plan, found.base, person)).total
    assert sum(changes.values()) == pytest.approx(saved, abs=1e-6)


def test_a_rejected_move_does_not_come_back_and_a_pinned_one_stays() -> None:
    problem = cases.drawn(12, 5, 8)
    found = search(problem, Limits(rounds=10), seed=1)
    first, second = moves(problem, found.plan, found.base)[:2]
    pins = (*pins_of(found.base, first), *pins_of(found.plan, second))
    again = search(with_pins(problem, pins), Limits(rounds=10), seed=1, base=found.base)
    for pin in pins:
        assert again.plan.role[pin.person, pin.week] == pin.role
    assert evaluate(with_pins(problem, pins), again.plan, found.base).is_feasible


def test_every_uncovered_head_week_is_in_a_gap() -> None:
    problem = cases.drawn(12, 5, 8)
    found = search(problem, Limits(rounds=5), seed=1)
    seen = evaluate(problem, found.plan)
    missing = np.maximum(problem.demand - seen.heads.covered, 0)
    told = gaps(problem, found.plan, seen)
    assert sum(gap.head_weeks for gap in told) == pytest.approx(float(missing.sum()))
    assert all(gap.reason in gap.people_by_reason or gap.way_out == "hire" for gap in told)


def test_forcing_somebody_costs_at_least_nothing_when_the_plan_is_an_optimum() -> None:
    problem = cases.drawn(5, 3, 6, seed=3)
    found = propose(problem, Limits(rounds=10), seed=1)
    assert found.is_proven
    tried = 0
    for person in range(5):
        for project in range(3):
            forced = why_not(problem, found.plan, found.base, person, project, [2])
            if forced.plan is None:
                assert forced.reason
                continue
            tried += 1
            assert forced.extra >= -1e-3
            assert forced.plan.project(problem)[person, 2] == project
    assert tried


def test_a_new_stay_abroad_is_a_to_do_and_one_of_the_roster_is_none() -> None:
    problem = cases.drawn(6, 3, 8)
    problem = problem.with_changes(countries=("DE",) * 3, home_countries=("CN",) * 6)
    base, role = kept_roster(problem), 0
    plan = Plan(np.full(base.role.shape, NONE), np.zeros(base.role.shape, dtype=bool))
    plan.role[4, 2:5] = role
    (stay,) = stays_abroad(problem, plan, Plan(np.full(base.role.shape, NONE), base.is_remote))
    assert (stay.person, stay.country, stay.first_week, stay.last_week) == (4, "DE", 2, 4)
    assert stays_abroad(problem, plan, plan) == []
