"""Rows with planted flaws: some that an import must refuse, some that it must warn about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from data.demo.plans import ProjectList
    from data.demo.sheets import Filed
    from data.demo.world import World

#: A project that nobody listed.
UNKNOWN_PROJECT: Final = "P99-999"


def timesheet_flaws(world: World, projects: ProjectList, filed: Filed, prefix: str) -> list[dict[str, str]]:
    """Return six rows: four to refuse (0 h, 26 h, no project, no such day), two entries that make a day over 24 h.

    The last row names a project that is on no list, which is a warning.
    """
    entries = filed.entries
    places = np.linspace(0, len(entries.person) - 1, 6).astype(np.int64)[1:5]
    people = [world.staff.ids[int(entries.person[k])] for k in places]
    owners = [projects.ids[int(projects.place[entries.project[k]])] for k in places]
    dates = [entries.day[k].item().isoformat() for k in places]
    filed_at = f"{world.timeline.day(world.timeline.last_week).isoformat()}T09:00:00Z"
    cells = (
        (people[0], owners[0], dates[0], "0"),
        (people[1], owners[1], dates[1], "26"),
        (people[2], "", dates[2], "8"),
        (people[3], owners[3], f"{dates[3][:4]}-02-30", "8"),
        (people[1], owners[1], dates[1], "13"),
        (people[1], owners[1], dates[1], "12"),
        (people[2], UNKNOWN_PROJECT, dates[2], "2"),
    )
    names = ("person_id", "project_id", "work_date", "worked_hours")
    return [
        {
            **{name: value for name, value in zip(names, row, strict=True) if value},
            "entry_id": f"{prefix}{number:03d}",
            "activity": "other",
            "is_onsite": "no",
            "submitted_at": filed_at,
        }
        for number, row in enumerate(cells, start=1)
    ]


def trip_flaws(world: World, last: dict[str, str | None]) -> list[dict[str, str]]:
    """Return a trip that lies inside another one of the same person, and one that returns before it departs."""
    day = world.timeline.day(world.timeline.week_count // 2).isoformat()
    inside = {name: value for name, value in last.items() if value is not None}
    inside |= {"trip_id": "T900001", "nights_count": "1", "destination_city": "Haiphong", "destination_country": "VN"}
    return [
        inside,
        {
            "trip_id": "T900002",
            "person_id": world.staff.ids[0],
            "departed_at": f"{day}T08:00:00Z",
            "returned_at": f"{day}T05:00:00Z",
            "destination_city": "Munich",
            "destination_country": "DE",
        },
    ]


def request_flaws(world: World, projects: ProjectList) -> list[dict[str, str]]:
    """Return a request that was decided before it was raised, and one of a project that nobody listed."""
    week = world.timeline.week_count // 2
    first, later = world.timeline.day(week).isoformat(), world.timeline.day(week, 3).isoformat()
    return [
        {
            "change_request_id": "CR-900001",
            "project_id": projects.ids[0],
            "raised_at": f"{later}T09:00:00Z",
            "decided_at": f"{first}T09:00:00Z",
            "status": "approved",
            "estimated_hours": "12",
            "cause": "defect",
        },
        {
            "change_request_id": "CR-900002",
            "project_id": UNKNOWN_PROJECT,
            "raised_at": f"{first}T10:00:00Z",
            "status": "raised",
            "estimated_hours": "6",
        },
    ]
