"""What a plan changes against the roster, and what each change does to the points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.evaluating import TERMS, evaluate
from analytics.rotation.problem import NONE, Plan

if TYPE_CHECKING:
    from analytics.rotation.problem import Ints, Problem


@dataclass(frozen=True)
class Move:
    """Weeks in a row in which a person is somewhere else than in the roster, or there in another way.

    ``before`` and ``after`` are projects (:data:`NONE` at home); ``is_forced`` says that the roster could not be kept.
    """

    person: int
    first_week: int
    last_week: int
    before: int
    after: int
    was_remote: bool
    is_remote: bool
    is_forced: bool


def moves(problem: Problem, plan: Plan, base: Plan) -> list[Move]:
    """Return the moves of a plan, by week and person."""
    found = []
    after, before = plan.project(problem), base.project(problem)
    for person in range(len(problem.person_ids)):
        key = list(
            zip(
                before[person].tolist(),
                after[person].tolist(),
                base.is_remote[person].tolist(),
                plan.is_remote[person].tolist(),
                ((problem.roster[person] != before[person]) & (problem.roster[person] != NONE)).tolist(),
                strict=True,
            )
        )
        start = 0
        for week in range(1, len(key) + 1):
            if week < len(key) and key[week] == key[start]:
                continue
            was, now, was_remote, is_remote, is_forced = key[start]
            if was != now or (now != NONE and was_remote != is_remote):
                found.append(Move(person, start, week - 1, was, now, was_remote, is_remote, is_forced))
            start = week
    return sorted(found, key=lambda move: (move.first_week, move.person, move.last_week))


def without(problem: Problem, plan: Plan, base: Plan, person: int, weeks: Ints | None = None) -> Plan:
    """Return the plan with one person's weeks (all, or some) as in the roster."""
    role, is_remote = plan.role.copy(), plan.is_remote.copy()
    chosen = np.arange(len(problem.weeks)) if weeks is None else weeks
    role[person, chosen], is_remote[person, chosen] = base.role[person, chosen], base.is_remote[person, chosen]
    return Plan(role, is_remote)


def term_changes(problem: Problem, plan: Plan, base: Plan, person: int) -> dict[str, float]:
    """Return by how much each term changes because a person follows the plan instead of the roster.

    Negative is better. Others follow the plan.
    """
    now = evaluate(problem, plan, base).terms
    then = evaluate(problem, without(problem, plan, base, person), base).terms
    return {name: now[name] - then[name] for name in TERMS}


def kept_share(problem: Problem, plan: Plan, base: Plan) -> float:
    """Return the share of the roster's weeks within the budget's weeks that the plan keeps; 1 where there are none."""
    near = slice(0, problem.budget_weeks)
    before, after = base.project(problem)[:, near], plan.project(problem)[:, near]
    was = before != NONE
    return float((before == after)[was].mean()) if was.any() else 1.0
