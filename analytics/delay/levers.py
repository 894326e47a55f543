"""What would bring a project forward: the usual levers, each played on the forecast's own paths.

A manager asks "what could I do?" before having an idea. Four levers fit nearly every project: no new requests from
next week on, one more person, the waiting requests declined, a part of the rest moved to a later phase. Each is a
scenario like those that a person puts together (:mod:`analytics.delay.scenarios`), so that trying one shows the same
figure; its range says on how many of the paths it does much and on how many little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.explaining import position_on
from analytics.delay.scenario_steps import Step, scenario_of
from analytics.delay.scenarios import ScenarioError, compared_from, moved_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.delay.explaining import Position
    from analytics.delay.known import Histories
    from analytics.evaluation.scores import Floats

#: A person more: full time, from the Monday after so many weeks, because nobody is free tomorrow.
PERSON_HOURS: Final = 40.0
NOTICE_WEEKS: Final = 4
#: This part of the work left is moved to a later phase.
LATER_SHARE: Final = 0.1
#: A lever that wins less says nothing.
LEAST_WEEKS: Final = 0.1
_RANGE: Final = (0.1, 0.9)
#: Hours that are moved are told in tens.
_ROUND_HOURS: Final = 10.0


@dataclass(frozen=True)
class Lever:
    """One thing that could be done: its kind (freeze, person, decline, later) and the steps it takes."""

    kind: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class KnownLever:
    """A lever of one project with what it does, in weeks (negative: earlier) and points of the chance of being late."""

    kind: str
    steps: tuple[Step, ...]
    p50_weeks: float
    p80_weeks: float
    low_weeks: float
    high_weeks: float
    late_points: float


def usual_levers(as_of_date: pd.Timestamp, left_hours: float, pending_request_ids: Sequence[str]) -> list[Lever]:
    """Return the levers that a project can be asked.

    Parameters
    ----------
    left_hours
        Work in scope that is not earned yet; not a number where it isn't known.
    """
    monday = as_of_date + pd.Timedelta(days=7 - as_of_date.weekday())
    later = monday + pd.Timedelta(weeks=NOTICE_WEEKS)
    levers = [
        Lever("freeze", (Step("freeze_date", from_date=f"{monday:%Y-%m-%d}"),)),
        Lever("person", (Step("add_hours", hours=PERSON_HOURS, from_date=f"{later:%Y-%m-%d}"),)),
    ]
    if pending_request_ids:
        levers.append(Lever("decline", tuple(Step("refuse", request_id=one) for one in pending_request_ids)))
    hours = round(LATER_SHARE * left_hours / _ROUND_HOURS) * _ROUND_HOURS if np.isfinite(left_hours) else 0.0
    if hours > 0:
        levers.append(Lever("later", (Step("scope", hours=-hours),)))
    return levers


def lever_effects(
    histories: Histories, project_id: str, as_of_date: pd.Timestamp, levers: Sequence[Lever], *, seed: int = 0
) -> pd.DataFrame:
    """Return what each lever does to the finish, those that help most first; none that wins under ``LEAST_WEEKS``.

    Returns
    -------
    DataFrame
        ``kind``; ``p50_weeks``, ``p80_weeks``: weeks by which the median and the safe finish move (negative: earlier);
        ``low_weeks``, ``high_weeks``: eight of ten outcomes move by something between the two;
        ``late_points``: what the chance of being late moves by.
        No row for a project without a forecast by the model of the work.
    """
    position = position_on(histories, as_of_date, [project_id], seed=seed)
    found = [] if position is None else [(lever.kind, _effect(position, lever)) for lever in levers]
    rows = [{"kind": kind, **figures} for kind, figures in found if figures]
    columns = ["kind", "p50_weeks", "p80_weeks", "low_weeks", "high_weeks", "late_points"]
    return pd.DataFrame(rows, columns=columns).sort_values("p50_weeks", kind="stable", ignore_index=True)


def _effect(position: Position, lever: Lever) -> dict[str, float]:
    """Return what one lever does; nothing where it wins too little or this project can't be asked it."""
    scenario = scenario_of(lever.kind, lever.steps)
    try:
        found = compared_from(position, [scenario]).iloc[1]
    except ScenarioError:
        return {}  # no budget, no usual hours
    if found["p50_weeks"] > -LEAST_WEEKS:
        return {}
    # Finishes are whole days: the range holds what the days say.
    low, high = _between(moved_paths(position, scenario))
    figures = {name: float(found[name]) for name in ("p50_weeks", "p80_weeks", "late_points")}
    low, high = min(low, figures["p50_weeks"]), max(high, figures["p50_weeks"])
    return {**figures, "low_weeks": low, "high_weeks": high}


def _between(moved: Floats) -> tuple[float, float]:
    low, high = np.quantile(moved, _RANGE)
    return float(low), float(high)
