"""What clock times tell: rests that were too short, and hours of the night in local time.

Entries are laid side by side for each person: where two overlap, the time counts once. All of it follows the versions
of the entries that were in force on the day of the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import Grid, day_numbers, flags_of, monday_of

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.zones import LocalClock

#: The night lasts from 23 to 6 o'clock, local time; so many hours after the midnight that begins the evening's day.
_NIGHT = (23.0, 30.0)

#: Whoever works between midnight and 5 o'clock has not slept through; a quarter of an hour is a call.
_DEEP_NIGHT = (24.0, 29.0)
_LEAST_CALL_HOURS = 0.25

_SECONDS_AN_HOUR = 3600
_SECONDS_A_DAY = 86_400
_HOURS_A_DAY = 24.0

#: An entry that lasts longer is an error of a clock.
_LONGEST_ENTRY_HOURS = 36.0

#: A shorter pause is a break within the day's work, even at night.
LEAST_REST_HOURS = 3.0

#: A pause within one work date is a rest when so much of it lies in the night: who is called at three has had one
#: before and begins another, who goes home at five and writes mails at eight has not.
LEAST_NIGHT_OF_REST_HOURS = 1.0

#: A pause of so many hours is a rest at any time of day: who worked at night sleeps by day.
LONGEST_BREAK_HOURS = 8.0


@dataclass(frozen=True)
class Pieces:
    """Clock time without overlap: person, work date (column of the grid), begin and end, in order for each person.

    ``begin`` and ``end`` are hours of UTC since the first midnight of the grid. ``pause`` is the time since the
    person's work before had ended (NaN for the first piece), ``pause_day`` the work date of that work.
    """

    grid: Grid
    person: Whole
    day: Whole
    begin: Floats
    end: Floats
    time_zone: np.ndarray
    is_local: Flags
    pause: Floats
    pause_day: Whole


@dataclass(frozen=True)
class Rests:
    """One entry per rest between two pieces of work: person, work dates before and after it, and its hours."""

    person: Whole
    day_before: Whole
    day_after: Whole
    hours: Floats


def entries_in_force(clock_times: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return the versions that were known in the week of ``as_of_date`` and had not given way to another by then."""
    week = monday_of(as_of_date)
    gone = clock_times["superseded_week_date"].le(week)  # a missing date never is
    return clock_times.loc[clock_times["known_week_date"].le(week) & ~gone]


def clock_times_of_days(person_days: pd.DataFrame) -> pd.DataFrame:
    """Return clock times for days of which only ``first_started_at`` and ``last_ended_at`` (UTC) are known.

    The day counts as one entry. Days without these columns give no rows.
    """
    names = {"first_started_at": "started_at", "last_ended_at": "ended_at"}
    if not set(names) <= set(person_days.columns):
        none = pd.Series(dtype="datetime64[us]")
        person_days = person_days.head(0).assign(first_started_at=none, last_ended_at=none)
    told = person_days.loc[person_days["first_started_at"].notna() & person_days["last_ended_at"].notna()]
    kept = told[["person_id", "work_date", "known_week_date", *names]].rename(columns=names)
    never = pd.Series(pd.NaT, index=kept.index, dtype="datetime64[us]")
    return kept.assign(superseded_week_date=never, time_zone=None, is_local=False)


def pieces_of(grid: Grid, clock_times: pd.DataFrame, as_of_date: date) -> Pieces:
    """Lay the entries that were in force out without overlap.

    Parameters
    ----------
    clock_times
        The mart ``clock_times``: ``person_id``, ``work_date``, ``known_week_date``, ``superseded_week_date``,
        ``started_at``, ``ended_at`` (UTC), ``time_zone`` (the zone or offset of the entry's own clock), ``is_local``
        (the clock time carried no zone, so that ``time_zone`` alone says what it means).
    """
    rows = entries_in_force(clock_times, as_of_date)
    person = grid.person_ids.get_indexer(pd.Index(rows["person_id"])).astype(np.int64)
    day = day_numbers(rows["work_date"]) - grid.first_day
    zero = grid.first_day * _SECONDS_A_DAY
    begin, end = (_seconds(rows[name]) - zero for name in ("started_at", "ended_at"))
    is_sound = (end > begin) & (end - begin <= _LONGEST_ENTRY_HOURS * _SECONDS_AN_HOUR)
    kept = np.flatnonzero((person >= 0) & (day >= 0) & (day < grid.step_count) & is_sound)
    order = kept[np.lexsort((begin[kept], person[kept]))]
    person, day, begin, end = person[order], day[order], begin[order], end[order]
    zone = rows["time_zone"].astype(object).where(rows["time_zone"].notna(), "").to_numpy(dtype=object)[order]
    before, latest = _latest_end_before(person, end)
    start = np.where(before >= 0, np.maximum(begin, latest), begin)
    is_new = end > start
    pause = np.where(before >= 0, np.maximum(begin - latest, 0) / _SECONDS_AN_HOUR, np.nan)
    return Pieces(
        grid,
        person[is_new],
        day[is_new],
        start[is_new] / _SECONDS_AN_HOUR,
        end[is_new] / _SECONDS_AN_HOUR,
        zone[is_new],
        flags_of(rows["is_local"])[order][is_new],
        pause[is_new],
        day[np.maximum(before, 0)][is_new],
    )


