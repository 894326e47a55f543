"""Where work was done decides its calendar and its clock."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from analytics.workload.strain.now import strain_now
from data.calendars import working_days
from data.time_zones import country_zones, zone_offsets
from tests.analytics.workload.strain.helpers import SETTINGS, after_past, frames_of, value_of
from tests.analytics.workload.world import Entry, World

USUAL = (8.0, 8.0, 8.0, 8.0, 8.0)
MONDAY = date(2026, 5, 25)


def clocks(world: World, *times: tuple[int, int, int]) -> pd.DataFrame:
    """Return the person's days with clock times on some days of the last week: weekday, begin and end in UTC hours."""
    days = frames_of(world).person_days
    first, last = days["first_started_at"].copy(), days["last_ended_at"].copy()
    for weekday, begin, end in times:
        midnight = pd.Timestamp(MONDAY + timedelta(days=weekday))
        is_day = days["work_date"].eq(midnight)
        first = first.mask(is_day, midnight + pd.Timedelta(hours=begin))
        last = last.mask(is_day, midnight + pd.Timedelta(hours=end))
    return days.assign(first_started_at=first, last_ended_at=last)


def usual_clocks(world: World, **week: tuple[int, int]) -> pd.DataFrame:
    """Return days from nine to six in Shanghai (1 to 10 UTC) throughout, and other times on days of the last week."""
    days = frames_of(world).person_days
    midnight = days["work_date"]
    first, last = midnight + pd.Timedelta(hours=1), midnight + pd.Timedelta(hours=10)
    for name, (begin, end) in week.items():
        is_day = midnight.eq(pd.Timestamp(MONDAY + timedelta(days=("mon", "tue", "wed", "thu", "fri").index(name))))
        first = first.mask(is_day, midnight + pd.Timedelta(hours=begin))
        last = last.mask(is_day, midnight + pd.Timedelta(hours=end))
    return days.assign(first_started_at=first, last_ended_at=last)


def home_in(zone: str | None, world: World, country: str | None = "CN") -> pd.DataFrame:
    return frames_of(world).people.assign(time_zone=zone, home_country=country)


def test_night_hours_are_those_of_the_local_clock() -> None:
    world = after_past(USUAL)
    # 10:00 to 18:00 UTC is 18:00 to 2:00 in Shanghai: three hours after 23 o'clock.
    days = clocks(world, (0, 10, 18))
    shanghai = home_in("Asia/Shanghai", world)
    berlin = home_in("Europe/Berlin", world, country="DE")
    assert value_of(world, "night_hours", person_days=days, people=shanghai) == 3
    assert value_of(world, "night_hours", person_days=days, people=berlin) == 0


def test_a_night_is_broken_by_work_after_midnight_of_the_local_clock() -> None:
    world = after_past(USUAL)
    # Monday 18 to 2 o'clock in Shanghai; Tuesday 18 to 24; Wednesday from 3 o'clock on.
    days = clocks(world, (0, 10, 18), (1, 10, 16), (2, -5, 3))
    assert value_of(world, "broken_nights", person_days=days, people=home_in("Asia/Shanghai", world)) == 2
    assert value_of(world, "broken_nights", person_days=days, people=home_in(None, world, country=None)) == 0


def test_an_unknown_zone_is_not_assessed_and_is_not_utc() -> None:
    world = after_past(USUAL)
    days = clocks(world, (0, 22, 30))
    nowhere = home_in(None, world, country="US")
    assert value_of(world, "night_hours", person_days=days, people=nowhere) == 0


def test_a_country_with_one_zone_needs_no_zone_in_the_list_of_people() -> None:
    world = after_past(USUAL)
    days = clocks(world, (0, 10, 18))
    assert value_of(world, "night_hours", person_days=days, people=home_in(None, world)) == 3


def test_a_flight_over_zones_makes_no_longer_day_and_no_short_rest() -> None:
    """Nine to six in Shanghai, a flight, nine to six in Berlin: the day between is no longer, the rest as it was."""
    world = after_past(USUAL)
    days = usual_clocks(world, tue=(7, 16), wed=(7, 16), thu=(7, 16), fri=(7, 16))
    assert value_of(world, "short_rests", person_days=days) == 0
    assert value_of(world, "hours_peak_week", person_days=days) == 40


def test_a_flight_to_the_east_may_shorten_a_rest() -> None:
    """Nine to six in Berlin on Tuesday, and at nine in Shanghai on Wednesday: nine hours lie between."""
    world = after_past(USUAL)
    assert value_of(world, "short_rests", person_days=usual_clocks(world, mon=(7, 16), tue=(7, 16))) == 1


