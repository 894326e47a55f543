"""The best weeks of one person while all others stay: exact dynamic programming over weeks, for many people at once.

A state is an option of the week and how long somebody has been away (1 to M weeks in a row), or which week at home
this is. So weeks in a row, home weeks between stints, handovers, journeys and nights in a window of one
stint are exact; the window of twelve weeks and presence counters are looked at afterwards (see ``best_response``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.options import Options
    from analytics.rotation.problem import Flags, Floats, Ints, Problem


@dataclass(frozen=True)
class WeekPoints:
    """B × S × Q × W points of each option and B × W of home, everything counted that others' weeks decide."""

    onsite: Floats
    remote: Floats
    home: Floats


@dataclass(frozen=True)
class BestPaths:
    """B × W roles and modes, and the points of the way through the states (infinite: no way)."""

    role: Ints
    is_remote: Flags
    points: Floats


class _Layout:
    """Where each state stands in one flat row: away states, then states with nights at home, then home.

    A state at home knows whether it is the first, second, … week there, up to ``rest`` (that many or more: ready to
    go). ``barrier`` holds for each kind of step which states it may come from (0) and which not (infinite).
    """

    def __init__(self, slots: int, roles: int, most: int, rest: int) -> None:
        self.slots, self.roles, self.most, self.rest = slots, roles, most, rest
        self.away = slots * roles * most
        self.near = slots * 2 * roles * rest
        self.count = self.away + self.near + rest
        s, q, k = np.indices((slots, roles, most)).reshape(3, -1)
        s2, q2, g = np.indices((slots, 2 * roles, rest)).reshape(3, -1)
        none = np.full(rest, NONE)
        self.slot_of = np.concatenate([s, s2, none])
        self.role_of = np.concatenate([q, q2 % roles, none])
        self.is_remote = np.concatenate([np.zeros(self.away, bool), q2 < roles, np.zeros(rest, bool)])
        is_away = np.arange(self.count) < self.away
        run = np.concatenate([k, np.full(self.near + rest, NONE)])
        home_week = np.concatenate([np.full(self.away, NONE), g, np.arange(rest)])
        from_home = [
            (is_away if week == 0 else home_week == week - 1) | (home_week == week if week == rest - 1 else False)
            for week in range(rest)
        ]
        allowed = [home_week == rest - 1, *(run == before for before in range(most - 1)), *from_home]
        self.barrier = np.where(np.array(allowed), 0.0, np.inf)
        self.step_of = np.where(is_away, run, most + home_week)
        self.travels = is_away & (run > 0)


_layout = lru_cache(maxsize=32)(_Layout)


def best_paths(
    problem: Problem,
    options: Options,
    people: Ints,
    points: WeekPoints,
    max_weeks: Ints,
    rest_weeks: int | None = None,
    least_nights: Floats | None = None,
) -> BestPaths:
    """Return each person's best way through the weeks.

    Parameters
    ----------
    max_weeks
        B weeks away in a row that are allowed.
    rest_weeks
        Weeks at home between two stints; else what the rules say.
    least_nights
        B nights that earlier weeks of a stint count with at least; else those of the site of the week, which is exact
        where a stint stays at sites of one distance.
    """
    rest = problem.settings.whole("rules", "min_home_weeks") if rest_weeks is None else rest_weeks
    most = int(max(max_weeks.max(initial=1), 1))
    layout = _layout(options.project.shape[1], options.role.shape[2], most, max(rest, 1))
    walk = _Walk(problem, options, people, max_weeks, layout, least_nights)
    values = [walk.first_values()]
    for week in range(len(problem.weeks)):
        following = walk.step(values[-1])
        walk.add(following, points, week)
        values.append(following)
    states = walk.back(values)
    return _read(layout, options, people, states, values[-1].min(axis=1))


def _read(layout: _Layout, options: Options, people: Ints, states: Ints, total: Floats) -> BestPaths:
    slot, seat = layout.slot_of[states], layout.role_of[states]
    role = np.where(slot == NONE, NONE, options.role[people[:, None], np.maximum(slot, 0), np.maximum(seat, 0)])
    return BestPaths(role, layout.is_remote[states] & (role != NONE), total)


