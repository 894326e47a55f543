"""Search over everything that has a page: projects, people, clients and change requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from dashboard.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["project", "person", "client", "request"]

#: In this order kinds are shown.
KINDS: Final[tuple[Kind, ...]] = ("project", "person", "client", "request")
#: So many of each kind are shown; more words find the others.
SHOWN_COUNT: Final = 6


@dataclass(frozen=True)
class Thing:
    """What can be found.

    Parameters
    ----------
    kind, key
        What it is, and its id; of a request the id of its project is in ``project_id``.
    title, detail
        What is shown of it.
    sought
        What is looked through: id, names, also in Latin letters, folded.
    """

    kind: Kind
    key: str
    title: str
    detail: str
    sought: str
    project_id: str = ""


@dataclass(frozen=True)
class Hits:
    """What was found of one kind: the best of them, and how many there are."""

    kind: Kind
    things: tuple[Thing, ...]
    count: int


def search(things: Sequence[Thing], folded_words: str) -> list[Hits]:
    """Return what holds every word, by kind, what begins with the first word before what only holds it.

    Parameters
    ----------
    folded_words
        What is looked for, folded as ``Thing.sought`` is.
    """
    sought = folded_words.split()
    if not sought:
        return []
    found = [(_rank(one, sought), place, one) for place, one in enumerate(things) if _holds(one, sought)]
    ordered = [one for _rank_of, _place, one in sorted(found, key=lambda hit: hit[:2])]
    by_kind = [(kind, [one for one in ordered if one.kind == kind]) for kind in KINDS]
    return [Hits(kind, tuple(own[:SHOWN_COUNT]), len(own)) for kind, own in by_kind if own]


def _holds(one: Thing, sought: Sequence[str]) -> bool:
    return all(word in one.sought for word in sought)


def _rank(one: Thing, sought: Sequence[str]) -> int:
    """Return 0 for a title or id that is just this, 1 for one that begins so, 2 where a word does, else 3."""
    whole = " ".join(sought)
    if whole in (one.key.casefold(), one.title.casefold()):
        return 0
    if one.sought.startswith(whole):
        return 1
    return 2 if f" {sought[0]}" in one.sought else 3


def kind_words(kind: Kind, count: int) -> str:
    """Return the head of what was found of a kind, with how many there are."""
    heads = {
        "project": _("Projects · {count}"),
        "person": _("People · {count}"),
        "client": _("Clients · {count}"),
        "request": _("Requests · {count}"),
    }
    return heads[kind].format(count=count)


def nothing_sentence(words: str) -> str:
    """Say that nothing was found, and what is looked through."""
    return _("Nothing holds “{words}”: projects, people, clients and requests are looked through.").format(words=words)
