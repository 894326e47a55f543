"""A small firm as mart frames: ordinary weeks that no check may stop at, and the means to plant one oddity."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.anomalies.find import find_anomalies
from analytics.anomalies.frames import AnomalyFrames

FIRST_MONDAY = pd.Timestamp("2024-01-01")
WEEKS = 60
#: A Wednesday, long enough after the last week for every lag of this firm to be over.
AS_OF = date(2025, 3, 12)
PEOPLE = ("ana", "ben", "cho", "dan", "eva", "fei")
TEAMS = {"ana": "north", "ben": "north", "cho": "north", "dan": "north", "eva": "south", "fei": "south"}

TRIP_COLUMNS = ["person_id", "departed_date", "returned_date", "known_date", "destination_country", "project_id"]
REQUEST_COLUMNS = ["change_request_id", "project_id", "raised_at", "decided_at", "known_date", "is_assumed"]


def monday(week: int) -> pd.Timestamp:
    """Return the Monday of the week with this number."""
    return FIRST_MONDAY + pd.Timedelta(weeks=week)


def ordinary_entries(seed: int = 1, people: tuple[str, ...] = PEOPLE, weeks: int = WEEKS) -> pd.DataFrame:
    """Return one entry per person and workday, on one of two projects, of some eight hours; filed the week after."""
    rng = np.random.default_rng(seed)
    steps = pd.MultiIndex.from_product([people, range(weeks), range(5)], names=["person_id", "week", "weekday"])
    frame = steps.to_frame(index=False)
    day = FIRST_MONDAY + pd.to_timedelta(frame["week"] * 7 + frame["weekday"], unit="D")
    return pd.DataFrame(
        {
            "person_id": frame["person_id"].astype("str"),
            "project_id": np.where(rng.random(len(frame)) < 0.5, "p1", "p2"),
            "work_date": day,
            "known_week_date": FIRST_MONDAY + pd.to_timedelta((frame["week"] + 1) * 7, unit="D"),
            "worked_hours": 8 + rng.integers(-4, 5, len(frame)) / 4,
            "onsite_hours": 0.0,
            "entry_count": 1,
            "is_assumed": False,
        }
    )


def entry(person: str, week: int, weekday: int, hours: float, **given: Any) -> pd.DataFrame:
    """Return one entry, filed the week after unless told otherwise."""
    row = {
        "person_id": person,
        "project_id": "p1",
        "work_date": monday(week) + pd.Timedelta(days=weekday),
        "known_week_date": monday(week + 1),
        "worked_hours": hours,
        "onsite_hours": 0.0,
        "entry_count": 1,
        "is_assumed": False,
    }
    return pd.DataFrame([{**row, **given}])


@dataclass(frozen=True)
class Firm:
    """The firm's entries and lists; ``frames`` makes the marts of them."""

    entries: pd.DataFrame
    people: pd.DataFrame
    projects: pd.DataFrame
    trips: pd.DataFrame
    change_requests: pd.DataFrame
    leave_days: pd.DataFrame
    holidays: tuple[tuple[str, str], ...] = field(default=())

    def plus(self, *entries: pd.DataFrame) -> Firm:
        """Return the firm with further entries."""
        return replace(self, entries=pd.concat([self.entries, *entries], ignore_index=True))

    def without(self, person: str, *weeks: int) -> Firm:
        """Return the firm in which a person filed nothing for these weeks."""
        week = (self.entries["work_date"] - FIRST_MONDAY).dt.days // 7
        return replace(self, entries=self.entries.loc[~(self.entries["person_id"].eq(person) & week.isin(weeks))])

    def with_trips(self, *trips: tuple[str, pd.Timestamp, pd.Timestamp, str]) -> Firm:
        """Return the firm with trips (person, departs, returns, country), known two days after the return."""
        rows = [
            (who, first, last, last + pd.Timedelta(days=2), country, None, "", False)
            for who, first, last, country in trips
        ]
        return replace(self, trips=pd.DataFrame(rows, columns=list(self.trips.columns)))

    def frames(self) -> AnomalyFrames:
        """Return the marts."""
        return AnomalyFrames(
            person_days=_sums(self.entries, ["person_id", "work_date", "known_week_date"]),
            person_project_weeks=_sums(
                _with_week(self.entries), ["person_id", "project_id", "week_start_date", "known_week_date"]
            ),
            person_weeks=_person_weeks(self),
            people=self.people,
            projects=self.projects,
            trips=self.trips,
            change_requests=self.change_requests,
            leave_days=self.leave_days,
            calendar_days=_calendar(self.holidays),
        )

    def found(self, as_of_date: date = AS_OF) -> pd.DataFrame:
        """Return the anomalies."""
        return find_anomalies(self.frames(), as_of_date)


