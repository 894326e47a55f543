"""What no plan can fall below: Lagrangian prices on seats, presence and seniority, each person exact in between.

The spread of burdens enters by the mean (the largest is no smaller), pairing, counters and the window of weeks by
nothing: all of them only make plans dearer, so the bound stays one. It is a bound for the projects that the search
looks at for each person (see ``options``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.best_path import BestPaths, WeekPoints, best_paths
from analytics.rotation.problem import NONE, project_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.rotation.options import Options
    from analytics.rotation.problem import Floats, Ints, Problem

_CHUNK = 64
#: Share of the way to the best plan that a step goes at first; halved when the bound doesn't rise for so many steps.
_FIRST_STEP, _PATIENCE = 1.2, 6
#: Prices begin at this share of their limits; of the course before a step keeps this share.
_FIRST, _KEPT = 0.2, 0.7
#: So many steps are made in any case, a quarter of them where there are more weeks of roles than this.
_SURE_STEPS, _SMALL = 32, 2_000


@dataclass
class _Prices:
    """R × W for a head, R × W for presence, P × W for seniority on site."""

    head: Floats
    presence: Floats
    senior: Floats


@dataclass
class _Course:
    """Where prices went last: steps keep some of it, or they would only swing to and fro."""

    head: Floats
    presence: Floats
    senior: Floats


def lower_bound(
    problem: Problem,
    options: Options,
    total: float,
    steps: int,
    is_over: Callable[[], bool] = lambda: False,
) -> float:
    """Return points that no plan falls below.

    Parameters
    ----------
    total
        Points of the best plan that is known: it sets how far a step goes.
    """
    if not problem.demand.size:
        return 0.0
    prices = _Prices(problem.gap_price * _FIRST, problem.onsite_price * _FIRST, _senior_limit(problem) * _FIRST)
    course = _Course(np.zeros_like(prices.head), np.zeros_like(prices.presence), np.zeros_like(prices.senior))
    best, scale, waited = 0.0, _FIRST_STEP, 0
    sure = _SURE_STEPS if problem.demand.size < _SMALL else _SURE_STEPS // 4
    for step in range(steps):
        value, answers = _value(problem, options, prices)
        waited = 0 if value > best else waited + 1
        best = max(best, value)
        if waited >= _PATIENCE:
            scale, waited = scale / 2, 0
        if total - best < 1e-6 * max(total, 1.0) or (step >= sure and is_over()):
            break
        _step(problem, prices, course, answers, scale * max(total - value, 0.0))
    return min(best, total)


def _senior_limit(problem: Problem) -> Floats:
    limit: Floats = problem.settings("seniority", "missing") * problem.needs_senior.astype(np.float64)
    return limit


def _value(problem: Problem, options: Options, prices: _Prices) -> tuple[float, BestPaths]:
    """Return the value of the relaxed problem under prices, and everybody's answers."""
    people = np.arange(len(problem.person_ids))
    share = problem.settings("burden", "max") / max(len(people), 1)
    value = share * float(problem.prior_nights.sum()) + _constants(problem)
    value += float(np.where(prices.head > 0, prices.head * problem.demand, prices.head * problem.seats).sum())
    value += float((prices.presence * problem.onsite_minimum).sum() + prices.senior.sum())
    parts = []
    for start in range(0, len(people), _CHUNK):
        some = people[start : start + _CHUNK]
        points = _points(problem, options, prices, some, share)
        found = best_paths(problem, options, some, points, problem.max_weeks[some], least_nights=_least(problem, some))
        value += float(found.points.sum())
        parts.append(found)
    role = np.concatenate([part.role for part in parts])
    return value, BestPaths(role, np.concatenate([part.is_remote for part in parts]), np.zeros(len(role)))


def _constants(problem: Problem) -> float:
    """Return what the options of a person count as saved: it is paid by who does nothing."""
    dropped = (problem.drop_price * (problem.roster != NONE)).sum()
    return float(dropped + problem.settings("named", "missing") * len(problem.named))


def _least(problem: Problem, people: Ints) -> Floats:
    """Return B nights that an away week has at least, before the plan or in it."""
    there = np.where(problem.nights[people] > 0, problem.nights[people], np.inf).min(axis=1, initial=np.inf)
    past = np.where(problem.past_nights[people] > 0, problem.past_nights[people], np.inf).min(axis=1, initial=np.inf)
    least = np.minimum(there, past)
    made: Floats = np.where(np.isfinite(least), least, 0.0).astype(np.float64)
    return made


def _points(problem: Problem, options: Options, prices: _Prices, people: Ints, share: float) -> WeekPoints:
    seat, site = np.maximum(options.role[people], 0), np.maximum(options.project[people], 0)
    fits = problem.seniority[people][:, None, None] >= problem.least_seniority[site]
    senior = np.where(fits, prices.senior[site], 0.0)
    nights = share * options.nights[people]
    remote = options.remote[people] - prices.head[seat]
    onsite = options.onsite[people] - prices.head[seat] - prices.presence[seat]
    onsite = onsite + (nights[:, :, None] - senior)[:, :, None, :]
    return WeekPoints(onsite, remote, options.home[people])


def _step(problem: Problem, prices: _Prices, course: _Course, answers: BestPaths, way: float) -> None:
    """Move prices towards what is missing under them."""
    row, week = np.nonzero(answers.role != NONE)
    role, remote = answers.role[row, week], answers.is_remote[row, week]
    covered, onsite = np.zeros(problem.demand.shape), np.zeros(problem.demand.shape)
    np.add.at(covered, (role, week), 1.0)
    np.add.at(onsite, (role[~remote], week[~remote]), 1.0)
    fitting = np.zeros(prices.senior.shape)
    site = project_of(problem, role)
    seen = ~remote & (problem.seniority[row] >= problem.least_seniority[site, week])
    np.add.at(fitting, (site[seen], week[seen]), 1.0)
    head = np.where(prices.head > 0, problem.demand, problem.seats) - covered
    head = np.where((prices.head >= problem.gap_price) & (head > 0), 0.0, head)
    presence = problem.onsite_minimum - onsite
    presence = np.where((prices.presence <= 0) & (presence < 0), 0.0, presence)
    presence = np.where((prices.presence >= problem.onsite_price) & (presence > 0), 0.0, presence)
    limit = _senior_limit(problem)
    senior = np.where(limit > 0, 1.0 - fitting, 0.0)
    senior = np.where((prices.senior <= 0) & (senior < 0) | (prices.senior >= limit) & (senior > 0), 0.0, senior)
    course.head = head = head + _KEPT * course.head
    course.presence = presence = presence + _KEPT * course.presence
    course.senior = senior = senior + _KEPT * course.senior
    norm = float((head**2).sum() + (presence**2).sum() + (senior**2).sum())
    if norm > 0:
        length = way / norm
        prices.head = np.minimum(prices.head + length * head, problem.gap_price)
        prices.presence = np.clip(prices.presence + length * presence, 0.0, problem.onsite_price)
        prices.senior = np.clip(prices.senior + length * senior, 0.0, limit)
