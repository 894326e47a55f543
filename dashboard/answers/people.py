"""People: who is in scope, their weeks as known, their trips and the facts about limits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.workload.limit_rules import LIMIT_RULES, LimitRule, PolicyError, policy_rules
from analytics.workload.limits import limit_facts
from analytics.workload.load import with_load
from analytics.workload.overview import travel_now, workload_overview
from analytics.workload.travel import with_travel
from analytics.workload.weeks import weeks_as_known
from dashboard.answers.days import known_week
from dashboard.answers.door import has_mart, home_of, read
from dashboard.answers.keeping import kept
from dashboard.answers.known_rows import LEAVE_DAYS, PEOPLE, TRIPS, source_of, values_of
from dashboard.answers.reporting import told_day, told_week
from dashboard.answers.trips import trips_told
from dashboard.i18n import _
from data.identities.names import latin_text
from data.strain_method import MethodFileError, limits_table
from data.time_zones import country_zones, zone_offsets

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.answers.viewers import Viewer

#: Who was not seen for so long, or left so long ago, is no longer shown.
LISTED_WEEKS_COUNT: Final = 26

#: The usual week of a person is taken from so many weeks before the one that is shown.
_USUAL_WEEKS: Final = 32

#: Facts about limits are looked for in the last year.
FACTS_WEEKS_COUNT: Final = 52


def by_name(people: pd.DataFrame) -> pd.DataFrame:
    """Return people sorted by name, Chinese names by their sound among the others; without a name by their id."""
    keys = people["person_name"].astype("str").map(latin_text)
    order = pd.DataFrame({"key": keys, "person_id": people["person_id"]}).sort_values(["key", "person_id"]).index
    return people.loc[order].reset_index(drop=True)


@kept(8, on_record=())
def people(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return the people whom the viewer may see, sorted by name: listed and not long gone, or seen in half a year.

    A person is seen in hours, trips, assignments or leave, as far as they were known on ``as_of_date``. Half a year is
    counted from the reporting week: where hours ended long ago, the page speaks of that time and of who was there then.
    """
    found = read(
        file,
        viewer,
        f"""
        with

        seen as (
            select person_id from marts.person_days
            where work_date between $first and $day and known_week_date <= $week
            union
            select person_id from {TRIPS} where departed_date <= $day and returned_date >= $first
            union
            select person_id from marts.assignment_weeks
            where week_start_date >= $first and known_week_date <= $week
            union
            select person_id from {LEAVE_DAYS} where leave_date >= $first
        )

        select
            known.person_id,
            coalesce(known.person_name, known.person_id) as person_name,
            coalesce(known.team_name, '') as team_name,
            known.seniority,
            known.home_city,
            known.home_country,
            known.weekly_hours,
            known.has_opted_out,
            known.is_listed
        from {PEOPLE} as known
        where
            (
                known.person_id in (select person_id from seen)
                or (
                    known.is_listed
                    and known.told_week_date <= $week
                    and (known.left_date is null or known.left_date >= $first)
                    and (known.hired_date is null or known.hired_date <= $day)
                )
            )
        """,
        day=as_of_date,
        week=known_week(as_of_date),
        first=told_week(file, as_of_date) + timedelta(days=6) - timedelta(weeks=LISTED_WEEKS_COUNT),
    )
    return by_name(found)


@kept(16, on_record=())
def weeks(file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...], weeks_count: int) -> pd.DataFrame:
    """Return the last ``weeks_count`` full weeks of people, as known, with their load and nights away."""
    day, week = told_day(file, as_of_date), told_week(file, as_of_date)
    since = week - timedelta(weeks=weeks_count + _USUAL_WEEKS)
    rows = _person_rows(file, viewer, "person_weeks", person_ids, since, as_of_date)
    trips_known = _person_rows(file, viewer, "trips", person_ids, since, as_of_date)
    home_calendar = (
        _person_rows(file, viewer, "people", person_ids, since, as_of_date),
        _calendar_days(file, viewer, person_ids, since, as_of_date),
    )
    known = with_travel(
        with_load(weeks_as_known(rows, day)), trips_known, day, home_calendar, trips_told(file, as_of_date)
    )
    first = pd.Timestamp(week - timedelta(weeks=weeks_count - 1))
    return known.loc[known["week_start_date"] >= first]


