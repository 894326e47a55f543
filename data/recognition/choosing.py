"""Which table a file holds: the one that its columns together speak for most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES
from data.recognition.assignment import Assignment, Reason, assign
from data.recognition.decisions import said_roles
from data.recognition.labels import read_label
from data.recognition.row_kinds import are_absences, has_work
from data.recognition.tables import MEANINGS, PERSON_ROLES, PROJECT_ROLES, Meaning
from data.recognition.vocabulary import NOISE, matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.recognition.columns import FoundColumn, FoundTable
    from data.recognition.knowing import Known
    from data.recognition.systems import System

#: What a complete set of needed columns is worth beside the telling roles.
_COMPLETE: Final = 4.0
_BY_SYSTEM: Final = 8.0
_BY_NAME: Final = 3.0
#: What a project speaks against a table that has none.
_STRANGE: Final = 1.5
#: What a day of no use speaks against a list of people: leave and trips have a last one, too.
_OTHER_DAYS: Final = 2.5
#: What rows speak against a table that can't have them: times of day in leave, hours of a day among requests.
_FOREIGN: Final = 3.0
#: What kinds of absence in a column speak for leave.
_BY_KINDS: Final = 3.0
_DAY_WORDS: Final = re.compile(
    r"\b(work(ed)?|service|spent|performed|logged|leistungs\w*|arbeits\w*|travail|trabajo|lavoro)\b|"
    r"工作|花费|消耗|实施|作業|勤務|稼働|工时|работ"
)
#: Tables of which no row is a person's hours of a day.
_OF_NO_DAYS: Final = ("change_requests", "status_reports", "outcomes", "work_packages")
_SAME_WORD: Final = 0.97
_MOSTLY: Final = 0.8
#: Below this there is too little to call it a table.
_LEAST: Final = 3.5
#: The next best table must be this much behind, or the user is asked.
_CLEAR: Final = 1.0
#: Below this score a table is asked about when fewer than this share of its columns belong to it.
_THIN: Final = 6.0
_FEW_KNOWN: Final = 0.6


_NEEDED: Final = {
    "person_id": "who (a person)",
    "project_id": "for what (a project)",
    "work_date": "when (a day)",
    "worked_hours": "how much (hours)",
    "leave_date": "when (a day of leave)",
    "departed_at": "when it began (a departure)",
    "returned_at": "when it ended (a return)",
    "change_request_id": "which (a number of the request)",
    "raised_at": "when it was raised",
    "start_date": "when it starts",
}


@dataclass(frozen=True)
class Candidate:
    """One table that the file may hold."""

    meaning: Meaning
    assignment: Assignment
    score: float
    complete: float


def candidates(
    table: FoundTable,
    system: System,
    name: str,
    decided: Mapping[str, str],
    answers: Mapping[str, str],
    known: Known | None = None,
) -> list[Candidate]:
    """Return the tables that the file may hold, the likeliest first.

    Parameters
    ----------
    name
        Of the file and sheet: "timesheets_march.csv" speaks for timesheets.
    decided
        Column of the file → role, as decided for earlier files of the kind.
    answers
        What the user says of this file.
    """
    by_label = dict(system.roles)
    found = []
    for meaning in MEANINGS.values():
        said: dict[str, str] = {}
        for column in table.columns:
            role = by_label.get(column.label.text) if system.table == meaning.name else None
            if role and (role == NOISE or role not in said.values()):
                said[column.name] = role
        said |= {**decided, **said_roles(answers, table, meaning)}
        noise = {column for column, role in said.items() if role not in meaning.roles}
        assignment = assign(meaning, [column for column in table.columns if column.name not in noise], said)
        _give_to_needed(meaning, assignment, table, said)
        _by_what_is_known(meaning, assignment, table, known)
        found.append(_judged(meaning, assignment, table, system, name))
    return sorted(found, key=lambda candidate: -candidate.score)


def _give_to_needed(meaning: Meaning, assignment: Assignment, table: FoundTable, said: Mapping[str, str]) -> None:
    """Let a column that can be two things be the one that the table can't do without (SAP's WBS element)."""
    needed = {role for group in meaning.needed.values() for role in group}
    for group in meaning.needed.values():
        if set(group) & {reason.role for reason in assignment.values()}:
            continue
        for column in table.columns:
            taken = assignment.get(column.name)
            if column.name in said or taken is None or taken.role in needed:
                continue
            role = next((m.role for m in matches(column.name) if m.role in group and m.likeness >= _SAME_WORD), "")
            if role:
                words = f'"{column.name}" means {role.replace("_", " ")}, which no other column does'
                assignment[column.name] = Reason(role, min(taken.score, 0.9), "neighbour", words)
                break


def _by_what_is_known(meaning: Meaning, assignment: Assignment, table: FoundTable, known: Known | None) -> None:
    """Take a column that nothing names for the person or the project when its cells are known ones."""
    groups = {"person_id": PERSON_ROLES, "project_id": PROJECT_ROLES}
    taken = {reason.role for reason in assignment.values()}
    for column in table.columns if known else ():
        role = known.role_of(column.values) if known else ""
        if column.name in assignment or role not in meaning.roles or taken & set(groups[role]):
            continue
        words = f'nearly all cells of "{column.name}" are known already'
        assignment[column.name] = Reason(role, 0.8, "value pattern", words)
        taken.add(role)


def _judged(meaning: Meaning, assignment: Assignment, table: FoundTable, system: System, name: str) -> Candidate:
    roles = {reason.role: reason.score for reason in assignment.values()}
    complete = sum(any(role in roles for role in group) for group in meaning.needed.values()) / len(meaning.needed)
    telling = sum(weight * roles[role] for role, weight in meaning.telling.items() if role in roles)
    own = _own_share(meaning, table)
    score = telling + _COMPLETE * complete * min(telling / 4, 1) + 6 * own
    if system.table == meaning.name:
        score += _BY_SYSTEM
    if not set(PROJECT_ROLES) & set(meaning.roles) and _names_a_project(table):
        score -= _STRANGE
    if meaning.name == "people" and _has_other_days(table, assignment):
        score -= _OTHER_DAYS
    score += _by_cells(meaning, table, roles)
    if telling and any(part.startswith(meaning.name) for part in _parts(name)):
        score += _BY_NAME
    return Candidate(meaning, assignment, score, complete)


def _by_cells(meaning: Meaning, table: FoundTable, found: Mapping[str, float]) -> float:
    """Return what rows say that no header says: kinds of absence, times of day, a day of work beside hours."""
    columns = [column for column in table.columns if not column.values.is_empty]
    if meaning.name == "leave":
        has_clocks = any(column.values.share("clock") >= _MOSTLY for column in columns) and "leave_hours" in found
        kinds = _BY_KINDS * any(are_absences(column) for column in columns)
        return kinds - _FOREIGN * (has_clocks + 2 * any(has_work(column) for column in columns))
    if meaning.name in _OF_NO_DAYS:
        hours = any(_means(column.name, "duration") for column in columns)
        days = any(column.values.dates >= _MOSTLY and _says_work(column) for column in columns)
        people = any(_means(column.name, role) for column in columns for role in PERSON_ROLES)
        # Packages have a plan from a day to a day, and people who are meant to do them.
        has_plan = meaning.name == "work_packages" and sum(column.values.dates >= _MOSTLY for column in columns) > 1
        is_foreign = hours and (days if meaning.name == "change_requests" else people) and not has_plan
        return -_FOREIGN * is_foreign
    return 0.0


def _says_work(column: FoundColumn) -> bool:
    return bool(_DAY_WORDS.search(column.label.text))


def _means(name: str, role: str) -> bool:
    return any(match.role == role and match.likeness >= _SAME_WORD for match in matches(name))


def _names_a_project(table: FoundTable) -> bool:
    """Say whether a column surely names a project: a list of leave or of people has none."""
    return any(
        match.role in PROJECT_ROLES and match.likeness >= 1
        for column in table.columns
        if not column.values.is_empty
        for match in matches(column.name)
    )


def _has_other_days(table: FoundTable, assignment: Assignment) -> bool:
    """Say whether days stand in the file that are of no use here: of people only the first and last day are kept."""
    return any(column.values.dates >= _MOSTLY and column.name not in assignment for column in table.columns)


def _own_share(meaning: Meaning, table: FoundTable) -> float:
    """Return the share of columns that have the contract's own names, if all needed ones are among them."""
    contract = TABLES[meaning.name]
    names = {"_".join(column.name.replace("_", " ").casefold().split()) for column in table.columns}
    if not set(contract.required) <= names:
        return 0.0
    return len(names & set(contract.by_name)) / len(names)


