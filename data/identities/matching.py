"""Which spellings are one person or one project: for sure, perhaps, or not at all.

Sure are only equal ids (but for case, width and spaces), equal e-mail addresses and equal full names that no two
listed people share. Everything else is a suggestion: two people are not made one because their names are alike.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz import fuzz, process

from data.identities.lookalikes import look_alikes, looks
from data.identities.names import (
    folded,
    is_initials_of,
    is_longer_name,
    latin_keys,
    login_key,
    login_keys,
    name_key,
    parts_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.identities.decisions import Decisions

    #: From a spelling to the listed ids that it may be, each with the reason.
    _Way = Callable[[str], list[tuple[str, str]]]

Kind = Literal["person", "project"]
KINDS: Final[tuple[Kind, ...]] = ("person", "project")
_ALIKE: Final = 88.0
_SHORTEST: Final = 6
_SUGGESTIONS: Final = 3
#: Comparing everybody with everybody takes minutes beyond that.
_MOST_COMPARED: Final = 3_000


@dataclass(frozen=True)
class Known:
    """Somebody or something on a list, in the order of the lists."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Match:
    """A spelling that is taken for a listed id; ``reason`` is one of same_id, same_email, same_name, decided."""

    alias: str
    target: str
    reason: str


@dataclass(frozen=True)
class Suggestion:
    """A spelling that may be a listed id: pinyin, initials, more_names, login, similar, look_alike, number_in_name."""

    alias: str
    target: str
    reason: str


