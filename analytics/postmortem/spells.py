"""Spells of a project in which the same hours brought less: handovers, sign-off gates, standstills, pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.evaluation.scores import Floats
    from analytics.postmortem.as_built import AsBuilt
    from analytics.postmortem.case import Case

SpellKind: TypeAlias = Literal["late_start", "pause", "go_live_wait", "handover", "gate", "standstill"]
Flags: TypeAlias = "npt.NDArray[np.bool_]"

#: Work has begun when so much of one planned week was booked in all.
BEGUN_SHARE: Final = 0.25
#: A pause: so many weeks in a row with less than this share of the planned hours.
PAUSE_WEEKS: Final = 3
PAUSE_SHARE: Final = 0.15
#: A handover: this share of the hours of the four weeks before by people who then left, as much after by newcomers.
HANDOVER_SHARE: Final = 0.4
HANDOVER_SIDE_WEEKS: Final = 4
#: So long newcomers are counted as new; half of the gap to full pace is closed after about three weeks.
HANDOVER_WEEKS: Final = 6
#: A spell of low yield brings less than this share of the project's usual yield.
LOW_YIELD_SHARE: Final = 0.35
#: Near a change of phase or a report that waits for a sign-off two such weeks are a gate, else three a standstill.
GATE_WEEKS: Final = 2
STANDSTILL_WEEKS: Final = 3
#: A gate lies at most so many weeks from the week in which the reports say so.
GATE_REACH_WEEKS: Final = 2
#: In the last weeks leaving people are no handover any more.
_ENDING_WEEKS: Final = 6
#: From this progress on the project is done but for its go-live.
DONE_RATIO: Final = 0.97


@dataclass(frozen=True)
class Spell:
    """Weeks ``first`` to ``last`` (places in the weeks of the project, both included)."""

    kind: SpellKind
    first: int
    last: int

    @property
    def weeks_count(self) -> int:
        """How many calendar weeks the spell touches."""
        return self.last - self.first + 1


def spells_of(case: Case, built: AsBuilt) -> tuple[Spell, ...]:
    """Return the spells in order of time; no week belongs to two.

    What comes first in this order takes a week: late start, wait for the go-live, pause, handover, gate, standstill.
    """
    weeks = built.weeks
    booked = weeks["booked_hours"].to_numpy(dtype=np.float64)
    taken = np.zeros(len(weeks), dtype=bool)
    found: list[Spell] = []

    def take(kind: SpellKind, is_in: Flags, least: int) -> None:
        for first, last in _runs(is_in & ~taken, least):
            taken[first : last + 1] = True
            found.append(Spell(kind, first, last))

    take("late_start", np.cumsum(booked) < BEGUN_SHARE * built.pace, 1)
    take("go_live_wait", _waits_for_go_live(case, built), 1)
    take("pause", booked < PAUSE_SHARE * weeks["planned_hours"].to_numpy(), PAUSE_WEEKS)
    for place in handover_places(case, built):
        spell = np.zeros(len(weeks), dtype=bool)
        spell[place : place + HANDOVER_WEEKS] = True
        take("handover", spell, 1)
    low = _is_low(built, taken)
    near = _near_gates(built)
    gates = np.zeros(len(weeks), dtype=bool)
    for first, last in _runs(low & ~taken, GATE_WEEKS):
        gates[first : last + 1] = near[first : last + 1].any()
    take("gate", gates, GATE_WEEKS)
    take("standstill", low, STANDSTILL_WEEKS)
    return tuple(sorted(found, key=lambda spell: spell.first))


def usual_yield(built: AsBuilt, spells: tuple[Spell, ...]) -> float:
    """Return work earned for a productive hour outside of all spells; over all weeks where there are no others."""
    outside = np.ones(len(built.weeks), dtype=bool)
    for spell in spells:
        outside[spell.first : spell.last + 1] = False
    productive, earned = productive_hours(built), built.weeks["earned_hours"].to_numpy(dtype=np.float64)
    if productive[outside].sum() <= 0 or earned[outside].sum() <= 0:
        outside[:] = True
    hours = productive[outside].sum()
    return float(max(earned[outside].sum(), 0.0) / hours) if hours > 0 else 1.0


def productive_hours(built: AsBuilt) -> Floats:
    """Return booked hours without rework."""
    hours = built.weeks["booked_hours"] - built.weeks["rework_hours"]
    return hours.clip(lower=0.0).to_numpy(dtype=np.float64)


def handover_places(case: Case, built: AsBuilt) -> list[int]:
    """Return the weeks from which much of the team was new, where as much of the work was done by people who had left.

    The week with the largest exchange stands for those around it.
    """
    mondays = built.weeks["week_start_date"]
    people = case.people[case.people["worked_hours"] > 0]
    if people.empty:
        return []
    hours = _hours_by_person(people, mondays)
    places = np.arange(len(mondays))
    is_there = hours > 0
    first, last = is_there.argmax(axis=1), len(mondays) - 1 - is_there[:, ::-1].argmax(axis=1)
    shares = np.zeros(len(mondays))
    for at in range(HANDOVER_SIDE_WEEKS, len(mondays) - _ENDING_WEEKS):
        before = hours[:, (places >= at - HANDOVER_SIDE_WEEKS) & (places < at)].sum(axis=1)
        after = hours[:, (places >= at) & (places < at + HANDOVER_SIDE_WEEKS)].sum(axis=1)
        left = before[last < at].sum() / max(before.sum(), 1e-9)
        new = after[first >= at].sum() / max(after.sum(), 1e-9)
        shares[at] = min(left, new)
    found: list[int] = []
    while shares.max(initial=0.0) >= HANDOVER_SHARE:
        at = int(shares.argmax())
        found.append(at)
        shares[max(at - HANDOVER_WEEKS + 1, 0) : at + HANDOVER_WEEKS] = 0.0
    return sorted(found)


def _hours_by_person(people: pd.DataFrame, mondays: pd.Series[pd.Timestamp]) -> Floats:
    """Return one row per person and one column per week; hours outside of the weeks stand in the first or last one."""
    place = np.clip(np.searchsorted(mondays, people["week_start_date"], side="right") - 1, 0, None)
    codes, names = pd.factorize(people["person_id"])
    hours = np.zeros((len(names), len(mondays)))
    np.add.at(hours, (codes, place), people["worked_hours"].to_numpy(dtype=np.float64))
    return hours


def _waits_for_go_live(case: Case, built: AsBuilt) -> Flags:
    """Return the last weeks of a finished project in which next to nothing was open."""
    if case.ending != "finished":
        return np.zeros(len(built.weeks), dtype=bool)
    is_done = built.weeks["remaining_hours"].to_numpy() <= 1e-6
    is_reported = built.weeks["progress_ratio"].to_numpy(dtype=np.float64) >= DONE_RATIO
    # The week in which the last work was done is a week of work.
    done_before = np.concatenate([[False], (is_done | is_reported)[:-1]])
    return np.asarray(np.logical_and.accumulate(done_before[::-1])[::-1], dtype=bool)


def _is_low(built: AsBuilt, taken: Flags) -> Flags:
    productive, earned = productive_hours(built), built.weeks["earned_hours"].to_numpy(dtype=np.float64)
    hours = productive[~taken].sum()
    usual = max(earned[~taken].sum(), 0.0) / hours if hours > 0 else 0.0
    low = (productive > 0) & (earned < LOW_YIELD_SHARE * usual * productive)
    # Progress is reported in steps: one step within a long spell does not end it.
    bridged = np.zeros(len(low), dtype=bool)
    bridged[1:-1] = low[:-2] & low[2:]
    return np.asarray(low | bridged, dtype=bool)


def _near_gates(built: AsBuilt) -> Flags:
    """Return the weeks close to a change of phase, or to a report that waits for a sign-off."""
    phase = built.weeks["phase"].astype("string")
    changes = np.flatnonzero((phase.notna() & phase.shift().notna() & phase.ne(phase.shift())).fillna(value=False))
    near = np.zeros(len(phase), dtype=bool)
    for place in (*changes, *np.flatnonzero(built.weeks["is_sign_off_due"].to_numpy(dtype=bool))):
        near[max(place - GATE_REACH_WEEKS, 0) : place + GATE_REACH_WEEKS + 1] = True
    return near


def _runs(flags: Flags, least: int) -> list[tuple[int, int]]:
    """Return first and last place of each run of at least so many."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    pairs = zip(edges[::2], edges[1::2] - 1, strict=True)
    return [
        (int(first), int(last)) for first, last in cast("list[tuple[int, int]]", pairs) if last - first + 1 >= least
    ]
