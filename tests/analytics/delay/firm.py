"""A made-up firm for tests of the delay forecast: each project has one true speed and reports it honestly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.delay.progress_model.fit_store import FitStore

#: Fits are the same wherever they come from, so tests share them.
FITS = FitStore()
FIRST_MONDAY = pd.Timestamp("2023-01-02")
STATE_COLUMNS = [
    "project_id",
    "week_start_date",
    "baseline_finish_date",
    "planned_finish_date",
    "progress_date",
    "progress_ratio",
    "planned_progress_ratio",
    "booked_hours",
    "is_assumed",
]


@dataclass(frozen=True)
class Firm:
    """The two marts that a forecast reads."""

    states: pd.DataFrame
    projects: pd.DataFrame

    def with_states(self, project_id: str, **columns: object) -> Firm:
        """Return the firm with columns of one project's weeks replaced."""
        is_own = self.states["project_id"] == project_id
        changed = {name: self.states[name].where(~is_own, value) for name, value in columns.items()}
        return Firm(self.states.assign(**changed), self.projects)

    def with_project(self, project_id: str, **columns: object) -> Firm:
        """Return the firm with columns of one project replaced."""
        is_own = self.projects["project_id"] == project_id
        changed = {name: self.projects[name].where(~is_own, value) for name, value in columns.items()}
        return Firm(self.states, self.projects.assign(**changed))

    def known_by(self, day: pd.Timestamp) -> Firm:
        """Return the firm as if nothing after ``day`` had happened yet."""
        monday = day - pd.Timedelta(days=day.weekday())
        states = self.states[self.states["week_start_date"] <= monday]
        ended = self.projects["actual_finish_date"] <= day
        projects = self.projects.assign(
            actual_finish_date=self.projects["actual_finish_date"].where(ended),
            status=self.projects["status"].where(ended | self.projects["status"].eq("cancelled"), "active"),
            last_work_date=self.projects["last_work_date"].where(self.projects["last_work_date"] <= day, day),
            planned_finish_date=self.projects["planned_finish_date"].where(ended),
        )
        return Firm(states, projects[projects["start_date"] <= day])


def make_firm(project_count: int = 40, *, week_count: int = 150, seed: int = 1, has_progress: bool = True) -> Firm:
    """Play projects that start evenly, run at a speed of their own and are re-planned every eight weeks."""
    draw = np.random.default_rng(seed)
    states, projects = [], []
    for number in range(project_count):
        start = FIRST_MONDAY + pd.Timedelta(weeks=int(number * (week_count - 10) / project_count))
        planned = int(draw.integers(12, 40))
        speed = float(np.exp(draw.normal(-0.15, 0.25)))
        states.append(_weeks(f"p{number:03}", start, planned, speed, week_count))
        finish = start + pd.Timedelta(days=round(planned / speed * 7))
        end = FIRST_MONDAY + pd.Timedelta(weeks=week_count, days=-1)
        is_done = finish <= end
        projects.append(
            {
                "project_id": f"p{number:03}",
                "product": "erp" if number % 2 else "hospital",
                "start_date": start,
                "first_work_date": start,
                "last_work_date": finish if is_done else end,
                "status": "finished" if is_done else "active",
                "actual_finish_date": finish if is_done else pd.NaT,
                "planned_finish_date": start + pd.Timedelta(weeks=planned),
            }
        )
    table = pd.concat(states, ignore_index=True)
    if not has_progress:
        table = table.assign(progress_ratio=np.nan, progress_date=table["progress_date"].where(table.index < 0))
    dates = {name: table[name].astype("datetime64[us]") for name in STATE_COLUMNS if "date" in name}
    listed = pd.DataFrame(projects)
    ends = {name: listed[name].astype("datetime64[us]") for name in listed.columns if "date" in name}
    return Firm(table.assign(**dates)[STATE_COLUMNS], listed.assign(**ends))


def _weeks(name: str, start: pd.Timestamp, planned: int, speed: float, week_count: int) -> pd.DataFrame:
    end = FIRST_MONDAY + pd.Timedelta(weeks=week_count)
    finish = min(start + pd.Timedelta(days=round(planned / speed * 7)), end)
    mondays = pd.date_range(start, finish, freq="7D", unit="us")
    mondays = mondays[mondays < end]
    age = np.arange(1, len(mondays) + 1, dtype=np.float64)
    expected = planned + (planned / speed - planned) * 0.5 * np.minimum(age // 8 / 3, 1.0)
    return pd.DataFrame(
        {
            "project_id": name,
            "week_start_date": mondays,
            "baseline_finish_date": start + pd.Timedelta(weeks=planned),
            "planned_finish_date": start + pd.to_timedelta(np.round(expected * 7), unit="D"),
            "progress_date": mondays + pd.Timedelta(days=6),
            "progress_ratio": np.minimum(age * speed / planned, 1.0),
            "planned_progress_ratio": np.nan,
            "booked_hours": age * 120.0,
            "is_assumed": False,
        }
    )
