"""A firm that imports hours and projects only gets a proposal; what it imports later counts instead."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.answers.door import close_all
from dashboard.answers.rotation import Asked, Effort, Room, names_of, proposed, room
from dashboard.answers.viewers import local_viewer
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.publishing import published_file
from tests.dashboard.company import LAST_DAY, write_demand

if TYPE_CHECKING:
    from pathlib import Path

HOURS_READ = {"roster_from_hours", "skills_from_hours"}


def room_of(home: Home) -> Room:
    file = published_file(home)
    assert file is not None
    found = room(file, local_viewer(), Asked(None, None, 12, None))
    assert names_of(file, local_viewer(), found)["people"]
    return found


def test_hours_and_projects_are_enough_for_a_proposal(company_home: Home) -> None:
    found = room_of(company_home)
    assert {one.kind for one in found.remarks} >= HOURS_READ
    assert set(found.problem.role_skills) == {"erp", "hospital", "warehouse"}
    assert found.problem.demand.sum() > 12
    answer = proposed(found, Effort(rounds=1))
    assert answer.after.is_feasible
    assert answer.after.total < answer.before.total


def test_what_is_imported_counts_instead_of_hours(company_home: Home, tmp_path: Path) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 21, tzinfo=UTC)
    import_files(home, [write_demand(tmp_path / "demand")], ImportOptions(), now=now)
    found = room_of(home)
    assert not {one.kind for one in found.remarks} & HOURS_READ
    assert found.problem.demand[:, 0].sum() == 3
    close_all()


def test_a_past_day_reads_the_hours_that_were_known_then(company_home: Home, tmp_path: Path) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    day = datetime(2026, 3, 1, tzinfo=UTC).date()
    before, asked = published_file(home), Asked(day, None, 12, None)
    assert before is not None
    then = room(before, local_viewer(), asked).problem
    close_all()
    more = tmp_path / "timesheets.csv"
    more.write_text(
        "entry_id,person_id,project_id,work_date,worked_hours,submitted_at\n"
        + "".join(f"more-{n},p14,wms-2,2026-02-{n:02},9,2026-06-03 09:00:00\n" for n in range(2, 28)),
        encoding="utf-8",
    )
    import_files(home, [more], ImportOptions(), now=datetime(2026, 6, 4, tzinfo=UTC))
    after = published_file(home)
    assert after is not None
    again = room(after, local_viewer(), asked).problem
    assert (again.roster == then.roster).all()
    assert (again.demand == then.demand).all()
    assert (again.has_skill == then.has_skill).all()
    assert (again.is_known == then.is_known).all()
    close_all()
