"""What others leave for a person, and the person's best answer to it that breaks no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.best_path import BestPaths, WeekPoints, best_paths
from analytics.rotation.paths import away_faults, near_limits, paths_of
from analytics.rotation.problem import JUNIOR, NONE, SENIOR

if TYPE_CHECKING:
    from analytics.rotation.options import Options
    from analytics.rotation.problem import Flags, Floats, Ints, Plan, Problem

#: A week at a time is taken out of the question until a window or counter holds; nobody breaks more often.
_MOST_TRIES = 14
#: Where the window of twelve weeks breaks, shorter stints are tried too.
_SHORTER_STINT = 4
#: And longer rests: away weeks of a window can't be more than the window without its rest.
_LONGEST_REST = 5


@dataclass
class Surroundings:
    """Counts of heads of B trials, each without the people who are asked: B × R × W and B × P × W."""

    covered: Ints
    onsite: Ints
    seniors: Ints
    juniors: Ints
    fitting: Ints


@dataclass(frozen=True)
class Asked:
    """People who are asked for their best weeks, one for each trial.

    Parameters
    ----------
    night_points
        B points per night away, by how much of the burden is a person's already.
    is_frozen
        B who may not move in the weeks that the change budget counts.
    """

    people: Ints
    night_points: Floats
    is_frozen: Flags


def best_responses(
    problem: Problem, options: Options, around: Surroundings, asked: Asked, base: Plan, trials: Ints | None = None
) -> BestPaths:
    """Return the best weeks of each person that break no rule; infinite points where there are none."""
    trials = np.arange(len(asked.people)) if trials is None else trials
    points = week_points(problem, options, around, asked, trials)
    _freeze(problem, options, asked, base, points)
    limits = problem.max_weeks[asked.people]
    found = best_paths(problem, options, asked.people, points, limits)
    broken = np.flatnonzero(_faulty(problem, asked.people, found).any(axis=1) & np.isfinite(found.points))
    if not len(broken):
        return found
    role, is_remote, value = found.role.copy(), found.is_remote.copy(), found.points.copy()
    value[broken] = np.inf
    for most, rest in _ways_to_mend(problem, limits[broken]):
        better = _mended(problem, options, asked.people[broken], _taken(points, broken), most, rest)
        wins = better.points < value[broken]
        role[broken[wins]], is_remote[broken[wins]] = better.role[wins], better.is_remote[wins]
        value[broken[wins]] = better.points[wins]
    return BestPaths(role, is_remote, value)


def _ways_to_mend(problem: Problem, limits: Ints) -> list[tuple[Ints, int]]:
    """Return weeks in a row and weeks of rest under which a window holds by itself, or nearly so."""
    rules = problem.settings.whole
    rest = rules("rules", "min_home_weeks")
    longer = rules("rules", "window_weeks") - rules("rules", "max_in_window")
    ways = [(limits, rest), (np.minimum(limits, _SHORTER_STINT), rest)]
    return [*ways, (limits, longer)] if rest < longer <= _LONGEST_REST else ways


def _mended(
    problem: Problem, options: Options, people: Ints, points: WeekPoints, max_weeks: Ints, rest: int
) -> BestPaths:
    """Take weeks out of the question, the first broken one first, until no rule is broken."""
    for _ in range(_MOST_TRIES):
        found = best_paths(problem, options, people, points, max_weeks, rest)
        faults = _faulty(problem, people, found)
        broken = np.flatnonzero(faults.any(axis=1) & np.isfinite(found.points))
        if not len(broken):
            return found
        week = faults[broken].argmax(axis=1)
        for row, at in zip(broken.tolist(), week.tolist(), strict=True):
            closed = _slots_to_close(problem, options, int(people[row]), found, row, at)
            points.onsite[row, closed, :, at] = np.inf
    is_broken = _faulty(problem, people, found).any(axis=1)
    return BestPaths(found.role, found.is_remote, np.where(is_broken, np.inf, found.points))


def _slots_to_close(problem: Problem, options: Options, person: int, found: BestPaths, row: int, week: int) -> Flags:
    """Return the slots that a week is closed for: sites that a broken counter counts, else all with nights away."""
    limits = problem.limits_by_person.get(person, ())
    if limits:
        paths = paths_of(problem, np.array([person]), found.role[[row]], found.is_remote[[row]])
        keys = {key for _, at, key in near_limits(problem, paths)[1] if at == week}
        counted = [limit.is_counted[options.project[person]] for limit in limits if limit.counter.key in keys]
        if counted:
            return np.asarray(np.any(counted, axis=0), dtype=bool)
    return np.asarray(options.nights[person] > 0, dtype=bool)


def _faulty(problem: Problem, people: Ints, found: BestPaths) -> Flags:
    """Return B × W weeks that break the window of weeks away or a presence counter."""
    paths = paths_of(problem, people, found.role, found.is_remote)
    faults = away_faults(problem, people, paths.is_away).any.copy()
    for row, week, _ in near_limits(problem, paths)[1]:
        faults[row, week] = True
    return faults


def _taken(points: WeekPoints, rows: Ints) -> WeekPoints:
    return WeekPoints(points.onsite[rows], points.remote[rows], points.home[rows])


def week_points(problem: Problem, options: Options, around: Surroundings, asked: Asked, trials: Ints) -> WeekPoints:
    """Return what each option of each week would change, others being where they are."""
    people = asked.people
    role = options.role[people]
    seat = np.maximum(role, 0)
    at = trials[:, None, None]
    room = problem.demand[seat] - around.covered[at, seat]
    gain = problem.gap_price[seat] * np.clip(room, 0.0, 1.0)
    has_room = room > 1e-9
    missing = problem.onsite_minimum[seat] - around.onsite[at, seat]
    present = problem.onsite_price[seat] * np.clip(missing, 0.0, 1.0)
    site = _site_gain(problem, options, around, people, trials)
    nights = asked.night_points[:, None] * options.nights[people]
    remote = np.where(has_room, options.remote[people] - gain, np.inf)
    onsite = options.onsite[people] - gain - present + (nights[:, :, None] - site)[:, :, None, :]
    return WeekPoints(np.where(has_room, onsite, np.inf), remote, options.home[people].copy())


def _site_gain(problem: Problem, options: Options, around: Surroundings, people: Ints, trials: Ints) -> Floats:
    """Return B × S × W points that a person on site takes away: nobody senior there, juniors whom nobody guides."""
    settings = problem.settings
    project = np.maximum(options.project[people], 0)
    at = trials[:, None]
    seniority = problem.seniority[people][:, None, None]
    fits = problem.needs_senior[project] & (around.fitting[at, project] == 0)
    fits &= seniority >= problem.least_seniority[project]
    seniors, juniors = around.seniors[at, project], around.juniors[at, project]
    guided = settings("pairing", "juniors_per_senior")
    before = np.maximum(juniors - guided * seniors, 0.0)
    after = np.maximum(juniors + (seniority == JUNIOR) - guided * (seniors + (seniority == SENIOR)), 0.0)
    gain: Floats = settings("seniority", "missing") * fits + settings("pairing", "unpaired") * (before - after)
    return gain


def _freeze(problem: Problem, options: Options, asked: Asked, base: Plan, points: WeekPoints) -> None:
    """Leave people who may not move only what the roster says of the next weeks."""
    rows = np.flatnonzero(asked.is_frozen)
    if not len(rows):
        return
    people, near = asked.people[rows], slice(0, problem.budget_weeks)
    role, remote = base.role[people, near], base.is_remote[people, near]
    same = options.role[people][..., None] == role[:, None, None, :]
    same &= role[:, None, None, :] != NONE
    here = remote[:, None, None, :]
    points.onsite[rows, :, :, near] = np.where(same & ~here, points.onsite[rows, :, :, near], np.inf)
    points.remote[rows, :, :, near] = np.where(same & here, points.remote[rows, :, :, near], np.inf)
    points.home[rows, near] = np.where(role == NONE, points.home[rows, near], np.inf)
