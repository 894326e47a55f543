"""Robust centre, spread and score: one wrong row must not hide another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats

#: Makes the median absolute deviation the standard deviation of normal data (Rousseeuw and Croux 1993).
MAD_TO_SIGMA: Final = 1.4826
#: A robust score beyond this is an outlier (Iglewicz and Hoaglin 1993 take 3.5).
OUTLIER_SCORE: Final = 3.5
#: From this share of a person's own occasions on, it is what the person usually does ...
USUAL_SHARE: Final = 0.5
#: ... once there were this many occasions.
USUAL_COUNT: Final = 6


def centre_and_scale(values: Floats, *, least_scale: float) -> tuple[float, float]:
    """Return median and scaled MAD; the scale is at least ``least_scale`` so that sameness is not certainty."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    centre = float(np.median(known))
    return centre, max(float(np.median(np.abs(known - centre))) * MAD_TO_SIGMA, least_scale)


def other_share(hit_count: Floats, occasion_count: Floats) -> Floats:
    """Return the share of the *other* occasions that were hits too: this one does not excuse itself."""
    others = np.maximum(occasion_count - 1, 0)
    share: Floats = np.where(others > 0, np.clip(hit_count - 1, 0, None) / np.maximum(others, 1), 0.0)
    return np.minimum(share, 1.0)


def is_usual(hit_count: Floats, occasion_count: Floats) -> Flags:
    """Whether the person did so on at least half of six or more other occasions."""
    usual: Flags = (occasion_count - 1 >= USUAL_COUNT) & (other_share(hit_count, occasion_count) >= USUAL_SHARE)
    return usual
