"""What a scenario does, as plain steps: what a person types, a link carries and the journal keeps.

=====================  ===================================================  =========================
kind                   what it does                                         values
=====================  ===================================================  =========================
``add_hours``          a person joins from a week on                        hours, from_date, to_date
``take_hours``         a person leaves from a week on, or is on leave       hours, from_date, to_date
``freeze_date``        no new change requests from a day on                 date
``freeze_progress``    none once so much of the work is done                share
``accept``, ``refuse`` a pending request is decided now                     request_id
``scope``              work comes on top (negative: is taken out)           hours
``shift_start``        the work that is left starts so many weeks later     weeks
``not_before``         no go-live before the client's date                  date
=====================  ===================================================  =========================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.delay.scenarios import HoursChange, Scenario, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_HOURS_A_WEEK_MOST: Final = 400.0
_WEEKS_MOST: Final = 520.0


@dataclass(frozen=True)
class Step:
    """One thing that is done differently; which values count depends on its kind."""

    kind: str
    hours: float = 0.0
    weeks: float = 0.0
    share: float = 0.0
    from_date: str = ""
    to_date: str = ""
    request_id: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return what is said, without what is not."""
        return {name: value for name, value in self.__dict__.items() if value not in ("", 0.0)}


def step_of(plain: Mapping[str, Any]) -> Step:
    """Return a step from what the journal kept or a link carried.

    Raises
    ------
    ScenarioError
        It names a kind or a value that there is not.
    """
    known = set(Step.__dataclass_fields__)
    strange = sorted(set(plain) - known)
    if strange or plain.get("kind") not in KINDS:
        raise ScenarioError("unknown_step", ", ".join(strange) or str(plain.get("kind")))
    return Step(**dict(plain))


def scenario_of(name: str, steps: Iterable[Step]) -> Scenario:
    """Return the scenario that does all the steps.

    Raises
    ------
    ScenarioError
        A value is missing, is no date, or is larger than any firm.
    """
    scenario = Scenario(name)
    for step in steps:
        scenario = _with(scenario, step)
    return scenario


def _with(scenario: Scenario, step: Step) -> Scenario:
    return replace(scenario, **_CHANGES[step.kind](scenario, step))


def _hours(scenario: Scenario, step: Step) -> dict[str, Any]:
    return {"hours_changes": (*scenario.hours_changes, _hours_change(step))}


def _freeze_progress(_scenario: Scenario, step: Step) -> dict[str, Any]:
    if not 0 < step.share <= 1:
        raise ScenarioError("wrong_share", f"{step.share:g}")
    return {"freeze_progress_ratio": step.share}


def _shift(scenario: Scenario, step: Step) -> dict[str, Any]:
    _refuse_beyond(step.weeks, _WEEKS_MOST)
    return {"start_shift_weeks": scenario.start_shift_weeks + step.weeks}


def _hours_change(step: Step) -> HoursChange:
    if step.hours <= 0:
        raise ScenarioError("no_hours")
    _refuse_beyond(step.hours, _HOURS_A_WEEK_MOST)
    last = _date(step.to_date) if step.to_date else None
    first = _date(step.from_date)
    if last is not None and last < first:
        raise ScenarioError("ends_before_it_begins")
    return HoursChange(step.hours if step.kind == "add_hours" else -step.hours, first, last)


def _request(step: Step) -> str:
    if not step.request_id:
        raise ScenarioError("no_request")
    return step.request_id


def _refuse_beyond(value: float, most: float) -> None:
    if abs(value) > most:
        raise ScenarioError("too_large", f"{value:g}")


def _date(text: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(date.fromisoformat(text))
    except ValueError:
        raise ScenarioError("not_a_date", text) from None


#: What each kind of step changes in a scenario.
_CHANGES: Final[dict[str, Callable[[Scenario, Step], dict[str, Any]]]] = {
    "add_hours": _hours,
    "take_hours": _hours,
    "freeze_date": lambda _scenario, step: {"freeze_date": _date(step.from_date)},
    "freeze_progress": _freeze_progress,
    "accept": lambda scenario, step: {"accepted_request_ids": (*scenario.accepted_request_ids, _request(step))},
    "refuse": lambda scenario, step: {"refused_request_ids": (*scenario.refused_request_ids, _request(step))},
    "scope": lambda scenario, step: {"added_scope_hours": scenario.added_scope_hours + step.hours},
    "shift_start": _shift,
    "not_before": lambda _scenario, step: {"go_live_not_before": _date(step.from_date)},
}
KINDS: Final = tuple(_CHANGES)
