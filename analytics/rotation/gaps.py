"""Demand that a plan leaves open: which rule stands in the way of whom, and what would be the cheapest way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.paths import away_faults, near_limits, paths_of
from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.evaluating import Evaluation
    from analytics.rotation.problem import Plan, Problem

#: Reasons in the order in which they are looked for.
REASONS = ("skill", "leave", "place", "presence", "away_rules", "busy", "price")


@dataclass(frozen=True)
class Gap:
    """Weeks of a role that lack heads: how many head-weeks, the commonest reason, and the cheapest way out.

    ``onsite_weeks`` are head-weeks of the on-site minimum that nobody fills; somebody may cover them from home.
    ``people_by_reason`` counts person-weeks of people with the skill. ``way_out`` is one of hire, contractor, remote,
    pay (somebody could go, but it costs more than the gap).
    """

    role: int
    weeks: tuple[int, ...]
    head_weeks: float
    onsite_weeks: float
    reason: str
    people_by_reason: dict[str, int]
    way_out: str


def gaps(problem: Problem, plan: Plan, found: Evaluation) -> list[Gap]:
    """Return the gaps of a plan, the largest first."""
    missing = np.maximum(problem.demand - found.heads.covered, 0.0)
    short = np.maximum(problem.onsite_minimum - found.heads.onsite, 0.0)
    result = []
    for role in np.flatnonzero((missing > 1e-9).any(axis=1) | (short > 1e-9).any(axis=1)).tolist():
        weeks = np.flatnonzero((missing[role] > 1e-9) | (short[role] > 1e-9)).tolist()
        counts = dict.fromkeys(REASONS, 0)
        for week in weeks:
            for reason in _reasons(problem, plan, role, week):
                counts[reason] += 1
        counts = {reason: count for reason, count in counts.items() if count}
        able = bool(problem.has_skill[:, role].any())
        reason = max(counts, key=lambda name: counts[name]) if counts else "skill"
        heads = float(missing[role].sum())
        onsite = float(short[role].sum())
        way_out = _way_out(reason, heads, is_skilled=able)
        result.append(Gap(role, tuple(weeks), heads, onsite, reason, counts, way_out))
    return sorted(result, key=lambda gap: (-gap.head_weeks, -gap.onsite_weeks, gap.role))


def _way_out(reason: str, head_weeks: float, *, is_skilled: bool) -> str:
    if not is_skilled:
        return "hire"
    if head_weeks <= 0 or reason in ("away_rules", "presence"):
        return "remote"
    return "pay" if reason == "price" else "contractor"


def _reasons(problem: Problem, plan: Plan, role: int, week: int) -> list[str]:
    """Return for each person with the skill, who is not there, what keeps them away in a week."""
    people = np.flatnonzero(problem.has_skill[:, role])
    project = int(problem.role_project[role])
    here = problem.role_project[np.maximum(plan.role[people, week], 0)] == project
    people = people[~(here & (plan.role[people, week] != NONE))]
    found = []
    for person in people.tolist():
        if problem.is_absent[person, week]:
            found.append("leave")
        elif problem.is_closed[person, project, week]:
            found.append("place")
        elif plan.role[person, week] != NONE:
            found.append("busy")
        else:
            found.append(_if_sent(problem, plan, person, role, week))
    return found


def _if_sent(problem: Problem, plan: Plan, person: int, role: int, week: int) -> str:
    one = np.array([person])
    weeks, is_remote = plan.role[[person]].copy(), plan.is_remote[[person]].copy()
    weeks[0, week], is_remote[0, week] = role, False
    paths = paths_of(problem, one, weeks, is_remote)
    if away_faults(problem, one, paths.is_away).any.any():
        return "away_rules"
    return "presence" if near_limits(problem, paths)[1] else "price"
