"""Which day is a workday where: calendars by country, and days on a trip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.frames import places, text_of
from analytics.workload.grid import day_numbers, flags_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Flags, Whole

_HOLIDAY, _WORKDAY = 2, 1
#: A trip longer than a year is a slip of the keyboard; its days say nothing.
_LONGEST_TRIP_DAYS = 366


@dataclass(frozen=True)
class Calendars:
    """Countries × days: 1 workday, 2 public holiday, 0 anything else or not known."""

    countries: pd.Index
    first_day: int
    kinds: npt.NDArray[np.int8]

    def code(self, country: pd.Series) -> Whole:
        """Return the place of each country; −1 for one without a calendar."""
        return places(self.countries, country)

    def is_holiday(self, code: Whole, day: Whole) -> Flags:
        """Whether each day is a public holiday in its country."""
        flags: Flags = self._kind(code, day) == _HOLIDAY
        return flags

    def is_workday(self, code: Whole, day: Whole) -> Flags:
        """Whether each day is a workday; without a calendar Monday to Friday are."""
        kind = self._kind(code, day)
        flags: Flags = np.where(kind < 0, keys.weekday(day) < 5, kind == _WORKDAY)
        return flags

    def _kind(self, code: Whole, day: Whole) -> npt.NDArray[np.int8]:
        place = day - self.first_day
        is_inside = (code >= 0) & (place >= 0) & (place < self.kinds.shape[1])
        kind = np.full(len(day), -1, dtype=np.int8)
        kind[is_inside] = self.kinds[code[is_inside], place[is_inside]]
        return kind


def calendars_of(calendar_days: pd.DataFrame) -> Calendars:
    """Lay the mart ``calendar_days`` out as countries × days; the country without a name is no place of work."""
    named = calendar_days.loc[text_of(calendar_days["country"]).ne("").to_numpy()]
    countries = pd.Index(np.sort(named["country"].unique().astype(object)), dtype="str")
    if named.empty:
        return Calendars(countries, 0, np.zeros((0, 0), dtype=np.int8))
    day = day_numbers(named["calendar_date"])
    first = int(day.min())
    kinds = np.full((len(countries), int(day.max()) - first + 1), -1, dtype=np.int8)
    is_holiday = named["day_kind"].eq("holiday").to_numpy(dtype=bool)
    kind = np.where(is_holiday, _HOLIDAY, np.where(flags_of(named["is_workday"]), _WORKDAY, 0))
    kinds[places(countries, named["country"]), day - first] = kind
    return Calendars(countries, first, kinds)


def trips_known(known: Known) -> pd.DataFrame:
    """Return one row per person and trip known: ``person``, ``first``, ``last``, ``country``, sorted; no nulls."""
    rows = known.frames.trips
    person = places(known.person_ids, rows["person_id"])
    first, last, known_day = (day_numbers(rows[name]) for name in ("departed_date", "returned_date", "known_date"))
    kept = (person >= 0) & (known_day <= known.as_of_day) & rows["known_date"].notna().to_numpy()
    kept &= rows["departed_date"].notna().to_numpy() & (last >= first) & (last - first <= _LONGEST_TRIP_DAYS)
    trips = pd.DataFrame(
        {
            "person": person,
            "first": first,
            "last": last,
            "known": known_day,
            "country": text_of(rows["destination_country"]).to_numpy(),
            "project_id": rows["project_id"].to_numpy(),
            "is_assumed": flags_of(rows["is_assumed"]),
        }
    )
    return trips.loc[kept].sort_values(["person", "first", "last", "country", "project_id"], ignore_index=True)


def trip_days(trips: pd.DataFrame) -> pd.DataFrame:
    """Return one row per trip and day: ``trip`` (its place), ``key``, ``day`` and ``is_inner`` (neither end)."""
    length = (trips["last"] - trips["first"] + 1).to_numpy(dtype=np.int64)
    trip = np.repeat(np.arange(len(trips), dtype=np.int64), length)
    first, last = trips["first"].to_numpy()[trip], trips["last"].to_numpy()[trip]
    step = np.arange(len(trip), dtype=np.int64) - np.repeat(np.cumsum(length) - length, length)
    day = first + step
    return pd.DataFrame(
        {
            "trip": trip,
            "key": keys.day_key(trips["person"].to_numpy(dtype=np.int64)[trip], day),
            "day": day,
            "is_inner": (day > first) & (day < last),
        }
    )
