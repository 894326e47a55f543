"""How loud the index is on real hours; the table is printed with ``pytest -s``.

The time log records task time only (some eleven hours a week), so it can't prove recall: it shows false alarms.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from analytics.workload.strain.assess import strain_weeks
from analytics.workload.strain.frames import StrainFrames
from tests.analytics.workload.strain.helpers import SETTINGS, handled, reports_of, requests_of
from tests.shared import needs_shared, shared_folder

SOURCE = "cesaw_tsp"
MAX_WATCH_SHARE = 0.025

pytestmark = [needs_shared, pytest.mark.shared]


def time_log() -> pd.DataFrame:
    days = pd.read_parquet(shared_folder() / "datasets" / "open" / "timesheet_daily.parquet")
    own = days.loc[days["source"].eq(SOURCE)]
    return own.assign(person_id=own["org"] + "-" + own["person_id"].astype("str"))


def mondays(dates: pd.Series) -> pd.Series:
    found: pd.Series = dates - pd.to_timedelta(dates.dt.day_of_week, unit="D")
    return found


def person_days(log: pd.DataFrame) -> pd.DataFrame:
    found = log.groupby(["person_id", "work_date"], as_index=False).agg(
        worked_hours=("hours", "sum"), first_started_at=("first_start", "min"), last_ended_at=("last_end", "max")
    )
    return found.assign(
        known_week_date=mondays(found["work_date"]), travel_hours=0.0, onsite_hours=0.0, entry_count=1, is_assumed=False
    )


def person_weeks(days: pd.DataFrame) -> pd.DataFrame:
    """Expect everybody from the first to the last week; the source knows neither leave nor contracts."""
    by_week = days.assign(week_start_date=mondays(days["work_date"])).groupby(["person_id", "week_start_date"])
    sums = by_week.agg(worked_hours=("worked_hours", "sum"), worked_days_count=("work_date", "size"))
    spans = days.groupby("person_id")["work_date"].agg(["min", "max"])
    keys = pd.MultiIndex.from_tuples(
        [
            (person, week)
            for person, span in spans.iterrows()
            for week in pd.date_range(span["min"] - pd.Timedelta(days=span["min"].weekday()), span["max"], freq="7D")
        ],
        names=["person_id", "week_start_date"],
    )
    weeks = sums.reindex(keys).reset_index()
    is_filed = weeks["worked_hours"].notna()
    return weeks.assign(
        known_week_date=weeks["week_start_date"],
        state=np.where(is_filed, "filed", "missing"),
        workdays_count=5,
        leave_days_count=0,
        leave_hours=0.0,
        expected_hours=np.nan,
        onsite_hours=0.0,
        travel_hours=0.0,
        weekend_hours=0.0,
        worked_days_count=weeks["worked_days_count"].fillna(0),
        entry_count=is_filed.astype("int64"),
        is_assumed=False,
    )


def frames(log: pd.DataFrame) -> StrainFrames:
    days = person_days(log)
    ids = sorted(days["person_id"].unique())
    no_dates = pd.Series(dtype="datetime64[us]")
    booked = log.assign(week_start_date=mondays(log["work_date"]))
    projects = sorted(log["project_id"].astype("str").unique())
    return StrainFrames(
        person_weeks=person_weeks(days),
        person_days=days,
        person_project_weeks=booked.assign(
            project_id=booked["project_id"].astype("str"),
            known_week_date=booked["week_start_date"],
            worked_hours=booked["hours"],
        ),
        trips=pd.DataFrame(
            {"person_id": pd.Series(dtype="str"), "departed_date": no_dates, "returned_date": no_dates}
        ).assign(known_date=no_dates, destination_country=pd.Series(dtype="str")),
        people=pd.DataFrame({"person_id": ids, "home_country": None, "time_zone": None}),
        calendar_days=pd.DataFrame({"country": pd.Series(dtype="str"), "calendar_date": no_dates}).assign(
            is_workday=False, is_provisional=False, is_statutory=False
        ),
        leave_days=pd.DataFrame(
            {"person_id": pd.Series(dtype="str"), "leave_date": no_dates, "leave_hours": pd.Series(dtype="float64")}
        ),
        projects=pd.DataFrame({"project_id": projects, "client_name": None}).assign(
            baseline_finish_date=pd.Series(pd.NaT, index=range(len(projects)), dtype="datetime64[us]"),
            go_live_date=pd.Series(pd.NaT, index=range(len(projects)), dtype="datetime64[us]"),
        ),
        change_requests=requests_of(),
        status_reports=reports_of(),
        request_days=handled(),
        country_zones=pd.DataFrame({"country": [], "time_zone": []}),
        zone_offsets=pd.DataFrame({"time_zone": [], "day": no_dates, "offset_hours": []}),
    )


def test_few_weeks_of_real_people_are_on_watch() -> None:
    log = time_log()
    rows = strain_weeks(frames(log), SETTINGS, log["work_date"].max().date())
    told = rows.loc[rows["level"].ne("NO DATA")]
    shares = told["level"].value_counts(normalize=True)
    sys.stdout.write(
        f"\nCESAW: {len(rows)} person-weeks of {rows['person_id'].nunique()} people, {len(told)} with data; "
        f"WATCH {shares['WATCH']:.2%}, HIGH {shares['HIGH']:.2%}\n{rows['reason'].value_counts().to_string()}\n"
    )
    assert len(told) > 500
    assert shares["WATCH"] + shares["HIGH"] <= MAX_WATCH_SHARE
