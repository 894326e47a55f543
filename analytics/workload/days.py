"""What is known of each person's days: worked, rest that is recorded, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import (
    DAYS_A_WEEK,
    Flags,
    Floats,
    Grid,
    flags_of,
    floats_of,
    last_complete_sunday,
    monday_of,
    streaks,
    week_grid,
)
from analytics.workload.weeks import MIN_FILED_SHARE

if TYPE_CHECKING:
    from datetime import date

#: A day counts as worked from more than this many hours on; a quarter of an hour for a call is not a day of work.
MIN_WORKED_DAY_HOURS = 0.9

#: Leave of this many hours is a whole day (35-hour contracts have days of seven).
WHOLE_LEAVE_DAY_HOURS = 7.0

#: Runs of days are looked for that reach into these last days, so that one day off does not hide them at once.
RUN_WINDOW_DAYS = 14

#: The method judges how much is filed over four weeks.
COVERAGE_DAYS = 28

_WEEKDAYS_OFF = 5


def days_as_known(person_days: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return one row per person and day with entries, as known on ``as_of_date``, up to the last complete week.

    ``person_id``, ``work_date``, ``worked_hours``, ``onsite_hours``, ``travel_hours``, ``entry_count``,
    ``is_assumed``. A day whose entries were all taken back has no row.
    """
    is_known = person_days["known_week_date"].le(monday_of(as_of_date))
    is_past = person_days["work_date"].le(last_complete_sunday(as_of_date))
    known = person_days.loc[is_known & is_past]
    measures = ["worked_hours", "onsite_hours", "travel_hours", "entry_count"]
    sums = known.groupby(["person_id", "work_date"], as_index=False).agg(
        {**dict.fromkeys(measures, "sum"), "is_assumed": "max"}
    )
    return sums.loc[sums["entry_count"].gt(0)].reset_index(drop=True)


@dataclass(frozen=True)
class DayStates:
    """People × days up to the last complete week; every matrix has the shape of ``grid``.

    ``hours`` is 0 on a day without entries: ask ``is_unknown`` whether that is rest. Unknown are unfiled workdays
    without leave, and in a week that is missing or filed under 60 % every unfiled day without leave.
    """

    grid: Grid
    hours: Floats
    is_filed: Flags
    is_workday: Flags
    is_leave: Flags
    is_unknown: Flags
    is_inside: Flags
    has_calendar: Flags
    is_provisional: Flags
    is_assumed: Flags

    @property
    def is_worked(self) -> Flags:
        """Days of work that are certain."""
        worked: Flags = self.hours > MIN_WORKED_DAY_HOURS
        return worked

    @property
    def is_expected(self) -> Flags:
        """Workdays without leave inside the person's time with the firm."""
        return self.is_workday & ~self.is_leave & self.is_inside


def day_states(
    weeks: pd.DataFrame,
    person_days: pd.DataFrame,
    people: pd.DataFrame,
    calendar_days: pd.DataFrame,
    *,
    as_of_date: date,
    leave_days: pd.DataFrame | None = None,
    is_workday_there: Floats | None = None,
    grid: Grid | None = None,
) -> DayStates:
    """Lay the days of ``weeks`` (rows of ``weeks_as_known``) out as people × days.

    The calendar is that of the person's home country; without one, Monday to Friday are workdays.

    Parameters
    ----------
    is_workday_there
        People × days: 1 or 0 as the calendar of the place of that day says, NaN where the home calendar decides.
    grid
        People and weeks to lay out; without it those of ``weeks``.
    """
    by_week = week_grid(weeks) if grid is None else grid
    grid = by_week.days()
    is_known = person_days["known_week_date"].le(monday_of(as_of_date))
    entries = person_days.loc[is_known]
    cells = grid.cells(entries["person_id"], entries["work_date"])
    is_filed = grid.total(cells, floats_of(entries["entry_count"])) > 0
    hours: Floats = np.where(is_filed, grid.total(cells, floats_of(entries["worked_hours"])), 0.0)
    calendar, is_provisional = _home_calendar(grid, people, calendar_days)
    weekdays = np.broadcast_to(np.arange(grid.step_count) % DAYS_A_WEEK < _WEEKDAYS_OFF, grid.shape)
    if is_workday_there is not None:
        calendar = np.where(np.isnan(is_workday_there), calendar, is_workday_there)
    is_workday = np.where(np.isnan(calendar), weekdays, calendar > 0)
    is_leave = _leave(by_week, weeks, leave_days)
    is_inside, is_silent, expected_days = _week_facts(by_week, weeks)
    is_open = is_silent | (_by_week(is_filed & is_workday) < np.floor(expected_days))
    is_unknown = is_inside & ~is_filed & ~is_leave & (_by_day(is_silent) | (is_workday & _by_day(is_open)))
    return DayStates(
        grid=grid,
        hours=hours.round(6),
        is_filed=is_filed,
        is_workday=is_workday,
        is_leave=is_leave,
        is_unknown=is_unknown,
        is_inside=is_inside,
        has_calendar=~np.isnan(calendar),
        is_provisional=is_provisional,
        is_assumed=grid.total(cells, flags_of(entries["is_assumed"]).astype(np.float64)) > 0,
    )


