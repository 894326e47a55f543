"""Nights away, weekends away and weeks on site, counted in local dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import (
    DAYS_A_WEEK,
    Grid,
    day_number,
    day_numbers,
    flags_of,
    last_complete_sunday,
    monday_number,
    streaks,
    week_grid,
    window_sum,
)
from analytics.workload.load import MONTH_WEEKS

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats

_WEEKDAYS_OFF = 5
_COUNTS = ("nights_count", "nights_28_days_count", "weekends_away_28_days_count", "weeks_on_site_count")


def with_travel(
    weeks: pd.DataFrame,
    trips: pd.DataFrame,
    as_of_date: date,
    home: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    told_until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Add nights and weekends away, and how long a stay on site lasts.

    A night belongs to the local date of its evening: a trip from Monday to Wednesday has two, whatever its flights
    cross. Two trips that overlap share their nights. A weekend is away when a whole day of it is (two nights that
    follow one another), as in the mart ``trips``.

    Parameters
    ----------
    weeks
        ``person_id``, ``week_start_date``; one row per person and week.
    trips
        The mart ``trips``; only trips with ``known_date`` up to ``as_of_date`` count.
    home
        The marts ``people`` and ``calendar_days``: the weekend is that of the calendar of home. Without them, and where
        no calendar is known, Saturday and Sunday.
    told_until
        The Sunday up to which the firm's travel log reaches (``trips_told_until``); without it all weeks are told.

    Returns
    -------
    DataFrame
        The rows with ``nights_count`` (of the week), ``nights_28_days_count``, ``weekends_away_28_days_count``
        and ``weeks_on_site_count``: consecutive weeks with a night away from Monday to Saturday up to this one; a full
        week at home ends them. All are null when no trip at all was known: no travel log is not a stay at home. After
        ``told_until`` no count is 0: what is counted is the least that it can be, and null where nothing is.
        ``is_travel_told`` is false for such weeks, and null without a travel log.
    """
    known = _known_trips(trips, as_of_date)
    if weeks.empty or (known.empty and told_until is None):
        return _without_a_log(weeks)
    grid = _travel_grid(weeks, known, as_of_date)
    is_away = nights_away(grid.days(), known)
    by_week = is_away.reshape(*grid.shape, DAYS_A_WEEK)
    nights = by_week.sum(axis=2)
    is_day_away = is_away.copy()
    is_day_away[:, 1:] &= is_away[:, :-1]
    is_day_away[:, :1] = False
    is_lost = (is_day_away & weekend_days(grid.days(), home)).reshape(*grid.shape, DAYS_A_WEEK)
    weekends: Floats = np.asarray(is_lost.any(axis=2), dtype=np.float64)
    measures = (
        nights,
        window_sum(nights.astype(np.float64), MONTH_WEEKS),
        window_sum(weekends, MONTH_WEEKS),
        # Who travels on a Sunday evening is on site in the week that follows.
        streaks(by_week[:, :, :-1].sum(axis=2) > 0),
    )
    where, _ = grid.cells(weeks["person_id"], weeks["week_start_date"])
    is_told = weeks["week_start_date"].le(told_until) if told_until is not None else weeks["week_start_date"].notna()
    counts = {
        name: pd.Series(matrix.reshape(-1)[where].astype(np.int64), index=weeks.index, dtype="Int64")
        for name, matrix in zip(_COUNTS, measures, strict=True)
    }
    least = {name: count.mask(~is_told & count.eq(0)) for name, count in counts.items()}
    return weeks.assign(**least, is_travel_told=is_told.astype("boolean"))


def _without_a_log(weeks: pd.DataFrame) -> pd.DataFrame:
    counts = {name: pd.Series(pd.NA, index=weeks.index, dtype="Int64") for name in _COUNTS}
    return weeks.assign(**counts, is_travel_told=pd.Series(pd.NA, index=weeks.index, dtype="boolean"))


def nights_away(grid: Grid, trips: pd.DataFrame) -> Flags:
    """Tell for each person and day whether the night that begins on this day is spent away.

    Parameters
    ----------
    trips
        ``person_id``, ``departed_date``, ``returned_date`` (both local dates).
    """
    person = grid.person_ids.get_indexer(pd.Index(trips["person_id"]))
    first = np.clip(day_numbers(trips["departed_date"]) - grid.first_day, 0, grid.step_count)
    after = np.clip(day_numbers(trips["returned_date"]) - grid.first_day, 0, grid.step_count)
    is_stay = (person >= 0) & (after > first)
    begun = np.zeros((grid.shape[0], grid.step_count + 1), dtype=np.int64)
    np.add.at(begun, (person[is_stay], first[is_stay]), 1)
    np.add.at(begun, (person[is_stay], after[is_stay]), -1)
    away: Flags = np.cumsum(begun[:, :-1], axis=1) > 0
    return away


def weekend_days(grid: Grid, home: tuple[pd.DataFrame, pd.DataFrame] | None) -> Flags:
    """Tell for people × days which are days of the weekend at home."""
    usual = np.broadcast_to(np.arange(grid.step_count) % DAYS_A_WEEK >= _WEEKDAYS_OFF, grid.shape)
    if home is None or "is_weekend" not in home[1].columns:
        return usual
    people, calendar_days = home
    country = people.drop_duplicates("person_id").set_index("person_id")["home_country"].reindex(grid.person_ids)
    table = Grid(pd.Index(calendar_days["country"].unique()), grid.first_day, 1, grid.step_count)
    cells = table.cells(calendar_days["country"], calendar_days["calendar_date"])
    by_country = table.place(cells, flags_of(calendar_days["is_weekend"]).astype(np.float64))
    # The last row stands for people without a calendar (get_indexer says −1 for them).
    rows = np.vstack([by_country, np.full((1, grid.step_count), np.nan)])
    own = rows[table.person_ids.get_indexer(pd.Index(country))]
    return np.where(np.isnan(own), usual, own > 0)


def _known_trips(trips: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    is_known = trips["known_date"].le(pd.Timestamp(as_of_date))
    has_dates = trips["departed_date"].notna() & trips["returned_date"].notna()
    return trips.loc[is_known & has_dates]


def _travel_grid(weeks: pd.DataFrame, trips: pd.DataFrame, as_of_date: date) -> Grid:
    """Weeks from the first trip on, so that a long stay on site is counted from its begin."""
    grid = week_grid(weeks)
    departed = day_numbers(trips["departed_date"])
    first = min(grid.first_day, monday_number(int(departed.min()))) if len(departed) else grid.first_day
    last = max(grid.first_day + grid.step_count * DAYS_A_WEEK - 1, day_number(last_complete_sunday(as_of_date)))
    return Grid(grid.person_ids, first, DAYS_A_WEEK, (last - first) // DAYS_A_WEEK + 1)
