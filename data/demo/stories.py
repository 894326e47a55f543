"""The planted stories in words: what happens, to whom, when, and where to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo import steering
from data.demo.sheets import SILENT_WEEKS
from data.demo.steering import ROLE_NUMBERS
from data.demo.world import State

if TYPE_CHECKING:
    from datetime import date

    from data.demo.plans import ProjectList
    from data.demo.world import World

_PROJECT: Final = "Project page"


@dataclass(frozen=True)
class Story:
    """One planted story.

    ``key`` is its kind; ``week_start_date`` is the Monday of the week in which it begins; ``page`` tells where to look
    in the dashboard.
    """

    title: str
    text: str
    project_id: str
    person_id: str
    team_name: str
    week_start_date: date
    page: str
    key: str


def silent_team(world: World) -> int:
    """Choose the team that stops filing: a small one of at least two that plays no other part."""
    staff = world.staff
    sizes = np.bincount(staff.team[staff.hired_week < world.timeline.week_count - 12], minlength=staff.team_count)
    busy = {int(staff.team[person]) for person in world.people_of_roles.values()}
    home = world.slot_project[:, 0]
    in_cast = np.bincount(staff.team[(home >= 0) & (home < len(ROLE_NUMBERS))], minlength=staff.team_count)
    shown = np.isin(home, [ROLE_NUMBERS[key] for key in ("handover", "crunch", "waiting", "green")])
    in_cast += 3 * np.bincount(staff.team[shown], minlength=staff.team_count)
    score = in_cast * 10 + sizes + np.array([1000.0 * (team in busy) for team in range(staff.team_count)])
    score[sizes < 2] = np.inf
    return int(np.argmin(score))


def tell(world: World, projects: ProjectList, quiet: int) -> tuple[Story, ...]:
    """Put the stories into words, with the names of this company."""
    teller = _Teller(world, projects)
    cast = teller.cast
    away, alone, five = (world.people_of_roles[key] for key in ("away", "alone", "five"))
    stories = [
        cast("scope", "Scope that doubles after design sign-off",
             "Between design sign-off and two months ago the client's approved change requests add as many "
             "hours as the budget had; the plan moved by four weeks only.",
             steering.SIGN_OFF_AGO, page=f"{_PROJECT}: change requests by phase, scope against budget"),
        cast("green", "Green reports on a project that is red",
             "Every report says green, progress climbs to 90 % as planned and creeps from there; the phase "
             "is still build, and hours pass the budget while the work stands still.",
             steering.GREEN_STUCK_AGO, page=f"{_PROJECT}: latest reports beside booked hours"),
        cast("away", "A senior who has been away nine weeks",
             "Two trips with one night at home between them, and long weeks.",
             steering.AWAY_WEEKS - 1, page="People: travel, weeks on site", person=away),
        cast("alone", "A junior alone on site",
             "The others were taken off in one week; since then a junior stands alone at the client with "
             "some 55 hours a week.",
             steering.ALONE_WEEKS, page=f"{_PROJECT}: people and their load", person=alone),
        cast("legacy", "An interface to an old system that never works",
             "Request after request with the cause legacy_integration, none of them done; integration and "
             "rework fill the timesheets, and the plan moves three times.",
             steering.LEGACY_AGO, page="Change requests: cause; Project page: activities"),
        cast("handover", "A rotation that lost its handover",
             "The whole team was replaced between two weeks, nobody stayed for a day beside a newcomer; "
             "progress falls to a third and rework comes.",
             steering.HANDOVER_AGO, page=f"{_PROJECT}: people by week"),
        cast("saved", "A project saved by a decision",
             "Blocked and far behind, until the steering committee took a quarter of the scope out (a "
             "request with negative hours) and a colleague joined: it went live on the day of the first "
             "plan.",
             steering.DECISION_AGO, page=f"{_PROJECT}: reports and change requests"),
        cast("waiting", "A design that nobody signs",
             "The client has not signed the design for over two months; people book hours, progress stands "
             "still, the planned finish has not moved.",
             steering.WAITING_AGO, page=f"{_PROJECT}: earned against booked hours"),
        cast("crunch", "Weekends before go-live",
             "Go-live is two weeks away; for six weeks the team has worked Saturdays and Sundays, 55 to 70 "
             "hours a week.",
             steering.CRUNCH_AGO - 1, page="People: heat map, days in a row"),
        teller.team(quiet),
        teller.person(five, "One person on five projects",
                      "A senior serves five projects with a fifth of the week for each.",
                      steering.FRAGMENTED_AGO, page="People: projects in a week"),
    ]  # fmt: skip
    return tuple(stories + teller.stopped())


class _Teller:
    """Knows ids, names and dates of one company."""

    def __init__(self, world: World, projects: ProjectList) -> None:
        self._world, self._projects = world, projects

    def _monday(self, weeks_ago: int) -> date:
        return self._world.timeline.day(self._world.timeline.last_week - weeks_ago)

    def cast(self, key: str, title: str, text: str, weeks_ago: int, *, page: str, person: int | None = None) -> Story:
        """Tell the story of a project in the cast."""
        number = ROLE_NUMBERS[key]
        name = "" if person is None else self._world.staff.ids[person]
        return Story(title, text, self._id(number), name, "", self._monday(weeks_ago), page, key)

    def _id(self, number: int) -> str:
        return self._projects.ids[int(self._projects.place[number])]

    def team(self, quiet: int) -> Story:
        """Tell of the team that stopped filing."""
        text = f"Nobody of the team has filed a timesheet for the last {SILENT_WEEKS} weeks; plans and trips go on."
        name = self._world.staff.team_names[quiet]
        monday = self._monday(SILENT_WEEKS - 1)
        title, page = "A team that stopped filing timesheets", "Data: filing completeness"
        return Story(title, text, "", "", name, monday, page, "silent")

    def person(self, person: int, title: str, text: str, weeks_ago: int, *, page: str) -> Story:
        """Tell the story of a person."""
        return Story(title, text, "", self._world.staff.ids[person], "", self._monday(weeks_ago), page, "five")

    def stopped(self) -> list[Story]:
        """Tell of a project on hold and of a cancelled one, if there are any."""
        found: list[Story] = []
        for state, title in ((State.ON_HOLD, "A project on hold"), (State.CANCELLED, "A project that was cancelled")):
            numbers = np.flatnonzero(self._world.state == state)
            if len(numbers):
                number = int(numbers[-1])
                end = int(self._world.finished[number])
                week = end if state == State.CANCELLED else int(self._world.held_since[number])
                text = "Its last report says so; its people work elsewhere and its plan is out of date."
                day, key = self._world.timeline.day(week), "on_hold" if state == State.ON_HOLD else "cancelled"
                found.append(Story(title, text, self._id(number), "", "", day, "Portfolio: status", key))
        return found


def readme(world: World, projects: ProjectList, stories: tuple[Story, ...], tables: dict[str, int]) -> str:
    """Write the README of the folder."""
    names = dict(zip(projects.ids, (world.book.names[int(k)] for k in projects.members), strict=True))
    people = dict(zip(world.staff.ids, world.staff.full_names, strict=True))
    last_day = world.timeline.day(world.timeline.last_week, 6)
    lines = [
        "# A made-up company",
        "",
        "Everything in this folder is invented by a seeded program; any likeness to people or firms is chance.",
        f"{world.staff.count} engineers, weeks from {world.timeline.first_monday} to {last_day}.",
        f"Made as if today were {world.timeline.today}.",
        "Some rows have planted flaws: an import must refuse some of them and warn about others.",
        "",
        "## Planted stories",
        "",
    ]
    for number, story in enumerate(stories, start=1):
        who = [f"{story.project_id} {names[story.project_id]}"] if story.project_id else []
        who += [f"{story.person_id} ({people[story.person_id]})"] if story.person_id else []
        who += [f"team {story.team_name}"] if story.team_name else []
        lines += [
            f"{number}. **{story.title}** – {'; '.join(who)}. {story.text}",
            f"   From the week of {story.week_start_date}. Look at: {story.page}.",
        ]
    lines += ["", "## Files", "", "| file | rows |", "|---|---|"]
    lines += [f"| {name} | {rows} |" for name, rows in tables.items()]
    return "\n".join(lines) + "\n"
