"""What the forecast says to a roster: how long sites will need people, and what a missing head-week adds to P(late)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analytics.delay.view import LATE_AFTER_WEEKS, PROBABILITY_BOUNDS
from analytics.rotation.frames import weeks_of

if TYPE_CHECKING:
    from analytics.rotation.problem import Floats

_LEVELS: Final = {"finish_p10_date": 0.1, "finish_p50_date": 0.5, "finish_p80_date": 0.8, "finish_p90_date": 0.9}
#: Demand of a week that needs somebody less likely than this is left out.
_LEAST_CHANCE: Final = 0.15
#: Roster weeks before the plan that tell who works for a project.
_LOOK_BACK_WEEKS: Final = 4
_DEMAND: Final = (
    "project_id",
    "week_start_date",
    "skill",
    "headcount",
    "onsite_headcount",
    "min_seniority",
    "is_onsite",
    "named_person_id",
)


def finished_chance(forecast: pd.DataFrame, first: pd.Timestamp, at_weeks: Floats) -> Floats:
    """Return for each forecast row the chance that the project is finished ``at_weeks`` (rows × times) from ``first``.

    Between the quantiles the chance is linear; beyond them it goes on as steeply as beside them.
    """
    found = np.zeros(at_weeks.shape)
    for row, known in enumerate(forecast[list(_LEVELS)].to_numpy()):
        weeks = [(pd.Timestamp(date) - first).days / 7 for date in known]
        start, end = weeks[0] - (weeks[1] - weeks[0]) / 4, weeks[3] + max(weeks[3] - weeks[2], 0.5)
        points = np.maximum.accumulate([start, *weeks, end]) + np.arange(6) * 1e-9
        found[row] = np.interp(at_weeks[row], points, [0.0, *_LEVELS.values(), 1.0])
    return found


def _running(forecast: pd.DataFrame, first: pd.Timestamp, weeks_count: int) -> dict[str, Floats]:
    """Return by project with a forecast the chance that it still runs in each week."""
    usable = forecast[forecast[list(_LEVELS)].notna().all(axis=1)].drop_duplicates("project_id")
    chance = finished_chance(usable, first, np.tile(np.arange(weeks_count, dtype=float), (len(usable), 1)))
    return {str(name): 1.0 - row for name, row in zip(usable["project_id"], chance, strict=True)}


def project_needs(
    projects: pd.DataFrame, forecast: pd.DataFrame, first: pd.Timestamp, weeks_count: int
) -> dict[str, Floats]:
    """Return by project the chance that it runs in each week: by its forecast, else until its planned finish."""
    running, week = _running(forecast, first, weeks_count), np.arange(weeks_count)
    planned = weeks_of(projects["planned_finish_date"], first)
    starts = weeks_of(projects["start_date"], first)
    found: dict[str, Floats] = {}
    for project, until, start in zip(projects["project_id"].astype(str), planned, starts, strict=True):
        by_plan = (week <= until).astype(float) if pd.notna(until) else np.zeros(weeks_count)
        found[project] = running.get(project, by_plan) * (week >= start if pd.notna(start) else 1.0)
    return found


def derived_demand(
    projects: pd.DataFrame,
    given: pd.DataFrame,
    roster: pd.DataFrame,
    skills: pd.DataFrame,
    forecast: pd.DataFrame,
    first: pd.Timestamp,
    weeks_count: int,
) -> pd.DataFrame:
    """Return demand of projects that have none, and of given projects after their last week while they may still run.

    A project without rows needs the people whom it has, each for the skill that most of them share, until its planned
    finish; where a forecast is known, by the chance that it is not finished then (all quantiles, not one date).
    """
    running = _running(forecast, first, weeks_count)
    needs = project_needs(projects, forecast, first, weeks_count)
    parts = []
    for place, project in enumerate(projects["project_id"].astype(str)):
        own = given[given["project_id"] == project]
        if len(own):
            parts.append(_prolonged(own, running.get(project), first, weeks_count))
            continue
        parts.append(_by_team(projects.iloc[place], roster, skills, needs[project], first))
    whole = [part for part in parts if len(part)]
    return pd.concat(whole, ignore_index=True) if whole else pd.DataFrame(columns=list(_DEMAND))


def _prolonged(own: pd.DataFrame, running: Floats | None, first: pd.Timestamp, weeks_count: int) -> pd.DataFrame:
    """Return the last week's demand of a project for the weeks after it, by the chance that it still runs."""
    if running is None:
        return own.iloc[:0]
    last = own[own["week_start_date"] == own["week_start_date"].max()]
    after = int(weeks_of(last["week_start_date"], first).iloc[0]) + 1
    parts = [
        last.assign(
            week_start_date=first + pd.Timedelta(weeks=week),
            headcount=(last["headcount"].astype(float).fillna(1.0) * running[week]).round(2),
            onsite_headcount=np.nan,
            named_person_id=None,
        )
        for week in range(max(after, 0), weeks_count)
        if running[week] >= _LEAST_CHANCE
    ]
    return pd.concat(parts, ignore_index=True) if parts else own.iloc[:0]


