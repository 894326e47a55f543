"""The exact optimum of a small problem, and what no plan of any problem can fall below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.greedy import kept_roster
from analytics.rotation.options import make_options
from analytics.rotation.problem import Plan, empty_plan
from analytics.rotation.program import Program
from analytics.rotation.tally import Tally

if TYPE_CHECKING:
    from analytics.rotation.problem import Problem

#: Where every project is a candidate for everybody, nothing is left out of the proof.
_ALL = 10**6


@dataclass(frozen=True)
class Optimum:
    """The best plan that was found, what no plan falls below, and whether both are proven to be one."""

    plan: Plan
    bound: float
    is_proven: bool


def solve_exactly(
    problem: Problem, base: Plan | None = None, *, seconds: float | None = None, nodes: int | None = None
) -> Optimum | None:
    """Return the best plan by a mixed-integer program of everybody; nothing where HiGHS finds none in time.

    Months of a posting and prices near a limit of presence are not in the program: with them nothing is proven.
    """
    wide = problem.with_changes(settings=_wide(problem))
    options = make_options(wide)
    base = kept_roster(problem) if base is None else base
    program = Program(Tally(wide, empty_plan(wide)), options, np.arange(len(problem.person_ids)), base)
    found = program.solve(seconds, nodes=nodes)
    if found is None:
        return None
    is_whole = not problem.stay_limits
    return Optimum(Plan(found.role, found.is_remote), found.bound, found.is_proven and is_whole)


def _wide(problem: Problem) -> object:
    settings = problem.settings
    values = {**settings.values, "candidates": {"projects": float(_ALL)}}
    return type(settings)(settings.version, values)
