"""Which week everything speaks of, as known on a day: the counts for ``analytics.known.reporting_week``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.known import FiledWeek, ReportingDay, ReportingWeek, last_full_week, reporting_week
from analytics.workload.weeks import weeks_as_known
from dashboard.answers.days import known_week
from dashboard.answers.door import home_of, read_unseen
from dashboard.answers.keeping import kept
from data.settings import filed_share

if TYPE_CHECKING:
    from pathlib import Path

#: The usual number of people is taken from the weeks before the newest filed one; holidays may lie between.
_LOOK_BACK: Final = timedelta(weeks=20)


def reporting(file: Path, as_of_date: date) -> ReportingWeek:
    """Return the week that pages and commands speak of on ``as_of_date``, and what is filed of the weeks after it."""
    return _reporting(file, date(as_of_date.year, as_of_date.month, as_of_date.day), filed_share(home_of(file)))


def told_day(file: Path, as_of_date: date) -> ReportingDay:
    """Return ``as_of_date`` for functions that lay out weeks: they end with the reporting week."""
    return reporting(file, as_of_date).day


def told_week(file: Path, as_of_date: date) -> date:
    """Return the Monday of the reporting week."""
    return reporting(file, as_of_date).week_start_date


@kept(64, on_record=(ReportingWeek, FiledWeek))
def _reporting(file: Path, as_of_date: date, least_share: float) -> ReportingWeek:
    bounds = {
        "sunday": last_full_week(as_of_date) + timedelta(days=6),
        "after": known_week(as_of_date) + timedelta(weeks=1),
    }
    filings = read_unseen(file, _FILINGS, back=_LOOK_BACK.days, **bounds)
    first = filings["week_start_date"].min() if len(filings) else pd.Timestamp(as_of_date)
    planned = read_unseen(
        file,
        "from marts.person_weeks where week_start_date between $first and $sunday",
        first=first.date(),
        sunday=bounds["sunday"],
    )
    return reporting_week(filings, weeks_as_known(planned, as_of_date), as_of_date, least_share)


#: Days with hours by person and week, as known at the end of a day's week, like every figure that is made of hours.
_FILINGS: Final = """
    with

    known as (
        select
            person_id,
            work_date,
            min(known_at) as known_at,
            count(*) filter (where superseded_at is null or superseded_at >= $after) as entry_count
        from staging.timesheet_versions
        where known_at < $after and work_date <= $sunday
        group by person_id, work_date
    ),

    newest as (select max(work_date) as work_date from known where entry_count > 0)

    select
        known.person_id,
        date_trunc('week', known.work_date)::date as week_start_date,
        count(*) as days_count,
        max(known.known_at)::date as filed_date
    from known
    cross join newest
    where
        known.entry_count > 0
        and known.work_date >= date_trunc('week', newest.work_date)::date - $back::integer
    group by known.person_id, date_trunc('week', known.work_date)::date
"""
