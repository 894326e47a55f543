"""A tiny firm for page tests: fourteen people, nine projects, one year; small enough to import in seconds."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

#: The last day of which the firm knows anything (a Sunday).
LAST_DAY: Final = date(2026, 5, 31)
FIRST_MONDAY: Final = date(2025, 6, 2)
WEEKS_COUNT: Final = 52

#: The team that stopped filing, and how many weeks ago it did.
SILENT_TEAM: Final = "West"
SILENT_WEEKS_COUNT: Final = 3

PEOPLE: Final = [
    (f"p{number:02d}", name, team)
    for number, (name, team) in enumerate(
        [
            ("Ana Moreno", "North"),
            ("Bo Lindqvist", "North"),
            ("陈伟", "North"),
            ("Dana Weiss", "North"),
            ("Emil Novak", "North"),
            ("Farid Haddad", "North"),
            ("Gita Rao", "West"),
            ("Hugo Martin", "West"),
            ("Ines Costa", "West"),
            ("Jun Tanaka", "West"),
            ("Kemal Aydin", "West"),
            ("Lena Fischer", "West"),
            ("Mia Olsen", "Desk"),
            ("Noor Ali", "Desk"),
        ],
        start=1,
    )
]

#: Project, name, client, product, weeks of the plan, first week, weeks of delay once finished (None: still runs).
PROJECTS: Final = [
    ("erp-1", "Lotus ERP", "Lotus Foods", "erp", 20, 0, 4),
    ("erp-2", "Harbour ERP", "Harbour Steel", "erp", 18, 2, 2),
    ("crm-1", "Pearl CRM", "Pearl Retail", "crm", 16, 4, 0),
    ("wms-1", "Delta warehouse", "Delta Parts", "warehouse", 20, 6, 6),
    ("erp-3", "Maple ERP", "Maple Paper", "erp", 22, 8, 3),
    ("crm-2", "Onyx CRM", "Onyx Bank", "crm", 18, 10, 1),
    ("his-1", "City hospital", "City Hospital", "hospital", 40, 22, None),
    ("erp-4", "Cedar ERP", "Cedar Textiles", "erp", 36, 26, None),
    ("wms-2", "Ridge warehouse", "=Ridge Logistics", "warehouse", 30, 30, None),
]
PHASES: Final = ("analysis", "design", "build", "test", "cutover")


def monday(week: int) -> date:
    """Return the Monday of a week of the firm's year."""
    return FIRST_MONDAY + timedelta(weeks=week)


def write_company(folder: Path) -> Path:
    """Write the firm's files and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "people.csv", _people())
    _write(folder / "projects.csv", _projects())
    _write(folder / "status_reports.csv", _status_reports())
    _write(folder / "timesheets.csv", _timesheets())
    _write(folder / "trips.csv", _trips())
    _write(folder / "change_requests.csv", _change_requests())
    _write(folder / "work_packages.csv", _work_packages())
    return folder


def write_demand(folder: Path) -> Path:
    """Write what running sites ask for in the next six weeks, who knows it and who is planned; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    running = [(project_id, product) for project_id, _, _, product, _, _, delay in PROJECTS if delay is None]
    knows = [(person_id, running[place % len(running)]) for place, (person_id, _, _) in enumerate(PEOPLE[:8])]
    _write(
        folder / "skills.csv",
        [{"person_id": person_id, "skill": product, "level": 3} for person_id, (_, product) in knows],
    )
    _write(
        folder / "site_demand.csv",
        [
            {
                "project_id": project_id,
                "week_start_date": monday(WEEKS_COUNT + week),
                "skill": product,
                "headcount": 1,
                "onsite_headcount": 1,
            }
            for project_id, product in running
            for week in range(6)
        ],
    )
    _write(
        folder / "assignments.csv",
        [
            {
                "person_id": person_id,
                "project_id": project_id,
                "week_start_date": monday(WEEKS_COUNT + week),
                "planned_hours": 40,
                "is_onsite": "yes",
            }
            for person_id, (project_id, _) in knows[:4]
            for week in range(4)
        ],
    )
    return folder


