"""Days of more hours than a day has: figures that count them are wrong until they are corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dashboard.answers.days import known_week
from dashboard.answers.door import read
from dashboard.answers.keeping import kept
from dashboard.answers.reporting import told_day, told_week

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer

#: The longest window of the figures about a person that count hours.
_WEEKS_COUNT: Final = 12


@kept(16)
def impossible_days(file: Path, viewer: Viewer, as_of_date: date) -> pd.DataFrame:
    """Return days of more than 24 hours in the last 12 full weeks, as known: person, name, day and hours.

    The only day of its week is left out: there a whole week was written on one day, and its sum is right.
    """
    return read(
        file,
        viewer,
        """
        with

        days as (
            select
                person_id,
                work_date,
                sum(worked_hours) as worked_hours,
                count(*) over (partition by person_id, date_trunc('week', work_date)) as days_count
            from marts.person_days
            where work_date between $first and $last and known_week_date <= $week
            group by person_id, work_date
            having sum(worked_hours) > 0
        )

        select
            days.person_id,
            coalesce(people.person_name, days.person_id) as person_name,
            days.work_date,
            days.worked_hours
        from days
        left join marts.people as people on days.person_id = people.person_id
        where days.worked_hours > 24 and days.days_count > 1
        order by days.work_date desc, days.person_id
        """,
        first=told_week(file, as_of_date) - timedelta(weeks=_WEEKS_COUNT - 1),
        last=told_day(file, as_of_date),
        week=known_week(as_of_date),
    )
