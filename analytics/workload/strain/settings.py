"""Anchors, weights and windows of the index as data: where they come from, and which version they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The domains in the order in which they are shown.
DOMAINS = ("hours", "rest", "travel", "unsocial", "fragmentation", "change", "client")

#: Characters of the content's SHA-256 that name a version.
_VERSION_LENGTH = 12


class StrainSettingsError(ValueError):
    """The settings can't be used; the message says which line is wrong."""


@dataclass(frozen=True)
class Indicator:
    """One indicator: the values at which it reaches 0, 50 (watch) and 100 (high).

    Parameters
    ----------
    weight
        Factor on the 0–100 value before it enters its domain; 0 shows the indicator as a fact only.
    is_alone
        It counts where it is the highest of its domain, and not among the others: its absence is the usual case.
    grade
        Of the evidence: A law or large meta-analysis, B several observational studies, C weak studies or policy.
    """

    name: str
    code: str
    domain: str
    zero: float
    watch: float
    high: float
    unit: str
    source: str
    grade: str
    weight: float = 1.0
    is_alone: bool = False


@dataclass(frozen=True)
class Rule:
    """A number of the method that is no anchor, with its source."""

    name: str
    value: float
    source: str
    grade: str


@dataclass(frozen=True)
class Domain:
    """A domain and its weight in the cubic mean."""

    name: str
    weight: float
    source: str
    grade: str


@dataclass(frozen=True)
class StrainSettings:
    """Everything about the index that a works council may argue about."""

    version: str
    domains: tuple[Domain, ...]
    indicators: tuple[Indicator, ...]
    rules: Mapping[str, Rule]

    def __getitem__(self, rule: str) -> float:
        """Return the value of a rule."""
        return self.rules[rule].value

    def of_domain(self, domain: str) -> tuple[Indicator, ...]:
        """Return the indicators that enter a domain."""
        return tuple(i for i in self.indicators if i.domain == domain and i.weight > 0)


def strain_settings(table: Mapping[str, Any]) -> StrainSettings:
    """Return settings from the content of the file; its hash is the version.

    Raises
    ------
    StrainSettingsError
        When a line lacks its source or grade, anchors don't rise, a domain is unknown or weights don't sum to 1.
    """
    try:
        domains = tuple(Domain(name=name, **table["domains"][name]) for name in DOMAINS)
        indicators = tuple(Indicator(name=name, **line) for name, line in table["indicators"].items())
        rules = {name: Rule(name=name, **line) for name, line in table["rules"].items()}
    except (KeyError, TypeError) as error:
        raise StrainSettingsError(f"The settings of the strain index are not complete: {error}.") from error
    _check(domains, indicators, rules)
    content = json.dumps(table, sort_keys=True, ensure_ascii=True, default=str)
    version = hashlib.sha256(content.encode("ascii")).hexdigest()[:_VERSION_LENGTH]
    return StrainSettings(version, domains, indicators, rules)


def _check(domains: tuple[Domain, ...], indicators: tuple[Indicator, ...], rules: Mapping[str, Rule]) -> None:
    lines: tuple[Domain | Indicator | Rule, ...] = (*domains, *indicators, *rules.values())
    for line in lines:
        if not line.source or line.grade not in {"A", "B", "C"}:
            raise StrainSettingsError(f"{line.name} needs a source, and a grade of A, B or C.")
    for indicator in indicators:
        if not indicator.zero < indicator.watch < indicator.high:
            raise StrainSettingsError(f"The anchors of {indicator.name} must rise from zero to watch to high.")
        if indicator.domain not in DOMAINS or not 0 <= indicator.weight <= 1:
            raise StrainSettingsError(f"{indicator.name} needs a known domain and a weight from 0 to 1.")
    if abs(sum(domain.weight for domain in domains) - 1) > 1e-9:
        raise StrainSettingsError("The weights of the domains must sum to 1.")
