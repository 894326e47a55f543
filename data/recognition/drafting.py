"""A recipe in the making: fields, reasons and questions are gathered column by column."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES, Kind
from data.recognition.assignment import offers
from data.recognition.dates import (
    Order,
    decide_order,
    usual_order,
)
from data.recognition.decisions import said_unit
from data.recognition.knowing import Known
from data.recognition.numbers import Mark, decide_mark, decide_unit, usual_mark
from data.recognition.read_cells import read_days
from data.recognition.recipe import HOURS_PER_DAY, Drop, Field, GridColumn, Kinds
from data.recognition.understanding import Question, Why
from data.recognition.vocabulary import roles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.contracts import Column
    from data.recognition.choosing import Candidate
    from data.recognition.columns import FoundColumn, FoundTable
    from data.recognition.systems import System

_FILE: Final = Path(__file__).parent / "meanings.toml"
#: A column that holds less than this share of the rows can't say who or for what.
ENOUGH_FILLED: Final = 0.9
#: From this share of known people or projects on, a column is preferred to one of a surer name.
_MOSTLY_KNOWN: Final = 0.5
#: Days of work lie mostly so close together; weeks and months do not.
_LEAST_GAPS: Final = 4
_LEAST_ENTRIES: Final = 8
_MOST_GAP: Final = 3
#: The answer that each sheet of a workbook is named after its person or project.
OF_SHEET: Final = "sheet"
#: Columns of labels → the list of ``meanings.toml`` with their words in other languages.
CHOICES: Final = {
    "activity": "activity",
    "status": "project_status",
    "reported_status": "reported_status",
    "seniority": "seniority",
    "min_seniority": "seniority",
    "cause": "cause",
}
_DATE_KINDS: Final = ("date", "moment", "range")


@cache
def meanings() -> dict[str, dict[str, str]]:
    """Return for each list of the contract what stands in files (lower case) → the contract's word."""
    with _FILE.open("rb") as handle:
        read = tomllib.load(handle)
    return {
        name: {spelling.casefold(): word for word, spellings in lists.items() for spelling in spellings}
        for name, lists in read.items()
    }


