"""Trips to client sites: home every weekend when the site is near, weeks on end when it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.demo.places import CITIES, CURRENCIES, NIGHT_PRICES
from data.demo.timeline import COUNTRIES, Dates, Flags, Floats, Ints, stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.demo.simulation import Work
    from data.demo.world import World

#: Nobody stays longer without a journey home, as the firm sees it.
LONGEST_STAY_WEEKS = 5
CITY_COUNTRIES = np.array([city.country for city in CITIES])
CURRENCY_OF = np.array([CURRENCIES[country] for country in COUNTRIES])


@dataclass(frozen=True)
class Trips:
    """One array element per trip, by person and time; moments are in UTC."""

    person: Ints
    project: Ints
    first_week: Ints
    last_week: Ints
    departed_at: Dates
    returned_at: Dates
    destination: Ints
    is_flight: Flags
    nights: Ints
    cost: Floats

    @property
    def count(self) -> int:
        """Number of trips."""
        return len(self.person)

    def first_weeks(self, people: int, weeks: int) -> Flags:
        """Tell for each person and week whether a trip begins in it."""
        return _marked(self.person, self.first_week, people, weeks)

    def last_weeks(self, people: int, weeks: int) -> Flags:
        """Tell for each person and week whether a trip ends in it."""
        return _marked(self.person, self.last_week, people, weeks)


def _marked(person: Ints, week: Ints, people: int, weeks: int) -> Flags:
    table = np.zeros((people, weeks), dtype=bool)
    seen = week < weeks
    table[person[seen], week[seen]] = True
    return table


def to_utc(local: Dates, zone: Ints, zones: Sequence[str]) -> Dates:
    """Turn local wall-clock times into UTC; ``zone`` is an index into ``zones``."""
    result = local.astype("datetime64[s]")
    for number in np.unique(zone):
        here = zone == number
        index = pd.DatetimeIndex(result[here]).tz_localize(
            zones[int(number)], ambiguous=np.zeros(int(here.sum()), dtype=bool), nonexistent="shift_forward"
        )
        result[here] = index.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[s]")
    return result


def make_trips(world: World, work: Work, seed: int) -> Trips:
    """Make one trip of each stay at a client site away from home."""
    random = stream(seed, "travel")
    away = work.is_onsite & (world.book.site[work.project] != world.staff.city[work.person])
    order = np.lexsort((work.week[away], work.person[away]))
    person, project, week = (a[away][order] for a in (work.person, work.project, work.week))
    person, project, week = _with_plans_ahead(world, person, project, week, random)
    stays_on = _stays_over_weekends(world, person, project, week, random)
    begins = _begins(person, project, week, stays_on)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(person)) - 1
    return _timed(world, person[first], project[first], week[first], week[last], stays=stays_on[first], random=random)


def _with_plans_ahead(
    world: World, person: Ints, project: Ints, week: Ints, random: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Add trips that are already approved for the two weeks after the last one."""
    last = world.timeline.last_week
    is_current = (week == last) & (random.random(len(week)) < 0.4)
    ahead = last + random.integers(1, 3, int(is_current.sum()))
    away = world.people_of_roles.get("away", -1)
    ahead = np.where(person[is_current] == away, last + 1, ahead)
    person = np.concatenate([person, person[is_current]])
    project = np.concatenate([project, project[is_current]])
    week = np.concatenate([week, ahead])
    order = np.lexsort((week, person))
    return person[order], project[order], week[order]


def _stays_over_weekends(world: World, person: Ints, project: Ints, week: Ints, random: np.random.Generator) -> Flags:
    """Stay when the site is abroad, when the person is one who stays, or when a story wants it."""
    is_abroad = CITY_COUNTRIES[world.book.site[project]] != CITY_COUNTRIES[world.staff.city[person]]
    is_stayer = (random.random(world.staff.count) < 0.25)[person]
    forced = np.array([(int(p), int(w)) in world.forced_onsite for p, w in zip(person, week, strict=True)], dtype=bool)
    result: Flags = is_abroad | is_stayer | forced
    return result


def _begins(person: Ints, project: Ints, week: Ints, stays_on: Flags) -> Flags:
    """Tell in which rows a new trip begins."""
    begins = np.ones(len(person), dtype=bool)
    same = (person[1:] == person[:-1]) & (project[1:] == project[:-1]) & (week[1:] == week[:-1] + 1)
    begins[1:] = ~(same & stays_on[1:] & stays_on[:-1])
    length = 0
    for row in range(len(begins)):
        length = 1 if begins[row] or length == LONGEST_STAY_WEEKS else length + 1
        begins[row] = length == 1
    return begins


def _timed(
    world: World,
    person: Ints,
    project: Ints,
    first_week: Ints,
    last_week: Ints,
    *,
    stays: Flags,
    random: np.random.Generator,
) -> Trips:
    """Give trips times, transport and price."""
    count = len(person)
    site = world.book.site[project]
    home = world.staff.city[person]
    is_abroad = CITY_COUNTRIES[site] != CITY_COUNTRIES[home]
    on_sunday = is_abroad | stays | (random.random(count) < 0.2)
    late_hours = random.integers(0, 9, count) * 30
    leaves = np.where(on_sunday, -1440 + 14 * 60, 5 * 60 + 30) + late_hours
    is_long = last_week - first_week >= 3
    on_saturday = is_abroad & (random.random(count) < 0.6) | (stays & ~is_abroad) | is_long
    day = np.where(on_saturday, 5, np.where(random.random(count) < 0.25, 3, 4))
    arrives = day * 1440 + np.where(on_saturday, 12 * 60, 17 * 60 + 30) + random.integers(0, 9, count) * 30
    zones = [city.time_zone for city in CITIES]
    departed = (world.timeline.days(first_week) + np.timedelta64(0, "m")) + leaves.astype("timedelta64[m]")
    returned = (world.timeline.days(last_week) + np.timedelta64(0, "m")) + arrives.astype("timedelta64[m]")
    nights = (returned.astype("datetime64[D]") - departed.astype("datetime64[D]")).astype(np.int64)
    is_flight = is_abroad | ((world.staff.country[person] != 1) & (random.random(count) < 0.4))
    price = np.array([NIGHT_PRICES[country] for country in COUNTRIES])[world.staff.country[person]]
    journeys = np.where(is_abroad, 9.0, np.where(is_flight, 3.5, 1.5)) * random.uniform(0.8, 1.5, count)
    return Trips(
        person,
        project,
        first_week,
        last_week,
        to_utc(departed, home, zones),
        to_utc(returned, home, zones),
        site,
        is_flight,
        nights,
        np.round(price * (nights * random.uniform(0.8, 1.3, count) + journeys), 2),
    )
