"""Search by best answers: take a few related people out of the plan, let each answer exactly, keep what is better.

Seeded and deterministic for a number of rounds; a number of seconds ends it wherever it is. What is better is decided
by the whole objective, never by a person's own estimate.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.rotation.best_response import Asked, best_responses
from analytics.rotation.evaluating import people_moved
from analytics.rotation.greedy import first_plan, has_room, kept_roster, move, night_points, surroundings
from analytics.rotation.options import make_options
from analytics.rotation.problem import NONE
from analytics.rotation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.rotation.options import Options
    from analytics.rotation.problem import Flags, Ints, Plan, Problem

#: Points that a round may lose at the start of the search; nothing at its end.
_FIRST_TEMPERATURE: Final = 25.0
#: People of one trial.
_MOST_PEOPLE: Final = 6
_MOST_TRIALS: Final = 16
#: One trial for so many people, so that trials of a round seldom meet.
_PEOPLE_A_TRIAL: Final = 24


@dataclass(frozen=True)
class Progress:
    """Where a search stands: share of the way, rounds, points of the best plan."""

    share: float
    rounds: int
    total: float


@dataclass
class Limits:
    """When a search ends: after so many rounds, or when ``elapsed_share`` (of the seconds given) reaches 1.

    ``elapsed_share`` is handed in because analytics reads no clock; ``is_cancelled`` ends it at once.
    """

    rounds: int | None = None
    elapsed_share: Callable[[], float] | None = None
    is_cancelled: Callable[[], bool] = field(default=lambda: False)
    on_progress: Callable[[Progress], None] = field(default=lambda _progress: None)

    def share(self, done: int) -> float:
        """Return which part of the way is behind, the further of rounds and seconds."""
        by_rounds = 1.0 if self.rounds == 0 else (done / self.rounds if self.rounds else 0.0)
        return max(by_rounds, self.elapsed_share() if self.elapsed_share else 0.0)


@dataclass(frozen=True)
class Found:
    """The best plan of a search, the roster that it is measured against, and the first plan's points."""

    plan: Plan
    base: Plan
    total: float
    first_total: float
    rounds: int


def search(problem: Problem, limits: Limits, seed: int, start: Plan | None = None, base: Plan | None = None) -> Found:
    """Return the best plan that is found within the limits; the first one is always complete.

    Parameters
    ----------
    start
        A plan to go on from, where one is known; else everybody answers once.
    """
    options = make_options(problem)
    base = kept_roster(problem, options) if base is None else base
    tally = first_plan(problem, options, base) if start is None else Tally(problem, start)
    best, best_total, first_total = tally.plan(), tally.total, tally.total
    around = Neighbourhoods(problem, options, np.random.default_rng([seed, 12]))
    rounds = 0
    while around.is_any and (share := limits.share(rounds)) < 1.0 and not limits.is_cancelled():
        _round(tally, options, around, base, _FIRST_TEMPERATURE * (1.0 - share) ** 2)
        rounds += 1
        total = tally.total
        if total < best_total - 1e-9:
            best, best_total = tally.plan(), total
        limits.on_progress(Progress(share, rounds, best_total))
    return Found(best, base, best_total, first_total, rounds)


