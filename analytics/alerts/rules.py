"""The rules of alerts: from which value something is told, and past which value it is over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Every rule with the further numbers that it takes.
RULES: Final[dict[str, tuple[str, ...]]] = {
    "late": (),
    "promise": (),
    "moved": ("within_weeks",),
    "level": (),
    "filing": ("least_people",),
    "requests": ("least_count", "weeks"),
    "decision": (),
    "presence": (),
}
#: Told when the figure falls below the line; all others when it reaches it.
_BELOW: Final = frozenset({"promise", "filing"})
#: Something that happened, not a state that lasts: it is told once and over after a while.
_EVENTS: Final = frozenset({"moved"})
_LINES: Final = ("raise_at", "release_at")


class AlertRulesError(ValueError):
    """A table of rules holds something that can't be followed; the text says what."""


@dataclass(frozen=True)
class Rule:
    """One rule.

    Parameters
    ----------
    raise_at, release_at
        The line from which it is told, and the one past which it is over; in the unit of the rule's figure.
    numbers
        What else the rule asks, for example ``weeks``.
    """

    name: str
    raise_at: float
    release_at: float
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_event(self) -> bool:
        """Tell whether it speaks of something that happened instead of a state that lasts."""
        return self.name in _EVENTS

    def is_over_line(self, value: float) -> bool:
        """Tell whether a figure is to be told."""
        return value < self.raise_at if self.name in _BELOW else value >= self.raise_at

    def is_released(self, value: float) -> bool:
        """Tell whether what was told is over."""
        return value >= self.release_at if self.name in _BELOW else value < self.release_at


@dataclass(frozen=True)
class AlertRules:
    """The rules that are on, by name, and for how many weeks a return is the same alert."""

    rules: Mapping[str, Rule]
    again_after_weeks: float


def alert_rules(table: Mapping[str, Any]) -> AlertRules:
    """Read the rules of a table as ``alerts.toml`` holds it.

    Raises
    ------
    AlertRulesError
        A rule or number is not known, missing or not possible; lines that contradict each other are refused, too.
    """
    told = table.get("rules", {})
    unknown = sorted(set(told) - set(RULES))
    if unknown:
        raise AlertRulesError(f"There is no rule {', '.join(unknown)}; rules: {', '.join(RULES)}.")
    rules = [_rule(name, told[name]) for name in RULES if name in told and told[name].get("is_on", True)]
    return AlertRules({one.name: one for one in rules}, _number(table, "again_after_weeks", ""))


def _rule(name: str, told: Mapping[str, Any]) -> Rule:
    allowed = {"is_on", *_LINES, *RULES[name]}
    unknown = sorted(set(told) - allowed)
    if unknown:
        raise AlertRulesError(f"rules.{name} has no {', '.join(unknown)}; it takes {', '.join(sorted(allowed))}.")
    where = f"rules.{name}."
    raise_at, release_at = (_number(told, line, where) for line in _LINES)
    if release_at < raise_at if name in _BELOW else release_at > raise_at:
        raise AlertRulesError(f"{where}release_at lies on the wrong side of raise_at: it would be over when it begins.")
    return Rule(name, raise_at, release_at, {one: _number(told, one, where) for one in RULES[name]})


def _number(table: Mapping[str, Any], name: str, where: str) -> float:
    value = table.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise AlertRulesError(f"{where}{name} is {value!r}; write a number, 0 or more.")
    return float(value)
