"""A large portfolio for the forecast: states and projects as the marts hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date


def states_and_projects(running_count: int) -> tuple[pd.DataFrame, pd.DataFrame, date]:
    """Return weekly states, projects and the day of the forecast: ``running_count`` running, half as many finished."""
    rng = np.random.default_rng(5)
    total = running_count + running_count // 2
    today = pd.Timestamp("2026-11-22")
    planned_weeks = rng.integers(12, 70, total)
    is_running = np.arange(total) < running_count
    elapsed = np.where(
        is_running, rng.uniform(0.1, 1.2, total) * planned_weeks, planned_weeks * rng.lognormal(0.12, 0.25, total)
    )
    elapsed_weeks = np.maximum(elapsed.astype(int), 2)
    ages = np.where(is_running, elapsed_weeks, elapsed_weeks + rng.integers(1, 150, total))
    starts = today - pd.to_timedelta(ages * 7, unit="D")
    starts = starts - pd.to_timedelta(starts.weekday, unit="D")
    ids = np.array([f"P{number:05d}" for number in range(total)])
    baseline = starts + pd.to_timedelta(planned_weeks * 7, unit="D")
    finish = pd.Series(starts + pd.to_timedelta(elapsed_weeks * 7, unit="D")).where(~is_running)
    projects = pd.DataFrame(
        {
            "project_id": ids,
            "product": rng.choice(["erp", "crm", "hospital", "warehouse"], total),
            "start_date": starts,
            "baseline_finish_date": baseline,
            "planned_finish_date": baseline,
            "actual_finish_date": finish.to_numpy(),
            "status": np.where(is_running, "active", "finished"),
            "budget_hours": planned_weeks * 120.0,
            "is_assumed": False,
        }
    )
    return _states(projects, elapsed_weeks, planned_weeks, rng), projects, today.date()


def _states(
    projects: pd.DataFrame, elapsed_weeks: np.ndarray, planned_weeks: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    rows = np.repeat(np.arange(len(projects)), elapsed_weeks)
    week = np.concatenate([np.arange(count) for count in elapsed_weeks])
    progress = np.clip(
        (week + 1) / np.maximum(planned_weeks[rows], 1) * rng.uniform(0.6, 1.1, len(projects))[rows], 0, 0.97
    )
    start = projects["start_date"].to_numpy()[rows]
    budget = projects["budget_hours"].to_numpy()[rows]
    monday = pd.to_datetime(start) + pd.to_timedelta(week * 7, unit="D")
    return pd.DataFrame(
        {
            "project_id": projects["project_id"].to_numpy()[rows],
            "week_start_date": monday,
            "baseline_finish_date": projects["baseline_finish_date"].to_numpy()[rows],
            "planned_finish_date": projects["baseline_finish_date"].to_numpy()[rows],
            "progress_date": monday + pd.Timedelta(days=6),
            "reported_status": "green",
            "phase": "build",
            "progress_ratio": progress,
            "planned_progress_ratio": np.nan,
            "budget_hours": budget,
            "scope_hours": budget,
            "earned_hours": progress * budget,
            "booked_hours": (week + 1) * 110.0,
            "is_assumed": False,
        }
    )