def _write(file: Path, rows: list[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _people() -> list[dict[str, object]]:
    return [
        {
            "person_id": person_id,
            "person_name": name,
            "team_name": team,
            "seniority": "senior" if place % 3 == 0 else "mid",
            "home_country": "DE" if place % 2 else "CN",
            "weekly_hours": 40,
            "hired_date": "2020-01-06",
        }
        for place, (person_id, name, team) in enumerate(PEOPLE)
    ]


def _projects() -> list[dict[str, object]]:
    return [
        {
            "project_id": project_id,
            "project_name": name,
            "client_name": client,
            "product": product,
            "site_city": "Hangzhou",
            "site_country": "CN",
            "manager_person_id": PEOPLE[place % len(PEOPLE)][0],
            "start_date": monday(first),
            "baseline_finish_date": monday(first + weeks),
            "planned_finish_date": monday(first + weeks),
            "budget_hours": weeks * 60,
            "status": "active" if delay is None else "finished",
            "actual_finish_date": "" if delay is None else monday(first + weeks + delay),
        }
        for place, (project_id, name, client, product, weeks, first, delay) in enumerate(PROJECTS)
    ]


def _status_reports() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for project_id, _, _, _, weeks, first, delay in PROJECTS:
        real = weeks + (delay if delay is not None else 9)
        for week in range(1, min(real, WEEKS_COUNT - first)):
            share = min(week / real, 0.99)
            rows.append(
                {
                    "project_id": project_id,
                    "as_of_date": monday(first + week) + timedelta(days=4),
                    "planned_finish_date": monday(first + weeks + (real - weeks) * (week > weeks * 0.8)),
                    "progress_ratio": round(share, 3),
                    "reported_status": "amber" if share > 0.6 and real > weeks + 2 else "green",
                    "phase": PHASES[min(int(share * len(PHASES)), len(PHASES) - 1)],
                    "note": "interface late" if week == 9 else "",
                }
            )
    return rows


def _running(week: int) -> list[str]:
    return [
        project_id
        for project_id, _, _, _, weeks, first, delay in PROJECTS
        if first <= week < (WEEKS_COUNT if delay is None else first + weeks + delay)
    ]


def _timesheets() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for week in range(WEEKS_COUNT):
        running = _running(week)
        for place, (person_id, _, team) in enumerate(PEOPLE):
            if team == SILENT_TEAM and week >= WEEKS_COUNT - SILENT_WEEKS_COUNT:
                continue
            for day in range(6 if place == 0 and week > 35 else 5):
                work_date = monday(week) + timedelta(days=day)
                rows.append(
                    {
                        "entry_id": f"{person_id}-{work_date}",
                        "person_id": person_id,
                        "project_id": running[(place + week // 8) % len(running)],
                        "work_date": work_date,
                        "worked_hours": 10.5 if place == 0 and week > 35 else 7.5 + (place + week) % 3 * 0.5,
                        "activity": "configuration",
                        "is_onsite": "yes" if (place + week // 3) % 4 == 0 else "no",
                        "submitted_at": f"{monday(week) + timedelta(days=6 + (place % 5 == 1) * 7)} 09:00:00",
                    }
                )
    # One entry that no day can hold, and one that must be refused.
    rows.append({**rows[0], "entry_id": "long", "worked_hours": 20, "submitted_at": "2025-06-09 09:00:00"})
    rows.append({**rows[0], "entry_id": "bad", "worked_hours": "=7"})
    return rows


def _trips() -> list[dict[str, object]]:
    weeks = {
        person_id: range(WEEKS_COUNT - 10 if place == 0 else place, WEEKS_COUNT, 1 if place == 0 else 6)
        for place, (person_id, _, _) in enumerate(PEOPLE[:8])
    }
    return [_trip(person_id, week) for person_id, own_weeks in weeks.items() for week in own_weeks]


def _trip(person_id: str, week: int) -> dict[str, object]:
    nights = 6 if person_id == "p01" else 4
    return {
        "trip_id": f"{person_id}-{week}",
        "person_id": person_id,
        "project_id": _running(week)[0],
        "departed_at": f"{monday(week)} 07:00:00",
        "returned_at": f"{monday(week) + timedelta(days=nights)} 20:00:00",
        "origin_city": "Munich",
        "destination_city": "Hangzhou",
        "destination_country": "CN",
        "transport": "plane",
        "nights_count": nights,
    }


def _change_requests() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for place, (project_id, _, _, _, weeks, first, _) in enumerate(PROJECTS):
        for number in range(12):
            week = first + 2 + number * weeks // 13
            if week >= WEEKS_COUNT:
                continue
            is_confirmed = (number + place) % 3 == 0
            is_done = week < WEEKS_COUNT - 8
            rows.append(
                {
                    "change_request_id": f"{project_id}-{number}",
                    "project_id": project_id,
                    "raised_at": f"{monday(week) + timedelta(days=2)} 10:00:00",
                    "requested_by": "Finance",
                    "kind": "report",
                    "phase_at_arrival": PHASES[min(number * 5 // 12, 4)],
                    "status": "done" if is_done else "raised",
                    "decided_at": f"{monday(week) + timedelta(days=9)} 10:00:00" if is_done else "",
                    "completed_at": f"{monday(week) + timedelta(days=23)} 10:00:00" if is_done else "",
                    "estimated_hours": 16 + number,
                    "actual_hours": (16 + number) * (1.1 if is_confirmed else 1.6) if is_done else "",
                    "is_confirmed_by_prototype": "yes" if is_confirmed else "no",
                    "cause": ("expectation", "legacy_integration", "new_need")[number % 3],
                }
            )
    return rows


def _work_packages() -> list[dict[str, object]]:
    return [
        {
            "package_id": f"{project_id}-{number}",
            "project_id": project_id,
            "phase": PHASES[min(number * 5 // weeks, 4)],
            "planned_hours": 60,
            "planned_start_date": monday(first + number),
            "planned_finish_date": monday(first + number) + timedelta(days=4),
        }
        for project_id, _, _, _, weeks, first, _ in PROJECTS
        for number in range(weeks)
    ]
