"""But for a cause: the finish of the same project with one thing taken out; collapsed as-built.

The as-built project is replayed without the cause, everything else as it was (AACE RP 29R-03, method 3.9). The answer
differs from the account: there a request counts at the planned pace, here at the pace at which work was really done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.postmortem.account import CAUSES, WHOLE_WEEKS
from analytics.postmortem.spells import Spell, productive_hours

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from analytics.evaluation.scores import Floats
    from analytics.postmortem.account import Account
    from analytics.postmortem.case import Case

#: Causes that can be taken out as a whole: all but what the replay leaves open.
REMOVABLE: Final = tuple(cause for cause in CAUSES if cause != "open_work")


@dataclass(frozen=True)
class Removal:
    """What is taken out: a cause as a whole, or one department, request, absence or spell of it.

    ``key`` is a department (of ``scope``), the id of a request (``request``), of a person (``absence``), or the place
    in which a spell begins (``spell``).
    """

    kind: str
    key: str = ""


def weeks_earlier(case: Case, account: Account, removals: Iterable[Removal]) -> float:
    """Return how many weeks earlier the project would have ended but for these things; below zero is later.

    The replay ends when the work earned reaches the whole scope, at the planned pace from the true end on where it does
    not. Hours that are given back bring the usual yield of the project.
    """
    nothing = _Change(np.zeros(len(account.built.weeks)), 0.0)
    change = nothing
    for removal in removals:
        change = change.with_more(_change(case, account, removal))
    return _finish_weeks(account, nothing) - _finish_weeks(account, change)


@dataclass(frozen=True, eq=False)
class _Change:
    """Work earned more by week, scope that is not there, and the spells that are taken out."""

    more_earned: Floats
    less_scope: float
    spells: frozenset[Spell] = frozenset()

    def with_more(self, other: _Change) -> _Change:
        return _Change(
            self.more_earned + other.more_earned, self.less_scope + other.less_scope, self.spells | other.spells
        )


def _finish_weeks(account: Account, change: _Change) -> float:
    """Return the replayed duration in weeks since the planned start.

    Spells of idle or nearly idle weeks happen whatever the scope is: they keep their length and their little work, and
    what is left is done in the weeks between them. A spell that is taken out is work at the usual yield, or where it
    has its weeks whole, no time at all.
    """
    built = account.built
    length = built.weeks["length"].to_numpy(dtype=np.float64)
    earned = built.weeks["earned_hours"].to_numpy(dtype=np.float64) + change.more_earned
    is_work = np.ones(len(length), dtype=bool)
    kept_weeks = 0.0
    for spell in account.spells:
        inside = slice(spell.first, spell.last + 1)
        if spell.kind == "handover":
            continue
        is_whole = spell.kind in WHOLE_WEEKS
        if spell not in change.spells:
            kept_weeks += float(length[inside].sum())
        if is_whole or spell not in change.spells:
            is_work[inside] = False
    scope = built.budget_hours + float(built.weeks["added_hours"].sum()) - built.open_hours - change.less_scope
    wanted = scope - float(earned[~is_work].sum())
    return kept_weeks + _reached(np.cumsum(earned[is_work]), np.cumsum(length[is_work]), wanted, built.pace)


def _reached(done: Floats, ends: Floats, wanted: float, pace: float) -> float:
    """Return when the work done first reaches what is wanted, in weeks; beyond the end at the planned pace."""
    places = np.flatnonzero(done >= wanted - 1e-6)
    if not len(places):
        so_far, weeks = (done[-1], ends[-1]) if len(done) else (0.0, 0.0)
        return float(weeks + (wanted - so_far) / pace)
    place = int(places[0])
    before, start = (done[place - 1], ends[place - 1]) if place else (0.0, 0.0)
    share = (wanted - before) / max(done[place] - before, 1e-9)
    return float(start + np.clip(share, 0.0, 1.0) * (ends[place] - start))


def _change(case: Case, account: Account, removal: Removal) -> _Change:
    kind = removal.kind
    if kind in {"scope", "scope_cut", "request"}:
        return _less_scope(account, removal)
    if kind == "absence":
        own = case.leave[case.leave["person_id"].eq(removal.key)]
        return _given_back(account, _leave_of(account, own))
    if kind in {"leave", "staffing", "rework"}:
        return _given_back(account, account.losses[kind].to_numpy(dtype=np.float64) * account.built.pace)
    if kind == "productivity":
        return _Change(account.losses[kind].to_numpy(dtype=np.float64) * account.built.pace, 0.0)
    kinds = {"gate": {"gate", "go_live_wait"}}.get(kind, {kind})
    chosen = {spell.first for spell in account.spells if spell.kind in kinds}
    return _without_spells(account, {int(removal.key)} if kind == "spell" else chosen)


def _less_scope(account: Account, removal: Removal) -> _Change:
    rows = account.requests
    if removal.kind == "request":
        chosen = rows["change_request_id"].astype("str").eq(removal.key)
    else:
        chosen = rows["delay_weeks"].lt(0) if removal.kind == "scope_cut" else rows["delay_weeks"].gt(0)
        if removal.key:
            chosen &= rows["department"].eq(removal.key)
    return _Change(np.zeros(len(account.built.weeks)), float(rows.loc[chosen, "estimated_hours"].sum()))


def _leave_of(account: Account, leave: pd.DataFrame) -> Floats:
    """Return the hours of one person's leave that the project was short of, by week."""
    weeks = account.built.weeks
    own = leave.groupby("week_start_date")["leave_hours"].sum().reindex(weeks["week_start_date"], fill_value=0.0)
    counted = account.losses["leave"].to_numpy(dtype=np.float64) * account.built.pace
    everybody = weeks["leave_hours"].to_numpy(dtype=np.float64)
    share = np.divide(own.to_numpy(dtype=np.float64), everybody, out=np.zeros(len(weeks)), where=everybody > 0)
    result: Floats = counted * share
    return result


def _given_back(account: Account, hours: Floats) -> _Change:
    return _Change(hours * account.usual_yield, 0.0)


def _without_spells(account: Account, places: set[int]) -> _Change:
    """Return what a spell cost: in a handover, gate or standstill the hours bring the usual yield instead."""
    earned = account.built.weeks["earned_hours"].to_numpy(dtype=np.float64)
    usual = productive_hours(account.built) * account.usual_yield
    more = np.zeros(len(earned))
    taken_out = set()
    for spell in account.spells:
        inside = slice(spell.first, spell.last + 1)
        lost = (usual - earned)[inside]
        if spell.first not in places or (spell.kind not in WHOLE_WEEKS and lost.sum() <= 0):
            continue
        taken_out.add(spell)
        if spell.kind not in WHOLE_WEEKS:
            more[inside] = lost
    return _Change(more, 0.0, frozenset(taken_out))
