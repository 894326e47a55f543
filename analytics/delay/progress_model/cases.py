"""Projects as they stood on a day: the evidence that a forecast starts from."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from analytics.delay.doubts import is_doubtful_budget
from analytics.delay.progress_model.capacity import COMPLETE_AFTER_WEEKS, weeks_ahead
from analytics.delay.progress_model.filing import completed_weeks
from analytics.delay.progress_model.work import DONE_SHARE, day_numbers, week_numbers

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from analytics.delay.progress_model.capacity import Capacity
    from analytics.delay.progress_model.requests import Requests
    from analytics.delay.progress_model.work import Ints, Work
    from analytics.evaluation.scores import Floats

#: Weeks of history that still say something about now; older ones have faded.
HISTORY_WEEKS: Final = 104
#: Hours speak where they were booked in at least this share of the weeks so far.
_LEAST_BOOKED_SHARE: Final = 0.4
#: Logarithms of a week's hours against the usual ones are taken within these bounds.
_AVAILABILITY_BOUND: Final = 2.5


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that is known of all projects; what of it counts on a day is cut out for each case."""

    work: Work
    requests: Requests
    capacity: Capacity


@dataclass(frozen=True, eq=False)
class RequestCounts:
    """What a kind of requests has brought so far: counts, mean of ln(share), and shares pending and approved."""

    raised_count: Floats
    sized_count: Floats
    mean_log_share: Floats
    pending_share: Floats
    approved_share: Floats


@dataclass(frozen=True, eq=False)
class Cases:
    """One entry per project and day. Weeks count from the start of the project, work in shares of its first budget.

    ``origin_weeks`` is the day of the progress figure, from which the rest is reckoned; where the work was already
    done, the day since when. ``weekly_share`` is the work that a plan at even pace would do in a week. ``speed`` and
    ``availability`` hold the weeks up to the day, the last one in the last column.
    """

    code: Ints
    row: Ints
    day: Ints
    product: npt.NDArray[np.object_]
    elapsed_weeks: Floats
    origin_weeks: Floats
    planned_weeks: Floats
    budget_hours: Floats
    booked_hours: Floats
    first_work_weeks: Floats
    has_hours: npt.NDArray[np.bool_]
    is_done: npt.NDArray[np.bool_]
    progress: Floats
    earned: Floats
    scope: Floats
    weekly_share: Floats
    active_weeks: Floats
    watched_weeks: Floats
    speed: Floats
    #: What reports since the last observation say: not a number where there are none.
    open_speed: Floats
    open_weeks: Floats
    open_progress: Floats
    span_weeks: Floats
    speed_progress: Floats
    availability: Floats
    availability_weeks: Floats
    availability_progress: Floats
    wishes: RequestCounts
    rework: RequestCounts
    #: Hours of each coming week against the usual ones; empty where nothing is known of them.
    ahead: Floats

    def __len__(self) -> int:
        return len(self.code)

    @property
    def speed_with_open(self) -> tuple[Floats, Floats, Floats]:
        """Speeds with their progress and weeks, where the last column also holds what was reported since.

        Where the last column closes an observation nothing was reported since.
        """
        has_open = ~np.isnan(self.open_speed)
        parts = (
            (self.speed, self.open_speed),
            (self.speed_progress, self.open_progress),
            (self.span_weeks, self.open_weeks),
        )
        speed, progress, weeks = (
            np.column_stack((known[:, :-1], np.where(has_open, since, known[:, -1]))) for known, since in parts
        )
        return speed, progress, weeks

    @property
    def remaining(self) -> Floats:
        """Work known to remain, without what may still be asked for."""
        return np.maximum(self.scope - self.earned, 0.0)


def cases_of(evidence: Evidence, rows: pd.DataFrame) -> tuple[Cases, npt.NDArray[np.bool_]]:
    """Return the cases that progress is known for, and which of ``rows`` they are.

    Parameters
    ----------
    rows
        ``project_id``, ``elapsed_weeks`` and the day: ``as_of_date``, or ``seen_on`` of a landmark.
    """
    work = evidence.work
    name = "as_of_date" if "as_of_date" in rows else "seen_on"
    days = rows[name].to_numpy()
    codes = work.codes_of(rows["project_id"].astype(str).to_numpy(dtype=object))
    last = work.last_rows(codes, week_numbers(days))
    safe = np.maximum(last, 0)
    is_known = last >= 0
    if len(work.week):
        is_known &= ~np.isnan(work.earned[safe]) & (work.planned_weeks[safe] > 0)
    elapsed = rows["elapsed_weeks"].to_numpy(dtype=np.float64)
    return _cases(evidence, codes[is_known], last[is_known], day_numbers(days)[is_known], elapsed[is_known]), is_known