def _parts(name: str) -> list[str]:
    parts = name.replace("›", "/").replace("\\", "/").split("/")
    return ["_".join(read_label(part.strip()).text.split()) for part in parts]


def is_clear(found: list[Candidate]) -> bool:
    """Say whether the first candidate is far enough ahead of the second."""
    return len(found) < 2 or found[0].score - found[1].score >= _CLEAR


def is_thin(chosen: Candidate, table: FoundTable) -> bool:
    """Say whether little speaks for the table, and most of its filled columns say nothing to it."""
    filled = [column.name for column in table.columns if not column.values.is_empty]
    known = sum(1 for name in filled if name in chosen.assignment)
    return chosen.score < _THIN and known < _FEW_KNOWN * len(filled)


def lacking(found: list[Candidate]) -> str:
    """Say what the likeliest table lacks, as people ask for it; hours where nothing is likely."""
    likely = max(found, key=lambda one: (one.complete, one.meaning.name == "timesheets"), default=None)
    if likely is None:
        return ""
    roles = {reason.role for reason in likely.assignment.values()}
    gone = [target for target, group in likely.meaning.needed.items() if not roles & set(group)]
    named = [_NEEDED.get(target, target.replace("_", " ")) for target in gone]
    return f"For {likely.meaning.name.replace('_', ' ')} it lacks {', '.join(named[:4])}." if named else ""


def is_any(found: list[Candidate]) -> bool:
    """Say whether the file is a table that Golive knows at all."""
    return bool(found) and found[0].score >= _LEAST
