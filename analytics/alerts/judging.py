"""Whether alerts of past weeks were right, by what came later; and whether one was told twice for the same reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.view import LATE_AFTER_WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analytics.alerts.rules import AlertRules

#: A project is late when it ends more than so long after its committed date.
_LATE: Final = pd.Timedelta(weeks=LATE_AFTER_WEEKS)
#: A move was real when at least half of it is still there so much later.
_LATER: Final = pd.Timedelta(weeks=4)
_REAL_PART: Final = 0.5


@dataclass(frozen=True)
class Told:
    """An alert of a replayed week; ``ended_date`` is when it was over, if it was."""

    rule_name: str
    subject: str
    day: pd.Timestamp
    figures: Mapping[str, Any]
    ended_date: pd.Timestamp | None = None


@dataclass(frozen=True)
class Judged:
    """Of one rule: how many alerts, how many can be judged by what came, and how many of those were right."""

    rule_name: str
    raised_count: int
    judged_count: int
    right_count: int


def judged(
    told: Sequence[Told], medians: pd.DataFrame, finishes: Mapping[str, pd.Timestamp], last_day: pd.Timestamp
) -> list[Judged]:
    """Judge alerts of late projects by their finish, and of moved forecasts by the forecast of four weeks later.

    The other rules tell what is so on the day: there is nothing to be wrong about later, and they are only counted.

    Parameters
    ----------
    medians
        ``project_id``, ``as_of_date``, ``finish_p50_date`` of the replayed weeks.
    finishes
        When projects were over. One that still runs is late once its committed date lies two weeks back.
    """
    found: dict[str, list[bool | None]] = defaultdict(list)
    for one in told:
        found[one.rule_name].append(_is_right(one, medians, finishes, last_day))
    return [
        Judged(name, len(own), sum(is_right is not None for is_right in own), sum(is_right is True for is_right in own))
        for name, own in sorted(found.items())
    ]


def _is_right(
    one: Told, medians: pd.DataFrame, finishes: Mapping[str, pd.Timestamp], last_day: pd.Timestamp
) -> bool | None:
    project_id = one.figures.get("project_id")
    if one.rule_name == "late":
        committed = one.figures.get("committed_date")
        if committed is None:
            return None
        line = pd.Timestamp(committed) + _LATE
        finish = finishes.get(str(project_id))
        return finish > line if finish is not None else True if last_day > line else None
    if one.rule_name == "moved":
        later = medians[(medians["project_id"] == project_id) & (medians["as_of_date"] >= one.day + _LATER)]
        finish = finishes.get(str(project_id))
        median = finish if later.empty else later.sort_values("as_of_date")["finish_p50_date"].iloc[0]
        if median is None or pd.isna(median):
            return None
        days = (pd.Timestamp(median) - pd.Timestamp(one.figures["finish_p50_date_before"])).days
        return bool(days / float(one.figures["moved_days"]) >= _REAL_PART)
    return None


def repeated(told: Sequence[Told], rules: AlertRules) -> int:
    """Count alerts that tell what an earlier one told: a state that was not over long enough, or the same move."""
    count = 0
    last: dict[tuple[str, str], Told] = {}
    for one in sorted(told, key=lambda each: each.day):
        before = last.get((one.rule_name, one.subject))
        if before is not None:
            if rules.rules[one.rule_name].is_event:
                count += one.figures.get("since_date") != f"{before.day:%Y-%m-%d}" and _is_near(one, before, rules)
            else:
                quiet = pd.Timedelta(weeks=rules.again_after_weeks)
                count += before.ended_date is None or one.day - before.ended_date < quiet
        last[one.rule_name, one.subject] = one
    return count


def _is_near(one: Told, before: Told, rules: AlertRules) -> bool:
    """Tell whether an earlier move still stands where the later one is told: then it is the one to compare with."""
    weeks = rules.rules[one.rule_name].numbers["within_weeks"]
    return one.day - before.day <= pd.Timedelta(weeks=weeks)
