"""Projects with one planted cause each, played week by week by rules of their own: no model under test made them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.postmortem.case import Case

MONDAY: Final = pd.Timestamp("2024-01-01")
TEAM: Final = ("ann", "ben", "cem")
PLANNED_WEEKS: Final = 40
#: Hours of a person in a usual week of the plan.
PERSON_HOURS: Final = 36.0
BUDGET: Final = PLANNED_WEEKS * len(TEAM) * PERSON_HOURS
CAUSES: Final = (
    "late_start",
    "scope",
    "rework",
    "productivity",
    "standstill",
    "staffing",
    "leave",
    "pause",
    "handover",
    "gate",
)
_GATES: Final = (0.2, 0.6, 0.88)
_PHASES: Final = ("design", "build", "test", "go_live")
_MOST_WEEKS: Final = 140


@dataclass
class Played:
    """Rows of a project as it was played."""

    hours: list[tuple[str, pd.Timestamp, float]] = field(default_factory=list)
    rework: dict[pd.Timestamp, float] = field(default_factory=dict)
    leave: list[tuple[str, pd.Timestamp, float]] = field(default_factory=list)
    reports: list[tuple[pd.Timestamp, float, str]] = field(default_factory=list)
    requests: list[tuple[str, str, pd.Timestamp, float]] = field(default_factory=list)


def planted(cause: str, seed: int) -> Case:
    """Play one project until it is done; ``none`` plants nothing."""
    chance = np.random.default_rng([seed, *cause.encode()])
    played = Played()
    left, scope = BUDGET, BUDGET
    begins = int(chance.integers(12, 20))
    long = int(chance.integers(8, 11))
    phase, gate_until = 0, -1
    for week in range(_MOST_WEEKS):
        monday = MONDAY + pd.Timedelta(weeks=week)
        is_on = begins <= week < begins + long
        asked = _asked(cause, week, begins, chance)
        if asked > 0:
            requester = "Sales" if cause == "scope" and asked > 60 else "Finance"
            played.requests.append((f"CR-{week}", requester, monday + pd.Timedelta(days=1), asked))
            left, scope = left + asked, scope + asked
        team = _team(cause, week, begins, is_on=is_on)
        booked = _book(played, team, monday, chance, cause=cause, is_on=is_on)
        rework = 0.6 * booked if cause == "rework" and begins <= week < begins + 18 else 0.02 * booked
        played.rework[monday] = rework
        done = (booked - rework) * _yield(cause, week, begins, chance, is_on=is_on, is_gate=week <= gate_until)
        left = max(left - done, 0.0)
        ratio = 1.0 - left / scope
        stage = int(np.searchsorted(_GATES, ratio, side="right"))
        if stage > phase:
            if cause == "gate" and stage == 1:
                gate_until = week + long
            phase = stage
        played.reports.append((monday + pd.Timedelta(days=4), np.floor(ratio * 100) / 100, _PHASES[phase]))
        if left <= 0:
            break
    end = MONDAY + pd.Timedelta(weeks=week, days=4)
    return case_of(played, end)


def _asked(cause: str, week: int, begins: int, chance: np.random.Generator) -> float:
    small = float(chance.uniform(4, 16)) if chance.random() < 0.12 else 0.0
    return small + (300.0 if cause == "scope" and week in range(begins, begins + 4) else 0.0)


def _team(cause: str, week: int, begins: int, *, is_on: bool) -> tuple[str, ...]:
    if (cause == "late_start" and week < 8) or (cause == "pause" and is_on):
        return ()
    if cause == "staffing" and begins <= week < begins + 26:
        return TEAM[:2]
    if cause == "handover" and week >= begins:
        return ("dora", "emil", TEAM[2])
    return TEAM


def _book(
    played: Played, team: tuple[str, ...], monday: pd.Timestamp, chance: np.random.Generator, *, cause: str, is_on: bool
) -> float:
    """Book everybody's week; who is on leave books nothing."""
    total = 0.0
    for person in team:
        if cause == "leave" and is_on and person != TEAM[0]:
            played.leave.append((person, monday, 40.0))
            continue
        worked = float(PERSON_HOURS * chance.normal(1.0, 0.05))
        played.hours.append((person, monday, worked))
        total += worked
    return total


def _yield(cause: str, week: int, begins: int, chance: np.random.Generator, *, is_on: bool, is_gate: bool) -> float:
    usual = float(chance.normal(1.0, 0.06))
    if cause == "productivity":
        return 0.75 * usual
    if (cause == "standstill" and is_on) or is_gate:
        return 0.05 * usual
    if cause == "handover" and week >= begins:
        return usual * (0.15 + 0.85 * min((week - begins) / 7.0, 1.0))
    return usual


def case_of(played: Played, end: pd.Timestamp, **changes: Any) -> Case:
    """Return what was played as a case of a finished project."""
    people = pd.DataFrame(played.hours, columns=["person_id", "week_start_date", "worked_hours"])
    booked = people.groupby("week_start_date")["worked_hours"].sum()
    weeks = pd.DataFrame({"week_start_date": booked.index, "booked_hours": booked.to_numpy()})
    weeks = weeks.assign(rework_hours=weeks["week_start_date"].map(played.rework).fillna(0.0))
    leave = pd.DataFrame(played.leave, columns=["person_id", "week_start_date", "leave_hours"])
    requests = pd.DataFrame(
        played.requests, columns=["change_request_id", "requested_by", "raised_at", "estimated_hours"]
    )
    case = Case(
        project_id="p1",
        planned_start_date=MONDAY,
        planned_finish_date=MONDAY + pd.Timedelta(weeks=PLANNED_WEEKS),
        budget_hours=BUDGET,
        ending="finished",
        end_date=end,
        weeks=weeks.astype({"week_start_date": "datetime64[us]"}),
        people=people.astype({"week_start_date": "datetime64[us]"}),
        leave=leave.astype({"week_start_date": "datetime64[us]", "leave_hours": "float64"}),
        reports=pd.DataFrame(played.reports, columns=["as_of_date", "progress_ratio", "phase"]).astype(
            {"as_of_date": "datetime64[us]"}
        ),
        requests=requests.assign(
            decided_at=requests["raised_at"],
            actual_hours=requests["estimated_hours"],
            is_approved=True,
            cause="new_need",
            phase_at_arrival="build",
            is_confirmed_by_prototype=False,
        ),
    )
    return replace(case, **changes)
