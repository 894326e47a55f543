"""A person's days one by one: what they were, as far as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.days import MIN_WORKED_DAY_HOURS
from analytics.workload.grid import DAYS_A_WEEK
from analytics.workload.strain.assess import assess_groups

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import StrainSettings

#: A day is long from so many hours on (8 h and the 3 h of overtime of China's Labour Law art. 41).
LONG_DAY_HOURS = 11.0


def person_strip(
    frames: StrainFrames, settings: StrainSettings, as_of_date: date, weeks_count: int, first_week_date: date
) -> pd.DataFrame:
    """Return the last weeks of one person (the only one in ``frames``) day by day.

    Returns
    -------
    DataFrame
        ``day``, ``week_start_date``, ``weekday`` (0 is Monday), ``worked_hours`` (null where nothing is filed),
        ``day_kind``: ``missing`` (a workday not filed), ``leave``, ``holiday``, ``rest``, ``work``, ``long``,
        ``weekend_work``; ``is_night_away``.
    """
    for group in assess_groups(frames, settings, as_of_date, first_week_date):
        exposure = group.exposure
        first = max(exposure.days.step_count - weeks_count * DAYS_A_WEEK, 0)
        tail = slice(first, None)
        hours, is_inside = exposure.hours.low[0, tail], exposure.is_inside[0, tail]
        is_worked = hours > MIN_WORKED_DAY_HOURS
        is_free = ~exposure.is_expected[0, tail]
        is_weekend, is_holiday = exposure.is_weekend[0, tail], exposure.is_statutory[0, tail]
        kind = np.select(
            [
                exposure.hours.is_missing[0, tail],
                is_worked & (is_weekend | is_holiday),
                is_worked & (hours >= LONG_DAY_HOURS),
                is_worked,
                is_holiday,
                is_free & ~is_weekend,
            ],
            ["missing", "weekend_work", "long", "work", "holiday", "leave"],
            "rest",
        )
        day = pd.DatetimeIndex(exposure.days.dates[tail]).as_unit("us")
        frame = pd.DataFrame(
            {
                "day": day,
                "week_start_date": day - pd.to_timedelta(np.arange(len(day)) % DAYS_A_WEEK, unit="D"),
                "weekday": np.arange(len(day)) % DAYS_A_WEEK,
                "worked_hours": np.where(exposure.is_filed[0, tail], hours, np.nan),
                "day_kind": kind,
                "is_night_away": exposure.is_away[0, tail],
            }
        )
        return frame.loc[is_inside].reset_index(drop=True)
    return pd.DataFrame(columns=["day", "week_start_date", "weekday", "worked_hours", "day_kind", "is_night_away"])
