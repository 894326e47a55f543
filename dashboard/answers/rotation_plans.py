"""Plans as rows: person, project, skill, week and mode, out of arrays and back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.rotation.evaluating import Violation
from analytics.rotation.problem import NONE, Plan, empty_plan
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.rotation.problem import Problem

COLUMNS: Final = ("person_id", "project_id", "skill", "week_start_date", "mode")
MODES: Final = ("onsite", "remote")


@dataclass(frozen=True)
class ReadPlan:
    """A plan with what in its rows breaks a rule, and how many rows lie outside the weeks looked at."""

    plan: Plan
    violations: tuple[Violation, ...]
    outside_count: int
    rows_count: int


def plan_rows(problem: Problem, plan: Plan) -> pd.DataFrame:
    """Return one row for each week of a person that is not at home."""
    rows = [
        (
            problem.person_ids[person],
            problem.project_ids[problem.role_project[plan.role[person, week]]],
            problem.role_skills[plan.role[person, week]],
            problem.weeks[week],
            MODES[int(plan.is_remote[person, week])],
        )
        for person in range(plan.role.shape[0])
        for week in range(plan.role.shape[1])
        if plan.role[person, week] != NONE
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def plan_text(problem: Problem, plan: Plan) -> str:
    """Return a plan as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(plan_rows(problem, plan).itertuples(index=False, name=None))
    return out.getvalue()


def read_plan(file: Path, problem: Problem) -> ReadPlan:
    """Return the plan of a CSV file.

    Rows with people, projects, skills, weeks or modes that can't be are no part of the plan and break a rule each.

    Raises
    ------
    GoliveError
        The file can't be read, or lacks a column.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoliveError(
            _("{file} can't be read as a plan: {why}").format(file=file, why=error),
            _("A plan is a CSV file in UTF-8 with the columns {columns}.").format(columns=", ".join(COLUMNS)),
        ) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise GoliveError(
            _("{file} lacks {columns}.").format(file=file, columns=", ".join(missing)),
            _("A plan is a CSV file in UTF-8 with the columns {columns}.").format(columns=", ".join(COLUMNS)),
        )
    return _read(problem, [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader])


def _read(problem: Problem, rows: list[dict[str, str]]) -> ReadPlan:
    plan = empty_plan(problem)
    people = {name: place for place, name in enumerate(problem.person_ids)}
    projects = {name: place for place, name in enumerate(problem.project_ids)}
    roles = {
        (int(project), skill.casefold()): place
        for place, (project, skill) in enumerate(zip(problem.role_project, problem.role_skills, strict=True))
    }
    weeks = {week: place for place, week in enumerate(problem.weeks)}
    found: list[Violation] = []
    outside = 0
    for number, row in enumerate(rows, start=2):
        week, rule = _week_of(row["week_start_date"])
        person, project = people.get(row["person_id"], NONE), projects.get(row["project_id"], NONE)
        role = roles.get((project, row["skill"].casefold()), NONE)
        place = weeks.get(week, NONE) if week else NONE
        problem_found = (
            ("unknown_person", row["person_id"])
            if person == NONE
            else ("unknown_project", row["project_id"])
            if project == NONE
            else (rule, row["week_start_date"])
            if rule
            else ("unknown_mode", row["mode"])
            if row["mode"] not in MODES
            else None
        )
        if problem_found is None and place == NONE:
            outside += 1
            continue
        if problem_found is None and role == NONE:
            problem_found = ("no_demand", f"{row['project_id']} {row['skill']}")
        if problem_found is None and plan.role[person, place] != NONE:
            problem_found = ("two_places", row["person_id"])
        if problem_found is not None:
            found.append(Violation(problem_found[0], person, project, place, f"{number}: {problem_found[1]}"))
            continue
        plan.role[person, place], plan.is_remote[person, place] = role, row["mode"] == "remote"
    return ReadPlan(plan, tuple(found), outside, len(rows))


def _week_of(text: str) -> tuple[date | None, str]:
    """Return the week of a cell, or the rule that it breaks."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, "unknown_week"
    return (day, "") if day.weekday() == 0 else (day, "week_not_monday")
