"""One person's sixty weeks, day by day: what really happened, before anything is filed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datetime import date

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

QUARTER_HOURS: Final = 4
#: Local clock at which work usually begins, and the break in the middle of the day.
USUAL_BEGIN: Final = 9.0
BREAK_HOURS: Final = 1.0


@dataclass
class Trip:
    """A stay away, in days from the first day: the evening of ``first`` is the first night away."""

    first: int
    last: int
    country: str = "CN"
    time_zone: str = "Asia/Shanghai"


@dataclass
class Diary:
    """Days of one person.

    Parameters
    ----------
    projects
        By week, the parts of the hours that go to the person's projects.
    call_hours, call_begins
        Hours of each day (already in ``hours``) in which a call broke the night, and the local clock at which it came.
    """

    days: int
    weekly_hours: float = 40.0
    has_clock: bool = True
    hours: Floats = field(default_factory=lambda: np.zeros(0))
    begins: Floats = field(default_factory=lambda: np.zeros(0))
    leave: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    requests: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    call_hours: Floats = field(default_factory=lambda: np.zeros(0))
    call_begins: Floats = field(default_factory=lambda: np.zeros(0))
    trips: list[Trip] = field(default_factory=list)
    projects: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    late_weeks: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    missing: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))
    joined_week: int = 0

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return self.days // 7

    def week(self, number: int) -> slice:
        """Return the days of a week."""
        return slice(7 * number, 7 * number + 7)


def plain_diary(random: np.random.Generator, is_workday: Flags) -> Diary:
    """Make up a person with a usual job: some 42 hours, busy weeks, at times a Saturday or a late evening, leave."""
    days = len(is_workday)
    weeks = days // 7
    diary = Diary(days, has_clock=bool(random.random() < 0.6))
    diary.leave = _leave(random, is_workday)
    usual = random.normal(41.5, 1.5)
    busy = np.where(random.random(weeks) < 0.05, random.uniform(5, 14, weeks), 0.0)
    by_week = np.repeat((random.normal(usual, 2.5, weeks) + busy) / 5, 7)
    hours = by_week * random.normal(1, 0.08, days)
    saturdays = (np.arange(days) % 7 == 5) & (random.random(days) < 0.07)
    hours = np.where(is_workday & ~diary.leave, hours, np.where(saturdays, 4.0, 0.0))
    diary.hours = rounded(hours)
    diary.call_hours, diary.call_begins = np.zeros(days), np.zeros(days)
    late = np.where(random.random(days) < 0.03, random.uniform(2, 5, days), 0.0)
    diary.begins = USUAL_BEGIN + random.normal(0, 0.4, days) + late
    diary.requests = (random.random(days) < 0.12).astype(np.int64) * (diary.hours > 0)
    if random.random() < 0.45:
        _some_stays(random, diary)
    diary.late_weeks = random.choice([0, 1, 2], size=weeks, p=[0.8, 0.17, 0.03])
    diary.missing = random.random(weeks) < 0.015
    return diary


def rounded(hours: Floats) -> Floats:
    """Return hours as people file them: in quarters."""
    quarters: Floats = np.round(np.clip(hours, 0, 23) * QUARTER_HOURS) / QUARTER_HOURS
    return quarters


def stay(diary: Diary, week: int, nights: int = 4, **place: str) -> None:
    """Add a stay that begins on the Monday of a week."""
    diary.trips.append(Trip(7 * week, 7 * week + nights, **place))


def _some_stays(random: np.random.Generator, diary: Diary) -> None:
    """Add stays from Monday to Friday in about every third week."""
    for week in range(diary.weeks):
        if random.random() < 0.3 and not diary.leave[diary.week(week)].any():
            stay(diary, week, int(random.integers(2, 5)))


def _leave(random: np.random.Generator, is_workday: Flags) -> Flags:
    leave = np.zeros(len(is_workday), dtype=bool)
    for middle in (8, 24, 40, 54):
        week = middle + int(random.integers(-3, 4))
        leave[7 * week : 7 * week + 7] = is_workday[7 * week : 7 * week + 7]
    return leave


def day_zero(first: date, day: int) -> np.datetime64:
    """Return a day of the diary as a date."""
    return np.datetime64(first) + np.timedelta64(day, "D")
