"""The one door to the warehouse: who looks, at which file, as known on which day.

Every function that loads takes the warehouse file and the viewer, so that what is cached for one viewer is never
handed to another. The file is part of the key: a new import publishes a new file, so nothing has to be cleared.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import duckdb

from dashboard.answers.keeping import forget_all, kept
from data import clock
from data.home import Home, find_home
from data.home_rights import close_to_others
from data.warehouse import open_for_reading, published_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analytics.known import ReportingWeek

#: What arrives later than that is history: then the pages open on the last week of the data itself.
_USUAL_LAG: Final = timedelta(weeks=8)
_MOST: Final = 0.5


#: Rows of people whom the viewer may see; ``people`` is the mart, ``$teams`` comes from ``teams_in_scope``.
IN_SCOPE: Final = "($teams::varchar[] is null or list_contains($teams::varchar[], people.team_name))"


@dataclass(frozen=True)
class Viewer:
    """Who looks. ``scope`` names the teams whose people the viewer may see; ``None`` means all of them."""

    name: str
    role: str
    scope: tuple[str, ...] | None = None


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


def local_viewer() -> Viewer:
    """Return the one viewer there is until sign-in is configured: whoever sits at this machine."""
    return Viewer(name=os.environ.get("USER") or os.environ.get("USERNAME") or "local", role="local")


def home() -> Home:
    """Return the home that the command line named, or the default one."""
    found = find_home()
    _close_to_others(found)
    return found


@kept(8, is_shared=True)
def _close_to_others(found: Home) -> int:
    """Close the home once a server: whoever starts Streamlit without our command gets the same."""
    return close_to_others(found)


def warehouse_file() -> Path | None:
    """Return the published warehouse file, or nothing when no file was imported yet."""
    return published_file(home())


@kept(2, is_shared=True, release=duckdb.DuckDBPyConnection.close)
def _connection(file: Path) -> duckdb.DuckDBPyConnection:
    return open_for_reading(file)


def close_all() -> None:
    """Forget every answer and let go of every warehouse file that was read."""
    forget_all()


def read(file: Path, query: str, **values: object) -> pd.DataFrame:
    """Run one query. Each call gets its own cursor, because a connection serves one at a time."""
    with _connection(file).cursor() as cursor:
        return cursor.execute(query, values or None).df()


def read_one(file: Path, query: str, **values: object) -> tuple[Any, ...]:
    """Return the one row of a query that sums up."""
    with _connection(file).cursor() as cursor:
        row = cursor.execute(query, values or None).fetchone()
    return row if row is not None else ()


def teams_in_scope(viewer: Viewer) -> list[str] | None:
    """Return the viewer's teams as a value for a query (``null`` there means: no limit)."""
    return None if viewer.scope is None else list(viewer.scope)


def known_week(as_of_date: date) -> date:
    """Return the Monday of the week of ``as_of_date``: rows known in a later week don't count."""
    return as_of_date - timedelta(days=as_of_date.weekday())


@kept(4)
def fact_dates(file: Path) -> tuple[date | None, date | None]:
    """Return the first and the last day of which any fact is known."""
    first, last = read_one(
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


@kept(4)
def last_known_date(file: Path) -> date | None:
    """Return the last day of the week in which the newest row became known."""
    (week,) = read_one(
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
    (arrived,) = read_one(file, "select max(arrived_at)::date from raw.batches")
    here = clock.today()
    return here if arrived is None else max(here, min(arrived, clock.now().date()))


def _is_mostly_known_later(file: Path, day: date) -> bool:
    """Tell whether most hours became known after ``day``: old files that were imported without ``--history``."""
    (share,) = read_one(file, "select avg((known_week_date > $day)::integer) from marts.person_days", day=day)
    return share is not None and share > _MOST


def record_person_opened(viewer: Viewer, person_id: str) -> None:
    """Write into the journal who looked at whom."""
    # The journal's libraries take half a second to load; only this page needs them.
    from data.journal import record_access  # noqa: PLC0415

    record_access(home(), viewer.name, "people/person", person_id, "workload review")


def has_mart(file: Path, mart: str) -> bool:
    """Tell whether the file has a mart: one that was published by an older version lacks the newest until a rebuild."""
    found = read(
        file,
        "select table_name from information_schema.tables where table_schema = 'marts' and table_name = $mart",
        mart=mart,
    )
    return not found.empty
