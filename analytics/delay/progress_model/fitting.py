"""What finished projects teach about how work goes on: speed, availability, requests, and the wait for the go-live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from analytics.delay.progress_model.cases import speeds_known
from analytics.delay.progress_model.levels import (
    AVAILABILITY_START,
    EVEN_PARTS,
    SPEED_START,
    USUAL_SPEED_PARTS,
    LevelModel,
    fit_level,
    unknown_level,
)
from analytics.delay.progress_model.scope_process import USUAL_REWORK, USUAL_WISHES, Asked, ScopeProcess, fit_scope

if TYPE_CHECKING:
    from analytics.delay.progress_model.cases import Cases
    from analytics.delay.progress_model.requests import Requests
    from analytics.delay.progress_model.work import Ints, Work
    from analytics.evaluation.scores import Floats

#: Changes whenever the same data would give other figures.
MODEL_VERSION: Final = "3"
#: What is assumed of the wait between the work and the go-live, and how many projects it counts for.
_ASSUMED_WAITS: Final = (0.0, 0.5, 1.0, 2.0)
_ASSUMED_WEIGHT: Final = 4
_IDLE_START: Final = (0.5, 20.0)
#: Where so many book hours, the pace of the plan is hardly ever asked for, and its variances may be assumed.
_NEARLY_ALL_SHARE: Final = 0.9


@dataclass(frozen=True)
class WorkModel:
    """Everything learnt from the weeks of finished projects: plain numbers, safe to keep and compare.

    ``waits`` are weeks from the end of the work to the finish, sorted. ``idle_share`` is the share of weeks without
    hours, ``idle_weight`` the weeks for which it counts against a project's own.
    """

    speed_of_hours: LevelModel
    speed_of_plan: LevelModel
    availability: LevelModel
    wishes: ScopeProcess
    rework: ScopeProcess
    waits: tuple[float, ...]
    idle_share: float
    idle_weight: float
    finished_count: int

    def speed(self, *, of_hours: bool) -> LevelModel:
        """Return the model of speed per booked hour, or per week of plan."""
        return self.speed_of_hours if of_hours else self.speed_of_plan


UNKNOWN_WORK: Final = WorkModel(
    speed_of_hours=unknown_level(SPEED_START, USUAL_SPEED_PARTS),
    speed_of_plan=unknown_level(SPEED_START, USUAL_SPEED_PARTS),
    availability=unknown_level(AVAILABILITY_START, EVEN_PARTS),
    wishes=USUAL_WISHES,
    rework=USUAL_REWORK,
    waits=_ASSUMED_WAITS,
    idle_share=_IDLE_START[0] / _IDLE_START[1],
    idle_weight=_IDLE_START[1],
    finished_count=0,
)


def fit_work(
    work: Work,
    requests: Requests,
    ends: Cases,
    true_weeks: Floats,
    running: Cases | None = None,
    like: WorkModel | None = None,
) -> WorkModel:
    """Learn from finished projects, each as it stood on its last day, and from the weeks of those that run.

    Parameters
    ----------
    ends, true_weeks
        Finished projects on the day of their finish, and how long each took.
    running
        Projects that had not finished: their weeks tell as much about speed as others, their ends nothing yet.
    like
        A model whose variances are taken over, so that parts of the projects are learnt from quickly.
    """
    seen = [part for part in (ends, running) if part is not None and len(part)]
    if not seen:
        return UNKNOWN_WORK
    booked = np.concatenate([part.has_hours for part in seen])
    watched = np.concatenate([part.watched_weeks for part in seen])[booked]
    active = np.concatenate([part.active_weeks for part in seen])[booked]
    product = np.concatenate([part.product for part in seen])
    span = _joined(seen, "span_weeks", 1.0)
    plan_speed = _aligned([_speed_of_plan(work, part) for part in seen], np.nan)
    progress, presence = _joined(seen, "speed_progress", 0.0), _joined(seen, "availability", np.nan)
    present_progress = _joined(seen, "availability_progress", 0.0)
    plan_variances = (
        like.speed_of_plan.variances if like else (SPEED_START if booked.mean() > _NEARLY_ALL_SHARE else None)
    )
    speed = _joined(seen, "speed", np.nan)[booked]
    return WorkModel(
        speed_of_hours=fit_level(
            speed,
            progress[booked],
            span[booked],
            product[booked],
            SPEED_START,
            USUAL_SPEED_PARTS,
            like.speed_of_hours.variances if like else None,
        ),
        speed_of_plan=fit_level(plan_speed, progress, span, product, SPEED_START, USUAL_SPEED_PARTS, plan_variances),
        availability=fit_level(
            presence[booked],
            present_progress[booked],
            _joined(seen, "availability_weeks", 1.0)[booked],
            product[booked],
            AVAILABILITY_START,
            EVEN_PARTS,
            like.availability.variances if like else None,
        ),
        wishes=_fit_requests(work, requests, ends, running, is_rework=False),
        rework=_fit_requests(work, requests, ends, running, is_rework=True),
        waits=_waits(ends, true_weeks),
        idle_share=float(((watched - active).sum() + _IDLE_START[0]) / (watched.sum() + _IDLE_START[1])),
        idle_weight=_IDLE_START[1],
        finished_count=len(ends),
    )


def _joined(parts: list[Cases], name: str, fill: float) -> Floats:
    return _aligned([getattr(part, name) for part in parts], fill)


def _aligned(parts: list[Floats], fill: float) -> Floats:
    """Put histories below each other, their last weeks in one column."""
    length = max(part.shape[1] for part in parts)
    padded = [np.pad(part, ((0, 0), (length - part.shape[1], 0)), constant_values=fill) for part in parts]
    return np.concatenate(padded)


def _speed_of_plan(work: Work, ends: Cases) -> Floats:
    place = ends.row[:, None] - np.arange(ends.speed.shape[1] - 1, -1, -1)[None]
    is_own = place >= work.first_rows[ends.code][:, None]
    seen = speeds_known(work, ends.row, np.maximum(place, 0), np.zeros(len(ends), dtype=bool))
    return np.where(is_own, seen.speed, np.nan)


def _waits(ends: Cases, true_weeks: Floats) -> tuple[float, ...]:
    """Return how long finished projects waited after the work was done; none where progress never said so."""
    own = np.where(ends.is_done, np.clip(true_weeks - ends.origin_weeks, 0.0, 26.0), 0.0)
    assumed = np.repeat(_ASSUMED_WAITS, max(1, _ASSUMED_WEIGHT // len(_ASSUMED_WAITS)))
    return tuple(np.sort(np.concatenate((own, assumed))).tolist())


def _fit_requests(
    work: Work, requests: Requests, ends: Cases, running: Cases | None, *, is_rework: bool
) -> ScopeProcess:
    parts = [part for part in (ends, running) if part is not None]
    codes, days = (np.concatenate([getattr(part, name) for part in parts]) for name in ("code", "day"))
    kinds = [part.rework if is_rework else part.wishes for part in parts]
    number = np.full(len(work.first_rows), -1)
    number[codes] = np.arange(len(codes))
    owner = number[requests.code]
    known_until = np.concatenate((days, [-1]))[owner]
    chosen = (owner >= 0) & (requests.is_rework == is_rework) & requests.is_valid(known_until)
    owner, share = owner[chosen], requests.share[chosen]
    is_decided = requests.decided_day[chosen] <= days[owner]
    decided = np.where(is_decided, np.abs(np.nan_to_num(share)), 0.0)
    budget = np.concatenate([part.budget_hours for part in parts])
    reached = np.concatenate([np.minimum(part.progress, 0.999) for part in parts])
    reached[: len(ends)] = 1.0
    asked = Asked(
        counts=np.concatenate([kind.raised_count for kind in kinds]),
        planned_weeks=np.concatenate([part.planned_weeks for part in parts]),
        reached=reached,
        owner=owner,
        progress=_progress_on(work, codes[owner], requests.known_day[chosen]),
        share=share,
        budget_hours=budget[owner],
        taken=float(decided[requests.is_approved[chosen]].sum()),
        decided=float(decided.sum()),
    )
    return fit_scope(asked, USUAL_REWORK if is_rework else USUAL_WISHES)


def _progress_on(work: Work, codes: Ints, days: Ints) -> Floats:
    """Return how far each project was on a day, nothing before its first report."""
    rows = work.last_rows(codes, days // 7)
    return np.where(rows >= 0, np.clip(np.nan_to_num(work.progress[np.maximum(rows, 0)]), 0.0, 1.0), 0.0)
