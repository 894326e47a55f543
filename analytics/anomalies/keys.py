"""Whole numbers that stand for person, project and day, and sums by them: faster than text on millions of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.workload.grid import DAYS_A_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.workload.grid import Flags, Floats, Whole

#: Twenty bits each: a million people, a million projects, the days of 1,400 years either side of 1970.
_BITS: Final = 20
_DAY_OFFSET: Final = 1 << (_BITS - 1)
_MASK: Final = (1 << _BITS) - 1
#: 1970-01-01 was a Thursday.
_DAYS_FROM_MONDAY: Final = 3

#: Below this a sum of corrections is the dust of floating-point addition.
DECIMALS: Final = 6


def day_key(person: Whole, day: Whole) -> Whole:
    """One number for a person and a day; sorting by it sorts by person, then day."""
    return (person << _BITS) | (day + _DAY_OFFSET)


def day_key_parts(key: Whole) -> tuple[Whole, Whole]:
    """Return person and day of a ``day_key``."""
    return key >> _BITS, (key & _MASK) - _DAY_OFFSET


def project_key(person: Whole, project: Whole, day: Whole) -> Whole:
    """One number for a person, a project and a day."""
    return (((person << _BITS) | project) << _BITS) | (day + _DAY_OFFSET)


def project_key_parts(key: Whole) -> tuple[Whole, Whole, Whole]:
    """Return person, project and day of a ``project_key``."""
    return key >> (2 * _BITS), (key >> _BITS) & _MASK, (key & _MASK) - _DAY_OFFSET


def monday(day: Whole) -> Whole:
    """Return the Monday of each day's week."""
    return day - (day + _DAYS_FROM_MONDAY) % DAYS_A_WEEK


def weekday(day: Whole) -> Whole:
    """0 for Monday to 6 for Sunday."""
    return (day + _DAYS_FROM_MONDAY) % DAYS_A_WEEK


def sums_by(key: Whole, values: Mapping[str, Floats]) -> tuple[Whole, dict[str, Floats]]:
    """Return the sorted unique keys and the sum of each measure for them."""
    order, starts = grouped(key)
    sums = {name: np.add.reduceat(column[order], starts).round(DECIMALS) for name, column in values.items()}
    return key[order][starts], sums if len(key) else dict(values)


def grouped(key: Whole) -> tuple[Whole, Whole]:
    """Return the order that sorts ``key``, and where each group of equal keys starts in it."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.empty(0, dtype=np.int64)
    return order, starts


def find(sorted_keys: Whole, wanted: Whole) -> tuple[Whole, Flags]:
    """Return where each wanted key stands in ``sorted_keys``, and whether it is there at all."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    place = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1).astype(np.int64)
    return place, sorted_keys[place] == wanted


def runs(group: Whole, day: Whole, *, longest_step: int) -> Whole:
    """Return the number of the run of each row: same group, and no step over ``longest_step`` days.

    Rows are sorted by group and day.
    """
    if not len(group):
        return np.empty(0, dtype=np.int64)
    begins = (group[1:] != group[:-1]) | (day[1:] - day[:-1] > longest_step)
    return np.cumsum(np.r_[False, begins]).astype(np.int64)
