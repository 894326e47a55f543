"""What managers report, when they admit a delay, and what some do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.portfolios.life import Report

if TYPE_CHECKING:
    import numpy as np

    from tests.portfolios.life import Life
    from tests.portfolios.plans import Package
    from tests.portfolios.staff import Seat
    from tests.portfolios.worlds import World


def reported_progress(life: Life, world: World) -> float:
    """Return earned over planned hours of the scope, as the manager believes or says."""
    scope = [package for package in life.packages if package.is_scope]
    total = sum(package.planned_hours for package in scope)
    hopes = 0.0 if life.is_testing else world.over_reporting
    has_rework = any(not package.is_scope and not package.is_done for package in life.packages)
    earned = sum(package.planned_hours * _believed(package, hopes, has_rework=has_rework) for package in scope)
    return min(earned / total, 1.0) if total else 0.0


def _believed(package: Package, hopes: float, *, has_rework: bool) -> float:
    share = package.true_share
    if package.phase == "testing" and has_rework:
        return min(share, 0.6)
    if package.is_done or not hopes:
        return share
    if package.is_set_aside:
        return max(share, 0.97)
    # Begun looks like half done, and spent like finished: up to the ninety percent at which things then stay.
    spent = min(package.spent_hours / max(0.9 * package.planned_hours, 1.0), 1.0)
    hoped = 0.92 * (1 - (1 - spent) ** 2)
    return max(share, hopes * hoped + (1 - hopes) * share)


def report(life: Life, week: int, world: World, draw: np.random.Generator) -> None:
    """Write the report when it is due, and admit part of a delay when it has grown too large to hide."""
    age = week - life.plan.start_week
    if age < 0 or age % life.plan.report_every_weeks != life.plan.report_every_weeks - 1:
        return
    progress = reported_progress(life, world)
    slip = _slip_weeks(life, week, progress)
    if not life.is_on_hold(week):
        _replan(life, week, slip)
    light = "green" if slip < 1.5 else "amber" if slip < 5 else "red"
    noisy = min(max(progress + draw.uniform(-0.006, 0.006), 0.0), 0.999) if 0 < progress < 1 else progress
    life.reports.append(Report(week, life.planned_finish_week, round(noisy, 3), light, life.phase))
    life.pressure = (0.15 if world.borrows_people else 0.08) if slip > 2 else 0.0


def _slip_weeks(life: Life, week: int, progress: float) -> float:
    """Return how late the manager thinks the project is: what is left, at the planned pace."""
    plan = life.plan
    scope = sum(package.planned_hours for package in life.packages if package.is_scope)
    pace = plan.budget_hours / max(plan.planned_weeks - 2, 1)
    left = scope * (1 - progress) / pace + (1.0 if progress < 1 else 0.0)
    return week + 1 + left - life.planned_finish_week


def _replan(life: Life, week: int, slip: float) -> None:
    is_due = week + 1 >= life.planned_finish_week
    is_seen = slip > max(2.0, 0.07 * life.plan.planned_weeks) and week - life.last_replan_week >= 4
    if is_due or is_seen:
        admitted = max(round(slip * life.plan.manager_optimism), 2 if is_due else 1)
        life.planned_finish_week += admitted
        life.last_replan_week = week
        life.replans.append((week, life.planned_finish_week))


def react(life: Life, week: int, seats: list[Seat], world: World, draw: np.random.Generator) -> None:
    """Drop optional work without a word, and borrow people, where the firm's managers do so."""
    for seat, until in list(life.borrowed):
        if week >= until:
            life.borrowed.remove((seat, until))
            life.seats.remove(seat)
            seat.shares.pop(life.plan.number, None)
    if not life.reports or week - life.last_reaction_week < 8 or life.is_on_hold(week):
        return
    last = life.reports[-1]
    if last.week != week or last.light == "green" or last.progress < 0.15:
        return
    life.last_reaction_week = week
    if world.drops_scope:
        _drop(life, draw)
    if world.borrows_people:
        _borrow(life, week, seats, draw)


def _drop(life: Life, draw: np.random.Generator) -> None:
    """Optional packages are closed unbuilt, others are done more thinly; the scope on paper stays as it is."""
    for package in life.open_packages:
        if not package.is_scope:
            continue
        if package.is_optional and package.done_hours == 0 and draw.random() < 0.8:
            package.was_dropped = True
            package.needed_hours = 0.0
        elif package.phase in {"configuration", "integration", "training"}:
            package.needed_hours -= 0.25 * (package.needed_hours - package.done_hours)


def _borrow(life: Life, week: int, seats: list[Seat], draw: np.random.Generator) -> None:
    free = [seat for seat in seats if seat not in life.seats]
    free.sort(key=lambda seat: sum(seat.shares.values()))
    count = max(1, round(0.4 * life.plan.head_count))
    for seat in free[:count]:
        seat.shares[life.plan.number] = 0.6
        life.seats.append(seat)
        life.borrowed.append((seat, week + 6 + int(draw.integers(0, 5))))
