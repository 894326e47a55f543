"""Stays in another country that a plan brings: each is a to-do before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.rotation.problem import NONE

if TYPE_CHECKING:
    from analytics.rotation.problem import Plan, Problem


@dataclass(frozen=True)
class StayAbroad:
    """Weeks in a row of a person on site in another country, that the roster did not hold in full."""

    person: int
    project: int
    country: str
    first_week: int
    last_week: int


def stays_abroad(problem: Problem, plan: Plan, base: Plan) -> list[StayAbroad]:
    """Return new stays abroad by week and person; without known countries there are none."""
    if not problem.countries or not problem.home_countries:
        return []
    after, before = plan.project(problem), base.project(problem)
    found = []
    for person, home in enumerate(problem.home_countries):
        there = [
            int(site) if site != NONE and not remote and _is_abroad(home, problem.countries[site]) else NONE
            for site, remote in zip(after[person].tolist(), plan.is_remote[person].tolist(), strict=True)
        ]
        start = 0
        for week in range(1, len(there) + 1):
            if week < len(there) and there[week] == there[start]:
                continue
            weeks = slice(start, week)
            was = (before[person, weeks] == there[start]) & ~base.is_remote[person, weeks]
            if there[start] != NONE and not was.all():
                found.append(StayAbroad(person, there[start], problem.countries[there[start]], start, week - 1))
            start = week
    return sorted(found, key=lambda stay: (stay.first_week, stay.person))


def _is_abroad(home: str, site: str) -> bool:
    return bool(home and site and home != site)
