"""Build the marts: all of them, or only the weeks that a batch of timesheets touched.

The weekly models are the same in both cases. For touched weeks they run in a scratch database in memory whose
``staging`` shows only those weeks; their rows then take the place of the old ones.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from data.calendars import country_code, known_country, read_overrides, working_days
from data.identities import Decisions, fill_aliases
from data.insertion import insert_rows
from data.models import (
    CHECKS,
    MARTS,
    STAGING,
    WEEKLY_MODELS,
    build_models,
    is_built_by_this_version,
    models_stamp,
)
from data.person_answers import fill_answers
from data.problems import WarehouseError
from data.request_states import fill_request_states
from data.working_patterns import fill_working_patterns
from data.zones import fill_zones

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb
    import pandas as pd

    from data.home import Home
    from data.person_answers import PersonAnswer

#: Above this share of all weeks a full build is faster than replacing rows week by week.
FULL_BUILD_SHARE: Final = 0.25
#: Calendars reach so far beyond the newest row: plans and leave ahead need them.
CALENDAR_DAYS_AHEAD: Final = 400
CALENDAR_DAYS_BEFORE: Final = 35

_DATE_COLUMNS: Final = (
    ("timesheets", "work_date"),
    ("status_reports", "as_of_date"),
    ("trips", "departed_at"),
    ("change_requests", "raised_at"),
    ("projects", "start_date"),
    ("leave", "leave_date"),
    ("assignments", "week_start_date"),
)
_COUNTRY_COLUMNS: Final = (
    ("people", "home_country"),
    ("unavailability", "country"),
    ("projects", "site_country"),
    ("trips", "destination_country"),
)


def overrides_of(home: Home) -> pd.DataFrame | None:
    """Return the days that the firm knows better than the library, where it wrote such a file."""
    file = home.calendar_overrides_file
    if not file.is_file():
        return None
    try:
        return read_overrides(file)
    except ValueError as error:
        raise WarehouseError(
            f"{file} can't be used: {error}", "Mend the line or remove the file, then try again."
        ) from error


def build_all(
    connection: duckdb.DuckDBPyConnection,
    overrides: pd.DataFrame | None = None,
    decisions: Decisions | None = None,
    answers: Sequence[PersonAnswer] = (),
) -> None:
    """Build every staging view, mart and check from raw."""
    fill_request_states(connection)
    build_models(connection, STAGING)
    _fill_calendars(connection, overrides)
    fill_aliases(connection, decisions or Decisions())
    fill_answers(connection, answers)
    fill_zones(connection, _said_cities(decisions))
    fill_working_patterns(connection)
    build_models(connection, (*MARTS, *CHECKS))
    connection.execute("delete from raw.models_stamp")
    connection.execute("insert into raw.models_stamp values (?)", [models_stamp()])


def _said_cities(decisions: Decisions | None) -> dict[str, str]:
    """Return the zones that the user said of cities whose names fit several."""
    return decisions.same.get("city", {}) if decisions else {}


def build_touched(
    connection: duckdb.DuckDBPyConnection,
    batch_ids: Iterable[int],
    overrides: pd.DataFrame | None = None,
    decisions: Decisions | None = None,
    answers: Sequence[PersonAnswer] = (),
) -> None:
    """Bring the marts up to date after ``batch_ids``; the result equals a full build, row by row."""
    # Who is taken for whom may change in every week, so that nothing less than a full build will do.
    touched = list(batch_ids)
    if not is_built_by_this_version(connection):
        build_all(connection, overrides, decisions, answers)
        return
    is_renamed = fill_aliases(connection, decisions or Decisions(), touched)
    is_told_otherwise = fill_answers(connection, answers)
    is_whole = is_renamed or is_told_otherwise or not _has_only_timesheets(connection, touched)
    if is_whole or _fill_changed_calendars(connection, overrides) or fill_zones(connection, _said_cities(decisions)):
        build_all(connection, overrides, decisions, answers)
        return
    patterns = fill_working_patterns(connection)
    others = [name for name in MARTS if name not in WEEKLY_MODELS]
    before = MARTS.index("marts.person_days")
    connection.execute("create or replace temp table earlier_spans as from marts.person_spans")
    build_models(connection, [name for name in others if MARTS.index(name) < before])
    weeks = _touched_weeks(connection, touched, patterns)
    if weeks is None:
        build_models(connection, (*MARTS[before:], *CHECKS))
        return
    if weeks:
        _replace_weeks(connection, weeks)
    build_models(connection, [name for name in others if MARTS.index(name) > before])
    build_models(connection, [name for name in CHECKS if name not in WEEKLY_MODELS])


def _has_only_timesheets(connection: duckdb.DuckDBPyConnection, batch_ids: list[int]) -> bool:
    """Tell whether only timesheets came in: whatever else changes may change every week."""
    if not _has_marts(connection) or not batch_ids:
        return False
    tables = connection.execute(
        "select distinct table_name from raw.batches where batch_id in (select unnest(?))", [batch_ids]
    ).fetchall()
    return {name for (name,) in tables} == {"timesheets"}


def _touched_weeks(
    connection: duckdb.DuckDBPyConnection, batch_ids: list[int], patterns: list[date]
) -> list[date] | None:
    """Return the weeks whose weekly rows may change, or nothing when they are so many that all are built again.

    Those are the weeks of the rows that came or went, of each span that is not what it was (``earlier_spans``), and of
    ``patterns``: those in which somebody's working pattern is another one.
    """
    found = connection.execute(
        """
        select distinct week_start_date from (
            select date_trunc('week', work_date)::date as week_start_date from raw.timesheets
            where batch_id in (select unnest($batch_ids))
            union all
            select date_trunc('week', work_date)::date from staging.timesheet_versions
            where superseded_by_batch_id in (select unnest($batch_ids))
            union all
            select week_start_date from (from marts.person_spans except from earlier_spans)
            union all
            select week_start_date from (from earlier_spans except from marts.person_spans)
        )
        """,
        {"batch_ids": batch_ids},
    ).fetchall()
    weeks = sorted({week for (week,) in found} | {*patterns})
    total = connection.execute("select count(*) from raw.weeks").fetchone() or (0,)
    return weeks if len(weeks) <= FULL_BUILD_SHARE * total[0] else None


def _has_marts(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether every mart is there; a warehouse of an older version lacks the newer ones."""
    rows = connection.execute(
        "select 'marts.' || table_name from information_schema.tables where table_schema = 'marts'"
    )
    return {name for (name,) in rows.fetchall()} >= set(MARTS)


