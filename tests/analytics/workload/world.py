"""A small world that makes marts from days: what was worked, when it was filed, what is leave.

It builds the marts by the words of their contract, not with the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from tests.laws import examples

#: For laws: frames are slow to build, and a busy machine is no failure.
few_examples = examples(15)

MONDAY = date(2026, 3, 2)  # no holiday of China, Germany or Japan in the weeks after it until April

DAY_COLUMNS = ["person_id", "work_date", "known_week_date", "worked_hours", "onsite_hours", "travel_hours"]


@dataclass(frozen=True)
class Entry:
    """Hours of one day, filed so many weeks after the week of the work."""

    day: date
    hours: float
    weeks_late: int = 0
    person: str = "ana"
    project: str = "p1"
    count: int = 1


@dataclass(frozen=True)
class World:
    """Marts of a few people over some weeks; ``off`` are days off besides weekends, ``makeup`` weekend workdays."""

    entries: tuple[Entry, ...]
    weeks: int
    first: date = MONDAY
    persons: tuple[str, ...] = ("ana",)
    country: str | None = "CN"
    leave: tuple[date, ...] = ()
    off: tuple[date, ...] = ()
    makeup: tuple[date, ...] = ()
    weekly_hours: float | None = 40.0
    has_opted_out: bool = False
    is_assumed: bool = False
    trips: tuple[tuple[date, date], ...] = ()
    provisional_from: date = field(default=date(2100, 1, 1))

    @property
    def last(self) -> date:
        return self.first + timedelta(weeks=self.weeks, days=-1)

    @property
    def after(self) -> date:
        """The Monday after the last week."""
        return self.last + timedelta(days=1)

    def is_workday(self, day: date) -> bool:
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)

    def days_of_week(self, monday: date) -> list[date]:
        return [monday + timedelta(days=n) for n in range(7)]

    @property
    def mondays(self) -> list[date]:
        return [self.first + timedelta(weeks=n) for n in range(self.weeks)]

    def person_days(self) -> pd.DataFrame:
        rows = [
            (e.person, e.day, monday_of(e.day) + timedelta(weeks=e.weeks_late), e.hours, 0.0, 0.0, e.count)
            for e in self.entries
        ]
        frame = pd.DataFrame(rows, columns=[*DAY_COLUMNS, "entry_count"])
        return typed(frame, ["work_date", "known_week_date"]).assign(is_assumed=self.is_assumed)

    def person_project_weeks(self) -> pd.DataFrame:
        rows = [
            (e.person, e.project, monday_of(e.day), monday_of(e.day) + timedelta(weeks=e.weeks_late), e.hours)
            for e in self.entries
        ]
        columns = ["person_id", "project_id", "week_start_date", "known_week_date", "worked_hours"]
        return typed(pd.DataFrame(rows, columns=columns), columns[2:4])

    def person_weeks(self) -> pd.DataFrame:
        rows = [row for person in self.persons for monday in self.mondays for row in self._rows_of(person, monday)]
        return typed(pd.DataFrame(rows), ["week_start_date", "known_week_date"])

    def _rows_of(self, person: str, monday: date) -> list[dict[str, Any]]:
        days = self.days_of_week(monday)
        workdays = [day for day in days if self.is_workday(day)]
        leave = [day for day in workdays if day in self.leave]
        plan = {
            "person_id": person,
            "week_start_date": monday,
            "workdays_count": len(workdays),
            "leave_days_count": len(leave),
            "leave_hours": 8.0 * len(leave),
            "expected_hours": None
            if self.weekly_hours is None
            else self.weekly_hours / 5 * (len(workdays) - len(leave)),
            "is_assumed": self.is_assumed,
        }
        own = [e for e in self.entries if e.person == person and e.day in days]
        if not own:
            state = "no_workdays" if not workdays else "on_leave" if len(leave) == len(workdays) else "missing"
            return [plan | measures([]) | {"known_week_date": monday + timedelta(weeks=1), "state": state}]
        return [
            plan
            | measures([e for e in own if e.weeks_late == late])
            | {"known_week_date": monday + timedelta(weeks=late), "state": "filed"}
            for late in sorted({e.weeks_late for e in own})
        ]

    def people(self) -> pd.DataFrame:
        return pd.DataFrame(
            {"person_id": list(self.persons), "home_country": self.country, "has_opted_out": self.has_opted_out}
        )

    def calendar_days(self) -> pd.DataFrame:
        days = [day for monday in self.mondays for day in self.days_of_week(monday)]
        frame = pd.DataFrame(
            {
                "country": self.country or "CN",
                "calendar_date": days,
                "is_workday": [self.is_workday(day) for day in days],
                "is_provisional": [day >= self.provisional_from for day in days],
            }
        )
        return typed(frame, ["calendar_date"])

    def trip_rows(self) -> pd.DataFrame:
        rows = [("ana", departed, returned, departed) for departed, returned in self.trips]
        columns = ["person_id", "departed_date", "returned_date", "known_date"]
        return typed(pd.DataFrame(rows, columns=columns), columns[1:])

    def leave_days(self) -> pd.DataFrame:
        rows = [(person, day, 8.0) for person in self.persons for day in self.leave]
        return typed(pd.DataFrame(rows, columns=["person_id", "leave_date", "leave_hours"]), ["leave_date"])


def measures(entries: list[Entry]) -> dict[str, Any]:
    weekend = [e for e in entries if e.day.weekday() >= 5]
    return {
        "worked_hours": sum(e.hours for e in entries) if entries else None,
        "onsite_hours": 0.0,
        "travel_hours": 0.0,
        "weekend_hours": sum(e.hours for e in weekend),
        "worked_days_count": len({e.day for e in entries if e.count > 0}),
        "entry_count": sum(e.count for e in entries),
    }


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def typed(frame: pd.DataFrame, dates: list[str]) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name]).dt.as_unit("us") for name in dates})


def plain_week(monday: date, hours_a_day: float = 8.0, days: int = 5, **more: Any) -> list[Entry]:
    """Work on the first days of a week."""
    return [Entry(monday + timedelta(days=n), hours_a_day, **more) for n in range(days)]


def weeks_of(*hours_a_week: float | None, first: date = MONDAY, **more: Any) -> World:
    """One person whose weeks have these hours over five days; ``None`` is a week that nobody filed."""
    entries = [
        entry
        for n, hours in enumerate(hours_a_week)
        if hours is not None
        for entry in plain_week(first + timedelta(weeks=n), hours / 5)
    ]
    return World(tuple(entries), len(hours_a_week), first=first, **more)
