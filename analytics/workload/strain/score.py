"""From indicators to the index: φ, domains, cubic mean, and exact shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analytics.workload.grid import Floats
    from analytics.workload.strain.indicators import Values
    from analytics.workload.strain.settings import Indicator, StrainSettings


def scaled(indicator: Indicator, value: Floats) -> Floats:
    """Return φ: 0 up to ``zero``, 50 at ``watch``, 100 from ``high`` on, straight in between."""
    below = np.clip(50 * (value - indicator.zero) / (indicator.watch - indicator.zero), 0, 50)
    above = np.clip(50 * (value - indicator.watch) / (indicator.high - indicator.watch), 0, 50)
    return below + above


def domain_scores(values: Values, settings: StrainSettings) -> Values:
    """Return 0–100 for each domain: 0.8 of its highest indicator and 0.2 of the mean of the others.

    An indicator that can't be computed counts as 0 among the others, so that a gap never raises a score.
    """
    scores: Values = {}
    top = settings["max_share"]
    for domain in settings.domains:
        parts = [i.weight * scaled(i, values[i.name]) for i in settings.of_domain(domain.name)]
        highest = np.maximum.reduce(parts)
        rest = (sum(parts) - highest) / max(len(parts) - 1, 1)
        scores[domain.name] = top * highest + (1 - top) * rest if len(parts) > 1 else highest
    return scores


def index_of(scores: Values, settings: StrainSettings) -> Floats:
    """Return the cubic mean of the domains: only partly do low ones make up for a high one."""
    total = sum(domain.weight * scores[domain.name] ** 3 for domain in settings.domains)
    return np.cbrt(np.asarray(total, dtype=np.float64))


def indicator_shares(values: Values, settings: StrainSettings) -> Values:
    """Return how much each indicator has in the index; the shares sum to 1 exactly, or all are 0 when the index is 0.

    A domain has ω·S³ of the sum; within it an indicator has the part of S that it makes.
    """
    scores = domain_scores(values, settings)
    cubes = {domain.name: domain.weight * scores[domain.name] ** 3 for domain in settings.domains}
    total = np.asarray(sum(cubes.values()), dtype=np.float64)
    shares: Values = {}
    for domain in settings.domains:
        indicators = settings.of_domain(domain.name)
        parts = np.stack([i.weight * scaled(i, values[i.name]) for i in indicators])
        made = _parts_of_score(parts, settings["max_share"])
        score = np.maximum(scores[domain.name], 1e-12)
        for number, indicator in enumerate(indicators):
            shares[indicator.name] = np.where(total > 0, made[number] / score * cubes[domain.name], 0.0)
    whole = np.where(total > 0, total, 1.0)
    return {name: share / whole for name, share in shares.items()}


def _parts_of_score(parts: Floats, top: float) -> Floats:
    """Split 0.8·max + 0.2·mean(rest) over the indicators; the first of equals is the highest."""
    if len(parts) == 1:
        return parts
    made = (1 - top) * parts / (len(parts) - 1)
    highest = parts.argmax(axis=0)
    np.put_along_axis(made, highest[None], top * parts.max(axis=0)[None], axis=0)
    return made
