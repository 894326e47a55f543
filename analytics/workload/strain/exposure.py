"""Everything that indicators are computed from, as matrices: people × days and people × weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.clocks import (
    broken_nights,
    clocked_days,
    night_hours,
    pieces_of,
    rests_between,
    short_rest_counts,
)
from analytics.workload.days import day_states
from analytics.workload.grid import DAYS_A_WEEK, Grid, floats_of, monday_of, streaks
from analytics.workload.load import usual_workdays
from analytics.workload.place import calendar_of_place, home_holidays, offset_of_place, places
from analytics.workload.strain.client import client_load
from analytics.workload.strain.fill import FilledHours, data_share, filled_hours
from analytics.workload.strain.projects import project_spread
from analytics.workload.strain.requests import unsocial_requests
from analytics.workload.zones import local_clock

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.days import DayStates
    from analytics.workload.grid import Flags, Floats
    from analytics.workload.place import Places
    from analytics.workload.strain.client import ProjectWeeks
    from analytics.workload.strain.frames import StrainFrames
    from analytics.workload.strain.settings import StrainSettings

#: So many days off in a row are leave in the sense of a rest; fewer are a long weekend.
LEAVE_DAYS = 5


@dataclass(frozen=True)
class Exposure:
    """What work asked of people. Daily matrices: see ``days``; weekly ones: see ``weeks``.

    ``hours`` is people × days with unfiled days filled; ``knows_leave`` tells for people × weeks whether some leave of
    five days in a row was recorded so far: without a record nobody knows when the last leave was.
    """

    days: Grid
    weeks: Grid
    hours: FilledHours
    is_inside: Flags
    is_expected: Flags
    is_weekend: Flags
    is_statutory: Flags
    is_away: Flags
    is_travel: Flags
    short_rests: Floats
    has_clock: Flags
    is_filed: Flags
    night_hours: Floats
    broken_nights: Floats
    zone_hours: Floats
    full_weeks: Flags
    contract_hours: Floats
    knows_leave: Flags
    effective_projects: Floats
    projects_a_week: Floats
    unsocial_requests: Floats
    late_requests: Floats
    is_go_live: Flags
    difficult_weeks: Floats
    escalations: Floats
    data_share: Floats
    weeks_inside: Floats


def exposure_of(
    frames: StrainFrames,
    laid_out: tuple[Grid, pd.DataFrame],
    projects: ProjectWeeks,
    everybody: Floats,
    settings: StrainSettings,
    as_of_date: date,
) -> Exposure:
    """Lay out people: ``laid_out`` is their grid of weeks and their rows of ``weeks_as_known``.

    ``frames`` holds the rows of these people; ``projects`` and ``everybody`` (hours of each project and week) speak
    of all people, because a person's share of a project needs them.
    """
    grid, weeks = laid_out
    days = grid.days()
    place, states = _places_and_days(frames, laid_out, as_of_date)
    is_workday, is_inside = states.is_workday, states.is_inside
    hours = filled_hours(states, _index_hours(states, frames.person_days, settings, as_of_date), settings)
    pieces = pieces_of(days, frames.clocks, as_of_date)
    clock = local_clock(place, days, frames.zone_offsets)
    load = client_load(grid, frames.booked, projects, everybody, settings)
    effective, touched = project_spread(grid, frames.booked)
    handled = (frames.request_days, frames.clock_times)
    is_holiday = calendar_of_place(place, days, frames.calendar_days, "is_statutory") > 0
    return Exposure(
        days=days,
        weeks=grid,
        hours=hours,
        is_inside=is_inside,
        is_expected=states.is_expected,
        is_weekend=~is_workday & ~is_holiday,
        is_statutory=home_holidays(days, frames.people, frames.calendar_days) | is_holiday,
        is_away=place.is_away,
        is_travel=place.is_travel,
        short_rests=short_rest_counts(days, rests_between(pieces, clock), settings["short_rest_hours"]),
        has_clock=clocked_days(pieces),
        is_filed=states.is_filed,
        night_hours=night_hours(pieces, clock, states.hours),
        broken_nights=broken_nights(pieces, clock),
        zone_hours=_zone_changes(offset_of_place(place, days, frames.zone_offsets)),
        full_weeks=_full_weeks(grid, weeks),
        contract_hours=_contract_hours(grid, frames.people),
        knows_leave=_knows_leave(states),
        effective_projects=effective,
        projects_a_week=touched,
        unsocial_requests=unsocial_requests(handled, is_workday, (days, clock), settings, as_of_date),
        late_requests=load.late_requests,
        is_go_live=load.is_go_live,
        difficult_weeks=load.difficult_weeks,
        escalations=load.escalations,
        data_share=data_share(states, hours.is_missing),
        weeks_inside=np.cumsum(by_week(is_inside) > 0, axis=1).astype(np.float64),
    )


def _places_and_days(
    frames: StrainFrames, laid_out: tuple[Grid, pd.DataFrame], as_of_date: date
) -> tuple[Places, DayStates]:
    """Lay out where people were, and what their days were by the calendar of that place."""
    grid, weeks = laid_out
    days = grid.days()
    trips = frames.trips.loc[frames.trips["known_date"].le(pd.Timestamp(as_of_date))]
    place = places(days, frames.people, trips, frames.country_zones)
    states = day_states(
        weeks,
        frames.person_days,
        frames.people,
        frames.calendar_days,
        as_of_date=as_of_date,
        leave_days=frames.leave_days,
        is_workday_there=calendar_of_place(place, days, frames.calendar_days, "is_workday"),
        grid=grid,
    )
    return place, states


def named(exposure: Exposure, person_ids: pd.Index) -> Exposure:
    """Return the exposure with these names for its people, in their order."""
    grids = {name: replace(getattr(exposure, name), person_ids=person_ids) for name in ("days", "weeks")}
    return replace(exposure, **grids)


def by_week(days: Flags | Floats) -> Floats:
    """Sum days into their weeks."""
    sums: Floats = days.reshape(days.shape[0], days.shape[1] // DAYS_A_WEEK, DAYS_A_WEEK).sum(axis=2).astype(np.float64)
    return sums


def _index_hours(states: DayStates, person_days: pd.DataFrame, settings: StrainSettings, as_of_date: date) -> Floats:
    """Hours that count in the index: work whole, hours booked as travel by their share."""
    known = person_days.loc[person_days["known_week_date"].le(monday_of(as_of_date))]
    grid = states.grid
    travel = grid.total(
        grid.cells(known["person_id"], known["work_date"]), np.nan_to_num(floats_of(known["travel_hours"]))
    )
    passive = np.clip(np.minimum(travel, states.hours), 0, None) * (1 - settings["passive_travel_share"])
    hours: Floats = states.hours - passive
    return hours


def _zone_changes(offset: Floats) -> Floats:
    """Hours of time zone crossed on each day; 0 where a zone is not known (not assessed, and a fact only)."""
    change = np.zeros(offset.shape)
    change[:, 1:] = np.nan_to_num(np.abs(np.diff(offset, axis=1)))
    # Summer time is no journey.
    return np.where(change > 1.0, change, 0.0)


def _full_weeks(grid: Grid, weeks: pd.DataFrame) -> Flags:
    """Weeks that say what a usual week is: all the person's workdays, no leave, filed."""
    is_whole = (floats_of(weeks["workdays_count"]) >= usual_workdays(weeks)) & ~(floats_of(weeks["leave_hours"]) > 0)
    is_known = weeks["state"].eq("filed").to_numpy() & weeks["is_known"].to_numpy(dtype=bool)
    return grid.mark(grid.cells(weeks["person_id"], weeks["week_start_date"]), is_whole & is_known)


def _knows_leave(states: DayStates) -> Flags:
    """Tell for people × weeks whether a rest of some days with recorded leave in it lies behind."""
    run = streaks(states.is_inside & (states.is_leave | ~states.is_workday))
    recorded = np.pad(np.cumsum(states.is_leave, axis=1), ((0, 0), (1, 0)))
    days = np.arange(1, run.shape[1] + 1)[None, :]
    inside: Floats = recorded[:, 1:] - np.take_along_axis(recorded, days - run, axis=1)
    return np.cumsum(by_week((run >= LEAVE_DAYS) & (inside > 0)), axis=1) > 0


def _contract_hours(grid: Grid, people: pd.DataFrame) -> Floats:
    if "weekly_hours" not in people.columns:
        return np.full(grid.shape[0], np.nan)
    listed = people.drop_duplicates("person_id").set_index("person_id")["weekly_hours"]
    return floats_of(listed.reindex(grid.person_ids))
