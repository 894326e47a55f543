"""The tables that a roster is made of, and what in them can't be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

#: Weeks before the plan that the rules of being away and the burden look back on.
PAST_WEEKS: Final = 12


@dataclass(frozen=True)
class RotationFrames:
    """Rows as known on the day of the plan; dates are days, weeks begin on Monday.

    Parameters
    ----------
    people
        ``person_id``, ``seniority``, ``home_city``, ``home_country``, ``hired_date``, ``left_date``.
    skills
        ``person_id``, ``skill``.
    projects
        ``project_id``, ``site_city``, ``site_country``, ``start_date``, ``planned_finish_date``, ``go_live_date``.
    demand
        ``project_id``, ``week_start_date``, ``skill``, ``headcount``, ``onsite_headcount``, ``min_seniority``,
        ``is_onsite``, ``named_person_id``.
    roster
        ``person_id``, ``project_id``, ``week_start_date``, ``planned_hours``, ``is_onsite``; past weeks too.
    leave
        ``person_id``, ``leave_date``.
    trips
        ``person_id``, ``project_id``, ``departed_date``, ``returned_date``, ``destination_country``.
    known_projects
        ``person_id``, ``project_id`` of people who have worked there.
    distances
        ``home_city``, ``home_country``, ``site_city``, ``site_country``, ``km`` (empty where it is not known).
    stay_limits, unavailability, preferences
        As in the contract.
    levels
        ``person_id``, ``level`` of the strain index (WATCH, HIGH); empty without one.
    delay_prices
        ``project_id``, ``late_percent``: percentage points of P(late) per uncovered head-week; empty without forecast.
    """

    people: pd.DataFrame
    skills: pd.DataFrame
    projects: pd.DataFrame
    demand: pd.DataFrame
    roster: pd.DataFrame
    leave: pd.DataFrame
    trips: pd.DataFrame
    known_projects: pd.DataFrame
    distances: pd.DataFrame
    stay_limits: pd.DataFrame
    unavailability: pd.DataFrame
    preferences: pd.DataFrame
    levels: pd.DataFrame
    delay_prices: pd.DataFrame
    #: Whether roster and skills were read from hours, because nobody imported them.
    is_roster_read: bool = False
    are_skills_read: bool = False


@dataclass(frozen=True)
class Remark:
    """Something in the input that a reader must know: what, about whom or which project, and a detail."""

    kind: str
    subject: str
    detail: str = ""


def seniority_number(text: object) -> int:
    """Return junior 0, mid 1, senior and consultant 2; unknown is mid."""
    return {"junior": 0, "senior": 2, "consultant": 2}.get(str(text).lower(), 1)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as records."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def weeks_of(dates: pd.Series, first: pd.Timestamp) -> pd.Series:
    """Return the number of the week of each day, 0 for the week of ``first``."""
    return (pd.to_datetime(dates) - first).dt.days.floordiv(7)
