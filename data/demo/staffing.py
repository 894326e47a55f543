"""Who works on what: sales start projects, people are found for them, seniors are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.demo.portfolio import CAST, running_target
from data.demo.staff import CONSULTANT, SENIOR
from data.demo.world import NOBODY, State, World

if TYPE_CHECKING:
    from data.demo.timeline import Flags, Ints


def start_projects(world: World) -> None:
    """Begin the projects of the stories at their time, and others while the firm wants more work."""
    week, last = world.week, world.timeline.last_week
    for number, role in enumerate(CAST):
        if week == last - role.weeks_before_end:
            _start(world, number)
    to_come = sum(1 for role in CAST if week < last - role.weeks_before_end)
    growth = 0.6 + 0.4 * min(1.0, week / (0.8 * world.timeline.week_count))
    target = running_target(world.staff.count) * growth - min(to_come, 3)
    running = int(np.isin(world.state, (State.ACTIVE, State.ON_HOLD)).sum())
    # A firm does not begin all its work in one week, except in the first one, where the books are opened.
    starts = min(int(target) - running, max(1, int(target * 0.08)) if week else int(target * 0.55))
    for _ in range(max(0, starts)):
        candidate = len(CAST) + world.next_free
        if candidate >= world.book.count or _pool(world).sum() < 2:
            return
        world.next_free += 1
        _start(world, candidate)


def _start(world: World, project: int) -> None:
    world.state[project] = State.ACTIVE
    world.started[project] = world.week
    world.baseline[project] = world.planned[project] = world.week + world.book.planned_weeks[project]
    world.need[project] = world.book.team_size[project]


def _pool(world: World) -> Flags:
    """Tell who could begin on another project: the free and those who only help out."""
    is_free = world.slot_project[:, 0] == NOBODY
    pool: Flags = (is_free | world.is_extra) & world.is_hired & ~world.is_pinned
    return pool


def staff_projects(world: World) -> None:
    """Fill what is needed, most urgent first, then let the free help out; share seniors with a second project."""
    active = world.active()
    counts = np.bincount(
        world.slot_project[(world.slot_project[:, 0] != NOBODY) & ~world.is_extra, 0], minlength=world.book.count
    )
    short = active[counts[active] < world.need[active]]
    urgency = (short < len(CAST)) * 100 + (counts[short] == 0) * 10 + world.random.random(len(short))
    for project in short[np.argsort(-urgency)]:
        missing = int(world.need[project] - counts[project])
        _fill(world, int(project), missing, is_empty=bool(counts[project] == 0))
    _let_free_people_help(world, active)
    _share_seniors(world, active)


def _fill(world: World, project: int, missing: int, *, is_empty: bool) -> None:
    """Choose people near the project first, a senior first when nobody is there; take from full teams for a story."""
    pool = np.flatnonzero(_pool(world))
    if project < len(CAST) and is_empty and len(pool) < missing:
        pool = np.concatenate([pool, _from_large_teams(world, missing - len(pool))])
    if not len(pool):
        return
    is_far = world.staff.country[pool] != world.book.country[project]
    score = is_far * 2.0 + world.random.random(len(pool))
    seniority = world.staff.seniority[pool]
    chosen: list[int] = []
    if is_empty:
        chosen.append(int(pool[np.argmin(score + (seniority < SENIOR) * 1.5)]))
    chosen += [int(p) for p in pool[np.argsort(score)] if int(p) not in chosen][: missing - len(chosen)]
    for person in chosen:
        world.is_extra[person] = False
        world.put(person, project, share=1.0)


def _from_large_teams(world: World, missing: int) -> Ints:
    """Find people in other projects that would still have two."""
    home = world.slot_project[:, 0]
    others = np.flatnonzero((home >= len(CAST)) & ~world.is_pinned)
    counts = np.bincount(home[others], minlength=world.book.count)
    order = others[np.argsort(-counts[home[others]], kind="stable")]
    return order[:missing]


def _let_free_people_help(world: World, active: Ints) -> None:
    """Let people without a project help in one near them, the smallest team first."""
    free = np.flatnonzero((world.slot_project[:, 0] == NOBODY) & world.is_hired)
    open_to_help = active[(active >= len(CAST)) & (world.phase[active] < 3)]
    if not len(open_to_help):
        open_to_help = active
    if not len(open_to_help):
        return
    load = np.bincount(world.slot_project[world.slot_project[:, 0] != NOBODY, 0], minlength=world.book.count)
    for person in free:
        far = world.book.country[open_to_help] != world.staff.country[person]
        project = int(open_to_help[np.argmin(load[open_to_help] / world.need[open_to_help] + far * 3)])
        load[project] += 1
        world.put(int(person), project)
        world.is_extra[person] = True


def _share_seniors(world: World, active: Ints) -> None:
    """Give some seniors part of a second project in their country; it stays with them until it ends."""
    is_senior = world.staff.seniority >= SENIOR
    has_one = (world.slot_project[:, 0] != NOBODY) & (world.slot_project[:, 1] == NOBODY)
    chance = np.where(world.staff.seniority == CONSULTANT, 0.06, 0.025)
    lucky = is_senior & has_one & ~world.is_pinned & (world.random.random(world.staff.count) < chance)
    ordinary = active[active >= len(CAST)]
    for person in np.flatnonzero(lucky):
        near = ordinary[world.book.country[ordinary] == world.staff.country[person]]
        near = near[near != world.slot_project[person, 0]]
        if len(near):
            share = float(world.random.choice([0.2, 0.3, 0.4]))
            world.put(int(person), int(world.random.choice(near)), share=share, slot=1)
            world.slot_share[person, 0] = 1.0 - share


def tidy_slots(world: World) -> None:
    """Give back the full time of those whose second project ended, and move up a lone second project."""
    gone = (world.slot_project[:, 0] == NOBODY) & (world.slot_project[:, 1] != NOBODY)
    for array in (world.slot_project, world.slot_share, world.slot_since):
        array[gone, 0] = array[gone, 1]
    world.slot_project[gone, 1] = NOBODY
    world.slot_share[gone, 1] = 0.0
    alone = (world.slot_project[:, 1:] == NOBODY).all(axis=1) & (world.slot_project[:, 0] != NOBODY)
    world.slot_share[alone, 0] = 1.0
