"""Days of leave: long holidays, single days and sick days in one table, as no reason is ever stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.timeline import Flags, Ints, Timeline, stream

if TYPE_CHECKING:
    from data.demo.staff import Staff

#: Days of leave in a year by home country (contract), about nine of ten are taken.
LEAVE_DAYS: Final = (10, 29, 14, 16, 26)
#: Planned leave is known about so many weeks ahead.
KNOWN_AHEAD_WEEKS: Final = 12


def draw_leave(staff: Staff, workdays: Flags, timeline: Timeline, seed: int) -> Flags:
    """Tell for each person, week and weekday whether it is a day of leave; only working days count."""
    random = stream(seed, "leave")
    weeks = min(timeline.week_count + KNOWN_AHEAD_WEEKS, timeline.all_weeks)
    leave = np.zeros((staff.count, timeline.all_weeks * 7), dtype=bool)
    year_day = timeline.first_monday.timetuple().tm_yday
    for year in range(-1, weeks // 52 + 1):
        _mark_blocks(leave, year * 364 - year_day, staff, random)
    single_rate = np.array([0.012, 0.03, 0.018, 0.02, 0.016])[staff.country]
    past = timeline.week_count * 7
    leave[:, :past] |= random.random((staff.count, past)) < single_rate[:, None]
    leave[:, weeks * 7 :] = False
    table = leave.reshape(staff.count, timeline.all_weeks, 7) & workdays[staff.country]
    hired = staff.hired_week[:, None] <= np.arange(timeline.all_weeks)
    result: Flags = table & hired[:, :, None]
    return result


def _mark_blocks(leave: Flags, offset: int, staff: Staff, random: np.random.Generator) -> None:
    """Mark a long and a shorter block of calendar days in the year that begins ``offset`` days after day 0."""
    half = np.array(LEAVE_DAYS)[staff.country]
    long_days = np.where(half >= 20, random.choice([12, 14, 19], staff.count), random.choice([5, 7], staff.count))
    short_days = np.where(half >= 20, random.choice([5, 7], staff.count), random.choice([2, 3, 4], staff.count))
    summer = np.where(staff.country == 4, 20, 205)
    starts_long = offset + summer + random.integers(-35, 45, staff.count)
    starts_short = offset + random.integers(60, 350, staff.count)
    for starts, lengths in ((starts_long, long_days), (starts_short, short_days)):
        _mark(leave, starts, lengths)


def _mark(leave: Flags, starts: Ints, lengths: Ints) -> None:
    days = np.arange(20)
    columns = starts[:, None] + days
    wanted = (days < lengths[:, None]) & (columns >= 0) & (columns < leave.shape[1])
    people, places = np.nonzero(wanted)
    leave[people, columns[people, places]] = True
