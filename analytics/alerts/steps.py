"""From one look to the next: what is told anew, what is over, what came back. The same reason is never told twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analytics.alerts.readings import Reading
    from analytics.alerts.rules import AlertRules, Rule


@dataclass(frozen=True)
class Standing:
    """An alert that was raised before, the newest of its rule and subject; ``ended_date`` where it is over."""

    alert_id: int
    rule_name: str
    subject: str
    raised_date: pd.Timestamp
    ended_date: pd.Timestamp | None = None


@dataclass(frozen=True)
class Raised:
    """An alert to raise.

    Parameters
    ----------
    is_old
        It held before anybody looked: it is listed, so that it is known when it ends, and never sent.
    """

    rule_name: str
    subject: str
    value: float
    before: float | None
    figures: Mapping[str, Any] = field(default_factory=dict)
    is_old: bool = False


@dataclass(frozen=True)
class Step:
    """What one look changes: alerts to raise, and the numbers of those that ended or came back."""

    raised: tuple[Raised, ...] = ()
    ended: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()


def step(
    rules: AlertRules,
    found: Mapping[str, Sequence[Reading]],
    standing: Sequence[Standing],
    as_of_date: pd.Timestamp,
    *,
    looked_before: frozenset[str] = frozenset(),
) -> Step:
    """Compare what rules found with the alerts that stand.

    Parameters
    ----------
    standing
        The newest alert of each rule and subject.
    looked_before
        Rules that were looked at before: what is over the line now and was a week before is old to the others.
    """
    last = {(one.rule_name, one.subject): one for one in standing}
    raised: list[Raised] = []
    ended: list[int] = []
    returned: list[int] = []
    for name, rows in found.items():
        rule = rules.rules[name]
        told = {one.subject: one for one in rows}
        for reading in rows:
            known = last.get((name, reading.subject))
            if _is_to_raise(rule, reading, known, as_of_date, rules.again_after_weeks):
                raised.append(_raised(rule, reading, is_first=name not in looked_before))
                ended += [known.alert_id] if known is not None and known.ended_date is None else []
            elif known is not None and known.ended_date is not None and _is_over_line(rule, reading):
                returned += [] if rule.is_event else [known.alert_id]
        ended += [
            one.alert_id
            for one in standing
            if one.rule_name == name and one.ended_date is None and _is_over(rule, one, told, as_of_date)
        ]
    # What is told anew takes the place of what it was told as before: it ends once.
    return Step(tuple(raised), tuple(dict.fromkeys(ended)), tuple(returned))


def _is_over_line(rule: Rule, reading: Reading) -> bool:
    return reading.value is not None and rule.is_over_line(reading.value)


def _is_to_raise(
    rule: Rule, reading: Reading, known: Standing | None, as_of_date: pd.Timestamp, again_after_weeks: float
) -> bool:
    if not _is_over_line(rule, reading):
        return False
    if known is None or rule.is_event:
        return True
    return known.ended_date is not None and as_of_date - known.ended_date >= pd.Timedelta(weeks=again_after_weeks)


def _raised(rule: Rule, reading: Reading, *, is_first: bool) -> Raised:
    is_old = is_first and reading.before is not None and rule.is_over_line(reading.before)
    value = 0.0 if reading.value is None else reading.value
    return Raised(rule.name, reading.subject, value, reading.before, reading.figures, is_old)


def _is_over(rule: Rule, one: Standing, told: Mapping[str, Reading], as_of_date: pd.Timestamp) -> bool:
    """Tell whether what stands is over: past the line of release, or no longer there. Not known changes nothing."""
    if rule.is_event:
        return as_of_date - one.raised_date >= pd.Timedelta(weeks=rule.numbers["within_weeks"])
    reading = told.get(one.subject)
    if reading is None:
        return True
    return reading.value is not None and rule.is_released(reading.value)
