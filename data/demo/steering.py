"""What makes the planted stories happen: each steers its project week by week, counted back from the last week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.portfolio import CAST
from data.demo.staff import JUNIOR, SENIOR
from data.demo.world import NOBODY, SLOTS, Note, State, World

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE_NUMBERS: Final = {role.key: number for number, role in enumerate(CAST)}
_EXPECTATION, _LEGACY, _REGULATION, _DEFECT, _NEW_NEED = range(5)
#: Weeks before the last one in which these things happen.
SIGN_OFF_AGO, SCOPE_STOPS_AGO = 20, 8
GREEN_STUCK_AGO = 20
AWAY_WEEKS = 9
ALONE_WEEKS = 7
LEGACY_AGO = 17
HANDOVER_AGO = 7
DECISION_AGO, SAVED_AGO = 14, 2
WAITING_AGO = 11
CRUNCH_AGO = 6
FRAGMENTED_AGO = 11
#: Stories that one more helper does not disturb.
_OPEN_TO_A_GUEST: Final = ("scope", "legacy", "waiting", "green")


def steer(world: World) -> None:
    """Apply every story to this week."""
    ago = world.timeline.last_week - world.week
    for key, act in _STORIES.items():
        project = ROLE_NUMBERS[key]
        if world.state[project] == State.ACTIVE:
            act(world, project, ago)
    _five_projects(world, ago)


def _hold_ratio(world: World, project: int, low: float, high: float) -> None:
    """Keep the share of work done between two bounds by what is left."""
    done = max(float(world.done[project]), 1.0)
    ratio = float(np.clip(done / (done + world.left[project]), low, high))
    world.left[project] = done / ratio - done


def _scope(world: World, project: int, ago: int) -> None:
    """After design sign-off the client asks for as much again; the plan is moved by four weeks only."""
    if ago > SIGN_OFF_AGO:
        _hold_ratio(world, project, 0.0, 0.15)
        return
    if SCOPE_STOPS_AGO < ago <= SIGN_OFF_AGO - 1:
        weeks = SIGN_OFF_AGO - 1 - SCOPE_STOPS_AGO
        hours = np.round(np.array([0.45, 0.3, 0.3]) * 1.04 * world.book.budget_hours[project] / weeks)
        decided = np.full(3, world.week + 1)
        world.ask(np.full(3, project), hours, np.array([_NEW_NEED, _NEW_NEED, _EXPECTATION]), decided)
        world.note[project] = Note.CHANGES
    if ago == 3:
        world.planned[project] += 4
        world.note[project] = Note.SCOPE


def _green(world: World, project: int, ago: int) -> None:
    """Let the reports climb to 90 % in green and creep from there, while the work stands still."""
    world.note[project] = Note.ALL_WELL
    _hold_ratio(world, project, 0.0, 0.57)
    if ago <= GREEN_STUCK_AGO:
        world.focus[project] = 0.22
    if ago <= 4:
        world.planned[project] = max(int(world.planned[project]), world.timeline.last_week + 2)


def _away(world: World, project: int, ago: int) -> None:
    """Keep a senior at the site for nine weeks."""
    members = world.members(project)
    if "away" not in world.people_of_roles and len(members):
        seniors = members[world.staff.seniority[members] >= SENIOR]
        person = int(seniors[0]) if len(seniors) else _bring(world, project, at_least=SENIOR)
        world.people_of_roles["away"] = person
        world.is_pinned[person] = True
        world.forced_onsite |= {(person, world.timeline.last_week - k) for k in range(AWAY_WEEKS)}
        world.forced_home.add((person, world.timeline.last_week - AWAY_WEEKS))
    if ago < AWAY_WEEKS:
        world.least_pressure[project] = 0.2
    _hold_ratio(world, project, 0.0, 0.84)


def _alone(world: World, project: int, ago: int) -> None:
    """Everybody but a junior is taken off; the junior stays on site, with long weeks."""
    if ago == ALONE_WEEKS:
        members = world.members(project)
        juniors = members[world.staff.seniority[members] == JUNIOR]
        person = int(juniors[0]) if len(juniors) else _bring(world, project, at_least=JUNIOR)
        since = int(world.slot_since[person, 0])
        world.release(project)
        world.put(person, project, since=since)
        world.people_of_roles["alone"] = person
        world.is_pinned[person] = True
        world.forced_onsite |= {(person, world.timeline.last_week - k) for k in range(ALONE_WEEKS)}
        world.need[project] = 1
    if ago < ALONE_WEEKS:
        world.least_pressure[project] = 0.38
    _hold_ratio(world, project, 0.0, 0.8)


def _bring(world: World, project: int, *, at_least: int) -> int:
    """Bring a junior, or somebody of at least a higher step, from an ordinary project, a near one if there is any."""
    staff, home = world.staff, world.slot_project[:, 0]
    fits = (staff.seniority == JUNIOR) if at_least == JUNIOR else (staff.seniority >= at_least)
    free = fits & ~world.is_pinned & world.is_hired
    near = staff.country == world.book.country[project]
    score = free * 8 + (free & (home >= len(CAST))) * 4 + (world.slot_project[:, 1] == NOBODY) * 2 + near
    person = int(np.argmax(score))
    for slot in range(SLOTS):
        world.put(person, NOBODY, share=0.0, slot=slot)
    world.is_extra[person] = False
    world.put(person, project)
    return person


def _legacy(world: World, project: int, ago: int) -> None:
    """Ask for the interface to the old system again and again; it never works."""
    if ago > LEGACY_AGO:
        return
    world.blocked[project] = max(int(world.blocked[project]), 2)
    world.note[project] = Note.INTERFACE
    world.rework_pool[project] += 12
    _hold_ratio(world, project, 0.0, 0.7)
    if ago % 2 == 0:
        hours = np.round(world.random.uniform(24, 60, 1))
        world.ask(np.array([project]), hours, np.array([_LEGACY]), np.array([world.week + 1]))
    if ago in {12, 7, 2}:
        world.planned[project] += 4
        world.note[project] = Note.REPLANNED


def _handover(world: World, project: int, ago: int) -> None:
    """Take the experienced off in one week and begin with others; weeks are lost and work comes back."""
    _hold_ratio(world, project, 0.0, 0.86)
    if ago == HANDOVER_AGO:
        leavers = world.members(project)
        world.release(project)
        newcomers = _newcomers(world, leavers.tolist(), len(leavers))
        world.need[project] = len(newcomers)
        world.focus[project] = 0.35
        for person in newcomers:
            world.is_extra[person] = False
            world.put(person, project)
        world.latent[project] += 0.06 * world.book.budget_hours[project]
        world.rework_pool[project] += 0.06 * world.book.budget_hours[project]
        world.note[project] = Note.HANDOVER
    if ago < HANDOVER_AGO - 5:
        world.focus[project] = 0.8
    if ago == 4:
        world.note[project] = Note.HANDOVER


def _newcomers(world: World, leavers: list[int], count: int) -> list[int]:
    """Choose people of ordinary projects, those with least experience of the product first."""
    home = world.slot_project[:, 0]
    allowed = np.flatnonzero((home >= len(CAST)) & ~world.is_pinned & world.is_hired)
    if len(allowed) < count:
        # In a very small firm two story teams change places.
        allowed = np.append(allowed, np.flatnonzero(home == ROLE_NUMBERS["scope"]))
    allowed = allowed[~np.isin(allowed, leavers)]
    order = allowed[np.lexsort((allowed, world.staff.seniority[allowed]))]
    return [int(person) for person in order[:count]]


def _saved(world: World, project: int, ago: int) -> None:
    """Take out a quarter of the scope and add a person, by decision of a committee: the plan holds."""
    if ago > DECISION_AGO:
        world.focus[project] = 0.62
        if ago < DECISION_AGO + 6:
            world.note[project] = Note.BLOCKED
        return
    if ago == DECISION_AGO:
        cut = -np.round(0.25 * world.book.budget_hours[project])
        world.ask(np.array([project]), np.array([cut]), np.array([_EXPECTATION]), np.array([world.week + 1]))
        world.need[project] += 1
        world.note[project] = Note.DECISION
        world.planned[project] = world.baseline[project] = world.baseline[project]
    weeks_left = max(ago - SAVED_AGO, 0)
    wanted = 1.0 - 0.45 * weeks_left / (DECISION_AGO - SAVED_AGO)
    _hold_ratio(world, project, wanted - 0.02, wanted)
    if ago <= SAVED_AGO:
        world.state[project] = State.FINISHED
        world.finished[project] = world.week
        world.phase[project] = 3
        world.release(project)


def _waiting(world: World, project: int, ago: int) -> None:
    """Keep the client from signing the design off; people wait, and the plan pretends nothing happened."""
    if ago > WAITING_AGO:
        world.focus[project] = 0.7
        _hold_ratio(world, project, 0.0, 0.15)
        return
    world.wait[project] = 3
    world.focus[project] = 0.15
    world.note[project] = Note.WAITING
    _hold_ratio(world, project, 0.0, 0.155)


def _crunch(world: World, project: int, ago: int) -> None:
    """Go-live is in two weeks and the team works through the weekends."""
    _hold_ratio(world, project, 0.0, 0.97)
    if ago < CRUNCH_AGO:
        world.least_pressure[project] = 0.48
        _hold_ratio(world, project, 0.86, 0.97)


def _five_projects(world: World, ago: int) -> None:
    """One consultant is given five projects at a time."""
    if ago != FRAGMENTED_AGO:
        return
    home = world.slot_project[:, 0]
    ends_soon = world.planned <= world.timeline.last_week
    fits = (home >= len(CAST)) & (world.staff.seniority >= SENIOR) & ~world.is_pinned & world.is_hired
    stays = fits & ~ends_soon[home]
    person = int(np.flatnonzero(next(who for who in (stays, fits, world.staff.seniority >= SENIOR) if who.any()))[-1])
    active = world.active()
    fitting = (active >= len(CAST)) | np.isin(active, [ROLE_NUMBERS[key] for key in _OPEN_TO_A_GUEST])
    others = active[fitting & (active != home[person])]
    # Those that will last first, of them the ordinary ones.
    later = others[np.lexsort((-world.planned[others], others < len(CAST), ends_soon[others]))][:4]
    world.people_of_roles["five"] = person
    world.is_pinned[person] = True
    world.slot_share[person] = 0.2
    for slot, project in enumerate(later, start=1):
        world.put(person, int(project), share=0.2, slot=slot)


_STORIES: Final[dict[str, Callable[[World, int, int], None]]] = {
    "scope": _scope,
    "green": _green,
    "away": _away,
    "alone": _alone,
    "legacy": _legacy,
    "handover": _handover,
    "saved": _saved,
    "waiting": _waiting,
    "crunch": _crunch,
}


def steer_reports(world: World) -> None:
    """Let the manager of the green project report what he wishes."""
    ago = world.timeline.last_week - world.week
    green = ROLE_NUMBERS["green"]
    if world.state[green] == State.ACTIVE:
        age = world.week - world.started[green]
        wish = min(0.9 + 0.005 * max(0, 7 - ago), 0.0255 * age)
        world.reported[green] = max(float(world.reported[green]), round(wish, 2))
        world.told_colour[green] = 0
