"""Which table a file holds, by the names of its columns.

Here headers are the contract's own names. Recognising what other systems write builds on the same question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contracts import TABLES, Table
from data.loading import map_headers, tidy_header
from data.problems import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable


def recognise(file_name: str, columns: Iterable[str], named: str | None = None) -> Table:
    """Return the table that the columns belong to.

    Parameters
    ----------
    named
        The table that the user named with ``--as``; then only its required columns are checked.

    Raises
    ------
    ImportRefusedError
        When a required column is missing, or two tables fit equally well.
    """
    columns = list(columns)
    if named is not None:
        return _checked(TABLES[named], file_name, columns)
    scores = {table.name: _score(table, file_name, columns) for table in TABLES.values()}
    best = max(scores.values())
    winners = [name for name, score in scores.items() if score == best]
    if best <= (False, 0, False, False):
        raise ImportRefusedError(
            f"{file_name}: none of its columns ({_listed(columns)}) belongs to a table that Golive knows.",
            "Name the columns as in docs/data-contracts.md, or say the table with --as.",
        )
    if len(winners) > 1:
        raise ImportRefusedError(
            f"{file_name} could be {' or '.join(winners)}.", "Say which with --as, or name the file after the table."
        )
    return _checked(TABLES[winners[0]], file_name, columns)


def _score(table: Table, file_name: str, columns: list[str]) -> tuple[bool, int, bool, bool]:
    """Rank tables: named after the table and complete, then how many columns it knows, then complete, then named.

    A table that needs little (people only ``person_id``) must not win a timesheet that lacks its hours.
    """
    mapped = {column.name for column in map_headers(table, columns).values()}
    is_complete = set(table.required) <= mapped
    is_named = any(part.startswith(table.name) for part in _name_parts(file_name))
    return (is_complete and is_named, len(mapped), is_complete, is_named and bool(mapped))


def _name_parts(file_name: str) -> list[str]:
    parts = file_name.replace("›", "/").replace("\\", "/").split("/")
    return [tidy_header(part.strip()) for part in parts]


def _checked(table: Table, file_name: str, columns: list[str]) -> Table:
    names = [tidy_header(name) for name in columns]
    missing = [name for name in table.required if name not in names]
    if missing:
        raise ImportRefusedError(
            f"{file_name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} that"
            f" {table.name} can't do without; it has {_listed(columns)}.",
            "Add or rename the column, or say another table with --as.",
        )
    twice = sorted({name for name in names if name in table.by_name and names.count(name) > 1})
    if twice:
        raise ImportRefusedError(
            f"{file_name} has the column {twice[0]} twice.",
            "Remove or rename one of them; Golive can't know which is right.",
        )
    return table


def _listed(columns: list[str], most: int = 12) -> str:
    shown = ", ".join(columns[:most])
    return f"{shown} and {len(columns) - most} more" if len(columns) > most else shown or "no columns"
