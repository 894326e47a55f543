"""Which timesheet files the made-up company has: one system per country with manners of its own, one file per year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.cells import Columns, added, height
from data.demo.files import Shape, write_text, write_workbook
from data.demo.flaws import timesheet_flaws
from data.demo.sheets import corrections, timesheet_columns
from data.demo.timeline import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.demo.plans import ProjectList
    from data.demo.requests import Requests
    from data.demo.sheets import Filed
    from data.demo.world import World

_BASIC: Final = ("person_id", "project_id", "work_date", "worked_hours", "activity", "is_onsite")


@dataclass(frozen=True)
class System:
    """A country's timesheet system."""

    country: str
    label: str
    columns: tuple[str, ...]
    shape: Shape
    ending: str = "csv"
    date_style: str = "%Y-%m-%d"
    #: Manners of the newest year where the system changed.
    newest: Shape | None = None
    is_newest_a_workbook: bool = False


SYSTEMS: Final = (
    System(
        "CN",
        "china",
        ("entry_id", *_BASIC, "change_request_id", "package_id", "submitted_at"),
        Shape("plain", ",", "utf-8-sig", "\r\n"),
        newest=Shape("plain", ",", "gb18030", "\r\n"),
    ),
    System(
        "DE",
        "germany",
        ("entry_id", *_BASIC, "started_at", "ended_at", "change_request_id", "submitted_at"),
        Shape("title", ";"),
    ),
    # The Japanese system does not number its entries.
    System(
        "JP",
        "japan",
        (*_BASIC, "started_at", "ended_at", "submitted_at"),
        Shape("spaced", "\t"),
        ending="tsv",
        date_style="%Y/%m/%d",
    ),
    System(
        "SG",
        "singapore",
        ("entry_id", *_BASIC, "package_id", "submitted_at"),
        Shape("upper"),
        is_newest_a_workbook=True,
    ),
    # The Brazilian export does not say when an entry was filed.
    System("BR", "brazil", ("entry_id", *_BASIC, "change_request_id"), Shape("plain", ";")),
)
#: Countries whose teams filed some days again.
_CORRECTED: Final = ("DE", "JP")


@dataclass(frozen=True)
class TimesheetFile:
    """One file, written on demand so that only one is in memory as text."""

    name: str
    system: System
    shape: Shape
    world: World
    projects: ProjectList
    requests: Requests
    filed: Filed
    flaws: Sequence[dict[str, str]] = field(default=())

    def write(self, folder: Path) -> int:
        """Write the file and return its number of rows."""
        cells = timesheet_columns(self.world, self.projects, self.requests, self.filed, style=self.system.date_style)
        columns: Columns = {name: cells[name] for name in self.system.columns}
        if self.flaws:
            columns = added(columns, self.flaws)
        if self.name.endswith(".xlsx"):
            write_workbook(folder / self.name, {"timesheets": columns}, self.shape.header)
        else:
            write_text(folder / self.name, columns, self.shape)
        return height(columns)


def timesheet_files(
    world: World,
    projects: ProjectList,
    requests: Requests,
    filed: Filed,
    *,
    seed: int,
) -> list[TimesheetFile]:
    """Lay out the files: per country and year, then corrections; the flaws lie in China's newest file."""
    files: list[TimesheetFile] = []
    year = filed.entries.day.astype("datetime64[Y]").astype(np.int64) + 1970
    country = world.staff.country[filed.entries.person]
    newest = int(year.max())
    for system in SYSTEMS:
        here = country == COUNTRIES.index(system.country)
        for number in np.unique(year[here]).tolist():
            is_newest = number == newest
            ending = "xlsx" if is_newest and system.is_newest_a_workbook else system.ending
            shape = (system.newest or system.shape) if is_newest else system.shape
            name = f"timesheets_{system.label}_{number}.{ending}"
            part = filed.rows(np.flatnonzero(here & (year == number)))
            is_flawed = is_newest and system.country == "CN"
            planted = timesheet_flaws(world, projects, part, "X") if is_flawed else ()
            files.append(TimesheetFile(name, system, shape, world, projects, requests, part, planted))
        if system.country in _CORRECTED:
            again = corrections(world, filed, COUNTRIES.index(system.country), seed)
            name = f"timesheets_{system.label}_corrections.{system.ending}"
            files.append(TimesheetFile(name, system, system.shape, world, projects, requests, again))
    return files
