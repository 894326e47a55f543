"""What is planted: kinds that should be found, with the weeks it may take, and kinds that should not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.strain_cases.diary import Trip, rounded, stay
from data.strain_cases.planting import Kind, set_weeks, weeks_of
from data.strain_cases.quiet_loads import QUIET_KINDS

if TYPE_CHECKING:
    from data.strain_cases.diary import Diary, Flags


def long_weeks(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: fifty-eight hours, week after week."""
    set_weeks(diary, weeks_of(diary, onset, 14), (11, 11, 11, 10.5, 10, 4.5, 0), random)


def go_live_crunch(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: three weeks of seventy-five hours before a go-live."""
    set_weeks(diary, weeks_of(diary, onset, 3), (13, 13, 13, 12, 12, 8, 4), random)


def no_day_off(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: seven days a week, the weekend for some hours."""
    set_weeks(diary, weeks_of(diary, onset, 5), (8, 8, 8, 8, 8, 5, 4), random)


def short_nights(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: late evenings and early mornings, three rests of under eleven hours a week, forty-eight hours."""
    diary.has_clock = True
    set_weeks(diary, weeks_of(diary, onset, 12), (10, 9.5, 10, 9.5, 9, 0, 0), random)
    for week in weeks_of(diary, onset, 12):
        for day, begin in ((0, 13.0), (1, 8.5), (2, 13.0), (3, 9.0), (4, 6.0)):
            diary.begins[7 * week + day] = begin


def weeks_away(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: twenty-three nights away in four weeks, weekends included, and somewhat long weeks."""
    end = min(onset + 14, diary.weeks)
    diary.trips = [trip for trip in diary.trips if trip.last < 7 * onset or trip.first >= 7 * end]
    set_weeks(diary, range(onset, end), (9.5, 9.5, 9.5, 9.5, 8, 0, 0), random)
    for week in range(onset, end, 4):
        diary.trips.append(Trip(7 * week, 7 * week + 23))


def creep(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: one hour and a bit more each week."""
    for number, week in enumerate(weeks_of(diary, onset, 18)):
        day = (41 + 1.3 * (number + 1)) / 5
        set_weeks(diary, range(week, week + 1), (day,) * 5 + (0, 0), random)


def split_and_called(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: six projects at a time, requests in the evening and on Saturdays, fifty hours."""
    diary.has_clock = True
    set_weeks(diary, weeks_of(diary, onset, 16), (9.5, 9.5, 9.5, 9.5, 9, 4, 0), random)
    for week in weeks_of(diary, onset, 16):
        days = diary.week(week)
        diary.projects[week] = [(number, 1 / 6) for number in range(6)]
        diary.requests[days] = np.array([1, 1, 1, 1, 1, 1, 0])
        diary.begins[days] = 10.5


def night_support(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: cut-overs at night: three evenings a week until two o'clock, work again at nine."""
    diary.has_clock = True
    set_weeks(diary, weeks_of(diary, onset, 10), (11, 8, 11, 8, 11, 0, 0), random)
    for week in weeks_of(diary, onset, 10):
        for day, begin in ((0, 14.0), (1, 9.0), (2, 14.0), (3, 9.0), (4, 14.0)):
            diary.begins[7 * week + day] = begin
        diary.requests[diary.week(week)] = np.array([1, 0, 1, 0, 1, 0, 0])


def saturdays_no_leave(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: each Saturday for months, and no leave: fifty-two hours in six days."""
    set_weeks(diary, weeks_of(diary, onset, 24), (9, 9, 9, 9, 8.5, 7.5, 0), random)


def site_and_hours(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: on site for weeks on end, fifty-two hours, one Sunday in two."""
    end = min(onset + 9, diary.weeks)
    diary.trips = [trip for trip in diary.trips if trip.last < 7 * onset or trip.first >= 7 * end]
    for number, week in enumerate(range(onset, end)):
        set_weeks(diary, range(week, week + 1), (9.5, 9.5, 9.5, 9.5, 9, 5, 4.0 * (number % 2)), random)
    diary.trips.append(Trip(7 * onset, 7 * end))


def client_pressure(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: a client that escalates: late requests, Saturday calls, a go-live that moves, fifty-three hours."""
    diary.has_clock = True
    set_weeks(diary, weeks_of(diary, onset, 14), (10, 10, 10, 10, 9, 4.5, 0), random)
    for week in weeks_of(diary, onset, 14):
        diary.projects[week] = [(-1, 1.0)]  # the difficult client of the teams
        diary.requests[diary.week(week)] = np.array([1, 1, 1, 1, 1, 1, 0])


def steady_45(diary: Diary, random: np.random.Generator, work: Flags, _onset: int) -> None:
    """Plant: forty-five hours in every week: much, and always the same."""
    hours = np.where(work & ~diary.leave, 9.0, 0.0)
    diary.hours = rounded(hours * random.normal(1, 0.03, len(hours)))


def back_from_leave(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: five weeks of leave, then the usual week again."""
    del random
    days = slice(7 * (onset - 5), 7 * onset)
    diary.leave[days] = work[days]
    diary.hours[days] = 0
    diary.trips = [trip for trip in diary.trips if trip.last < days.start or trip.first >= days.stop]


def one_go_live_week(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: one week of fifty-eight hours at a go-live, then as always."""
    set_weeks(diary, range(onset, onset + 1), (11, 11, 11, 11, 10, 4, 0), random)


def part_timer(diary: Diary, random: np.random.Generator, work: Flags, _onset: int) -> None:
    """Plant: three days of eight hours a week."""
    diary.weekly_hours = 24.0
    weekday = np.arange(diary.days) % 7
    hours = np.where(work & ~diary.leave & (weekday < 3), 8.0, 0.0)
    diary.hours = rounded(hours * random.normal(1, 0.05, diary.days))
    diary.trips.clear()


def late_filer(diary: Diary, random: np.random.Generator, _work: Flags, _onset: int) -> None:
    """Plant: files two to four weeks late, and then everything."""
    diary.late_weeks = random.choice([2, 3, 4], size=diary.weeks)
    diary.missing[:] = False


def zone_traveller(diary: Diary, random: np.random.Generator, _work: Flags, onset: int) -> None:
    """Plant: a week at a client seven zones away in each month, with usual hours."""
    del random
    diary.trips = [trip for trip in diary.trips if trip.last < 7 * (onset - 12)]
    diary.has_clock = True
    for week in range(onset - 12, diary.weeks, 4):
        stay(diary, week, 4, country="DE", time_zone="Europe/Berlin")


def weekly_commuter(diary: Diary, random: np.random.Generator, _work: Flags, _onset: int) -> None:
    """Plant: on site from Monday to Thursday in each week, home on every weekend."""
    del random
    diary.trips = []
    for week in range(diary.weeks):
        if not diary.leave[diary.week(week)].any() and diary.hours[diary.week(week)][:5].all():
            stay(diary, week, 3)


def newcomer(diary: Diary, random: np.random.Generator, work: Flags, onset: int) -> None:
    """Plant: joined in the middle, usual hours."""
    del random, work
    diary.joined_week = onset
    diary.hours[: 7 * onset] = 0
    diary.leave[: 7 * (onset + 8)] = False
    diary.trips = [trip for trip in diary.trips if trip.first >= 7 * onset]


KINDS = (
    Kind("long_weeks", long_weeks, within_weeks=4),
    Kind("go_live_crunch", go_live_crunch, within_weeks=2, lasts_weeks=3),
    Kind("no_day_off", no_day_off, within_weeks=3, lasts_weeks=5),
    Kind("short_nights", short_nights, within_weeks=4, lasts_weeks=12),
    Kind("weeks_away", weeks_away, within_weeks=8, lasts_weeks=14),
    Kind("creep", creep, within_weeks=14, lasts_weeks=18),
    Kind("split_and_called", split_and_called, within_weeks=6),
    Kind("night_support", night_support, within_weeks=4, lasts_weeks=10),
    Kind("saturdays_no_leave", saturdays_no_leave, within_weeks=6, lasts_weeks=24),
    Kind("site_and_hours", site_and_hours, within_weeks=5, lasts_weeks=9),
    Kind("client_pressure", client_pressure, within_weeks=5, lasts_weeks=14),
    Kind("steady_45", steady_45),
    Kind("back_from_leave", back_from_leave),
    Kind("one_go_live_week", one_go_live_week),
    Kind("part_timer", part_timer),
    Kind("late_filer", late_filer),
    Kind("zone_traveller", zone_traveller),
    Kind("weekly_commuter", weekly_commuter),
    Kind("newcomer", newcomer),
    *QUIET_KINDS,
)
