"""Rows as they were known in a week, for marts that hold what is recorded today.

Each is a source for a query with ``$week``, the Monday of the week whose knowledge is asked for. Trips are known by
days: theirs has ``$day``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.answers.days import known_week

if TYPE_CHECKING:
    from datetime import date

#: People with what the list said of them then; who was on no list then is not listed.
PEOPLE: Final = """(
    select
        people.* replace (
            versions.team_name as team_name,
            versions.seniority as seniority,
            coalesce(versions.home_country, '') as home_country,
            versions.hired_date as hired_date,
            versions.left_date as left_date,
            versions.weekly_hours as weekly_hours,
            coalesce(versions.is_listed, false) as is_listed
        ),
        versions.told_week_date
    from marts.people as people
    left join marts.people_versions as versions
        on people.person_id = versions.person_id
        and versions.from_week_date <= $week
        and (versions.until_week_date is null or versions.until_week_date > $week)
)"""

#: Leave that was recorded and not yet taken back; of several sources the longest counts, empty hours are the whole day.
LEAVE_DAYS: Final = """(
    select
        person_id,
        leave_date,
        min(known_at)::date as known_date,
        max(leave_hours) as leave_hours
    from staging.leave_versions
    where
        date_trunc('week', known_at)::date <= $week
        and (superseded_at is null or date_trunc('week', superseded_at)::date > $week)
    group by person_id, leave_date
)"""

#: Hours of people for projects by week.
PROJECT_HOURS: Final = """(
    select
        person_id,
        project_id,
        week_start_date,
        sum(worked_hours) as worked_hours,
        sum(onsite_hours) as onsite_hours
    from marts.person_project_weeks
    where known_week_date <= $week
    group by person_id, project_id, week_start_date
    having sum(worked_hours) > 0
)"""

#: Trips in the version that was known on a day: not yet corrected, withdrawn or taken over by another file.
TRIPS: Final = """(
    from marts.trip_versions
    where known_date <= $day and (superseded_date is null or superseded_date > $day)
)"""

#: Source of each mart that is read as known; others hold their knowledge in ``known_week_date`` or ``known_date``.
_SOURCES: Final = {"people": PEOPLE, "leave_days": LEAVE_DAYS, "trips": TRIPS}


def source_of(mart: str) -> str:
    """Return what to read for a mart."""
    return _SOURCES.get(mart, f"marts.{mart}")


def values_of(mart: str, as_of_date: date) -> dict[str, date]:
    """Return the values that the source of a mart needs in a query, so that it tells what was known on a day."""
    source = source_of(mart)
    values = {"week": known_week(as_of_date), "day": as_of_date}
    return {name: value for name, value in values.items() if f"${name}" in source}