def _cases(evidence: Evidence, codes: Ints, rows: Ints, days: Ints, elapsed: Floats) -> Cases:
    work, requests = evidence.work, evidence.requests
    ahead = weeks_ahead(evidence.capacity, codes, days)
    first = work.first_rows[codes]
    length = min(int((rows - first).max(initial=0)) + 1, HISTORY_WEEKS)
    place = rows[:, None] - np.arange(length - 1, -1, -1)[None]
    is_own = place >= first[:, None]
    place = np.maximum(place, 0)
    planned, budget = work.planned_weeks[rows], work.budget_hours[rows]
    is_doubtful = is_doubtful_budget(budget, budget * work.scope[rows], work.booked_hours[rows], work.progress[rows])
    budget = np.where(is_doubtful, np.nan, budget)
    hours, filed = _with_completed(evidence.capacity, np.where(is_own, work.hours[place], 0.0), codes, work.week[rows])
    # A week of which too little is known yet is neither worked nor idle.
    watched = (is_own & ~np.isnan(hours)).sum(axis=1).astype(np.float64)
    active = (hours > 0).sum(axis=1).astype(np.float64)
    has_hours = (budget > 0) & (active >= _LEAST_BOOKED_SHARE * watched)
    seen = speeds_known(work, rows, place, has_hours)
    usual = (budget / planned)[:, None]
    ratio = np.log(np.where(hours > 0, hours, np.nan) / usual)
    availability = np.where(
        has_hours[:, None] & is_own, np.clip(ratio, -_AVAILABILITY_BOUND, _AVAILABILITY_BOUND), np.nan
    )
    if not len(evidence.capacity.booked.week):
        # The last week is not over, or its hours are not all filed, and nobody knows how many are missing.
        availability[:, -1:] = np.nan
    is_done = work.progress[rows] >= DONE_SHARE
    wishes, rework, approved = _requests_on(requests, codes, days, is_doubtful)
    scope = 1.0 + approved if requests.is_logged else work.scope[rows]
    return Cases(
        code=codes,
        row=rows,
        day=days,
        product=work.products[codes],
        elapsed_weeks=elapsed,
        origin_weeks=np.where(is_done, work.done_weeks[rows], work.reported_weeks[rows]),
        planned_weeks=planned,
        budget_hours=budget,
        booked_hours=work.booked_hours[rows],
        first_work_weeks=_first_work(work, codes, rows),
        has_hours=has_hours,
        is_done=is_done,
        progress=np.clip(work.progress[rows], 0.0, 1.0),
        earned=work.earned[rows],
        scope=np.where(np.isnan(budget), work.scope[rows], np.maximum(scope, 0.05)),
        weekly_share=1.0 / planned,
        active_weeks=active,
        watched_weeks=watched,
        speed=np.where(is_own, seen.speed, np.nan),
        open_speed=np.where(has_hours, work.open_speed_of_hours[rows], work.open_speed_of_plan[rows]),
        open_weeks=np.nan_to_num(work.observed.open_weeks[rows], nan=1.0),
        open_progress=np.nan_to_num(work.observed.open_progress[rows]),
        span_weeks=seen.weeks,
        speed_progress=np.nan_to_num(seen.progress),
        availability=availability,
        availability_weeks=filed,
        availability_progress=np.nan_to_num(np.clip(work.progress[place], 0.0, 1.0)),
        wishes=wishes,
        rework=rework,
        ahead=np.empty((len(codes), 0)) if ahead is None else ahead,
    )


@dataclass(frozen=True, eq=False)
class Speeds:
    """Speeds of the weeks in ``place`` as they are believed in the last of them."""

    speed: Floats
    weeks: Floats
    progress: Floats


