"""What the plans of several tables share: who, for which project, sums to leave out, parents to fill down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data.recognition.competing import sole_writer
from data.recognition.drafting import ENOUGH_FILLED, OF_SHEET, meanings
from data.recognition.recipe import Drop, Field
from data.recognition.tables import PERSON_ROLES, PROJECT_ROLES
from data.recognition.understanding import Question, Why
from data.recognition.vocabulary import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.recognition.columns import FoundColumn
    from data.recognition.drafting import Draft

#: Jira shows the add-on instead of the person where the time was logged through it.
_NOT_A_PERSON: Final = frozenset({"tempo timesheets", "timesheets", "system", "administrator"})
NUMERIC_SHARE: Final = 0.5
#: Words of this likeness are the same words.
_SURE: Final = 0.97
#: Fewer empty cells of the first column are slips, not merged cells.
_MERGED_SHARE: Final = 0.25
#: ``ERP North (https://www.notion.so/…)``
_LINKED: Final = re.compile(r"^(.*?\S)\s*\(https?://[^)]*\)\s*$")
_HINTS: Final = {
    "person_id": "person_id",
    "person_login": "person_id",
    "person_name": "person_name",
    "person_email": "person_email",
    "team_name": "team_name",
    "project_id": "project_id",
    "project_name": "project_name",
    "client_name": "client_name",
}


def person_field(draft: Draft, target: str = "person_id") -> None:
    """Make the person of a number, a login, an e-mail address or a name, the surest that is filled."""
    wanted = [role for role in PERSON_ROLES if role not in ("first_name", "last_name")]
    if draft.has("person_login") and not draft.table.rows:
        wanted = ["person_login", *wanted]
    role = draft.first_of(wanted)
    both = name_parts(draft)
    if len(both) == 2 and role in ("person_name", ""):
        role = ""
    if both and (not role or (draft.table.rows and draft.found(role).values.is_empty)):
        sources = tuple(draft.by_role[name] for name in both)
        draft.add(Field(target, "join" if len(both) > 1 else "copy", sources), *both)
        role = both[0]
    elif role:
        draft.add(Field(target, "copy", (draft.by_role[role],)), role)
    if role:
        shown = {cell.casefold() for cell in draft.found(role).values.cells}
        if shown and shown <= _NOT_A_PERSON:
            others = tuple(column.name for column in draft.table.columns if column.name not in draft.mapping)[:6]
            words = f'"{draft.by_role[role]}" holds {", ".join(sorted(shown))} in all rows, which is no person.'
            draft.ask(Question(target, f"{words} Which column says who it was?", others))
    if not draft.has_field(target):
        _from_titles(draft, target, PERSON_ROLES)
    if not draft.has_field(target) and target not in draft.answers:
        _from_writer(draft, target)
    draft.demand(target, "Which column says who it was? A name or number for all rows is an answer, too.", PERSON_ROLES)


def _from_writer(draft: Draft, target: str) -> None:
    """Take who filed the rows for who did the work, where no other column names anybody."""
    column = sole_writer(draft) if draft.candidate.meaning.name == "timesheets" else None
    if column is not None:
        draft.fields.append(Field(target, "copy", (column.name,)))
        draft.mapping[column.name] = target
        words = f'"{column.name}" says who filed it, and no other column names anybody'
        draft.reasons[column.name] = Why(target, 0.8, "neighbour", words)
        draft.words.append(f"{words}: it was their own work.")


def name_parts(draft: Draft) -> list[str]:
    """Return the roles of first and last name; beside a first name, "Nom" and "Name" are the last one."""
    parts = [role for role in ("first_name", "last_name") if draft.has(role)]
    if len(parts) != 1 or not draft.has("person_name"):
        return parts
    given, whole = draft.found(parts[0]).values.cells, draft.found("person_name").values.cells
    if any(one and one in name for one in given for name in whole):
        return []
    return [parts[0], "person_name"] if parts[0] == "first_name" else ["person_name", parts[0]]


def project_field(draft: Draft, *, is_needed: bool = True) -> None:
    """Make the project of its key, else of its name."""
    role = draft.first_of(PROJECT_ROLES)
    said = draft.answers.get("project_id", "")
    constant = said if said not in draft.table.names else ""
    constant = draft.sheet if constant == OF_SHEET and draft.sheet else constant
    values = draft.found(role).values if role else None
    is_empty = bool(values and values.is_empty and draft.table.rows)
    if role and (not is_empty or constant or is_needed):
        draft.add(_project_of(draft.found(role), constant), role)
    if role and is_empty and is_needed and not constant:
        words = f'"{draft.by_role[role]}" is empty in all rows. Which column says the project, or which is it for all?'
        draft.ask(Question("project_id", words, _other_columns(draft, ("client_name",))))
    elif values and is_needed and values.filled < ENOUGH_FILLED and draft.table.rows and not constant:
        share = f"{1 - values.filled:.0%}"
        words = f'"{draft.by_role[role]}" is empty in {share} of the rows; they are refused, or which project are they?'
        draft.ask(Question("project_id", words, is_blocking=False))
    if not role and is_needed and not said and not draft.has_field("project_id"):
        _from_groups(draft)
    if not role and not said and not draft.has_field("project_id"):
        _from_titles(draft, "project_id", PROJECT_ROLES)
    if is_needed:
        draft.demand(
            "project_id",
            "The file doesn't say for which project. Which column does, or which project is it for all rows?",
            (*PROJECT_ROLES, "client_name"),
        )


def _from_groups(draft: Draft) -> None:
    """Take the titles above the parts of a table for their projects, where each part has one of its own."""
    titles = [title for _, title in draft.groups]
    if len(titles) < 2 or not all(titles) or len(set(titles)) < len(titles):
        return
    pairs = tuple((str(line), title) for line, title in draft.groups)
    draft.fields.append(Field("project_id", "by_line", values=pairs))
    draft.words.append(f"The titles above the parts are their projects: {', '.join(titles[:5])}.")


def _from_titles(draft: Draft, target: str, wanted: Sequence[str]) -> None:
    """Take what a row above the table says for all its rows: ``Mitarbeiter: Anna Berg``."""
    if target in draft.answers:
        return
    for label, value in draft.table.notes:
        if any(match.role in wanted and match.likeness >= _SURE for match in matches(label)):
            draft.fields.append(Field(target, "constant", argument=value))
            draft.words.append(f'{target} is {value} in all rows: "{label}" stands above the table.')
            return


def _project_of(column: FoundColumn, constant: str) -> Field:
    """Take a project's name; a relation of Notion carries the address of its page behind it."""
    linked = sum(1 for cell in column.values.cells if _LINKED.search(cell))
    if linked and not constant and linked >= NUMERIC_SHARE * column.values.distinct:
        return Field("project_id", "extract", (column.name,), argument=_LINKED.pattern)
    return Field("project_id", "first" if constant else "copy", (column.name,), argument=constant)


