"""The documented shapes of exports, read from ``shapes.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "ru", "zh", "ja")


@dataclass(frozen=True)
class ShapeColumn:
    """A label, how its cells are written, and what it may become."""

    label: str
    kind: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What one system writes, in each language that is known."""

    system: str
    name: str
    table: str
    days: tuple[str, ...]
    clocks: tuple[str, ...]
    decimals: tuple[str, ...]
    asks: tuple[str, ...]
    columns: dict[str, tuple[ShapeColumn, ...]]


def read_shapes() -> tuple[Shape, ...]:
    """Return all shapes."""
    read = tomllib.loads((Path(__file__).parent / "shapes.toml").read_text(encoding="utf-8"))
    return tuple(
        Shape(
            system=one["system"],
            name=one.get("name", one["system"]),
            table=one["table"],
            days=tuple(one["days"]),
            clocks=tuple(one.get("clocks", ("%H:%M",))),
            decimals=tuple(one["decimals"]),
            asks=tuple(one.get("asks", ())),
            columns={language: _columns(one[language]["columns"]) for language in LANGUAGES if language in one},
        )
        for one in read["shape"]
    )


def _columns(text: str) -> tuple[ShapeColumn, ...]:
    found = []
    for line in text.strip().splitlines():
        label, _, rest = line.partition(" := ")
        kind, _, targets = rest.partition(" > ")
        found.append(ShapeColumn(label, kind.strip(), tuple(filter(None, targets.strip().split(",")))))
    return tuple(found)
