"""The index four weeks ahead, as a range, from roster, planned trips, leave and the person's own rhythm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import DAYS_A_WEEK, Grid, floats_of, monday_of
from analytics.workload.place import calendar_of_place, places
from analytics.workload.strain.assess import score_of
from analytics.workload.strain.exposure import by_week
from analytics.workload.strain.future import Future, of_people, until_week, with_future
from analytics.workload.strain.rhythm import OUTLOOK_WEEKS, Rhythm, hours_a_day

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats
    from analytics.workload.strain.exposure import Exposure
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import StrainSettings

#: The index at which WATCH may begin.
RISING_INDEX = 50.0

#: Enough weeks for the own usual week of the last eight weeks.
KEPT_WEEKS = 48

_STANDARD_DAY_HOURS = 8.0
_MONTH_DAYS = 28
_ROSTER_WEEKS = 12
_SATURDAY = 5


@dataclass(frozen=True)
class Ahead:
    """People laid out with the weeks ahead: exposure so far, and three futures (low, most usual, high hours)."""

    exposure: Exposure
    low: Future
    mid: Future
    high: Future


def ahead_of(
    exposure: Exposure,
    person_ids: list[str],
    rhythm: Rhythm,
    frames: StrainFrames,
    assignment_weeks: pd.DataFrame,
    as_of_date: date,
) -> Ahead:
    """Lay out the next four weeks of some people.

    Parameters
    ----------
    frames
        Its ``trips``, ``leave_days`` and ``calendar_days`` reach into the weeks ahead.
    assignment_weeks
        The mart; what was planned by the week of ``as_of_date`` counts. Without a roster the own rhythm goes on.
    """
    rows = exposure.weeks.person_ids.get_indexer(pd.Index(person_ids))
    own = of_people(exposure, rows[rows >= 0], KEPT_WEEKS)
    grid = Grid(own.weeks.person_ids, own.days.first_day + own.days.step_count, 1, OUTLOOK_WEEKS * DAYS_A_WEEK)
    plan = _calendar_ahead(grid, frames, as_of_date)
    roster, is_onsite = _roster(grid, assignment_weeks, as_of_date)
    plan = replace(plan, is_away=plan.is_away | _usual_nights(own, plan.is_away, is_onsite))
    low, mid, high = (
        replace(plan, hours=_hours(own, plan, rhythm, roster, case)) for case in (rhythm.low, None, rhythm.high)
    )
    return Ahead(own, low, mid, high)


def outlook(ahead: Ahead, settings: StrainSettings) -> pd.DataFrame:
    """Return ``person_id``, ``week_start_date``, ``index_low``, ``index_mid``, ``index_high`` for each week ahead."""
    bounds = {name: index_ahead(ahead.exposure, getattr(ahead, name), settings) for name in ("low", "mid", "high")}
    people, weeks = bounds["mid"].shape
    grid = ahead.exposure.weeks
    first = np.datetime64(grid.first_day + DAYS_A_WEEK * grid.step_count, "D")
    dates = pd.DatetimeIndex(first + DAYS_A_WEEK * np.arange(weeks)).as_unit("us")
    return pd.DataFrame(
        {
            "person_id": np.repeat(grid.person_ids.to_numpy(dtype=object), weeks),
            "week_start_date": np.tile(dates, people),
            "index_low": np.minimum(bounds["low"], bounds["mid"]).ravel().round(1),
            "index_mid": bounds["mid"].ravel().round(1),
            "index_high": np.maximum(bounds["high"], bounds["mid"]).ravel().round(1),
        }
    ).astype({"person_id": "str"})


def rising_people(outlook_rows: pd.DataFrame) -> list[str]:
    """Return who is likely to reach 50, where WATCH may begin, within the weeks ahead: by the middle of the range."""
    found = outlook_rows.loc[outlook_rows["index_mid"].ge(RISING_INDEX), "person_id"]
    return sorted(found.unique())


def index_ahead(exposure: Exposure, future: Future, settings: StrainSettings) -> Floats:
    """Return the index of people × weeks ahead, if the future comes so."""
    weeks = future.hours.shape[1] // DAYS_A_WEEK
    index: Floats = score_of(with_future(exposure, future), settings)[:, -weeks:]
    return index


def _calendar_ahead(grid: Grid, frames: StrainFrames, as_of_date: date) -> Future:
    trips = frames.trips.loc[frames.trips["known_date"].le(pd.Timestamp(as_of_date))]
    place = places(grid, frames.people, trips, frames.country_zones)
    workday = calendar_of_place(place, grid, frames.calendar_days, "is_workday")
    weekdays = np.broadcast_to(np.arange(grid.step_count) % DAYS_A_WEEK < _SATURDAY, grid.shape)
    is_workday = np.where(np.isnan(workday), weekdays, workday > 0)
    is_holiday = calendar_of_place(place, grid, frames.calendar_days, "is_statutory") > 0
    cells = grid.cells(frames.leave_days["person_id"], frames.leave_days["leave_date"])
    is_leave = grid.mark(cells, np.ones(len(frames.leave_days), dtype=bool))
    return Future(
        hours=np.zeros(grid.shape),
        is_expected=is_workday & ~is_leave,
        is_weekend=~is_workday & ~is_holiday,
        is_statutory=is_holiday,
        is_away=place.is_away & ~is_leave,
        is_travel=place.is_travel,
    )


def _roster(grid: Grid, assignment_weeks: pd.DataFrame, as_of_date: date) -> tuple[Floats, Flags]:
    """Planned hours of people × weeks ahead (NaN without a plan), and whether they are on site."""
    weeks = Grid(grid.person_ids, grid.first_day, DAYS_A_WEEK, grid.step_count // DAYS_A_WEEK)
    if assignment_weeks.empty:
        return np.full(weeks.shape, np.nan), np.zeros(weeks.shape, dtype=bool)
    known = assignment_weeks.loc[assignment_weeks["known_week_date"].le(monday_of(as_of_date))]
    cells = weeks.cells(known["person_id"], known["week_start_date"])
    hours = weeks.total(cells, np.nan_to_num(floats_of(known["planned_hours"])))
    is_onsite = weeks.total(cells, np.nan_to_num(floats_of(known["is_onsite"]))) > 0
    return np.where(hours > 0, hours, np.nan), is_onsite & (hours > 0)


def _usual_nights(own: Exposure, is_booked: Flags, is_onsite: Flags) -> Flags:
    """Nights of weeks that are planned on site but for which no trip is booked: as many as the person usually has."""
    nights = by_week(own.is_away)[:, -_ROSTER_WEEKS:]
    with_nights = np.where(nights > 0, nights, np.nan)
    has_any = (nights > 0).any(axis=1)
    usual = np.zeros(len(nights))
    usual[has_any] = np.nanmedian(with_nights[has_any], axis=1)
    is_open = is_onsite & (by_week(is_booked) == 0)
    day = np.arange(DAYS_A_WEEK)[None, None, :]
    away = is_open[:, :, None] & (day < np.round(usual)[:, None, None])
    flags: Flags = away.reshape(is_booked.shape)
    return flags


def _hours(own: Exposure, plan: Future, rhythm: Rhythm, roster: Floats, case: tuple[float, ...] | None) -> Floats:
    """Hours of each day ahead: usual day, what is left of today's deviation, more where the roster plans more."""
    daily, usual = hours_a_day(own)
    base = np.where(np.isnan(usual[:, -1]), _STANDARD_DAY_HOURS, usual[:, -1])
    deviation = np.nan_to_num(_last_known(daily) - base)
    expected = by_week(plan.is_expected)
    kept = np.array(rhythm.kept)[None, :]
    spread = np.zeros(len(rhythm.kept)) if case is None else np.array(case)
    a_day = base[:, None] + deviation[:, None] * kept + spread[None, :]
    planned = roster / np.maximum(expected, 1)
    a_day = np.fmax(a_day, np.where(expected > 0, np.where(planned > _STANDARD_DAY_HOURS, planned, np.nan), np.nan))
    hours = np.repeat(np.clip(a_day, 0, 16), DAYS_A_WEEK, axis=1) * plan.is_expected
    weekend = own.hours.point[:, -_MONTH_DAYS:] * own.is_weekend[:, -_MONTH_DAYS:]
    weekend_hours = (by_week(weekend).mean(axis=1)[:, None] * kept).round(2)
    is_saturday = (np.arange(plan.hours.shape[1]) % DAYS_A_WEEK == _SATURDAY) & plan.is_weekend
    return np.where(is_saturday, np.clip(np.repeat(weekend_hours, DAYS_A_WEEK, axis=1), 0, 12), hours)