def _by_team(
    project: pd.Series[Any], roster: pd.DataFrame, skills: pd.DataFrame, need: Floats, first: pd.Timestamp
) -> pd.DataFrame:
    """Return the demand that the present team of a project stands for."""
    week = weeks_of(roster["week_start_date"], first)
    near = roster[(roster["project_id"] == project["project_id"]) & week.between(-_LOOK_BACK_WEEKS, 1)]
    people = near["person_id"].unique()
    known = skills[skills["person_id"].isin(people)]
    if not len(people) or not len(known):
        return pd.DataFrame(columns=list(_DEMAND))
    counts = known["skill"].value_counts()
    product = str(project.get("product", "") or "")
    skill = product if product in counts.index else str(counts.sort_index(kind="stable").idxmax())
    heads = min(len(people), max(1, round(len(near) / max(near["week_start_date"].nunique(), 1))))
    weeks = np.flatnonzero(need >= _LEAST_CHANCE)
    return pd.DataFrame(
        {
            "project_id": project["project_id"],
            "week_start_date": [first + pd.Timedelta(weeks=int(w)) for w in weeks],
            "skill": skill,
            "headcount": np.round(heads * need[weeks], 2),
            "onsite_headcount": np.nan,
            "min_seniority": None,
            "is_onsite": None,
            "named_person_id": None,
        }
    )


def delay_prices(forecast: pd.DataFrame, teams: dict[str, float], first: pd.Timestamp) -> pd.DataFrame:
    """Return percentage points of P(late) that a missing head-week adds, by project.

    A head-week that is missing moves the finish by a week's work of the team: one over its people.
    """
    usable = _usable(forecast)
    shift = np.array([[0.0, 1.0 / max(teams.get(str(name), 1.0), 1.0)] for name in usable["project_id"]]).reshape(-1, 2)
    chance = late_chance(usable, first, shift)
    return pd.DataFrame(
        {
            "project_id": usable["project_id"].astype(str),
            "late_percent": np.round(100 * np.maximum(chance[:, 1] - chance[:, 0], 0.0), 4),
        }
    )


def late_chances_of(
    forecast: pd.DataFrame,
    teams: dict[str, float],
    first: pd.Timestamp,
    before: dict[str, float],
    after: dict[str, float],
) -> pd.DataFrame:
    """Return P(late) of projects with so many open person-weeks before and after, what changes most first.

    Returns
    -------
    ``project_id``, ``open_weeks_before``, ``open_weeks_after``, ``late_before``, ``late_after``; only projects that
    are in both and have a forecast and a committed date. A roster without open weeks has the chance that the forecast
    tells; open weeks move it by what they move the finish.
    """
    usable = _usable(forecast)
    usable = usable[usable["project_id"].astype(str).isin(before.keys() & after.keys())].reset_index(drop=True)
    ids = usable["project_id"].astype(str)
    open_weeks = np.array([[before[name], after[name]] for name in ids]).reshape(-1, 2)
    heads = np.array([max(teams.get(name, 1.0), 1.0) for name in ids]).reshape(-1, 1)
    moved = late_chance(usable, first, np.hstack((np.zeros_like(heads), open_weeks / heads)))
    # A roster without open weeks has the chance of the forecast, as every page tells it.
    told = usable["late_probability"].to_numpy(dtype=np.float64).reshape(-1, 1)
    chance = np.clip(told + moved[:, 1:] - moved[:, :1], 0.01, 0.99)
    made = pd.DataFrame(
        {
            "project_id": ids,
            "open_weeks_before": open_weeks[:, 0],
            "open_weeks_after": open_weeks[:, 1],
            "late_before": chance[:, 0],
            "late_after": chance[:, 1],
        }
    )
    order = (made["late_after"] - made["late_before"]).abs().sort_values(ascending=False, kind="stable").index
    return made.loc[order].reset_index(drop=True)


def _usable(forecast: pd.DataFrame) -> pd.DataFrame:
    has_all = forecast[list(_LEVELS)].notna().all(axis=1) & forecast["committed_date"].notna()
    return forecast[has_all].drop_duplicates("project_id").reset_index(drop=True)


def late_chance(forecast: pd.DataFrame, first: pd.Timestamp, shift_weeks: Floats) -> Floats:
    """Return P(late) of forecast rows when everything comes ``shift_weeks`` later (rows × cases)."""
    committed = ((pd.to_datetime(forecast["committed_date"]) - first).dt.days / 7).to_numpy(dtype=float)[:, None]
    at = committed + LATE_AFTER_WEEKS - shift_weeks
    made: Floats = np.clip(1.0 - finished_chance(forecast, first, at), *PROBABILITY_BOUNDS)
    return made
