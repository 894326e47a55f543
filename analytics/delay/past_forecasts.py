"""What was said of each finished project, against what came."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.delay.view import whole_days


def past_forecasts(scores: pd.DataFrame, method: str = "golive") -> pd.DataFrame:
    """Return every forecast of finished projects as dates, the newest first.

    Columns: ``project_id``, ``stage`` (% of the first planned duration), ``seen_on`` (day of the forecast),
    ``committed_date`` (as of that day), ``said_p50_date``, ``said_p80_date``, ``finish_date``, ``miss_weeks`` (finish
    after the P50; below zero is earlier), ``is_within_p80``, ``late_probability`` and ``is_late``.

    Parameters
    ----------
    scores
        The single forecasts of ``rolling_origin_scores``.
    """
    own = scores[scores["method"] == method]
    start = own["start_date"]
    finish, middle, said = (_after(start, own[name]) for name in ("true_weeks", "weeks_p50", "weeks_p80"))
    return pd.DataFrame(
        {
            "project_id": own["project_id"],
            "stage": own["stage"],
            "seen_on": own["seen_on"],
            "committed_date": _after(start, own["committed_weeks"]),
            "said_p50_date": middle,
            "said_p80_date": said,
            "finish_date": finish,
            "miss_weeks": (finish - middle).dt.days / 7,
            "is_within_p80": finish <= said,
            "late_probability": own["late_probability"],
            "is_late": own["is_late"].astype(bool),
        }
    ).sort_values(["seen_on", "project_id"], ascending=[False, True], ignore_index=True)


def _after(start: pd.Series[pd.Timestamp], weeks: pd.Series[float]) -> pd.Series[pd.Timestamp]:
    """Return the day on which so many weeks are over; a part of a day counts as that day."""
    days = whole_days(weeks.to_numpy(dtype=np.float64))
    day: pd.Series[pd.Timestamp] = (start + pd.to_timedelta(days, unit="D")).astype("datetime64[us]")
    return day