def _other_columns(draft: Draft, wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(draft.by_role[role] for role in wanted if draft.has(role))


def hints_of(draft: Draft) -> dict[str, str]:
    """Return the columns that tell more of person and project than the contract keeps."""
    found: dict[str, str] = {}
    for role, hint in _HINTS.items():
        if draft.has(role):
            found.setdefault(hint, draft.by_role[role])
    return found


def leave_out(draft: Draft, key_targets: Sequence[str]) -> None:
    """Plan which rows are no entries: sums, the header again, stray cells and notes."""
    table = draft.table
    keys = [made.sources[0] for made in draft.fields if made.target in key_targets and made.sources and made.sources[0]]
    if table.totals:
        draft.drops.append(Drop("totals", tuple(keys)))
    if table.repeats:
        names = tuple(dict.fromkeys(name for made in draft.fields for name in made.sources if name))
        labels = tuple(name.rsplit(" / ", 1)[-1].casefold() for name in names)
        draft.drops.append(Drop("repeated_header", names, labels))
    if len(table.columns) >= 4 and any(sum(1 for cell in row if cell) <= 1 for row in table.rows):
        draft.drops.append(Drop("stray"))
    first = table.columns[0].name if table.columns else ""
    marks = [row[0].startswith("# ") for row in table.rows]
    if any(marks) and sum(marks) <= max(1, len(marks) // 10):
        draft.drops.append(Drop("notes", (first,)))


def fill_down(draft: Draft, target: str) -> None:
    """Plan to fill cells down that only the first row of a group has (a parent with its children)."""
    sources = [source for made in draft.fields if made.target == target for source in made.sources if source]
    if not sources or draft.fill_key:
        return
    table = draft.table
    index = table.names.index(sources[0])
    blank = [row for row in table.rows if not row[index]]
    if not blank or len(blank) == len(table.rows) or not table.rows[0][index]:
        return
    sparse = [place for place in range(len(table.names)) if not any(row[place] for row in blank)]
    children = [
        place
        for place in range(len(table.names))
        if place not in sparse and sum(1 for row in blank if row[place]) >= 0.8 * len(blank)
    ]
    # A row of sums is blank, too, but holds numbers only; children have names or numbers of their own.
    told = [place for place in children if table.columns[place].values.share("number", "long_clock") < NUMERIC_SHARE]
    is_person = target == "person_id"
    if not told or (not (is_person and len(sparse) > 1) and not _is_merged(draft, index, len(blank))):
        return
    filled = {place: table.columns[place].values.filled for place in sparse}
    key = next(place for place in sparse if filled[place] == max(filled.values()))
    used = {source for made in draft.fields for source in made.sources}
    draft.fill_key = table.names[key]
    draft.fill_down = tuple(table.names[place] for place in sparse if place != key and table.names[place] in used)
    draft.words.append(
        f'Only the first row of a group fills "{draft.fill_key}" and {len(sparse) - 1} more columns; they are filled'
        " down, and their totals are not summed."
        if len(sparse) > 1
        else f'Only the first row of a group fills "{draft.fill_key}"; it is filled down.'
    )


def _is_merged(draft: Draft, index: int, blanks: int) -> bool:
    """Say whether one column alone was merged over the rows of a group: it stands first and is often empty."""
    return index == 0 and blanks >= _MERGED_SHARE * len(draft.table.rows)


def leave_out_refused(draft: Draft, wanted: tuple[str, ...]) -> None:
    """Plan to leave out trips and leave that were refused or taken back."""
    refused = meanings()["refused"]
    for column in draft.table.columns:
        # One column may say that the request is done, and another one that it was refused.
        if not any(match.role in wanted and match.likeness >= _SURE for match in matches(column.name)):
            continue
        values = tuple(sorted({cell.casefold() for cell in column.values.cells if cell.casefold() in refused}))
        if values or not draft.table.rows:
            draft.drops.append(Drop("value", (column.name,), values or tuple(sorted(refused))))
            draft.words.append(f'Rows that "{column.name}" calls refused or taken back are no entries.')
