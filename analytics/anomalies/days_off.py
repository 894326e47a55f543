"""Hours on days of leave and on public holidays of the place of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import HOURS_ON_HOLIDAY, HOURS_ON_LEAVE
from analytics.anomalies.frames import places, text_of
from analytics.anomalies.places import calendars_of
from analytics.anomalies.robust import is_usual, other_share
from analytics.anomalies.rows import PAST_SHARE, anomalies, no_anomalies, person_names
from analytics.anomalies.work_place import holidays_of_work_place
from analytics.workload.grid import day_numbers, floats_of

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known
    from analytics.anomalies.places import Calendars
    from analytics.workload.grid import Flags, Floats, Whole

#: A whole day of work where the contract does not say longer.
_DAY_HOURS = 8.0
#: Leave of this many hours is a whole day (35-hour contracts have days of seven).
_WHOLE_LEAVE_HOURS = 7.0
#: From this share of a country's people on (and this many), a holiday is no holiday of this firm.
_CALENDAR_SHARE = 1 / 3
_CALENDAR_PEOPLE = 5


def hours_on_leave(known: Known) -> pd.DataFrame:
    """Return the leave days with more hours than the rest of the day, unless that is what the person always does."""
    leave = _leave(known)
    if leave.empty or known.days.empty:
        return no_anomalies()
    place, has_hours = keys.find(known.days["key"].to_numpy(), leave["key"].to_numpy())
    hours = np.where(has_hours, floats_of(known.days["hours"])[place], 0.0)
    is_over = has_hours & (hours > leave["rest_hours"].to_numpy() + HOURS_ON_LEAVE.threshold)
    own = leave["person"].to_numpy()
    hits, occasions = np.bincount(own, weights=is_over)[own], np.bincount(own, minlength=1).astype(np.float64)[own]
    told = is_over & ~is_usual(hits, occasions)
    person, day = leave["person"].to_numpy()[told], leave["day"].to_numpy()[told]
    is_whole = leave["rest_hours"].to_numpy()[told] < 1
    cause = np.where(is_whole & (hours[told] >= _DAY_HOURS * 0.75), "leave_not_taken", "leave_partly_worked")
    return anomalies(
        HOURS_ON_LEAVE,
        (day, day),
        {
            **person_names(known, person),
            "value": hours[told],
            "usual_low": 0.0,
            "usual_high": leave["rest_hours"].to_numpy()[told] + HOURS_ON_LEAVE.threshold,
            "unusual_score": other_share(hits, occasions)[told],
            "score_kind": PAST_SHARE,
            "likely_cause": cause,
            "remedy": "ask_person",
            "is_assumed": known.days["is_assumed"].to_numpy()[place[told]],
        },
    )


def _leave(known: Known) -> pd.DataFrame:
    """Leave on workdays of home: ``key``, ``person``, ``day`` and the ``rest_hours`` left to work."""
    rows = known.frames.leave_days
    person, day = places(known.person_ids, rows["person_id"]), day_numbers(rows["leave_date"])
    kept = (person >= 0) & rows["leave_date"].notna().to_numpy() & (day <= known.as_of_day)
    person, day = person[kept], day[kept]
    calendars = calendars_of(known.frames.calendar_days)
    is_workday = calendars.is_workday(calendars.code(known.people["home_country"])[person], day)
    weekly = np.nan_to_num(floats_of(known.people["weekly_hours"]), nan=0.0)[person]
    length = floats_of(rows["leave_hours"])[kept]
    whole = np.isnan(length) | (length >= _WHOLE_LEAVE_HOURS)
    rest = np.where(whole, 0.0, np.maximum(_DAY_HOURS, weekly / 5) - np.nan_to_num(length))
    frame = pd.DataFrame({"key": keys.day_key(person, day), "person": person, "day": day, "rest_hours": rest})
    return frame.loc[is_workday].sort_values(["key", "rest_hours"]).drop_duplicates("key").reset_index(drop=True)


def hours_on_holiday(known: Known) -> pd.DataFrame:
    """Return worked public holidays: by person, or by country where so many work that the calendar must differ."""
    calendars = calendars_of(known.frames.calendar_days)
    if known.days.empty or not calendars.kinds.size:
        return no_anomalies()
    home = calendars.code(known.people["home_country"])
    rows = _worked_holidays(known, calendars, home)
    hits = np.bincount(rows["person"], minlength=len(known.person_ids)).astype(np.float64)
    occasions = np.maximum(_holiday_counts(known, calendars, home), hits)
    is_shared = _is_shared(known, rows, home)
    person = rows["person"].to_numpy()
    own = rows.loc[~is_shared & ~is_usual(hits, occasions)[person]]
    return pd.concat([_of_people(known, own, other_share(hits, occasions)), _of_country(rows.loc[is_shared])])


def _worked_holidays(known: Known, calendars: Calendars, home: Whole) -> pd.DataFrame:
    days = known.days
    is_off, on_trip = holidays_of_work_place(known, calendars, home)
    kept = is_off & (floats_of(days["hours"]) > HOURS_ON_HOLIDAY.threshold)
    person = days["person"].to_numpy()[kept]
    rows = days.loc[kept].assign(on_trip=on_trip[kept], home=home[person])
    rows = rows.assign(country=calendars.countries.to_numpy(dtype=object)[rows["home"].to_numpy()])
    return rows.loc[~_is_at_open_site(known, calendars, rows)].reset_index(drop=True)


def _is_at_open_site(known: Known, calendars: Calendars, rows: pd.DataFrame) -> Flags:
    """Whether a day without a trip was on site in a week on site in a country where it was no holiday."""
    onsite = rows.loc[rows["onsite_hours"].gt(0) & ~rows["on_trip"], ["key", "person", "day"]]
    onsite = onsite.assign(week=keys.monday(onsite["day"].to_numpy()))
    weeks = known.project_weeks.loc[known.project_weeks["onsite_hours"].gt(0), ["person", "week", "project"]]
    sites = known.frames.projects.drop_duplicates("project_id").set_index("project_id")["site_country"]
    joined = onsite.merge(weeks, on=["person", "week"], how="inner", validate="many_to_many")
    country = text_of(sites.reindex(known.project_ids)).to_numpy()[joined["project"].to_numpy()]
    code = calendars.code(pd.Series(country))
    is_open = (code >= 0) & ~calendars.is_holiday(code, joined["day"].to_numpy())
    flags: Flags = rows["key"].isin(joined.loc[is_open, "key"]).to_numpy()
    return flags


def _holiday_counts(known: Known, calendars: Calendars, home: Whole) -> Floats:
    """For each person the public holidays of home, Monday to Friday, in weeks that were filed."""
    filed = known.weeks.loc[known.weeks["is_filed"], ["person", "week"]]
    person, week = filed["person"].to_numpy(), filed["week"].to_numpy()
    count = np.zeros(len(person))
    for step in range(5):
        count += calendars.is_holiday(home[person], week + step)
    counts: Floats = np.bincount(person, weights=count, minlength=len(known.person_ids)).astype(np.float64)
    return counts


def _is_shared(known: Known, rows: pd.DataFrame, home: Whole) -> Flags:
    """Whether a third of the country's people who filed that week worked on the day."""
    week = keys.monday(rows["day"].to_numpy())
    filed = known.weeks.loc[known.weeks["is_filed"], ["person", "week"]]
    filed = filed.loc[filed["week"].isin(np.unique(week))]
    present = filed.groupby([home[filed["person"].to_numpy()], filed["week"].to_numpy()]).size()
    there = present.reindex(pd.MultiIndex.from_arrays([rows["home"], week])).fillna(0).to_numpy()
    worked = rows.groupby(["home", "day"])["person"].transform("size").to_numpy()
    shared: Flags = (worked >= _CALENDAR_PEOPLE) & (worked >= there * _CALENDAR_SHARE) & (rows["home"] >= 0).to_numpy()
    return shared