def rests_between(pieces: Pieces, clock: LocalClock | None = None) -> Rests:
    """Return every rest: a pause between two work dates, or within one that is long or reaches into the night.

    Moments are those of UTC, so a flight over zones and a change of clocks shorten or lengthen a rest as they do in
    life. Without a clock nothing is known of nights.
    """
    is_rest = pieces.pause >= LEAST_REST_HOURS
    is_rest &= (
        (pieces.pause_day != pieces.day)
        | (pieces.pause >= LONGEST_BREAK_HOURS)
        | (_night_of_pause(pieces, clock) >= LEAST_NIGHT_OF_REST_HOURS)
    )
    return Rests(pieces.person[is_rest], pieces.pause_day[is_rest], pieces.day[is_rest], pieces.pause[is_rest])


def short_rest_counts(grid: Grid, rests: Rests, least_hours: float) -> Floats:
    """Count for people × days the rests before the day's work that were shorter than ``least_hours``."""
    is_short = rests.hours < least_hours - 1e-6
    return _summed(grid, rests.person[is_short], rests.day_after[is_short], np.ones(int(is_short.sum())))


def clocked_days(pieces: Pieces) -> Flags:
    """Tell for people × days whether there are clock times."""
    counts: Flags = _summed(pieces.grid, pieces.person, pieces.day, np.ones(len(pieces.person))) > 0
    return counts


def night_hours(pieces: Pieces, clock: LocalClock, worked_hours: Floats) -> Floats:
    """Hours between 23 and 6 o'clock local time, at most those worked; NaN where clock or zone is not known."""
    hours = _night_between(pieces, clock, pieces.begin, pieces.end)
    is_known = ~np.isnan(hours)
    person, day = pieces.person[is_known], pieces.day[is_known]
    total = _summed(pieces.grid, person, day, hours[is_known])
    count = _summed(pieces.grid, person, day, np.ones(len(person)))
    return np.where(count > 0, np.minimum(total, worked_hours), np.nan)


def broken_nights(pieces: Pieces, clock: LocalClock) -> Floats:
    """Return 1 for people × days whose work reaches into the night between midnight and 5 o'clock, local time."""
    hours = np.nan_to_num(_night_between(pieces, clock, pieces.begin, pieces.end, _DEEP_NIGHT))
    told: Floats = (_summed(pieces.grid, pieces.person, pieces.day, hours) >= _LEAST_CALL_HOURS - 1e-6).astype(float)
    return told


def _night_of_pause(pieces: Pieces, clock: LocalClock | None) -> Floats:
    if clock is None:
        return np.zeros(len(pieces.person))
    begin = pieces.begin - np.nan_to_num(pieces.pause)
    return np.nan_to_num(_night_between(pieces, clock, begin, pieces.begin))


def _night_between(
    pieces: Pieces, clock: LocalClock, begin: Floats, end: Floats, night: tuple[float, float] = _NIGHT
) -> Floats:
    """Hours of the night between two moments (hours since the grid's first midnight); NaN without a zone."""
    zone = clock.zone_of_pieces(pieces)
    day = np.floor((begin + clock.offsets(zone, pieces.day)) / _HOURS_A_DAY)
    hours = np.zeros(len(begin))
    for evening in (np.nan_to_num(day).astype(np.int64) + step for step in (-1, 0, 1)):
        dusk = evening * _HOURS_A_DAY + night[0] - clock.offsets(zone, evening)
        dawn = evening * _HOURS_A_DAY + night[1] - clock.offsets(zone, evening + 1)
        hours += np.clip(np.minimum(end, dawn) - np.maximum(begin, dusk), 0, None)
    return hours


def _latest_end_before(person: Whole, end: Whole) -> tuple[Whole, Whole]:
    """Return for each row, in order, the earlier row of the person that ended last, or −1, and when it ended."""
    if not len(person):
        return person, end
    span = int(end.max() - end.min()) + 1
    rank = person * span + (end - end.min())
    latest = np.maximum.accumulate(rank)
    row = np.maximum.accumulate(np.where(rank == latest, np.arange(len(rank)), 0))
    before = np.concatenate([[-1], row[:-1]])
    is_same = (before >= 0) & (person[np.maximum(before, 0)] == person)
    before = np.where(is_same, before, -1)
    return before, end[np.maximum(before, 0)]


def _summed(grid: Grid, person: Whole, day: Whole, values: Floats) -> Floats:
    return grid.total((person * grid.step_count + day, np.ones(len(person), dtype=bool)), values)


def _seconds(moments: pd.Series) -> Whole:
    return moments.to_numpy(dtype="datetime64[s]").astype(np.int64)
