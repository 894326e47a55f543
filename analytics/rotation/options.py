"""What each person may do in each week, laid out for the search: slots of projects, roles in a slot, modes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.problem import Flags, Floats, Ints, Problem


@dataclass(frozen=True)
class Options:
    """For every person S slots of projects with Q roles each; the last slot stands for the project before the plan.

    Parameters
    ----------
    project, role
        E × S projects and E × S × Q roles, :data:`NONE` where there are fewer.
    onsite, remote, home
        E × S × Q × W and E × W points that don't depend on others; infinite where it is not allowed.
    handover, trip, nights
        E × S points of beginning there, of the journey there, and nights of a week on site (0: local).
    """

    project: Ints
    role: Ints
    onsite: Floats
    remote: Floats
    home: Floats
    handover: Floats
    trip: Floats
    nights: Floats


def make_options(problem: Problem) -> Options:
    """Lay out what people may do; of far projects only those are looked at that a person has to do with."""
    project = _slots(problem)
    role = _roles_in_slots(problem, project)
    rows = np.arange(len(project))[:, None]
    place = np.maximum(project, 0)
    allowed = _allowed(problem, project, role)
    seat = np.maximum(role, 0)
    points = _own_points(problem, project)
    is_open = ~problem.is_closed[rows, place][:, :, None, :]
    onsite = np.where(allowed & is_open, points[:, :, None, :, 1], np.inf)
    may_remote = problem.may_remote[seat] & problem.is_remote_open[rows, place][:, :, None, :]
    remote = np.where(allowed & may_remote, points[:, :, None, :, 0], np.inf)
    nights = np.where(project == NONE, 0.0, problem.nights[rows, place])
    home = _home_points(problem)
    options = Options(
        project,
        role,
        onsite,
        remote,
        home,
        np.where(project == NONE, 0.0, problem.handover_price[rows, place]),
        np.where(project == NONE, 0.0, problem.trip_price[rows, place]),
        nights,
    )
    _pin(problem, options)
    return options


def _slots(problem: Problem) -> Ints:
    """Choose for each person the projects to look at: pinned, named, present, known, then the nearest."""
    people, projects, _, _ = problem.shape
    if not projects:
        return np.full((people, 1), NONE, dtype=np.int64)
    can = np.zeros((people, projects), dtype=bool)
    for project in range(projects):
        roles = np.flatnonzero((problem.role_project == project) & (problem.demand.sum(axis=1) > 0))
        can[:, project] = problem.has_skill[:, roles].any(axis=1)
    rank = problem.km + 1.0
    rank = np.where(problem.is_known, rank / 1e4, rank)
    row, week = np.nonzero(problem.roster != NONE)
    rank[row, problem.roster[row, week]] = -1.0
    if len(problem.named):
        rank[problem.named[:, 0], problem.named[:, 1]] = -2.0
    for pin in problem.pins:
        if pin.role != NONE:
            rank[pin.person, problem.role_project[pin.role]] = -3.0
    rank = np.where(can, rank, np.inf)
    kept = min(projects, problem.settings.whole("candidates", "projects"))
    must = int((rank < 0).sum(axis=1).max(initial=0))
    order = np.argsort(rank, axis=1, kind="stable")[:, : max(kept, must)]
    found = np.where(np.isinf(np.take_along_axis(rank, order, axis=1)), NONE, order)
    last = np.where(problem.previous_project != NONE, problem.previous_project, NONE)
    last = np.where((found == last[:, None]).any(axis=1), NONE, last)
    return np.column_stack([found, last])


def _roles_in_slots(problem: Problem, project: Ints) -> Ints:
    people, slots = project.shape
    by_project: dict[int, list[int]] = {}
    for role, where in enumerate(problem.role_project.tolist()):
        by_project.setdefault(where, []).append(role)
    found = [
        [
            [r for r in by_project.get(p, []) if problem.has_skill[e, r]] if s < slots - 1 else []
            for s, p in enumerate(row)
        ]
        for e, row in enumerate(project.tolist())
    ]
    most = max((len(roles) for row in found for roles in row), default=0) or 1
    table = np.full((people, slots, most), NONE, dtype=np.int64)
    for e, row in enumerate(found):
        for s, roles in enumerate(row):
            table[e, s, : len(roles)] = roles
    return table


def _allowed(problem: Problem, project: Ints, role: Ints) -> Flags:
    """Return E × S × Q × W where a person may be at work for a role."""
    people, slots, most = role.shape
    weeks = len(problem.weeks)
    if not len(problem.role_skills):
        return np.zeros((people, slots, most, weeks), dtype=bool)
    is_needed = problem.seats[np.maximum(role, 0)] > 0
    allowed: Flags = (role != NONE)[..., None] & is_needed & ~problem.is_absent[:, None, None, :]
    if len(problem.named):
        person, _, week = problem.named.T
        elsewhere = np.ones((people, slots, weeks), dtype=bool)
        elsewhere[person, :, week] = False
        for e, p, w in problem.named.tolist():
            elsewhere[e, :, w] |= project[e] == p
        allowed &= elsewhere[:, :, None, :]
    return allowed


def _own_points(problem: Problem, project: Ints) -> Floats:
    """Return E × S × W × 2 points of being at work for a project, from home or on site."""
    people, slots = project.shape
    rows = np.arange(people)[:, None]
    points = np.zeros((people, slots, len(problem.weeks), 2))
    kept = (problem.roster[:, None, :] == project[:, :, None]) & (project != NONE)[:, :, None]
    points -= np.where(kept, problem.drop_price, 0.0)[..., None]
    if len(problem.named):
        for e, p, w in problem.named.tolist():
            points[e, project[e] == p, w] -= problem.settings("named", "missing")
    place = np.maximum(project, 0)
    if problem.shape[1]:
        points[..., 1] += (problem.night_price[:, None] * problem.nights[rows, place])[:, :, None]
    weight = problem.settings("preferences", "against")
    for person, wishes in problem.wishes.items():
        points[person] += weight * wishes[project[person]]
    return points


def _home_points(problem: Problem) -> Floats:
    people, _, _, weeks = problem.shape
    home = np.zeros((people, weeks))
    for person, wishes in problem.wishes.items():
        home[person] += problem.settings("preferences", "against") * wishes[NONE, :, 0]
    return home


def _pin(problem: Problem, options: Options) -> None:
    for pin in problem.pins:
        onsite, remote = options.onsite[pin.person, :, :, pin.week], options.remote[pin.person, :, :, pin.week]
        is_it = options.role[pin.person] == pin.role if pin.role != NONE else np.zeros(onsite.shape, dtype=bool)
        onsite[~is_it | pin.is_remote] = np.inf
        remote[~is_it | (not pin.is_remote)] = np.inf
        if pin.role != NONE:
            options.home[pin.person, pin.week] = np.inf
