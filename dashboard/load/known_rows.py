"""Rows as they were known in a week, for marts that hold what is recorded today.

Each is a source for a query with ``$week``, the Monday of the week whose knowledge is asked for.
"""

from __future__ import annotations

from typing import Final

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

#: Source of each mart that is read as known; others hold their knowledge in ``known_week_date`` or ``known_date``.
SOURCES: Final = {"people": PEOPLE, "leave_days": LEAVE_DAYS}


def source_of(mart: str) -> str:
    """Return what to read for a mart."""
    return SOURCES.get(mart, f"marts.{mart}")
