"""A week of work: hours, learning, blocked spells, sign-offs, defects, change requests and go-lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.places import CITIES
from data.demo.portfolio import CAST
from data.demo.world import NEVER, NOBODY, State, World

if TYPE_CHECKING:
    from data.demo.timeline import Flags, Floats, Ints

#: Work of an hour by seniority, once the person knows product and project.
SKILL: Final = np.array([0.62, 1.0, 1.25, 1.3])
#: Shares of the work after which design is signed off, testing begins and go-live is prepared.
GATES: Final = (0.18, 0.62, 0.88)
#: How many change requests come in a phase, compared with an average week.
REQUESTS_IN_PHASE: Final = np.array([0.6, 0.9, 1.2, 3.0])
_CAUSE_SHARES: Final = np.array(
    [
        [0.40, 0.10, 0.10, 0.00, 0.40],
        [0.34, 0.20, 0.08, 0.08, 0.30],
        [0.28, 0.22, 0.06, 0.30, 0.14],
        [0.30, 0.14, 0.06, 0.32, 0.18],
    ]
)
MOST_WEEKLY_HOURS: Final = 72.0
_HOME_CITY_OF_SITE_COUNTRY: Final = np.array([city.country for city in CITIES])


def work(world: World) -> None:
    """Let everybody work for a week and move the projects on."""
    week = world.week
    served = world.slot_project
    is_served = (served != NOBODY) & (world.state[served] == State.ACTIVE)
    share = np.where(is_served, world.slot_share, 0.0)
    total = share.sum(axis=1)
    share = share / np.maximum(total, 1e-9)[:, None]
    pressure = np.where(is_served, world.overtime[served], 0.0).max(axis=1)
    pressure *= world.staff.overtime_taste
    pressure = np.maximum(pressure, np.where(is_served, world.least_pressure[served], 0.0).max(axis=1))
    available = world.available_hours[:, week] * (total > 0) * world.is_hired
    usual = available * world.random.normal(1.035, 0.035, world.staff.count)
    longer = usual * (1 + pressure * world.random.uniform(0.7, 1.2, world.staff.count))
    hours = np.minimum(longer, np.maximum(usual, MOST_WEEKLY_HOURS - 8 * world.random.random(world.staff.count)))
    world.worked[:, week] = hours
    world.person_overtime[:, week] = np.where(available > 0, hours / np.maximum(available, 1) - 1, 0)
    people, slots = np.nonzero((share > 0) & (hours > 0)[:, None])
    projects = served[people, slots]
    own_hours = hours[people] * share[people, slots]
    effort = own_hours * _productivity(world, people, slots, projects, hours)
    _write_down(world, people, slots, projects, own_hours)
    _advance(
        world, np.bincount(projects, effort, minlength=world.book.count).astype(np.float64), projects, people, own_hours
    )
    np.add.at(world.experience, (people, world.book.product[projects]), share[people, slots])


def _productivity(world: World, people: Ints, slots: Ints, projects: Ints, hours: Floats) -> Floats:
    """Work of an hour: people learn the project and the product; long weeks tire."""
    weeks_here = world.week - world.slot_since[people, slots]
    known = world.experience[people, world.book.product[projects]]
    project_learning = 1.0 - 0.4 * np.exp(-weeks_here / 4.0)
    product_learning = 0.8 + 0.2 * (1.0 - np.exp(-(known + 15 * (world.staff.seniority[people] > 0)) / 20.0))
    tired = 1.0 - 0.008 * np.clip(hours[people] - 47.0, 0, 30)
    result: Floats = SKILL[world.staff.seniority[people]] * project_learning * product_learning * tired
    return result


def _write_down(world: World, people: Ints, slots: Ints, projects: Ints, own_hours: Floats) -> None:
    """Record who worked where, on site or not."""
    world.record.work.append(
        (
            people,
            projects,
            np.full(len(people), world.week),
            own_hours,
            _is_onsite(world, people, slots, projects),
            world.phase[projects],
            world.rework_share[projects],
            np.where(world.blocked[projects] > 0, 1.0, 0.0),
        )
    )


def _is_onsite(world: World, people: Ints, slots: Ints, projects: Ints) -> Flags:
    """Travel follows the phase: workshops, then now and then, then testing and go-live at the client."""
    site = world.book.site[projects]
    is_abroad = _HOME_CITY_OF_SITE_COUNTRY[site] != _HOME_CITY_OF_SITE_COUNTRY[world.staff.city[people]]
    phase = world.phase[projects]
    cycle = np.where(is_abroad, 6, np.array([2, 4, 2, 3])[phase])
    stays = np.where(is_abroad, np.array([2, 1, 2, 3])[phase], np.array([1, 1, 1, 2])[phase])
    turn = (world.week + people * 3 + projects) % cycle
    has_week = world.available_hours[people, world.week] >= 0.75 * world.staff.weekly_hours[people]
    usual = (turn < stays) & (slots == 0) & has_week & ~world.is_extra[people]
    forced = np.array([(int(p), world.week) in world.forced_onsite for p in people], dtype=bool) & (slots == 0)
    at_home = np.array([(int(p), world.week) in world.forced_home for p in people], dtype=bool)
    result: Flags = (usual & ~at_home) | forced
    return result


def _advance(world: World, effort: Floats, projects: Ints, people: Ints, own_hours: Floats) -> None:
    """Turn effort into work done; blocked and waiting projects burn hours for little."""
    active = world.active()
    speed = np.where(world.blocked > 0, 0.3, np.where(world.wait > 0, 0.45, 1.0)) * world.focus
    # Nobody hurries a project that is well ahead of its plan.
    weeks_to_plan = world.planned - world.week
    ahead = world.left < 0.9 * world.true_pace * np.maximum(weeks_to_plan, 0) * (world.done + world.left)
    gain = np.minimum((effort * speed * np.where(ahead, 0.65, 1.0))[active], world.left[active])
    before = world.true_ratio[active]
    world.done[active] += gain
    world.left[active] -= gain
    juniors = np.bincount(projects, own_hours * (world.staff.seniority[people] == 0), minlength=world.book.count)
    booked: Floats = np.bincount(projects, own_hours, minlength=world.book.count).astype(np.float64)
    junior_share = (juniors / np.maximum(booked, 1.0))[active]
    careless = 0.07 + 0.12 * junior_share + 0.15 * world.overtime[active]
    world.latent[active] += np.where(world.phase[active] < 2, gain * careless, 0.0)
    _find_defects(world, active, booked[active])
    world.true_pace[active] = 0.85 * world.true_pace[active] + 0.15 * (world.true_ratio[active] - before)
    world.wait[active] = np.maximum(world.wait[active] - 1, 0)
    world.blocked[active] = np.maximum(world.blocked[active] - 1, 0)


def _find_defects(world: World, active: Ints, booked: Floats) -> None:
    """Bring to light in testing what was done wrong before; it becomes work again."""
    finds = np.where(world.phase[active] >= 2, 0.22, 0.01) * world.latent[active]
    world.latent[active] -= finds
    world.left[active] += finds
    pool = world.rework_pool[active] + finds * 1.2
    world.rework_share[active] = np.clip(pool / np.maximum(booked, 1.0), 0, 0.55)
    world.rework_pool[active] = np.maximum(0, pool - world.rework_share[active] * booked)


def open_gates(world: World) -> None:
    """Move projects to the next phase, where the client has to sign off; old systems block now and then."""
    active = world.active()
    ratio = world.true_ratio[active]
    wanted = np.searchsorted(np.array(GATES), ratio, side="right")
    moves = wanted > world.phase[active]
    moved = active[moves]
    world.phase[moved] += 1
    world.phase_weeks[active] = np.where(moves, 0, world.phase_weeks[active] + 1)
    world.wait[moved] = world.random.poisson(world.book.client_slowness[moved])
    hit = (world.random.random(len(active)) < 0.016) & (world.blocked[active] == 0) & (active >= len(CAST))
    world.blocked[active[hit]] = 2 + world.random.geometric(0.3, int(hit.sum()))


def bring_requests(world: World) -> None:
    """Let clients ask for changes, most after design sign-off and before go-live; count in what was approved."""
    for projects, hours in world.due_scope.pop(world.week, []):
        np.add.at(world.left, projects, np.where(hours > 0, hours * 0.95, hours * 0.8))
    np.maximum(world.left, 0.0, out=world.left)
    active = world.active()
    phase = world.phase[active]
    age = world.phase_weeks[active]
    burst = np.where((phase == 1) & (age < 6), 2.4, REQUESTS_IN_PHASE[phase])
    # Nobody listens to new wishes for ever: late phases that drag on take in less and less.
    burst *= np.where(phase >= 2, np.clip(1.5 - age / 8, 0.1, 1.0), 1.0)
    count = world.random.poisson(world.book.change_rate[active] * burst)
    projects = np.repeat(active, count)
    if not len(projects):
        return
    hours = np.maximum(1.0, np.round(world.random.lognormal(3.25, 0.85, len(projects)) * 2) / 2)
    draw = world.random.random(len(projects))[:, None]
    cause = (draw > _CAUSE_SHARES[world.phase[projects]].cumsum(axis=1)).sum(axis=1).clip(0, 4)
    wait = np.rint(world.random.gamma(1.5, 0.5 + world.book.client_slowness[projects])).astype(np.int64)
    never = world.random.random(len(projects)) < 0.04
    decided = np.where(never, NEVER, world.week + wait)
    world.ask(projects, hours, cause, decided, approved=world.random.random(len(projects)) < 0.66)


def go_live(world: World) -> None:
    """Finish what is done, signed off, and due: an agreed go-live is not moved forward by a few weeks."""
    active = world.active()
    is_done = (world.left[active] <= 0.004 * world.book.true_work[active]) & (active >= len(CAST))
    weeks_early = world.planned[active] - world.week
    may_be_early = (weeks_early > 9) & (world.week - world.started[active] > 0.72 * world.book.planned_weeks[active])
    ready = active[is_done & (world.wait[active] == 0) & ((weeks_early <= 1) | may_be_early)]
    for project in ready:
        world.state[project] = State.FINISHED
        world.finished[project] = world.week
        world.release(int(project))