def test_a_short_rest_is_one_of_under_eleven_hours() -> None:
    world = after_past(USUAL)
    assert value_of(world, "short_rests", person_days=usual_clocks(world, mon=(6, 15))) == 1
    assert value_of(world, "short_rests", person_days=usual_clocks(world, mon=(5, 14))) == 0


def test_without_clock_times_no_rest_is_judged() -> None:
    assert math.isnan(value_of(after_past((20.0, 20.0, 20.0, 20.0, 20.0)), "short_rests"))


def test_a_make_up_saturday_is_a_workday() -> None:
    saturday = MONDAY + timedelta(days=5)
    six = (*USUAL, 8.0)
    plain, makeup = after_past(six), replace(after_past(six), makeup=(saturday,))
    assert value_of(plain, "weekend_share") > value_of(makeup, "weekend_share") == 0
    assert value_of(plain, "overtime_month") > value_of(makeup, "overtime_month") == 0


def abroad(world: World, country: str) -> pd.DataFrame:
    """Return one trip over the last week of the world, Sunday to Sunday."""
    trips = frames_of(replace(world, trips=((MONDAY - timedelta(days=1), MONDAY + timedelta(days=7)),))).trips
    return trips.assign(destination_country=country, destination_time_zone="Europe/Berlin")


def test_the_calendar_of_the_place_decides_what_a_workday_is() -> None:
    """Whit Monday 2026 (25 May) is free in Germany and a workday in China."""
    world = after_past(USUAL)
    calendar = working_days(("CN", "DE"), world.first, world.last)
    at_home = value_of(world, "overtime_month", calendar_days=calendar)
    at_site = value_of(world, "overtime_month", calendar_days=calendar, trips=abroad(world, "DE"))
    assert at_site - at_home > 8
    holidays = [
        value_of(world, "holidays_worked", calendar_days=calendar, trips=trips)
        for trips in (frames_of(world).trips, abroad(world, "DE"))
    ]
    assert holidays == [1, 2]  # 1 May at home; and Whit Monday on site


def test_a_holiday_of_home_that_is_worked_abroad_is_still_told() -> None:
    """The Dragon Boat Festival (19 June 2026) is one in China only."""
    world = after_past(USUAL, USUAL, USUAL, USUAL)
    calendar = working_days(("CN", "DE"), world.first, world.last)
    trip = frames_of(replace(world, trips=((MONDAY, MONDAY + timedelta(days=28)),))).trips
    there = trip.assign(destination_country="DE", destination_time_zone="Europe/Berlin")
    worked = value_of(world, "holidays_worked", calendar_days=calendar, trips=there)
    assert worked == 2  # 1 May at home, 19 June of home; Whit Monday is the day of the journey and belongs to home


def test_the_clock_of_the_site_decides_between_departure_and_return() -> None:
    world = after_past(USUAL)
    # 14:00 to 23:00 UTC: 16 to 1 o'clock in Berlin, two hours of the night; in Shanghai it would be 22 to 7.
    days = clocks(world, (1, 14, 23))
    people = home_in("Asia/Shanghai", world)
    assert value_of(world, "night_hours", person_days=days, people=people, trips=abroad(world, "DE")) == 2
    assert value_of(world, "night_hours", person_days=days, people=people) == 7


def test_zone_hours_are_told_and_do_not_change_the_index() -> None:
    world = after_past(USUAL)
    trip = abroad(world, "DE")
    people = home_in("Asia/Shanghai", world)
    frames = frames_of(world, trips=trip, people=people)
    near = frames_of(
        world, trips=trip.assign(destination_country="CN", destination_time_zone="Asia/Shanghai"), people=people
    )
    far, close = (strain_now(f, SETTINGS, world.after) for f in (frames, near))
    told = far.indicators.set_index("indicator")["value"]
    assert told["zone_hours"] == 6  # there; the way back ends after the last week
    assert far.levels["index"].iloc[0] == close.levels["index"].iloc[0]


def test_summer_time_is_no_journey() -> None:
    entries = tuple(Entry(date(2026, 3, 23) + timedelta(days=n), 8.0) for n in range(5))
    world = World(entries, 2, first=date(2026, 3, 23), country="DE")
    people = home_in("Europe/Berlin", world, country="DE")
    assert value_of(world, "zone_hours", people=people) == 0


def test_offsets_and_zones_of_countries_are_right() -> None:
    single = country_zones().set_index("country")["time_zone"]
    assert (single["JP"], single["CN"], single["DE"]) == ("Asia/Tokyo", "Asia/Shanghai", "Europe/Berlin")
    assert "US" not in single.index
    assert single.index.is_unique
    found = zone_offsets(["Europe/Berlin", "Nowhere/Town"], date(2026, 3, 28), date(2026, 3, 30))
    assert found["offset_hours"].tolist() == [1.0, 2.0, 2.0]
