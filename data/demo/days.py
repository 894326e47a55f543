"""Weekly hours spread over days, and days cut into timesheet entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.contracts import ACTIVITIES
from data.demo.timeline import Dates, Flags, Floats, Ints, stream

if TYPE_CHECKING:
    from data.demo.simulation import Work
    from data.demo.travel import Trips
    from data.demo.world import World

_SHARES: Final = {
    "configuration": (0.18, 0.42, 0.10, 0.06),
    "data_migration": (0.03, 0.15, 0.08, 0.14),
    "integration": (0.03, 0.17, 0.08, 0.05),
    "training": (0.04, 0.03, 0.06, 0.24),
    "workshop": (0.36, 0.06, 0.04, 0.05),
    "documentation": (0.22, 0.08, 0.08, 0.08),
    "testing": (0.00, 0.04, 0.44, 0.12),
    "support": (0.00, 0.00, 0.04, 0.18),
    "management": (0.12, 0.04, 0.06, 0.06),
    "other": (0.02, 0.01, 0.02, 0.02),
}
_TRAVEL: Final = ACTIVITIES.index("travel")
_REWORK: Final = ACTIVITIES.index("rework")
_INTEGRATION: Final = ACTIVITIES.index("integration")
#: A day has room for so much.
_LONGEST_DAY: Final = 13.5


@dataclass(frozen=True)
class Days:
    """One array element per person and day with work."""

    person: Ints
    week: Ints
    weekday: Ints
    worked_hours: Floats


@dataclass(frozen=True)
class Entries:
    """One array element per timesheet entry, by person, day and time of day."""

    person: Ints
    project: Ints
    week: Ints
    day: Dates
    worked_hours: Floats
    activity: Ints
    is_onsite: Flags
    phase: Ints
    #: Place of the entry in its day, from 0.
    place: Ints

    def rows(self, chosen: Ints) -> Entries:
        """Take some entries."""
        return Entries(
            person=self.person[chosen],
            project=self.project[chosen],
            week=self.week[chosen],
            day=self.day[chosen],
            worked_hours=self.worked_hours[chosen],
            activity=self.activity[chosen],
            is_onsite=self.is_onsite[chosen],
            phase=self.phase[chosen],
            place=self.place[chosen],
        )


def spread_over_days(world: World, workdays: Flags, leave: Flags, seed: int) -> Days:
    """Spread each person's week over the days; what is too much for them goes to Saturday, then Sunday."""
    random = stream(seed, "days")
    people, weeks = np.nonzero(world.worked > 0)
    hours = world.worked[people, weeks]
    free = workdays[world.staff.country[people], weeks] & ~leave[people, weeks]
    ratio = world.person_overtime[people, weeks]
    saturday = np.where(~free[:, 5] & (ratio > 0.16) & (random.random(len(people)) < 0.75), 1.0, 0.0)
    sunday = np.where(~free[:, 6] & (ratio > 0.38) & (random.random(len(people)) < 0.7), 1.0, 0.0)
    extra = hours * ratio / (1 + ratio)
    saturday *= np.minimum(random.uniform(3.5, 8.5, len(people)), extra * 0.7)
    sunday *= np.minimum(random.uniform(3.0, 7.0, len(people)), extra * 0.4)
    weights = free * random.normal(1.0, 0.06, free.shape)
    table = weights / weights.sum(axis=1, keepdims=True) * (hours - saturday - sunday)[:, None]
    table[:, 5] += saturday
    table[:, 6] += sunday
    table = np.round(np.minimum(table, _LONGEST_DAY) * 4) / 4
    rows, weekday = np.nonzero(table > 0)
    return Days(people[rows], weeks[rows], weekday, table[rows, weekday])


