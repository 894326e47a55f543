"""Load that no long week shows: broken nights, two cities, many projects, a small contract; and what looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.strain_cases.diary import Trip, rounded
from data.strain_cases.planting import Kind, set_weeks, weeks_of

if TYPE_CHECKING:
    from data.strain_cases.diary import Diary, Flags

_CALLS_AT = 2.0


def small_contract(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: a contract of twenty hours, kept until the onset, then worked thirty-eight hours a week."""
    _small_contract(diary, random, work)
    set_weeks(diary, weeks_of(diary, onset, 16), (7.6, 7.6, 7.6, 7.6, 7.6, 0, 0), random)


def six_projects(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: six projects at once, some more than others, in usual hours."""
    for week in weeks_of(diary, onset, 16):
        diary.projects[week] = list(enumerate(random.dirichlet(np.full(6, 12.0)).tolist()))


def standby_nights(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: called out of bed two nights a week for an hour or two, and a usual day after it."""
    diary.has_clock = True
    for week in weeks_of(diary, onset, 14):
        for day in random.choice(5, size=2, replace=False):
            _call(diary, 7 * week + int(day), float(random.uniform(0.75, 2)), work)


def two_cities(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: two days at one client, two at another in the next city, home on weekends; three journeys a week."""
    del random
    end = min(onset + 14, diary.weeks)
    diary.trips = [trip for trip in diary.trips if trip.last < 7 * onset or trip.first >= 7 * end]
    for week in range(onset, end):
        if diary.hours[diary.week(week)][:5].any():
            diary.trips += [Trip(7 * week, 7 * week + 2), Trip(7 * week + 2, 7 * week + 4)]


def night_cut_overs(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: every third week two nights of cut-over, from ten to five o'clock, at the end of a usual week."""
    diary.has_clock = True
    for week in weeks_of(diary, onset, 18)[::3]:
        _cut_over(diary, week, random)


def one_cut_over(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: two nights of cut-over, once."""
    diary.has_clock = True
    _cut_over(diary, onset, random)


def one_call(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: called once a month at night."""
    diary.has_clock = True
    for week in weeks_of(diary, onset, 16)[::4]:
        _call(diary, 7 * week + int(random.integers(5)), 1.0, work)


def three_projects(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: three projects at a time."""
    for week in weeks_of(diary, onset, 16):
        diary.projects[week] = list(enumerate(random.dirichlet(np.full(3, 8.0)).tolist()))


def small_contract_kept(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: a contract of twenty hours, with a month of twenty-four."""
    _small_contract(diary, random, work)
    set_weeks(diary, weeks_of(diary, onset, 4), (6, 6, 6, 6, 0, 0, 0), random)


def _small_contract(diary: Diary, random: np.random.Generator, work: Flags) -> None:
    diary.weekly_hours = 20.0
    hours = np.where(work & ~diary.leave & (np.arange(diary.days) % 7 < 5), 4.0, 0.0)
    diary.hours = rounded(hours * random.normal(1, 0.05, diary.days))
    diary.trips.clear()


def _call(diary: Diary, day: int, hours: float, work: Flags) -> None:
    if not work[day] or diary.leave[day] or diary.hours[day] == 0:
        return
    lasts = float(rounded(np.array(hours)))
    diary.call_hours[day], diary.call_begins[day] = lasts, _CALLS_AT
    diary.hours[day] += lasts


def _cut_over(diary: Diary, week: int, random: np.random.Generator) -> None:
    """Plant: Thursday and Friday are worked at night instead of by day."""
    for day in (7 * week + 3, 7 * week + 4):
        diary.leave[day], diary.missing[week] = False, False
        diary.hours[day] = float(rounded(np.array(random.normal(7, 0.3))))
        diary.begins[day] = 22.0


QUIET_KINDS = (
    Kind("small_contract", small_contract, within_weeks=6),
    Kind("six_projects", six_projects, within_weeks=6),
    Kind("standby_nights", standby_nights, within_weeks=6, lasts_weeks=14),
    Kind("two_cities", two_cities, within_weeks=8, lasts_weeks=14),
    Kind("night_cut_overs", night_cut_overs, within_weeks=10, lasts_weeks=18),
    Kind("one_cut_over", one_cut_over),
    Kind("one_call", one_call),
    Kind("three_projects", three_projects),
    Kind("small_contract_kept", small_contract_kept),
)
