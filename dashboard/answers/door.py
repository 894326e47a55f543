"""The one door to the warehouse: every query is asked for a viewer, or for what is no secret of anybody.

Who sees some teams only reads through a database in which nothing else exists: each table that names people is there
as a view on the people in scope. A query need not filter, and one that forgets to can't show too much.

The file is part of the key of every answer: a new import publishes a new file, so nothing has to be cleared.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import duckdb

from dashboard.answers.keeping import forget, forget_all, kept
from data.home import Home, find_home
from data.home_rights import close_to_others
from data.sql_text import literal, quoted
from data.warehouse import open_for_reading, published_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer

#: Columns that tell who somebody is: a frame with one of them is read for a viewer.
PERSON_COLUMNS: Final = frozenset({"person_id", "person_name", "email", "row_text"})
#: Tables whose rows are of nobody in particular but may hold anybody's name in a text.
_TEXTS: Final = frozenset({("raw", "refused_rows")})
_SCHEMAS: Final = ("raw", "staging", "marts", "checks")


def home() -> Home:
    """Return the home that the command line named, or the default one."""
    found = find_home()
    _close_to_others(found)
    return found


def home_of(file: Path) -> Home:
    """Return the home that a warehouse file belongs to: its settings count for what is told of it."""
    return Home(file.parent.parent)


@kept(8, is_shared=True)
def _close_to_others(found: Home) -> int:
    """Close the home once a server: whoever starts Streamlit without our command gets the same."""
    return close_to_others(found)


def warehouse_file() -> Path | None:
    """Return the published warehouse file, or nothing when no file was imported yet."""
    return published_file(home())


def close_all() -> None:
    """Forget every answer and let go of every warehouse file that was read."""
    forget_all()


def let_go(file: Path) -> None:
    """Close what was opened of a warehouse file; whoever reads it next opens it again."""
    forget(_connection, file)


def read(file: Path, viewer: Viewer, query: str, **values: object) -> pd.DataFrame:
    """Run one query over what the viewer may see. Each call gets its own cursor: a connection serves one at a time."""
    with _seen_by(file, viewer) as cursor:
        return cursor.execute(query, values or None).df()


def read_one(file: Path, viewer: Viewer, query: str, **values: object) -> tuple[Any, ...]:
    """Return the one row of a query that sums up what the viewer may see."""
    with _seen_by(file, viewer) as cursor:
        row = cursor.execute(query, values or None).fetchone()
    return row if row is not None else ()


def read_firm(file: Path, query: str, **values: object) -> pd.DataFrame:
    """Run one query over the whole firm, whoever looks: for projects, calendars, batches and sums.

    Raises
    ------
    ValueError
        The rows tell of single people: they are read for a viewer.
    """
    found = read_unseen(file, query, **values)
    told = PERSON_COLUMNS & set(found.columns)
    if told:
        raise ValueError(f"Rows about people are read for a viewer, but this query returns {', '.join(sorted(told))}.")
    return found


def read_firm_one(file: Path, query: str, **values: object) -> tuple[Any, ...]:
    """Return the one row of a query that sums up the whole firm."""
    with whole_firm(file) as cursor:
        row = cursor.execute(query, values or None).fetchone()
    return row if row is not None else ()


def read_unseen(file: Path, query: str, **values: object) -> pd.DataFrame:
    """Run one query over everybody for what is only reckoned with: no row of it is shown to anybody."""
    with whole_firm(file) as cursor:
        return cursor.execute(query, values or None).df()


@contextlib.contextmanager
def whole_firm(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a cursor on the whole file; who uses it withholds by themselves what the viewer may not see."""
    with _connection(file).cursor() as cursor:
        yield cursor


def has_mart(file: Path, mart: str) -> bool:
    """Tell whether the file has a mart: one that was published by an older version lacks the newest until a rebuild."""
    found = read_firm(
        file,
        "select table_name from information_schema.tables where table_schema = 'marts' and table_name = $mart",
        mart=mart,
    )
    return not found.empty


def record_person_opened(viewer: Viewer, person_id: str) -> None:
    """Write into the journal who looked at whom."""
    # The journal's libraries take half a second to load; only this page needs them.
    from data.journal import record_access  # noqa: PLC0415

    record_access(home(), viewer.name, "people/person", person_id, "workload review")


@contextlib.contextmanager
def _seen_by(file: Path, viewer: Viewer) -> Iterator[duckdb.DuckDBPyConnection]:
    shown = _connection(file) if viewer.scope is None else _scoped_connection(file, viewer.scope)
    with shown.cursor() as cursor:
        yield cursor


@kept(2, is_shared=True, release=duckdb.DuckDBPyConnection.close)
def _connection(file: Path) -> duckdb.DuckDBPyConnection:
    return open_for_reading(file)


@kept(8, is_shared=True, release=duckdb.DuckDBPyConnection.close)
def _scoped_connection(file: Path, teams: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """Open a database of views in which only people of some teams exist."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach {literal(str(file))} as firm (read_only)")
    connection.execute("set enable_external_access = false")
    connection.execute("create table teams_in_scope (team_name varchar)")
    connection.executemany("insert into teams_in_scope values (?)", [(team,) for team in teams or ("",)])
    connection.execute(
        "create view people_in_scope as"
        " select person_id from firm.marts.people semi join teams_in_scope using (team_name)"
    )
    columns = connection.execute(
        "select table_schema, table_name, bool_or(column_name = 'person_id') from information_schema.columns"
        " where table_catalog = 'firm' group by all"
    ).fetchall()
    for schema in _SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    for schema, table, names_people in columns:
        if schema in _SCHEMAS:
            limit = _limit(schema, table, names_people=names_people)
            name = f"{schema}.{quoted(table)}"
            connection.execute(f"create view {name} as from firm.{name} {limit}")
    connection.execute("set lock_configuration = true")
    return connection


def _limit(schema: str, table: str, *, names_people: bool) -> str:
    if names_people:
        return "where person_id in (select person_id from people_in_scope)"
    return "where false" if (schema, table) in _TEXTS else ""
