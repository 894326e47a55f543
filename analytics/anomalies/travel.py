"""Trips without hours, and weeks on site without a trip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import ONSITE_WITHOUT_TRIP, TRIP_WITHOUT_HOURS
from analytics.anomalies.frames import LAG_QUANTILE, places, text_of
from analytics.anomalies.places import calendars_of, trip_days, trips_known
from analytics.anomalies.robust import is_usual, other_share
from analytics.anomalies.rows import PAST_SHARE, anomalies, no_anomalies, person_names
from analytics.workload.grid import day_numbers

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Flags

#: So many other weeks on site elsewhere ...
_LEAST_WEEKS = 4
#: ... of which this share had a trip: then a trip belongs to a week on site.
_TRIP_SHARE = 0.7
#: So many weeks on one project and never a trip: it is around the corner, whatever the city is called.
_NEVER_WEEKS = 6

#: Stays on site last months, and are filed when they are over.
_LONGEST_TRIP_LAG_DAYS = 26 * 7


def trips_without_hours(known: Known) -> pd.DataFrame:
    """Return the trips of people who file, over two or more workdays, on which nothing at all is booked."""
    trips = trips_known(known)
    filed = np.bincount(known.weeks.loc[known.weeks["is_filed"], "person"], minlength=len(known.person_ids))
    person = trips["person"].to_numpy(dtype=np.int64)
    last_due = keys.monday(trips["last"].to_numpy(dtype=np.int64)) + 7 + known.lag_days[person]
    trips = trips.loc[(filed[person] > 0) & (last_due <= known.this_monday)].reset_index(drop=True)
    if trips.empty:
        return no_anomalies()
    facts = _trip_facts(known, trips)
    person = trips["person"].to_numpy()
    is_empty = (facts["workdays"].ge(TRIP_WITHOUT_HOURS.threshold) & ~facts["has_hours"]).to_numpy()
    hits, occasions = np.bincount(person, weights=is_empty)[person], np.bincount(person).astype(np.float64)[person]
    told = is_empty & ~is_usual(hits, occasions)
    found = trips.assign(
        score=other_share(hits, occasions), workdays=facts["workdays"], weeks_filed=facts["weeks_filed"]
    )
    found = found.loc[told].drop_duplicates(["person", "first"], keep="last")
    person = found["person"].to_numpy()
    is_filed = found["weeks_filed"].gt(0).to_numpy()
    weeks_count = (keys.monday(found["last"].to_numpy()) - keys.monday(found["first"].to_numpy())) // 7 + 1
    return anomalies(
        TRIP_WITHOUT_HOURS,
        (found["first"].to_numpy(), found["last"].to_numpy()),
        {
            **person_names(known, person),
            "value": found["workdays"].to_numpy(dtype="float64"),
            "usual_low": 0.0,
            "usual_high": TRIP_WITHOUT_HOURS.threshold - 1,
            "unusual_score": found["score"].to_numpy(),
            "score_kind": PAST_SHARE,
            "likely_cause": np.where(is_filed, "trip_not_made", "hours_not_filed"),
            "remedy": np.where(is_filed, "ask_person", "import_missing_week"),
            "person_weeks_count": weeks_count,
            "is_assumed": found["is_assumed"].to_numpy(dtype=bool),
        },
    )


def _trip_facts(known: Known, trips: pd.DataFrame) -> pd.DataFrame:
    """For each trip: its workdays without leave, whether anything is booked, and its workdays in filed weeks."""
    days = trip_days(trips)
    trip, day = days["trip"].to_numpy(), days["day"].to_numpy()
    calendars = calendars_of(known.frames.calendar_days)
    home = calendars.code(known.people["home_country"])[trips["person"].to_numpy()]
    is_workday = calendars.is_workday(home[trip], day) & calendars.is_workday(
        calendars.code(trips["country"])[trip], day
    )
    leave = known.frames.leave_days
    on_leave = np.unique(keys.day_key(places(known.person_ids, leave["person_id"]), day_numbers(leave["leave_date"])))
    is_workday &= ~keys.find(on_leave, days["key"].to_numpy())[1]
    has_hours = keys.find(known.days["key"].to_numpy(), days["key"].to_numpy())[1]
    weeks = known.weeks.loc[known.weeks["is_filed"], "key"].to_numpy()
    is_filed = keys.find(weeks, keys.day_key(trips["person"].to_numpy()[trip], keys.monday(day)))[1]
    facts = pd.DataFrame(
        {"workdays": is_workday, "has_hours": has_hours, "weeks_filed": is_filed & is_workday}
    ).groupby(trip)
    return facts.agg({"workdays": "sum", "has_hours": "max", "weeks_filed": "sum"})


def onsite_without_trips(known: Known) -> pd.DataFrame:
    """Return the runs of weeks on site in another city without a trip, where a trip belongs to such weeks."""
    trips = trips_known(known)
    if trips.empty:
        return no_anomalies()
    weeks = _with_expected_trip(_onsite_weeks(known, trips))
    told = weeks.loc[~weeks["has_trip"] & weeks["is_expected"]].sort_values(["person", "project", "week"])
    group = keys.day_key(told["person"].to_numpy(), told["project"].to_numpy())
    told = told.assign(run=keys.runs(group, told["week"].to_numpy(), longest_step=7))
    found = told.groupby("run", as_index=False).agg(
        person=("person", "first"),
        project=("project", "first"),
        first=("week", "min"),
        last=("week", "max"),
        weeks=("week", "size"),
        hours=("onsite_hours", "sum"),
        share=("missing_share", "max"),
        is_assumed=("is_assumed", "max"),
    )
    return anomalies(
        ONSITE_WITHOUT_TRIP,
        (found["first"].to_numpy(), found["last"].to_numpy() + 6),
        {
            **person_names(known, found["person"].to_numpy()),
            "project_id": known.project_ids.to_numpy(dtype=object)[found["project"].to_numpy()],
            "value": found["hours"].to_numpy(),
            "usual_low": 0.0,
            "usual_high": ONSITE_WITHOUT_TRIP.threshold,
            "unusual_score": found["share"].to_numpy(),
            "score_kind": PAST_SHARE,
            "likely_cause": np.where(found["weeks"].gt(1), "trips_not_imported", "trip_not_filed"),
            "remedy": "add_trip",
            "person_weeks_count": found["weeks"].to_numpy(),
            "is_assumed": found["is_assumed"].to_numpy(dtype=bool),
        },
    )


def _onsite_weeks(known: Known, trips: pd.DataFrame) -> pd.DataFrame:
    """Weeks on site outside the home city, old enough for their trips to be known.

    ``is_away``: both cities are known, and differ.
    """
    rows = known.project_weeks
    rows = rows.loc[rows["onsite_hours"].ge(ONSITE_WITHOUT_TRIP.threshold) & _is_trip_due(known, trips)]
    person, project = rows["person"].to_numpy(), rows["project"].to_numpy()
    sites = known.frames.projects.drop_duplicates("project_id").set_index("project_id")["site_city"]
    site = text_of(sites.reindex(known.project_ids)).str.casefold().to_numpy(dtype=object)[project]
    home = known.people["home_city"].str.casefold().to_numpy(dtype=object)[person]
    days = trip_days(trips)
    away = keys.monday(days["day"].to_numpy())
    with_trip = np.unique(keys.day_key(trips["person"].to_numpy(dtype=np.int64)[days["trip"].to_numpy()], away))
    has_trip = keys.find(with_trip, keys.day_key(person, rows["week"].to_numpy()))[1]
    is_local: Flags = (site == home) & (site != "")
    rows = rows.assign(has_trip=has_trip, is_away=(site != "") & (home != "") & (site != home))
    return rows.loc[~is_local]


def _is_trip_due(known: Known, trips: pd.DataFrame) -> Flags:
    """Whether the trip of each week of ``project_weeks`` should be known by now.

    A trip is filed when it is over: the lag is that of its first week. In newer weeks the person may still be away, so
    only the log speaks that goes on, with a later trip of the person, or has been silent for long.
    """
    lag = (trips["known"] - keys.monday(trips["first"].to_numpy()) - 7).clip(0, _LONGEST_TRIP_LAG_DAYS)
    age = known.as_of_day - known.project_weeks["week"].to_numpy() - 7
    last_departure = trips.groupby("person")["first"].max().reindex(known.project_weeks["person"]).to_numpy()
    goes_on = last_departure > known.project_weeks["week"].to_numpy() + 6
    due: Flags = (age >= float(lag.quantile(LAG_QUANTILE))) & (goes_on | (age >= _LONGEST_TRIP_LAG_DAYS))
    return due


def _with_expected_trip(weeks: pd.DataFrame) -> pd.DataFrame:
    """Add ``is_expected`` (a trip belongs to this week) and ``missing_share`` of the other weeks without one."""
    away = weeks.loc[weeks["is_away"]]
    own = away.groupby("person")["has_trip"].agg(["size", "sum"]).reindex(weeks["person"]).fillna(0).to_numpy()
    here = weeks.groupby(["person", "project"])["has_trip"].transform
    size, hits = here("size").to_numpy(), here("sum").to_numpy()
    is_away = weeks["is_away"].to_numpy()
    others = np.where(is_away, own[:, 0], size) - 1
    with_trip = np.where(is_away, own[:, 1], hits)
    share = with_trip / np.maximum(others, 1)
    is_never = (hits == 0) & (size >= _NEVER_WEEKS)
    is_expected = (others >= _LEAST_WEEKS) & (share >= _TRIP_SHARE) & ~is_never
    return weeks.assign(is_expected=is_expected, missing_share=np.clip(1 - share, 0, 1))
