"""Why not somebody else: the plan with a person somewhere, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.evaluating import evaluate
from analytics.rotation.options import make_options
from analytics.rotation.problem import NONE, Pin, Plan, empty_plan
from analytics.rotation.program import Program
from analytics.rotation.tally import Tally

if TYPE_CHECKING:
    from analytics.rotation.problem import Problem

#: People who may make room: those of the project in these weeks, so many at most.
_MOST_OTHERS = 12
_NODES = 400


@dataclass(frozen=True)
class Forced:
    """What it costs to have a person at a project: term by term, the plan, or the rule that forbids it."""

    plan: Plan | None
    extra: float
    term_changes: dict[str, float]
    reason: str


def why_not(problem: Problem, plan: Plan, base: Plan, person: int, project: int, weeks: list[int]) -> Forced:
    """Return the cheapest plan in which a person is at a project in some weeks; others there may make room.

    Without a plan, ``reason`` says which rule stands in the way: skill, demand, leave, place or rules.
    """
    reason, role = _role(problem, person, project, weeks)
    if reason:
        return Forced(None, np.inf, {}, reason)
    pins = tuple(Pin(person, week, role, is_remote=False) for week in weeks)
    others = _others(problem, plan, person, project, weeks)
    asked = problem.with_changes(pins=(*_free_of(problem, person, weeks), *pins))
    people = np.array(sorted({person, *others}), dtype=np.int64)
    tally = Tally(asked, plan)
    nothing = empty_plan(asked)
    tally.put(people, nothing.role[people], nothing.is_remote[people])
    solved = Program(tally, make_options(asked), people, base).solve(nodes=_NODES, gap=1e-4)
    if solved is None:
        return Forced(None, np.inf, {}, "rules")
    tally.put(people, solved.role, solved.is_remote)
    made = tally.plan()
    now, then = evaluate(asked, made, base), evaluate(problem, plan, base)
    if not now.is_feasible:
        return Forced(None, np.inf, {}, now.violations[0].rule)
    changes = {name: now.terms[name] - then.terms[name] for name in now.terms}
    return Forced(made, now.total - then.total, changes, "")


def _role(problem: Problem, person: int, project: int, weeks: list[int]) -> tuple[str, int]:
    roles = np.flatnonzero(problem.role_project == project)
    needed = [r for r in roles.tolist() if (problem.seats[r, weeks] > 0).all()]
    able = [r for r in needed if problem.has_skill[person, r]]
    if not needed:
        return "demand", NONE
    if not able:
        return "skill", NONE
    if problem.is_absent[person, weeks].any():
        return "leave", NONE
    if problem.is_closed[person, project, weeks].any():
        return "place", NONE
    return "", able[0]


def _free_of(problem: Problem, person: int, weeks: list[int]) -> tuple[Pin, ...]:
    return tuple(pin for pin in problem.pins if pin.person != person or pin.week not in weeks)


def _others(problem: Problem, plan: Plan, person: int, project: int, weeks: list[int]) -> list[int]:
    where = plan.project(problem)[:, weeks]
    there = np.flatnonzero((where == project).any(axis=1)).tolist()
    # Who could take over what the person does now.
    role = plan.role[person, weeks]
    left = set(role[role != NONE].tolist())
    able = [e for e in range(len(problem.person_ids)) if any(problem.has_skill[e, r] for r in left)]
    idle = [e for e in able if (plan.role[e, weeks] == NONE).any() and e not in there]
    return (there + idle)[:_MOST_OTHERS]
