"""Announced finishes: the chance of keeping one, when it must be said anew, and which day then.

Computed dates move weekly, promises must not: a promise is left alone while the chance of keeping it stays in a band.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.delay.view import PROBABILITY_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final = ("finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date")
_SCORES: Final = np.array([NormalDist().inv_cdf(level) for level in (0.1, 0.5, 0.8, 0.9)])


@dataclass(frozen=True)
class Band:
    """The chances of keeping a promise between which nothing is said anew, and the chance a new promise shall have."""

    low: float = 0.5
    high: float = 0.9
    aim: float = 0.8


def chance_of_keeping(forecast: Mapping[Any, Any], announced: pd.Timestamp) -> float | None:
    """Return the chance that a project finishes on or before a day; nothing without a forecast.

    Between the four published quantiles the day is straight in the normal score, beyond them the outer slope goes on.
    """
    days = _days(forecast)
    if days is None:
        return None
    score = _straight(float((pd.Timestamp(announced) - pd.Timestamp(0)).days), days, _SCORES)
    return float(np.clip(NormalDist().cdf(score), *PROBABILITY_BOUNDS))


def day_for(forecast: Mapping[Any, Any], aim: float) -> pd.Timestamp | None:
    """Return the day that is kept with the chance ``aim``; a part of a day counts as that day."""
    days = _days(forecast)
    if days is None:
        return None
    day = _straight(NormalDist().inv_cdf(aim), _SCORES, days)
    return pd.Timestamp(0) + pd.Timedelta(days=int(np.ceil(day - 1e-4)))


def must_announce(chance: float | None, band: Band) -> bool:
    """Tell whether a promise has to be said anew."""
    return chance is not None and not band.low <= chance <= band.high


def _days(forecast: Mapping[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    dates = pd.to_datetime(pd.Series([forecast.get(name) for name in _NAMES]), errors="coerce")
    if dates.isna().any():
        return None
    days = np.array([(day - pd.Timestamp(0)).days for day in dates], dtype=np.float64)
    # Quantiles may share a day; a straight line needs a step, however small.
    return np.asarray(np.maximum.accumulate(days) + np.arange(len(days)) * 1e-6)


def _straight(at: float, xs: Any, ys: Any) -> float:
    place = int(np.clip(np.searchsorted(xs, at) - 1, 0, len(xs) - 2))
    slope = (ys[place + 1] - ys[place]) / (xs[place + 1] - xs[place])
    return float(ys[place] + (at - xs[place]) * slope)


@dataclass(frozen=True)
class Played:
    """What became of announcing by a rule: how many projects, changes of promises, and last promises that were kept."""

    rule: str
    project_count: int
    change_count: int
    kept_count: int
    first_kept_count: int


def played(forecasts: pd.DataFrame, finishes: Mapping[str, pd.Timestamp], band: Band | None = None) -> list[Played]:
    """Replay announcing by the band, by P50 of each week, and by P80 once.

    Parameters
    ----------
    forecasts
        ``project_id``, ``as_of_date`` and the four quantiles, one row per project and week.
    finishes
        When the projects were over. A promise counts as kept when the finish is not after it; the last promise that
        was made counts, and beside it the first.
    """
    used = forecasts[forecasts["project_id"].isin(list(finishes))].dropna(subset=list(_NAMES))
    rules = {"band": band or Band(), "p50_weekly": None, "p80_once": None}
    found = []
    for rule, its_band in rules.items():
        changes = kept = first_kept = count = 0
        for project_id, rows in used.sort_values("as_of_date").groupby("project_id"):
            promises = _promises(rule, rows.to_dict("records"), its_band)
            finish = pd.Timestamp(finishes[str(project_id)])
            count += 1
            changes += len(promises) - 1
            kept += finish <= promises[-1]
            first_kept += finish <= promises[0]
        found.append(Played(rule, count, changes, int(kept), int(first_kept)))
    return found


def _promises(rule: str, rows: list[dict[Any, Any]], band: Band | None) -> list[pd.Timestamp]:
    said: list[pd.Timestamp] = []
    for row in rows:
        if band is not None:
            day = day_for(row, band.aim) if not said or must_announce(chance_of_keeping(row, said[-1]), band) else None
        elif rule == "p50_weekly":
            day = pd.Timestamp(row["finish_p50_date"])
        else:
            day = None if said else pd.Timestamp(row["finish_p80_date"])
        if day is not None and (not said or day != said[-1]):
            said.append(day)
    return said
