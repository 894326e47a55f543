"""A made-up firm that works: teams with good and bad weeks, clients who ask for more, reports in whole percent.

It shares no code and no formula with the model: requests come by the calendar, weeks are blocked in runs, people leave,
teams are tired by long weeks, and the go-live waits for a window of the client.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from analytics.delay.known import prepare_histories
from analytics.delay.progress_model.fit_store import FitStore

if TYPE_CHECKING:
    from analytics.delay.known import Histories

#: Fits are the same wherever they come from, so tests share them.
FITS = FitStore()
FIRST_MONDAY = pd.Timestamp("2019-01-07")
WEEK = pd.Timedelta(weeks=1)
#: Project, number, week raised, week decided, hours, whether it is taken, number of the week of the decision.
Asked: TypeAlias = tuple[str, int, pd.Timestamp, pd.Timestamp, float, bool, int]


@dataclass(frozen=True)
class Works:
    """The marts that the model of the work reads."""

    states: pd.DataFrame
    projects: pd.DataFrame
    change_requests: pd.DataFrame

    def histories(self) -> Histories:
        """Return them prepared for forecasts."""
        return prepare_histories(self.states, self.projects, change_requests=self.change_requests, fits=FITS)

    def known_by(self, day: pd.Timestamp) -> Works:
        """Return the firm as if nothing after ``day`` had happened or been written down."""
        monday = day - pd.Timedelta(days=day.weekday())
        ended = self.projects["actual_finish_date"] <= day
        projects = self.projects.assign(
            actual_finish_date=self.projects["actual_finish_date"].where(ended),
            status=self.projects["status"].where(ended, "active"),
        )
        asked = self.change_requests[self.change_requests["raised_at"] <= day]
        is_open = ~(asked["decided_at"] <= day)
        asked = asked.assign(
            decided_at=asked["decided_at"].mask(is_open),
            is_approved=asked["is_approved"] & ~is_open,
            is_rejected=asked["is_rejected"] & ~is_open,
            is_pending=is_open,
        )
        states = self.states[self.states["week_start_date"] <= monday]
        return Works(states, projects[projects["start_date"] <= day], asked)

    def with_states(self, project_id: str, **columns: object) -> Works:
        """Return the firm with columns of one project's weeks replaced."""
        is_own = self.states["project_id"] == project_id
        changed = {name: self.states[name].where(~is_own, value) for name, value in columns.items()}
        return replace(self, states=self.states.assign(**changed))


def make_works(count: int = 60, *, seed: int = 1, years: float = 4.0) -> Works:
    """Play ``count`` projects that start evenly over the years; the books close with the last week."""
    draw = np.random.default_rng(seed)
    week_count = int(years * 52)
    starts = np.linspace(0, week_count - 8, count).astype(int)
    played = [_play(f"w{number:03}", int(start), week_count, draw) for number, start in enumerate(starts)]
    states = pd.concat([part[0] for part in played], ignore_index=True)
    projects = pd.DataFrame([part[1] for part in played])
    asked = pd.concat([part[2] for part in played], ignore_index=True)
    return Works(_typed(states), _typed(projects), _typed(asked))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in table.columns if name.endswith(("_date", "_at"))]
    return table.assign(**{name: pd.to_datetime(table[name]).astype("datetime64[us]") for name in names})


def _play(
    name: str, start: int, week_count: int, draw: np.random.Generator
) -> tuple[pd.DataFrame, dict[str, object], pd.DataFrame]:
    team = int(draw.integers(2, 7))
    planned = int(draw.integers(14, 46))
    budget = float(round(team * planned * 30 * draw.uniform(0.58, 0.78)))
    skill = draw.choice([0.75, 0.9, 1.0, 1.1], p=[0.2, 0.3, 0.3, 0.2])
    eager = draw.choice([0.02, 0.1, 0.25])
    left, done, booked, approved, blocked, people, shown = budget, 0.0, 0.0, 0.0, 0, team, 0.0
    rows: list[tuple[object, ...]] = []
    asked: list[Asked] = []
    begin = FIRST_MONDAY + start * WEEK
    plan_finish = begin + planned * WEEK
    finish = None
    for week in range(start, week_count):
        monday = FIRST_MONDAY + week * WEEK
        if draw.random() < 0.01:
            people = max(people - 1, 1)
        people = min(team, people + (1 if draw.random() < 0.1 else 0))
        blocked = max(blocked - 1, 0) if blocked else (int(draw.integers(2, 6)) if draw.random() < 0.025 else 0)
        is_summer = monday.month in {7, 8}
        hours = people * 30 * draw.uniform(0.8, 1.1) * (0.7 if is_summer else 1.0)
        gain = hours * skill * (0.35 if blocked else 1.0) * (0.7 if week - start < 4 else 1.0)
        if left < 0.15 * (done + left):
            gain *= 0.6
        done, left, booked = done + min(gain, left), left - min(gain, left), booked + hours
        if draw.random() < eager and left > 0:
            size = float(np.round(budget * draw.uniform(0.005, 0.08)))
            waits = int(draw.integers(0, 6))
            is_taken = bool(draw.random() < 0.7)
            asked.append((name, len(asked), monday, monday + waits * WEEK, size, is_taken, week + waits))
        for request in asked:
            if request[5] and request[6] == week:
                left, approved = left + request[4], approved + request[4]
        shown = max(shown, np.floor(100 * done / (done + left)) / 100) if left > 0 else 1.0
        shown = min(shown, np.floor(100 * done / (done + left)) / 100) if approved else shown
        rows.append((name, monday, plan_finish, shown, budget, budget + approved, booked))
        if left <= 0 and (week % 2 == 0 or draw.random() < 0.5):
            finish = monday + pd.Timedelta(days=4)
            break
    project: dict[str, object] = {
        "project_id": name,
        "product": "erp" if team % 2 else "crm",
        "start_date": begin,
        "first_work_date": begin,
        "last_work_date": finish or FIRST_MONDAY + week_count * WEEK,
        "status": "finished" if finish else "active",
        "actual_finish_date": finish,
        "planned_finish_date": plan_finish,
    }
    return _states(rows), project, _requests(asked, FIRST_MONDAY + week_count * WEEK)


def _states(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    states = pd.DataFrame(
        rows,
        columns=[
            "project_id",
            "week_start_date",
            "baseline_finish_date",
            "progress_ratio",
            "budget_hours",
            "scope_hours",
            "booked_hours",
        ],
    )
    return states.assign(
        planned_finish_date=states["baseline_finish_date"],
        progress_date=states["week_start_date"] + pd.Timedelta(days=4),
        planned_progress_ratio=np.nan,
        is_assumed=False,
    )


def _requests(asked: list[Asked], end: pd.Timestamp) -> pd.DataFrame:
    is_open = [request[3] >= end for request in asked]
    return pd.DataFrame(
        {
            "change_request_id": [f"{request[0]}-{request[1]}" for request in asked],
            "project_id": [request[0] for request in asked],
            "raised_at": [request[2] for request in asked],
            "known_date": [request[2] for request in asked],
            "decided_at": [pd.NaT if late else request[3] for request, late in zip(asked, is_open, strict=True)],
            "estimated_hours": [request[4] for request in asked],
            "is_approved": [request[5] and not late for request, late in zip(asked, is_open, strict=True)],
            "is_rejected": [not request[5] and not late for request, late in zip(asked, is_open, strict=True)],
            "is_pending": is_open,
            "cause": "new_need",
        }
    )
