"""The people of a made-up firm: who is there, how fast, and on which days away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from tests.portfolios.worlds import World

FIRST_MONDAY: Final = pd.Timestamp("2019-01-07")
_SENIORITIES: Final = (("junior", 0.75), ("mid", 1.0), ("senior", 1.2), ("consultant", 1.3))
_YEARLY_LEAVERS_SHARE: Final = 0.10
_LEAVE_DAYS_A_YEAR: Final = 27


@dataclass(eq=False)
class Person:
    """Somebody with a contract; ``days_away`` holds working days counted from the first Monday, five a week."""

    person_id: str
    team_name: str
    seniority: str
    weekly_hours: float
    speed: float
    first_week: int
    last_week: int | None
    filing_lag_days: float
    days_away: set[int] = field(default_factory=set)


@dataclass(eq=False)
class Seat:
    """A place in a team. Who leaves is followed, weeks later, by somebody new to everything."""

    people: list[Person]
    #: Agreed share of the week by project number; a project that runs late keeps its people.
    shares: dict[int, float] = field(default_factory=dict)

    def person_in(self, week: int) -> Person | None:
        """Return who sits here in a week, or nobody while the place is vacant."""
        for person in self.people:
            if person.first_week <= week and (person.last_week is None or week <= person.last_week):
                return person
        return None


def make_seats(count: int, week_count: int, world: World, draw: np.random.Generator) -> list[Seat]:
    """Hire a firm, with everybody's leave and sickness over all weeks."""
    closing = common_closing_days(week_count)
    seats = []
    for number in range(count):
        team = f"team {number % max(count // 8, 1) + 1}"
        people: list[Person] = []
        week = 0
        while week < week_count:
            stays = int(draw.exponential(52 / _YEARLY_LEAVERS_SHARE)) + 26
            last = week + stays if week + stays < week_count else None
            people.append(_hire(f"s{number:03}{chr(97 + len(people))}", team, week, last, draw))
            people[-1].days_away |= closing | _own_leave(week_count, draw) | _sickness(week_count, world, draw)
            week = week_count if last is None else last + 1 + int(draw.integers(2, 9))
        seats.append(Seat(people))
    return seats


def _hire(name: str, team: str, week: int, last: int | None, draw: np.random.Generator) -> Person:
    seniority, speed = _SENIORITIES[int(draw.choice(4, p=[0.25, 0.4, 0.25, 0.1]))]
    hours = 40.0 if draw.random() < 0.85 else 32.0
    lag = float(draw.choice([0.5, 2.0, 6.0, 12.0], p=[0.45, 0.35, 0.15, 0.05]))
    return Person(name, team, seniority, hours, speed * draw.uniform(0.85, 1.15), week, last, lag)


def common_closing_days(week_count: int) -> set[int]:
    """Return the working days on which the whole firm is closed: between the years, and two days in May."""
    days = pd.date_range(FIRST_MONDAY, periods=week_count * 7)
    is_closed = ((days.month == 12) & (days.day >= 24)) | ((days.month == 1) & (days.day <= 2))
    is_closed |= (days.month == 5) & (days.day <= 2)
    return {_working_day(day) for day in range(week_count * 7) if is_closed[day] and day % 7 < 5}


def _working_day(day: int) -> int:
    return day // 7 * 5 + day % 7


def _own_leave(week_count: int, draw: np.random.Generator) -> set[int]:
    """Most are away for two or three weeks in July or August, the rest of the leave falls anywhere."""
    away: set[int] = set()
    for year in range(week_count // 52 + 1):
        summer = year * 52 + 27 + int(draw.integers(0, 6))
        length = int(draw.choice([5, 10, 15], p=[0.2, 0.55, 0.25]))
        away |= set(range(summer * 5, summer * 5 + length))
        left = _LEAVE_DAYS_A_YEAR - length - 6
        while left > 0:
            spell = min(left, int(draw.integers(1, 6)))
            begin = year * 260 + int(draw.integers(0, 255))
            away |= set(range(begin, begin + spell))
            left -= spell
    return {day for day in away if day < week_count * 5}


def _sickness(week_count: int, world: World, draw: np.random.Generator) -> set[int]:
    """Short spells, most of them in winter."""
    away: set[int] = set()
    years = week_count / 52
    for _ in range(int(draw.poisson(world.sick_days_a_year / 3 * years))):
        day = int(draw.integers(0, week_count * 5))
        is_summer = 20 <= day // 5 % 52 <= 38
        if is_summer and draw.random() < 0.5:
            continue
        away |= set(range(day, day + int(draw.integers(1, 6))))
    return {day for day in away if day < week_count * 5}


def slow_weeks(
    week_count: int, world: World, products: tuple[str, ...], draw: np.random.Generator
) -> dict[str, npt.NDArray[np.float64]]:
    """Return how fast each product lets people work in each week: a flawed release slows all its projects at once."""
    pace = {}
    for product in products:
        speeds = np.ones(week_count)
        for _ in range(int(draw.poisson(world.slow_weeks_a_year / 4 * week_count / 52))):
            begin, length = int(draw.integers(0, week_count)), int(draw.integers(2, 7))
            speeds[begin : begin + length] = draw.uniform(0.5, 0.8)
        pace[product] = speeds
    return pace
