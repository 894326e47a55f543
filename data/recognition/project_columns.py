"""Tables with a column per project: a row per person and day, the hours of each project side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.headers import TOTAL_PATTERN
from data.recognition.labels import read_label
from data.recognition.read_cells import read_hours
from data.recognition.recipe import Field, GridColumn
from data.recognition.row_kinds import LEAVE, kind_of
from data.recognition.tables import PERSON_ROLES, PROJECT_ROLES
from data.recognition.understanding import Question
from data.recognition.vocabulary import matches

if TYPE_CHECKING:
    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

_TOTAL: Final = re.compile(TOTAL_PATTERN)
_LEAST: Final = 2
_MOSTLY: Final = 0.9
_DAY_HOURS: Final = 24.0
_SAME_WORD: Final = 0.97
_OFF: Final = 0.02
_AMOUNT: Final = re.compile(
    r"\b(km|kilom\w*|miles?|cost\w*|kosten|spesen|amount|price|rate|eur|usd|budget|percent|%|count|nr|no|id|pause|break|"
    r"overtime|uberstunden|saldo|balance|soll|plan\w*|week|woche|kw|frais|montant|distance|nights?|meals?|age)\b|"
    r"费|元|金额|公里|里程|次数|天数|加班|余额|計画|予定|休憩|金額|交通|расход|сумма|обед|км"
)


def project_columns(draft: Draft) -> list[FoundColumn]:
    """Return the columns that may be projects: hours under names that mean nothing else, and no project beside."""
    if any(draft.has(role) for role in PROJECT_ROLES) or not any(draft.has(role) for role in PERSON_ROLES):
        return []
    if not (draft.has("work_date") or draft.has("start_date")) or not draft.table.rows:
        return []
    return [column for column in draft.table.columns if _may_be_project(column)]


def _may_be_project(column: FoundColumn) -> bool:
    values = column.values
    if values.is_empty or column.name.startswith("column ") or _TOTAL.fullmatch(column.name):
        return False
    if values.share("number", "long_clock", "with_unit") < _MOSTLY or any(abs(n) > _DAY_HOURS for n in values.numbers):
        return False
    label = read_label(column.name)
    if label.currency or _AMOUNT.search(label.text) or kind_of(column.name, is_label=True) == LEAVE:
        return False
    return not any(match.likeness >= _SAME_WORD for match in matches(column.name))


def plan_project_columns(draft: Draft) -> bool:
    """Plan columns of projects, if there are any; the user is asked where no column of totals agrees with them."""
    found = project_columns(draft)
    if len(found) < _LEAST:
        return False
    is_proven, total = _proof(draft, found)
    if draft.has("duration") and not is_proven:
        return False
    answer = draft.answers.get("rows.projects", "")
    if answer == "out":
        return False
    if not is_proven and not answer:
        names = ", ".join(f'"{column.name}"' for column in found[:6])
        words = f"The file has no column of projects. Are {names} projects, with the hours of each below?"
        draft.ask(Question("rows.projects", words, ("take", "out")))
    if total is not None and draft.has("duration"):
        draft.by_role.pop("duration")
    _make(draft, found)
    return True


def may_be_projects(draft: Draft) -> bool:
    """Say whether columns of hours stand there that nothing else explains."""
    return len(project_columns(draft)) >= _LEAST and not draft.has("duration")


def are_proven(draft: Draft) -> bool:
    """Say whether columns of projects stand there whose hours add up to a column of totals."""
    found = project_columns(draft)
    return len(found) >= _LEAST and _proof(draft, found)[0]


def _proof(draft: Draft, found: list[FoundColumn]) -> tuple[bool, FoundColumn | None]:
    """Return whether a column of totals agrees with the sum of the columns, and that column."""
    total = next((c for c in draft.table.columns if _is_total(draft, c)), None)
    sums = [
        read_hours(draft.table.cells(column.name), draft.mark.mark, column.label.unit or "hours") for column in found
    ]
    rows = [sum(hours or 0 for hours in row) for row in zip(*sums, strict=True)]
    return total is not None and _agrees(draft, total, rows), total


def _is_total(draft: Draft, column: FoundColumn) -> bool:
    is_hours = draft.by_role.get("duration") == column.name
    return not column.values.is_empty and (is_hours or bool(_TOTAL.fullmatch(column.name)))


def _agrees(draft: Draft, total: FoundColumn, rows: list[float]) -> bool:
    told = read_hours(draft.table.cells(total.name), draft.mark.mark, "hours")
    pairs = [(one, other) for one, other in zip(told, rows, strict=True) if one is not None]
    agreeing = sum(1 for one, other in pairs if abs(one - other) <= _OFF)
    return bool(pairs) and agreeing >= _MOSTLY * len(pairs)


def _make(draft: Draft, found: list[FoundColumn]) -> None:
    draft.grid = tuple(GridColumn(column.name, column.name) for column in found)
    unit = found[0].label.unit or "hours"
    draft.fields.append(Field("project_id", "grid_name"))
    draft.fields.append(Field("worked_hours", "grid_hours", unit=unit))
    for column in found:
        draft.mapping[column.name] = "worked_hours"
    draft.words.append(f"{len(found)} columns are one project each; empty cells are left out.")
