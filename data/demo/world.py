"""State of the made-up company while its weeks are played, and the record of what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from data.demo.portfolio import Book
    from data.demo.staff import Staff
    from data.demo.timeline import Flags, Floats, Ints, Timeline

#: So many projects one person can serve at a time.
SLOTS: Final = 5
NOBODY: Final = -1
NEVER: Final = -1
PHASES: Final = ("design", "build", "test", "go_live")


class State(IntEnum):
    """Where a project stands."""

    UNSOLD = 0
    ACTIVE = 1
    ON_HOLD = 2
    FINISHED = 3
    CANCELLED = 4


class Note(IntEnum):
    """What a status report remarks."""

    NONE = 0
    BLOCKED = 1
    WAITING = 2
    CHANGES = 3
    REPLANNED = 4
    REWORK = 5
    ON_HOLD = 6
    DECISION = 7
    INTERFACE = 8
    ALL_WELL = 9
    HANDOVER = 10
    SCOPE = 11
    CANCELLED = 12
    PEOPLE_ADDED = 13


@dataclass
class Record:
    """Rows as they happen: each list holds one tuple of arrays per week, joined at the end."""

    work: list[tuple[Ints, Ints, Ints, Floats, Flags, Ints, Floats, Floats]] = field(default_factory=list)
    reports: list[tuple[Ints, Ints, Ints, Floats, Ints, Ints, Ints]] = field(default_factory=list)
    requests: list[tuple[Ints, Ints, Floats, Ints, Ints, Ints, Flags]] = field(default_factory=list)


@dataclass
class World:
    """Everything that changes from week to week."""

    timeline: Timeline
    staff: Staff
    book: Book
    random: np.random.Generator
    available_hours: Floats
    week: int = 0
    next_free: int = 0
    record: Record = field(default_factory=Record)
    due_scope: dict[int, list[tuple[Ints, Floats]]] = field(default_factory=dict)
    people_of_roles: dict[str, int] = field(default_factory=dict)
    #: Rows of (person, week) in which the person is at the client site whatever the usual pattern says.
    forced_onsite: set[tuple[int, int]] = field(default_factory=set)
    forced_home: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Set up one element per project and per person."""
        count, people = self.book.count, self.staff.count
        self.state: Ints = np.zeros(count, dtype=np.int64)
        self.started: Ints = np.full(count, NEVER)
        self.finished: Ints = np.full(count, NEVER)
        self.done: Floats = np.zeros(count)
        self.left: Floats = self.book.true_work.copy()
        self.phase: Ints = np.zeros(count, dtype=np.int64)
        self.phase_weeks: Ints = np.zeros(count, dtype=np.int64)
        self.wait: Ints = np.zeros(count, dtype=np.int64)
        self.blocked: Ints = np.zeros(count, dtype=np.int64)
        self.latent: Floats = np.zeros(count)
        self.rework_pool: Floats = np.zeros(count)
        self.rework_share: Floats = np.zeros(count)
        self.baseline: Ints = np.full(count, NEVER)
        self.planned: Ints = np.full(count, NEVER)
        self.reported: Floats = np.zeros(count)
        self.pace: Floats = np.zeros(count)
        self.true_pace: Floats = np.zeros(count)
        self.worry: Ints = np.zeros(count, dtype=np.int64)
        self.need: Ints = np.zeros(count, dtype=np.int64)
        self.hold_until: Ints = np.full(count, NEVER)
        self.held_since: Ints = np.full(count, NEVER)
        self.overtime: Floats = np.zeros(count)
        #: Longer hours that nobody can avoid, and a colour that is reported whatever happens.
        self.least_pressure: Floats = np.zeros(count)
        self.told_colour: Ints = np.full(count, NEVER)
        self.crunch_weeks: Ints = np.zeros(count, dtype=np.int64)
        self.note: Ints = np.zeros(count, dtype=np.int64)
        self.has_reacted: Flags = np.zeros(count, dtype=bool)
        self.focus: Floats = np.ones(count)
        self.slot_project: Ints = np.full((people, SLOTS), NOBODY)
        self.slot_share: Floats = np.zeros((people, SLOTS))
        self.slot_since: Ints = np.zeros((people, SLOTS), dtype=np.int64)
        self.is_extra: Flags = np.zeros(people, dtype=bool)
        self.is_pinned: Flags = np.zeros(people, dtype=bool)
        self.experience: Floats = np.zeros((people, 4))
        self.worked: Floats = np.zeros((people, self.timeline.week_count))
        self.person_overtime: Floats = np.zeros((people, self.timeline.week_count))

    @property
    def is_hired(self) -> Flags:
        """Who is in the firm this week."""
        return self.staff.hired_week <= self.week

    @property
    def true_ratio(self) -> Floats:
        """Share of the work, as far as anybody could know it, that is done."""
        ratio: Floats = self.done / np.maximum(self.done + self.left, 1.0)
        return ratio

    def active(self) -> Ints:
        """Projects on which work goes on."""
        return np.flatnonzero(self.state == State.ACTIVE)

    def members(self, project: int) -> Ints:
        """People who give most of their time to a project."""
        return np.flatnonzero(self.slot_project[:, 0] == project)

    def put(self, person: int, project: int, share: float = 1.0, slot: int = 0, since: int | None = None) -> None:
        """Give a person a project, from this week on unless ``since`` says that it was theirs before."""
        self.slot_project[person, slot] = project
        self.slot_share[person, slot] = share
        self.slot_since[person, slot] = self.week if since is None else since

    def release(self, project: int) -> None:
        """Take everybody off a project."""
        rows, slots = np.nonzero(self.slot_project == project)
        self.slot_project[rows, slots] = NOBODY
        self.slot_share[rows, slots] = 0.0
        self.is_extra[rows[slots == 0]] = False
        self.is_pinned[rows[slots == 0]] = False

    def ask(self, projects: Ints, hours: Floats, cause: Ints, decided: Ints, *, approved: Flags | None = None) -> None:
        """Write down change requests of this week; approved hours join the work in the week of the decision."""
        says_yes = np.ones(len(projects), dtype=bool) if approved is None else approved
        weeks = np.full(len(projects), self.week)
        self.record.requests.append((projects, weeks, hours, self.phase[projects], cause, decided, says_yes))
        for week in np.unique(decided[says_yes & (decided != NEVER)]):
            here = says_yes & (decided == week)
            self.due_scope.setdefault(int(week), []).append((projects[here], hours[here]))
