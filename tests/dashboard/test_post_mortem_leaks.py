"""What became known later moves no week of the past: not the signs, not the forecasts, not the first knowable week."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.answers.door import close_all
from dashboard.answers.portfolio import histories_by
from dashboard.answers.postmortem import post_mortem
from dashboard.answers.postmortem_replays import own_forecasts, signs_of
from dashboard.answers.viewers import local_viewer
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.journal import NewDecision, record_decision
from data.warehouse import published_file
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = "wms-1"
#: What is planted became known two weeks after the last day of the firm.
LATER = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 20, tzinfo=UTC) + timedelta(weeks=2)


def plant(files: Path, folder: Path) -> None:
    """Write later versions of what the firm filed of the project: reports, plan, baseline, requests, hours."""
    folder.mkdir()
    reports = pd.read_csv(files / "status_reports.csv", dtype=str)
    own = reports[reports["project_id"].eq(PROJECT)]
    own.assign(progress_ratio="0.05", planned_finish_date="2027-06-01", reported_status="red").to_csv(
        folder / "status_reports.csv", index=False
    )
    requests = pd.read_csv(files / "change_requests.csv", dtype=str)
    mine = requests[requests["project_id"].eq(PROJECT)]
    mine.assign(estimated_hours="900").to_csv(folder / "change_requests.csv", index=False)
    hours = pd.read_csv(files / "timesheets.csv", dtype=str)
    late = hours[hours["project_id"].eq(PROJECT)].head(60)
    late = late.assign(entry_id=late["entry_id"] + "-late", submitted_at=f"{LATER:%Y-%m-%d} 09:00:00")
    late.to_csv(folder / "timesheets.csv", index=False)
    projects = pd.read_csv(files / "projects.csv", dtype=str)
    projects = projects.assign(
        baseline_finish_date=projects["baseline_finish_date"].mask(projects["project_id"].eq(PROJECT), "2026-12-31"),
        planned_finish_date=projects["planned_finish_date"].mask(projects["project_id"].eq(PROJECT), "2026-12-31"),
        budget_hours=projects["budget_hours"].mask(projects["project_id"].eq(PROJECT), "9000"),
    )
    projects.to_csv(folder / "projects.csv", index=False)


def file_of(home: Home) -> Path:
    found = published_file(home)
    assert found is not None
    return found


def test_rows_with_a_later_known_at_move_no_week_of_the_past(company_home: Home, tmp_path: Path) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    before = file_of(home)
    signs, forecasts = signs_of(before, LAST_DAY, PROJECT), own_forecasts(before, LAST_DAY, PROJECT)
    told = post_mortem(before, local_viewer(), LAST_DAY, PROJECT)
    plan = histories_by(before, "baseline").projects
    close_all()

    plant(company_home.path.parent / "files", tmp_path / "later")
    import_files(home, [tmp_path / "later"], ImportOptions(), now=LATER)
    record_decision(home, "ana", NewDecision(PROJECT, "Take scope out"))
    after = file_of(home)
    assert after != before
    assert len(histories_by(after, "baseline").projects) == len(plan)

    own = ["project_id", "week_start_date"]
    later_signs = signs_of(after, LAST_DAY, PROJECT)
    pd.testing.assert_frame_equal(
        later_signs[later_signs["project_id"].eq(PROJECT)].set_index(own),
        signs[signs["project_id"].eq(PROJECT)].set_index(own),
    )
    pd.testing.assert_frame_equal(own_forecasts(after, LAST_DAY, PROJECT), forecasts)
    again = post_mortem(after, local_viewer(), LAST_DAY, PROJECT)
    assert again.hindsight.knowable == told.hindsight.knowable
    assert again.hindsight.turning.actions.equals(told.hindsight.turning.actions)
    assert again.account is not None
    assert told.account is not None
    assert again.account.late_weeks == told.account.late_weeks
