"""Who is who in a home: what is taken for one, what may be one, what no list knows; and the user's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.identities import KINDS, Decisions, Kind, Matches, decide, listed_in, matches_in, read_decisions, rows_of_each
from data.problems import GoliveError
from data.publishing import published_file
from data.rebuilding import build_again
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from data.home import Home
    from data.publishing import Reckon


@dataclass(frozen=True)
class Names:
    """The spellings of people, or of projects.

    Parameters
    ----------
    listed
        Id → name of everybody, or everything, on a list.
    rows_count
        Spelling → how many rows bear it.
    different
        Pairs of spelling and id of which the user said that they are two.
    """

    kind: Kind
    listed: Mapping[str, str]
    matches: Matches
    rows_count: Mapping[str, int]
    different: tuple[tuple[str, str], ...] = ()


def names_of(home: Home) -> dict[Kind, Names]:
    """Return what is known of spellings; nothing is there before the first import."""
    decisions = read_decisions(home)
    file = published_file(home)
    if file is None:
        return {kind: Names(kind, {}, Matches(), {}) for kind in KINDS}
    with open_for_reading(file) as connection:
        return {
            kind: Names(
                kind,
                {one.id: one.name for one in listed_in(connection, kind)},
                matches_in(connection, kind, decisions),
                rows_of_each(connection, kind),
                tuple(sorted(decisions.different.get(kind, ()))),
            )
            for kind in KINDS
        }


def decide_names(
    home: Home,
    kind: Kind,
    *,
    same: Mapping[str, str] | None = None,
    different: Mapping[str, str] | None = None,
    forget: Sequence[str] = (),
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> Decisions:
    """Keep what the user says of spellings and let every figure follow.

    Raises
    ------
    GoliveError
        A spelling or an id stands nowhere, or an id would be taken for itself; nothing is kept then.
    """
    names = names_of(home)[kind]
    known = {*names.listed, *names.rows_count}
    for alias, target in {**(same or {}), **(different or {})}.items():
        _refuse_unknown(kind, known, alias, target)
    said = read_decisions(home)
    decided = {*said.same.get(kind, {}), *(alias for alias, _ in said.different.get(kind, ()))}
    for alias in forget:
        if alias not in decided:
            raise GoliveError(f"Nothing was decided about “{alias}”.", "`golive names` shows what was decided.")
    decisions = decide(said, kind, same=dict(same or {}), different=dict(different or {}), forget=tuple(forget))
    build_again(home, decisions, on_progress=on_progress, reckon=reckon)
    return decisions


def _refuse_unknown(kind: Kind, known: set[str], alias: str, target: str) -> None:
    for text in (alias, target):
        if text not in known:
            raise GoliveError(
                f"No {kind} is written “{text}” in what was imported.",
                "`golive names --json` lists every spelling. Nothing was kept.",
            )
    if alias == target:
        raise GoliveError(f"“{alias}” can't be another spelling of itself.", "Give two different spellings.")
