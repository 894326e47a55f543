"""A week of work: who is there, how much comes of it, what blocks it, and what testing brings up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.portfolios.life import Booking
from tests.portfolios.plans import Package

if TYPE_CHECKING:
    import numpy as np

    from tests.portfolios.life import Life
    from tests.portfolios.staff import Person, Seat
    from tests.portfolios.worlds import World

_BLOCK_CHANCE: Final = {"data_migration": 0.05, "integration": 0.07, "testing": 0.04, "analysis": 0.02}
#: Whoever has nothing to do on a blocked project is mostly sent elsewhere.
_IDLE_SHARE: Final = 0.4
_STOPPED_SHARE: Final = 0.95
#: How likely an interface that is worked on stops everything in a week, where it can.
_STOP_CHANCE: Final = 0.12
_BUILT: Final = ("configuration", "data_migration", "integration")


def work(life: Life, week: int, slow: float, world: World, draw: np.random.Generator) -> None:
    """Play one week of one project."""
    _block(life, world, draw)
    _stop(life, world, draw)
    _set_aside(life, world)
    overtime = 1.0 + life.pressure
    # Long hours wear off: half of what they bring is lost again.
    pace = slow * (1 - 0.5 * life.pressure) * (1 - 0.035 * max(len(life.seats) - 4, 0))
    ready = [one for one in life.open_packages if one.blocked_weeks == 0 and not one.is_set_aside]
    idle = _IDLE_SHARE
    if life.stopped_weeks > 0:
        # Nobody goes home: meetings, mails to the maker of the interface, tests that can't pass.
        ready, idle = [], _STOPPED_SHARE
    width = max(2, len(life.seats) // 2 + 1)
    for place, seat in enumerate(life.seats):
        person = seat.person_in(week)
        if person is None:
            continue
        hours = hours_there(life, seat, person, week) * draw.uniform(0.84, 1.0) * overtime
        if hours < 0.5:
            continue
        if not ready:
            _book(life, person, week, hours * idle, None)
            continue
        package = ready[place % min(width, len(ready))]
        _do(life, package, ready, hours * person.speed * _ramp(life, person, week) * pace)
        package.spent_hours += hours
        _book(life, person, week, hours, package)
        ready = [other for other in ready if not other.is_done]
    for package in life.packages:
        if package.is_done and package.done_week is None:
            package.done_week = week
    _test(life, world, draw)


def hours_there(life: Life, seat: Seat, person: Person, week: int) -> float:
    """Return the hours a person can give: less when away, and less when promised to too many projects."""
    days = 5 - sum(day in person.days_away for day in range(week * 5, week * 5 + 5))
    promised = sum(seat.shares.values())
    return person.weekly_hours / 5 * days * seat.shares[life.plan.number] / max(promised, 1.0)


def _ramp(life: Life, person: Person, week: int) -> float:
    """Who is new on a project needs three weeks to be of full use."""
    first = life.joined.setdefault(person.person_id, week)
    return min(1.0, 0.55 + 0.15 * (week - first))


def _do(life: Life, package: Package, ready: list[Package], effort: float) -> None:
    """Put effort into a package; what is left over goes into the next one."""
    queue = [package, *(other for other in ready if other is not package)]
    for other in queue:
        used = min(effort, other.needed_hours - other.done_hours)
        other.done_hours += max(used, 0.0)
        effort -= max(used, 0.0)
        if effort <= 0:
            return
    del life


def _book(life: Life, person: Person, week: int, hours: float, package: Package | None) -> None:
    activity, name, request = (
        ("other", "", "") if package is None else (package.activity, package.package_id, package.request_id)
    )
    life.bookings.append(Booking(person.person_id, week, round(hours * 4) / 4, activity, name, request))


def _block(life: Life, world: World, draw: np.random.Generator) -> None:
    """Old systems without documents, data that nobody cleans, users who have no time: packages stand still."""
    for package in life.open_packages[:6]:
        if package.blocked_weeks > 0:
            package.blocked_weeks -= 1
            continue
        chance = _BLOCK_CHANCE.get(package.phase, 0.0) * world.block_pace
        if chance and draw.random() < chance:
            long = 1.5 * (1 + draw.pareto(1.5)) if world.tail_power else draw.exponential(3.0)
            package.blocked_weeks = min(1 + int(long), 40)


def _stop(life: Life, world: World, draw: np.random.Generator) -> None:
    """An interface that does not work holds up everything behind it, in some projects once, in few twice."""
    if not world.stopper_share:
        return
    if life.stops_left is None:
        life.stops_left = int(draw.random() < world.stopper_share) * (1 + int(draw.random() < 0.25))
    if life.stopped_weeks > 0:
        life.stopped_weeks -= 1
        return
    is_on_it = any(package.phase == "integration" for package in life.open_packages[:4])
    if life.stops_left and is_on_it and draw.random() < _STOP_CHANCE:
        life.stops_left -= 1
        life.stopped_weeks = min(3 + int(draw.exponential(7.0)), 30)


def _set_aside(life: Life, world: World) -> None:
    """Where hopes are reported, packages are left unfinished as "as good as done" until testing has begun."""
    is_testing = life.is_testing
    for package in life.open_packages:
        is_near = package.true_share > 1 - 0.3 * world.over_reporting
        package.is_set_aside = world.over_reporting > 0 and not is_testing and package.phase in _BUILT and is_near


def _test(life: Life, world: World, draw: np.random.Generator) -> None:
    """Each round of tests that ends brings up what was built badly; mending it can break something else."""
    done = [package for package in life.packages if package.phase == "testing" and package.is_done]
    if len(done) <= life.tested_rounds:
        return
    life.tested_rounds = len(done)
    built = sum(package.needed_hours for package in life.packages if package.phase in _BUILT)
    is_first_rounds = len(done) <= 2
    share = world.defect_share * (0.5 if is_first_rounds else 0.12) * draw.triangular(0.2, 0.8, 2.4)
    hours = built * share * (1 + 2 * life.pressure)
    if hours < 6 or len(done) > 6:
        return
    name = f"{life.plan.project_id}-rework-{len(done)}"
    life.insert(Package(name, "testing", "rework", 0.0, hours, is_scope=False), ("training", "cut_over"))
