"""Reports of progress read as observations of speed, and what later reports make of earlier ones.

Speed is read from one report to the next: over at least a week, and until enough was earned to outweigh the rounding of
progress figures. A report below the one before says that earlier ones had claimed too much. How much of each was false
nobody knows; it is taken to have grown with the work, so all earlier reports shrink by the same share, and with them
the speed that they told of. Where a report only takes back what the last one had added or taken, that one alone was
wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats

    Ints = npt.NDArray[np.int64]

#: An observation of speed needs this much of the scope to be earned: progress is often told in whole percent.
LEAST_GAIN_SHARE: Final = 0.015
#: After so many weeks of work without it, the little (or nothing) that was earned counts as it is.
LONGEST_SPELL_WEEKS: Final = 8
#: What counts as earned when nothing was, so that a logarithm exists; the filter clips what is far out anyway.
_LEAST_LOGGED_SHARE: Final = 0.002


@dataclass(frozen=True, eq=False)
class Observations:
    """One entry per row in every array.

    ``gain``, ``hours``, ``weeks`` and ``progress`` belong to observations that end in a row: share earned, hours
    booked, weeks, progress in the middle. The ``open_`` arrays tell of the reports since, which are not enough for one
    yet: ``open_rows`` is the row of the last of them, -1 where there is none.

    ``correction`` is the sum of the logarithms of all corrections up to a row: what was observed in an earlier row is
    believed times exp(correction now − correction then). The last rise before row ``undone_rows`` is from then on
    believed times exp(``undone``).
    """

    gain: Floats
    hours: Floats
    weeks: Floats
    progress: Floats
    correction: Floats
    undone: Floats
    undone_rows: Ints
    open_rows: Ints
    open_gain: Floats
    open_hours: Floats
    open_weeks: Floats
    open_progress: Floats


def no_observations(count: int) -> Observations:
    """Return the entries of rows in which nothing was reported."""

    def unknown() -> Floats:
        return np.full(count, np.nan)

    return Observations(
        gain=unknown(),
        hours=unknown(),
        weeks=unknown(),
        progress=unknown(),
        correction=np.zeros(count),
        undone=np.zeros(count),
        undone_rows=np.full(count, np.iinfo(np.int64).max, dtype=np.int64),
        open_rows=np.full(count, -1, dtype=np.int64),
        open_gain=unknown(),
        open_hours=unknown(),
        open_weeks=unknown(),
        open_progress=unknown(),
    )


def observe(
    earned: Floats,
    booked: Floats,
    new_report: npt.NDArray[np.bool_],
    first_rows: Ints,
    counts: Ints,
    scope: Floats,
) -> Observations:
    """Read the reports of all projects."""
    found = no_observations(len(earned))
    for first, count in zip(first_rows.tolist(), counts.tolist(), strict=True):
        reader = _Reader(found, earned, booked, scope, first)
        for row in (np.flatnonzero(new_report[first : first + count]) + first).tolist():
            reader.read(row)
        reader.carry(first + count)
    return found


class _Reader:
    """Reads the reports of one project, the oldest first."""

    def __init__(self, found: Observations, earned: Floats, booked: Floats, scope: Floats, first: int) -> None:
        self._found, self._earned, self._booked, self._scope = found, earned, booked, scope
        self._earned_then, self._booked_then, self._row_then = 0.0, 0.0, first - 1
        self._before = self._older = 0.0
        self._report_row = first - 1
        self._correction = 0.0
        self._is_open = False
        #: Of a fall that the last report told of: logarithm of its ratio, what stood before, what was observed to then.
        self._fall: tuple[float, float, float] | None = None

    def read(self, row: int) -> None:
        """Take in the report of ``row``."""
        now = float(self._earned[row])
        self.carry(row)
        fall, self._fall = self._fall, None
        if now < self._before:
            self._correct(row, now)
        elif fall is not None and now > self._before:
            self._take_back(row, now, fall)
        self._found.correction[row] = self._correction
        gain, weeks = now - self._earned_then, row - self._row_then
        hours = float(self._booked[row]) - self._booked_then
        middle = (now + self._earned_then) / 2 / float(self._scope[row])
        self._is_open = gain < LEAST_GAIN_SHARE * self._scope[row] and weeks < LONGEST_SPELL_WEEKS
        keep = self._leave_open if self._is_open else self._close
        keep(row, gain, hours, weeks, middle)
        self._older, self._before, self._report_row = self._before, now, row

    def carry(self, until: int) -> None:
        """Repeat what stood after the last report in the rows before ``until``."""
        found, last = self._found, self._report_row
        rows = slice(last + 1, until)
        found.correction[rows] = self._correction
        if self._is_open:
            for name in ("open_rows", "open_gain", "open_hours", "open_weeks", "open_progress"):
                values = getattr(found, name)
                values[rows] = values[last]

    def _correct(self, row: int, now: float) -> None:
        """Believe earlier reports as far as one below them allows."""
        least = _LEAST_LOGGED_SHARE * float(self._scope[row])
        believed = max(self._older, now) if self._before > self._older else self._before
        last = self._report_row
        if believed < self._before and self._row_then == last:
            rise = float(self._found.gain[last])
            kept = max(rise - (self._before - believed), _LEAST_LOGGED_SHARE)
            self._found.undone[last] = min(float(np.log(kept / rise)), 0.0)
            self._found.undone_rows[last] = row
        self._earned_then = min(self._earned_then, believed)
        shrunk = float(np.log(min(max(now, least) / max(believed, least), 1.0)))
        self._fall = shrunk, believed, self._earned_then
        self._earned_then *= float(np.exp(shrunk))
        self._correction += shrunk

    def _take_back(self, row: int, now: float, fall: tuple[float, float, float]) -> None:
        """Believe a fall only as far as the report after it bears it out."""
        shrunk, stood, earned_then = fall
        least = _LEAST_LOGGED_SHARE * float(self._scope[row])
        left = float(np.log(min(max(now, least) / max(stood, least), 1.0)))
        self._correction += left - shrunk
        self._earned_then = earned_then * float(np.exp(left))

    def _close(self, row: int, gain: float, hours: float, weeks: int, middle: float) -> None:
        found = self._found
        found.gain[row], found.hours[row] = max(gain, _LEAST_LOGGED_SHARE), hours
        found.weeks[row], found.progress[row] = weeks, middle
        self._earned_then, self._booked_then, self._row_then = float(self._earned[row]), float(self._booked[row]), row

    def _leave_open(self, row: int, gain: float, hours: float, weeks: int, middle: float) -> None:
        """Keep what little is known since the last observation.

        It may all be rounding, so as much is added as could be hidden; the longer the wait, the less that is.
        """
        found = self._found
        least = LEAST_GAIN_SHARE * float(self._scope[row])
        found.open_rows[row] = row
        hidden = least * (1 - weeks / LONGEST_SPELL_WEEKS)
        found.open_gain[row] = min(gain + hidden, least)
        found.open_hours[row], found.open_weeks[row], found.open_progress[row] = hours, weeks, middle
