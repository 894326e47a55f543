"""The roster as it remains when nobody decides anything, and a first plan: each person once, never looked at again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.best_response import Asked, Surroundings, best_responses
from analytics.rotation.evaluating import people_moved
from analytics.rotation.options import make_options
from analytics.rotation.problem import JUNIOR, NONE, SENIOR, empty_plan
from analytics.rotation.tally import Tally

if TYPE_CHECKING:
    from analytics.rotation.best_path import BestPaths
    from analytics.rotation.options import Options
    from analytics.rotation.problem import Flags, Floats, Ints, Plan, Problem

#: Keeping a week of the roster is worth more than anything else, keeping how it is done somewhat less.
_KEEP_WEEK = 1e4
_KEEP_MODE = 1e3
#: So many people answer at once; who finds their seat taken is asked again.
_CHUNK = 32


def kept_roster(problem: Problem, options: Options | None = None) -> Plan:
    """Return the present roster without what can't be: leave, too long stints, seats that nobody asks for.

    It is what a plan's moves are counted against. Pins are not heeded: they are decisions.
    """
    free = problem.with_changes(pins=(), budget=None) if problem.pins else problem
    options = make_options(free) if options is None or problem.pins else options
    tally = Tally(free, empty_plan(free))
    options = _few_slots(free, options)
    place = options.project[:, :, None, None]
    is_kept = (free.roster[:, None, None, :] == place) & (place != NONE)
    was_remote = free.is_roster_remote[:, None, None, :]
    only = replace(
        options,
        onsite=np.where(is_kept & np.isfinite(options.onsite), -_KEEP_WEEK - _KEEP_MODE * ~was_remote, np.inf),
        remote=np.where(is_kept & np.isfinite(options.remote), -_KEEP_WEEK - _KEEP_MODE * was_remote, np.inf),
        home=np.zeros(options.home.shape),
    )
    people = np.flatnonzero((free.roster != NONE).any(axis=1))
    answer_in_turn(tally, only, people, empty_plan(free), np.zeros(len(free.person_ids), dtype=bool))
    return tally.plan()


def _few_slots(problem: Problem, options: Options) -> Options:
    """Return only the slots that the roster has to do with: the way through them is as exact and much shorter."""
    is_there = (problem.roster[:, None, :] == options.project[:, :, None]).any(axis=2) & (options.project != NONE)
    is_there |= (options.project == problem.previous_project[:, None]) & (options.project != NONE)
    most = int(is_there[:, :-1].sum(axis=1).max(initial=1))
    order = np.argsort(~is_there[:, :-1], axis=1, kind="stable")[:, : max(most, 1)]
    order = np.column_stack([order, np.full(len(order), options.project.shape[1] - 1)])
    rows = np.arange(len(order))[:, None]
    return replace(
        options,
        **{
            name: getattr(options, name)[rows, order]
            for name in ("project", "role", "onsite", "remote", "handover", "trip", "nights")
        },
    )


def first_plan(problem: Problem, options: Options, base: Plan) -> Tally:
    """Return a plan that breaks no rule: everybody answers once, people with few choices first."""
    tally = Tally(problem, base)
    pinned = sorted({pin.person for pin in problem.pins})
    choices = np.isfinite(options.onsite).any(axis=(2, 3)).sum(axis=1)
    order = np.argsort(choices, kind="stable")
    order = np.concatenate([np.array(pinned, dtype=np.int64), order[~np.isin(order, pinned)]])
    if pinned:
        people = np.array(pinned, dtype=np.int64)
        nothing = empty_plan(problem)
        tally.put(people, nothing.role[people], nothing.is_remote[people])
    answer_in_turn(tally, options, order, base, None)
    return tally


def answer_in_turn(tally: Tally, options: Options, order: Ints, base: Plan, is_frozen: Flags | None) -> None:
    """Let people answer in turn, some at once; without ``is_frozen`` the change budget decides who may move."""
    for start in range(0, len(order), _CHUNK):
        waiting = order[start : start + _CHUNK]
        while len(waiting):
            waiting = _answered(tally, options, waiting, base, is_frozen)


def _answered(tally: Tally, options: Options, people: Ints, base: Plan, is_frozen: Flags | None) -> Ints:
    """Put the answers of people into the plan; return those whose seats were taken meanwhile."""
    problem = tally.problem
    around = surroundings(tally, [np.array([person]) for person in people])
    frozen = is_frozen[people] if is_frozen is not None else np.zeros(len(people), dtype=bool)
    left = None
    if is_frozen is None and problem.budget is not None:
        moved = people_moved(problem, tally.plan(), base)
        left = problem.budget - int(moved.sum())
        frozen = ~moved[people] if left <= 0 else frozen
    asked = Asked(people, night_points(tally)[people], frozen)
    found = best_responses(problem, options, around, asked, base)
    again = []
    for row, person in enumerate(people.tolist()):
        one = np.array([person])
        if not np.isfinite(found.points[row]):
            continue
        if left is not None and left <= 0 and not frozen[row] and _would_move(tally, base, person, found, row):
            again.append(person)
            continue
        before = tally.plan_of(one)
        was_moved = left is not None and bool(people_moved(problem, tally.plan(), base)[person])
        change = tally.put(one, found.role[[row]], found.is_remote[[row]])
        if not has_room(tally, found.role[row]) or (row and change > 0):
            tally.put(one, *before)
            again.append(person)
        elif left is not None:
            left += int(was_moved) - int(bool(people_moved(problem, tally.plan(), base)[person]))
    # The first one meets nobody: the round always ends.
    return np.array([person for person in again if person != people[0]], dtype=np.int64)


def _would_move(tally: Tally, base: Plan, person: int, found: BestPaths, row: int) -> bool:
    near = slice(0, tally.problem.budget_weeks)
    other = found.role[row, near] != base.role[person, near]
    other |= found.is_remote[row, near] != base.is_remote[person, near]
    return bool(other.any())


def has_room(tally: Tally, role: Ints) -> bool:
    """Whether the seats of some weeks are not taken twice."""
    week = np.nonzero(role != NONE)
    seat = role[week]
    return bool((tally.covered[seat, week[-1]] <= tally.problem.seats[seat, week[-1]]).all())


def night_points(tally: Tally) -> Floats:
    """Return E points of one more night away of each person, as burdens are."""
    problem = tally.problem
    nights = problem.prior_nights + tally.nights
    if not len(nights):
        made: Floats = nights
        return made
    bound = problem.settings("burden", "excess_ratio") * nights.mean()
    most = problem.settings("burden", "max") * (nights >= 0.97 * max(nights.max(), 1.0))
    points: Floats = problem.settings("burden", "excess") * (nights > bound) + most
    return points


def surroundings(tally: Tally, groups: list[Ints]) -> Surroundings:
    """Return the counts of heads without each of the groups of people."""
    count = len(groups)
    around = Surroundings(
        *(
            np.repeat(one[None], count, axis=0)
            for one in (tally.covered, tally.onsite, tally.seniors, tally.juniors, tally.fitting)
        )
    )
    for trial, people in enumerate(groups):
        move(tally.problem, around, np.full(len(people), trial), people, *tally.plan_of(people), step=-1)
    return around


def move(
    problem: Problem, around: Surroundings, trials: Ints, people: Ints, role: Ints, is_remote: Flags, *, step: int
) -> None:
    """Add people to the counts of their trials, or take them out."""
    row, week = np.nonzero(role != NONE)
    if not len(row):
        return
    which, trial = role[row, week], trials[row]
    np.add.at(around.covered, (trial, which, week), step)
    seen = ~is_remote[row, week]
    which, trial, week = which[seen], trial[seen], week[seen]
    np.add.at(around.onsite, (trial, which, week), step)
    site, seniority = problem.role_project[which], problem.seniority[people[row[seen]]]
    for count, chosen in (
        (around.seniors, seniority == SENIOR),
        (around.juniors, seniority == JUNIOR),
        (around.fitting, seniority >= problem.least_seniority[site, week]),
    ):
        np.add.at(count, (trial[chosen], site[chosen], week[chosen]), step)
