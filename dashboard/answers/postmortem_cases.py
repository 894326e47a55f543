"""Projects as cases of a post-mortem: what was planned, what was recorded, how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.postmortem.case import Case
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import histories, projects
from dashboard.answers.postmortem_frames import frames_of
from dashboard.answers.project import change_requests
from dashboard.answers.reporting import told_week

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date
    from pathlib import Path

    from analytics.postmortem.case import Ending
    from dashboard.answers.postmortem_frames import Frames
    from dashboard.answers.viewers import Viewer

#: More than this share of hours or reports with a guessed moment of knowledge is said on every figure that rests on it.
_GUESSED_SHARE = 0.05
#: A finish that was moved by more days was no slip of the pen: the project was opened again.
_REOPENED_DAYS = 7
_LATE_WEEKS = 4
_MOST_SHARE = 0.5


@kept(3, is_shared=True)
def all_cases(file: Path, viewer: Viewer, as_of_date: date) -> dict[str, Case]:
    """Return every listed project that has begun or was planned by a day, by its id. Nobody may change them."""
    frames = frames_of(file, as_of_date)
    requests = change_requests(file, viewer, as_of_date)
    first = _first_plans(file, as_of_date)
    parts = _Parts(frames, requests, pd.Timestamp(told_week(file, as_of_date)) + pd.Timedelta(days=6))
    listed = projects(file)
    rows = listed[listed["is_listed"].astype(bool)].to_dict("records")
    return {str(row["project_id"]): _case(row, parts, first, as_of_date) for row in rows}


def _first_plans(file: Path, as_of_date: date) -> pd.DataFrame:
    """Return the first plan and the first budget of each project: what was overwritten later does not count."""
    states = histories(file).states
    known = states[states["week_start_date"] <= pd.Timestamp(as_of_date)]
    groups = known.groupby("project_id")
    return pd.DataFrame(
        {"first_plan_date": groups["first_plan_date"].last(), "budget_hours": groups["budget_hours"].first()}
    )


class _Parts:
    """The tables by project: looked up once for all cases."""

    def __init__(self, frames: Frames, requests: pd.DataFrame, told_sunday: pd.Timestamp) -> None:
        self.frames = frames
        self.told_sunday = told_sunday
        names = ("weeks", "people", "known_hours", "reports", "first_reports", "packages", "endings")
        self._tables: dict[str, pd.DataFrame] = {name: getattr(frames, name) for name in names}
        self._tables["requests"] = requests
        self._places: dict[str, Mapping[Hashable, Any]] = {
            name: table.groupby("project_id").indices for name, table in self._tables.items()
        }
        self._leave = frames.leave.groupby("person_id").indices

    def of(self, name: str, project_id: str) -> pd.DataFrame:
        """Return the rows of one project."""
        table = self._tables[name]
        places = self._places[name].get(project_id)
        return table.iloc[:0] if places is None else table.iloc[places].reset_index(drop=True)

    def missing_count(self, people: pd.DataFrame, end_date: pd.Timestamp) -> int:
        """Return how many weeks of people are missing from their first week on a project to five past their last."""
        spans = people.groupby("person_id")["week_start_date"].agg(["min", "max"])
        rows = self.frames.missing.join(spans, on="person_id", how="inner")
        week = rows["week_start_date"]
        inside = (week >= rows["min"]) & (week <= rows["max"] + pd.Timedelta(weeks=5)) & (week <= end_date)
        return int(inside.sum())

    def leave_of(self, people: pd.DataFrame) -> pd.DataFrame:
        """Return the leave of the people of a project, between their first and their last week on it."""
        spans = people.groupby("person_id")["week_start_date"].agg(["min", "max"])
        places = [place for person in spans.index for place in self._leave.get(person, ())]
        rows = self.frames.leave.iloc[places].join(spans, on="person_id")
        inside = (rows["week_start_date"] >= rows["min"]) & (rows["week_start_date"] <= rows["max"])
        return rows.loc[inside, ["person_id", "week_start_date", "leave_hours"]].reset_index(drop=True)


def _case(row: Mapping[Hashable, Any], parts: _Parts, first: pd.DataFrame, as_of_date: date) -> Case:
    project_id = str(row["project_id"])
    ending, end_date = _ending(row, as_of_date)
    weeks, people = parts.of("weeks", project_id), parts.of("people", project_id)
    is_not_filed = False
    if ending == "running" and row["status"] != "on_hold":
        end_date, is_not_filed = _filed_until(weeks, parts.told_sunday)
    reports, is_from_packages = _reports(parts, project_id)
    finish, budget = _plan(row, first, project_id)
    return Case(
        project_id=project_id,
        planned_start_date=_day(row["start_date"]),
        planned_finish_date=finish,
        budget_hours=budget,
        ending=ending,
        end_date=end_date,
        weeks=weeks,
        people=people,
        leave=parts.leave_of(people),
        reports=reports,
        requests=parts.of("requests", project_id),
        replans=_replans(reports),
        is_known_at_guessed=_is_guessed(weeks, reports),
        is_reopened=_is_reopened(parts.of("endings", project_id), ending, end_date),
        is_progress_from_packages=is_from_packages,
        is_not_filed=is_not_filed,
        is_known_after_end=_is_known_after(parts.of("known_hours", project_id), end_date),
        missing_weeks_count=parts.missing_count(people, end_date),
    )


def _ending(row: Mapping[Hashable, Any], as_of_date: date) -> tuple[Ending, pd.Timestamp]:
    """Return how a project had ended by a day, and when; a running one is looked at on that day."""
    day, finish = pd.Timestamp(as_of_date), _day(row["actual_finish_date"])
    if row["status"] == "cancelled":
        end = finish or _day(row["last_work_date"])
        if end is not None and end <= day:
            return "cancelled", end
    elif finish is not None and finish <= day:
        return "finished", finish
    return "running", day


def _is_known_after(known: pd.DataFrame, end_date: pd.Timestamp) -> bool:
    """Tell whether most hours became known more than a month after the end: then they arrived as history, undated."""
    hours = known["worked_hours"].clip(lower=0.0)
    late = known["known_week_date"] > end_date + pd.Timedelta(weeks=_LATE_WEEKS)
    return bool(hours[late].sum() > _MOST_SHARE * hours.sum())


def _filed_until(weeks: pd.DataFrame, told_sunday: pd.Timestamp) -> tuple[pd.Timestamp, bool]:
    """Return the last day of the last week that is filed, and whether the project's own hours stop before it.

    Weeks that too few people have filed yet are none, and neither is a running project without an hour idle: its people
    may not have filed. One on hold is idle.
    """
    booked = weeks.loc[weeks["booked_hours"] > 0, "week_start_date"]
    if booked.empty:
        return told_sunday, False
    last = pd.Timestamp(booked.max()) + pd.Timedelta(days=6)
    return min(last, told_sunday), last < told_sunday


def _plan(row: Mapping[Hashable, Any], first: pd.DataFrame, project_id: str) -> tuple[pd.Timestamp | None, float]:
    if project_id not in first.index:
        return _day(row["baseline_finish_date"]), _number(row["budget_hours"])
    known = first.loc[project_id]
    return _day(known["first_plan_date"]), _number(known["budget_hours"])


def _reports(parts: _Parts, project_id: str) -> tuple[pd.DataFrame, bool]:
    """Return the reports; where none gives a progress, that of the packages stands in, and it is said."""
    reports = parts.of("reports", project_id)
    if reports["progress_ratio"].notna().any():
        return reports, False
    packages = parts.of("packages", project_id)
    if packages.empty:
        return reports, False
    nothing = pd.Series(pd.NaT, index=packages.index, dtype="datetime64[us]")
    return packages.assign(phase=None, is_sign_off_due=False, planned_finish_date=nothing, is_assumed=False), True


def _replans(reports: pd.DataFrame) -> tuple[pd.Timestamp, ...]:
    rows = reports.dropna(subset=["planned_finish_date"])
    before = rows["planned_finish_date"].shift()
    moved = before.notna() & rows["planned_finish_date"].ne(before)
    return tuple(pd.Timestamp(day) for day in rows.loc[moved, "as_of_date"])


def _is_guessed(weeks: pd.DataFrame, reports: pd.DataFrame) -> bool:
    hours, guessed = float(weeks["booked_hours"].sum()), float(weeks["assumed_hours"].fillna(0.0).sum())
    share = float(reports["is_assumed"].astype(bool).mean()) if len(reports) else 0.0
    return guessed > _GUESSED_SHARE * max(hours, 1.0) or share > _GUESSED_SHARE


def _is_reopened(endings: pd.DataFrame, ending: Ending, end_date: pd.Timestamp) -> bool:
    """Tell whether an earlier list already called the project finished."""
    if endings.empty:
        return False
    if ending == "running":
        return bool((endings["actual_finish_date"] <= end_date).any())
    earlier = endings["actual_finish_date"] < end_date - pd.Timedelta(days=_REOPENED_DAYS)
    return bool(earlier.any())


def _day(value: Any) -> pd.Timestamp | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value)


def _number(value: Any) -> float:
    return float("nan") if value is None or pd.isna(value) else float(value)
