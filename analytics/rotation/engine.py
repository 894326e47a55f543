"""From a problem to a proposal: a first plan at once, then best answers, then programs of some people at a time.

A small problem is solved whole, to proof. Every plan is told with what none can fall below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.rotation.bound import lower_bound
from analytics.rotation.evaluating import evaluate
from analytics.rotation.exact import solve_exactly
from analytics.rotation.greedy import has_room, kept_roster
from analytics.rotation.options import make_options
from analytics.rotation.problem import empty_plan
from analytics.rotation.program import Program
from analytics.rotation.search import Limits, Neighbourhoods, Progress, search
from analytics.rotation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.rotation.options import Options
    from analytics.rotation.problem import Ints, Plan, Problem

#: Up to so many options of people and weeks the whole problem is given to HiGHS.
EXACT_OPTIONS: Final = 4_000
#: Share of the way that best answers get before programs take over; all of it where there are more options than that.
_ANSWERS_SHARE: Final = 0.45
_PROGRAM_OPTIONS: Final = 150_000
#: A program of some people: how many at first, at least and at most, and how long or how far it may look.
_FIRST_PEOPLE, _LEAST_PEOPLE, _MOST_PEOPLE = 8, 3, 16
_PROGRAM_SECONDS: Final = 3.0
_PROGRAM_NODES: Final = 200
#: So many programs in vain, and best answers get their turn again.
_VAIN_PROGRAMS: Final = 2
#: Rounds of best answers that one program stands for where rounds limit the search.
_ROUNDS_A_PROGRAM: Final = 10
_BOUND_STEPS: Final = 80
#: The bound gets this share of the seconds.
_BOUND_SHARE: Final = 0.15
#: Where rounds are counted, a proof may take as many nodes; a small problem is proved at the first.
_EXACT_NODES: Final = 4_000
#: Of the way of a small problem: before it is solved whole, and of what is left then, for that. A proof ends the way.
_SMALL_SHARE: Final = 0.08
_EXACT_SHARE: Final = 0.6
#: A move that saves less than this has no reason.
_IDLE: Final = 1e-7


@dataclass(frozen=True)
class Proposal:
    """A plan, the roster that it is measured against, and how good it is.

    ``bound`` is what no plan falls below; ``is_proven`` says that this plan is an optimum.
    """

    plan: Plan
    base: Plan
    total: float
    first_total: float
    bound: float
    is_proven: bool
    rounds: int

    @property
    def gap_share(self) -> float:
        """Share of the points that a better plan could save at most."""
        return max(0.0, (self.total - self.bound) / self.total) if self.total > 0 else 0.0


@dataclass
class Clock:
    """Seconds that are left, told by the caller: analytics reads no clock."""

    seconds_left: Callable[[], float]


def propose(
    problem: Problem,
    limits: Limits,
    seed: int,
    clock: Clock | None = None,
    start: Plan | None = None,
    base: Plan | None = None,
) -> Proposal:
    """Return the best plan within the limits; the same seed and number of rounds give the same plan."""
    options = make_options(problem)
    base = kept_roster(problem) if base is None else base
    size = int(np.isfinite(options.onsite).sum() + np.isfinite(options.remote).sum())
    is_small = 0 < size <= EXACT_OPTIONS
    whole, limits = limits, _part(limits, 1.0 - _BOUND_SHARE)
    share = _SMALL_SHARE if is_small else (1.0 if size > _PROGRAM_OPTIONS else _ANSWERS_SHARE)
    found = search(problem, _part(limits, share), seed, start=start, base=base)
    plan, total, rounds = found.plan, found.total, found.rounds
    bound, is_proven = 0.0, False
    if is_small and not limits.is_cancelled():
        seconds = max(1.0, clock.seconds_left() * _EXACT_SHARE) if clock and limits.rounds is None else None
        nodes = None if seconds else _EXACT_NODES if whole.rounds is None else min(whole.rounds + 1, _EXACT_NODES)
        best = solve_exactly(problem, base, seconds=seconds, nodes=nodes)
        if best is not None:
            seen = evaluate(problem, best.plan, base)
            if seen.is_feasible and seen.total < total:
                plan, total = best.plan, seen.total
            bound = max(bound, min(best.bound, total))
            is_proven = best.is_proven and total <= best.bound + 1e-6 * max(1.0, total)
        if not is_proven:
            after = search(problem, limits, seed, start=plan, base=base)
            plan, total, rounds = after.plan, after.total, rounds + after.rounds
    elif share < 1.0:
        plan, total, more = _programs(problem, options, limits, seed, (plan, total, rounds), base)
        rounds += more
    plan, total = _without_idle_moves(problem, plan, base)
    if not is_proven:
        bound = max(bound, lower_bound(problem, options, total, _BOUND_STEPS, is_over=lambda: _is_over(whole)))
    return Proposal(plan, base, total, found.first_total, bound, is_proven, rounds)


def _without_idle_moves(problem: Problem, plan: Plan, base: Plan) -> tuple[Plan, float]:
    """Let people stay as in the roster where that costs nothing: a change needs a reason."""
    tally = Tally(problem, plan)
    pinned = {pin.person for pin in problem.pins}
    is_other = (plan.role != base.role) | (plan.is_remote != base.is_remote)
    for person in np.flatnonzero(is_other.any(axis=1)).tolist():
        one = np.array([person])
        before = tally.plan_of(one)
        if person in pinned:
            continue
        if tally.put(one, base.role[one], base.is_remote[one]) > _IDLE or not has_room(tally, base.role[person]):
            tally.put(one, *before)
    return tally.plan(), tally.total


def _is_over(limits: Limits) -> bool:
    return limits.is_cancelled() or (limits.elapsed_share is not None and limits.elapsed_share() >= 1.0)


def _part(limits: Limits, share: float) -> Limits:
    """Return limits for the first part of the way."""
    elapsed = limits.elapsed_share
    return Limits(
        rounds=None if limits.rounds is None else int(np.ceil(limits.rounds * share)),
        elapsed_share=None if elapsed is None else (lambda: elapsed() / share),
        is_cancelled=limits.is_cancelled,
        on_progress=lambda seen: limits.on_progress(Progress(seen.share * share, seen.rounds, seen.total)),
    )


def _programs(
    problem: Problem, options: Options, limits: Limits, seed: int, start: tuple[Plan, float, int], base: Plan
) -> tuple[Plan, float, int]:
    """Solve programs of some people at a time until the way is at its end."""
    plan, _, done = start
    tally = Tally(problem, plan)
    near = Neighbourhoods(problem, options, np.random.default_rng([seed, 21]))
    size, solved, vain = _FIRST_PEOPLE, 0, 0
    seconds = _PROGRAM_SECONDS if limits.rounds is None else None
    while near.is_any and not limits.is_cancelled():
        share = limits.share(done + solved * _ROUNDS_A_PROGRAM)
        if share >= 1.0:
            break
        if vain >= _VAIN_PROGRAMS:
            # Where programs find nothing, or get no time on a busy machine, best answers go on.
            some = Limits(_ROUNDS_A_PROGRAM, _until_the_end(limits), limits.is_cancelled)
            found = search(problem, some, seed + solved, start=tally.plan(), base=base)
            tally, vain = Tally(problem, found.plan), 0
            solved += 1
            continue
        people, before = near.related(tally, size), tally.total
        is_whole = _improve(tally, options, people, base, seconds)
        vain = 0 if tally.total < before - _IDLE else vain + 1
        size = min(size + 1, _MOST_PEOPLE) if is_whole else max(size - 1, _LEAST_PEOPLE)
        solved += 1
        limits.on_progress(Progress(share, done + solved * _ROUNDS_A_PROGRAM, tally.total))
    return tally.plan(), tally.total, solved * _ROUNDS_A_PROGRAM


def _until_the_end(limits: Limits) -> Callable[[], float] | None:
    """Return a clock that says nothing of the way but when it is at its end."""
    elapsed = limits.elapsed_share
    return None if elapsed is None else (lambda: float(elapsed() >= 1.0))


def _improve(tally: Tally, options: Options, people: Ints, base: Plan, seconds: float | None) -> bool:
    """Let a program place some people anew; keep what is better and breaks no rule. Say whether it was solved whole."""
    before, total = tally.plan_of(people), tally.total
    nothing = empty_plan(tally.problem)
    tally.put(people, nothing.role[people], nothing.is_remote[people])
    solved = Program(tally, options, people, base).solve(seconds, gap=0.002, nodes=_PROGRAM_NODES)
    if solved is None:
        tally.put(people, *before)
        return False
    tally.put(people, solved.role, solved.is_remote)
    if tally.total >= total - 1e-9 or not evaluate(tally.problem, tally.plan(), base).is_feasible:
        tally.put(people, *before)
    return solved.is_proven
