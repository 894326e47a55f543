"""Trips in a list, as they were known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analytics.workload.travel_log import trips_told_until
from dashboard.answers.door import read, read_firm
from dashboard.answers.keeping import kept
from dashboard.answers.known_rows import PEOPLE, TRIPS, values_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer

#: Trips that had begun, with weekends by the home that was known, and weeks in a row on site by the trips that were.
#: Each counts as in the marts ``trip_versions`` and ``trips``.
_TRIPS: Final = f"""
    with

    known as (
        select * from {TRIPS}
        where list_contains($person_ids::varchar[], person_id) and departed_date <= $day
    ),

    homes as (
        select * from {PEOPLE}
    ),

    weekends as (
        select
            known.row_id,
            count(*) as weekend_days_count,
            count(distinct date_trunc('week', days.calendar_date)) as weekends_away_count
        from known
        inner join homes on known.person_id = homes.person_id
        inner join marts.calendar_days as days
            on homes.home_country = days.country
            and days.is_weekend
            and known.departed_date < days.calendar_date
            and known.returned_date > days.calendar_date
        group by known.row_id
    ),

    away_weeks as (
        select distinct known.person_id, weeks.calendar_date as week_start_date
        from known
        inner join marts.calendar_days as weeks
            on weeks.country = ''
            and isodow(weeks.calendar_date) = 1
            -- The night of a Sunday is for the week that follows.
            and weeks.calendar_date >= known.departed_date - 5
            and known.returned_date > weeks.calendar_date
        where known.returned_date > known.departed_date
    ),

    numbered_weeks as (
        select *, row_number() over (partition by person_id order by week_start_date) as week_number
        from away_weeks
    ),

    runs as (
        select
            person_id,
            week_start_date,
            row_number() over (
                partition by person_id, week_start_date - (week_number * 7)::integer order by week_start_date
            ) as weeks_on_site_count
        from numbered_weeks
    )

    select
        known.* replace (
            coalesce(weekends.weekend_days_count, 0) as weekend_days_count,
            coalesce(weekends.weekends_away_count, 0) as weekends_away_count
        ),
        coalesce(runs.weeks_on_site_count, 0) as weeks_on_site_count,
        coalesce(people.person_name, known.person_id) as person_name
    from known
    left join weekends on known.row_id = weekends.row_id
    left join runs
        on known.person_id = runs.person_id
        and runs.week_start_date = date_trunc('week', known.returned_date - 1)::date
        and known.returned_date > known.departed_date
    left join marts.people as people on known.person_id = people.person_id
    order by known.departed_date desc, known.person_id
"""


@kept(16, on_record=())
def trips(file: Path, viewer: Viewer, as_of_date: date, person_ids: tuple[str, ...]) -> pd.DataFrame:
    """Return the trips of people that had begun on ``as_of_date``, as known then, the newest first."""
    return read(
        file,
        viewer,
        _TRIPS,
        person_ids=list(person_ids),
        **values_of("people", as_of_date),
        **values_of("trips", as_of_date),
    )


@kept(64, on_record=())
def trips_told(file: Path, as_of_date: date) -> pd.Timestamp | None:
    """Return the Sunday up to which the firm's travel log reaches on a day; nothing where no trip was known.

    Everybody's trips tell it, whoever looks: it is a date and names nobody.
    """
    known = read_firm(
        file,
        f"""
        select rows_.departed_date, rows_.returned_date, firsts.known_date
        from {TRIPS} as rows_
        inner join (
            select trip_id, min(known_date) as known_date from marts.trip_versions group by trip_id
        ) as firsts on rows_.trip_id = firsts.trip_id
        """,
        **values_of("trips", as_of_date),
    )
    return trips_told_until(known, as_of_date)