def _last_known(daily: Floats) -> Floats:
    """Mean of the last two weeks that are known; NaN when neither is."""
    pair = daily[:, -2:]
    count = (~np.isnan(pair)).sum(axis=1)
    return np.where(count > 0, np.nansum(pair, axis=1) / np.maximum(count, 1), np.nan)


def outlook_backtest(
    exposures: list[Exposure], rhythm: Rhythm, settings: StrainSettings, points: int = 6
) -> pd.DataFrame:
    """Look ahead again from earlier Mondays, four weeks apart, and compare with what came.

    Leave, holidays and nights away are those that were recorded since (they are planned ahead); hours are not known.

    Returns
    -------
    DataFrame
        One row per week ahead: ``weeks_ahead``, ``cases``, ``inside_share`` (of the range), ``mean_error`` (of the
        middle), ``naive_error`` (of "it stays as it is"), ``width``.
    """
    rows = []
    for exposure in exposures:
        actual = score_of(exposure, settings)
        for point in range(1, points + 1):
            cut = exposure.weeks.step_count - OUTLOOK_WEEKS * point
            if cut < KEPT_WEEKS // 2:
                continue
            rows.append(_looked_back(exposure, cut, actual, rhythm, settings))
    if not rows:
        names = ["weeks_ahead", "cases", "inside_share", "mean_error", "naive_error", "width"]
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in names})
    cases = pd.concat(rows, ignore_index=True)
    return (
        cases.assign(
            is_inside=cases["actual"].between(cases["low"] - 1e-9, cases["high"] + 1e-9),
            error=(cases["mid"] - cases["actual"]).abs(),
            naive=(cases["now"] - cases["actual"]).abs(),
            span=cases["high"] - cases["low"],
        )
        .groupby("weeks_ahead", as_index=False)
        .agg(
            cases=("actual", "size"),
            inside_share=("is_inside", "mean"),
            mean_error=("error", "mean"),
            naive_error=("naive", "mean"),
            width=("span", "mean"),
        )
    )


