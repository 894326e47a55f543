"""The change-request log, written after the weeks were played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.contracts import CAUSES
from data.demo import names
from data.demo.cells import Columns, blanked, flags, moments, numbers, words
from data.demo.steering import ROLE_NUMBERS
from data.demo.timeline import COUNTRIES, Dates, Flags, Floats, Ints, stream
from data.demo.world import NEVER, PHASES, State

if TYPE_CHECKING:
    from data.demo.plans import ProjectList
    from data.demo.world import World

_STATUSES: Final = ("raised", "approved", "rejected", "done")
_CN: Final = COUNTRIES.index("CN")


@dataclass(frozen=True)
class Requests:
    """One array element per change request, by the moment it was raised."""

    project: Ints
    raised_at: Dates
    decided_at: Dates
    completed_at: Dates
    decided_week: Ints
    hours: Floats
    actual_hours: Floats
    phase: Ints
    cause: Ints
    is_approved: Flags
    ids: tuple[str, ...]


def make_requests(world: World, seed: int) -> Requests:
    """Give the requests of the played weeks numbers, moments and, where they were done, their true effort."""
    random = stream(seed, "requests")
    records = world.record.requests
    week: Ints = np.concatenate([part[1] for part in records])
    minutes = random.integers(0, 5, len(week)) * 1440 + random.integers(8 * 12, 18 * 12, len(week)) * 5
    raised = _moment(world, week, minutes)
    order = np.argsort(raised, kind="stable")
    week, raised = week[order], raised[order]
    project: Ints = np.concatenate([part[0] for part in records])[order]
    hours: Floats = np.concatenate([part[2] for part in records])[order]
    phase: Ints = np.concatenate([part[3] for part in records])[order]
    cause: Ints = np.concatenate([part[4] for part in records])[order]
    decided: Ints = np.concatenate([part[5] for part in records])[order]
    approved: Flags = np.concatenate([part[6] for part in records])[order]
    minutes = random.integers(0, 5, len(week)) * 1440 + random.integers(540, 1080, len(week))
    decided_at = _moment(world, decided, minutes)
    decided_at = np.where(decided_at <= raised, raised + np.timedelta64(150, "m"), decided_at)
    is_open = (decided == NEVER) | (decided_at >= np.datetime64(world.timeline.today))
    decided_at[is_open] = np.datetime64("NaT")
    effort = np.abs(hours) * 200 + random.exponential(18_000, len(week)) + 600
    completed = decided_at + effort.astype("timedelta64[m]")
    never = ~approved | (completed >= np.datetime64(world.timeline.today)) | (project == ROLE_NUMBERS["legacy"])
    half = (project == ROLE_NUMBERS["scope"]) & (random.random(len(week)) < 0.5)
    gone = (world.state[project] == State.CANCELLED) | half
    completed[never | gone | is_open] = np.datetime64("NaT")
    actual = np.round(np.abs(hours) * random.lognormal(0.1, 0.3, len(week)) * 2) / 2
    actual = np.where(np.isnat(completed) | (hours < 0), np.nan, np.maximum(actual, 0.5))
    ids = tuple(f"CR-{number:06d}" for number in range(1, len(week) + 1))
    return Requests(project, raised, decided_at, completed, decided, hours, actual, phase, cause, approved, ids)


def _moment(world: World, week: Ints, minutes: Ints) -> Dates:
    result: Dates = world.timeline.days(week).astype("datetime64[m]") + minutes.astype("timedelta64[m]")
    return result


def requests_table(world: World, projects: ProjectList, requests: Requests, seed: int) -> tuple[Columns, Flags]:
    """Return the log, and which rows come from Chinese teams (who write it in Chinese)."""
    random = stream(seed, "request words")
    count = len(requests.project)
    is_cn: Flags = world.book.country[requests.project] == _CN
    language = is_cn.astype(np.int64)
    kind = random.integers(0, len(names.REQUEST_KINDS), count)
    kind = np.where(requests.cause == CAUSES.index("legacy_integration"), 1, kind)
    by = random.integers(0, len(names.REQUESTERS), count)
    is_decided = ~np.isnat(requests.decided_at)
    status = np.where(is_decided, np.where(requests.is_approved, 1, 2), 0)
    status = np.where(np.isnat(requests.completed_at), status, 3)
    shown = random.random(count) < np.where(requests.hours < 0, 1.0, 0.35)
    columns = {
        "change_request_id": words(requests.ids, np.arange(count)),
        "project_id": projects.id_cells(requests.project),
        "raised_at": moments(requests.raised_at),
        "requested_by": words((*names.REQUESTERS, *names.REQUESTERS_CN), by + language * len(names.REQUESTERS)),
        "kind": words((*names.REQUEST_KINDS, *names.REQUEST_KINDS_CN), kind + language * len(names.REQUEST_KINDS)),
        "phase_at_arrival": words(PHASES, requests.phase),
        "status": words(_STATUSES, status),
        "decided_at": moments(requests.decided_at),
        "completed_at": moments(requests.completed_at),
        "estimated_hours": numbers(requests.hours),
        "actual_hours": numbers(requests.actual_hours),
        "is_confirmed_by_prototype": blanked(flags(shown), random.random(count) < 0.1),
        "cause": words(CAUSES, requests.cause),
    }
    return columns, is_cn


def request_of_weeks(world: World, requests: Requests) -> Ints:
    """Tell for each project and week which approved request is worked on; -1 for none."""
    table = np.full((world.book.count, world.timeline.week_count), NEVER)
    wanted = requests.is_approved & (requests.hours > 0) & ~np.isnat(requests.decided_at)
    for number in np.flatnonzero(wanted):
        first = int(requests.decided_week[number]) + 1
        length = 1 + int(requests.hours[number] // 30)
        table[requests.project[number], first : first + length] = number
    return table
