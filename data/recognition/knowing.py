"""People and projects that Golive knows already, to recognise the columns that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from data.recognition.values import Values

#: Distinct cells that must be known to take a column with a dumb header for people or projects.
_MOST: Final = 0.8
_LEAST_CELLS: Final = 2


@dataclass(frozen=True)
class Known:
    """Ids, names and addresses of people, and ids and names of projects."""

    people: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()

    @cached_property
    def _folded(self) -> dict[str, frozenset[str]]:
        return {
            "person": frozenset(name.casefold() for name in self.people),
            "project": frozenset(name.casefold() for name in self.projects),
        }

    def share(self, what: str, values: Values) -> float:
        """Return the share of distinct cells that are a known ``person`` or ``project``."""
        known = self._folded[what]
        if not known or values.is_empty:
            return 0.0
        return sum(1 for cell in values.cells if cell.casefold() in known) / values.distinct

    def role_of(self, values: Values) -> str:
        """Return the role of a column whose cells nearly all are known, or an empty text."""
        if values.distinct < _LEAST_CELLS:
            return ""
        shares = {"person_id": self.share("person", values), "project_id": self.share("project", values)}
        role = max(shares, key=lambda name: shares[name])
        return role if shares[role] >= _MOST else ""
