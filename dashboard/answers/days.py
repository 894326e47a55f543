"""Which days there are: the day whose knowledge is shown, the newest such day, and the week that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dashboard.answers.door import read_firm_one
from dashboard.answers.keeping import kept
from dashboard.i18n import _
from data import clock
from data.problems import GoliveError
from data.restating import sunday_a_week_before

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.known import ReportingWeek
    from dashboard.answers.viewers import Viewer

#: What arrives later than that is history: then the pages open on the last week of the data itself.
_USUAL_LAG: Final = timedelta(weeks=8)
_MOST: Final = 0.5


@dataclass(frozen=True)
class Context:
    """What every page needs to know: file, viewer, the day whose knowledge is shown and the newest such day.

    ``reporting`` is the week that the page speaks of, with what is filed of the weeks after it.
    """

    file: Path
    viewer: Viewer
    as_of_date: date
    latest_date: date
    reporting: ReportingWeek

    @property
    def is_replay(self) -> bool:
        """Tell whether the page shows what was known on an earlier day."""
        return self.as_of_date < self.latest_date


def known_week(as_of_date: date) -> date:
    """Return the Monday of the week of ``as_of_date``: rows known in a later week don't count."""
    return as_of_date - timedelta(days=as_of_date.weekday())


def week_before(as_of_date: date) -> date:
    """Return the Sunday that lies nearest to a week before (``sunday_a_week_before``)."""
    return sunday_a_week_before(as_of_date)


@kept(4)
def fact_dates(file: Path) -> tuple[date | None, date | None]:
    """Return the first and the last day of which any fact is known."""
    first, last = read_firm_one(
        file,
        """
        select
            coalesce(min(fact_date), (select min(departed_date) from marts.trips))::date,
            coalesce(max(fact_date), (select max(returned_date) from marts.trips))::date
        from (
            select work_date as fact_date from marts.person_days
            union all select as_of_date from marts.status_reports
            union all select raised_date from staging.change_requests
            union all select week_start_date from marts.project_weeks
        )
        """,
    )
    return first, last


def check_known(file: Path, day: date) -> None:
    """Refuse a day before anything is known.

    Raises
    ------
    GoliveError
        The first fact is of a later day; it says which.
    """
    first = fact_dates(file)[0]
    if first is not None and known_week(first) > day:
        raise GoliveError(
            _("Nothing is known on {day}: the first fact is of {first}.").format(day=day, first=first),
            _("Choose a day from {first} on.").format(first=first),
        )


@kept(4)
def last_known_date(file: Path) -> date | None:
    """Return the last day of the week in which the newest row became known."""
    (week,) = read_firm_one(
        file,
        """
        select max(known_date)::date
        from (
            select known_week_date as known_date from marts.person_days
            union all select known_date from marts.change_requests
            union all select known_date from marts.status_reports
            union all select coalesce(superseded_date, known_date) from marts.trip_versions
        )
        """,
    )
    return None if week is None else known_week(week) + timedelta(days=6)


def as_of_date(file: Path) -> date:
    """Return the day whose knowledge the pages show unless asked otherwise.

    It is the Sunday of the week of the latest fact, so that a data set of last year opens on its own last week, and
    never later than today, because the week may still run or an entry may be dated ahead by mistake. What arrived some
    weeks after the latest fact counts: last week's timesheets are known on Monday, when they are imported. Which week
    is told on that day is another question: see ``dashboard.answers.reporting``.
    """
    today = _today(file)
    last = fact_dates(file)[1]
    if last is None:
        return today
    sunday, known = last + timedelta(days=6 - last.weekday()), last_known_date(file)
    if (
        known is not None
        and sunday < known
        and (known <= sunday + _USUAL_LAG or _is_mostly_known_later(file, sunday + _USUAL_LAG))
    ):
        sunday = known
    return min(sunday, today)


def _today(file: Path) -> date:
    """Return the day that it is here, or that of the newest import where it is further on.

    Moments are kept in UTC: what is imported on an evening in America is known on the next day there.
    """
    (arrived,) = read_firm_one(file, "select max(arrived_at)::date from raw.batches")
    here = clock.today()
    return here if arrived is None else max(here, min(arrived, clock.now().date()))


def _is_mostly_known_later(file: Path, day: date) -> bool:
    """Tell whether most hours became known after ``day``: old files that were imported without ``--history``."""
    (share,) = read_firm_one(file, "select avg((known_week_date > $day)::integer) from marts.person_days", day=day)
    return share is not None and share > _MOST
