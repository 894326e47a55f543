"""What if: a person more or less, leave, no more requests, a request taken or refused, a later start or go-live.

A scenario changes what the paths of the work are made of and is played on the same random numbers as the forecast, so
the difference is its own and not chance. The shown range moves as the paths move: remaining weeks at each level are
stretched as those of the model are. What the model can't see (a new colleague who has to be shown around, a client who
is angry about a freeze) is not in the figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between
from analytics.delay.explaining import Position, position_on
from analytics.delay.model import PATH_COUNT
from analytics.delay.progress_model.capacity import AHEAD_WEEKS
from analytics.delay.progress_model.paths import (
    Outlook,
    ToCome,
    chances,
    finish_paths,
    outlook,
    path_quantiles,
)
from analytics.delay.view import LATE_AFTER_WEEKS, shown_weeks, whole_days
from analytics.evaluation.scores import LEVELS, probability_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.delay.known import Histories
    from analytics.delay.progress_model.cases import Cases
    from analytics.evaluation.scores import Floats

_LEAST_LEFT_WEEKS: Final = 0.05
#: No team ever has less than this part of its usual hours: somebody always answers the phone.
_LEAST_CAPACITY: Final = 0.02


@dataclass(frozen=True)
class HoursChange:
    """So many hours more (or fewer) in each week from the one of ``first_date`` to that of ``last_date``, if any.

    A person who joins, leaves or is away.
    """

    weekly_hours: float
    first_date: pd.Timestamp
    last_date: pd.Timestamp | None = None


@dataclass(frozen=True)
class Scenario:
    """What is done differently. All of it is optional, and all can be combined.

    Attributes
    ----------
    hours_changes
        People who come, go or are away.
    freeze_progress_ratio, freeze_date
        No new requests once so much is done, or from a day on.
    accepted_request_ids, refused_request_ids
        Pending requests that are decided now.
    added_scope_hours
        Work that comes on top; negative takes scope out.
    start_shift_weeks
        The work that is left starts so many weeks later.
    go_live_not_before
        The client's date before which there is no go-live.
    """

    name: str
    hours_changes: tuple[HoursChange, ...] = ()
    freeze_progress_ratio: float | None = None
    freeze_date: pd.Timestamp | None = None
    accepted_request_ids: tuple[str, ...] = ()
    refused_request_ids: tuple[str, ...] = ()
    added_scope_hours: float = 0.0
    start_shift_weeks: float = 0.0
    go_live_not_before: pd.Timestamp | None = None


class ScenarioError(ValueError):
    """A scenario that this project can't be asked.

    Attributes
    ----------
    reason
        One of no_forecast, no_budget, no_usual_hours, not_pending, start_too_early, unknown_step, wrong_share,
        no_hours, ends_before_it_begins, no_request, too_large, not_a_date.
    detail
        What it is about: an id, a value.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def compare_scenarios(
    histories: Histories,
    project_id: str,
    as_of_date: pd.Timestamp,
    scenarios: Sequence[Scenario],
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the forecast as it is and under each scenario, with the differences.

    Returns
    -------
    ``scenario`` (empty for the forecast as it is), ``finish_p10_date``, ``finish_p50_date``, ``finish_p80_date``,
    ``finish_p90_date``, ``late_probability`` and
    ``p50_weeks``, ``p80_weeks``, ``late_points``: differences to the forecast as it is, in weeks and in probability;
    ``slip_weeks_p50``: after the committed date.

    Raises
    ------
    ScenarioError
        When the project has no forecast by the model of the work, or a request is not pending.
    """
    position = position_on(histories, as_of_date, [project_id], seed=seed)
    if position is None:
        raise ScenarioError("no_forecast", project_id)
    return compared_from(position, scenarios)


def compared_from(position: Position, scenarios: Sequence[Scenario]) -> pd.DataFrame:
    """Return what :func:`compare_scenarios` does, from a position of one project that is reckoned already."""
    now = _View(position, position.quantiles)
    rows = [now.row("", now)]
    rows += [_View(position, scenario_quantiles(position, scenario)).row(scenario.name, now) for scenario in scenarios]
    return pd.DataFrame(rows)


def scenario_quantiles(position: Position, scenario: Scenario) -> Floats:
    """Return the 199 quantiles of a position of one project under a scenario."""
    model, cases = position.model, position.cases
    chance = chances(model.work, model.seed, PATH_COUNT)
    usual = outlook(model.work, cases)
    before = path_quantiles(usual, chance)
    changed = _changed(position, usual, scenario, before)
    after = path_quantiles(changed, chance)
    elapsed = cases.elapsed_weeks[:, None]
    stretch = np.maximum(after - elapsed, _LEAST_LEFT_WEEKS) / np.maximum(before - elapsed, _LEAST_LEFT_WEEKS)
    moved = elapsed + (position.quantiles - elapsed) * stretch + _shift_weeks(position, scenario)
    return np.asarray(np.maximum(np.sort(moved, axis=1), _not_before(position, scenario)))


def moved_paths(position: Position, scenario: Scenario) -> Floats:
    """Return by how many weeks a scenario moves the finish of one project on each path that ends after today.

    A path stands for the quantile of its rank: what it moves by is told on the scale of the shown range, which is wider
    than that of the paths alone, with the same stretch as :func:`scenario_quantiles`.
    """
    model, cases = position.model, position.cases
    chance = chances(model.work, model.seed, PATH_COUNT)
    usual = outlook(model.work, cases)
    changed = _changed(position, usual, scenario, path_quantiles(usual, chance))
    elapsed = float(cases.elapsed_weeks[0])
    before, after = finish_paths(usual, 0, chance) - elapsed, finish_paths(changed, 0, chance) - elapsed
    is_left = before > _LEAST_LEFT_WEEKS
    before, after = before[is_left], after[is_left]
    if len(before) == 0:
        return np.zeros(1)
    place = (np.argsort(np.argsort(before, kind="stable"), kind="stable") + 0.5) / len(before)
    shown = np.maximum(np.interp(place, LEVELS, position.quantiles[0]) - elapsed, 0.0)
    stretch = np.maximum(after, _LEAST_LEFT_WEEKS) / before
    return np.asarray(shown * (stretch - 1.0) + _shift_weeks(position, scenario))


class _View:
    """What a manager reads of quantiles."""

    def __init__(self, position: Position, quantiles: Floats) -> None:
        self.p10, self.p50, self.p80, self.p90 = (
            float(shown_weeks(quantiles, level)[0]) for level in (0.1, 0.5, 0.8, 0.9)
        )
        committed = position.rows["committed_weeks"].to_numpy(dtype=np.float64)
        self.late = float(probability_above(quantiles, committed + LATE_AFTER_WEEKS)[0])
        self.slip = self.p50 - float(committed[0])
        self.start = pd.Timestamp(position.rows["start_date"].iloc[0])

    def row(self, name: str, now: _View) -> dict[str, object]:
        """Return the figures with their differences to the forecast as it is."""
        return {
            "scenario": name,
            "finish_p10_date": self._day(self.p10),
            "finish_p50_date": self._day(self.p50),
            "finish_p80_date": self._day(self.p80),
            "finish_p90_date": self._day(self.p90),
            "late_probability": float(np.clip(self.late, 0.01, 0.99)),
            "p50_weeks": self.p50 - now.p50,
            "p80_weeks": self.p80 - now.p80,
            "late_points": self.late - now.late,
            "slip_weeks_p50": self.slip,
        }

    def _day(self, weeks: float) -> pd.Timestamp:
        return self.start + pd.Timedelta(days=float(whole_days(weeks)))


def _changed(position: Position, ahead: Outlook, scenario: Scenario, before: Floats) -> Outlook:
    """Return the outlook with what the scenario changes."""
    cases = position.cases
    per_hour = 1.0 / np.where(cases.budget_hours > 0, cases.budget_hours, np.nan)
    extra = _hours_of(position, scenario.accepted_request_ids) + scenario.added_scope_hours
    if extra.any() and not (cases.budget_hours > 0).all():
        raise ScenarioError("no_budget")
    accepted, refused = extra * np.nan_to_num(per_hour), _hours_of(position, scenario.refused_request_ids)
    settled = _hours_of(position, scenario.accepted_request_ids) + refused
    pending = ahead.wishes.pending - settled * np.nan_to_num(per_hour) * position.model.work.wishes.taken_share
    wishes = replace(ahead.wishes, pending=pending)
    frozen = _frozen_from(position, scenario, before)
    if frozen is not None:
        work = position.model.work
        wishes = _until(wishes, work.wishes.came_by(cases.progress), work.wishes.came_by(frozen))
    return replace(
        ahead,
        remaining=np.maximum(ahead.remaining + accepted, 0.0),
        wishes=wishes,
        is_done=ahead.is_done & ~(accepted > 0),
        ahead=_with_hours(cases, ahead, scenario.hours_changes),
    )


def _until(part: ToCome, came: Floats, frozen: Floats) -> ToCome:
    """Return what still comes until requests are frozen, of all that was to come."""
    left = np.clip((frozen - came) / np.maximum(1.0 - came, 1e-9), 0.0, 1.0)
    return replace(part, expected=part.expected * left)


def _frozen_from(position: Position, scenario: Scenario, before: Floats) -> Floats | None:
    """Return the progress from which no new requests come."""
    cases = position.cases
    places = []
    if scenario.freeze_progress_ratio is not None:
        places.append(np.full(len(cases), scenario.freeze_progress_ratio))
    if scenario.freeze_date is not None:
        weeks = _weeks_of(position, scenario.freeze_date)
        median = before[:, before.shape[1] // 2]
        part = (weeks - cases.elapsed_weeks) / np.maximum(median - cases.elapsed_weeks, _LEAST_LEFT_WEEKS)
        places.append(cases.progress + (1.0 - cases.progress) * np.clip(part, 0.0, 1.0))
    if not places:
        return None
    return np.maximum(np.minimum.reduce(places), cases.progress)


def _hours_of(position: Position, request_ids: tuple[str, ...]) -> Floats:
    """Return the hours of pending requests; each has to be pending on the day."""
    requests, cases = position.evidence.requests, position.cases
    code, day = int(cases.code[0]), int(cases.day[0])
    own = requests.of_project(code)
    is_pending = requests.is_valid(day, own) & (requests.decided_day[own] > day)
    hours = dict(
        zip(
            requests.request_ids[own][is_pending].tolist(),
            np.nan_to_num(requests.share[own][is_pending] * cases.budget_hours[0]).tolist(),
            strict=True,
        )
    )
    missing = [name for name in request_ids if name not in hours]
    if missing:
        raise ScenarioError("not_pending", ", ".join(missing))
    return np.array([sum(hours[name] for name in request_ids)], dtype=np.float64)


def _with_hours(cases: Cases, ahead: Outlook, changes: tuple[HoursChange, ...]) -> Floats:
    """Return the factors of the weeks ahead with people added or taken, against the team's usual hours."""
    if not changes:
        return ahead.ahead
    factors = ahead.ahead if ahead.ahead.shape[1] else np.ones((len(cases), AHEAD_WEEKS))
    usual = _usual_hours(cases, ahead)
    # Week 0 of the factors begins on the day of the progress figure.
    first_day = cases.day - np.rint((cases.elapsed_weeks - cases.origin_weeks) * 7).astype(np.int64)
    days = first_day[:, None] + 7 * np.arange(factors.shape[1])[None]
    result = factors.copy()
    for change in changes:
        begin = _day(change.first_date)
        end = _day(change.last_date) if change.last_date is not None else None
        # The part of each week that lies within the change.
        lap = np.clip((days + 7 - begin) / 7.0, 0.0, 1.0)
        if end is not None:
            lap = np.minimum(lap, np.clip((end + 1 - days) / 7.0, 0.0, 1.0))
        lap = np.where(days + 7 > cases.day[:, None], lap, 0.0)
        result += change.weekly_hours / usual[:, None] * lap
    return np.maximum(result, _LEAST_CAPACITY)


def _usual_hours(cases: Cases, ahead: Outlook) -> Floats:
    """Return the hours of a usual coming week."""
    if not cases.has_hours.all():
        raise ScenarioError("no_usual_hours")
    return np.asarray(cases.weekly_share * cases.budget_hours * np.exp(ahead.availability_mean))


def _shift_weeks(position: Position, scenario: Scenario) -> float:
    if scenario.start_shift_weeks < -float(position.cases.elapsed_weeks[0]):
        raise ScenarioError("start_too_early")
    return scenario.start_shift_weeks


def _not_before(position: Position, scenario: Scenario) -> Floats:
    if scenario.go_live_not_before is None:
        return np.array([[0.0]])
    return _weeks_of(position, scenario.go_live_not_before)[:, None]


def _weeks_of(position: Position, day: pd.Timestamp) -> Floats:
    start = position.rows["start_date"]
    return np.asarray(weeks_between(start, pd.Series(day, index=start.index)), dtype=np.float64)


def _day(day: pd.Timestamp) -> int:
    return int((day.normalize() - pd.Timestamp("1970-01-05")).days)
