"""The marts that the index is computed from, in one hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from analytics.workload.clocks import clock_times_of_days
from analytics.workload.grid import monday_of
from analytics.workload.strain.client import weeks_booked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


#: Frames with one row or more per person; the others are about projects, places and calendars.
_OF_PEOPLE = (
    *("person_weeks", "person_days", "person_project_weeks", "trips", "people", "leave_days"),
    *("request_days", "clock_times", "booked"),
)


@dataclass(frozen=True)
class StrainFrames:
    """Marts of the same name, and three frames that a loader adds.

    Parameters
    ----------
    trips
        The mart with ``destination_time_zone``.
    country_zones
        ``country``, ``time_zone``: countries with one zone only.
    zone_offsets
        ``time_zone``, ``day``, ``offset_hours`` from UTC.
    clock_times
        Without any, the first begin and last end that ``person_days`` may tell stand for them.
    booked
        Hours per person, project and week as known; made by ``as_known``.
    project_hours
        ``project_id``, ``week_start_date``, ``known_week_date``, ``worked_hours`` of everybody, where the other frames
        hold some people only; without it they are taken to hold all.
    """

    person_weeks: pd.DataFrame
    person_days: pd.DataFrame
    person_project_weeks: pd.DataFrame
    trips: pd.DataFrame
    people: pd.DataFrame
    calendar_days: pd.DataFrame
    leave_days: pd.DataFrame
    projects: pd.DataFrame
    change_requests: pd.DataFrame
    status_reports: pd.DataFrame
    request_days: pd.DataFrame
    country_zones: pd.DataFrame
    zone_offsets: pd.DataFrame
    clock_times: pd.DataFrame = field(default_factory=pd.DataFrame)
    booked: pd.DataFrame = field(default_factory=pd.DataFrame)
    project_hours: pd.DataFrame | None = None

    def numbered(self, person_ids: pd.Index) -> StrainFrames:
        """Return the frames with the place in ``person_ids`` as ``person_id``; rows of others are gone.

        Whole numbers are found and compared many times faster than texts.
        """
        return replace(self, **{name: _numbered(getattr(self, name), person_ids) for name in _OF_PEOPLE})

    def of_people(self, person_ids: Iterable[object]) -> StrainFrames:
        """Keep the rows of some people; what belongs to projects, places and calendars stays whole."""
        ids = list(person_ids)
        return replace(self, **{name: _of(getattr(self, name), ids) for name in _OF_PEOPLE})

    @property
    def clocks(self) -> pd.DataFrame:
        """Clock times of entries, or of days where only those are known."""
        return clock_times_of_days(self.person_days) if self.clock_times.empty else self.clock_times

    @property
    def hours_of_projects(self) -> pd.DataFrame:
        """Hours per project and week by everybody."""
        return self.booked if self.project_hours is None else self.project_hours

    def as_known(self, as_of_date: date) -> StrainFrames:
        """Return the frames with ``booked`` and ``project_hours`` as known on a day."""
        booked = weeks_booked(self.person_project_weeks, as_of_date)
        if self.project_hours is None:
            return replace(self, booked=booked)
        hours = self.project_hours.loc[self.project_hours["known_week_date"].le(monday_of(as_of_date))]
        return replace(self, booked=booked, project_hours=hours)


def _of(frame: pd.DataFrame, ids: list[object]) -> pd.DataFrame:
    return frame.loc[frame["person_id"].isin(ids)] if len(frame) else frame


def _numbered(frame: pd.DataFrame, person_ids: pd.Index) -> pd.DataFrame:
    if "person_id" not in frame.columns:
        return frame
    numbers = person_ids.get_indexer(pd.Index(frame["person_id"]))
    numbered = frame.assign(person_id=numbers)
    return numbered if (numbers >= 0).all() else numbered.loc[numbers >= 0]