@dataclass(frozen=True)
class Matches:
    """What is one, what may be one, and what is on no list."""

    matches: tuple[Match, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    only_seen: tuple[str, ...] = ()

    @property
    def aliases(self) -> dict[str, str]:
        """Spelling → the id that it is taken for."""
        return {match.alias: match.target for match in self.matches}


@dataclass
class _Index:
    """The listed ones by everything that makes them the same for sure."""

    ids: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def matches_of(
    kind: Kind, listed: Sequence[Known], seen: Iterable[str], decisions: Decisions, *, is_suggesting: bool = True
) -> Matches:
    """Match what was seen with what is listed.

    Parameters
    ----------
    listed, seen
        In the order of their arrival: of two spellings the earlier one stays.
    is_suggesting
        An import needs no suggestions, and they take by far the longest.
    """
    same, different = decisions.same.get(kind, {}), decisions.different.get(kind, set())
    index, found = _index(kind, listed, same, different)
    ids = {one.id for one in listed}
    first_spelling: dict[str, str] = {}
    only_seen: list[str] = []
    for text in dict.fromkeys(seen):
        if text in ids or text in found:
            continue
        match = _sure(text, same, index, different)
        if match is None:
            earlier = first_spelling.setdefault(folded(text), text)
            if earlier == text or (text, earlier) in different:
                only_seen.append(text)
                continue
            match = Match(text, earlier, "same_id")
        found[text] = match
    settled = _without_chains(found)
    suggestions = _suggestions(kind, listed, only_seen, different) if is_suggesting else []
    if is_suggesting:
        apart = [one.id for one in listed if one.id not in found]
        suggestions = _with_look_alikes([*apart, *only_seen], suggestions, different)
    return Matches(tuple(settled.values()), tuple(suggestions), tuple(only_seen))


def _with_look_alikes(
    apart: list[str], suggestions: list[Suggestion], different: set[tuple[str, str]]
) -> list[Suggestion]:
    """Put pairs that the eye can't tell apart before the others, also where both are listed or neither is."""
    pairs = [pair for pair in look_alikes(apart) if pair not in different]
    alike = [Suggestion(text, earlier, "look_alike") for text, earlier in pairs]
    return [*alike, *(one for one in suggestions if (one.alias, one.target) not in set(pairs))]


def _index(
    kind: Kind, listed: Sequence[Known], same: dict[str, str], different: set[tuple[str, str]]
) -> tuple[_Index, dict[str, Match]]:
    """Index the listed ones; those that two lists hold under two ids are matched with each other."""
    index, found = _Index(), {}
    for one in listed:
        match = _decided(one.id, same) or _listed_twice(one, index, different)
        if match is not None:
            found[one.id] = match
            continue
        index.ids.setdefault(folded(one.id), one.id)
        if one.email:
            index.emails.setdefault(folded(one.email), one.id)
        key = name_key(one.name) if kind == "person" else folded(one.name)
        if key:
            index.names[key].add(one.id)
    return index, found


def _listed_twice(one: Known, index: _Index, different: set[tuple[str, str]]) -> Match | None:
    for table, text, reason in ((index.ids, one.id, "same_id"), (index.emails, one.email, "same_email")):
        target = table.get(folded(text)) if text else None
        if target and target != one.id and (one.id, target) not in different:
            return Match(one.id, target, reason)
    return None


def _decided(text: str, same: dict[str, str]) -> Match | None:
    target = same.get(text)
    return Match(text, target, "decided") if target and target != text else None


def _sure(text: str, same: dict[str, str], index: _Index, different: set[tuple[str, str]]) -> Match | None:
    decided = _decided(text, same)
    if decided:
        return decided
    names = index.names.get(name_key(text)) or index.names.get(folded(text)) or set()
    candidates = (
        (index.ids.get(folded(text)), "same_id"),
        (index.emails.get(folded(text)), "same_email"),
        (next(iter(names)) if len(names) == 1 else None, "same_name"),
    )
    for target, reason in candidates:
        if target and (text, target) not in different:
            return Match(text, target, reason)
    return None


def _without_chains(found: dict[str, Match]) -> dict[str, Match]:
    """Let every spelling point to the last target; decisions that go round in a circle are left alone."""
    settled = {}
    for alias, match in found.items():
        target, passed = match.target, {alias}
        while target in found and target not in passed:
            passed.add(target)
            target = found[target].target
        if target not in passed:
            settled[alias] = Match(alias, target, match.reason)
    return settled


def _suggestions(
    kind: Kind, listed: Sequence[Known], only_seen: Sequence[str], different: set[tuple[str, str]]
) -> list[Suggestion]:
    """Return up to three listed ones for each spelling that is on no list."""
    ways = _person_ways(listed) if kind == "person" else _project_ways(listed)
    found = []
    for text in only_seen[:_MOST_COMPARED]:
        taken: dict[str, str] = {}
        for way in ways:
            for target, reason in way(text):
                if (text, target) not in different:
                    taken.setdefault(target, reason)
        found += [Suggestion(text, target, reason) for target, reason in list(taken.items())[:_SUGGESTIONS]]
    return found


def _person_ways(listed: Sequence[Known]) -> list[_Way]:
    by_latin = _grouped((key, one.id) for one in listed for key in latin_keys(one.name))
    by_login = _grouped((key, one.id) for one in listed for key in login_keys(one.name))
    by_name = _grouped((name_key(one.name), one.id) for one in listed if name_key(one.name))

    def pinyin(text: str) -> list[tuple[str, str]]:
        both = [*by_latin.get(name_key(text), ()), *(one for key in latin_keys(text) for one in by_name.get(key, ()))]
        return [(target, "pinyin") for target in dict.fromkeys(both)]

    def login(text: str) -> list[tuple[str, str]]:
        return [(target, "login") for target in by_login.get(login_key(text), ())] if " " not in text.strip() else []

    by_looks = _grouped((looks(name_key(one.name)), one.id) for one in listed if name_key(one.name))

    def alike(text: str) -> list[tuple[str, str]]:
        return [(target, "look_alike") for target in by_looks.get(looks(name_key(text)), ())]

    by_part = _grouped((part, one.id) for one in listed for part in parts_of(one.name))
    names = {one.id: one for one in listed}

    def parts(text: str) -> list[tuple[str, str]]:
        found = []
        # Both ways share a whole part with the name, so that the others need no look.
        for one in [
            names[near] for near in dict.fromkeys(id_ for part in parts_of(text) for id_ in by_part.get(part, ()))
        ]:
            if is_initials_of(text, one.name) or is_initials_of(one.name, text):
                found.append((one.id, "initials"))
            elif is_longer_name(text, one.name) or is_longer_name(one.name, text):
                found.append((one.id, "more_names"))
        return found

    return [alike, pinyin, login, parts, _similar({one.id: name_key(one.name) for one in listed}, name_key)]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found


def _project_ways(listed: Sequence[Known]) -> list[_Way]:
    def number(text: str) -> list[tuple[str, str]]:
        first = folded(text)
        return [
            (one.id, "number_in_name")
            for one in listed
            if first.startswith(f"{folded(one.id)} ") or first.endswith((f" {folded(one.id)}", f"({folded(one.id)})"))
        ]

    names = {one.id: folded(one.name) for one in listed}
    return [number, _similar(names, folded), _similar({one.id: folded(one.id) for one in listed}, folded)]


def _similar(names: dict[str, str], key_of: Callable[[str], str]) -> _Way:
    able = {one: name for one, name in names.items() if len(name) >= _SHORTEST}

    def similar(text: str) -> list[tuple[str, str]]:
        key = key_of(text)
        if len(key) < _SHORTEST:
            return []
        best = process.extract(key, able, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_SUGGESTIONS)
        return [(str(target), "similar") for _name, _score, target in best]

    return similar
