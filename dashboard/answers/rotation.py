"""Rosters: the problem of the next weeks, proposals for it, and what any plan costs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from analytics.rotation.build import make_problem
from analytics.rotation.engine import Clock, Proposal, propose
from analytics.rotation.evaluating import Evaluation, evaluate
from analytics.rotation.greedy import kept_roster
from analytics.rotation.presence import PresenceError, counters_of
from analytics.rotation.search import Limits, Progress
from analytics.rotation.settings import RotationSettings, RotationSettingsError, rotation_settings
from dashboard.answers.door import home_of, read
from dashboard.answers.keeping import kept
from dashboard.answers.rotation_frames import Horizon, frames_of, horizon
from dashboard.i18n import _
from data.problems import GoliveError
from data.rotation_method import presence_table, weights_changes, weights_table
from data.strain_method import MethodFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from analytics.rotation.frames import Remark
    from analytics.rotation.problem import Plan, Problem
    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: A first look takes so long where nothing else is said.
USUAL_SECONDS: Final = 20.0


@dataclass(frozen=True)
class Asked:
    """What a roster is asked for.

    Parameters
    ----------
    budget
        People who may be moved in the next four weeks; nothing: as many as it pays.
    weights
        A file whose lines change the weights.
    """

    as_of_date: date | None = None
    first_week: date | None = None
    weeks_count: int | None = None
    budget: int | None = None
    weights: Path | None = None


@dataclass(frozen=True)
class Room:
    """A roster problem, what must be known of its input, and the roster that remains when nobody decides anything."""

    problem: Problem
    base: Plan
    remarks: tuple[Remark, ...]
    horizon: Horizon


@dataclass(frozen=True)
class Answer:
    """A proposal with what it and the roster cost."""

    room: Room
    proposal: Proposal
    after: Evaluation
    before: Evaluation
    seed: int


@dataclass
class Effort:
    """How long or how far is searched, from which seed; ``cancel`` is looked at all the time."""

    seconds: float | None = None
    rounds: int | None = None
    seed: int = 7
    is_cancelled: Callable[[], bool] = field(default=lambda: False)
    on_progress: Callable[[Progress], None] = field(default=lambda _seen: None)


def settings_of(home: Home, weights: Path | None = None) -> RotationSettings:
    """Return the weights in force: Golive's, changed by the home's file, changed by the one that is given.

    Raises
    ------
    MethodFileError
        A file can't be used; it says why.
    """
    try:
        return rotation_settings(weights_table(), weights_changes(home, weights))
    except RotationSettingsError as error:
        raise MethodFileError(
            str(error), _("Mend the file of weights; data/rotation.toml shows all of them.")
        ) from error


@kept(6, is_shared=True)
def _room(
    file: Path,
    viewer: Viewer,
    found: Horizon,
    version: str,  # noqa: ARG001 - part of the cache's key: other weights, other points
    _settings: RotationSettings,
) -> Room:
    try:
        counters = counters_of(presence_table(home_of(file)))
    except PresenceError as error:
        raise MethodFileError(str(error), _("Mend presence.toml in the home folder, or remove it.")) from error
    frames = frames_of(file, viewer, found.first_week, found.weeks_count, found.as_of_date, has_hours=found.has_hours)
    if frames.people.empty:
        raise GoliveError(_("Nobody is known who could be planned."), _("Import people and their skills."))
    problem, remarks = make_problem(frames, _settings, counters, found.first_week, found.weeks_count, found.as_of_date)
    return Room(problem, kept_roster(problem), tuple(remarks), found)


def room(file: Path, viewer: Viewer, asked: Asked) -> Room:
    """Return the roster problem that is asked for."""
    settings = settings_of(home_of(file), asked.weights)
    found = horizon(file, asked.as_of_date, asked.first_week, asked.weeks_count)
    made = _room(file, viewer, found, settings.version, settings)
    if asked.budget is None:
        return made
    return Room(made.problem.with_changes(budget=asked.budget), made.base, made.remarks, made.horizon)


def proposed(room: Room, effort: Effort, start: Plan | None = None) -> Answer:
    """Return a proposal; with rounds it is the same every time, with seconds it is as good as time allows."""
    seconds = USUAL_SECONDS if effort.seconds is None and effort.rounds is None else effort.seconds
    begun = time.monotonic()
    limits = Limits(
        rounds=effort.rounds,
        elapsed_share=None if seconds is None else (lambda: (time.monotonic() - begun) / max(seconds, 1e-9)),
        is_cancelled=effort.is_cancelled,
        on_progress=effort.on_progress,
    )
    clock = None if seconds is None else Clock(lambda: seconds - (time.monotonic() - begun))
    found = propose(room.problem, limits, effort.seed, clock, start, room.base)
    return Answer(
        room,
        found,
        evaluate(room.problem, found.plan, room.base),
        evaluate(room.problem, room.base, room.base),
        effort.seed,
    )


def evaluated(room: Room, plan: Plan) -> Evaluation:
    """Return what any plan costs and which rules it breaks."""
    return evaluate(room.problem, plan, room.base)


def names_of(file: Path, viewer: Viewer, room: Room) -> dict[str, dict[str, Any]]:
    """Return names of people and projects by id."""
    people = read(file, viewer, "select person_id, person_name from marts.people where person_name is not null")
    projects = read(file, viewer, "select project_id, project_name from marts.projects where project_name is not null")
    wanted = set(room.problem.person_ids)
    return {
        "people": {k: v for k, v in zip(people["person_id"], people["person_name"], strict=True) if k in wanted},
        "projects": dict(zip(projects["project_id"], projects["project_name"], strict=True)),
    }