def _replace_weeks(connection: duckdb.DuckDBPyConnection, weeks: list[date]) -> None:
    """Run the weekly models on the touched weeks alone and put their rows in place of the old ones."""
    main = (connection.execute("select current_database()").fetchone() or ("",))[0]
    connection.execute("attach ':memory:' as touched")
    try:
        connection.execute("create table touched.weeks (week_start_date date)")
        insert_rows(connection, "touched.weeks", [(week,) for week in weeks])
        _show_touched(connection, main)
        connection.execute("use touched")
        build_models(connection, WEEKLY_MODELS)
    finally:
        connection.execute(f'use "{main}"')
    for name, week in WEEKLY_MODELS.items():
        connection.execute(f"delete from {name} where {week} in (select week_start_date from touched.weeks)")
        connection.execute(f"insert into {name} by name from touched.{name}")
    connection.execute("detach touched")


def _show_touched(connection: duckdb.DuckDBPyConnection, main: str) -> None:
    """Create the scratch ``staging``: views on the warehouse that show the touched weeks only."""
    weeks = "(select week_start_date from touched.weeks)"
    connection.execute("create schema touched.staging; create schema touched.marts; create schema touched.checks")
    # The bounds let the engine pass over blocks of rows that lie in other weeks.
    first, last = (
        "(select min(week_start_date) from touched.weeks)",
        "(select max(week_start_date) + 6 from touched.weeks)",
    )
    shown = {
        "timesheet_versions": (
            f"where work_date between {first} and {last} and date_trunc('week', work_date)::date in {weeks}"
        ),
        "calendar_days": f"where date_trunc('week', calendar_date)::date in {weeks}",
        "weeks": f"where week_start_date in {weeks}",
        "working_days": f"where week_start_date is null or week_start_date in {weeks}",
    }
    for table, condition in shown.items():
        connection.execute(f'create table touched.staging.{table} as from "{main}".staging.{table} {condition}')
    connection.execute(
        "create table touched.staging.timesheets as from touched.staging.timesheet_versions where superseded_at is null"
    )
    connection.execute(
        f'create table touched.staging.leave_versions as from "{main}".staging.leave_versions'
        f" where date_trunc('week', leave_date)::date in {weeks}"
    )
    for table in ("place_zones", "zone_changes"):
        connection.execute(f'create table touched.staging.{table} as from "{main}".staging.{table}')
    for table in ("people", "projects", "person_spans", "trips", "trip_versions"):
        connection.execute(f'create table touched.marts.{table} as from "{main}".marts.{table}')