def _of_people(known: Known, rows: pd.DataFrame, share: Floats) -> pd.DataFrame:
    person, day = rows["person"].to_numpy(), rows["day"].to_numpy()
    is_unseen = rows["onsite_hours"].gt(0) & ~rows["on_trip"]
    return anomalies(
        HOURS_ON_HOLIDAY,
        (day, day),
        {
            **person_names(known, person),
            "value": rows["hours"].to_numpy(),
            "usual_low": 0.0,
            "usual_high": HOURS_ON_HOLIDAY.threshold,
            "unusual_score": share[person],
            "score_kind": PAST_SHARE,
            "likely_cause": np.where(is_unseen, "site_calendar_missing", "holiday_worked"),
            "remedy": np.where(is_unseen, "add_trip", "ask_person"),
            "is_assumed": rows["is_assumed"].to_numpy(),
        },
    )


def _of_country(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per country and year: a calendar that differs does so on many days."""
    year = rows["day"].to_numpy(dtype=np.int64).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    found = (
        rows.assign(year=year)
        .groupby(["country", "year"], as_index=False)
        .agg(
            first=("day", "min"),
            last=("day", "max"),
            hours=("hours", "sum"),
            people=("person", "size"),
            is_assumed=("is_assumed", "max"),
        )
    )
    return anomalies(
        HOURS_ON_HOLIDAY,
        (found["first"].to_numpy(), found["last"].to_numpy()),
        {
            "country": found["country"].to_numpy(),
            "value": found["hours"].to_numpy(),
            "usual_low": 0.0,
            "usual_high": HOURS_ON_HOLIDAY.threshold * found["people"].to_numpy(),
            "score_kind": PAST_SHARE,
            "unusual_score": np.nan,
            "likely_cause": "calendar_differs",
            "remedy": "check_calendar",
            "person_weeks_count": found["people"].to_numpy(),
            "is_assumed": found["is_assumed"].to_numpy(dtype=bool),
        },
    )
