"""Past weeks looked at as if they were now: how many alerts a week there would have been, and which were right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.alerts.judging import Judged, Told, judged, repeated
from analytics.alerts.readings import readings
from analytics.alerts.steps import Standing, step
from dashboard.answers.alerts import frames_of_rows, rules_in_force
from dashboard.answers.days import as_of_date as newest_day
from dashboard.answers.door import home_of
from dashboard.answers.portfolio import projects

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from analytics.alerts.rules import AlertRules
    from analytics.alerts.steps import Step
    from dashboard.answers.viewers import Viewer


@dataclass(frozen=True)
class Replayed:
    """What alerts there would have been.

    Parameters
    ----------
    weeks
        ``as_of_date`` and ``count`` of each week.
    told
        The alerts, in the order of their weeks; what held before the first week is left out.
    repeated_count
        How many were told twice for the same reason.
    """

    weeks: pd.DataFrame
    told: tuple[Told, ...]
    judged: tuple[Judged, ...]
    repeated_count: int


class _Memory:
    """The journal's part: which alerts stand, and what was told."""

    def __init__(self) -> None:
        self.standing: dict[tuple[str, str], Standing] = {}
        self.told: dict[int, Told] = {}
        self.old: set[int] = set()
        self.count = 0

    def take(self, change: Step, day: pd.Timestamp) -> int:
        """Note what a look changed; return how many alerts are told."""
        for key, one in self.standing.items():
            if one.alert_id in change.ended or one.alert_id in change.returned:
                ended = day if one.alert_id in change.ended else None
                self.standing[key] = replace(one, ended_date=ended)
                self.told[one.alert_id] = replace(self.told[one.alert_id], ended_date=ended)
        for new in change.raised:
            self.count += 1
            key = (new.rule_name, new.subject)
            self.standing[key] = Standing(self.count, *key, day)
            self.told[self.count] = Told(*key, day, new.figures)
            self.old |= {self.count} if new.is_old else set()
        return sum(not new.is_old for new in change.raised)

    def said(self, medians: list[tuple[Any, ...]]) -> pd.DataFrame:
        """Return the medians that were told so far, by forecasts and by alerts."""
        alerts = [
            (one.figures["project_id"], one.day, pd.Timestamp(one.figures["finish_p50_date"]), True)
            for one in self.told.values()
            if one.rule_name == "moved"
        ]
        return pd.DataFrame(medians + alerts, columns=["project_id", "as_of_date", "finish_p50_date", "is_alert"])


def replayed(
    file: Path, viewer: Viewer, weeks_count: int, on_progress: Callable[[str, float], None] | None = None
) -> Replayed:
    """Look at the rules on each of the last Sundays, as known then; rules about the journal's own entries rest.

    Nothing is written: what was announced and decided belongs to its own days, not to a replay.
    """
    rules, last = rules_in_force(home_of(file)), newest_day(file)
    memory, rows = _Memory(), []
    medians: list[tuple[Any, ...]] = []
    looked: frozenset[str] = frozenset()
    for number in range(weeks_count):
        if on_progress:
            on_progress("results", number / weeks_count)
        day = last - timedelta(weeks=weeks_count - 1 - number)
        count, found = _week(file, viewer, day, rules, memory, medians, looked)
        looked |= found
        rows.append((pd.Timestamp(day), count))
    told = tuple(one for number, one in memory.told.items() if number not in memory.old)
    weeks = pd.DataFrame(rows, columns=["as_of_date", "count"])
    said = pd.DataFrame(medians, columns=["project_id", "as_of_date", "finish_p50_date", "is_alert"])
    right = judged(told, said, _finishes(file), pd.Timestamp(last))
    return Replayed(weeks, told, tuple(right), repeated(told, rules))


def _week(
    file: Path,
    viewer: Viewer,
    day: date,
    rules: AlertRules,
    memory: _Memory,
    medians: list[tuple[Any, ...]],
    looked: frozenset[str],
) -> tuple[int, frozenset[str]]:
    frames = frames_of_rows(file, viewer, day)
    at = pd.Timestamp(day)
    if frames.forecast is not None and len(frames.forecast):
        told = frames.forecast.dropna(subset=["finish_p50_date"])
        medians += [
            (one, at, median, False) for one, median in zip(told["project_id"], told["finish_p50_date"], strict=True)
        ]
    found = readings(replace(frames, said=memory.said(medians)), rules)
    change = step(rules, found, list(memory.standing.values()), at, looked_before=looked)
    return memory.take(change, at), frozenset(found)


def _finishes(file: Path) -> dict[str, pd.Timestamp]:
    listed = projects(file).dropna(subset=["actual_finish_date"])
    return dict(zip(listed["project_id"], pd.to_datetime(listed["actual_finish_date"]), strict=True))
