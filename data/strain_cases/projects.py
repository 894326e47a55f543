"""Projects of the planted teams: their go-lives, their change requests, and clients that press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from data.strain_cases.diary import Ints

#: Stands for the pressing client's project in a diary.
DIFFICULT_PROJECT: Final = -1

_PEOPLE_A_PROJECT: Final = 4
_DIFFICULT_COUNT: Final = 4
_LENGTH_WEEKS: Final = 30


@dataclass(frozen=True)
class PlantedProjects:
    """Usual projects ``0 … count−1`` and difficult ones after them; ``requests`` is projects × weeks."""

    count: int
    go_live_weeks: Ints
    requests: Ints

    def difficult(self, number: int) -> int:
        """Return the difficult project of a person."""
        return self.count + number % _DIFFICULT_COUNT

    @property
    def ids(self) -> list[str]:
        """Names of the projects."""
        return [f"case-p{number:03d}" for number in range(len(self.requests))]


def planted_projects(random: np.random.Generator, weeks: int, people: int) -> PlantedProjects:
    """Make up projects that go live once in their thirty weeks, with few requests, and four that press."""
    count = max(people // _PEOPLE_A_PROJECT, 8)
    go_live = random.integers(0, weeks + _LENGTH_WEEKS, size=count + _DIFFICULT_COUNT)
    go_live[count:] = weeks
    rate = np.full((count + _DIFFICULT_COUNT, weeks), 0.35)
    before = go_live[:, None] - np.arange(weeks)[None, :]
    rate[(before >= 0) & (before < 6)] = 0.9
    rate[count:] = 4.0
    return PlantedProjects(count, go_live, random.poisson(rate))


def project_frames(projects: PlantedProjects, first: date, weeks: int) -> dict[str, pd.DataFrame]:
    """Return the marts ``projects``, ``change_requests`` and ``status_reports``."""
    ids = projects.ids
    finish = [_monday(first, int(week)) + timedelta(days=4) for week in projects.go_live_weeks]
    begins = [day - timedelta(weeks=_LENGTH_WEEKS) for day in finish]
    plain = pd.DataFrame(
        {
            "project_id": ids,
            "project_name": [name.upper() for name in ids],
            "client_name": [f"Client {name[-3:]}" for name in ids],
            "site_time_zone": "Asia/Shanghai",
            "site_country": "CN",
            "start_date": pd.to_datetime(begins),
            "baseline_finish_date": pd.to_datetime(finish),
            "go_live_date": pd.to_datetime(finish),
        }
    )
    return {
        "projects": plain,
        "change_requests": _requests(projects, first),
        "status_reports": _reports(projects, first, weeks),
    }


def _requests(projects: PlantedProjects, first: date) -> pd.DataFrame:
    project, week = np.nonzero(projects.requests)
    count = projects.requests[project, week]
    project, week = np.repeat(project, count), np.repeat(week, count)
    raised = pd.to_datetime([_monday(first, int(w)) + timedelta(days=int(n % 5)) for n, w in enumerate(week)])
    return pd.DataFrame(
        {
            "change_request_id": [f"case-cr{number:05d}" for number in range(len(project))],
            "project_id": [projects.ids[int(p)] for p in project],
            "raised_at": raised + pd.Timedelta(hours=3),
            "known_date": raised,
        }
    )


def _reports(projects: PlantedProjects, first: date, weeks: int) -> pd.DataFrame:
    """Report each project every second week; a pressing client's plan moves on by two months when it is near."""
    rows = []
    for number, name in enumerate(projects.ids):
        is_hard = number >= projects.count
        for week in range(1, weeks, 2):
            day = _monday(first, week) + timedelta(days=4)
            go_live = int(projects.go_live_weeks[number])
            planned = week + 3 + (8 - week % 8) if is_hard else go_live
            status = ("red" if week % 8 < 5 else "amber") if is_hard else "green"
            rows.append((name, day, _monday(first, planned) + timedelta(days=4), status))
    frame = pd.DataFrame(rows, columns=["project_id", "as_of_date", "planned_finish_date", "reported_status"])
    dates = {name: pd.to_datetime(frame[name]) for name in ("as_of_date", "planned_finish_date")}
    return frame.assign(**dates, known_date=dates["as_of_date"])


def _monday(first: date, week: int) -> date:
    return first + timedelta(weeks=week)
