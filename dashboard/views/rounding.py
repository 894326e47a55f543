"""Parts that stand beside their sum are rounded together, so that they add up as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def parts_that_add(parts: Sequence[float], digits: int = 1) -> list[float]:
    """Return the parts rounded so that they add up to their rounded sum: the largest remainders are rounded up.

    Each part is off by less than one unit of the last digit. An unknown part stays unknown and counts as nothing.
    """
    values = np.asarray(parts, dtype="float64")
    scaled = np.nan_to_num(values) * 10.0**digits
    floors = np.floor(scaled + 1e-9)
    # Rounded as texts round it, so that the sum reads the same wherever it stands.
    shown_sum = round(float(np.nansum(values)), digits)
    missing = round(shown_sum * 10**digits) - int(floors.sum())
    order = np.argsort(-(scaled - floors), kind="stable")
    floors[order[:missing]] += 1
    rounded = np.round(floors / 10.0**digits, digits) + 0.0
    return [float(value) for value in np.where(np.isnan(values), np.nan, rounded)]
