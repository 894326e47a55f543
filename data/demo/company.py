"""Builds the made-up company and writes its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.demo import persons, plans, sheets
from data.demo.cells import Columns, added, height, rows
from data.demo.days import make_entries, spread_over_days
from data.demo.files import Shape, write_text, write_workbook
from data.demo.flaws import request_flaws, trip_flaws
from data.demo.layout import timesheet_files
from data.demo.leave import draw_leave
from data.demo.portfolio import make_book
from data.demo.requests import make_requests, request_of_weeks, requests_table
from data.demo.simulation import joined_work, play
from data.demo.staff import make_staff
from data.demo.stories import Story, readme, silent_team, tell
from data.demo.timeline import make_timeline, workday_table
from data.demo.travel import make_trips

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from data.demo.plans import ProjectList
    from data.demo.requests import Requests
    from data.demo.sheets import Filed
    from data.demo.simulation import Work
    from data.demo.timeline import Flags, Floats
    from data.demo.travel import Trips
    from data.demo.world import World

#: The stories need this many people to play in.
LEAST_PEOPLE: Final = 24


_IMPORT_ORDER: Final = (
    "people",
    "projects",
    "skills",
    "work_packages",
    "assignments",
    "leave",
    "trips",
    "change_requests",
    "status_reports",
    "outcomes",
    "timesheets",
)


@dataclass(frozen=True)
class DemoCompany:
    """The files of a made-up company, in the order in which to import them, and the stories planted in them."""

    folder: Path
    files: tuple[Path, ...]
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class _Played:
    """Everything that was played, before it is written."""

    world: World
    work: Work
    trips: Trips
    projects: ProjectList
    requests: Requests
    filed: Filed
    leave: Flags
    available_hours: Floats
    quiet_team: int
    seed: int


def write_company(
    folder: Path,
    *,
    people: int = 80,
    years: int = 3,
    seed: int = 7,
    today: date,
    on_progress: Callable[[str, float], None] | None = None,
) -> DemoCompany:
    """Play a company and write its files into ``folder``; the same arguments give the same bytes.

    Parameters
    ----------
    today
        The last full week before this day is the last one with data; later dates appear in plans only.
    on_progress
        Is told what is being done and which share of the whole is behind it.
    """
    if people < LEAST_PEOPLE or years < 1:
        raise ValueError(f"a made-up company needs at least {LEAST_PEOPLE} people and one year")
    tell_progress = on_progress or (lambda _text, _share: None)
    folder.mkdir(parents=True, exist_ok=True)
    played = _play(people, years, seed, today, tell_progress)
    return _write(folder, played, tell_progress)


def _play(people: int, years: int, seed: int, today: date, tell_progress: Callable[[str, float], None]) -> _Played:
    timeline = make_timeline(years, today)
    staff = make_staff(people, timeline, seed)
    workdays = workday_table(timeline)
    leave = draw_leave(staff, workdays, timeline, seed)
    book = make_book(staff, timeline, seed)
    free_days = (workdays[staff.country] & ~leave).sum(axis=2)
    available = free_days * staff.weekly_hours[:, None] / 5
    weeks = timeline.week_count
    world = play(
        timeline,
        staff,
        book,
        available,
        seed=seed,
        on_week=lambda week: tell_progress("playing weeks", 0.3 * (week + 1) / weeks),
    )
    work = joined_work(world)
    trips = make_trips(world, work, seed)
    days = spread_over_days(world, workdays, leave, seed)
    entries = make_entries(world, work, days, trips, seed)
    projects = plans.list_projects(world, seed)
    requests = make_requests(world, seed)
    quiet = silent_team(world)
    filed = sheets.file_timesheets(world, entries, request_of_weeks(world, requests), quiet, seed)
    return _Played(world, work, trips, projects, requests, filed, leave, available, quiet, seed)


def _write(folder: Path, played: _Played, tell_progress: Callable[[str, float], None]) -> DemoCompany:
    counts: dict[str, int] = {}
    tell_progress("writing tables", 0.4)
    for name, (columns, shape) in _text_tables(played).items():
        write_text(folder / name, columns, shape)
        counts[name] = height(columns)
    projects = plans.projects_table(played.world, played.projects)
    write_workbook(folder / "projects.xlsx", {"projects": projects}, "title")
    skills = {
        "skills": persons.skills_table(played.world),
        "site_demand": plans.demand_table(played.world, played.projects, played.seed),
    }
    write_workbook(folder / "skills.xlsx", skills, "sentence")
    counts = {"projects.xlsx": height(projects), "skills.xlsx": sum(map(height, skills.values())), **counts}
    files = timesheet_files(played.world, played.projects, played.requests, played.filed, seed=played.seed)
    for done, file in enumerate(files):
        tell_progress(f"writing {file.name}", 0.5 + 0.5 * done / len(files))
        counts[file.name] = file.write(folder)
    order = sorted(counts, key=_import_order)
    stories = tell(played.world, played.projects, played.quiet_team)
    text = readme(played.world, played.projects, stories, {name: counts[name] for name in order})
    (folder / "README.md").write_text(text, encoding="utf-8")
    tell_progress("done", 1.0)
    return DemoCompany(folder, tuple(folder / name for name in order), stories)


def _import_order(name: str) -> tuple[int, str]:
    """Put lists before what refers to them, and corrections last."""
    place = next(number for number, table in enumerate(_IMPORT_ORDER) if name.startswith(table))
    return place + ("corrections" in name), name


def _text_tables(played: _Played) -> dict[str, tuple[Columns, Shape]]:
    """Return every table but timesheets and workbooks, with the way it is written."""
    world, projects, seed = played.world, played.projects, played.seed
    trips = persons.trips_table(world, projects, played.trips, seed)
    middle = height(trips) // 2
    inside = {name: cells[middle].as_py() for name, cells in trips.items()}
    requests, is_cn = requests_table(world, projects, played.requests, seed)
    reports, from_cn = plans.reports_table(world, projects)
    chinese = Shape("plain", ",", "gb18030", "\r\n")
    return {
        "people.csv": (persons.people_table(world), Shape("plain", ",", "utf-8-sig", "\r\n")),
        "work_packages.csv": (plans.packages_table(world, projects), Shape("title")),
        "assignments.csv": (
            persons.assignments_table(world, projects, played.work, played.available_hours, seed),
            Shape(),
        ),
        "leave.csv": (persons.leave_table(world, played.leave, seed), Shape("upper", ";")),
        "trips.csv": (added(trips, trip_flaws(world, inside)), Shape("title")),
        "change_requests_china.csv": (rows(requests, is_cn), chinese),
        "change_requests_other.csv": (
            added(rows(requests, ~is_cn), request_flaws(world, projects)),
            Shape("spaced", ";"),
        ),
        "status_reports_china.csv": (rows(reports, from_cn), chinese),
        "status_reports_other.tsv": (rows(reports, ~from_cn), Shape("sentence", "\t", "utf-16")),
        "outcomes.csv": (plans.outcomes_table(world, projects, seed), Shape()),
    }
