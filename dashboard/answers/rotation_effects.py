"""What a plan does beyond its points: the chance of being late of each project, and what the journeys cost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analytics.rotation.fares import Journeys, fares_of
from analytics.rotation.outlook import late_chances_of
from analytics.rotation.paths import paths_of, trips
from analytics.rotation.problem import NONE
from dashboard.answers.portfolio import forecast
from dashboard.answers.rotation_frames import frames_of, teams_of
from dashboard.answers.rotation_handovers import handover_lists

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.rotation.evaluating import Evaluation
    from analytics.rotation.frames import RotationFrames
    from analytics.rotation.problem import Floats, Plan
    from dashboard.answers.rotation import Answer, Room
    from dashboard.answers.viewers import Viewer


def late_chances(file: Path, viewer: Viewer, found: Answer) -> pd.DataFrame:
    """Return what the open weeks of the roster and of the proposal do to each project's chance of being late.

    Returns
    -------
    ``project_id``, ``open_weeks_before``, ``open_weeks_after`` (person-weeks), ``late_before``, ``late_after``
    (probabilities); projects with a forecast and a committed date that ask for somebody, what changes most first. A
    person-week that is missing moves the finish by a week's work of the team.
    """
    if not found.room.horizon.has_hours:
        return pd.DataFrame(
            columns=["project_id", "open_weeks_before", "open_weeks_after", "late_before", "late_after"]
        )
    told = forecast(file, viewer, found.room.horizon.as_of_date)
    first = pd.Timestamp(found.room.horizon.first_week)
    teams = teams_of(_frames(file, viewer, found.room).demand)
    return late_chances_of(told, teams, first, _open_weeks(found, found.before), _open_weeks(found, found.after))


def journeys(file: Path, viewer: Viewer, room: Room, plan: Plan) -> Journeys:
    """Return the journeys of a plan with the median fare of own trips between the two cities.

    Where nobody went yet, the fare goes by distance, at the price of a kilometre of own trips from that home.
    """
    problem = room.problem
    paths = paths_of(problem, np.arange(len(problem.person_ids)), plan.role, plan.is_remote)
    person, week = np.nonzero(trips(problem, paths))
    project = paths.project[person, week]
    frames = _frames(file, viewer, room)
    asked = pd.DataFrame(
        {
            "person_id": np.array(problem.person_ids, dtype=object)[person],
            "project_id": np.array(problem.project_ids, dtype=object)[project],
            "km": problem.km[person, project],
        }
    )
    asked["home_city"] = asked["person_id"].map(_by_id(frames.people, "person_id", "home_city"))
    asked["site_city"] = asked["project_id"].map(_by_id(frames.projects, "project_id", "site_city"))
    fares = fares_of(asked, frames.trips, frames.distances)
    known = fares.dropna(subset=["amount"])
    sums = known.groupby("currency_code")["amount"].sum()
    return Journeys(len(asked), {str(k): float(v) for k, v in sums.items()}, int(len(asked) - len(known)))


def _frames(file: Path, viewer: Viewer, room: Room) -> RotationFrames:
    asked = room.horizon
    return frames_of(file, viewer, asked.first_week, asked.weeks_count, asked.as_of_date, has_hours=asked.has_hours)


def _by_id(frame: pd.DataFrame, key: str, column: str) -> dict[str, str]:
    ids, values = frame[key].astype(str), frame[column].fillna("").astype(str)
    return dict(zip(ids, values, strict=True))


def _open_weeks(found: Answer, evaluation: Evaluation) -> dict[str, float]:
    problem = found.room.problem
    gap: Floats = np.maximum(problem.demand - evaluation.heads.covered, 0.0).sum(axis=1)
    by_project = np.zeros(len(problem.project_ids))
    np.add.at(by_project, problem.role_project, gap)
    asks = set(problem.role_project[problem.demand.sum(axis=1) > 0].tolist()) - {NONE}
    return {problem.project_ids[place]: float(by_project[place]) for place in sorted(asks)}


def effects_json(file: Path, viewer: Viewer, found: Answer) -> dict[str, Any]:
    """Return chances of being late, journeys and handovers of a proposal as plain values."""
    problem = found.room.problem
    before, after = (journeys(file, viewer, found.room, plan) for plan in (found.room.base, found.proposal.plan))
    return {
        "late_chances": late_chances(file, viewer, found).round(4).to_dict("records"),
        "roster_journeys": _journeys_json(before),
        "journeys": _journeys_json(after),
        "handovers": [
            {
                "project_id": problem.project_ids[one.handover.project],
                "person_id": problem.person_ids[one.handover.person],
                "last_week": (found.room.horizon.first_week + timedelta(weeks=one.handover.last_week)).isoformat(),
                "successors": [problem.person_ids[person] for person in one.handover.successors],
                "remaining": [problem.person_ids[person] for person in one.handover.remaining],
                "overlap_weeks": one.handover.overlap_weeks,
                "is_only_one": one.handover.is_only_one,
                "open_request_ids": list(one.request_ids),
                "activities": list(one.activities),
            }
            for one in handover_lists(file, viewer, found.room, found.proposal.plan)
        ],
    }


def _journeys_json(found: Journeys) -> dict[str, Any]:
    return {
        "count": found.count,
        "amounts": {code: round(amount, 2) for code, amount in found.amounts.items()},
        "unknown_count": found.unknown_count,
    }
