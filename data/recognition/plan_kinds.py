"""Sorts the rows of a table by the columns that say what kind of row each is; leave among hours becomes leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.recognition.decisions import KIND
from data.recognition.recipe import Drop, Field, Kinds, Recipe
from data.recognition.row_kinds import (
    LEAVE,
    OTHER,
    PENDING,
    PLANNED,
    REFUSED,
    KindColumn,
    folded,
    is_leave_label,
    kind_columns,
)
from data.recognition.understanding import Feed, Question
from data.recognition.vocabulary import roles

if TYPE_CHECKING:
    from data.recognition.drafting import Draft

_ALL: Final = ("work", LEAVE, "trip", "remote", "learning", PLANNED, REFUSED, PENDING, "in_force", OTHER, "out")
_OPTIONS: Final = ("out", "leave", "work", "trip")
_EXAMPLES: Final = 5
#: What each table does not hold.
_OUT: Final = {
    "timesheets": (LEAVE, PLANNED, "out"),
    "leave": ("work", "trip", "remote", "learning", PLANNED, OTHER, "out"),
    "trips": (LEAVE, "remote", "out"),
}
_STATES_OUT: Final = {"timesheets": (REFUSED,), "leave": (REFUSED, PENDING), "trips": (REFUSED, PENDING)}
_WORDS: Final = {
    LEAVE: "leave",
    "trip": "trips",
    "remote": "work from elsewhere",
    "learning": "training",
    PLANNED: "plans",
    "work": "work",
    OTHER: "unknown",
    "out": "left out as said",
    REFUSED: "refused or taken back",
    PENDING: "not decided yet",
}
#: Columns of these kinds say who, when and how much, never what kind of row it is.
_NO_KINDS: Final = ("date", "moment", "time", "duration", "number", "percent", "email", "currency", "flag")
_PEOPLE: Final = ("person_id", "person_login", "person_email", "person_name", "first_name", "last_name", "record_id")
#: A column without a telling name must hold so many known words to sort leave by it.
_MOSTLY: Final = 0.5


@dataclass(frozen=True)
class Sorted:
    """Which columns tell the rows of leave in a table of hours."""

    columns: tuple[str, ...] = ()
    rows_count: int = 0


def sort_rows(draft: Draft) -> None:
    """Leave rows out that are of another kind, and ask once about words that no list knows."""
    name = draft.candidate.meaning.name
    taken = [column for role, column in draft.by_role.items() if role in _PEOPLE or roles()[role].kind in _NO_KINDS] + [
        day.source for day in draft.grid
    ]
    used = {source for made in draft.fields for source in made.sources}
    for column in kind_columns(draft.table, taken):
        if column.is_status:
            _sort_states(draft, column, _STATES_OUT[name])
        elif _is_sorting(column, name):
            _sort_kinds(draft, column, _OUT[name], is_used=column.name in used)


def _is_sorting(column: KindColumn, name: str) -> bool:
    known = sum(1 for kind in column.kinds.values() if kind)
    if name == "leave":
        return column.is_label or known >= _MOSTLY * len(column.kinds)
    if name == "trips":
        return column.is_label and bool(column.of(LEAVE))
    return bool(column.of(LEAVE) or (column.is_label and column.of(PLANNED) and known >= _MOSTLY * len(column.kinds)))


def _sort_states(draft: Draft, column: KindColumn, out: tuple[str, ...]) -> None:
    """Leave out what was refused, and of leave and trips what nobody has decided yet."""
    gone = column.of(*out)
    is_hours = draft.candidate.meaning.name == "timesheets"
    # Boards move a task through states of their own; hours that were worked on it stay worked.
    if not gone or (is_hours and column.unknown):
        return
    said = _said(draft, column)
    draft.kinds.append(Kinds(column.name, _ALL, is_status=True, said=said))
    _drop(draft, column, out)
    _tell(draft, column, out, said)


def _sort_kinds(draft: Draft, column: KindColumn, out: tuple[str, ...], *, is_used: bool) -> None:
    said = _said(draft, column)
    is_whole = not is_used and column.is_label
    masked = _ALL if is_whole else (LEAVE, "out", *(() if is_used else (PLANNED,)))
    if not column.is_label and not is_used and draft.candidate.meaning.name == "leave":
        masked = _ALL
    draft.kinds.append(Kinds(column.name, masked, is_label=column.is_label, said=said))
    _drop(draft, column, tuple(kind for kind in out if kind in masked))
    _tell(draft, column, out, said)
    if draft.candidate.meaning.name == "timesheets" and (column.of(LEAVE) or LEAVE in dict(said).values()):
        draft.leave_columns = (*draft.leave_columns, column.name)
        words = f'Shall rows that "{column.name}" calls leave be taken in as leave, too? They never count as work.'
        draft.ask(Question("rows.leave", words, ("out", "take"), is_blocking=False))
    _ask_unknown(draft, column, said)


def _drop(draft: Draft, column: KindColumn, out: tuple[str, ...]) -> None:
    draft.drops.append(Drop("kind", (column.name,), out))


def _said(draft: Draft, column: KindColumn) -> tuple[tuple[str, str], ...]:
    """Return what the user said of the words of a column: of one, or of all that no list knows."""
    whole = f"{KIND}{column.name}"
    found = {}
    for token, answer in draft.answers.items():
        if token == whole:
            found["*"] = answer
        elif token.startswith(f"{whole}."):
            found[folded(token.removeprefix(f"{whole}."))] = answer
    return tuple(sorted(found.items()))


def _ask_unknown(draft: Draft, column: KindColumn, said: tuple[tuple[str, str], ...]) -> None:
    """Ask once what the words mean that no list knows, in a column that is there to say it."""
    answered = dict(said)
    unknown = [cell for cell in column.unknown if cell not in answered]
    if not unknown or "*" in answered or not column.is_label:
        return
    if draft.candidate.meaning.name == "trips":
        return
    # Beside leave, a column of activities holds whatever people do.
    if draft.candidate.meaning.name == "timesheets" and not (is_leave_label(column.name) or column.of("work")):
        return
    counts = Counter(folded(cell) for cell in draft.table.cells(column.name) if cell)
    shown = ", ".join(
        f"“{cell}” ({counts[cell]})" for cell in sorted(unknown, key=lambda one: -counts[one])[:_EXAMPLES]
    )
    more = f" and {len(unknown) - _EXAMPLES} more" if len(unknown) > _EXAMPLES else ""
    words = (
        f'What are the rows whose "{column.name}" is {shown}{more}? “out” leaves them out; one word alone is'
        f" answered with {KIND}{column.name}.<word>."
    )
    options = ("leave", *(o for o in _OPTIONS if o != "leave")) if is_leave_label(column.name) else _OPTIONS
    draft.ask(Question(f"{KIND}{column.name}", words, options))


def _tell(draft: Draft, column: KindColumn, out: tuple[str, ...], said: tuple[tuple[str, str], ...]) -> None:
    """Say how many rows are left out, by their kind; of leave no word is repeated."""
    decided = {**column.kinds, **{cell: kind for cell, kind in said if cell != "*"}}
    rest = dict(said).get("*", OTHER)
    counts: Counter[str] = Counter()
    for cell in draft.table.cells(column.name):
        kind = decided.get(folded(cell)) or rest if cell else ""
        if kind in out:
            counts[kind] += 1
    for kind, count in counts.items():
        is_taken = draft.answers.get("rows.leave") == "take" and draft.candidate.meaning.name == "timesheets"
        to_leave = " of work and become leave" if kind == LEAVE and is_taken else ""
        rows = f"{count} of the rows looked at are" if not draft.table.is_whole else f"{count} rows are"
        what = _WORDS.get(kind, kind)
        draft.words.append(f'{rows} {what} by "{column.name}"; they are left out{to_leave}.')


def leave_feed(draft: Draft, recipe: Recipe) -> Feed | None:
    """Return how the rows of leave among hours become leave; the reason is never kept."""
    made = {one.target: one for one in draft.fields}
    if draft.answers.get("rows.leave") != "take":
        return None
    if not draft.leave_columns or not {"person_id", "work_date", "worked_hours"} <= set(made):
        return None
    fields = (
        made["person_id"],
        _as(made["work_date"], "leave_date"),
        _as(made["worked_hours"], "leave_hours"),
    )
    others = [
        Drop(drop.rule, drop.columns, tuple(kind for kind in drop.values if kind != LEAVE))
        if drop.rule == "kind"
        else drop
        for drop in recipe.drops
    ]
    drops = [drop for drop in others if drop.rule != "kind" or drop.values]
    drops.append(Drop("not_kind", draft.leave_columns, (LEAVE,)))
    plain = {name: getattr(recipe, name) for name in recipe.__dataclass_fields__}
    own = {**plain, "table": "leave", "fields": fields, "drops": tuple(drops), "cap_hours": 0.0}
    own["group_by"] = ("person_id", "leave_date")
    mapping = {source: one.target for one in fields for source in one.sources if source}
    mapping |= dict.fromkeys(draft.leave_columns, "leave_date")
    names = ", ".join(f'"{name}"' for name in draft.leave_columns)
    return Feed("leave", mapping, Recipe(**own), f"Rows that {names} calls leave become leave; the reason is not kept.")


def _as(made: Field, target: str) -> Field:
    return Field(target, made.op, made.sources, made.unit, made.argument)
