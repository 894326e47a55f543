"""Whether a stated probability happens as often as stated, and whether it tells late from punctual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

#: Outcomes and forecasts are days; a difference far below a day is a rounding error of the arithmetic.
_SAME_DAY_TOLERANCE: Final = 1e-6


def is_covered(observed: npt.ArrayLike, forecast: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Return whether each outcome came at or before its forecast, to the day."""
    seen = np.asarray(observed, dtype=np.float64)
    return np.asarray(seen <= np.asarray(forecast, dtype=np.float64) + _SAME_DAY_TOLERANCE)


def coverage(observed: npt.ArrayLike, forecast: npt.ArrayLike) -> float:
    """Return the share of outcomes at or before the forecast; for a P80 this should be 0.8. No rows, no number."""
    seen = np.asarray(observed, dtype=np.float64)
    if seen.size == 0:
        return float("nan")
    return float(is_covered(seen, forecast).mean())


def pit_values(observed: npt.ArrayLike, quantiles: Floats) -> Floats:
    """Return where each outcome fell in its forecast, from 0 (earlier than all) to 1 (later than all).

    Levels equal to the outcome count half, so that a forecast made of few dates is not judged as biased
    (mid-distribution form of the probability integral transform; Dawid 1984).
    """
    seen = np.asarray(observed, dtype=np.float64)[..., None]
    is_same = np.abs(quantiles - seen) <= _SAME_DAY_TOLERANCE
    is_below = (quantiles < seen) & ~is_same
    return np.asarray(is_below.mean(axis=-1) + 0.5 * is_same.mean(axis=-1))


def pit_histogram(values: npt.ArrayLike, bin_count: int = 10) -> pd.DataFrame:
    """Return how many PIT values fall in each of ``bin_count`` equal bins; flat means calibrated.

    ``count_share`` minus ``1 / bin_count``, summed without sign, is the usual single figure.
    """
    counts, edges = np.histogram(np.asarray(values, dtype=np.float64), bins=bin_count, range=(0.0, 1.0))
    total = max(int(counts.sum()), 1)
    return pd.DataFrame(
        {
            "pit_from": edges[:-1],
            "pit_to": edges[1:],
            "project_count": counts.astype("int64"),
            "count_share": counts / total,
        }
    )


def pit_deviation(values: npt.ArrayLike, bin_count: int = 10) -> float:
    """Return how far the PIT histogram is from flat: shares minus ``1 / bin_count``, summed without sign.

    0 is perfectly flat, and with few projects chance alone gives some tenths. No rows, no number.
    """
    if np.asarray(values).size == 0:
        return float("nan")
    return float((pit_histogram(values, bin_count)["count_share"] - 1 / bin_count).abs().sum())


def brier_score(happened: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean squared error of stated probabilities (Brier 1950). No rows, no number."""
    truth = np.asarray(happened, dtype=np.float64)
    if truth.size == 0:
        return float("nan")
    return float(np.square(np.asarray(probability, dtype=np.float64) - truth).mean())


def area_under_curve(happened: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return how often a late project got the higher probability than a punctual one; ties count half.

    It is the Mann-Whitney statistic from average ranks. Without both kinds there is no number.
    """
    truth = np.asarray(happened, dtype=bool)
    late_count = int(truth.sum())
    punctual_count = truth.size - late_count
    if late_count == 0 or punctual_count == 0:
        return float("nan")
    ranks = pd.Series(np.asarray(probability, dtype=np.float64)).rank(method="average").to_numpy()
    beaten = float(ranks[truth].sum()) - late_count * (late_count + 1) / 2
    return beaten / (late_count * punctual_count)


def reliability_bins(happened: npt.ArrayLike, probability: npt.ArrayLike, bin_count: int = 5) -> pd.DataFrame:
    """Return, for bins of the stated probability, what was stated, what happened, and how many there were.

    Columns: ``probability_from``, ``probability_to``, ``project_count``, ``mean_probability``, ``late_share``.
    Empty bins are left out. ``late_share_low`` and ``late_share_high`` are Wilson's 90 % interval (1927).
    """
    stated = np.asarray(probability, dtype=np.float64)
    place = np.minimum((stated * bin_count).astype(np.int64), bin_count - 1)
    rows = pd.DataFrame({"place": place, "stated": stated, "late": np.asarray(happened, dtype=np.float64)})
    bins = (
        rows.groupby("place", sort=True)
        .agg(project_count=("late", "size"), mean_probability=("stated", "mean"), late_share=("late", "mean"))
        .reset_index()
    )
    low, high = wilson_interval(bins["late_share"].to_numpy(), bins["project_count"].to_numpy())
    return bins.assign(
        probability_from=bins["place"] / bin_count,
        probability_to=(bins["place"] + 1) / bin_count,
        late_share_low=low,
        late_share_high=high,
    ).drop(columns="place")


def wilson_interval(share: npt.ArrayLike, count: npt.ArrayLike, z: float = 1.645) -> tuple[Floats, Floats]:
    """Return Wilson's score interval of a share seen in ``count`` projects; 90 % by default."""
    seen = np.asarray(share, dtype=np.float64)
    number = np.asarray(count, dtype=np.float64)
    spread = z * np.sqrt(seen * (1 - seen) / number + z**2 / (4 * number**2))
    centre = seen + z**2 / (2 * number)
    scale = 1 + z**2 / number
    return np.maximum((centre - spread) / scale, 0.0), np.minimum((centre + spread) / scale, 1.0)
