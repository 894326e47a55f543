"""Hours from UTC by zone and day, and which countries have one zone only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Countries with several entries in the zone database whose clocks all show the same time.
_ONE_TIME: Final = {
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "MY": "Asia/Kuala_Lumpur",
    "VN": "Asia/Ho_Chi_Minh",
}

_NOON: Final = 12
_SECONDS_AN_HOUR: Final = 3600


def country_zones() -> pd.DataFrame:
    """Return ``country``, ``time_zone`` of the countries in which all clocks show the same time.

    China's second entry in the zone database (Urumqi) is local custom; its official time is that of Beijing.
    """
    rows = [
        (country, zones[0])
        for country, zones in get_global("territory_zones").items()
        if len(zones) == 1 and country not in _ONE_TIME
    ]
    rows += list(_ONE_TIME.items())
    return pd.DataFrame(rows, columns=["country", "time_zone"])


def zone_offsets(zones: Iterable[str], first: date, last: date) -> pd.DataFrame:
    """Return ``time_zone``, ``day``, ``offset_hours`` at noon UTC; a zone that nobody knows has no row."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [(zone, day, _offset_hours(found, day)) for zone, found in _known(zones) for day in days]
    frame = pd.DataFrame(rows, columns=["time_zone", "day", "offset_hours"])
    return frame.assign(day=pd.to_datetime(frame["day"]), offset_hours=frame["offset_hours"].astype("float64"))


def _known(zones: Iterable[str]) -> list[tuple[str, ZoneInfo]]:
    found = []
    for zone in sorted(set(zones)):
        try:
            found.append((zone, ZoneInfo(zone)))
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return found


def _offset_hours(zone: ZoneInfo, day: date) -> float:
    offset = datetime(day.year, day.month, day.day, _NOON, tzinfo=UTC).astimezone(zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds() / _SECONDS_AN_HOUR