def make_entries(world: World, work: Work, days: Days, trips: Trips, seed: int) -> Entries:
    """Cut days into entries: one or two for work, and one for the journey on days of departure and return."""
    random = stream(seed, "entries")
    choose = _Chooser(world, work)
    first = choose.rows(days, random)
    is_shared = choose.is_shared(days)
    has_second = (random.random(len(first)) < np.where(is_shared, 0.45, 0.13)) & (days.worked_hours >= 3)
    second = choose.rows(days, random)
    journey = _journey_hours(world, work, days, first, trips=trips, random=random)
    rest = days.worked_hours - journey
    cut = np.where(has_second, np.maximum(np.round(rest * random.uniform(0.2, 0.5, len(first)) * 4) / 4, 0.25), 0.0)
    hours = np.concatenate([journey, rest - cut, cut])
    row = np.concatenate([first, first, second])
    place = np.repeat(np.arange(3), len(first))
    day = np.tile(np.arange(len(first)), 3)
    kept = np.flatnonzero(hours > 0)
    kept = kept[np.lexsort((place[kept], day[kept]))]
    hours, row, place, day = hours[kept], row[kept], place[kept], day[kept]
    activity = np.where(place == 0, _TRAVEL, _activities(work, row, random))
    is_local = world.book.site[work.project[row]] == world.staff.city[days.person[day]]
    onsite = work.is_onsite[row] & (~is_local | (random.random(len(row)) < 0.6)) & (place > 0)
    return Entries(
        person=days.person[day],
        project=work.project[row],
        week=days.week[day],
        day=world.timeline.days(days.week[day], days.weekday[day]),
        worked_hours=hours,
        activity=activity,
        is_onsite=onsite,
        phase=work.phase[row],
        place=_places(day),
    )


def _places(day: Ints) -> Ints:
    """Count the entries of each day from 0."""
    begins = np.flatnonzero(np.append(True, day[1:] != day[:-1]))
    sizes = np.diff(np.append(begins, len(day)))
    result: Ints = np.arange(len(day)) - np.repeat(begins, sizes)
    return result


class _Chooser:
    """Chooses for a day one of the projects of the person's week, by its share of the hours."""

    def __init__(self, world: World, work: Work) -> None:
        weeks = world.timeline.week_count
        key = work.person * weeks + work.week
        self._order = np.argsort(key, kind="stable")
        sorted_key = key[self._order]
        self._keys, begins, counts = np.unique(sorted_key, return_index=True, return_counts=True)
        hours = work.worked_hours[self._order]
        running = np.cumsum(hours)
        before = np.repeat((running - hours)[begins], counts)
        total = np.repeat(np.add.reduceat(hours, begins), counts)
        group = np.repeat(np.arange(len(begins)), counts)
        self._ladder = group + np.minimum((running - before) / total, 1.0)
        self._ladder[begins + counts - 1] = np.arange(len(begins)) + 1.0
        self._counts = counts
        self._weeks = weeks

    def _groups(self, days: Days) -> Ints:
        return np.searchsorted(self._keys, days.person * self._weeks + days.week).astype(np.int64)

    def is_shared(self, days: Days) -> Flags:
        """Tell on which days the person serves more than one project in that week."""
        result: Flags = self._counts[self._groups(days)] > 1
        return result

    def rows(self, days: Days, random: np.random.Generator) -> Ints:
        """Return a row of ``work`` for each day."""
        draw = self._groups(days) + random.uniform(0.0, 0.999999, len(days.person))
        return self._order[np.searchsorted(self._ladder, draw, side="right")]


def _journey_hours(
    world: World, work: Work, days: Days, row: Ints, *, trips: Trips, random: np.random.Generator
) -> Floats:
    """Count journeys as work on Monday of a trip's first week and Friday of its last, if that is a day of work."""
    people, weeks = world.staff.count, world.timeline.week_count
    begins = trips.first_weeks(people, weeks)[days.person, days.week] & (days.weekday == 0)
    ends = trips.last_weeks(people, weeks)[days.person, days.week] & (days.weekday == 4)
    hours = np.where(begins | ends, random.integers(6, 17, len(row)) / 4, 0.0)
    result: Floats = np.where(work.is_onsite[row], np.minimum(hours, days.worked_hours - 1.0).clip(0), 0.0)
    return result


def _activities(work: Work, row: Ints, random: np.random.Generator) -> Ints:
    """Draw what was done from the phase, from rework found and from being blocked by an old system."""
    table = np.array([_SHARES.get(name, (0.0,) * 4) for name in ACTIVITIES]).T
    ladder = (table / table.sum(axis=1, keepdims=True)).cumsum(axis=1)
    ladder += np.arange(4)[:, None]
    draw = work.phase[row] + random.uniform(0.0, 0.999999, len(row))
    drawn = np.searchsorted(ladder.ravel(), draw, side="right") - work.phase[row] * len(ACTIVITIES)
    drawn = np.where(random.random(len(row)) < work.rework_share[row], _REWORK, drawn)
    is_stuck = (work.is_blocked[row] > 0) & (random.random(len(row)) < 0.45)
    return np.where(is_stuck, _INTEGRATION, drawn)
