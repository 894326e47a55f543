"""What was reported and done while a project ran: first amber, replans, scope cuts, people added, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from analytics.postmortem.case import WEEK

if TYPE_CHECKING:
    from analytics.postmortem.case import Case

ActionKind: TypeAlias = Literal["replan", "scope_cut", "people_added", "decision"]
#: One more person in the mean of four weeks than in the four before.
_MORE_PEOPLE: Final = 1.0
_SIDE_WEEKS: Final = 4
#: In the first weeks a team only fills up.
_FILLING_WEEKS: Final = 8
#: Fewer hours in a week are a visit.
_PRESENT_HOURS: Final = 8.0
WARNING_STATES: Final = ("amber", "red")


@dataclass(frozen=True, eq=False)
class TurningPoints:
    """``actions``: ``date``, ``kind``, ``what`` (text as recorded, or empty), in order of time.

    ``latency_weeks`` lies between the first knowable week and the first action after it; nothing where one is missing.
    ``actions_before_count`` is how many came earlier.
    """

    actions: pd.DataFrame
    first_warning_date: pd.Timestamp | None
    first_action_date: pd.Timestamp | None
    latency_weeks: float | None
    actions_before_count: int


def turning_points_of(
    case: Case, reports: pd.DataFrame, decisions: pd.DataFrame, knowable_week: pd.Timestamp | None
) -> TurningPoints:
    """Return what was done, and how long after it could have been known.

    Parameters
    ----------
    reports
        ``known_at``, ``as_of_date``, ``planned_finish_date``, ``reported_status``: as they were first filed, so that a
        report that was corrected later counts as it stood.
    decisions
        ``decided_at``, ``title``: decisions on this project in the journal.
    """
    actions = pd.concat(
        [_replans(reports), _scope_cuts(case), _people_added(case), _decisions(decisions)], ignore_index=True
    )
    actions = actions[actions["date"] <= case.end_date].sort_values("date", kind="stable", ignore_index=True)
    warned = reports[reports["reported_status"].isin(WARNING_STATES)]
    first_warning = pd.Timestamp(warned["known_at"].min()).normalize() if len(warned) else None
    if knowable_week is None:
        return TurningPoints(actions, first_warning, None, None, 0)
    after = actions[actions["date"] >= knowable_week]
    before = len(actions) - len(after)
    if after.empty:
        return TurningPoints(actions, first_warning, None, None, before)
    first = pd.Timestamp(after["date"].iloc[0])
    return TurningPoints(actions, first_warning, first, (first.normalize() - knowable_week) / WEEK, before)


def _rows(days: list[pd.Timestamp], kind: ActionKind, what: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"date": pd.Series(days, dtype="datetime64[us]"), "kind": kind, "what": what})


def _replans(reports: pd.DataFrame) -> pd.DataFrame:
    rows = reports.dropna(subset=["planned_finish_date"]).sort_values("known_at", kind="stable")
    moved = (
        rows["planned_finish_date"].ne(rows["planned_finish_date"].shift())
        & rows["planned_finish_date"].shift().notna()
    )
    days = [pd.Timestamp(day).normalize() for day in rows.loc[moved, "known_at"]]
    return _rows(days, "replan", [f"{pd.Timestamp(day):%Y-%m-%d}" for day in rows.loc[moved, "planned_finish_date"]])


def _scope_cuts(case: Case) -> pd.DataFrame:
    cut = case.approved[case.approved["estimated_hours"] < 0]
    return _rows(list(cut["counted_from"]), "scope_cut", [str(one) for one in cut["change_request_id"]])


def _people_added(case: Case) -> pd.DataFrame:
    present = case.people[case.people["worked_hours"] >= _PRESENT_HOURS]
    if present.empty:
        return _rows([], "people_added", [])
    counts = present.groupby("week_start_date")["person_id"].nunique()
    weeks = pd.date_range(counts.index.min(), counts.index.max(), freq="7D")
    size = counts.reindex(weeks, fill_value=0).to_numpy(dtype=np.float64)
    found: list[pd.Timestamp] = []
    last = -_SIDE_WEEKS
    for at in range(max(_FILLING_WEEKS, _SIDE_WEEKS), len(size) - _SIDE_WEEKS + 1):
        more = size[at : at + _SIDE_WEEKS].mean() - size[at - _SIDE_WEEKS : at].mean()
        if more >= _MORE_PEOPLE and size[at] > size[at - 1] and at - last > _SIDE_WEEKS:
            found.append(weeks[at])
            last = at
    return _rows(found, "people_added", [""] * len(found))


def _decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    days = [pd.Timestamp(day).normalize() for day in decisions["decided_at"]] if len(decisions) else []
    return _rows(days, "decision", [str(one) for one in decisions["title"]] if len(decisions) else [])
