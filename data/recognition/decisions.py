"""What the user decided about a file: every decision is an answer, token → value.

=================================  ======================================================================
``table``                          which table of the contract the file holds; ``out`` leaves it out
``<contract column>``              the column of the file it is made of, a value for all rows, or ``-`` for none
``date_order``, ``decimal_mark``   ``dmy``, ``mdy``, ``ymd``; ``point``, ``comma``
``delimiter``                      what separates cells: ``comma``, ``semicolon``, ``tab``, ``pipe``, … or the sign
``filtered_by``                    ``project``: the file holds some projects only; ``nothing``: it holds whole days
``negative_hours``                 ``leave_out``: rows that take back hours which the file doesn't hold
``month``, ``week``                of a grid whose file does not say it
``unit.<column of the file>``      ``hours``, ``minutes``, ``seconds``, ``days``
``rule.<rule>[.<column>]``         ``on`` or ``off``: a cleaning rule
``value.<target>.<cell>``          what a cell (in lower case) becomes
``city.<city as written>``         the time zone of a city whose name fits several
``kind.<column>[.<cell>]``         ``work``, ``leave``, ``trip`` or ``out``: what kind of row a word means
``doubt.<what>``                   ``take`` or ``out``: what a second look at the rows doubts
``doubt.booked_twice``             also ``presence`` (no work) and ``replace:<source>`` (in place of its rows)
``doubt.long_days``                also ``minutes``: the numbers of the hours are minutes
``hours_per_day``                  of a full day of leave
``rows.<what>``                    ``take`` or ``out``: a second table, a plan, a kind of row
=================================  ======================================================================

A token may stand behind the name of a file, a sheet or both: ``march.csv:date_order``, ``book.xlsx › May:table``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from data.contracts import TABLES
from data.files.delimiters import NAMED_DELIMITERS, said_delimiter
from data.problems import ImportRefusedError
from data.recognition.tables import MEANINGS
from data.recognition.values import fit
from data.recognition.vocabulary import NOISE, matches, roles
from data.time_zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.recognition.columns import FoundTable
    from data.recognition.tables import Meaning
    from data.recognition.understanding import Understanding

#: The answer that no column of the file is to be used.
NONE: Final = "-"
#: What says that rows count nothing.
NO: Final = ("no", "none", "nein", "non", "нет", "否", "out", "-")
#: Decided for one file alone: the next one has another month.
OF_ONE_FILE: Final = ("month", "week")
#: Whether a file of timesheets holds some projects only, or whole days.
FILTERED_BY: Final = "filtered_by"
UNIT: Final = "unit."
RULE: Final = "rule."
VALUE: Final = "value."
CITY: Final = "city."
KIND: Final = "kind."
ROWS: Final = "rows."
#: What a second look at the rows doubted; each answer is of one file alone.
DOUBT: Final = "doubt."
#: Hours that another source has already: they replace its rows, or are presence and no work.
BOOKED_TWICE: Final = "booked_twice"
REPLACE: Final = "replace:"
PRESENCE: Final = "presence"
#: Days too long to be true: what is read as hours may be minutes.
LONG_DAYS: Final = "long_days"
MINUTES: Final = "minutes"
_PREFIXES: Final = (UNIT, RULE, VALUE, CITY, KIND, ROWS, DOUBT)
_KINDS: Final = ("out", "leave", "work", "trip", "remote", "learning")
#: The answer that leaves something out: a file or sheet (``table=out``), a kind of row.
OUT: Final = "out"
_ALLOWED: Final = {
    "table": (*MEANINGS, OUT),
    "date_order": ("dmy", "mdy", "ymd"),
    "decimal_mark": ("point", "comma"),
    FILTERED_BY: ("project", "nothing"),
    "negative_hours": ("leave_out",),
}
_UNITS: Final = ("hours", "minutes", "seconds", "milliseconds", "days", "weeks", "day_fractions")
_TARGETS: Final = frozenset(column.name for table in TABLES.values() for column in table.columns)
#: What separates the cells of a text file.
DELIMITER: Final = "delimiter"
DAY_LENGTH: Final = "hours_per_day"
_FREE: Final = ("profile", DELIMITER, DAY_LENGTH)


def answers_for(answers: Mapping[str, str], file: str, sheet: str) -> dict[str, str]:
    """Return the answers that count for one table; those that name it count more than those for all.

    Raises
    ------
    ImportRefusedError
        An answer is none of the allowed ones.
    """
    names = [name for name in (sheet, file, f"{file} › {sheet}" if sheet else "") if name]
    found = {token: answer for token, answer in answers.items() if _is_token(token)}
    for name in names:
        found |= {
            token.removeprefix(f"{name}:"): answer
            for token, answer in answers.items()
            if token.startswith(f"{name}:") and _is_token(token.removeprefix(f"{name}:"))
        }
    for token, answer in found.items():
        _check(token, answer)
    return found


def unused_answers(found: Sequence[Understanding], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the tokens that fit nothing in any of the tables: most likely they are misspelt."""
    names = [name for one in found for name in (one.file, one.sheet, f"{one.file} › {one.sheet}") if name]
    used = set()
    for token in answers:
        bare = next((token.removeprefix(f"{name}:") for name in names if token.startswith(f"{name}:")), token)
        if _is_token(bare) and any(_fits(bare, answers[token], one) for one in found):
            used.add(token)
    return tuple(token for token in answers if token not in used)