def days_in_a_row(states: DayStates) -> pd.DataFrame:
    """Return the longest run of days worked that reaches into the last 14 days.

    ``days_in_a_row_count`` counts days that are certain, ``days_in_a_row_possible_count`` takes unknown days as
    worked: "7 certain, up to 12 possible". A count of 0 is told only when no day of the 14 is unknown, else it is null.
    The possible count is null when under 60 % of the expected workdays of the last 28 are filed: of silence anything
    is possible, and that is a finding about the data.
    """
    recent = slice(-RUN_WINDOW_DAYS, None)
    certain = streaks(states.is_worked)[:, recent].max(axis=1, initial=0)
    possible = streaks(states.is_worked | states.is_unknown)[:, recent].max(axis=1, initial=0)
    is_told = pd.Series((certain > 0) | ~states.is_unknown[:, recent].any(axis=1))
    is_bounded = is_told & ~pd.Series(days_known_share(states, COVERAGE_DAYS) < MIN_FILED_SHARE)
    return pd.DataFrame(
        {
            "person_id": states.grid.person_ids.astype("str"),
            "days_in_a_row_count": pd.Series(certain, dtype="Int64").where(is_told),
            "days_in_a_row_possible_count": pd.Series(possible, dtype="Int64").where(is_bounded),
        }
    )


def days_known_share(states: DayStates, days: int) -> Floats:
    """For each person: expected workdays of the last ``days`` that are filed; NaN when none was expected."""
    recent = slice(-days, None)
    expected = states.is_expected[:, recent].sum(axis=1)
    unknown = (states.is_expected & states.is_unknown)[:, recent].sum(axis=1)
    return np.where(expected > 0, 1 - unknown / np.maximum(expected, 1), np.nan)


def _home_calendar(grid: Grid, people: pd.DataFrame, calendar_days: pd.DataFrame) -> tuple[Floats, Flags]:
    """Workday (1), day off (0) or no calendar (NaN) for each person and day, and whether that is provisional."""
    home = people.drop_duplicates("person_id").set_index("person_id")["home_country"]
    countries = Grid(pd.Index(calendar_days["country"].unique()), grid.first_day, 1, grid.step_count)
    cells = countries.cells(calendar_days["country"], calendar_days["calendar_date"])
    workday = countries.place(cells, flags_of(calendar_days["is_workday"]).astype(np.float64))
    provisional = countries.mark(cells, flags_of(calendar_days["is_provisional"]))
    row = countries.person_ids.get_indexer(pd.Index(home.reindex(grid.person_ids)))
    # The last row stands for people without a calendar (get_indexer says −1 for them).
    nowhere = np.full((1, grid.step_count), np.nan)
    return np.vstack([workday, nowhere])[row], np.vstack([provisional, np.zeros((1, grid.step_count), dtype=bool)])[row]


def _leave(by_week: Grid, weeks: pd.DataFrame, leave_days: pd.DataFrame | None) -> Flags:
    """Whole days of leave, from the log of leave and from weeks that are leave as a whole."""
    week_cells = by_week.cells(weeks["person_id"], weeks["week_start_date"])
    is_leave = _by_day(by_week.mark(week_cells, weeks["state"].eq("on_leave").to_numpy()))
    if leave_days is None:
        return is_leave
    length = floats_of(leave_days["leave_hours"])
    grid = by_week.days()
    cells = grid.cells(leave_days["person_id"], leave_days["leave_date"])
    return is_leave | grid.mark(cells, np.isnan(length) | (length >= WHOLE_LEAVE_DAY_HOURS))


def _week_facts(by_week: Grid, weeks: pd.DataFrame) -> tuple[Flags, Flags, Floats]:
    """Days inside the person's time with the firm; weeks that are missing or hardly filed; expected days by week."""
    cells = by_week.cells(weeks["person_id"], weeks["week_start_date"])
    has_row = by_week.mark(cells, np.ones(len(weeks), dtype=bool))
    # A gap between two rows is a missing week too.
    begun, not_ended = np.maximum.accumulate(has_row, axis=1), np.maximum.accumulate(has_row[:, ::-1], axis=1)[:, ::-1]
    is_inside = begun & not_ended
    is_silent = is_inside & ~by_week.mark(cells, flags_of(weeks["is_known"]))
    expected = np.nan_to_num(by_week.place(cells, floats_of(weeks["expected_days"])))
    return _by_day(is_inside), is_silent, expected


def _by_day(matrix: Flags) -> Flags:
    return np.repeat(matrix, DAYS_A_WEEK, axis=1)


def _by_week(days: Flags) -> Floats:
    sums: Floats = days.reshape(days.shape[0], days.shape[1] // DAYS_A_WEEK, DAYS_A_WEEK).sum(axis=2).astype(np.float64)
    return sums
