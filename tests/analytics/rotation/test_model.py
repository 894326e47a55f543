"""A plan costs what its terms say, however it is counted, and no rule is broken."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from analytics.rotation.best_response import Asked, best_responses
from analytics.rotation.bound import lower_bound
from analytics.rotation.engine import propose
from analytics.rotation.evaluating import evaluate, people_moved
from analytics.rotation.exact import solve_exactly
from analytics.rotation.greedy import first_plan, kept_roster, night_points, surroundings
from analytics.rotation.options import make_options
from analytics.rotation.problem import NONE, Plan, Problem, empty_plan
from analytics.rotation.search import Limits, search
from analytics.rotation.tally import Tally
from tests.analytics.rotation import cases


def random_plan(problem: Problem, seed: int) -> Plan:
    """Return any plan, rules aside."""
    people, _, roles, weeks = problem.shape
    random = np.random.default_rng(seed)
    role = random.integers(-1, roles, (people, weeks))
    return Plan(role, (random.random((people, weeks)) < 0.4) & (role != NONE))


@given(st.integers(0, 10_000), st.sampled_from([0.0, 6.0]))
@examples(max_examples=25, deadline=None)
def test_points_kept_up_to_date_are_the_points_of_the_whole(seed: int, overlap: float) -> None:
    problem = cases.drawn(8, 4, 9, seed=seed % 7, handover={"overlap": overlap})
    random = np.random.default_rng(seed)
    tally, other = Tally(problem, random_plan(problem, seed)), random_plan(problem, seed + 1)
    before = tally.total
    for _ in range(4):
        people = np.sort(random.choice(8, int(random.integers(1, 5)), replace=False))
        change = tally.put(people, other.role[people], other.is_remote[people])
        assert tally.total == pytest.approx(before + change, abs=1e-6)
        before = tally.total
        assert evaluate(problem, tally.plan()).total == pytest.approx(before, abs=1e-6)


def every_path(problem: Problem, person: int) -> list[Plan]:
    """Return each way in which one person can spend the weeks, the others being at home."""
    options = [(NONE, False)]
    for role in np.flatnonzero(problem.has_skill[person]).tolist():
        options += [(role, False), (role, True)]
    plans = []
    for path in product(options, repeat=len(problem.weeks)):
        plan = empty_plan(problem)
        plan.role[person] = [role for role, _ in path]
        plan.is_remote[person] = [remote for _, remote in path]
        plans.append(plan)
    return plans


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_answer_of_one_person_is_the_best_of_all_paths(seed: int) -> None:
    # The spread of burdens is no person's own affair: it is weighed when a plan is taken.
    problem = cases.drawn(3, 2, 4, seed=seed, burden={"max": 0.0, "excess": 0.0})
    options, base = make_options(problem), kept_roster(problem)
    for person in range(3):
        one = np.array([person])
        tally = Tally(problem, empty_plan(problem))
        found = best_responses(
            problem, options, surroundings(tally, [one]), Asked(one, np.zeros(1), np.zeros(1, dtype=bool)), base
        )
        tally.put(one, found.role, found.is_remote)
        seen = [evaluate(problem, plan) for plan in every_path(problem, person)]
        assert tally.total == pytest.approx(min(one.total for one in seen if one.is_feasible), abs=1e-6)


def tiny(seed: int) -> Problem:
    return cases.drawn(2, 2, 3, seed=seed)


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_the_exact_optimum_is_the_best_of_all_plans(seed: int) -> None:
    problem = tiny(seed)
    paths = [every_path(problem, person) for person in range(2)]
    best = np.inf
    for first, second in product(*paths):
        plan = Plan(np.stack([first.role[0], second.role[1]]), np.stack([first.is_remote[0], second.is_remote[1]]))
        if (plan.role >= 0).any() or best == np.inf:
            found = evaluate(problem, plan)
            best = min(best, found.total) if found.is_feasible else best
    solved = solve_exactly(problem)
    assert solved is not None
    assert solved.is_proven
    assert evaluate(problem, solved.plan).is_feasible
    assert evaluate(problem, solved.plan).total == pytest.approx(best, abs=1e-4)
    assert solved.bound == pytest.approx(best, abs=1e-2)


@pytest.mark.parametrize("seed", range(4))
def test_small_problems_are_solved_to_proof(seed: int) -> None:
    problem = cases.drawn(4, 2, 5, seed=seed)
    solved = solve_exactly(problem)
    found = propose(problem, Limits(rounds=20), seed=1)
    assert solved is not None
    assert found.is_proven
    assert found.total == pytest.approx(solved.bound, abs=1e-2)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_lies_below_every_plan_and_not_far(seed: int) -> None:
    problem = cases.drawn(5, 3, 6, seed=seed)
    solved = solve_exactly(problem)
    assert solved is not None
    best = evaluate(problem, solved.plan).total
    bound = lower_bound(problem, make_options(problem), best, steps=60)
    assert 0.5 * best <= bound <= best + 1e-6


def test_programs_of_some_people_make_a_plan_better_and_break_no_rule() -> None:
    problem = cases.drawn(60, 24, 12).with_changes(budget=20)
    found = propose(problem, Limits(rounds=60), seed=1)
    assert evaluate(problem, found.plan, found.base).is_feasible
    assert found.total < search(problem, Limits(rounds=27), seed=1).total
    assert found.bound < found.total


@given(st.integers(0, 10_000))
@examples(max_examples=12, deadline=None)
def test_no_rule_is_ever_broken(seed: int) -> None:
    frames = cases.instance(cases.Size(10, 5, 14), seed)
    random = np.random.default_rng(seed)
    limits = pd.DataFrame(
        {
            "person_id": [f"e{n:04d}" for n in range(10)],
            "counter": random.choice(["schengen_short_stay", "days_183_cn", "eu_posting"], 10),
            "valid_from_date": pd.NaT,
            "valid_until_date": pd.NaT,
        }
    )
    long_stay = pd.DataFrame(
        {
            "person_id": [f"e{n:04d}" for n in range(10)],
            "project_id": None,
            "departed_date": pd.Timestamp("2026-08-03"),
            "returned_date": pd.to_datetime("2026-09-20") + pd.to_timedelta(random.integers(0, 60, 10), unit="D"),
            "destination_country": random.choice(["DE", "CN"], 10),
        }
    )
    levels = pd.DataFrame({"person_id": ["e0001", "e0002"], "level": ["WATCH", "HIGH"]})
    trips = pd.concat([frames.trips, long_stay], ignore_index=True)
    frames = cases.with_frames(frames, stay_limits=limits, trips=trips, levels=levels)
    problem = cases.problem_of(frames, 14).with_changes(budget=int(random.integers(0, 5)))
    base = kept_roster(problem)
    assert evaluate(problem, base, base).violations == ()
    found = search(problem, Limits(rounds=12), seed=seed, base=base)
    assert evaluate(problem, found.plan, base).violations == ()


@pytest.mark.parametrize("size", [(12, 6, 10), (40, 16, 12)])
def test_a_budget_of_nobody_moves_nobody(size: tuple[int, int, int]) -> None:
    problem = cases.drawn(*size).with_changes(budget=0)
    found = search(problem, Limits(rounds=15), seed=3)
    assert not people_moved(problem, found.plan, found.base).any()
    assert found.total < Tally(problem, found.base).total


def test_the_order_of_rows_changes_nothing() -> None:
    frames = cases.instance(cases.Size(12, 5, 8), 4)
    turned = cases.with_frames(
        frames,
        **{name: getattr(frames, name).iloc[::-1] for name in ("people", "projects", "demand", "roster", "skills")},
    )
    one, two = (search(cases.problem_of(each, 8), Limits(rounds=20), seed=5) for each in (frames, turned))
    assert one.total == two.total
    assert (one.plan.role == two.plan.role).all()


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = cases.drawn(20, 8, 12)
    one, two = (search(problem, Limits(rounds=25), seed=9) for _ in range(2))
    assert (one.plan.role == two.plan.role).all()
    assert one.total == two.total


def test_one_more_engineer_never_makes_the_optimum_worse() -> None:
    frames = cases.instance(cases.Size(4, 2, 4), 6)
    fewer = cases.with_frames(frames, people=frames.people[frames.people["person_id"] != "e0003"])
    # The spread of burdens depends on how many there are: it is left out of the comparison.
    totals = []
    for each in (frames, fewer):
        roster = each.roster[each.roster["person_id"] != "e0003"]
        problem = cases.problem_of(cases.with_frames(each, roster=roster), 4, burden={"max": 0.0, "excess": 0.0})
        solved = solve_exactly(problem)
        assert solved is not None
        totals.append(solved.bound)
    assert totals[0] <= totals[1] + 1e-6


def test_an_optimal_plan_stays() -> None:
    problem = cases.drawn(4, 2, 5, seed=2)
    solved = solve_exactly(problem)
    assert solved is not None
    again = search(problem, Limits(rounds=40), seed=1, start=solved.plan)
    assert again.total == pytest.approx(evaluate(problem, solved.plan).total, abs=1e-6)


def test_the_first_plan_breaks_no_rule_and_costs_no_more_than_the_roster() -> None:
    problem = cases.drawn(60, 24, 12)
    options = make_options(problem)
    base = kept_roster(problem, options)
    tally = first_plan(problem, options, base)
    assert evaluate(problem, tally.plan()).is_feasible
    assert tally.total <= Tally(problem, base).total
    assert (night_points(tally) >= 0).all()
