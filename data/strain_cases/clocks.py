"""Diaries as clock times: the day's work, and calls that break a night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from data.strain_cases.diary import BREAK_HOURS

if TYPE_CHECKING:
    from data.strain_cases.diary import Diary, Floats, Ints

#: China's clocks are eight hours before UTC; moments of a warehouse are UTC.
_HOME_OFFSET_HOURS: Final = 8.0
_OFFSETS: Final = {"Asia/Shanghai": 8.0, "Europe/Berlin": 1.0}


def local_offset(diary: Diary, days: Ints) -> Floats:
    """Return hours from UTC of the place of each day: between departure and return that of the site."""
    offset = np.full(diary.days, _HOME_OFFSET_HOURS)
    for trip in diary.trips:
        offset[trip.first + 1 : trip.last] = _OFFSETS[trip.time_zone]
    found: Floats = offset[days]
    return found


def clock_times_of(person: str, diary: Diary, filed: np.ndarray, dates: tuple[pd.DatetimeIndex, ...]) -> pd.DataFrame:
    """Return the entries with clock times of a person: one for the day's work, one for each call at night.

    Parameters
    ----------
    filed
        Numbers of the days of which something was filed.
    dates
        For these days: the day, and the Monday of the week in which it became known.
    """
    day, known = dates
    offset, called = local_offset(diary, filed), diary.call_hours[filed]
    work = diary.hours[filed] - called
    begins = (diary.begins[filed] - offset, diary.call_begins[filed] - offset)
    lasts = (np.where(work > 0, work + BREAK_HOURS, 0.0), called)
    parts = [
        pd.DataFrame(
            {
                "person_id": person,
                "work_date": day,
                "known_week_date": known,
                "superseded_week_date": pd.Series(pd.NaT, index=range(len(day)), dtype="datetime64[us]"),
                "started_at": day + _minutes(begin),
                "ended_at": day + _minutes(begin + last),
                "time_zone": None,
                "is_local": False,
            }
        ).loc[last > 0]
        for begin, last in zip(begins, lasts, strict=True)
    ]
    told: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return told if diary.has_clock else told.iloc[:0]


def _minutes(hours: Floats) -> pd.TimedeltaIndex:
    return pd.to_timedelta(np.round(hours * 60), unit="min")
