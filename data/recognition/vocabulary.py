"""The words that stand above columns, and which role each of them means."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from data.contracts import TABLES
from data.recognition.labels import read_label

NOISE: Final = "noise"
_FOLDER: Final = Path(__file__).parent
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
#: Two labels count as spellings of one from this likeness on (0 to 100).
_LIKE: Final = 86.0
#: Short words without spaces between them are more unlike for one sign more.
_LIKE_CJK: Final = 80.0
#: A label made of known words is nearly as sure as a known one.
_MADE: Final = 0.97
_ID_WORDS: Final = re.compile(
    r"(?:(?<=\w) ?#| ?(?:id|no|nr|num|number|code|key|nummer|kennung|numero|n°|номер|код|key)"
    r"|编号|编码|代码|代号|号码|单号|編號|編碼|代碼|代號|番号|コード|id)$|^(?:id|n°|numero d[eu]|номер|код) "
)
_DATE_WORDS: Final = re.compile(
    r"^(?:date|datum|date d[eu]|дата) | (?:date|datum|at|on|am|le|day|time)$|(?<=\w\w\w\w)s?datum$"
    r"|(?:日期|时间|時間|日時|日付|年月日)$"
)
_NUMBER_OF: Final = {
    "person_name": "person_id",
    "project_name": "project_id",
    "issue": "issue",
    "package": "package",
    "client_name": "noise",
}
_REQUEST_WORDS: Final = (
    *(
        "cr",
        "change",
        "change request",
        "request",
        "requirement",
        "änderung",
        "anforderung",
        "änderungs",
        "anforderungs",
    ),
    *("demande", "changement", "запроса", "заявки", "изменения", "需求", "变更", "變更", "変更要求", "要望", "变更单"),
)
_TRIP_WORDS: Final = (
    *("trip", "travel", "business trip", "reise", "dienstreise", "voyage", "mission", "déplacement", "viaje", "viagem"),
    *("командировка", "поездка", "出差", "行程", "出張"),
)
#: Words for a number of anything: of hours where the header names their unit.
_AMOUNTS: Final = frozenset({"quantity", "qty", "anzahl", "menge", "quantité", "quantite", "количество", "数量"})
#: Words that stand for a person only when they stand alone.
_TOO_WIDE: Final = frozenset({"name", "nom", "имя", "名前", "who"})
#: Below this length a slip of one letter makes another word.
_MIN_LETTERS: Final = 5
_MIN_SIGNS: Final = 3


@dataclass(frozen=True)
class Role:
    """What a column may mean, apart from any table."""

    name: str
    kind: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """How a header came to a role: ``rank`` is the place among the role's labels, ``likeness`` 1 is the same word."""

    role: str
    label: str
    likeness: float
    rank: int


@cache
def roles() -> dict[str, Role]:
    """Return all roles by their names."""
    with (_FOLDER / "vocabulary.toml").open("rb") as handle:
        read = tomllib.load(handle)
    return {
        name: Role(name, entry["kind"], tuple(dict.fromkeys(read_label(label).text for label in entry["labels"])))
        for name, entry in read.items()
    }


@cache
def _index() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for role in roles().values():
        for rank, label in enumerate(role.labels):
            found.setdefault(label, {})[role.name] = rank
    return found


@cache
def _by_script() -> tuple[list[str], list[str]]:
    """Return the labels in letters, with their words in order, and the ones in signs."""
    labels = list(_index())
    return [label for label in labels if not _CJK.search(label)], [label for label in labels if _CJK.search(label)]


@cache
def contract_names() -> frozenset[str]:
    """Return the contract's own column names, as labels."""
    return frozenset(read_label(column.name).text for table in TABLES.values() for column in table.columns)


@lru_cache(maxsize=16384)
def matches(header: str) -> tuple[Match, ...]:
    """Return the roles that a header can mean by its words alone; the same word first, else like ones."""
    text = read_label(header).text
    for candidate in _candidates(text, header):
        exact = _index().get(candidate)
        if exact:
            likeness = 1.0 if candidate == text else 0.97
            return tuple(Match(role, candidate, likeness, rank) for role, rank in exact.items())
    if text in _AMOUNTS and read_label(header).unit:
        return (Match("duration", text, _MADE, 0),)
    return _by_parts(text) or _like(text)


def _by_parts(text: str) -> tuple[Match, ...]:
    """Understand labels made of a known word and "number" or "date": ``CR #``, ``人员编码``, ``Entscheidung am``."""
    found = _ID_WORDS.sub("", text).strip()
    if found and found != text:
        numbered = [role for word, role in _numbered().items() if word == found]
        if numbered:
            return (Match(numbered[0], found, _MADE, 0),)
    found = _DATE_WORDS.sub("", text).strip()
    if found and found != text:
        dated = _dated().get(found, ())
        return tuple(Match(role, found, _MADE, 0) for role in dated)
    return ()


@cache
def _numbered() -> dict[str, str]:
    """Return the words for a person, a project, a request… → the role of its number."""
    found: dict[str, str] = {}
    for role, number in _NUMBER_OF.items():
        for label in roles()[role].labels:
            if label not in _TOO_WIDE:
                found.setdefault(label, number)
    for words, role in ((_REQUEST_WORDS, "request_id"), (_TRIP_WORDS, "trip_id")):
        for word in words:
            found.setdefault(read_label(word).text, role)
    return found


@cache
def _dated() -> dict[str, tuple[str, ...]]:
    """Return the words of dates without "date" → their roles."""
    found: dict[str, list[str]] = {}
    for role in roles().values():
        if role.kind in ("date", "moment"):
            for label in role.labels:
                stem = _DATE_WORDS.sub("", label).strip()
                if stem and stem != label and role.name not in found.setdefault(stem, []):
                    found[stem].append(role.name)
    return {stem: tuple(names) for stem, names in found.items()}


def _candidates(text: str, header: str) -> list[str]:
    """Return the label, and the label without what systems put before it."""
    found = [text]
    if text.startswith("custom field "):
        found.append(text.removeprefix("custom field "))
    if " / " in header:
        found.append(read_label(header.rsplit(" / ", 1)[1]).text)
    return found


def _like(text: str) -> tuple[Match, ...]:
    is_cjk = bool(_CJK.search(text))
    if len(text) < (_MIN_SIGNS if is_cjk else _MIN_LETTERS):
        return ()
    letters, signs = _by_script()
    found = process.extract(
        text,
        signs if is_cjk else letters,
        scorer=fuzz.ratio if is_cjk else fuzz.token_sort_ratio,
        score_cutoff=_LIKE_CJK if is_cjk else _LIKE,
        limit=8,
    )
    best: dict[str, Match] = {}
    for label, likeness, _ in found:
        if len(label) < (_MIN_SIGNS if is_cjk else _MIN_LETTERS):
            continue
        for role, rank in _index()[label].items():
            match = Match(role, label, likeness / 100, rank)
            if role not in best or best[role].likeness < match.likeness:
                best[role] = match
    return tuple(best.values())


@lru_cache(maxsize=16384)
def is_known(header: str) -> bool:
    """Say whether a cell reads like a header that Golive knows."""
    text = read_label(header).text
    return text in contract_names() or any(candidate in _index() for candidate in _candidates(text, header))
