"""How loud each check is on real hours; the table is printed with ``pytest -s``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import holidays
import pandas as pd
import pytest

from analytics.anomalies.checks import TOO_LOUD_SHARE
from analytics.anomalies.find import find_anomalies
from analytics.anomalies.rates import check_rates
from tests.analytics.anomalies.world import Firm, firm
from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from analytics.anomalies.frames import AnomalyFrames

#: The source names no country; its organisations are mostly in the United States. Where not, holidays are told wrongly:
#: the rate of that check is an upper bound.
COUNTRY = "US"
#: Days over 24 h are known faults of the source; what a check says of them is no false alarm.
CLEAN_DAY_HOURS = 24
#: Project 612's organisation and so on: each organisation is a source of its own, with its own past.
SOURCE = "cesaw_tsp"

pytestmark = [needs_shared, pytest.mark.shared]


def cesaw_organisation(days: pd.DataFrame) -> Firm:
    """Return one organisation as a firm whose teams are its projects and which files each week the week after."""
    day = days["work_date"].astype("datetime64[us]")
    week = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    entries = pd.DataFrame(
        {
            "person_id": days["person_id"].astype("str"),
            "project_id": days["project_id"].astype("str"),
            "work_date": day,
            "known_week_date": week + pd.Timedelta(days=7),
            "worked_hours": days["hours"],
            "onsite_hours": 0.0,
            "entry_count": 1,
            "is_assumed": False,
        }
    )
    main = entries.groupby("person_id")["project_id"].agg(lambda projects: projects.mode().iloc[0]).sort_index()
    projects = sorted(entries["project_id"].unique())
    base = firm(entries, people=tuple(main.index))
    return replace(
        base,
        people=base.people.assign(team_name=main.to_numpy(), home_country=COUNTRY),
        projects=pd.DataFrame({"project_id": projects, "status": "active", "is_assumed": False}).assign(
            actual_finish_date=pd.Series(pd.NaT, index=range(len(projects)), dtype="datetime64[us]"),
            site_city="",
            site_country="",
        ),
    )


def calendar(days: pd.Series) -> pd.DataFrame:
    """Return the public holidays of the country over the years of the data."""
    dates = pd.Series(pd.date_range(days.min() - pd.Timedelta(days=7), days.max() + pd.Timedelta(days=7)))
    off = holidays.country_holidays(COUNTRY, years=sorted(set(dates.dt.year)))
    kind = ["holiday" if day in off else "weekend" if day.weekday() > 4 else "work" for day in dates.dt.date]
    frame = pd.DataFrame({"country": COUNTRY, "calendar_date": dates, "day_kind": kind, "is_provisional": False})
    return frame.assign(is_workday=frame["day_kind"].eq("work"))


def cesaw_frames() -> list[tuple[AnomalyFrames, date]]:
    rows = pd.read_parquet(shared_folder() / "datasets" / "open" / "timesheet_daily.parquet")
    rows = rows.loc[rows["source"].eq(SOURCE) & rows["hours"].between(0, CLEAN_DAY_HOURS, inclusive="right")]
    found = []
    for _, days in rows.groupby("org"):
        frames = replace(cesaw_organisation(days).frames(), calendar_days=calendar(days["work_date"]))
        found.append((_ended_with_the_last_hours(frames), days["work_date"].max().date() + timedelta(days=70)))
    return found


def _ended_with_the_last_hours(frames: AnomalyFrames) -> AnomalyFrames:
    """Drop missing weeks after a person's last hours: the source says nothing of who stayed."""
    weeks = frames.person_weeks
    last = weeks.loc[weeks["state"].eq("filed")].groupby("person_id")["week_start_date"].max()
    return replace(frames, person_weeks=weeks.loc[weeks["week_start_date"].le(weeks["person_id"].map(last))])


def test_no_check_is_too_loud_on_clean_person_weeks() -> None:
    tables, asked = [], 0
    for frames, as_of_date in cesaw_frames():
        found = find_anomalies(frames, as_of_date)
        # The country is our guess: where whole organisations work on a holiday, the check rightly asks for another
        # calendar, once a year, and touches no person.
        is_question = found["likely_cause"].eq("calendar_differs")
        asked += int(is_question.sum())
        tables.append(check_rates(found.loc[~is_question], frames.person_weeks, as_of_date))
    counts = ["anomaly_count", "touched_count", "person_weeks_count"]
    sums = pd.concat(tables).groupby("check", sort=False)[counts].sum()
    rates = sums.assign(
        per_100_person_weeks=(100 * sums["anomaly_count"] / sums["person_weeks_count"]).round(3),
        touched_percent=(100 * sums["touched_count"] / sums["person_weeks_count"]).round(3),
    )
    print(f"\n{rates.to_string()}\nquestions about the calendar: {asked}")  # noqa: T201 - shown with -s
    assert (sums["touched_count"] / sums["person_weeks_count"]).max() <= TOO_LOUD_SHARE
