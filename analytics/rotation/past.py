"""Where people were before the plan: nights by week, the project of the last week, days that a counter counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.rotation.frames import PAST_WEEKS, Remark, records, weeks_of
from analytics.rotation.presence import Counter, StayLimit
from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.frames import RotationFrames
    from analytics.rotation.problem import Flags, Floats, Ints
    from analytics.rotation.settings import RotationSettings

#: A trip that is longer than this and not over was never closed.
_LONGEST_OPEN_DAYS = 182
#: Day of a week that begins on Monday, 0.
_SUNDAY = 6


@dataclass(frozen=True)
class Past:
    """E × 12 nights of the weeks before the plan, which of them were away, and where the last one was spent.

    The night of a Sunday is one of its week, but makes no week away: it is for the week that follows.
    """

    nights: Floats
    is_away: Flags
    previous_project: Ints
    was_onsite: Flags


def usable_trips(trips: pd.DataFrame, first: pd.Timestamp, as_of: pd.Timestamp) -> tuple[pd.DataFrame, list[Remark]]:
    """Return trips with an end: one that was never closed lasts until the day of the plan, and is told."""
    departed, returned = pd.to_datetime(trips["departed_date"]), pd.to_datetime(trips["returned_date"])
    long = (returned - departed).dt.days > _LONGEST_OPEN_DAYS
    is_open = departed.le(as_of) & (returned.isna() | (long & returned.gt(as_of)))
    remarks = [
        Remark("trip_never_ended", str(person), f"{day:%Y-%m-%d}")
        for person, day in sorted(zip(trips.loc[is_open, "person_id"], departed[is_open], strict=True))
    ]
    ended = returned.mask(is_open, as_of)
    kept = trips.assign(departed_date=departed, returned_date=ended.where(ended.le(first), first))
    return kept[departed.notna() & ended.notna() & departed.lt(first)], remarks


def make_past(
    frames: RotationFrames,
    trips: pd.DataFrame,
    people: dict[str, int],
    projects: dict[str, int],
    nights_there: Floats,
    first: pd.Timestamp,
) -> Past:
    """Return the past by trips; a week on site of the roster without a trip counts as nights there, too."""
    nights, is_away = np.zeros((len(people), PAST_WEEKS)), np.zeros((len(people), PAST_WEEKS), dtype=bool)
    known = trips[trips["person_id"].isin(list(people))]
    for person, start, end in zip(known["person_id"], known["departed_date"], known["returned_date"], strict=True):
        days = np.arange((start - first).days, (end - first).days)
        week = np.floor_divide(days, 7) + PAST_WEEKS
        is_past = (week >= 0) & (week < PAST_WEEKS)
        nights[people[person]] += np.bincount(week[is_past], minlength=PAST_WEEKS)
        is_away[people[person], week[is_past & (days % 7 < _SUNDAY)]] = True
    nights = np.minimum(nights, 7.0)
    last = one_project_a_week(frames.roster, people, projects, first, range(-PAST_WEEKS, 0))
    row, week = np.nonzero(last.project != NONE)
    onsite = ~last.is_remote[row, week]
    row, week = row[onsite], week[onsite]
    nights[row, week] = np.maximum(nights[row, week], nights_there[row, last.project[row, week]])
    is_away[row, week] |= nights_there[row, last.project[row, week]] > 0
    previous = last.project[:, -1].copy()
    by_trip = known[known["returned_date"].gt(first - pd.Timedelta(weeks=1))]
    for person, project in zip(by_trip["person_id"], by_trip["project_id"], strict=True):
        if project in projects and previous[people[person]] == NONE:
            previous[people[person]] = projects[project]
    was_onsite = is_away[:, -1] | ((last.project[:, -1] != NONE) & ~last.is_remote[:, -1])
    return Past(nights, is_away, previous, was_onsite & (previous != NONE))


@dataclass(frozen=True)
class RosterWeeks:
    """E × W project of the roster (the one with most hours), whether from home, and where there were several."""

    project: Ints
    is_remote: Flags
    is_double: Flags


def one_project_a_week(
    roster: pd.DataFrame, people: dict[str, int], projects: dict[str, int], first: pd.Timestamp, weeks: range
) -> RosterWeeks:
    """Return the roster as one project a week."""
    shape = (len(people), len(weeks))
    made = RosterWeeks(np.full(shape, NONE, dtype=np.int64), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool))
    rows = roster.assign(
        person=roster["person_id"].map(people),
        project=roster["project_id"].map(projects),
        week=weeks_of(roster["week_start_date"], first),
        hours=roster["planned_hours"].astype("float64").fillna(1.0),
        onsite=roster["is_onsite"].astype("boolean").fillna(value=False).astype(bool),
    )
    rows = rows[rows["person"].notna() & rows["project"].notna() & rows["week"].isin(list(weeks)) & rows["hours"].gt(0)]
    rows = rows.sort_values(["person", "week", "hours", "onsite", "project"], kind="stable")
    person, week = rows["person"].to_numpy(dtype=np.int64), rows["week"].to_numpy(dtype=np.int64) - weeks.start
    project, onsite = rows["project"].to_numpy(dtype=np.int64), rows["onsite"].to_numpy(dtype=bool)
    # The last row of a person and week wins: it has the most hours.
    made.project[person, week] = project
    made.is_remote[person, week] = ~onsite
    sites = np.zeros(shape, dtype=np.int64)
    np.add.at(sites, (person[onsite], week[onsite]), 1)
    made.is_double[:] = sites > 1
    return made


def stay_limits(
    frames: RotationFrames,
    trips: pd.DataFrame,
    people: dict[str, int],
    countries: list[str],
    counters: dict[str, Counter],
) -> tuple[list[StayLimit], list[Remark]]:
    """Return the counters of people with the days that were spent, entry and exit counted."""
    found, remarks = [], []
    for row in records(frames.stay_limits):
        person, key = str(row["person_id"]), str(row["counter"]).lower()
        if key not in counters:
            remarks.append(Remark("counter_unknown", person, key))
        if person not in people or key not in counters:
            continue
        counter = counters[key]
        first_day = _ordinal(row["valid_from_date"], 1)
        last_day = _ordinal(row["valid_until_date"], pd.Timestamp("9999-12-31").toordinal())
        own = trips[trips["person_id"] == person]
        unknown = own["destination_country"].fillna("").eq("")
        remarks += [
            Remark("border_day_unknown", person, f"{day:%Y-%m-%d}") for day in own.loc[unknown, "departed_date"]
        ]
        counted = own[own["destination_country"].isin(counter.countries)]
        days = [
            day
            for start, end in zip(counted["departed_date"], counted["returned_date"], strict=True)
            for day in range(start.toordinal(), end.toordinal() + 1)
            if first_day <= day <= last_day
        ]
        is_counted = np.array([country in counter.countries for country in countries], dtype=bool)
        past = np.array(sorted(set(days)), dtype=np.int64)
        found.append(StayLimit(people[person], counter, is_counted, past, first_day, last_day))
    return found, remarks


def _ordinal(value: object, default: int) -> int:
    return default if pd.isna(value) else int(pd.Timestamp(value).toordinal())  # type: ignore[call-overload, arg-type]


def nights_a_week(km: Floats, is_abroad: Flags, settings: RotationSettings) -> Floats:
    """Return nights away of a week on site by distance: none near home, weekends at home up to a limit."""
    far = np.where(is_abroad, settings("nights", "overseas"), settings("nights", "far"))
    commuter = np.where(km < settings("nights", "commuter_km"), settings("nights", "commuter"), far)
    return np.where(km < settings("nights", "local_km"), 0.0, commuter)
