"""Which roles belong to which table of the contract, and what tells the tables apart."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PERSON_ROLES: Final = ("person_id", "person_login", "person_email", "person_name", "first_name", "last_name")
PROJECT_ROLES: Final = ("project_id", "project_name")
_FILE: Final = Path(__file__).parent / "tables.toml"


@dataclass(frozen=True)
class Meaning:
    """One table as files show it.

    Parameters
    ----------
    roles
        Role → column of the contract; empty where the role only helps to understand the file.
    needed
        Groups of roles of which one must be there, by the column that the table can't do without.
    telling
        How much a role speaks for this table.
    """

    name: str
    roles: dict[str, str]
    needed: dict[str, tuple[str, ...]]
    telling: dict[str, float]


def _meanings() -> dict[str, Meaning]:
    with _FILE.open("rb") as handle:
        read = tomllib.load(handle)
    return {
        name: Meaning(
            name,
            dict(entry["roles"]),
            {target: tuple(group) for target, group in entry["needed"].items()},
            {role: float(weight) for role, weight in entry["telling"].items()},
        )
        for name, entry in read.items()
    }


MEANINGS: Final = _meanings()