@dataclass
class Draft:
    """What is known so far about how a table is made of the file.

    Parameters
    ----------
    answers
        What the user said, by token.
    usual
        How days and numbers were read in earlier files of the kind; what the cells say counts more.
    """

    table: FoundTable
    candidate: Candidate
    system: System
    answers: Mapping[str, str]
    known: Known = field(default_factory=Known)
    usual: Mapping[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, Why] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    grid: tuple[GridColumn, ...] = ()
    group_by: tuple[str, ...] = ()
    merge_days: bool = False
    fill_key: str = ""
    fill_down: tuple[str, ...] = ()
    kinds: list[Kinds] = field(default_factory=list)
    leave_columns: tuple[str, ...] = ()
    leave_letters: tuple[tuple[str, str], ...] = ()
    swaps_days: bool = False
    sums_count: int = 0
    parent_key: str = ""
    follows_profile: bool = False
    groups: tuple[tuple[int, str], ...] = ()
    sheet: str = ""
    file: str = ""
    is_one_of_many: bool = False
    hours_per_day: float = HOURS_PER_DAY

    def __post_init__(self) -> None:
        self.by_role: dict[str, str] = {reason.role: name for name, reason in self.candidate.assignment.items()}
        dated = {
            name: self.table.column(name).values.cells
            for role, name in self.by_role.items()
            if roles()[role].kind in _DATE_KINDS or self.table.column(name).values.dates >= _MOSTLY_KNOWN
        }
        numeric = {
            name: self.table.column(name).values.cells
            for role, name in self.by_role.items()
            if roles()[role].kind in ("number", "duration", "percent")
        }
        numeric |= {day.source: self.table.column(day.source).values.cells for day in self.grid}
        said_order, said_mark = self.answers.get("date_order", ""), self.answers.get("decimal_mark", "")
        self.order: Order = decide_order(dated, said_order, self._line_of)
        self.mark: Mark = decide_mark(numeric, said_mark, [self.by_role.get("cost_amount", "")])
        if not said_order:
            self.order = usual_order(self.order, self.usual.get("date_order", ""))
        if not said_mark:
            self.mark = usual_mark(self.mark, self.usual.get("decimal_mark", ""))
        self.questions += [question for question in (self.order.question, self.mark.question) if question]

    def _line_of(self, name: str, cell: str) -> int:
        """Return the line of the first cell of a column that reads so; 0 where it is not known."""
        places = (line for line, one in zip(self.table.lines, self.table.cells(name), strict=False) if one == cell)
        return next(places, 0) or 0

    def has(self, role: str) -> bool:
        """Say whether a column has this role."""
        return role in self.by_role

    def found(self, role: str) -> FoundColumn:
        """Return the column of a role."""
        return self.table.column(self.by_role[role])

    def first_of(self, wanted: Sequence[str]) -> str:
        """Return the first role of several that a well filled column has, else the best filled one, else nothing."""
        here = [role for role in wanted if self.has(role)]
        what = "project" if "project_id" in wanted else "person"
        recognised = [(self.known.share(what, self.found(role).values), role) for role in here]
        if recognised and max(recognised)[0] >= _MOSTLY_KNOWN:
            return max(recognised, key=lambda pair: pair[0])[1]
        full = [role for role in here if self.found(role).values.filled >= ENOUGH_FILLED or not self.table.rows]
        return (full or sorted(here, key=lambda role: -self.found(role).values.filled) or [""])[0]

    def add(self, made: Field, *wanted: str, score: float | None = None) -> None:
        """Add a field; ``wanted`` are the roles whose columns it is made of."""
        self.fields.append(made)
        for role in wanted:
            name = self.by_role[role]
            if name in self.mapping:
                continue
            reason = self.candidate.assignment[name]
            self.mapping[name] = made.target
            self.reasons[name] = Why(
                made.target, round(reason.score if score is None else score, 3), reason.reason, reason.words
            )

    def ask(self, question: Question) -> None:
        """Add a question, once."""
        if all(question.token != other.token for other in self.questions):
            self.questions.append(question)

    def target_column(self, target: str) -> Column:
        """Return the contract's column."""
        return TABLES[self.candidate.meaning.name].by_name[target]

    def has_field(self, target: str) -> bool:
        """Say whether the contract's column is made already."""
        return any(made.target == target for made in self.fields)

    def date_field(self, target: str, role: str) -> None:
        """Make a day of a date or a moment."""
        self.add(Field(target, "date", (self.by_role[role],)), role)

    def moment_field(self, target: str, day_role: str, clock_role: str = "") -> None:
        """Make a moment of one column, or of a day and a time of day."""
        sources = tuple(self.by_role[name] for name in (day_role, clock_role) if name)
        self.add(Field(target, "moment", sources), *([clock_role] if clock_role else []), day_role)

    def duration_field(self, target: str, role: str, *, is_entry: bool) -> None:
        """Make hours of a duration in whatever unit."""
        column = self.found(role)
        said = said_unit(self.answers, column.name)
        is_effort = target in ("estimated_hours", "actual_hours")
        unit = decide_unit(
            column,
            self.system,
            said,
            is_entry=is_entry,
            mark=self.mark.mark,
            is_effort=is_effort,
            is_daily=self._is_daily,
        )
        if unit.question:
            self.ask(unit.question)
        if unit.unit != "hours" and unit.words:
            self.words.append(f"{unit.words}; it becomes hours.")
        self.add(Field(target, "hours", (column.name,), unit=unit.unit), role)

    def _is_daily(self) -> bool:
        """Say whether the days of the work follow one another as days do, not as weeks or months."""
        if not self.has("work_date") or len(self.table.rows) < _LEAST_ENTRIES:
            return False
        days = sorted({day for day in read_days(self.table.cells(self.by_role["work_date"]), self.order.order) if day})
        gaps = sorted((later - day).days for day, later in pairwise(days))
        return len(gaps) >= _LEAST_GAPS and gaps[len(gaps) // 2] <= _MOST_GAP

    def number_field(self, target: str, role: str) -> None:
        """Make a plain number of one in any style."""
        self.add(Field(target, "number", (self.by_role[role],)), role)

    def choice_field(self, target: str, role: str, list_name: str) -> None:
        """Make the contract's words of the file's; what isn't known stays as it is."""
        column = self.found(role)
        known = meanings()[list_name]
        own = set(self.target_column(target).choices)
        pairs = []
        for cell in column.values.cells:
            word = known.get(cell.casefold().strip())
            tidy = "_".join(cell.casefold().replace("-", " ").split())
            if word and tidy not in own:
                pairs.append((cell.casefold().strip(), word))
        self.add(Field(target, "copy", (column.name,), values=tuple(sorted(set(pairs)))), role)

    def plain_field(self, target: str, role: str) -> None:
        """Make a field by the contract's kind alone."""
        column = self.target_column(target)
        if column.kind is Kind.DATE:
            self.date_field(target, role)
        elif column.kind is Kind.MOMENT:
            self.moment_field(target, role)
        elif column.kind is Kind.DURATION:
            self.duration_field(target, role, is_entry=False)
        elif column.kind in (Kind.NUMBER, Kind.WHOLE):
            self.number_field(target, role)
        else:
            self.add(Field(target, "copy", (self.found(role).name,)), role)

    def demand(self, target: str, words: str, wanted: Sequence[str], *, can_be_said: bool = True) -> None:
        """Ask for a column that the table can't do without, or take the answer for it."""
        if self.has_field(target):
            return
        said = self.answers.get(target, "")
        if said and can_be_said and said not in self.table.names:
            said = self.sheet if said == OF_SHEET and self.sheet else said
            self.fields.append(Field(target, "constant", argument=said))
            self.words.append(f"{target} is {said} in all rows, as said.")
            return
        free = [column for column in self.table.columns if column.name not in self.mapping]
        options = offers(self.candidate.meaning, free, wanted)
        if can_be_said and self.is_one_of_many and target in ("person_id", "project_id"):
            options = [OF_SHEET, *options]
            words = f"{words} “{OF_SHEET}” takes the name of each sheet, here “{self.sheet}”."
        self.ask(Question(target, words, tuple(options)))
