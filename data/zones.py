"""Fill the raw tables that say which clock people and sites go by, before the models are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.insertion import insert_rows
from data.time_zones import zone_changes, zone_of_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

#: Where texts stand that may tell a zone: table, zone, city, country.
_PLACES: Final = (
    ("people", "time_zone", "home_city", "home_country"),
    ("projects", "site_time_zone", "site_city", "site_country"),
    ("trips", "null", "destination_city", "destination_country"),
    ("timesheets", "time_zone", "null", "null"),
    ("trips", "time_zone", "null", "null"),
)


def fill_zones(connection: duckdb.DuckDBPyConnection, said: Mapping[str, str] | None = None) -> bool:
    """Fill ``raw.place_zones``, ``person_zones``, ``project_zones`` and ``zone_changes``.

    Calendars and aliases must stand: they bound the time, and say who is who.

    Parameters
    ----------
    said
        City (as written) → the zone that the user said for it.

    Returns
    -------
    bool
        Whether a person or a site has another zone than before, so that local days may be others in every week.
    """
    before = _zones_of_all(connection)
    places = [row for place in _PLACES for row in _texts(connection, *place)]
    rows = [
        (zone, city, country, (said or {}).get(city, "") or zone_of_place(zone, city, country))
        for zone, city, country in sorted(set(places))
    ]
    connection.execute("delete from raw.place_zones")
    known = [row for row in rows if row[3]]
    insert_rows(connection, "raw.place_zones", known)
    _fill_owners(connection, "people", "person", ("time_zone", "home_city", "home_country"))
    _fill_owners(connection, "projects", "project", ("site_time_zone", "site_city", "site_country"))
    _fill_changes(connection, {row[3] for row in known})
    return before != _zones_of_all(connection)


def _texts(
    connection: duckdb.DuckDBPyConnection, table: str, zone: str, city: str, country: str
) -> list[tuple[str, str, str]]:
    columns = ", ".join(f"coalesce({name}::varchar, '')" for name in (zone, city, country))
    found: list[tuple[str, str, str]] = connection.execute(f"select distinct {columns} from raw.{table}").fetchall()
    return [row for row in found if any(row)]


def _zones_of_all(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = connection.execute(
        "select 'person', person_id, time_zone from raw.person_zones union all"
        " select 'project', project_id, time_zone from raw.project_zones union all"
        " select zone_text, city || ' ' || country_text, time_zone from raw.place_zones order by all"
    ).fetchall()
    return rows


def _fill_owners(connection: duckdb.DuckDBPyConnection, table: str, owner: str, columns: tuple[str, str, str]) -> None:
    """Give each person or project the zone of its newest row in force that tells one."""
    zone, city, country = (f"coalesce(listed.{name}, '')" for name in columns)
    connection.execute(f"delete from raw.{owner}_zones")
    connection.execute(
        f"""
        insert into raw.{owner}_zones
        select listed.{owner}_id, places.time_zone
        from staging.{table} as listed
        inner join raw.place_zones as places
            on {zone} = places.zone_text and {city} = places.city and {country} = places.country_text
        qualify row_number() over (
            partition by listed.{owner}_id order by listed.known_at desc, listed.row_id desc
        ) = 1
        """
    )


def _fill_changes(connection: duckdb.DuckDBPyConnection, zones: set[str]) -> None:
    connection.execute("delete from raw.zone_changes")
    (bounds,) = connection.execute("select min(calendar_date), max(calendar_date) from raw.calendar_days").fetchall()
    if bounds[0] is None or not zones:
        return
    connection.register("new_changes", zone_changes(zones, bounds[0], bounds[1]))
    connection.execute("insert into raw.zone_changes select * from new_changes")
    connection.unregister("new_changes")
