"""People × days or people × weeks as a matrix, so that windows over time are sums along a row.

Frames with one row per person and week would need a group per person for each window; a matrix needs one pass for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.known.reporting_week import ReportingDay

if TYPE_CHECKING:
    from datetime import date

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Whole: TypeAlias = npt.NDArray[np.int64]

DAYS_A_WEEK = 7

#: Day 0 (1970-01-01) was a Thursday, three days after a Monday.
_DAYS_FROM_MONDAY_TO_DAY_ZERO = 3


def day_number(day: date) -> int:
    """Days from 1970-01-01 to ``day``."""
    return int(np.datetime64(pd.Timestamp(day), "D").astype(np.int64))


def day_numbers(dates: pd.Series) -> Whole:
    """Days from 1970-01-01 for a column of dates; a missing date is far in the past."""
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64)


def monday_number(day: int) -> int:
    """Return the Monday of the week of a day, both as day numbers."""
    return day - (day + _DAYS_FROM_MONDAY_TO_DAY_ZERO) % DAYS_A_WEEK


def monday_of(day: date) -> pd.Timestamp:
    """Return the Monday of the week of a day."""
    return timestamp_of(monday_number(day_number(day)))


def timestamp_of(day: int) -> pd.Timestamp:
    """Return the day with this number."""
    return pd.Timestamp(np.datetime64(day, "D"))


def last_complete_sunday(as_of_date: date) -> pd.Timestamp:
    """Return the Sunday up to which weeks are told: that of the reporting week where ``as_of_date`` knows it.

    A plain date means the last complete week, which ends on ``as_of_date`` itself when it is a Sunday.
    """
    if isinstance(as_of_date, ReportingDay) and as_of_date.reporting_sunday is not None:
        return pd.Timestamp(as_of_date.reporting_sunday)
    return timestamp_of(monday_number(day_number(as_of_date) + 1) - 1)


def floats_of(values: pd.Series) -> Floats:
    """Any column of numbers or flags as floats, unknown as NaN."""
    return values.to_numpy(dtype="float64", na_value=np.nan)


def flags_of(values: pd.Series) -> Flags:
    """Any column of flags; unknown is False."""
    return np.nan_to_num(floats_of(values)).astype(bool)


@dataclass(frozen=True)
class Grid:
    """Cells of people × steps of time, from ``first_day`` on.

    Parameters
    ----------
    step_days
        1 for days, 7 for weeks (then ``first_day`` is a Monday).
    """

    person_ids: pd.Index
    first_day: int
    step_days: int
    step_count: int

    @property
    def shape(self) -> tuple[int, int]:
        """People and steps."""
        return len(self.person_ids), self.step_count

    @property
    def dates(self) -> npt.NDArray[np.datetime64]:
        """First day of each step."""
        days: npt.NDArray[np.datetime64] = (
            self.first_day + self.step_days * np.arange(self.step_count, dtype=np.int64)
        ).astype("datetime64[D]")
        return days

    def days(self) -> Grid:
        """Return the same people and time in days."""
        return Grid(self.person_ids, self.first_day, 1, self.step_count * self.step_days)

    def cells(self, person_ids: pd.Series, dates: pd.Series) -> tuple[Whole, Flags]:
        """Return the flat cell of each row, and whether the row lies inside at all."""
        person = self.person_ids.get_indexer(pd.Index(person_ids)).astype(np.int64)
        step = (day_numbers(dates) - self.first_day) // self.step_days
        is_inside = (person >= 0) & (step >= 0) & (step < self.step_count)
        return person * self.step_count + step, is_inside

    def total(self, cells: tuple[Whole, Flags], values: Floats) -> Floats:
        """Sum values into their cells; a cell without a row is 0."""
        where, is_inside = cells
        sums = np.bincount(where[is_inside], weights=values[is_inside], minlength=self.shape[0] * self.shape[1])
        return sums.astype(np.float64).reshape(self.shape)

    def place(self, cells: tuple[Whole, Flags], values: Floats) -> Floats:
        """Put one value into each cell; a cell without a row is NaN."""
        where, is_inside = cells
        flat = np.full(self.shape[0] * self.shape[1], np.nan)
        flat[where[is_inside]] = values[is_inside]
        return flat.reshape(self.shape)

    def mark(self, cells: tuple[Whole, Flags], values: Flags) -> Flags:
        """Put one flag into each cell; a cell without a row is False."""
        return np.nan_to_num(self.place(cells, values.astype(np.float64))).astype(bool)


def week_grid(weeks: pd.DataFrame) -> Grid:
    """Return the grid that holds every person and week of ``weeks`` (``person_id``, ``week_start_date``)."""
    if weeks.empty:
        return Grid(pd.Index([], dtype="str"), 0, DAYS_A_WEEK, 0)
    numbers = day_numbers(weeks["week_start_date"])
    first = monday_number(int(numbers.min()))
    count = (int(numbers.max()) - first) // DAYS_A_WEEK + 1
    return Grid(pd.Index(weeks["person_id"].unique()), first, DAYS_A_WEEK, count)


def window_sum(matrix: Floats, steps: int) -> Floats:
    """Sum of the last ``steps`` cells up to and including each cell; before the first cell is nothing."""
    sums = np.cumsum(matrix, axis=1)
    before = np.zeros_like(sums)
    before[:, steps:] = sums[:, :-steps] if steps < sums.shape[1] else 0.0
    return sums - before if steps < sums.shape[1] else sums


def streaks(flags: Flags) -> Whole:
    """How many cells in a row, ending with each cell, are True."""
    steps = np.broadcast_to(np.arange(1, flags.shape[1] + 1, dtype=np.int64), flags.shape)
    last_break = np.maximum.accumulate(np.where(flags, 0, steps), axis=1)
    return np.where(flags, steps - last_break, 0)
