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
    return {
        domain.name: np.asarray(_parts_of_score(values, domain.name, settings).sum(axis=0), dtype=np.float64)
        for domain in settings.domains
    }


def index_of(values: Values, settings: StrainSettings) -> Floats:
    """Return the index of people × weeks: the cubic mean of the domains, and at least what one that lasts gives.

    In the mean low domains make up for a high one only partly. A domain that is high for weeks on end counts as hours
    do, whatever its weight: someone on six projects for two months, or on the road, has no other sign.
    """
    scores = domain_scores(values, settings)
    total = np.asarray(sum(domain.weight * scores[domain.name] ** 3 for domain in settings.domains), dtype=np.float64)
    return np.maximum(np.cbrt(total), np.maximum.reduce(list(lasting_parts(values, settings).values())))


def lasting_parts(values: Values, settings: StrainSettings) -> Values:
    """Return what each domain gives by itself where it lasts.

    A rise over the own past says little by itself where weeks are short: it counts from long weeks on.
    """
    scores = domain_scores(values, settings)
    is_long = values["hours_4_weeks"] >= settings["change_alone_hours"] - 1e-4
    scores["change"] = np.where(is_long, scores["change"], 0.0)
    return {domain.name: _lasting(scores[domain.name], settings) for domain in settings.domains}


def _lasting(score: Floats, settings: StrainSettings) -> Floats:
    """Return what a domain gives by itself: its lowest score of the last Mondays, by the share of a lasting one."""
    lowest = score.copy()
    for back in range(1, int(settings["lasting_weeks"])):
        before = np.zeros_like(score)
        before[..., back:] = score[..., :-back]
        lowest = np.minimum(lowest, before)
    return settings["lasting_share"] * lowest


def indicator_shares(values: Values, settings: StrainSettings, lasting: Values | None = None) -> Values:
    """Return how much each indicator has in the index; the shares sum to 1 exactly, or all are 0 when the index is 0.

    A domain has ω·S³ of the sum; within it an indicator has the part of S that it makes. What a lasting domain adds
    to the mean is its own.

    Parameters
    ----------
    lasting
        ``lasting_parts`` of the same cells, where a domain that lasts may have raised the index over the mean.
    """
    scores = domain_scores(values, settings)
    cubes = {domain.name: domain.weight * scores[domain.name] ** 3 for domain in settings.domains}
    if lasting is not None:
        cubes = _with_lasting(cubes, lasting)
    total = np.asarray(sum(cubes.values()), dtype=np.float64)
    shares: Values = {}
    for domain in settings.domains:
        made = _parts_of_score(values, domain.name, settings)
        score = np.maximum(scores[domain.name], 1e-12)
        for number, indicator in enumerate(settings.of_domain(domain.name)):
            shares[indicator.name] = np.where(total > 0, made[number] / score * cubes[domain.name], 0.0)
    whole = np.where(total > 0, total, 1.0)
    return {name: share / whole for name, share in shares.items()}


def _with_lasting(cubes: Values, lasting: Values) -> Values:
    """Give what the index has over the cubic mean to the domain that lasts."""
    parts = np.stack(list(lasting.values()))
    added = np.maximum(parts.max(axis=0) ** 3 - np.asarray(sum(cubes.values()), dtype=np.float64), 0.0)
    which = parts.argmax(axis=0)
    return {name: cubes[name] + np.where(which == number, added, 0.0) for number, name in enumerate(lasting)}


def _parts_of_score(values: Values, domain: str, settings: StrainSettings) -> Floats:
    """Split 0.8·max + 0.2·mean(others) over the indicators of a domain; the first of equals is the highest.

    Indicators that count alone are none of the others.
    """
    indicators, top = settings.of_domain(domain), settings["max_share"]
    parts: Floats = np.stack([i.weight * scaled(i, values[i.name]) for i in indicators])
    if len(parts) == 1:
        return parts
    is_other = np.array([not i.is_alone for i in indicators]).reshape(-1, *[1] * (parts.ndim - 1))
    highest = parts.argmax(axis=0)
    counted = is_other & (np.arange(len(parts)).reshape(is_other.shape) != highest)
    made = np.where(counted, (1 - top) * parts / np.maximum(counted.sum(axis=0), 1), 0.0)
    np.put_along_axis(made, highest[None], top * parts.max(axis=0)[None], axis=0)
    return made
