"""Exposure that goes on into the weeks ahead: the same matrices, longer by some weeks."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from analytics.workload.grid import DAYS_A_WEEK, Grid
from analytics.workload.strain.fill import FilledHours

if TYPE_CHECKING:
    from collections.abc import Callable

    from analytics.workload.grid import Flags, Floats
    from analytics.workload.strain.exposure import Exposure

#: Weekly measures that go on as in the last four weeks, and those that go on as in the last week.
_AS_LAST_MONTH = ("unsocial_requests", "late_requests")
_AS_LAST_WEEK = ("effective_projects", "projects_a_week", "is_go_live")
_MONTH_WEEKS = 4


@dataclass(frozen=True)
class Future:
    """People × days ahead, as planned or expected.

    Requests, night work and the number of projects go on as they were, unless a flag says that others take them over
    from the week ``relieved_from`` on (0 for the first one ahead).
    """

    hours: Floats
    is_expected: Flags
    is_weekend: Flags
    is_statutory: Flags
    is_away: Flags
    is_travel: Flags
    has_no_requests: bool = False
    has_no_nights: bool = False
    has_one_project: bool = False
    relieved_from: int = 0


def of_people(exposure: Exposure, rows: np.ndarray, last_weeks: int) -> Exposure:
    """Keep some people and the last weeks."""
    weeks = min(last_weeks, exposure.weeks.step_count)
    skipped = exposure.weeks.step_count - weeks

    def cut(matrix: np.ndarray) -> np.ndarray:
        if matrix.ndim == 1:
            kept: np.ndarray = matrix[rows]
            return kept
        step = DAYS_A_WEEK if matrix.shape[1] == exposure.days.step_count else 1
        cut_off: np.ndarray = matrix[rows, skipped * step :]
        return cut_off

    return _with(exposure, cut, (rows, skipped, 0))


def until_week(exposure: Exposure, weeks: int) -> Exposure:
    """Keep the first weeks only, as if the later ones had not happened."""

    def cut(matrix: np.ndarray) -> np.ndarray:
        if matrix.ndim == 1:
            return matrix
        step = DAYS_A_WEEK if matrix.shape[1] == exposure.days.step_count else 1
        return matrix[:, : weeks * step]

    return _with(exposure, cut, (np.arange(exposure.weeks.shape[0]), 0, exposure.weeks.step_count - weeks))


def with_future(exposure: Exposure, future: Future) -> Exposure:
    """Return the exposure with the weeks ahead. Nothing ahead is unfiled; nights and requests go on."""
    days = future.hours.shape[1]
    weeks = days // DAYS_A_WEEK
    never = np.zeros(future.hours.shape, dtype=bool)
    is_relieved = np.arange(days) >= future.relieved_from * DAYS_A_WEEK
    has_nights = (future.hours > 0) & ~(is_relieved & future.has_no_nights)
    ahead: dict[str, np.ndarray] = {
        **_weekly_ahead(exposure, future, weeks),
        "night_hours": np.where(has_nights, _as_last_month(exposure.night_hours, days), 0.0),
        "short_rests": np.where(has_nights, _as_last_month(exposure.short_rests, days), 0.0),
        "broken_nights": np.where(has_nights, _as_last_month(exposure.broken_nights, days), 0.0),
        "has_clock": _as_last_month(exposure.has_clock, days),
        "zone_hours": np.zeros(future.hours.shape),
        "is_inside": ~never,
        "is_filed": future.hours > 0,
        "full_weeks": np.zeros((future.hours.shape[0], weeks), dtype=bool),
        "escalations": np.zeros((future.hours.shape[0], weeks)),
        "data_share": np.ones((future.hours.shape[0], weeks)),
        "knows_leave": np.repeat(exposure.knows_leave[:, -1:], weeks, axis=1),
        "weeks_inside": exposure.weeks_inside[:, -1:] + np.arange(1, weeks + 1),
        **{
            name: getattr(future, name)
            for name in ("is_expected", "is_weekend", "is_statutory", "is_away", "is_travel")
        },
    }
    joined = {name: np.concatenate([getattr(exposure, name), matrix], axis=1) for name, matrix in ahead.items()}
    filled = exposure.hours
    parts = (filled.point, filled.low, filled.high)
    point, low, high = (np.concatenate([part, future.hours], axis=1) for part in parts)
    hours = FilledHours(point, low, high, np.concatenate([filled.is_missing, never], axis=1))
    grid = exposure.weeks
    longer = Grid(grid.person_ids, grid.first_day, DAYS_A_WEEK, grid.step_count + weeks)
    return replace(exposure, weeks=longer, days=longer.days(), hours=hours, **joined)


def _as_last_month(matrix: np.ndarray, days: int) -> np.ndarray:
    """Repeat the last four weeks, weekday by weekday."""
    month = matrix[:, -_MONTH_WEEKS * DAYS_A_WEEK :]
    return np.tile(month, (1, -(-days // max(month.shape[1], 1))))[:, :days]


def _weekly_ahead(exposure: Exposure, future: Future, weeks: int) -> dict[str, np.ndarray]:
    is_relieved = np.arange(weeks) >= future.relieved_from
    factor = np.where(is_relieved & future.has_no_requests, 0.0, 1.0)
    found: dict[str, np.ndarray] = {}
    for name in _AS_LAST_MONTH:
        rate = getattr(exposure, name)[:, -_MONTH_WEEKS:].mean(axis=1)
        found[name] = rate[:, None] * factor
    for name in _AS_LAST_WEEK:
        found[name] = np.repeat(getattr(exposure, name)[:, -1:], weeks, axis=1)
    if future.has_one_project:
        # Both measures look at four weeks: so much of the past is still in them.
        relieved_weeks = np.clip(np.arange(1, weeks + 1) - future.relieved_from, 0, None)
        past = np.clip(1 - relieved_weeks / _MONTH_WEEKS, 0, 1)
        for name in ("effective_projects", "projects_a_week"):
            found[name] = 1 + (np.clip(found[name], 1, None) - 1) * past
    streak = exposure.difficult_weeks[:, -1:]
    found["difficult_weeks"] = np.where(streak > 0, streak + np.arange(1, weeks + 1), 0.0)
    return found


def _with(exposure: Exposure, cut: Callable[[np.ndarray], np.ndarray], where: tuple[np.ndarray, int, int]) -> Exposure:
    """Cut every matrix; ``where`` are the people kept, the weeks skipped at the begin and at the end."""
    rows, skipped, dropped = where
    grid = exposure.weeks
    shorter = Grid(
        grid.person_ids[rows], grid.first_day + DAYS_A_WEEK * skipped, DAYS_A_WEEK, grid.step_count - skipped - dropped
    )
    matrices = {
        field.name: cut(getattr(exposure, field.name))
        for field in fields(exposure)
        if field.name not in {"days", "weeks", "hours"}
    }
    hours = FilledHours(*(cut(getattr(exposure.hours, field.name)) for field in fields(exposure.hours)))
    return replace(exposure, weeks=shorter, days=shorter.days(), hours=hours, **matrices)
