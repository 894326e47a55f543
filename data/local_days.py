"""The local day of a moment of UTC, where a file tells days by moments: 22:30Z is the next day in Shanghai."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.contracts import Kind
from data.insertion import insert_rows
from data.readings import offset_sql
from data.time_zones import zone_changes, zone_of_place

if TYPE_CHECKING:
    import duckdb

    from data.readings import Reading

#: The cells with the offset of the person's zone at the moment of the row; names that no file has.
_WITH_OFFSET: Final = (
    "(select cells.*, zone_offset from cells left join person_offsets on {person} = zone_person"
    " and {moment} >= zone_from and {moment} < zone_until)"
)


def has_clocks(connection: duckdb.DuckDBPyConnection, readings: list[Reading]) -> bool:
    """Say whether a column of days holds moments: a plain cast would cut their clock off in silence."""
    for reading in readings:
        if reading.column.kind is Kind.DATE:
            query = f"select 1 from cells where contains({reading.cell}, ':') limit 1"
            if connection.execute(query).fetchone():
                return True
    return False


def local_day(connection: duckdb.DuckDBPyConnection, readings: list[Reading]) -> tuple[str, str]:
    """Return the SQL of the local day of work and the relation to read it from; nothing where no day is told in UTC.

    The zone is that of the list of people as it stands when the file comes in; without one the day is as written.
    """
    by_name = {reading.column.name: reading for reading in readings}
    day, person = by_name.get("work_date"), by_name.get("person_id")
    if day is None or person is None or not has_clocks(connection, [day]):
        return "", ""
    (bounds,) = connection.execute(
        f"select min({day.moment_sql}), max({day.moment_sql}) from cells where {offset_sql(day.cell)} = 0"
    ).fetchall()
    if bounds[0] is None:
        return "", ""
    zones = _zones_of_people(connection)
    changes = zone_changes(set(zones.values()), bounds[0].date(), bounds[1].date())
    connection.execute("create or replace temp table person_zones_here (person_id varchar, time_zone varchar)")
    insert_rows(connection, "person_zones_here", sorted(zones.items()))
    connection.register("changes_here", changes)
    connection.execute(
        "create or replace temp table person_offsets as select people.person_id as zone_person,"
        " changes.utc_from::timestamp as zone_from, changes.utc_until::timestamp as zone_until,"
        " changes.offset_minutes::bigint as zone_offset"
        " from person_zones_here as people inner join changes_here as changes on people.time_zone = changes.time_zone"
    )
    connection.unregister("changes_here")
    is_utc = f"coalesce({offset_sql(day.cell)} = 0, false)"
    moved = f"cast({day.moment_sql} + to_minutes(coalesce(zone_offset, 0)) as date)"
    sql = f"case when {is_utc} then {moved} else {day.sql} end"
    return sql, _WITH_OFFSET.format(person=person.cell, moment=day.moment_sql)


def _zones_of_people(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        "select person_id, coalesce(time_zone, ''), coalesce(home_city, ''), coalesce(home_country, '')"
        " from raw.people order by known_at, row_id"
    ).fetchall()
    found = {person: zone_of_place(zone, city, country) for person, zone, city, country in rows if person}
    aliases = connection.execute("select alias, person_id from raw.person_aliases").fetchall()
    found |= {alias: found[person] for alias, person in aliases if person in found}
    return {person: zone for person, zone in found.items() if zone}
