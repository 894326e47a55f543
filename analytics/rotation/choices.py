"""What a person says to moves of a proposal: pinned ones stay, rejected ones go back to the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.rotation.problem import Pin

if TYPE_CHECKING:
    from analytics.rotation.moves import Move
    from analytics.rotation.problem import Plan, Problem


def pins_of(plan: Plan, move: Move) -> tuple[Pin, ...]:
    """Return the weeks of a move as they are in a plan: in the proposal to pin it, in the roster to reject it."""
    return tuple(
        Pin(move.person, week, int(plan.role[move.person, week]), bool(plan.is_remote[move.person, week]))
        for week in range(move.first_week, move.last_week + 1)
    )


def with_pins(problem: Problem, pins: tuple[Pin, ...]) -> Problem:
    """Return the problem with more pins; of two for one week the later counts."""
    merged = {(pin.person, pin.week): pin for pin in (*problem.pins, *pins)}
    return problem.with_changes(pins=tuple(merged[key] for key in sorted(merged)))


def burdens(problem: Problem, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Return E nights away with those before the plan that count, and E weeks away per week at home (on : off)."""
    onsite = (plan.role >= 0) & ~plan.is_remote
    project = np.maximum(plan.project(problem), 0)
    nights = np.where(onsite, np.take_along_axis(problem.nights, project, axis=1), 0.0)
    away = (nights > 0).sum(axis=1)
    ratio = away / np.maximum(len(problem.weeks) - away, 1)
    return problem.prior_nights + nights.sum(axis=1), ratio
