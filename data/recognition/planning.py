"""Chooses the plan of a table and draws it up: by rows, by columns of days, by letters of a planner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.competing import choose_day, choose_person
from data.recognition.drafting import Draft
from data.recognition.parts import drops_of
from data.recognition.plan_leave import plan_leave
from data.recognition.plan_others import plan_requests, plan_trips
from data.recognition.plan_plain import plan_plain
from data.recognition.plan_timesheets import plan_grid, plan_timesheets
from data.recognition.planner import is_planner, letters_of, plan_planner
from data.recognition.understanding import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.recognition.choosing import Candidate
    from data.recognition.columns import FoundTable
    from data.recognition.grids import Grid
    from data.recognition.knowing import Known
    from data.recognition.parts import Parts
    from data.recognition.systems import System

_PLANS: Final = {
    "timesheets": plan_timesheets,
    "trips": plan_trips,
    "change_requests": plan_requests,
    "leave": plan_leave,
}


@dataclass(frozen=True)
class Said:
    """What counts for one table: the user's answers, and how days and numbers were read in earlier files."""

    answers: Mapping[str, str]
    usual: Mapping[str, str]
    known: Known
    follows_profile: bool = False
    names: tuple[str, str] = ("", "")
    parts: Parts | None = None
    is_one_of_many: bool = False


def letters_in(table: FoundTable, grid: Grid | None) -> Counter[str]:
    """Count what stands in the columns of days."""
    if grid is None or grid.is_hours:
        return Counter()
    return letters_of([cell for day in grid.columns for cell in table.cells(day.source)])


def drafted(table: FoundTable, chosen: Candidate, system: System, asked: Said, grid: Grid | None) -> Draft:
    """Draw up how a table is made of the file."""
    name = chosen.meaning.name
    is_grid = grid is not None and grid.is_hours and name in ("timesheets", "assignments")
    days = grid.columns if grid is not None and is_grid else ()
    draft = Draft(table, chosen, system, asked.answers, asked.known, asked.usual, grid=days)
    draft.follows_profile = asked.follows_profile
    draft.file, draft.sheet = asked.names
    draft.is_one_of_many = asked.is_one_of_many
    if asked.parts is not None:
        draft.groups = asked.parts.groups
        draft.drops += drops_of(asked.parts)
    if name in ("timesheets", "trips", "leave", "assignments"):
        choose_person(draft)
    if name == "timesheets":
        choose_day(draft)
    letters = letters_in(table, grid)
    if grid is not None and name == "leave" and is_planner(grid, letters):
        draft.grid = grid.columns
        if grid.question:
            draft.ask(grid.question)
        plan_planner(draft, letters)
        return draft
    if grid is not None and is_grid:
        if grid.question:
            draft.ask(grid.question)
        if grid.columns[0].date.startswith("+") and not draft.has("week_start"):
            draft.grid = ()
            words = "The columns are days of a week, but the file doesn't say of which. Say its Monday as 2026-04-06."
            draft.ask(Question("week", words))
            return draft
        plan_grid(draft)
        return draft
    _PLANS.get(name, plan_plain)(draft)
    return draft
