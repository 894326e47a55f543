"""Project managers of the made-up company: what they see, say and do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.demo.portfolio import CAST
from data.demo.world import NEVER, Note, State, World

if TYPE_CHECKING:
    from data.demo.timeline import Floats, Ints

#: Overtime is only asked for when the plan ends within so many weeks.
CRUNCH_WEEKS = 6


def manage(world: World) -> None:
    """Estimate progress, plan again, ask for overtime, react to delay, hold or cancel; each in this order."""
    active = world.active()
    if not len(active):
        return
    _estimate(world, active)
    _plan_again(world, active)
    _ask_for_overtime(world, active)
    _react(world, active)
    _hold_and_resume(world, active)
    _cancel(world)


def expected_week(world: World, projects: Ints) -> Floats:
    """Week in which the manager expects the end, from the pace of what was reported so far."""
    ratio = world.reported[projects]
    pace = np.maximum(world.pace[projects], 0.25 / np.maximum(world.book.planned_weeks[projects], 8))
    by_pace = world.week + (1 - ratio) / pace
    trust = np.clip((ratio - 0.1) / 0.5, 0, 1)
    expected: Floats = trust * by_pace + (1 - trust) * np.maximum(world.planned[projects], world.week + 1)
    return expected


def _estimate(world: World, active: Ints) -> None:
    """See the work that is left as it is known; the hopeful say more until testing corrects them."""
    true = world.true_ratio[active]
    hope = world.book.optimism[active] * np.where(
        world.phase[active] < 2, np.sin(np.pi * np.minimum(true, 0.9) / 0.9), 0.85 ** world.phase_weeks[active] * 0.5
    )
    hope = np.where(world.phase[active] == 3, 0.0, hope)
    said = np.clip(true + hope + world.random.normal(0, 0.006, len(active)), 0, 0.985)
    step = np.where(world.book.optimism[active] > 0.1, 0.05, 0.01)
    said = np.floor(said / step + 1e-9) * step
    before = world.reported[active]
    # A figure that was reported is taken back only when it can no longer be defended.
    said = np.where((said < before) & (said > before - 0.06), before, said)
    world.pace[active] = 0.88 * world.pace[active] + 0.12 * np.maximum(said - before, 0)
    world.reported[active] = said


def _plan_again(world: World, active: Ints) -> None:
    """Move the plan late and by too little: only after weeks of worry, or when the day has come."""
    expected = expected_week(world, active)
    slack = expected - world.planned[active]
    tolerance = 1.5 + 0.06 * world.book.planned_weeks[active]
    world.worry[active] = np.where(slack > tolerance, world.worry[active] + 1, 0)
    is_due = (world.planned[active] <= world.week + 1) & (world.true_ratio[active] < 0.97)
    is_overdue = (world.planned[active] <= world.week) & (world.left[active] > 0)
    moves = (world.worry[active] > world.book.patience[active]) | is_due | is_overdue
    moves &= active >= len(CAST)
    moved = active[moves]
    ask = np.clip(0.75 * (expected[moves] - world.week), 2, 30)
    world.planned[moved] = np.maximum(world.planned[moved] + 1, world.week + np.rint(ask).astype(np.int64))
    world.worry[moved] = 0
    world.note[moved] = Note.REPLANNED


def _ask_for_overtime(world: World, active: Ints) -> None:
    """Ask for longer weeks before the planned go-live when the pace will not do; not for ever."""
    weeks_left = np.maximum(world.planned[active] - world.week, 0.5)
    needed = (1 - world.true_ratio[active]) / weeks_left
    gap = np.clip(needed / np.maximum(world.true_pace[active], 0.004) - 1, 0, 1)
    weight = np.where(weeks_left <= CRUNCH_WEEKS, 0.5, np.where(weeks_left <= 12, 0.16, 0.05))
    asked = gap * weight + np.where(world.phase[active] == 3, 0.07, 0.0)
    world.crunch_weeks[active] = np.where(asked > 0.2, world.crunch_weeks[active] + 1, 0)
    worn = np.clip(1.15 - 0.1 * world.crunch_weeks[active], 0.3, 1.0)
    world.overtime[active] = np.where(world.wait[active] > 0, asked * 0.4, asked) * worn


def _react(world: World, active: Ints) -> None:
    """Take scope out, or add a person, once in the life of a project that is clearly late."""
    slack = expected_week(world, active) - world.baseline[active]
    late = (slack > 0.12 * world.book.planned_weeks[active]) & (world.reported[active] > 0.3)
    late &= ~world.has_reacted[active] & (active >= len(CAST)) & (world.random.random(len(active)) < 0.06)
    for project in active[late]:
        world.has_reacted[project] = True
        if world.random.random() < 0.45:
            cut = -round(float(world.random.uniform(0.05, 0.14) * world.book.budget_hours[project]))
            chosen = np.array([project])
            world.ask(chosen, np.array([float(cut)]), np.array([0]), np.array([world.week + 1]))
            world.note[project] = Note.DECISION
        else:
            world.need[project] += 1
            world.note[project] = Note.PEOPLE_ADDED


def _hold_and_resume(world: World, active: Ints) -> None:
    """Stop a project now and then for a month or three; its people leave it meanwhile."""
    early = (world.phase[active] < 2) & (world.reported[active] > 0.08) & (active >= len(CAST))
    if "five" in world.people_of_roles:
        early &= ~np.isin(active, world.slot_project[world.people_of_roles["five"]])
    room = (world.state == State.ON_HOLD).sum() < max(1, world.staff.count // 60)
    stops = active[early & (world.random.random(len(active)) < 0.003)] if room else active[:0]
    lasting = (world.state == State.ON_HOLD) & (world.hold_until > world.timeline.last_week)
    if world.week == world.timeline.last_week - 5 and not lasting.any():
        stops = active[early][:1] if early.any() else active[active >= len(CAST)][:1]
    for project in stops:
        world.state[project] = State.ON_HOLD
        world.held_since[project] = world.week
        world.hold_until[project] = world.week + int(world.random.integers(7, 15))
        world.release(int(project))
    back = np.flatnonzero((world.state == State.ON_HOLD) & (world.hold_until <= world.week))
    world.state[back] = State.ACTIVE
    world.planned[back] += 4


def _cancel(world: World) -> None:
    """Give up a late project now and then; with 80 people about one in three years."""
    every = max(8, int(world.timeline.week_count * 80 / max(world.staff.count, 80)))
    if world.week % every != int(every * 0.62):
        return
    active = world.active()
    chances = active[(active >= len(CAST)) & (world.reported[active] > 0.2) & (world.reported[active] < 0.7)]
    if len(chances):
        project = int(chances[np.argmax(world.planned[chances] - world.baseline[chances])])
        world.state[project] = State.CANCELLED
        world.finished[project] = world.week
        world.note[project] = Note.CANCELLED
        write_reports(world, np.array([project]))
        world.release(project)


def reports_of_the_week(world: World) -> None:
    """Write the reports that are due: weekly or every other week, monthly while on hold, and one at the end."""
    projects = np.arange(world.book.count)
    due = (world.week + projects) % world.book.reports_every == 0
    running = (world.state == State.ACTIVE) & due
    held = (world.state == State.ON_HOLD) & ((world.week + projects) % 4 == 0)
    ended = (world.state == State.FINISHED) & (world.finished == world.week)
    world.note[held] = Note.ON_HOLD
    write_reports(world, np.flatnonzero(running | held | ended))


def write_reports(world: World, projects: Ints) -> None:
    """Put reports on record with colour and remark."""
    ratio = np.where(world.state[projects] == State.FINISHED, 1.0, world.reported[projects])
    world.record.reports.append(
        (
            projects,
            np.full(len(projects), world.week),
            world.planned[projects],
            ratio,
            _colour(world, projects),
            world.phase[projects],
            _remark(world, projects),
        )
    )


def _colour(world: World, projects: Ints) -> Ints:
    """Green, amber or red (0, 1, 2) by the delay that the manager admits; the hopeful are one step milder."""
    length = np.maximum(world.book.planned_weeks[projects], 1)
    slip = np.maximum(expected_week(world, projects), world.planned[projects]) - world.baseline[projects]
    colour = (slip > 0.06 * length + 1).astype(np.int64) + (slip > 0.2 * length + 2)
    milder = np.where(world.book.optimism[projects] > 0.1, np.maximum(colour - 1, 0), colour)
    milder = np.where(world.told_colour[projects] == NEVER, milder, world.told_colour[projects])
    return np.where(world.state[projects] == State.ON_HOLD, 1, milder)


def _remark(world: World, projects: Ints) -> Ints:
    """Remark what is most on the manager's mind; what was noted during the week comes first."""
    own = np.select(
        [world.blocked[projects] > 0, world.wait[projects] > 1, world.rework_share[projects] > 0.25],
        [int(Note.BLOCKED), int(Note.WAITING), int(Note.REWORK)],
        default=int(Note.NONE),
    )
    return np.where(world.note[projects] != Note.NONE, world.note[projects], own)
