"""Change requests that were decided before they were raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies.checks import REQUEST_DECIDED_EARLY
from analytics.anomalies.robust import centre_and_scale
from analytics.anomalies.rows import ROBUST_Z, anomalies, no_anomalies
from analytics.workload.grid import day_numbers, flags_of, floats_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Floats

#: From this share of at least so many decided requests on, the two columns were taken for each other.
_SWAPPED_SHARE = 0.2
_SWAPPED_COUNT = 20
#: Within so many days after it was raised a request is decided: a date that would then fit was mistyped.
_FITTING_DAYS = 90
_YEAR_DAYS = 365
#: Waiting times differ by at least a day.
_LEAST_SCALE_HOURS = 24.0


def requests_decided_early(known: Known) -> pd.DataFrame:
    """Return the requests whose decision lies before their arrival, or one row when that is the rule in the source."""
    rows = known.frames.change_requests
    is_known = rows["known_date"].notna() & (day_numbers(rows["known_date"]) <= known.as_of_day)
    rows = rows.loc[is_known & rows["decided_at"].notna() & rows["raised_at"].notna()]
    rows = rows.drop_duplicates("change_request_id").sort_values("change_request_id")
    if rows.empty:
        return no_anomalies()
    hours = _hours_early(rows)
    waiting_centre, waiting_scale = centre_and_scale(-hours, least_scale=_LEAST_SCALE_HOURS)
    is_early = hours > 0
    found = rows.loc[is_early]
    if len(rows) >= _SWAPPED_COUNT and is_early.mean() >= _SWAPPED_SHARE:
        return _swapped(rows, found, float(is_early.mean()))
    decided = day_numbers(found["decided_at"])
    return anomalies(
        REQUEST_DECIDED_EARLY,
        (decided, day_numbers(found["raised_at"])),
        {
            "project_id": found["project_id"].to_numpy(),
            "change_request_id": found["change_request_id"].to_numpy(),
            "value": hours[is_early],
            "usual_low": 0.0,
            "usual_high": REQUEST_DECIDED_EARLY.threshold,
            "unusual_score": (hours[is_early] + waiting_centre) / waiting_scale,
            "score_kind": ROBUST_Z,
            "likely_cause": _causes(found),
            "remedy": "correct_entry",
            "person_weeks_count": 0,
            "is_assumed": flags_of(found["is_assumed"]),
        },
    )


def _hours_early(rows: pd.DataFrame) -> Floats:
    """Hours by which the decision comes too early; 0 or less when the order is right or clocks can explain it."""
    decided, raised = rows["decided_at"], rows["raised_at"]
    is_date_only = decided.eq(decided.dt.normalize()) | raised.eq(raised.dt.normalize())
    gap = (raised - decided).dt.total_seconds() / 3600
    by_date = (raised.dt.normalize() - decided.dt.normalize()).dt.total_seconds() / 3600
    inside = gap.where(gap.le(0) | gap.gt(REQUEST_DECIDED_EARLY.threshold), 0.0)
    return floats_of(by_date.where(is_date_only, inside))


def _causes(found: pd.DataFrame) -> npt.NDArray[np.str_]:
    """Return the slip that a plain change of the date would mend, else that it was typed in after the fact."""
    decided, raised = found["decided_at"], found["raised_at"].dt.normalize()
    month_as_day = pd.to_datetime(
        {"year": decided.dt.year, "month": decided.dt.day.where(decided.dt.day.le(12)), "day": decided.dt.month},
        errors="coerce",
    )
    swapped = (month_as_day - raised).dt.days.between(0, _FITTING_DAYS)
    next_year = ((decided - raised).dt.days + _YEAR_DAYS).between(0, _FITTING_DAYS)
    causes: npt.NDArray[np.str_] = np.select(
        [swapped.to_numpy(), next_year.to_numpy()], ["day_and_month_swapped", "wrong_year"], "raised_after_the_fact"
    )
    return causes


def _swapped(rows: pd.DataFrame, found: pd.DataFrame, share: float) -> pd.DataFrame:
    first = day_numbers(rows["raised_at"])
    return anomalies(
        REQUEST_DECIDED_EARLY,
        (first.min(keepdims=True), first.max(keepdims=True)),
        {
            "value": share,
            "usual_low": 0.0,
            "usual_high": _SWAPPED_SHARE,
            "unit": "share",
            "unusual_score": np.nan,
            "score_kind": ROBUST_Z,
            "likely_cause": "columns_swapped",
            "remedy": "check_mapping",
            "person_weeks_count": 0,
            "is_assumed": bool(flags_of(found["is_assumed"]).any()),
        },
    )
