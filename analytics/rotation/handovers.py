"""Stints that end in a plan while the site goes on: who takes over, and how long both are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.problem import Flags, Ints, Plan, Problem

#: Who is back within so many weeks has been at home, and hands nothing over.
_BACK_WITHIN_WEEKS: Final = 3
#: Who comes so many weeks before the leaver goes, or in the week after, takes over.
_ARRIVES_WITHIN_WEEKS: Final = 3


@dataclass(frozen=True)
class Handover:
    """A person's last week on a project that still needs people.

    ``last_week`` is -1 where it is the week before the plan. ``successors`` begin around it; where nobody does,
    ``remaining`` are those who are there in the week after. ``overlap_weeks`` are weeks of the plan in which the leaver
    and a successor are both on it; ``is_only_one`` says that nobody else of those who stay or come knows the project.
    """

    person: int
    project: int
    last_week: int
    successors: tuple[int, ...]
    remaining: tuple[int, ...]
    overlap_weeks: int
    is_only_one: bool


@dataclass(frozen=True)
class HandoverList:
    """One handover with what to hand over.

    ``request_ids`` are the project's change requests that are neither refused nor completed, the oldest first;
    ``activities`` those of which the leaver booked four hours of five in the last half year.
    """

    handover: Handover
    request_ids: tuple[str, ...]
    activities: tuple[str, ...]


def handovers(problem: Problem, plan: Plan) -> list[Handover]:
    """Return the handovers of a plan, by week, project and person.

    Who leaves a site in the last weeks of the plan may be back after it, so nothing is told of them.
    """
    weeks = len(problem.weeks)
    # Column 0 is the week before the plan.
    project = np.column_stack([problem.previous_project, plan.project(problem)])
    is_needed = _is_needed(problem)
    found = []
    for person in range(len(project)):
        for column in range(weeks - _BACK_WITHIN_WEEKS + 1):
            site = int(project[person, column])
            after = project[person, column + 1 : column + 1 + _BACK_WITHIN_WEEKS]
            if site == NONE or (after == site).any() or not is_needed[site, column]:
                continue
            found.append(_handover(problem, project, person, site, column))
    return sorted(found, key=lambda one: (one.last_week, one.project, one.person))


def _is_needed(problem: Problem) -> Flags:
    """P × W weeks in which a project asks for somebody."""
    asked = np.zeros(problem.is_go_live.shape)
    np.add.at(asked, problem.role_project, problem.demand)
    made: Flags = asked > 0
    return made


def _handover(problem: Problem, project: Ints, person: int, site: int, column: int) -> Handover:
    there = project == site
    next_there = there[:, column + 1].copy()
    next_there[person] = False
    first = max(0, column + 1 - _ARRIVES_WITHIN_WEEKS)
    was_before = there[:, :first].any(axis=1) if first else there[:, 0]
    comes = next_there & ~was_before
    together = slice(1, column + 1)
    both = there[person, together] & there[comes, together].any(axis=0)
    knows = problem.is_known[:, site] & next_there
    return Handover(
        person,
        site,
        column - 1,
        tuple(np.flatnonzero(comes).tolist()),
        tuple(np.flatnonzero(next_there & ~comes).tolist()),
        int(both.sum()),
        bool(problem.is_known[person, site]) and not knows.any(),
    )
