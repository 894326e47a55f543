"""What a plan costs, term by term, and which rules it breaks: worked out from the whole arrays at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.rotation.paths import away_faults, near_limits, path_terms, paths_of, starts
from analytics.rotation.problem import JUNIOR, NONE, SENIOR

if TYPE_CHECKING:
    from analytics.rotation.paths import Paths
    from analytics.rotation.problem import Flags, Floats, Ints, Plan, Problem

#: The terms in the order in which they are shown.
TERMS: Final = (
    "coverage",
    "onsite",
    "seniority",
    "pairing",
    "handover",
    "overlap",
    "travel",
    "nights",
    "burden",
    "stability",
    "named",
    "preferences",
    "counters",
    "delay",
    "strain",
)


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks: which, for whom, at which project, in which week (-1 where it doesn't matter)."""

    rule: str
    person: int
    project: int
    week: int
    detail: str = ""


@dataclass(frozen=True)
class Heads:
    """Who is where, as counts.

    R × W covered and on site; P × W seniors, juniors and people of the asked seniority on site, people on the project
    who know it, and people who begin there without knowing it.
    """

    covered: Ints
    onsite: Ints
    seniors: Ints
    juniors: Ints
    fitting: Ints
    knowing: Ints
    newcomers: Ints


@dataclass(frozen=True)
class Evaluation:
    """A plan's points by term, their total, and the rules that it breaks."""

    terms: dict[str, float]
    total: float
    violations: tuple[Violation, ...]
    heads: Heads

    @property
    def is_feasible(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations


def evaluate(problem: Problem, plan: Plan, base: Plan | None = None) -> Evaluation:
    """Return what a plan costs and which rules it breaks.

    Parameters
    ----------
    base
        The roster that remains when nobody decides anything; moves are counted against it where there is a budget.
    """
    people = np.arange(len(problem.person_ids))
    paths = paths_of(problem, people, plan.role, plan.is_remote)
    heads = heads_of(problem, paths)
    gap = np.maximum(problem.demand - heads.covered, 0.0)
    missing = np.maximum(problem.onsite_minimum - heads.onsite, 0.0)
    settings = problem.settings
    loose = np.maximum(heads.juniors - settings("pairing", "juniors_per_senior") * heads.seniors, 0.0)
    terms = {
        "coverage": float((settings("coverage", "gap") * problem.go_live_factor * gap).sum()),
        "onsite": float((problem.onsite_price * missing).sum()),
        "seniority": settings("seniority", "missing") * int((problem.needs_senior & (heads.fitting == 0)).sum()),
        "pairing": settings("pairing", "unpaired") * float(loose.sum()),
        "overlap": settings("handover", "overlap") * int(heads.newcomers[heads.knowing == 0].sum()),
        "burden": burden_points(problem, problem.prior_nights + paths.nights.sum(axis=1)),
        "delay": float((problem.delay_price[problem.role_project][:, None] * gap).sum()) if len(gap) else 0.0,
        **{name: float(points.sum()) for name, points in path_terms(problem, paths).items()},
    }
    ordered = {name: terms[name] for name in TERMS}
    found = violations(problem, plan, paths, heads, base)
    return Evaluation(ordered, sum(ordered.values()), tuple(found), heads)


def heads_of(problem: Problem, paths: Paths) -> Heads:
    """Count who is where."""
    _, projects, roles, weeks = problem.shape
    row, week = np.nonzero(paths.role != NONE)
    role, remote = paths.role[row, week], paths.is_remote[row, week]
    covered = np.zeros((roles, weeks), dtype=np.int64)
    onsite = np.zeros((roles, weeks), dtype=np.int64)
    np.add.at(covered, (role, week), 1)
    np.add.at(onsite, (role[~remote], week[~remote]), 1)
    seen = ~remote
    project, at = problem.role_project[role[seen]] if len(role) else role[seen], week[seen]
    seniority = problem.seniority[paths.people[row[seen]]]
    counts = []
    for chosen in (seniority == SENIOR, seniority == JUNIOR, seniority >= problem.least_seniority[project, at]):
        count = np.zeros((projects, weeks), dtype=np.int64)
        np.add.at(count, (project[chosen], at[chosen]), 1)
        counts.append(count)
    seniors, juniors, fitting = counts
    return Heads(covered, onsite, seniors, juniors, fitting, *newcomers_of(problem, paths))


def newcomers_of(problem: Problem, paths: Paths) -> tuple[Ints, Ints]:
    """Return P × W counts of people on a project who know it, and of people who begin there without knowing it."""
    knowing = np.zeros(problem.is_go_live.shape, dtype=np.int64)
    newcomers = np.zeros(problem.is_go_live.shape, dtype=np.int64)
    if not knowing.size:
        return knowing, newcomers
    knows = problem.is_known[paths.people[:, None], np.maximum(paths.project, 0)]
    for count, chosen in (
        (knowing, (paths.project != NONE) & knows),
        (newcomers, starts(problem, paths) & ~knows),
    ):
        row, week = np.nonzero(chosen)
        np.add.at(count, (paths.project[row, week], week), 1)
    return knowing, newcomers


def burden_points(problem: Problem, nights: Floats) -> float:
    """Return the points of how unevenly nights away are spread."""
    if not len(nights):
        return 0.0
    bound = problem.settings("burden", "excess_ratio") * nights.mean()
    excess = np.maximum(nights - bound, 0.0).sum()
    return float(problem.settings("burden", "max") * nights.max() + problem.settings("burden", "excess") * excess)


def violations(problem: Problem, plan: Plan, paths: Paths, heads: Heads, base: Plan | None) -> list[Violation]:
    """Return every rule that a plan breaks."""
    project, remote = paths.project, plan.is_remote
    is_on = project != NONE
    place, role = np.maximum(project, 0), np.maximum(plan.role, 0)
    rows, weeks = np.arange(len(project))[:, None], np.arange(project.shape[1])[None, :]
    away = away_faults(problem, paths.people, paths.is_away)
    checks: dict[str, Flags] = {"leave": is_on & problem.is_absent}
    if len(problem.role_skills) and len(problem.project_ids):
        checks |= {
            "skill": is_on & ~problem.has_skill[rows, role],
            "place": is_on & ~remote & problem.is_closed[rows, place, weeks],
            "remote": is_on & remote & ~(problem.may_remote[role, weeks] & problem.is_remote_open[rows, place, weeks]),
        }
    checks |= {"weeks_in_a_row": away.in_a_row, "weeks_in_window": away.in_window, "home_weeks": away.home_weeks}
    found = [
        Violation(rule, int(row), int(project[row, week]), int(week))
        for rule, broken in checks.items()
        for row, week in zip(*np.nonzero(broken), strict=True)
    ]
    found += [
        Violation("seats", NONE, int(problem.role_project[r]), int(w), problem.role_skills[r])
        for r, w in zip(*np.nonzero(heads.covered > problem.seats), strict=True)
    ]
    found += [
        Violation("presence", row, int(project[row, w]), w, key) for row, w, key in near_limits(problem, paths)[1]
    ]
    found += _named_elsewhere(problem, project)
    found += _loose_pins(problem, plan)
    if problem.budget is not None and base is not None:
        moved = int(people_moved(problem, plan, base).sum())
        if moved > problem.budget:
            found.append(Violation("budget", NONE, NONE, NONE, f"{moved}"))
    return found


def _named_elsewhere(problem: Problem, project: Ints) -> list[Violation]:
    if not len(problem.named):
        return []
    asked: dict[tuple[int, int], set[int]] = {}
    for e, p, w in problem.named.tolist():
        asked.setdefault((e, w), set()).add(p)
    return [
        Violation("named", e, int(project[e, w]), w)
        for (e, w), sites in asked.items()
        if project[e, w] != NONE and int(project[e, w]) not in sites
    ]


def _loose_pins(problem: Problem, plan: Plan) -> list[Violation]:
    return [
        Violation("pin", pin.person, NONE, pin.week)
        for pin in problem.pins
        if plan.role[pin.person, pin.week] != pin.role
        or (pin.role != NONE and bool(plan.is_remote[pin.person, pin.week]) != pin.is_remote)
    ]


def people_moved(problem: Problem, plan: Plan, base: Plan) -> Flags:
    """Return who is somewhere else, or there in another way, in the weeks that the budget counts."""
    near = slice(0, problem.budget_weeks)
    here, before = plan.project(problem)[:, near], base.project(problem)[:, near]
    is_other = (here != before) | ((here != NONE) & (plan.is_remote[:, near] != base.is_remote[:, near]))
    moved: Flags = is_other.any(axis=1)
    return moved
