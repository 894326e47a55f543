"""How far the travel log reaches: trips are often entered after they end, and a week before that is no stay at home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.known import last_full_week
from analytics.workload.grid import DAYS_A_WEEK, day_number, day_numbers, monday_number, timestamp_of

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Floats, Whole

#: A week is told when it has at least this share of the nights away that a week with travel usually has ...
_ENOUGH_SHARE: Final = 0.5
#: ... in the middle of the last weeks with any night.
_USUAL_WEEKS: Final = 8
#: Or when so large a share of the nights of earlier weeks was known as long after the week's end.
_KNOWN_SHARE: Final = 0.8


def trips_told_until(trips: pd.DataFrame, as_of_date: date) -> pd.Timestamp | None:
    """Return the Sunday up to which trips can be known on ``as_of_date``; nothing where no trip was known.

    A week after it may have trips that nobody has entered yet: no night in it is not a night at home. Weeks are told up
    to the newest one with about as many nights as usual, and further where trips were usually known by now.

    Parameters
    ----------
    trips
        Of the whole firm, not of a few people: ``departed_date``, ``returned_date``, ``known_date`` (when the trip was
        first known).
    """
    is_known = trips["known_date"].le(pd.Timestamp(as_of_date))
    stays = trips.loc[is_known & trips["returned_date"].gt(trips["departed_date"])]
    if stays.empty:
        return None
    last_monday = day_number(last_full_week(as_of_date))
    first, after = day_numbers(stays["departed_date"]), day_numbers(stays["returned_date"])
    by_nights = _last_week_with_usual_nights(first, after, last_monday)
    usual_lag = _usual_lag_days(first, after, day_numbers(stays["known_date"]), last_monday)
    today = day_number(as_of_date)
    by_lag = monday_number(today - int(np.ceil(usual_lag)) + 1) - 1
    return timestamp_of(min(max(by_nights, by_lag), last_monday + DAYS_A_WEEK - 1))


def _last_week_with_usual_nights(first: Whole, after: Whole, last_monday: int) -> int:
    """Return the Sunday of the newest full week that has enough nights; far in the past where there is none."""
    begin = monday_number(int(first.min()))
    days = last_monday + DAYS_A_WEEK - begin
    if days <= 0:
        return begin - 1
    changes = np.zeros(days + 1)
    np.add.at(changes, np.clip(first - begin, 0, days), 1.0)
    np.add.at(changes, np.clip(after - begin, 0, days), -1.0)
    nights = pd.Series(np.cumsum(changes[:-1]).reshape(-1, DAYS_A_WEEK).sum(axis=1))
    travelled = nights[nights > 0]
    usual = travelled.rolling(_USUAL_WEEKS, min_periods=1).median().shift(1).fillna(0.0)
    enough = travelled.index[travelled.ge(_ENOUGH_SHARE * usual)]
    return begin - 1 if enough.empty else begin + DAYS_A_WEEK * (int(enough[-1]) + 1) - 1


def _usual_lag_days(first: Whole, after: Whole, known: Whole, last_monday: int) -> float:
    """Return how many days after a week's end most of its trips are known, over all weeks with nights away."""
    mondays = first - (first - last_monday) % DAYS_A_WEEK
    count = (after - 1 - mondays) // DAYS_A_WEEK + 1
    trip = np.repeat(np.arange(len(first)), count)
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    sundays = mondays[trip] + DAYS_A_WEEK * step + DAYS_A_WEEK - 1
    lags: Floats = (known[trip] - sundays)[sundays <= last_monday + DAYS_A_WEEK - 1].astype(np.float64)
    return float(np.quantile(lags, _KNOWN_SHARE)) if len(lags) else 0.0
