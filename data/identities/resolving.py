"""Puts the matches into the warehouse, where every mart follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.identities.matching import KINDS, Kind, Known, Matches, matches_of

if TYPE_CHECKING:
    import duckdb

    from data.identities.decisions import Decisions

#: Where the rows name people and projects: table, column.
_PLACES: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    "person": (
        ("timesheets", "person_id"),
        ("trips", "person_id"),
        ("leave", "person_id"),
        ("assignments", "person_id"),
        ("skills", "person_id"),
        ("people", "lead_person_id"),
        ("projects", "manager_person_id"),
        ("site_demand", "named_person_id"),
    ),
    "project": (
        ("timesheets", "project_id"),
        ("trips", "project_id"),
        ("change_requests", "project_id"),
        ("status_reports", "project_id"),
        ("work_packages", "project_id"),
        ("assignments", "project_id"),
        ("outcomes", "project_id"),
        ("site_demand", "project_id"),
    ),
}
_LISTS: Final[dict[Kind, str]] = {
    "person": (
        "select person_id, any_value(person_name), any_value(email) from raw.people group by 1 order by min(row_id)"
    ),
    "project": "select project_id, any_value(project_name), '' from raw.projects group by 1 order by min(row_id)",
}


def listed_in(connection: duckdb.DuckDBPyConnection, kind: Kind) -> list[Known]:
    """Return everybody, or every project, on a list, in the order of their arrival."""
    rows = connection.execute(_LISTS[kind]).fetchall()
    return [Known(one, name or "", email or "") for one, name, email in rows if one]


def matches_in(
    connection: duckdb.DuckDBPyConnection, kind: Kind, decisions: Decisions, *, is_suggesting: bool = True
) -> Matches:
    """Match everybody, or every project, that the raw rows name."""
    seen = connection.execute(
        f"select text from ({_places(kind)}) where text is not null "
        "group by text order by min(batch_id), min(row_id), text"
    ).fetchall()
    listed = listed_in(connection, kind)
    return matches_of(kind, listed, [text for (text,) in seen], decisions, is_suggesting=is_suggesting)


def rows_of_each(connection: duckdb.DuckDBPyConnection, kind: Kind) -> dict[str, int]:
    """Return how many rows bear each spelling."""
    query = f"select text, count(*) from ({_places(kind)}) where text is not null group by text"
    return {str(text): int(count) for text, count in connection.execute(query).fetchall()}


def _places(kind: Kind) -> str:
    return " union all ".join(
        f"select {column} as text, batch_id, row_id from raw.{table}" for table, column in _PLACES[kind]
    )


def fill_aliases(connection: duckdb.DuckDBPyConnection, decisions: Decisions) -> bool:
    """Write the spellings that are one into raw; return whether they are others than before."""
    is_changed = False
    for kind in KINDS:
        table = f"raw.{kind}_aliases"
        wanted = matches_in(connection, kind, decisions, is_suggesting=False).aliases
        before = dict(connection.execute(f"select alias, {kind}_id from {table}").fetchall())
        if wanted == before:
            continue
        is_changed = True
        connection.execute(f"delete from {table}")
        if wanted:
            connection.executemany(f"insert into {table} values (?, ?)", sorted(wanted.items()))
    return is_changed


def decide(
    decisions: Decisions,
    kind: Kind,
    *,
    same: dict[str, str] | None = None,
    different: dict[str, str] | None = None,
    forget: tuple[str, ...] = (),
) -> Decisions:
    """Return the decisions with new ones: a newer one takes the place of an older one about the same pair."""
    now_same = {alias: target for alias, target in decisions.same.get(kind, {}).items() if alias not in forget}
    now_different = {pair for pair in decisions.different.get(kind, set()) if pair[0] not in forget}
    for alias, target in (same or {}).items():
        now_same[alias] = target
        now_different.discard((alias, target))
    for alias, target in (different or {}).items():
        if now_same.get(alias) == target:
            del now_same[alias]
        now_different.add((alias, target))
    return type(decisions)({**decisions.same, kind: now_same}, {**decisions.different, kind: now_different})
