"""Levels with hysteresis: who is told OK, WATCH or HIGH, and when nothing is told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analytics.workload.grid import Flags, Floats, Whole
    from analytics.workload.strain.settings import StrainSettings


class Level(StrEnum):
    """What is told of a person's working pattern."""

    OK = "OK"
    WATCH = "WATCH"
    HIGH = "HIGH"
    NO_DATA = "NO DATA"


class Reason(StrEnum):
    """Why nothing is told."""

    TOLD = ""
    COVERAGE = "coverage"
    NEW = "new"
    OPEN = "open"
    NO_HOURS = "no_hours"


_OK, _WATCH, _HIGH = 0, 1, 2


def path_of(
    index: Floats, red_line: Flags, settings: StrainSettings, start: Whole | None = None, before: Floats | None = None
) -> Whole:
    """Return the level (0, 1, 2) of people × weeks by the index alone.

    WATCH begins at 60 once or 50 on two Mondays running, HIGH at 70 twice or with a red line. HIGH ends after two
    Mondays under 60, WATCH after two under 40. A higher index, week by week, never gives a lower level.

    Parameters
    ----------
    start, before
        Level and index of the week before the first, to go on from there; without them everybody begins at OK.
    """
    people, weeks = index.shape
    level = np.zeros(people, dtype=np.int64) if start is None else start
    last = np.full(people, -1.0) if before is None else before
    # A week before the first counts as neither over nor under a threshold.
    has_last = last >= 0
    found = np.zeros((people, weeks), dtype=np.int64)
    for week in range(weeks):
        now = index[:, week]
        level = _next_level(level, (last, has_last), now, red_line[:, week], settings)
        found[:, week] = level
        last, has_last = now, np.ones(people, dtype=bool)
    return found


def _next_level(
    level: Whole, before: tuple[Floats, Flags], now: Floats, red_line: Flags, settings: StrainSettings
) -> Whole:
    last, has_last = before
    twice = np.where(has_last, np.minimum(last, now), -1.0)
    both = np.where(has_last, np.maximum(last, now), np.inf)
    down = np.where((level == _HIGH) & (both < settings["leave_high"]), _WATCH, level)
    down = np.where((down == _WATCH) & (both < settings["leave_watch"]), _OK, down)
    is_watch = (now >= settings["watch_once"]) | (twice >= settings["watch_twice"])
    is_high = red_line | (twice >= settings["high_twice"])
    level_now: Whole = np.maximum(down, np.select([is_high, is_watch], [_HIGH, _WATCH], _OK))
    return level_now


def told_levels(
    point: Whole, low: Whole, high: Whole, data_share: Floats, weeks_inside: Floats, settings: StrainSettings
) -> tuple[Whole, Whole]:
    """Return the level that is told (3 = NO DATA), and the reason for NO DATA (0 none, 1 coverage, 2 new, 3 open).

    NO DATA when under 60 % of the expected workdays of 28 days are filed, when the person is known for less than three
    weeks, when the low and the high case lie two levels apart, and when only the unfiled days decide that it is OK.
    So taking rows away never gives OK.
    """
    is_thin = data_share < settings["min_data_share"]
    is_new = weeks_inside < settings["min_weeks"]
    is_open = ((high - low) >= _HIGH) | ((point == _OK) & (high > _OK))
    reason = np.select([is_new, is_thin, is_open], [2, 1, 3], 0)
    return np.where(reason > 0, 3, point), reason


LEVEL_NAMES = (Level.OK, Level.WATCH, Level.HIGH, Level.NO_DATA)
REASON_NAMES = (Reason.TOLD, Reason.COVERAGE, Reason.NEW, Reason.OPEN)
