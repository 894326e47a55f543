"""Exports of many systems with what an attentive reader takes them for, from ``formats.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Format:
    """One shape of export; ``needs`` are the questions that must be asked."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str
    system: str
    mapping: dict[str, str]
    needs: tuple[str, ...]


def _formats() -> tuple[Format, ...]:
    read = tomllib.loads((Path(__file__).parent / "formats.toml").read_text(encoding="utf-8"))
    found = []
    for name, entry in read.items():
        header, *rows = [tuple(line.split("|")) for line in entry["rows"].strip("\n").split("\n")]
        found.append(
            Format(name, header, tuple(rows), entry["table"], entry["system"], entry["mapping"], tuple(entry["needs"]))
        )
    return tuple(found)


FORMATS = _formats()
