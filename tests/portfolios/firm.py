"""The play: all projects of a firm, week by week, with the same people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from tests.portfolios.asking import ask
from tests.portfolios.life import Life
from tests.portfolios.managing import react, report
from tests.portfolios.plans import PRODUCTS, Plan, make_plan
from tests.portfolios.staff import FIRST_MONDAY, Seat, make_seats, slow_weeks
from tests.portfolios.working import work

if TYPE_CHECKING:
    from tests.portfolios.worlds import World

YEARS_COUNT: Final = 6
#: Promised hours over hours there are, as far as the plans go; what runs late comes on top.
_PLANNED_LOAD: Final = 0.62


@dataclass(eq=False)
class Firm:
    """A firm after all its weeks were played."""

    world: World
    seed: int
    week_count: int
    lives: list[Life]
    seats: list[Seat]


def play_firm(world: World, project_count: int, seed: int) -> Firm:
    """Play ``project_count`` projects over six years; those that started last are still running at the end."""
    week_count = YEARS_COUNT * 52
    draw = np.random.default_rng([seed, 7])
    starts = np.sort(draw.integers(0, week_count - 4, project_count))
    draws = [np.random.default_rng([seed, 11, number]) for number in range(project_count)]
    plans = [make_plan(n, int(week), world, own) for n, (week, own) in enumerate(zip(starts, draws, strict=True))]
    load = sum(plan.head_count * plan.share * min(plan.planned_weeks, week_count - plan.start_week) for plan in plans)
    seats = make_seats(int(load / (_PLANNED_LOAD * week_count)) + 4, week_count, world, draw)
    slow = slow_weeks(week_count, world, PRODUCTS, draw)
    lives = [_begin(plan, world, own) for plan, own in zip(plans, draws, strict=True)]
    for week in range(week_count):
        for life, own in zip(lives, draws, strict=True):
            if life.plan.start_week > week:
                break
            _play_week(life, week, seats, float(slow[life.plan.product][week]), world, own)
    return Firm(world, seed, week_count, lives, seats)


def _begin(plan: Plan, world: World, draw: np.random.Generator) -> Life:
    finish = plan.start_week + plan.planned_weeks
    life = Life(plan, finish, replans=[(plan.start_week, finish)])
    if draw.random() < world.hold_share:
        first = plan.start_week + int(draw.integers(3, max(plan.planned_weeks, 5)))
        life.hold = range(first, first + int(draw.triangular(3, 6, 22)))
    if draw.random() < world.cancelled_share:
        life.cancelled_week = plan.start_week + int(draw.integers(4, plan.planned_weeks + 10))
    return life


def _play_week(life: Life, week: int, seats: list[Seat], slow: float, world: World, draw: np.random.Generator) -> None:
    if life.done_week is not None or (life.cancelled_week is not None and week >= life.cancelled_week):
        if life.seats:
            _release(life)
        return
    begins = life.plan.start_week + life.plan.late_start_weeks
    if week == begins:
        _staff(life, seats, draw)
    if week >= begins and not life.is_on_hold(week):
        work(life, week, slow, world, draw)
        ask(life, week, world, draw)
    report(life, week, world, draw)
    react(life, week, seats, world, draw)
    if not life.open_packages:
        life.done_week = week
        life.go_live_week = _go_live_week(life, week, draw)
        _release(life)


def _staff(life: Life, seats: list[Seat], draw: np.random.Generator) -> None:
    """Take the people with the least promised; nobody is quite free in a busy firm."""
    order = sorted(seats, key=lambda seat: sum(seat.shares.values()) + draw.uniform(0, 0.4))
    for seat in order[: life.plan.head_count]:
        seat.shares[life.plan.number] = life.plan.share
        life.seats.append(seat)
    life.staffed = list(life.seats)


def _release(life: Life) -> None:
    for seat in life.seats:
        seat.shares.pop(life.plan.number, None)
    life.seats.clear()
    life.borrowed.clear()


def _go_live_week(life: Life, week: int, draw: np.random.Generator) -> int:
    """Sign-off takes its time; then the client's next window counts, and none lies around the turn of the year."""
    found = week + 1 + int(draw.choice([0, 1, 2, 4], p=[0.45, 0.3, 0.15, 0.1]))
    while not _is_window(life.plan.window, found):
        found += 1
    return found


def _is_window(window: str, week: int) -> bool:
    monday = FIRST_MONDAY + pd.Timedelta(weeks=week)
    if (monday.month == 12 and monday.day >= 14) or (monday.month == 1 and monday.day <= 6):
        return False
    if window == "month":
        return bool(monday.day <= 7)
    return window == "any_week" or week % 2 == 0
