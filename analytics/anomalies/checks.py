"""What is looked for, from which size on, and why: the checks as data, one place for every number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: A check that touches more than this share of clean person-weeks is too loud to be read.
TOO_LOUD_SHARE: Final = 0.02


@dataclass(frozen=True)
class Check:
    """One check of the imported rows.

    Parameters
    ----------
    token
        Its name, the first part of every ``anomaly_key``.
    meaning
        What a hit says, in plain words.
    threshold
        From here on it is told, in ``unit``.
    why
        Why just there, and what keeps the check calm.
    source
        Where the number comes from.
    """

    token: str
    meaning: str
    threshold: float
    unit: str
    why: str
    source: str


LONG_DAY: Final = Check(
    "long_day",
    meaning="More hours are booked on one day than a person can work",
    threshold=16.0,
    unit="hours",
    why="Above 16 h not even a night's sleep is left. Whoever always books a whole week on one day is left alone.",
    source="Product rule. EU directive 2003/88 article 3 leaves 13 h a day, so 16 h is beyond any lawful day.",
)
COPIED_WEEKS: Final = Check(
    "copied_weeks",
    meaning="Several weeks in a row carry the same hours per weekday and per project",
    threshold=3.0,
    unit="weeks",
    why="Twice the same may happen. Alike weeks say something only when they hold two projects or three different "
    "day lengths: eight hours on each of five days for one project is how many people truly work.",
    source="Product rule",
)
HOURS_ON_LEAVE: Final = Check(
    "hours_on_leave",
    meaning="Hours are booked on a day of leave",
    threshold=1.0,
    unit="hours",
    why="One hour more than the rest of the day, so that a call or half a day of leave is not told.",
    source="Product rule",
)
HOURS_ON_HOLIDAY: Final = Check(
    "hours_on_holiday",
    meaning="Hours are booked on a public holiday of the place of work",
    threshold=1.0,
    unit="hours",
    why="The calendar of the trip's country counts where there is a trip, else that of home. Who works on half of all "
    "holidays is left alone; when a third of a country's people work, the calendar is told, not the people.",
    source="Product rule",
)
TEAM_SILENCE: Final = Check(
    "team_silence",
    meaning="People of one team who always filed stop in the same weeks",
    threshold=3.0,
    unit="people",
    why="At least three people and half of the team's filers, silent for two whole weeks beyond their usual filing "
    "lag: one late week or one person is everyday life.",
    source="Product rule",
)
ENDED_PROJECT_HOURS: Final = Check(
    "ended_project_hours",
    meaning="Hours are booked on a project that is finished or cancelled",
    threshold=4.0,
    unit="weeks",
    why="Four weeks of closing work are usual, or as long as the firm's earlier projects needed when that is longer.",
    source="Product rule; longer by median + 3 × 1.4826 × MAD of the firm's own ended projects",
)
TRIP_WITHOUT_HOURS: Final = Check(
    "trip_without_hours",
    meaning="A trip over workdays on which the traveller booked nothing",
    threshold=2.0,
    unit="days",
    why="From two workdays without leave on, once the usual filing lag is over; a single day may be a day of travel.",
    source="Product rule",
)
ONSITE_WITHOUT_TRIP: Final = Check(
    "onsite_without_trip",
    meaning="A week at a client site in another city without a trip, by a person who usually has one",
    threshold=8.0,
    unit="hours",
    why="A whole day on site, and at least 70 % of four or more other such weeks had a trip. Work in the home city "
    "is never told; where a city is unknown, only this person's own weeks on this project speak.",
    source="Product rule",
)
REQUEST_DECIDED_EARLY: Final = Check(
    "request_decided_before_raised",
    meaning="A change request was decided before it was raised",
    threshold=14.0,
    unit="hours",
    why="Clocks of two time zones lie up to 14 h apart; dates without a time are compared as dates.",
    source="Product rule; UTC+14 is the widest offset in use (IANA tz database)",
)
TOTAL_LEFT_RANGE: Final = Check(
    "total_left_range",
    meaning="The week's booked total of the firm or a team lies outside what its own past makes likely",
    threshold=0.999,
    unit="share",
    why="Outside the 99.9 % prediction interval, at least a quarter off, and further off than in any week of the "
    "last year. Workdays and leave are counted in; weeks inside the filing lag are not judged.",
    source="Robust regression (Huber 1964) with MAD scale (Rousseeuw and Croux 1993)",
)
WEEK_RESTATED: Final = Check(
    "week_restated",
    meaning="A person's week was changed by more than a tenth after it was four weeks old",
    threshold=0.10,
    unit="share",
    why="Figures of that week had been shown by then. At least two hours, and something had been filed in time: "
    "late filing is another matter.",
    source="Product rule",
)

CHECKS: Final = (
    LONG_DAY,
    COPIED_WEEKS,
    HOURS_ON_LEAVE,
    HOURS_ON_HOLIDAY,
    TEAM_SILENCE,
    ENDED_PROJECT_HOURS,
    TRIP_WITHOUT_HOURS,
    ONSITE_WITHOUT_TRIP,
    REQUEST_DECIDED_EARLY,
    TOTAL_LEFT_RANGE,
    WEEK_RESTATED,
)
