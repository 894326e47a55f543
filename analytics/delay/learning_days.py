"""On which days a replay of the past learns anew: never later than the forecast that uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator


def by_learning_day(rows: pd.DataFrame, period: Literal["M", "Q"] = "M") -> Iterator[tuple[pd.Timestamp, pd.DataFrame]]:
    """Yield the rows of ``seen_on`` with the day up to which their forecast may learn, oldest first.

    It is the first of the month or quarter of the forecast: days of the calendar, so that what is learnt later can't
    move them.
    """
    firsts = rows["seen_on"].dt.to_period(period).dt.start_time
    for day, own in rows.groupby(firsts, sort=True):
        yield pd.Timestamp(str(day)), own
