"""What depends on one person's weeks alone: handovers, journeys, nights, wishes, and the rules of being away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.presence import monday_ordinals
from analytics.rotation.problem import NONE, project_of

if TYPE_CHECKING:
    from analytics.rotation.problem import Flags, Floats, Ints, Problem


@dataclass(frozen=True)
class Paths:
    """Weeks of some people: K rows of roles and modes, and what follows from them."""

    people: Ints
    role: Ints
    is_remote: Flags
    project: Ints
    is_onsite: Flags
    nights: Floats

    @property
    def is_away(self) -> Flags:
        """K × W weeks with nights away."""
        return self.nights > 0


def paths_of(problem: Problem, people: Ints, role: Ints, is_remote: Flags) -> Paths:
    """Return the weeks of some people with their projects and nights."""
    project = project_of(problem, role)
    is_onsite = (project != NONE) & ~is_remote
    nights = np.where(is_onsite, problem.nights[people[:, None], np.maximum(project, 0)], 0.0)
    return Paths(people, role, is_remote, project, is_onsite, nights)


def starts(problem: Problem, paths: Paths) -> Flags:
    """Return K × W weeks in which somebody begins at a project."""
    before = np.column_stack([problem.previous_project[paths.people], paths.project[:, :-1]])
    made: Flags = (paths.project != NONE) & (paths.project != before)
    return made


def trips(problem: Problem, paths: Paths) -> Flags:
    """Return K × W weeks in which somebody travels to a site away from home."""
    first = problem.was_onsite[paths.people]
    project_before = np.column_stack([problem.previous_project[paths.people], paths.project[:, :-1]])
    onsite_before = np.column_stack([first, paths.is_onsite[:, :-1]])
    stays = onsite_before & (project_before == paths.project)
    made: Flags = paths.is_away & ~stays
    return made


def path_terms(problem: Problem, paths: Paths) -> dict[str, Floats]:
    """Return the points of each term by person."""
    rows, place = paths.people[:, None], np.maximum(paths.project, 0)
    settings = problem.settings
    handover = np.where(starts(problem, paths), problem.handover_price[rows, place], 0.0).sum(axis=1)
    travel = np.where(trips(problem, paths), problem.trip_price[rows, place], 0.0).sum(axis=1)
    return {
        "handover": handover,
        "travel": travel,
        "nights": settings("nights", "above") * nights_above(problem, paths).sum(axis=1),
        "stability": (dropped(problem, paths) * problem.drop_price).sum(axis=1),
        "named": settings("named", "missing") * missing_named(problem, paths),
        "preferences": settings("preferences", "against") * against_wishes(problem, paths),
        "counters": settings("counters", "near") * near_limits(problem, paths)[0],
        "strain": problem.night_price[paths.people] * paths.nights.sum(axis=1),
    }


def nights_above(problem: Problem, paths: Paths) -> Floats:
    """Return K × W nights above what is allowed in the window that ends with each week."""
    window = problem.settings.whole("nights", "window_weeks")
    past = problem.past_nights[paths.people][:, max(0, problem.past_nights.shape[1] - window + 1) :]
    whole = np.column_stack([past, paths.nights])
    sums = np.cumsum(np.column_stack([np.zeros(len(whole)), whole]), axis=1)
    ends = np.arange(past.shape[1], whole.shape[1]) + 1
    in_window = sums[:, ends] - sums[:, np.maximum(ends - window, 0)]
    made: Floats = np.maximum(in_window - problem.settings("nights", "allowed"), 0.0)
    return made


def dropped(problem: Problem, paths: Paths) -> Flags:
    """Return K × W weeks of the present roster that are given up."""
    now = problem.roster[paths.people]
    made: Flags = (now != NONE) & (now != paths.project)
    return made


def missing_named(problem: Problem, paths: Paths) -> Ints:
    """Return by person the weeks in which a client asked for them and they are not there."""
    found = np.zeros(len(paths.people), dtype=np.int64)
    if len(problem.named):
        place = np.full(len(problem.person_ids), NONE)
        place[paths.people] = np.arange(len(paths.people))
        row = place[problem.named[:, 0]]
        here = row != NONE
        _, project, week = problem.named[here].T
        np.add.at(found, row[here], paths.project[row[here], week] != project)
    return found


def against_wishes(problem: Problem, paths: Paths) -> Floats:
    """Return by person the weeks against a wish."""
    found = np.zeros(len(paths.people))
    if problem.wishes:
        weeks = np.arange(paths.role.shape[1])
        for row, person in enumerate(paths.people.tolist()):
            if person in problem.wishes:
                points = problem.wishes[person]
                found[row] = points[paths.project[row], weeks, paths.is_onsite[row].astype(np.int64)].sum()
    return found


def near_limits(problem: Problem, paths: Paths) -> tuple[Ints, list[tuple[int, int, str]]]:
    """Return by person the weeks near a limit of presence, and (row, week, counter) where one is broken."""
    near = np.zeros(len(paths.people), dtype=np.int64)
    over: list[tuple[int, int, str]] = []
    limited = problem.limits_by_person
    if not limited:
        return near, over
    mondays = monday_ordinals(problem.weeks)
    for row, person in enumerate(paths.people.tolist()):
        for limit in limited.get(person, ()):
            onsite = np.where(paths.is_onsite[row], paths.project[row], NONE)
            is_over, count = limit.over_and_near(mondays, onsite, paths.nights[row])
            near[row] += count
            over += [(row, int(week), limit.counter.key) for week in np.flatnonzero(is_over)]
    return near, over


@dataclass(frozen=True)
class AwayFaults:
    """K × W away weeks that break a rule: too many in a row, too many in a window, too few at home before."""

    in_a_row: Flags
    in_window: Flags
    home_weeks: Flags

    @property
    def any(self) -> Flags:
        """Weeks that break any of them."""
        return self.in_a_row | self.in_window | self.home_weeks


def away_faults(problem: Problem, people: Ints, is_away: Flags) -> AwayFaults:
    """Return the away weeks of the plan that break a rule, with the weeks before it."""
    past = problem.past_away[people]
    whole = np.column_stack([past, is_away])
    skip, count = past.shape[1], whole.shape[1]
    run = np.zeros(len(people), dtype=np.int64)
    runs = np.zeros(whole.shape, dtype=np.int64)
    for week in range(count):
        run = np.where(whole[:, week], run + 1, 0)
        runs[:, week] = run
    sums = np.cumsum(np.column_stack([np.zeros(len(people), dtype=np.int64), whole]), axis=1)
    window = problem.settings.whole("rules", "window_weeks")
    ends = np.arange(count) + 1
    in_window = sums[:, ends] - sums[:, np.maximum(ends - window, 0)]
    short = np.zeros(whole.shape, dtype=bool)
    if problem.settings.whole("rules", "min_home_weeks") > 1:
        short[:, 2:] = whole[:, 2:] & ~whole[:, 1:-1] & whole[:, :-2]
    plan = slice(skip, None)
    return AwayFaults(
        is_away & (runs[:, plan] > problem.max_weeks[people, None]),
        is_away & (in_window[:, plan] > problem.max_in_window[people, None]),
        short[:, plan],
    )
