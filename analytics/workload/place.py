"""Where each day is spent: at home, or at the destination of a trip. Dates are local; days of travel belong to home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import Grid, day_numbers, flags_of, floats_of, timestamp_of
from analytics.workload.travel import nights_away

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats, Whole

#: A place whose country or zone is not known.
UNKNOWN = -1


@dataclass(frozen=True)
class Places:
    """People × days.

    ``country`` and ``zone`` are indices into ``countries`` and ``zones``, or −1 where they are not known. ``is_away``
    is the night that begins on the day; ``is_travel`` marks the days on which a trip begins or ends.
    """

    countries: pd.Index
    zones: pd.Index
    country: Whole
    zone: Whole
    is_away: Flags
    is_travel: Flags


def places(grid: Grid, people: pd.DataFrame, trips: pd.DataFrame, country_zones: pd.DataFrame) -> Places:
    """Lay out where people are on each day of ``grid``.

    Parameters
    ----------
    people
        ``person_id``, ``home_country``, ``time_zone``.
    trips
        ``person_id``, ``departed_date``, ``returned_date``, ``destination_country``, ``destination_time_zone``. A
        trip without an end, or that ends before it begins, places nobody anywhere.
    country_zones
        ``country``, ``time_zone``: countries that have one zone only.
    """
    listed = people.drop_duplicates("person_id").set_index("person_id").reindex(grid.person_ids)
    home_country, home_zone = _texts(listed, "home_country"), _texts(listed, "time_zone")
    single = dict(zip(country_zones["country"], country_zones["time_zone"], strict=True))
    home_zone = _or_of_country(home_zone, home_country, single)
    has_dates = trips["departed_date"].notna() & trips["returned_date"].notna()
    dated = trips.loc[has_dates & trips["returned_date"].ge(timestamp_of(grid.first_day))]
    abroad = _texts(dated, "destination_country")
    person = grid.person_ids.get_indexer(pd.Index(dated["person_id"]))
    zone = _or_of_country(_texts(dated, "destination_time_zone"), abroad, single)
    is_home_country = (person >= 0) & (abroad == home_country[person]) & (abroad != "")
    zone = np.where((zone == "") & is_home_country & _has_one_zone(abroad, single), home_zone[person], zone)
    countries = pd.Index(sorted({*home_country, *abroad} - {""}))
    zones = pd.Index(sorted({*home_zone, *zone} - {""}))
    inner = _inner_days(grid, person, dated)
    return Places(
        countries=countries,
        zones=zones,
        country=_overlaid(grid, countries.get_indexer(pd.Index(home_country)), inner, countries.get_indexer(abroad)),
        zone=_overlaid(grid, zones.get_indexer(pd.Index(home_zone)), inner, zones.get_indexer(pd.Index(zone))),
        is_away=nights_away(grid, dated),
        is_travel=_travel_days(grid, dated),
    )


def calendar_of_place(place: Places, grid: Grid, calendar_days: pd.DataFrame, column: str) -> Floats:
    """Return a flag of the calendar of each day's place as 1 or 0; NaN without a calendar for it."""
    table = Grid(place.countries, grid.first_day, 1, grid.step_count)
    cells = table.cells(calendar_days["country"], calendar_days["calendar_date"])
    values = table.place(cells, flags_of(calendar_days[column]).astype(np.float64))
    return _looked_up(values, place.country)


def offset_of_place(place: Places, grid: Grid, zone_offsets: pd.DataFrame) -> Floats:
    """Return hours from UTC on each day; NaN where the zone is not known: then nothing is assessed that needs it."""
    table = Grid(place.zones, grid.first_day, 1, grid.step_count)
    cells = table.cells(zone_offsets["time_zone"], zone_offsets["day"])
    return _looked_up(table.place(cells, floats_of(zone_offsets["offset_hours"])), place.zone)


def home_holidays(grid: Grid, people: pd.DataFrame, calendar_days: pd.DataFrame) -> Flags:
    """Tell for people × days which are statutory holidays of home; a calendar without that column knows none."""
    if "is_statutory" not in calendar_days.columns:
        return np.zeros(grid.shape, dtype=bool)
    home = people.drop_duplicates("person_id").set_index("person_id")["home_country"].reindex(grid.person_ids)
    countries = Grid(pd.Index(calendar_days["country"].unique()), grid.first_day, 1, grid.step_count)
    cells = countries.cells(calendar_days["country"], calendar_days["calendar_date"])
    by_country = countries.mark(cells, flags_of(calendar_days["is_statutory"]))
    nowhere = np.zeros((1, grid.step_count), dtype=bool)
    flags: Flags = np.vstack([by_country, nowhere])[countries.person_ids.get_indexer(pd.Index(home))]
    return flags


def _looked_up(table: Floats, index: Whole) -> Floats:
    nowhere = np.full((1, index.shape[1]), np.nan)
    found: Floats = np.vstack([table, nowhere])[index, np.arange(index.shape[1])[None, :]]
    return found


def _texts(frame: pd.DataFrame, column: str) -> np.ndarray:
    if column not in frame.columns:
        return np.full(len(frame), "", dtype=object)
    return frame[column].astype(object).where(frame[column].notna(), "").to_numpy(dtype=object)


def _or_of_country(zone: np.ndarray, country: np.ndarray, single: dict[str, str]) -> np.ndarray:
    return np.array([z or single.get(c, "") for z, c in zip(zone, country, strict=True)], dtype=object)


def _has_one_zone(country: np.ndarray, single: dict[str, str]) -> Flags:
    return np.array([c in single for c in country], dtype=bool)


def _inner_days(grid: Grid, person: Whole, trips: pd.DataFrame) -> tuple[Whole, Whole]:
    """Flat cells of the days between departure and return (both days of travel belong to home), and their trip."""
    first = np.clip(day_numbers(trips["departed_date"]) + 1 - grid.first_day, 0, grid.step_count)
    after = np.clip(day_numbers(trips["returned_date"]) - grid.first_day, 0, grid.step_count)
    length = np.where(person >= 0, np.maximum(after - first, 0), 0)
    trip = np.repeat(np.arange(len(trips)), length)
    step = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return person[trip] * grid.step_count + first[trip] + step, trip


def _overlaid(grid: Grid, home: Whole, inner: tuple[Whole, Whole], away: Whole) -> Whole:
    where, trip = inner
    flat = np.repeat(home.astype(np.int16), grid.step_count)
    flat[where] = away[trip]
    return flat.reshape(grid.shape).astype(np.int64)


def _travel_days(grid: Grid, trips: pd.DataFrame) -> Flags:
    ends = [grid.cells(trips["person_id"], trips[name]) for name in ("departed_date", "returned_date")]
    every = np.ones(len(trips), dtype=bool)
    return grid.mark(ends[0], every) | grid.mark(ends[1], every)