def _fits(token: str, answer: str, one: Understanding) -> bool:
    if token == DELIMITER:
        return bool(one.delimiter)
    if token.startswith(UNIT):
        return token.removeprefix(UNIT) in (*one.columns, "days")
    if token in _TARGETS and one.table in TABLES:
        return token in TABLES[one.table].by_name or answer in one.columns
    return True


def _is_token(token: str) -> bool:
    bare = token.split(".", 1)[1] if token.split(".", 1)[0] in TABLES and "." in token else token
    return token in (*_ALLOWED, *OF_ONE_FILE, *_FREE) or bare in _TARGETS or token.startswith(_PREFIXES)


def _check(token: str, answer: str) -> None:
    """Refuse an answer that is none of the allowed ones."""
    allowed = _allowed(token, answer)
    if token.startswith(CITY):
        _check_zone(answer)
    if allowed is not None and answer not in allowed:
        raise ImportRefusedError(f"“{answer}” is no answer to {token}.", f"Possible are {', '.join(allowed)}.")
    if token == DAY_LENGTH and not re.fullmatch(r"(?:[1-9]|1\d|2[0-4])(?:\.\d+)?", answer):
        raise ImportRefusedError(f"“{answer}” is no answer to {token}.", "Say the hours of a full day as 7.5.")
    advice = {"week": "Say the Monday as 2026-04-06.", "month": "Say it as 2026-04."}
    if token in OF_ONE_FILE and not _is_day(answer if token == OF_ONE_FILE[1] else f"{answer}-01"):
        raise ImportRefusedError(f"“{answer}” is no answer to {token}.", advice[token])


def _allowed(token: str, answer: str) -> tuple[str, ...] | None:
    """Return the answers that a token can have, or None where it can have any."""
    if token == DELIMITER:
        return None if said_delimiter(answer) else tuple(NAMED_DELIMITERS)
    if token == f"{DOUBT}{BOOKED_TWICE}":
        is_named = answer.startswith(REPLACE) and len(answer) > len(REPLACE)
        return ("take", OUT, PRESENCE, *((answer,) if is_named else ()))
    if token == f"{DOUBT}{LONG_DAYS}":
        return ("take", OUT, MINUTES)
    by_start = {UNIT: _UNITS, RULE: ("on", "off"), KIND: _KINDS, ROWS: ("take", OUT), DOUBT: ("take", OUT)}
    return next((answers for start, answers in by_start.items() if token.startswith(start)), _ALLOWED.get(token))


def said_unit(answers: Mapping[str, str], column: str) -> str:
    """Return the unit that was said of a column of hours, by its name or where too long days were asked about."""
    minutes = MINUTES if answers.get(f"{DOUBT}{LONG_DAYS}") == MINUTES else ""
    return answers.get(f"{UNIT}{column}", minutes)


def _check_zone(answer: str) -> None:
    if not zone_named(answer):
        raise ImportRefusedError(f"“{answer}” is no time zone.", "Say it as Europe/London or as UTC+8.")


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def said_roles(answers: Mapping[str, str], table: FoundTable, meaning: Meaning) -> dict[str, str]:
    """Return the roles, in one table of the contract, of the columns that the user named for its columns."""
    found: dict[str, str] = {}
    for token, answer in answers.items():
        role = _role(meaning, token, table, answer) if answer in table.names else ""
        if role:
            found[answer] = role
    return found


def _role(meaning: Meaning, target: str, table: FoundTable, name: str) -> str:
    """Return the role that a column plays for a target: a day, a time of day or a moment, as its cells say."""
    wanted = [role for role, made in meaning.roles.items() if made == target]
    if len(wanted) < 2:
        return "".join(wanted)
    column = table.column(name)
    named = {match.role: match.likeness for match in matches(name)}
    shaped = {role: 0.0 if column.values.is_empty else fit(roles()[role].kind, column.values) for role in wanted}
    return max(wanted, key=lambda role: (round(shaped[role], 1), named.get(role, 0.0), -wanted.index(role)))


def crowded_out(meaning: Meaning, answers: Mapping[str, str], by_column: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that may not be used for what the user made of another column, or of none.

    Parameters
    ----------
    by_column
        Column of the file → role.
    """
    found = {}
    for column, role in by_column.items():
        answer = answers.get(meaning.roles.get(role, ""), "")
        is_column = answer in by_column
        if answer == NONE or (is_column and answer != column):
            found[column] = NOISE
    return found


def without_none(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers but those that say "no column": a value for all rows they are not."""
    return {token: answer for token, answer in answers.items() if answer != NONE or token not in _TARGETS}