def rules_in_force(file: Path) -> tuple[LimitRule, ...]:
    """Return the limits of the law, and those of the firm's own policy."""
    try:
        return (*LIMIT_RULES, *policy_rules(limits_table(home_of(file))))
    except PolicyError as error:
        raise MethodFileError(str(error), _("Mend limits.toml in the home folder, or remove it.")) from error


def overview(file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per person: load, travel, rest and data state at the end of the last full week."""
    return _overview(file, viewer, as_of_date, person_ids, rules_in_force(file))


@kept(16, on_record=())
def _overview(
    file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...], rules: tuple[LimitRule, ...]
) -> pd.DataFrame:
    since = told_week(file, as_of_date) - timedelta(weeks=FACTS_WEEKS_COUNT - 1)
    return workload_overview(
        _person_rows(file, viewer, "person_weeks", person_ids, since, as_of_date),
        _person_rows(file, viewer, "person_days", person_ids, since, as_of_date),
        _person_rows(file, viewer, "person_project_weeks", person_ids, since, as_of_date),
        _person_rows(file, viewer, "trips", person_ids, since, as_of_date),
        _person_rows(file, viewer, "people", person_ids, since, as_of_date),
        _calendar_days(file, viewer, person_ids, since, as_of_date),
        told_day(file, as_of_date),
        _facts(file, viewer, as_of_date, person_ids, rules),
        _person_rows(file, viewer, "leave_days", person_ids, since, as_of_date),
        trips_told(file, as_of_date),
    )


def facts(file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return where working time went over a limit in the last year, as known."""
    return _facts(file, viewer, as_of_date, person_ids, rules_in_force(file))


@kept(16, on_record=())
def _facts(
    file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...], rules: tuple[LimitRule, ...]
) -> pd.DataFrame:
    since = told_week(file, as_of_date) - timedelta(weeks=FACTS_WEEKS_COUNT - 1)
    clocks = _clock_times(file, viewer, person_ids, since, as_of_date)
    return limit_facts(
        _person_rows(file, viewer, "person_days", person_ids, since, as_of_date),
        _person_rows(file, viewer, "person_weeks", person_ids, since, as_of_date),
        _person_rows(file, viewer, "people", person_ids, since, as_of_date),
        _person_rows(file, viewer, "trips", person_ids, since, as_of_date),
        _calendar_days(file, viewer, person_ids, since, as_of_date),
        told_day(file, as_of_date),
        _person_rows(file, viewer, "leave_days", person_ids, since, as_of_date),
        rules,
        _zones(file, viewer, person_ids, since, as_of_date, clocks),
        clocks,
    )


