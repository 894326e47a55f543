"""Over how many projects the hours of four weeks are spread, for every week at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import window_sum
from analytics.workload.load import MONTH_WEEKS

if TYPE_CHECKING:
    import pandas as pd

    from analytics.workload.grid import Floats, Grid


def project_spread(grid: Grid, booked: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the effective number of projects (see ``project_fragmentation``) and the projects touched in a week.

    Both look at four weeks: the first at the shares of their hours, the second at the mean number of projects that
    have hours in a week. How often somebody switches within a day is not in timesheets, so it is not told.
    """
    where, is_inside = grid.cells(booked["person_id"], booked["week_start_date"])
    booked, where = booked.loc[is_inside], where[is_inside]
    if booked.empty:
        return np.zeros(grid.shape), np.zeros(grid.shape)
    person, step = where // grid.step_count, where % grid.step_count
    codes, projects = booked["project_id"].factorize()
    pairs, row = np.unique(person * len(projects) + codes, return_inverse=True)
    hours = np.zeros((len(pairs), grid.step_count))
    np.add.at(hours, (row, step), booked["worked_hours"].to_numpy(dtype=np.float64))
    owner = pairs // len(projects)
    month = np.clip(window_sum(hours, MONTH_WEEKS), 0, None)
    total = np.maximum(_by_person(month, owner, grid), 1e-9)
    share = np.where(month > 1e-9, month / total[owner], 1.0)
    entropy = _by_person(np.where(month > 1e-9, -share * np.log(share), 0.0), owner, grid)
    touched = window_sum(_by_person((hours > 0).astype(np.float64), owner, grid), MONTH_WEEKS)
    weeks = window_sum((_by_person(hours, owner, grid) > 0).astype(np.float64), MONTH_WEEKS)
    effective = np.where(total > 1e-6, np.exp(entropy), 0.0)
    return effective, touched / np.maximum(weeks, 1)


def _by_person(pairs: Floats, owner: np.ndarray, grid: Grid) -> Floats:
    """Sum the rows of each person; pairs are sorted by person."""
    sums = np.zeros(grid.shape)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    sums[owner[first]] = np.add.reduceat(pairs, first, axis=0)
    return sums
