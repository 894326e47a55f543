"""Public holidays of the place where a person was on a day: of the trip's country, else of home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.anomalies import keys
from analytics.anomalies.checks import HOURS_ON_HOLIDAY
from analytics.anomalies.places import trip_days, trips_known
from analytics.anomalies.robust import USUAL_COUNT
from analytics.workload.grid import floats_of

if TYPE_CHECKING:
    import pandas as pd

    from analytics.anomalies.frames import Known
    from analytics.anomalies.places import Calendars
    from analytics.workload.grid import Flags, Whole

#: From this share of worked holidays on, the firm's people abroad keep the calendar of home.
_HOME_CALENDAR_SHARE = 1 / 3


def holidays_of_work_place(known: Known, calendars: Calendars, home: Whole) -> tuple[Flags, Flags]:
    """Return for each row of ``known.days`` whether it was a holiday there, and whether it was on a trip.

    On the day of travel a person is at both places: it is a holiday only when it is one at both. Where a third of the
    site's holidays abroad are worked although home works too, abroad the calendar of home goes on.
    """
    days = known.days
    is_off = calendars.is_holiday(home[days["person"].to_numpy()], days["day"].to_numpy())
    on_trip = np.zeros(len(days), dtype=bool)
    away = _days_away(known, calendars, home)
    place, is_there = keys.find(days["key"].to_numpy(), away["key"].to_numpy())
    is_inner, home_off, site_off = (away[name].to_numpy() for name in ("is_inner", "home_off", "site_off"))
    is_worked = is_there & (floats_of(days["hours"])[place] > HOURS_ON_HOLIDAY.threshold)
    site_only = is_inner & site_off & ~home_off & away["is_filed"].to_numpy()
    keeps_home = site_only.sum() > USUAL_COUNT and is_worked[site_only].mean() >= _HOME_CALENDAR_SHARE
    is_away_off = np.where(is_inner & (not keeps_home), site_off, site_off & home_off)
    is_off = is_off.copy()
    is_off[place[is_there]] = is_away_off[is_there]
    on_trip[place[is_there]] = True
    return is_off, on_trip


def _days_away(known: Known, calendars: Calendars, home: Whole) -> pd.DataFrame:
    """Return the days of all trips with holidays at home and there; an unknown country is taken as home."""
    trips = trips_known(known)
    away = trip_days(trips)
    trip, day = away["trip"].to_numpy(), away["day"].to_numpy()
    person = trips["person"].to_numpy(dtype=np.int64)[trip]
    site = calendars.code(trips["country"])[trip]
    home_off = calendars.is_holiday(home[person], day)
    filed = known.weeks.loc[known.weeks["is_filed"], "key"].to_numpy()
    return away.assign(
        home_off=home_off,
        site_off=np.where(site < 0, home_off, calendars.is_holiday(site, day)),
        is_filed=keys.find(filed, keys.day_key(person, keys.monday(day)))[1],
    )