def _zones(
    file: Path,
    viewer: Viewer,
    person_ids: tuple[str, ...],
    since: date,
    as_of_date: date,
    clock_times: pd.DataFrame | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return countries with one time zone, and the offsets of all zones in which people live, work or write."""
    own = country_zones()
    named = read(
        file,
        viewer,
        """
        select people.time_zone, people.home_country as country
        from marts.people as people
        where list_contains($person_ids::varchar[], people.person_id)
        """,
        person_ids=list(person_ids),
    )
    trips = read(
        file,
        viewer,
        "from marts.trip_versions where list_contains($person_ids::varchar[], person_id)",
        person_ids=list(person_ids),
    )
    countries = {*named["country"], *trips["destination_country"]}
    zones = {*named["time_zone"].dropna(), *own.loc[own["country"].isin(countries), "time_zone"]}
    for frame, column in ((trips, "destination_time_zone"), (clock_times, "time_zone")):
        if frame is not None and column in frame.columns:
            zones |= {*frame[column].dropna().unique()}
    return own, zone_offsets(zones, since, as_of_date)


def _clock_times(
    file: Path, viewer: Viewer, person_ids: tuple[str, ...], since: date, as_of_date: date
) -> pd.DataFrame | None:
    """Return the clock times of people's entries; nothing where an older version published the file."""
    if not has_mart(file, "clock_times"):
        return None
    return _person_rows(file, viewer, "clock_times", person_ids, since, as_of_date)


#: Each mart with one row or more per person, and the condition that keeps its recent rows.
_RECENT: Final = {
    "person_weeks": "rows_.week_start_date >= $since",
    "person_days": "rows_.work_date >= $since",
    "clock_times": "rows_.work_date >= $since",
    "person_project_weeks": "rows_.week_start_date >= $since",
    "trips": "rows_.returned_date >= $since",
    "leave_days": "rows_.leave_date >= $since",
    "people": "$since is not null",
}


def _person_rows(
    file: Path, viewer: Viewer, mart: str, person_ids: tuple[str, ...], since: date, as_of_date: date
) -> pd.DataFrame:
    """Return the recent rows of one mart for people in the viewer's scope, as known on ``as_of_date``."""
    return read(
        file,
        viewer,
        f"""
        select rows_.*
        from {source_of(mart)} as rows_
        where
            list_contains($person_ids::varchar[], rows_.person_id)
            and {_RECENT[mart]}
        """,
        person_ids=list(person_ids),
        since=since,
        **values_of(mart, as_of_date),
    )


def _calendar_days(
    file: Path, viewer: Viewer, person_ids: tuple[str, ...], since: date, as_of_date: date
) -> pd.DataFrame:
    """Return the calendars of the countries in which the people live, or lived when the list said so."""
    return read(
        file,
        viewer,
        """
        from marts.calendar_days
        where
            calendar_date between $since and $as_of_date
            and country in (
                select home_country from marts.people where list_contains($person_ids::varchar[], person_id)
                union
                select home_country from marts.people_versions where list_contains($person_ids::varchar[], person_id)
            )
        """,
        person_ids=list(person_ids),
        since=since,
        as_of_date=as_of_date,
    )


@kept(16, on_record=())
def travel(file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return nights and weekends away and weeks on site in a row at the end of the reporting week; trips tell them."""
    since = told_week(file, as_of_date) - timedelta(weeks=FACTS_WEEKS_COUNT - 1)
    known = _person_rows(file, viewer, "trips", person_ids, since, as_of_date)
    home_calendar = (
        _person_rows(file, viewer, "people", person_ids, since, as_of_date),
        _calendar_days(file, viewer, person_ids, since, as_of_date),
    )
    return travel_now(
        pd.Series(person_ids, dtype="str"),
        known,
        told_day(file, as_of_date),
        home_calendar,
        trips_told(file, as_of_date),
    )


@kept(16)
def person_projects(file: Path, viewer: Viewer, as_of_date: date, person_id: str, weeks_count: int) -> pd.DataFrame:
    """Return for which projects one person worked in the last full weeks."""
    week = known_week(as_of_date)
    return read(
        file,
        viewer,
        """
        select
            booked.project_id,
            coalesce(projects.project_name, booked.project_id) as project_name,
            coalesce(projects.client_name, '') as client_name,
            sum(booked.worked_hours) as worked_hours,
            sum(booked.onsite_hours) as onsite_hours
        from marts.person_project_weeks as booked
        left join marts.projects as projects on booked.project_id = projects.project_id
        where
            booked.person_id = $person_id
            and booked.week_start_date between $first and $last
            and booked.known_week_date <= $week
        group by all
        having sum(booked.worked_hours) > 0
        order by worked_hours desc, project_name
        """,
        person_id=person_id,
        first=told_week(file, as_of_date) - timedelta(weeks=weeks_count - 1),
        last=told_week(file, as_of_date),
        week=week,
    )
