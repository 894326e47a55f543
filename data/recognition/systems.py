"""Which system wrote a file, by the set of labels above its columns."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.recognition.labels import read_label

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN: Final = "unknown"
_FILE: Final = Path(__file__).parent / "systems.toml"


@dataclass(frozen=True)
class System:
    """What is known about the files of one system.

    Parameters
    ----------
    roles
        Label → role where the word alone would mislead; ``noise`` means nothing that is kept.
    empty
        What it writes for nothing.
    unit
        The unit of its durations where the file names none.
    """

    name: str = UNKNOWN
    table: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    unit: str = ""
    evidence: int = 0


@dataclass(frozen=True)
class _Print:
    system: System
    all: frozenset[str]
    some: frozenset[str]
    least: int


@cache
def _prints() -> tuple[_Print, ...]:
    with _FILE.open("rb") as handle:
        entries = tomllib.load(handle)["system"]
    found: list[_Print] = []
    for entry in entries:
        system = System(
            entry["name"],
            entry["table"],
            tuple((read_label(label).text, role) for label, role in entry.get("roles", {}).items()),
            tuple(entry.get("empty", ())),
            entry.get("unit", ""),
        )
        if entry.get("some") or entry.get("all"):
            found.append(_Print(system, _labels(entry["all"]), _labels(entry["some"]), entry["least"]))
        found += [_Print(system, _labels(labels), frozenset(), 0) for labels in entry.get("sets", ())]
    return tuple(found)


def _labels(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(read_label(text).text for text in texts)


def find_system(names: Iterable[str]) -> System:
    """Return the system whose labels these are; ``unknown`` when none is recognised.

    The one of which most labels are there wins.
    """
    names = list(names)
    labels = {read_label(name).text for name in names}
    labels |= {read_label(name.rsplit(" / ", 1)[1]).text for name in names if " / " in name}
    best: tuple[int, System] | None = None
    for known in _prints():
        if not known.all <= labels:
            continue
        some = len(known.some & labels)
        if some < known.least:
            continue
        evidence = len(known.all) + some
        if best is None or evidence > best[0]:
            best = (evidence, known.system)
    if best is None:
        return System()
    evidence, system = best
    return System(system.name, system.table, system.roles, system.empty, system.unit, evidence)