class Neighbourhoods:
    """Chooses who is asked together."""

    def __init__(self, problem: Problem, options: Options, random: np.random.Generator) -> None:
        self.problem, self.random = problem, random
        can = np.asarray((np.isfinite(options.onsite) | np.isfinite(options.remote)).any(axis=(2, 3)), dtype=bool)
        self.movable = np.flatnonzero(can.any(axis=1))
        self.is_any = len(self.movable) > 0
        people, slot = np.nonzero(can)
        project = options.project[people, slot]
        self.of_project = [people[project == one] for one in range(len(problem.project_ids))]
        self.count = int(np.clip(len(self.movable) // _PEOPLE_A_TRIAL, 1, _MOST_TRIALS))

    def draw(self, tally: Tally) -> list[Ints]:
        """Return the people of each trial; nobody is in two."""
        taken = np.zeros(len(self.problem.person_ids), dtype=bool)
        weight = self._project_weight(tally)
        burden = self.problem.prior_nights + tally.nights
        groups = []
        for _ in range(self.count):
            chosen = self._group(tally, weight, burden)
            chosen = chosen[~taken[chosen]]
            if len(chosen):
                taken[chosen] = True
                groups.append(chosen)
        return groups

    def _project_weight(self, tally: Tally) -> np.ndarray:
        open_points = tally.site_points.sum(axis=1)
        np.add.at(open_points, self.problem.role_project, tally.role_points.sum(axis=1))
        counts = np.array([len(people) for people in self.of_project])
        weight = np.where(counts > 0, np.sqrt(open_points) + 3.0, 0.0)
        made: np.ndarray = weight / weight.sum()
        return made

    def _group(self, tally: Tally, weight: np.ndarray, burden: np.ndarray) -> Ints:
        draw, random = self.random.random(), self.random
        if draw < 0.2:
            return random.choice(self.movable, 1)
        if draw < 0.35:
            top = self.movable[np.argsort(-burden[self.movable], kind="stable")[:8]]
            first = int(random.choice(top))
            here = tally.role[first][tally.role[first] != NONE]
            project = int(self.problem.role_project[random.choice(here)]) if len(here) else NONE
            if project != NONE:
                others = self.of_project[project]
                light = others[np.argsort(burden[others] + random.random(len(others)), kind="stable")[:8]]
                return self._some(np.unique(np.concatenate([[first], random.permutation(light)[:3]])))
        project = int(random.choice(len(weight), p=weight))
        people = self.of_project[project]
        is_there = (self.problem.role_project[np.maximum(tally.role[people], 0)] == project) & (
            tally.role[people] != NONE
        )
        chance = np.where(is_there.any(axis=1), 3.0, 1.0)
        size = min(int(random.integers(2, _MOST_PEOPLE + 1)), len(people))
        return random.choice(people, size, replace=False, p=chance / chance.sum())

    def related(self, tally: Tally, size: int) -> Ints:
        """Return so many people who have to do with one project, or with its neighbours."""
        project = int(self.random.choice(len(self.of_project), p=self._project_weight(tally)))
        people = self.of_project[project]
        if len(people) >= size:
            return np.sort(self.random.choice(people, size, replace=False))
        others = np.setdiff1d(self.movable, people)
        more = self.random.choice(others, min(size - len(people), len(others)), replace=False)
        return np.sort(np.concatenate([people, more]))

    def _some(self, people: Ints) -> Ints:
        return self.random.permutation(people)


def _round(tally: Tally, options: Options, near: Neighbourhoods, base: Plan, temperature: float) -> None:
    problem = tally.problem
    groups = near.draw(tally)
    if not groups:
        return
    room = _room_to_move(tally, base, groups)
    around = surroundings(tally, groups)
    points = night_points(tally) * near.random.uniform(0.4, 1.6, len(problem.person_ids))
    found = [([], []) for _ in groups]  # type: list[tuple[list[Ints], list[Flags]]]
    is_possible = np.ones(len(groups), dtype=bool)
    for turn in range(max(map(len, groups))):
        trials = np.array([t for t, group in enumerate(groups) if turn < len(group)], dtype=np.int64)
        people = np.array([groups[t][turn] for t in trials], dtype=np.int64)
        answers = best_responses(
            problem, options, around, Asked(people, points[people], room[trials] <= 0), base, trials
        )
        is_possible[trials] &= np.isfinite(answers.points)
        move(problem, around, trials, people, answers.role, answers.is_remote, step=1)
        room[trials] -= _moved(problem, base, people, answers.role, answers.is_remote)
        for row, trial in enumerate(trials.tolist()):
            found[trial][0].append(answers.role[row])
            found[trial][1].append(answers.is_remote[row])
    for trial, group in enumerate(groups):
        if is_possible[trial]:
            _take(
                tally,
                base,
                group,
                np.array(found[trial][0]),
                np.array(found[trial][1]),
                -temperature * np.log(near.random.random()),
            )


def _room_to_move(tally: Tally, base: Plan, groups: list[Ints]) -> np.ndarray:
    """Return how many people of each trial may move in the weeks that the budget counts."""
    problem = tally.problem
    if problem.budget is None:
        return np.full(len(groups), len(problem.person_ids) + 1, dtype=np.int64)
    moved = people_moved(problem, tally.plan(), base)
    left = problem.budget - int(moved.sum())
    return np.array([left + int(moved[group].sum()) for group in groups], dtype=np.int64)


def _moved(problem: Problem, base: Plan, people: Ints, role: Ints, is_remote: Flags) -> np.ndarray:
    near = slice(0, problem.budget_weeks)
    other = (role[:, near] != base.role[people, near]) | (is_remote[:, near] != base.is_remote[people, near])
    made: np.ndarray = other.any(axis=1).astype(np.int64)
    return made


def _take(tally: Tally, base: Plan, people: Ints, role: Ints, is_remote: Flags, most: float) -> None:
    """Put a trial into the plan; take it back where it costs more than ``most`` or breaks what others did meanwhile."""
    before = tally.plan_of(people)
    change = tally.put(people, role, is_remote)
    budget = tally.problem.budget
    is_kept = change <= most and has_room(tally, role)
    if is_kept and budget is not None:
        is_kept = int(people_moved(tally.problem, tally.plan(), base).sum()) <= budget
    if not is_kept:
        tally.put(people, *before)
