"""A person's own usual week: its hours, and how far weeks usually lie from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from analytics.workload.load import BASELINE_LAG_WEEKS, BASELINE_WEEKS, MIN_BASELINE_WEEKS
from analytics.workload.strain.exposure import by_week

if TYPE_CHECKING:
    from analytics.workload.grid import Floats
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.settings import StrainSettings

#: Turns a median absolute deviation into a standard deviation for normal values.
_MAD_FACTOR = 1.4826


@dataclass(frozen=True)
class Baseline:
    """People × weeks: hours of the usual week (NaN when unknown), and usual deviation."""

    hours: Floats
    deviation: Floats


def baseline_of(exposure: Exposure, settings: StrainSettings) -> Baseline:
    """Return the median of the full weeks w−30 … w−4, not under the contract's hours, and 1.4826·MAD (at least 3 h).

    The lag of four weeks keeps the index monotone: more hours in the last four weeks can't raise what they are
    compared with. Under six full weeks nothing is compared.
    """
    weekly = np.where(exposure.full_weeks, by_week(exposure.hours.low), np.nan)
    padded = np.pad(weekly, ((0, 0), (BASELINE_WEEKS + BASELINE_LAG_WEEKS - 1, 0)), constant_values=np.nan)
    windows = sliding_window_view(padded, BASELINE_WEEKS, axis=1)[:, : weekly.shape[1]]
    count = (~np.isnan(windows)).sum(axis=2)
    median = _median(windows, count)
    spread = _median(np.abs(windows - median[:, :, None]), count) * _MAD_FACTOR
    is_enough = count >= MIN_BASELINE_WEEKS
    usual = np.where(is_enough, np.fmax(median, exposure.contract_hours[:, None]), np.nan)
    least = settings["min_deviation_hours"]
    return Baseline(usual, np.where(is_enough, np.maximum(np.nan_to_num(spread), least), least))


def _median(windows: Floats, count: Floats) -> Floats:
    """Median along the last axis of what is not NaN."""
    ranked = np.sort(windows, axis=2)  # NaN stands last
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    high = np.minimum(high, windows.shape[2] - 1)
    pair = (np.take_along_axis(ranked, at[:, :, None], axis=2)[:, :, 0] for at in (low, np.where(count % 2, low, high)))
    first, second = pair
    return (first + second) / 2