class _Walk:
    """Values of states week after week, and the way back."""

    def __init__(
        self,
        problem: Problem,
        options: Options,
        people: Ints,
        max_weeks: Ints,
        layout: _Layout,
        least_nights: Floats | None = None,
    ) -> None:
        self.layout = layout
        self.problem, self.options, self.people, self.max_weeks = problem, options, people, max_weeks
        self.handover, self.trip = options.handover[people], options.trip[people]
        self.both = (self.handover + self.trip)[:, :, None]
        self.is_local = (options.nights[people] <= 0)[:, :, None]
        nights = options.nights[people]
        earlier = nights if least_nights is None else np.minimum(nights, least_nights[:, None])
        self.late = self._night_points(nights, earlier)[:, :, None, :]

    def _night_points(self, nights: Floats, earlier: Floats) -> Floats:
        """Return B × S × K points of nights in the window of the k-th week of a stint; infinite beyond the maximum."""
        settings, layout = self.problem.settings, self.layout
        weeks = np.arange(1, layout.most + 1)
        in_window = np.minimum(weeks, settings.whole("nights", "window_weeks"))
        whole = nights[:, :, None] + earlier[:, :, None] * (in_window - 1)
        above = np.maximum(whole - settings("nights", "allowed"), 0.0)
        points = settings("nights", "above") * above
        return np.where(weeks > self.max_weeks[:, None, None], np.inf, points)

    def first_values(self) -> Floats:
        """Return the state before the plan: where somebody was, and for how many weeks in a row."""
        layout, problem, people = self.layout, self.problem, self.people
        past = problem.past_away[people]
        values = np.full((len(people), layout.count), np.inf)
        previous = problem.previous_project[people]
        is_slot = (self.options.project[people] == previous[:, None]) & (previous != NONE)[:, None]
        slot = np.where(is_slot.any(axis=1), is_slot.argmax(axis=1), layout.slots - 1)
        run = np.cumprod(past[:, ::-1], axis=1).sum(axis=1).astype(np.int64)
        away = slot * layout.roles * layout.most + np.clip(run, 1, np.minimum(layout.most, self.max_weeks)) - 1
        at_home = np.cumprod(~past[:, ::-1], axis=1).sum(axis=1).astype(np.int64)
        free = np.where(at_home == past.shape[1], layout.rest, np.clip(at_home, 1, layout.rest)) - 1
        near = layout.away + slot * 2 * layout.roles * layout.rest + free
        home = layout.away + layout.near + free
        state = np.where(run > 0, away, np.where(previous != NONE, near, home))
        values[np.arange(len(people)), state] = 0.0
        return values

    def step(self, values: Floats) -> Floats:
        """Return values of the next week without its own points."""
        layout, batch, h = self.layout, len(values), self.handover
        s, q, k = layout.slots, layout.roles, layout.most
        rest = layout.rest
        away_in = values[:, : layout.away].reshape(batch, s, q, k).min(axis=2)
        near_in = values[:, layout.away : -rest].reshape(batch, s, 2 * q, rest).min(axis=2)
        all_away = away_in.min(axis=1)
        all_near = np.minimum(near_in.min(axis=1), values[:, -rest:])
        following = np.empty((batch, layout.count))
        new_away = following[:, : layout.away].reshape(batch, s, q, k)
        ready = np.minimum(near_in[:, :, -1], all_near[:, -1:] + h)
        new_away[:, :, :, 0] = (ready + self.trip)[:, :, None]
        new_away[:, :, :, 1:] = np.minimum(away_in[:, :, :-1], all_away[:, None, :-1] + self.both)[:, :, None, :]
        new_near = following[:, layout.away : -rest].reshape(batch, s, 2 * q, rest)
        left, last = all_away.min(axis=1), away_in.min(axis=2)
        for week in range(rest):
            here, everywhere = (last, left) if week == 0 else (near_in[:, :, week - 1], all_near[:, week - 1])
            if week == rest - 1:
                here, everywhere = np.minimum(here, near_in[:, :, week]), np.minimum(everywhere, all_near[:, week])
            new_near[:, :, :, week] = np.minimum(here, everywhere[:, None] + h)[:, :, None]
            following[:, layout.count - rest + week] = everywhere
        return following

    def add(self, values: Floats, points: WeekPoints, week: int) -> None:
        """Add the points of a week to its states."""
        layout, batch = self.layout, len(values)
        s, q, k = layout.slots, layout.roles, layout.most
        onsite, remote = points.onsite[..., week], points.remote[..., week]
        away = values[:, : layout.away].reshape(batch, s, q, k)
        away += np.where(self.is_local, np.inf, onsite)[..., None]
        away += self.late
        near = values[:, layout.away : -layout.rest].reshape(batch, s, 2 * q, layout.rest)
        near[:, :, :q] += remote[..., None]
        near[:, :, q:] += np.where(self.is_local, onsite, np.inf)[..., None]
        values[:, -layout.rest :] += points.home[:, week, None]

    def back(self, values: list[Floats]) -> Ints:
        """Return B × W states of the best ways, found from the last week back."""
        layout = self.layout
        batch = np.arange(len(self.people))
        states = np.empty((len(batch), len(values) - 1), dtype=np.int64)
        state = values[-1].argmin(axis=1)
        for week in range(len(values) - 2, -1, -1):
            states[:, week] = state
            slot = layout.slot_of[state]
            price = self.handover[batch, slot] + np.where(layout.travels[state], self.trip[batch, slot], 0.0)
            price = np.where(slot == NONE, 0.0, price)
            way = values[week] + layout.barrier[layout.step_of[state]]
            way += np.where(layout.slot_of == slot[:, None], 0.0, price[:, None])
            state = way.argmin(axis=1)
        return states
