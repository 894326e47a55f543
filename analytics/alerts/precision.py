"""How often telling was right, on one's own history: of so many alerts of a rule so many were acted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Precision:
    """Of one rule: how many alerts were sent or shown, acted on, found needless, and not answered yet."""

    rule_name: str
    raised_count: int
    acted_count: int
    needless_count: int

    @property
    def open_count(self) -> int:
        """Return how many nobody has answered."""
        return self.raised_count - self.acted_count - self.needless_count

    @property
    def share(self) -> float | None:
        """Return the share of the answered alerts that were acted on; nothing where none was answered."""
        answered = self.acted_count + self.needless_count
        return self.acted_count / answered if answered else None


def precisions(answers: Iterable[tuple[str, bool | None]]) -> list[Precision]:
    """Count by rule, in the order of names.

    Parameters
    ----------
    answers
        Of each alert its rule, and whether it was acted on (``None``: nobody has said).
    """
    counts: dict[str, list[int]] = {}
    for rule_name, is_acted in answers:
        own = counts.setdefault(rule_name, [0, 0, 0])
        own[0] += 1
        own[1] += is_acted is True
        own[2] += is_acted is False
    return [Precision(name, *own) for name, own in sorted(counts.items())]
