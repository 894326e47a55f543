"""Which clock a person or a site goes by: zones by name, city or country, their changes, and offsets by day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
from babel.core import get_global

from data.calendars import country_code
from data.cities import zone_of_city

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

#: Countries with several entries in the zone database whose clocks all show the same time.
_ONE_TIME: Final = {
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "MY": "Asia/Kuala_Lumpur",
    "VN": "Asia/Ho_Chi_Minh",
}

_NOON: Final = time(12)
_SECONDS_A_MINUTE: Final = 60
_SECONDS_AN_HOUR: Final = 3600
#: A fixed offset as people write it: UTC+8, GMT-03:30, +0545.
_OFFSET: Final = re.compile(r"(?i)(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?")
_MOST_OFFSET_HOURS: Final = 14
_FAR_PAST, _FAR_FUTURE = datetime(1900, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - UTC without a mark, as stored


@lru_cache(maxsize=1)
def _single_zones() -> dict[str, str]:
    single = {country: zones[0] for country, zones in get_global("territory_zones").items() if len(zones) == 1}
    return single | _ONE_TIME


def country_zones() -> pd.DataFrame:
    """Return ``country``, ``time_zone`` of the countries in which all clocks show the same time.

    China's second entry in the zone database (Urumqi) is local custom; its official time is that of Beijing.
    """
    return pd.DataFrame(list(_single_zones().items()), columns=["country", "time_zone"])


@lru_cache(maxsize=4096)
def zone_named(text: str) -> str:
    """Return the zone that a text names: ``Asia/Shanghai``, ``UTC+8`` (``+08:00``), a name of Windows; else nothing."""
    bare = text.strip()
    told = _OFFSET.fullmatch(bare)
    if told:
        sign, hours, minutes = told.groups()
        is_possible = int(hours) <= _MOST_OFFSET_HOURS and int(minutes or 0) < _SECONDS_A_MINUTE
        return f"{sign}{int(hours):02d}:{minutes or '00'}" if is_possible else ""
    if bare.casefold() in ("utc", "gmt", "z"):
        return "UTC"
    windows = get_global("windows_zone_mapping")
    for name in (bare, bare.replace(" ", "_"), windows.get(bare, "")):
        if name and _zone(name) is not None:
            return name
    return ""


@lru_cache(maxsize=65536)
def zone_of_place(zone_text: str, city: str, country_text: str) -> str:
    """Return the zone of a home or a site: the one it names, else its city's, else its country's; '' if not known.

    A country with several zones and a city that nobody knows, or whose name fits several zones, has none.
    """
    country = country_code(country_text) or "" if country_text else ""
    return (
        zone_named(zone_text)
        or (zone_of_city(city, country) if city and country not in _single_zones() else "")
        or _single_zones().get(country, "")
    )


def zone_changes(zones: Iterable[str], first: date, last: date) -> pd.DataFrame:
    """Return one row per zone and stretch of time with one offset; the stretches of a zone leave no gap.

    Returns
    -------
    DataFrame
        ``time_zone``, ``utc_from``, ``utc_until``, ``wall_from``, ``wall_until`` (the same bounds on the local clock;
        an hour that a change repeats is taken to be the first one), ``offset_minutes``.
    """
    rows = [(name, *stretch) for name, zone in _known(zones) for stretch in _stretches(zone, first, last)]
    names = ["time_zone", "utc_from", "utc_until", "wall_from", "wall_until", "offset_minutes"]
    return pd.DataFrame(rows, columns=names)


def _stretches(zone: tzinfo, first: date, last: date) -> Iterator[tuple[datetime, datetime, datetime, datetime, int]]:
    begin = wall_begin = _FAR_PAST
    offset = _offset_minutes(zone, datetime.combine(first, time()))
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        before = datetime.combine(day, time())
        after = before + timedelta(days=1)
        if _offset_minutes(zone, after) == offset:
            continue
        moment = _change_between(zone, before, after)
        wall = moment + timedelta(minutes=offset)
        yield begin, moment, wall_begin, wall, offset
        begin, wall_begin, offset = moment, wall, _offset_minutes(zone, moment)
    yield begin, _FAR_FUTURE, wall_begin, _FAR_FUTURE, offset


def _change_between(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the minute at which the offset changes."""
    old = _offset_minutes(zone, before)
    low, high = 0, int((after - before).total_seconds() // _SECONDS_A_MINUTE)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_minutes(zone, before + timedelta(minutes=middle)) == old:
            low = middle
        else:
            high = middle
    return before + timedelta(minutes=high)


def _offset_minutes(zone: tzinfo, moment: datetime) -> int:
    offset = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / _SECONDS_A_MINUTE)


def zone_offsets(zones: Iterable[str], first: date, last: date) -> pd.DataFrame:
    """Return ``time_zone``, ``day``, ``offset_hours`` at local noon; a zone that nobody knows has no row."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [(zone, day, _offset_hours(found, day)) for zone, found in _known(zones) for day in days]
    frame = pd.DataFrame(rows, columns=["time_zone", "day", "offset_hours"])
    return frame.assign(day=pd.to_datetime(frame["day"]), offset_hours=frame["offset_hours"].astype("float64"))


def _known(zones: Iterable[str]) -> list[tuple[str, tzinfo]]:
    return [(name, zone) for name in sorted(set(zones)) if (zone := _zone(name)) is not None]


def _zone(name: str) -> tzinfo | None:
    told = _OFFSET.fullmatch(name)
    if told:
        sign, hours, minutes = told.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset_hours(zone: tzinfo, day: date) -> float:
    offset = datetime.combine(day, _NOON, tzinfo=zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds() / _SECONDS_AN_HOUR
