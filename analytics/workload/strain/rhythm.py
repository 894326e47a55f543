"""How a person's hours go on: towards the own usual day, learned from everybody's weeks with statsmodels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import window_sum
from analytics.workload.strain.exposure import by_week

if TYPE_CHECKING:
    from analytics.workload.grid import Floats
    from analytics.workload.strain.exposure import Exposure

#: The outlook reaches so many weeks ahead.
OUTLOOK_WEEKS = 4

#: The usual hours per expected workday are those of so many weeks.
_USUAL_WEEKS = 16
_MIN_ROWS = 60

#: Residuals of one week between these quantiles; over four weeks and with weekends, eight of ten lie inside (backtest).
_RANGE = (0.05, 0.95)


class TooFewWeeksError(ValueError):
    """Too few weeks are known for an outlook."""


@dataclass(frozen=True)
class Rhythm:
    """What is learned: for each week ahead, how much of today's deviation from the usual day is left, and the spread.

    ``kept`` has one number per week ahead; ``low`` and ``high`` are residuals in hours per workday that one week in
    ten lies below and above.
    """

    kept: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rows: int


#: Where too little is known to learn from: hours go on as in the last two weeks. Without a range no outlook is told.
STEADY = Rhythm((1.0,) * OUTLOOK_WEEKS, (0.0,) * OUTLOOK_WEEKS, (0.0,) * OUTLOOK_WEEKS, 0)


def hours_a_day(exposure: Exposure) -> tuple[Floats, Floats]:
    """Return for people × weeks the hours per expected workday (NaN where unknown), and the usual ones before."""
    expected = by_week(exposure.is_expected)
    missing = by_week(exposure.hours.is_missing)
    hours = by_week(exposure.hours.point)
    daily = np.where((expected >= 3) & (missing == 0), hours / np.maximum(expected, 1), np.nan)
    known = ~np.isnan(daily)
    total = window_sum(np.nan_to_num(daily), _USUAL_WEEKS)
    count = window_sum(known.astype(np.float64), _USUAL_WEEKS)
    return daily, np.where(count >= 4, total / np.maximum(count, 1), np.nan)


def fit_rhythm(exposures: list[Exposure]) -> Rhythm:
    """Learn how deviations from the usual day fade, by ordinary least squares for each week ahead.

    Raises
    ------
    TooFewWeeksError
        When there are under 60 pairs of weeks to learn from.
    """
    if not exposures:
        raise TooFewWeeksError("Nobody is known.")
    kept, low, high, rows = [], [], [], 0
    for ahead in range(1, OUTLOOK_WEEKS + 1):
        now, later = [], []
        for exposure in exposures:
            daily, usual = hours_a_day(exposure)
            recent = _recent(daily, usual)
            now.append((recent[:, :-ahead]).ravel())
            later.append((daily[:, ahead:] - usual[:, :-ahead]).ravel())
        x, y = np.concatenate(now), np.concatenate(later)
        is_known = ~np.isnan(x) & ~np.isnan(y)
        if is_known.sum() < _MIN_ROWS:
            raise TooFewWeeksError("Under 60 pairs of weeks are known.")
        # A second to load, and most processes read what is on record.
        from statsmodels.regression.linear_model import OLS  # noqa: PLC0415

        fitted = OLS(y[is_known], x[is_known]).fit()
        slope = float(np.clip(fitted.params[0], 0, 1))
        residual = y[is_known] - slope * x[is_known]
        kept.append(slope)
        low.append(float(np.quantile(residual, _RANGE[0])))
        high.append(float(np.quantile(residual, _RANGE[1])))
        rows = int(is_known.sum())
    return Rhythm(tuple(kept), tuple(low), tuple(high), rows)


def _recent(daily: Floats, usual: Floats) -> Floats:
    """Deviation of the last two known weeks from the usual day."""
    before = np.full(daily.shape, np.nan)
    before[:, 1:] = daily[:, :-1]
    pair = np.where(np.isnan(daily), before, np.where(np.isnan(before), daily, (daily + before) / 2))
    return pair - usual
