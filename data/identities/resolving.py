"""Puts the matches into the warehouse, where every mart follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.identities.matching import KINDS, Kind, Known, Matches, matches_of
from data.insertion import insert_rows

if TYPE_CHECKING:
    import duckdb

    from data.identities.decisions import Decisions

#: Where the rows name people and projects: table, column.
_PLACES: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    "person": (
        ("timesheets", "person_id"),
        ("trips", "person_id"),
        ("leave", "person_id"),
        ("attendance", "person_id"),
        ("assignments", "person_id"),
        ("skills", "person_id"),
        ("people", "lead_person_id"),
        ("projects", "manager_person_id"),
        ("site_demand", "named_person_id"),
        ("stay_limits", "person_id"),
        ("preferences", "person_id"),
        ("unavailability", "person_id"),
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
        ("preferences", "project_id"),
        ("unavailability", "project_id"),
    ),
}
_LISTED_IN: Final[dict[Kind, str]] = {"person": "people", "project": "projects"}
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
        "select text from raw.spellings where kind = ? order by batch_id, row_id, text", [kind]
    ).fetchall()
    listed = listed_in(connection, kind)
    return matches_of(kind, listed, [text for (text,) in seen], decisions, is_suggesting=is_suggesting)


def rows_of_each(connection: duckdb.DuckDBPyConnection, kind: Kind) -> dict[str, int]:
    """Return how many rows bear each spelling."""
    query = f"select text, count(*) from ({_places(kind)}) where text is not null group by text"
    return {str(text): int(count) for text, count in connection.execute(query).fetchall()}


def _places(kind: Kind, condition: str = "true") -> str:
    return " union all ".join(
        f"select {column} as text, batch_id, row_id from raw.{table} where {condition}"
        for table, column in _PLACES[kind]
    )


def fill_aliases(
    connection: duckdb.DuckDBPyConnection, decisions: Decisions, batch_ids: list[int] | None = None
) -> bool:
    """Write the spellings that are one into raw; return whether they are others than before.

    Parameters
    ----------
    batch_ids
        What is new since the last time; without them everything is looked through.
    """
    stamp = decisions.stamp
    before = connection.execute("select stamp from raw.identity_stamp").fetchall()
    # A warehouse of an earlier version has no spellings yet.
    first_batch = min(batch_ids, default=0) if before and batch_ids is not None else 0
    has_news = _note_spellings(connection, first_batch)
    if not has_news and before == [(stamp,)]:
        return False
    connection.execute("delete from raw.identity_stamp")
    connection.execute("insert into raw.identity_stamp values (?)", [stamp])
    changes = [_fill(connection, kind, decisions) for kind in KINDS]
    return any(changes)


def _fill(connection: duckdb.DuckDBPyConnection, kind: Kind, decisions: Decisions) -> bool:
    table = f"raw.{kind}_aliases"
    wanted = matches_in(connection, kind, decisions, is_suggesting=False).aliases
    if wanted == dict(connection.execute(f"select alias, {kind}_id from {table}").fetchall()):
        return False
    connection.execute(f"delete from {table}")
    insert_rows(connection, table, sorted(wanted.items()))
    return True


def _note_spellings(connection: duckdb.DuckDBPyConnection, first_batch: int) -> bool:
    """Keep each spelling with the place where it first stood; return whether there are new ones, or new lists.

    Only batches from ``first_batch`` on are looked through; with 0 everything is, and what was kept is forgotten.
    """
    if first_batch == 0:
        connection.execute("delete from raw.spellings")
    count = 0
    for kind in KINDS:
        found = connection.execute(
            f"""
            insert into raw.spellings
            select $kind, text, min(batch_id), arg_min(row_id, (batch_id, row_id))
            from ({_places(kind, "batch_id >= $first_batch")})
            where
                text is not null
                and text not in (select spellings.text from raw.spellings as spellings where spellings.kind = $kind)
            group by text
            """,
            {"kind": kind, "first_batch": first_batch},
        ).fetchone()
        listed = connection.execute(
            f"select count(*) from raw.{_LISTED_IN[kind]} where batch_id >= $first_batch", {"first_batch": first_batch}
        ).fetchone()
        count += sum(int(row[0]) for row in (found, listed) if row)
    return count > 0


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