def _fill_changed_calendars(connection: duckdb.DuckDBPyConnection, overrides: pd.DataFrame | None) -> bool:
    """Fill the calendars; return whether a day is no longer what it was, because somebody wrote an override."""
    connection.execute("create or replace temp table earlier_days as from raw.calendar_days")
    _fill_calendars(connection, overrides)
    found = connection.execute(
        """
        select 1 from raw.calendar_days as days inner join earlier_days
            on days.country = earlier_days.country and days.calendar_date = earlier_days.calendar_date
        where days.is_workday <> earlier_days.is_workday limit 1
        """
    ).fetchone()
    return found is not None


def _fill_calendars(connection: duckdb.DuckDBPyConnection, overrides: pd.DataFrame | None) -> None:
    """Fill the working calendars of every country that a row names, and the list of weeks."""
    texts = [
        text
        for table, column in _COUNTRY_COLUMNS
        for (text,) in connection.execute(f"select distinct {column} from raw.{table}").fetchall()
        if text
    ]
    codes = {text: code for text in texts if (code := country_code(text)) and known_country(code)}
    connection.execute("delete from raw.country_codes")
    known = sorted((text, code) for text, code in codes.items() if code)
    insert_rows(connection, "raw.country_codes", known)
    bounds = connection.execute(
        " union all ".join(f"select min({c})::date, max({c})::date from raw.{t}" for t, c in _DATE_COLUMNS)
    ).fetchall()
    firsts = [first for first, _ in bounds if first]
    connection.execute("delete from raw.weeks")
    connection.execute("delete from raw.calendar_days")
    if not firsts:
        return
    first = min(firsts) - timedelta(days=CALENDAR_DAYS_BEFORE)
    last = max(last for _, last in bounds if last) + timedelta(days=CALENDAR_DAYS_AHEAD)
    _fill_days(connection, sorted({code for code in codes.values() if code}), first, last, overrides)
    connection.execute(
        """
        insert into raw.weeks
        select week::date from (
            select unnest(generate_series(
                date_trunc('week', min(work_date)), date_trunc('week', max(work_date)), interval 7 day)) as week
            from raw.timesheets having count(*) > 0
        )
        """
    )


def _fill_days(
    connection: duckdb.DuckDBPyConnection,
    countries: list[str],
    first: date,
    last: date,
    overrides: pd.DataFrame | None,
) -> None:
    connection.execute(
        """
        insert into raw.calendar_days by name
        select '' as country, day::date as calendar_date, isodow(day) < 6 as is_workday,
            case when isodow(day) < 6 then 'work' else 'weekend' end as day_kind, false as is_provisional,
            false as is_statutory, null as holiday_name, isodow(day) >= 6 as is_weekend
        from (select unnest(generate_series($first::timestamp, $last::timestamp, interval 1 day)) as day)
        """,
        {"first": first, "last": last},
    )
    if not countries:
        return
    days = working_days(countries, first, last, overrides)
    connection.register("new_days", days)
    connection.execute(
        "insert into raw.calendar_days by name select country, calendar_date::date as calendar_date, is_workday,"
        " day_kind, is_provisional, is_statutory, holiday_name, is_weekend from new_days"
    )
    connection.unregister("new_days")