def firm(entries: pd.DataFrame | None = None, people: tuple[str, ...] = PEOPLE) -> Firm:
    """Return a firm of six people in two teams at home in Germany, with two running projects."""
    return Firm(
        entries=ordinary_entries(people=people) if entries is None else entries,
        people=pd.DataFrame(
            {
                "person_id": list(people),
                "team_name": [TEAMS.get(person, "north") for person in people],
                "home_city": "Berlin",
                "home_country": "DE",
                "weekly_hours": 40.0,
            }
        ),
        projects=pd.DataFrame(
            {
                "project_id": ["p1", "p2"],
                "status": ["active", "active"],
                "actual_finish_date": pd.Series([None, None], dtype="datetime64[us]"),
                "site_city": ["Hamburg", "Berlin"],
                "site_country": ["DE", "DE"],
                "is_assumed": False,
            }
        ),
        trips=pd.DataFrame(columns=[*TRIP_COLUMNS, "destination_city", "is_assumed"]).astype(
            dict.fromkeys(TRIP_COLUMNS[1:4], "datetime64[us]")
        ),
        change_requests=pd.DataFrame(columns=REQUEST_COLUMNS).astype(
            dict.fromkeys(["raised_at", "decided_at", "known_date"], "datetime64[us]")
        ),
        leave_days=pd.DataFrame(
            {"person_id": pd.Series(dtype="str"), "leave_date": pd.Series(dtype="datetime64[us]"), "leave_hours": []}
        ),
    )


def _with_week(entries: pd.DataFrame) -> pd.DataFrame:
    day = entries["work_date"]
    return entries.assign(week_start_date=day - pd.to_timedelta(day.dt.day_of_week, unit="D"))


def _sums(entries: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    measures = {"worked_hours": "sum", "onsite_hours": "sum", "entry_count": "sum", "is_assumed": "max"}
    return entries.groupby(by, as_index=False).agg(measures)


def _person_weeks(given: Firm) -> pd.DataFrame:
    filed = _sums(_with_week(given.entries), ["person_id", "week_start_date", "known_week_date"])
    spans = filed.groupby("person_id")["week_start_date"].min()
    last = filed["week_start_date"].max()
    spine = [(who, week) for who, first in spans.items() for week in pd.date_range(first, last, freq="7D")]
    weeks = pd.DataFrame(spine, columns=["person_id", "week_start_date"]).astype(
        {"week_start_date": filed["week_start_date"].dtype}
    )
    leave = given.leave_days.rename(columns={"leave_date": "work_date"})
    on_leave = _with_week(leave).groupby(["person_id", "week_start_date"]).size().rename("leave_days_count")
    joined = weeks.merge(filed, on=["person_id", "week_start_date"], how="left", validate="one_to_many").join(
        on_leave, on=["person_id", "week_start_date"]
    )
    is_filed = joined["known_week_date"].notna()
    leave_days = joined["leave_days_count"].fillna(0)
    state = np.select([is_filed, leave_days.ge(5)], ["filed", "on_leave"], "missing")
    return joined.assign(
        known_week_date=joined["known_week_date"].fillna(joined["week_start_date"] + pd.Timedelta(days=7)),
        state=state,
        entry_count=joined["entry_count"].fillna(0).astype("int64"),
        workdays_count=5,
        leave_days_count=leave_days.astype("int64"),
        expected_hours=40.0,
        is_assumed=joined["is_assumed"].astype("boolean").fillna(value=False).astype(bool),
    )


def _calendar(holidays: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    days = pd.date_range(FIRST_MONDAY - pd.Timedelta(days=400), FIRST_MONDAY + pd.Timedelta(days=800))
    steps = pd.MultiIndex.from_product([["", "DE", "FR", "CN"], days], names=["country", "calendar_date"])
    frame = steps.to_frame(index=False)
    named = pd.MultiIndex.from_tuples([(country, pd.Timestamp(day)) for country, day in holidays] or [("", pd.NaT)])
    is_holiday = pd.MultiIndex.from_frame(frame[["country", "calendar_date"]]).isin(named)
    is_weekend = frame["calendar_date"].dt.day_of_week.ge(5).to_numpy()
    kind = np.select([is_holiday, is_weekend], ["holiday", "weekend"], "work")
    return frame.assign(day_kind=kind, is_workday=kind == "work", is_provisional=False)
