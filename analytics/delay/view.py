"""From quantiles in weeks to what people read: dates, weeks of delay, probabilities, expected delay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.evaluation.scores import interpolated_quantile, probability_above

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

#: Late means more than this after the committed date.
LATE_AFTER_WEEKS: Final = 2.0
#: From this chance of being late on a project is called likely late, and two weeks running warn (amber).
LIKELY_LATE_PROBABILITY: Final = 0.5
#: From this chance on, two weeks running, the warning is red.
RED_PROBABILITY: Final = 0.8
#: Nothing is ever shown as impossible or certain.
PROBABILITY_BOUNDS: Final = (0.01, 0.99)
_SHOWN_LEVELS: Final = {"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9}


def forecast_view(rows: pd.DataFrame, quantiles: Floats) -> pd.DataFrame:
    """Turn quantiles in weeks into dates, weeks of delay, probabilities and expected delay."""
    shown = {name: pd.Series(shown_weeks(quantiles, level), index=rows.index) for name, level in _SHOWN_LEVELS.items()}
    dates = {f"finish_{name}_date": _date_after(rows["start_date"], weeks) for name, weeks in shown.items()}
    committed = rows["committed_weeks"].to_numpy(dtype=np.float64)
    late = probability_above(quantiles, committed + LATE_AFTER_WEEKS)
    has_number = ~np.isnan(quantiles[:, 0])
    beyond = np.maximum(quantiles - committed[:, None], 0.0).mean(axis=1)
    return pd.DataFrame(
        {
            "project_id": rows["project_id"],
            "as_of_date": rows["as_of_date"].astype("datetime64[us]"),
            "mode": rows["mode"],
            "method": rows["method"],
            **dates,
            "planned_finish_date": rows["planned_finish_date"],
            "baseline_finish_date": rows["first_plan_date"],
            "committed_date": rows["committed_date"],
            "slip_weeks_p50": shown["p50"] - committed,
            "slip_weeks_p80": shown["p80"] - committed,
            "late_probability": np.where(has_number, np.clip(late, *PROBABILITY_BOUNDS), np.nan),
            "expected_delay_person_weeks": beyond * rows["team_people"].fillna(1.0),
            "spi_t": rows["spi_t"],
            "is_spi_hidden": rows["is_spi_hidden"].astype(bool),
            "progress_ratio": rows["progress_ratio"],
            "progress_age_weeks": rows["progress_age_weeks"],
            "n_reference": rows["n_reference"].astype("int64"),
            "is_default_class": rows["is_default_class"].astype(bool),
            "is_assumed": rows["is_assumed"].astype(bool),
            "is_first_plan_reported": rows["is_first_plan_reported"].astype(bool),
            "reason": rows["reason"],
            "model_fingerprint": rows["model_fingerprint"].astype("str"),
        }
    )


def _date_after(start: pd.Series[pd.Timestamp], weeks: pd.Series[float]) -> pd.Series[pd.Timestamp]:
    """Return the day on which so many weeks are over; a part of a day counts as that day."""
    days = pd.to_timedelta(whole_days(weeks), unit="D")
    dates: pd.Series[pd.Timestamp] = (start + days).astype("datetime64[us]")
    return dates


def shown_weeks(quantiles: Floats, level: float) -> Floats:
    """Return a quantile as it is shown, in weeks since the start: up to the end of its day.

    Dates are days, so every slip and every move is the distance of two days and never differs from the dates beside it.
    """
    return np.asarray(whole_days(interpolated_quantile(quantiles, level)) / 7)


def whole_days(weeks: Any) -> Any:
    """Return weeks in days as they are shown: a part of a day counts as that day."""
    return np.ceil(weeks * 7 - 1e-6)