def speeds_known(work: Work, rows: Ints, place: Ints, has_hours: npt.NDArray[np.bool_]) -> Speeds:
    """Return what each week says about speed, in the light of all reports up to ``rows``."""
    seen = work.observed
    speed = np.where(has_hours[:, None], work.speed_of_hours[place], work.speed_of_plan[place])
    undone = np.where(seen.undone_rows[place] <= rows[:, None], seen.undone[place], 0.0)
    corrected = seen.correction[rows][:, None] - seen.correction[place]
    return Speeds(speed + undone + corrected, work.span_weeks[place], work.span_progress[place] * np.exp(corrected))


def _with_completed(capacity: Capacity, hours: Floats, codes: Ints, weeks: Ints) -> tuple[Floats, Floats]:
    """Return weekly hours with the recent ones completed, and how many weeks' worth of news each week is."""
    news = np.ones_like(hours)
    if not len(capacity.booked.week) or hours.shape[1] == 0:
        return hours, news
    filed = completed_weeks(capacity, codes, weeks)
    length = min(hours.shape[1], COMPLETE_AFTER_WEEKS)
    result = hours.copy()
    # Before the first week of a project there is nothing to complete.
    is_week = np.arange(hours.shape[1])[None] >= hours.shape[1] - length
    own = is_week & (np.cumsum(hours > 0, axis=1) > 0)
    recent = np.zeros_like(hours)
    recent[:, -length:] = filed.hours[:, -length:]
    news[:, -length:] = filed.noise_weeks[:, -length:]
    return np.where(own, recent, result), np.where(own, news, 1.0)


def _first_work(work: Work, codes: Ints, rows: Ints) -> Floats:
    """Return the weeks from the start to the first week with hours or progress; 0 where it was in the first week."""
    first = work.first_rows[codes]
    begun = work.begun_rows[codes]
    start_week = work.start_days[codes] // 7
    late = work.week[np.minimum(np.maximum(begun, first), rows)] - start_week
    return np.where(late > 0, late, 0).astype(np.float64)


def _requests_on(
    requests: Requests, codes: Ints, days: Ints, is_doubtful: npt.NDArray[np.bool_]
) -> tuple[RequestCounts, RequestCounts, Floats]:
    """Return what each kind of requests came to by each day, and the share approved in all.

    Shares of a doubtful budget say nothing: such requests count as not estimated.
    """
    count = requests.count[codes]
    owner = np.repeat(np.arange(len(codes)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    place = requests.first[codes][owner] + offset
    is_known = requests.is_valid(days[owner], place)
    owner, place = owner[is_known], place[is_known]
    is_decided = requests.decided_day[place] <= days[owner]
    share = np.where(is_doubtful[owner], np.nan, requests.share[place])
    approved = np.where(is_decided & requests.is_approved[place], np.nan_to_num(share), 0.0)
    pending = np.where(is_decided, 0.0, np.nan_to_num(share))
    size = np.log(np.where(share > 0, share, np.nan))

    def counted(kind: npt.NDArray[np.bool_]) -> RequestCounts:
        def total(values: Floats) -> Floats:
            return np.bincount(owner[kind], values[kind], minlength=len(codes)).astype(np.float64)

        sized = total((share > 0).astype(np.float64))
        return RequestCounts(
            raised_count=total(np.ones(len(owner))),
            sized_count=sized,
            mean_log_share=total(np.nan_to_num(size)) / np.maximum(sized, 1.0),
            pending_share=total(pending),
            approved_share=total(approved),
        )

    is_rework = requests.is_rework[place]
    return (
        counted(~is_rework),
        counted(is_rework),
        np.bincount(owner, approved, minlength=len(codes)).astype(np.float64),
    )


def chosen_cases(cases: Cases, chosen: npt.NDArray[np.bool_] | Ints) -> Cases:
    """Return some of the cases."""
    wishes, rework = (replace(part, **_chosen(part, chosen)) for part in (cases.wishes, cases.rework))
    return replace(cases, **_chosen(cases, chosen), wishes=wishes, rework=rework)


def _chosen(part: Cases | RequestCounts, chosen: npt.NDArray[np.bool_] | Ints) -> dict[str, Any]:
    values = {column.name: getattr(part, column.name) for column in fields(part)}
    return {name: value[chosen] for name, value in values.items() if isinstance(value, np.ndarray)}
