"""The local clock of each person's day, and of clock times that have a zone of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import Grid, floats_of

if TYPE_CHECKING:
    from analytics.workload.clocks import Pieces
    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.place import Places

#: Nights begin before the first day and end after the last one.
_MARGIN_DAYS = 2


@dataclass(frozen=True)
class LocalClock:
    """Offsets from UTC by zone and day (at noon), and the zone of the place of each person's day (−1: not known)."""

    zones: pd.Index
    by_day: Floats
    place: Whole

    def offsets(self, zone: Whole, day: Whole) -> Floats:
        """Return hours from UTC of zones on days (columns of the grid); NaN where the zone is not known."""
        column = np.clip(day + _MARGIN_DAYS, 0, self.by_day.shape[1] - 1)
        return self.by_day[zone, column]

    def zone_of_pieces(self, pieces: Pieces) -> Whole:
        """Return the zone of each piece: of the place of its day; its own where the clock was local or nothing else is.

        Who flew to Shanghai and whose system still writes Berlin's offset worked by Shanghai's night. A clock time
        without a zone was read off the wall: it is night there when it says so.
        """
        return self.zone_of(pieces.time_zone, pieces.is_local, (pieces.person, pieces.day))

    def zone_of(self, time_zone: np.ndarray, is_local: Flags, at: tuple[Whole, Whole]) -> Whole:
        """Return zones as ``zone_of_pieces`` does, for clock times of people and days."""
        own = self.zones.get_indexer(pd.Index(time_zone))
        there = self.place[at]
        return np.where(is_local | (there < 0), own, there)


def local_clock(place: Places, grid: Grid, zone_offsets: pd.DataFrame) -> LocalClock:
    """Lay the local clock out.

    Parameters
    ----------
    zone_offsets
        ``time_zone``, ``day``, ``offset_hours``.
    """
    zones = pd.Index(zone_offsets["time_zone"].unique())
    table = Grid(zones, grid.first_day - _MARGIN_DAYS, 1, grid.step_count + 2 * _MARGIN_DAYS)
    cells = table.cells(zone_offsets["time_zone"], zone_offsets["day"])
    known = pd.DataFrame(table.place(cells, floats_of(zone_offsets["offset_hours"])))
    filled = known.ffill(axis=1).bfill(axis=1).to_numpy(dtype="float64").reshape(table.shape)
    # The last row stands for a zone that is not known.
    by_day = np.vstack([filled, np.full((1, table.step_count), np.nan)])
    of_place = np.append(zones.get_indexer(place.zones), -1)
    return LocalClock(zones, by_day, of_place[place.zone])
