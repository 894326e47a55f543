"""Plays the weeks of the made-up company, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.demo.managers import manage, reports_of_the_week
from data.demo.progress import bring_requests, go_live, open_gates, work
from data.demo.staffing import staff_projects, start_projects, tidy_slots
from data.demo.steering import steer, steer_reports
from data.demo.timeline import Flags, Floats, Ints, Timeline, stream
from data.demo.world import Note, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.demo.portfolio import Book
    from data.demo.staff import Staff


def play(
    timeline: Timeline,
    staff: Staff,
    book: Book,
    available_hours: Floats,
    *,
    seed: int,
    on_week: Callable[[int], None],
) -> World:
    """Return the world after its last full week."""
    world = World(timeline, staff, book, stream(seed, "world"), available_hours)
    for week in range(timeline.week_count):
        world.week = week
        world.note[:] = Note.NONE
        start_projects(world)
        tidy_slots(world)
        staff_projects(world)
        work(world)
        open_gates(world)
        bring_requests(world)
        steer(world)
        manage(world)
        steer_reports(world)
        go_live(world)
        reports_of_the_week(world)
        on_week(week)
    return world


@dataclass(frozen=True)
class Work:
    """One array element per person, project and week that was worked."""

    person: Ints
    project: Ints
    week: Ints
    worked_hours: Floats
    is_onsite: Flags
    phase: Ints
    rework_share: Floats
    is_blocked: Floats


def joined_work(world: World) -> Work:
    """Join the weekly records."""
    return Work(*(np.concatenate(parts) for parts in zip(*world.record.work, strict=True)))
