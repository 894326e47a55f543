"""A roster problem as arrays: people × weeks on one side, roles × weeks on the other.

A role is a project and a skill, so that one person covers one row of demand. Everything that depends on a calendar, a
map or a file is worked out before; here are only numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datetime import date

    from analytics.rotation.presence import StayLimit
    from analytics.rotation.settings import RotationSettings

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: Nobody, no project, at home.
NONE = -1
JUNIOR, MID, SENIOR = 0, 1, 2
CALM, WATCH, HIGH = 0, 1, 2


@dataclass(frozen=True)
class Pin:
    """A week of a person that is fixed: ``role`` is :data:`NONE` for a week at home."""

    person: int
    week: int
    role: int
    is_remote: bool


@dataclass(frozen=True)
class Problem:
    """Who may go where, what is asked for, what was before. E people, P projects, R roles, W weeks.

    Parameters
    ----------
    demand, onsite_minimum
        R × W people who are needed, and of these must be at the site.
    is_go_live
        P × W weeks in which coverage counts more.
    least_seniority
        P × W seniority of which one must be on site; used where the site needs somebody.
    has_skill, is_absent, is_remote_open, is_closed
        E × R; E × W (leave: no work at all); E × P × W (work for it from home is possible); E × P × W (not this person
        on this site).
    nights, km, is_known
        E × P nights away of a week on site (0 where the site is local), distance, and who knows the project already.
    past_away, past_nights, prior_nights
        E × 12 weeks before the plan with a night away (the last one last); E × 3 nights of the last weeks; E nights of
        the weeks that count in the burden.
    previous_project, was_onsite
        E where the week before the plan was spent.
    roster, is_roster_remote
        E × W project of the present roster, and whether from home.
    named
        E × P × W weeks for which the client asked for this person (sparse: rows of e, p, w).
    wishes
        For people who have some: (P + 1) × W × 2 points by project (the last row is home) and mode (0 remote, 1 on
        site).
    countries, home_countries
        Country of each site and of each home, where they are known; only to-dos of stays abroad read them.
    delay_price
        P points per uncovered head-week, from the forecast; zero without one.
    """

    settings: RotationSettings
    person_ids: tuple[str, ...]
    project_ids: tuple[str, ...]
    role_project: Ints
    role_skills: tuple[str, ...]
    weeks: tuple[date, ...]
    demand: Floats
    onsite_minimum: Floats
    is_go_live: Flags
    least_seniority: Ints
    seniority: Ints
    has_skill: Flags
    is_absent: Flags
    is_remote_open: Flags
    is_closed: Flags
    nights: Floats
    km: Floats
    is_known: Flags
    past_away: Flags
    past_nights: Floats
    prior_nights: Floats
    previous_project: Ints
    was_onsite: Flags
    roster: Ints
    is_roster_remote: Flags
    strain: Ints
    delay_price: Floats
    named: Ints
    wishes: dict[int, Floats] = field(default_factory=dict)
    stay_limits: tuple[StayLimit, ...] = ()
    countries: tuple[str, ...] = ()
    home_countries: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    budget: int | None = None

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """People, projects, roles, weeks."""
        return len(self.person_ids), len(self.project_ids), len(self.role_skills), len(self.weeks)

    @cached_property
    def go_live_factor(self) -> Floats:
        """R × W factor on coverage and presence."""
        factor = self.settings("coverage", "go_live_factor")
        return np.where(self.is_go_live[self.role_project], factor, 1.0)

    @cached_property
    def gap_price(self) -> Floats:
        """R × W points per uncovered head-week, with what the delay of the project costs."""
        return self.settings("coverage", "gap") * self.go_live_factor + self.delay_price[self.role_project][:, None]

    @cached_property
    def onsite_price(self) -> Floats:
        """R × W points per head-week that should be on site and is not."""
        return self.settings("onsite", "gap") * self.go_live_factor

    @cached_property
    def needs_senior(self) -> Flags:
        """P × W weeks in which somebody of the least seniority must be on site."""
        needed = np.zeros(self.is_go_live.shape)
        np.add.at(needed, self.role_project, self.onsite_minimum)
        return needed > 0

    @cached_property
    def seats(self) -> Ints:
        """R × W people who may be assigned at most: nobody is sent where nobody is needed."""
        return np.ceil(self.demand - 1e-9).astype(np.int64)

    @cached_property
    def may_remote(self) -> Flags:
        """R × W weeks in which one of the role may work from home."""
        return self.demand > self.onsite_minimum + 1e-9

    @cached_property
    def handover_price(self) -> Floats:
        """E × P points of beginning at a project."""
        new, known = self.settings("handover", "new"), self.settings("handover", "known")
        return np.where(self.is_known, known, new)

    @cached_property
    def trip_price(self) -> Floats:
        """E × P points of a journey to a site; nobody travels to a local one."""
        price = self.settings("travel", "trip") + self.km / self.settings("travel", "km_per_point")
        return np.where(self.nights > 0, price, 0.0)

    @cached_property
    def drop_price(self) -> Floats:
        """W points of giving a week of the present roster up."""
        soon, next_ones, later = self.settings.stability
        week = np.arange(len(self.weeks))
        return np.where(week < 2, soon, np.where(week < 4, next_ones, later)).astype(np.float64)

    @cached_property
    def night_price(self) -> Floats:
        """E points of a night away of somebody who shows signs of overload."""
        return self.settings("strain", "night") * self.strain.astype(np.float64)

    @cached_property
    def max_weeks(self) -> Ints:
        """E weeks away in a row that are allowed."""
        return self._by_strain("max_weeks")

    @cached_property
    def max_in_window(self) -> Ints:
        """E weeks away in a window that are allowed."""
        return self._by_strain("max_in_window")

    def _by_strain(self, name: str) -> Ints:
        levels = [self.settings.whole("rules", f"{prefix}{name}") for prefix in ("", "watch_", "high_")]
        found: Ints = np.array(levels, dtype=np.int64)[self.strain]
        return found

    @cached_property
    def limits_by_person(self) -> dict[int, tuple[StayLimit, ...]]:
        """The presence counters of those who have some."""
        found: dict[int, tuple[StayLimit, ...]] = {}
        for limit in self.stay_limits:
            found[limit.person] = (*found.get(limit.person, ()), limit)
        return found

    @cached_property
    def budget_weeks(self) -> int:
        """Weeks in which people who are moved count."""
        return min(self.settings.whole("stability", "budget_weeks"), len(self.weeks))

    def with_changes(self, **changes: object) -> Problem:
        """Return the problem with other pins, budget or whatever is named."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are fields


@dataclass(frozen=True)
class Plan:
    """E × W: the role of each person's week (:data:`NONE` at home), and whether it is done from home."""

    role: Ints
    is_remote: Flags

    def copy(self) -> Plan:
        """Return a plan of one's own."""
        return Plan(self.role.copy(), self.is_remote.copy())

    def project(self, problem: Problem) -> Ints:
        """E × W project of each week, :data:`NONE` at home."""
        return project_of(problem, self.role)


def project_of(problem: Problem, role: Ints) -> Ints:
    """Return projects of roles, :data:`NONE` where there is none."""
    if not len(problem.role_project):
        return np.full(role.shape, NONE, dtype=np.int64)
    return np.where(role == NONE, NONE, problem.role_project[np.maximum(role, 0)])


def empty_plan(problem: Problem) -> Plan:
    """Return the plan in which everybody is at home."""
    people, _, _, weeks = problem.shape
    return Plan(np.full((people, weeks), NONE, dtype=np.int64), np.zeros((people, weeks), dtype=bool))
