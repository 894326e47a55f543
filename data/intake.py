"""What Golive understands of a file in this home: with the decisions saved here, and the people and projects known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from data import publishing
from data.contracts import TABLES
from data.loading import tidy_header
from data.problems import ImportRefusedError
from data.profiles import read_profiles
from data.recognising import recognise
from data.recognition import Known, inspect_file
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from data.home import Home
    from data.recognition import Understanding

#: Where nobody names the source, files of a system that was recognised are kept apart under its name.
DEFAULT_SOURCE: Final = "files"
UNKNOWN_SYSTEM: Final = "unknown"
#: A header that stands twice is counted: "Labels", "Labels (2)".
_COUNTED: Final = re.compile(r" \(\d+\)$")


def look_at(
    home: Home,
    path: Path,
    scratch: Path,
    answers: Mapping[str, str] | None = None,
    *,
    is_for_import: bool = False,
) -> list[Understanding]:
    """Say what each table of a file, workbook, folder or zip is.

    Parameters
    ----------
    scratch
        An existing folder for members of zips; the caller removes it.
    answers
        The user's decisions, by token; they count more than saved ones.
    is_for_import
        Pass over the cells of tables that have the contract's own columns: the import needs no recipe for them.

    Raises
    ------
    FileProblem
        ``path`` itself can't be opened.
    """
    return inspect_file(
        path,
        scratch,
        profiles=read_profiles(home),
        answers=answers,
        known=known_here(home),
        needs_no_look=has_only_our_columns if is_for_import else lambda _names: False,
    )


def known_here(home: Home) -> Known:
    """Return the people and projects of the published warehouse."""
    file = publishing.published_file(home)
    if file is None:
        return Known()
    with open_for_reading(file) as connection:
        people = connection.execute("select person_id, person_name from marts.people").fetchall()
        projects = connection.execute("select project_id, project_name from marts.projects").fetchall()
    return Known(
        frozenset(text for row in people for text in row if text),
        frozenset(text for row in projects for text in row if text),
    )


def speaks_contract(understanding: Understanding, table_name: str | None) -> bool:
    """Say whether a file has the contract's own columns, so that it needs no recipe.

    One column of ours among foreign ones ("Person ID", "Datum", "Stunden") is not enough: then what the whole file
    means decides. A file with nothing but our columns speaks the contract even when some are missing or stand twice.
    """
    if has_only_our_columns(understanding.columns):
        return True
    try:
        table = recognise(understanding.file, understanding.columns, table_name)
    except ImportRefusedError:
        return False
    return table_name is not None or understanding.table in ("", table.name)


def has_only_our_columns(columns: Sequence[str]) -> bool:
    """Say whether every column has a name of one of the contracts."""
    names = {tidy_header(_COUNTED.sub("", column)) for column in columns}
    return any(names <= set(table.by_name) for table in TABLES.values())


def source_of(understanding: Understanding | None, source_name: str) -> str:
    """Return under which name the rows are kept: what the user said, else the system that wrote them."""
    if source_name != DEFAULT_SOURCE or understanding is None:
        return source_name
    return source_name if understanding.system == UNKNOWN_SYSTEM else understanding.system
