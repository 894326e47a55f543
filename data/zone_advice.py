"""What an import should say of time zones: cities whose name fits several, and clock times that nobody can place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.calendars import country_code
from data.cities import cities_named
from data.recognition.decisions import CITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from data.identities import Decisions
    from data.inbox import Batch

_PLACES: Final = {
    "people": ("time_zone", "home_city", "home_country"),
    "projects": ("site_time_zone", "site_city", "site_country"),
}
_MOST_NAMED: Final = 5
#: From what the zone of a clock time was taken, as ``marts.clock_times`` says it.
_ORIGINS: Final = {
    "row": "told by the row",
    "trip": "destination of a trip on that day",
    "site": "site of the project",
    "home": "home of the person",
}


def with_said_cities(decisions: Decisions, answers: Mapping[str, str]) -> Decisions:
    """Return the decisions with the zones of cities that the user said in this import."""
    said = {token.split(CITY, 1)[1]: zone for token, zone in answers.items() if CITY in token}
    if not said:
        return decisions
    return replace(decisions, same={**decisions.same, "city": {**decisions.same.get("city", {}), **said}})


def zone_advice(connection: duckdb.DuckDBPyConnection, batch: Batch) -> tuple[str, ...]:
    """Return sentences about the zones of one batch; the marts must be built."""
    if batch.table_name in _PLACES:
        return _of_cities(connection, batch)
    return _of_clocks(connection, batch) if batch.table_name == "timesheets" else ()


def _of_cities(connection: duckdb.DuckDBPyConnection, batch: Batch) -> tuple[str, ...]:
    zone, city, country = _PLACES[batch.table_name]
    rows = connection.execute(
        f"""
        select distinct listed.{city}, coalesce(listed.{country}, '')
        from raw.{batch.table_name} as listed
        left join raw.place_zones as places
            on coalesce(listed.{zone}, '') = places.zone_text and listed.{city} = places.city
            and coalesce(listed.{country}, '') = places.country_text
        where listed.batch_id = ? and listed.{city} is not null and places.city is null
        order by all
        """,
        [batch.batch_id],
    ).fetchall()
    words = []
    for name, country_text in rows:
        zones = sorted({one.time_zone for one in cities_named(name, country_code(country_text) or "")})
        if len(zones) > 1:
            words.append(
                f"{name} is the name of cities in {len(zones)} time zones ({', '.join(zones[:_MOST_NAMED])}). Say which"
                f' with --answer "{CITY}{name}={zones[0]}", or add a country: until then its clock times are not'
                " assessed."
            )
    return tuple(words)


def _of_clocks(connection: duckdb.DuckDBPyConnection, batch: Batch) -> tuple[str, ...]:
    (found,) = connection.execute(
        """
        select count(*), count(distinct entries.person_id)
        from raw.timesheets as entries left join marts.clock_times as clocks on entries.row_id = clocks.row_id
        where entries.batch_id = ? and entries.started_at is not null and entries.ended_at is not null
            and entries.started_offset_minutes is null and clocks.row_id is null
        """,
        [batch.batch_id],
    ).fetchall()
    taken = _zones_taken(connection, batch)
    if not found[0]:
        return taken
    words = (
        f"{found[0]:,} entries of {found[1]:,} people have clock times without a zone, and no zone is known for them:"
        " nights and rests are not assessed. Import the list of people with a time zone, a city or a country."
    )
    return (*taken, words)


def _zones_taken(connection: duckdb.DuckDBPyConnection, batch: Batch) -> tuple[str, ...]:
    """Say which zones clock times without one were read in, from what, and of how many rows."""
    rows = connection.execute(
        """
        select clocks.time_zone, clocks.zone_source, count(*) as rows_count
        from raw.timesheets as entries inner join marts.clock_times as clocks on entries.row_id = clocks.row_id
        where entries.batch_id = ? and clocks.is_local
        group by all order by rows_count desc, clocks.time_zone, clocks.zone_source
        """,
        [batch.batch_id],
    ).fetchall()
    if not rows:
        return ()
    named = [f"{zone} ({_ORIGINS.get(source, source)}; {count:,} rows)" for zone, source, count in rows[:_MOST_NAMED]]
    rest = sum(count for _zone, _source, count in rows[_MOST_NAMED:])
    more = f", and others ({rest:,} rows)" if rest else ""
    return (f"Clock times without a zone were taken as local: {', '.join(named)}{more}.",)
