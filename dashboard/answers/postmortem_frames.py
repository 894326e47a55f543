"""Tables of all projects that a post-mortem reads, as known on one day; rows of people are only added up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.answers.days import known_week
from dashboard.answers.door import read_firm, read_unseen
from dashboard.answers.keeping import kept
from dashboard.answers.known_rows import PEOPLE as LISTED_PEOPLE
from dashboard.answers.postmortem_queries import (
    COSTS,
    ENDINGS,
    FIRST_REPORTS,
    KNOWN_HOURS,
    LEAVE,
    MISSING,
    ONSITE,
    PACKAGES,
    PEOPLE,
    REPORTS,
    WEEKS,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

#: A note speaks of a sign-off that is waited for, in the languages of our users.
SIGN_OFF_WORDS: Final = r"sign(ed|s|ing)?[ -]?off|acceptance|approval|签字|签核|验收|确认"
#: A full day of leave where the file gives no hours, and from when a week is a long one (Directive 2003/88/EC, art. 6).
_LEAVE_DAY_HOURS: Final = 8.0
LONG_WEEK_HOURS: Final = 48.0
#: Who booked so many hours in a week was there.
_PRESENT_HOURS: Final = 8.0


@dataclass(frozen=True, eq=False)
class Frames:
    """One table each, all projects in it. They are shared: nobody may change them.

    People stand in them as numbers, so that no answer made of them names anybody; ``numbers`` says whose they are.
    """

    numbers: dict[str, str]

    weeks: pd.DataFrame
    people: pd.DataFrame
    known_hours: pd.DataFrame
    leave: pd.DataFrame
    missing: pd.DataFrame
    reports: pd.DataFrame
    first_reports: pd.DataFrame
    packages: pd.DataFrame
    endings: pd.DataFrame


@kept(3, is_shared=True)
def frames_of(file: Path, as_of_date: date) -> Frames:
    """Read everything that accounts need, of all projects at once."""
    week, after = known_week(as_of_date), as_of_date + timedelta(days=1)
    ids = read_unseen(file, "select distinct person_id from marts.people order by person_id")["person_id"]
    numbers = {str(person_id): str(number) for number, person_id in enumerate(ids, start=1)}
    return Frames(
        numbers=numbers,
        weeks=_typed(read_firm(file, WEEKS, week=week)),
        people=_numbered(_typed(read_unseen(file, PEOPLE, week=week)), numbers),
        known_hours=_numbered(_typed(read_unseen(file, KNOWN_HOURS, week=week)), numbers),
        leave=_numbered(_typed(read_unseen(file, LEAVE, week=week, day_hours=_LEAVE_DAY_HOURS)), numbers),
        missing=_numbered(_typed(read_unseen(file, MISSING, week=week)), numbers),
        reports=_typed(read_firm(file, REPORTS, after=after, words=SIGN_OFF_WORDS)),
        first_reports=_typed(read_firm(file, FIRST_REPORTS, after=after)),
        packages=_typed(read_firm(file, PACKAGES, week=week)),
        endings=_typed(read_firm(file, ENDINGS, after=after)),
    )


@kept(3, is_shared=True)
def costs_of(file: Path, as_of_date: date) -> pd.DataFrame:
    """Return one row per project: ``booked_hours`` and what it cost people, as counts over everybody.

    ``nights_count``, ``onsite_weeks_count`` (weeks of a person), ``longest_onsite_count`` (weeks in a row of any one
    person), ``long_weeks_count`` (weeks of a person above 48 hours in all), ``leave_days_count`` (days of leave of its
    people while they were on it).
    """
    week = known_week(as_of_date)
    found = read_unseen(
        file,
        COSTS,
        week=week,
        day=as_of_date,
        long=LONG_WEEK_HOURS,
        present=_PRESENT_HOURS,
    )
    runs = _longest_runs(read_unseen(file, ONSITE, week=week))
    return found.assign(longest_onsite_count=found["project_id"].map(runs).fillna(0.0))


def leavers_of(file: Path, as_of_date: date, project_id: str, end_date: date) -> tuple[int, int, bool]:
    """Return how many worked on a project in its last half year, how many of them left in the half year after.

    The last value tells whether that half year is over; whoever shows the counts hides those below five.
    """
    found = read_unseen(
        file,
        f"""
        with

        team as (
            select person_id
            from marts.person_project_weeks
            where
                project_id = $project_id
                and known_week_date <= $week
                and week_start_date between $since and $end_date
            group by person_id
            having sum(worked_hours) >= 80
        )

        select
            count(*) as people_count,
            count(*) filter (where people.left_date between $end_date and $until) as left_count
        from team
        left join {LISTED_PEOPLE} as people on team.person_id = people.person_id
        """,
        project_id=project_id,
        week=known_week(as_of_date),
        since=end_date - timedelta(weeks=26),
        end_date=end_date,
        until=end_date + timedelta(weeks=26),
    )
    row = found.iloc[0]
    return int(row["people_count"]), int(row["left_count"]), as_of_date >= end_date + timedelta(weeks=26)


@kept(8)
def outcomes_of(file: Path, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return what was measured after the go-live against its target, the newest value of each measure."""
    return read_firm(
        file,
        """
        select measure_name, measured_date, target_value, actual_value
        from staging.outcomes
        where project_id = $project_id and measured_date <= $day and known_at < $day::date + 1
        qualify row_number() over (partition by measure_name order by measured_date desc, row_id desc) = 1
        order by measure_name
        """,
        project_id=project_id,
        day=as_of_date,
    )


def _numbered(rows: pd.DataFrame, numbers: dict[str, str]) -> pd.DataFrame:
    """Return rows with people as numbers; somebody on no list gets one of their own."""
    strangers = sorted({*rows["person_id"].astype("str")} - {*numbers})
    unlisted = {one: str(len(numbers) + place) for place, one in enumerate(strangers, start=1)}
    return rows.assign(person_id=rows["person_id"].astype("str").map({**numbers, **unlisted}))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    dates = {
        str(name): pd.to_datetime(rows[name]).astype("datetime64[us]")
        for name in rows.columns
        if str(name).endswith(("_date", "_at"))
    }
    return rows.assign(**dates)


def _longest_runs(weeks: pd.DataFrame) -> pd.Series[float]:
    """Return the longest run of weeks on site of any one person, by project."""
    if weeks.empty:
        return pd.Series(dtype="float64")
    rows = weeks.assign(week=pd.to_datetime(weeks["week_start_date"])).sort_values(["project_id", "person_id", "week"])
    step = rows.groupby(["project_id", "person_id"])["week"].diff()
    run = step.ne(pd.Timedelta(weeks=1)).cumsum()
    longest: pd.Series[float] = (
        rows.groupby(["project_id", run]).size().groupby(level="project_id").max().astype("float64")
    )
    return longest