def _looked_back(
    exposure: Exposure, cut: int, actual: Floats, rhythm: Rhythm, settings: StrainSettings
) -> pd.DataFrame:
    past = until_week(exposure, cut)
    days = slice(cut * DAYS_A_WEEK, (cut + OUTLOOK_WEEKS) * DAYS_A_WEEK)
    names = ("is_expected", "is_weekend", "is_statutory", "is_away", "is_travel")
    plan = Future(hours=np.zeros(past.weeks.shape), **{name: getattr(exposure, name)[:, days] for name in names})
    plan = replace(plan, hours=np.zeros(plan.is_away.shape))
    no_roster = np.full((past.weeks.shape[0], OUTLOOK_WEEKS), np.nan)
    cases = (("low", rhythm.low), ("mid", None), ("high", rhythm.high))
    found = {
        name: index_ahead(past, replace(plan, hours=_hours(past, plan, rhythm, no_roster, case)), settings)
        for name, case in cases
    }
    later = actual[:, cut : cut + OUTLOOK_WEEKS]
    is_known = (exposure.data_share[:, cut : cut + OUTLOOK_WEEKS] >= 1) & (past.weeks_inside[:, -1:] >= OUTLOOK_WEEKS)
    person, ahead = np.nonzero(is_known)
    values = {name: matrix[person, ahead] for name, matrix in found.items()}
    now = actual[:, cut - 1][person]
    return pd.DataFrame({"weeks_ahead": ahead + 1, "actual": later[person, ahead], "now": now, **values})
