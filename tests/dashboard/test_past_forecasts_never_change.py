"""A forecast as known on a past day stays the same, whatever is corrected later, in whichever table."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd
import pytest

from dashboard.answers.door import close_all
from dashboard.answers.portfolio import forecast, history
from dashboard.answers.viewers import local_viewer
from data.home import Home
from data.import_reports import ImportOptions
from data.importing import import_files
from data.publishing import published_file
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Corrections arrive two weeks after the last day of the firm.
LATER: Final = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 20, tzinfo=UTC) + timedelta(weeks=2)
RUNNING: Final = "his-1"


def requests_estimated_anew(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(estimated_hours="900")


def requests_decided(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(status="approved", decided_at=f"{LATER - timedelta(weeks=30):%Y-%m-%d} 10:00:00")


def requests_refused(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(status="rejected", decided_at=f"{LATER:%Y-%m-%d} 10:00:00")


def requests_of_other_projects(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(project_id=rows["project_id"].to_numpy()[::-1])


def requests_raised_earlier(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(raised_at="2025-07-01 10:00:00")


def requests_that_were_defects(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(cause="defect")


def projects_with_other_plans(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(baseline_finish_date="2027-12-27", planned_finish_date="2027-12-27", budget_hours="9000")


def reports_that_say_less(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(progress_ratio="0.05", planned_finish_date="2027-06-01", phase="analysis")


def hours_twice_as_many(rows: pd.DataFrame) -> pd.DataFrame:
    late = rows[rows["entry_id"].ne("bad")].iloc[::3]
    return late.assign(entry_id=late["entry_id"] + "-late", worked_hours="4", submitted_at=f"{LATER:%Y-%m-%d} 09:00:00")


def packages_twice_as_large(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(planned_hours="120")


CORRECTIONS: Final[list[tuple[str, Callable[[pd.DataFrame], pd.DataFrame]]]] = [
    ("change_requests", requests_estimated_anew),
    ("change_requests", requests_decided),
    ("change_requests", requests_refused),
    ("change_requests", requests_of_other_projects),
    ("change_requests", requests_raised_earlier),
    ("change_requests", requests_that_were_defects),
    ("projects", projects_with_other_plans),
    ("status_reports", reports_that_say_less),
    ("timesheets", hours_twice_as_many),
    ("work_packages", packages_twice_as_large),
]
DAYS: Final = tuple(LAST_DAY - timedelta(weeks=weeks) for weeks in (0, 6, 20))


def told(home: Home) -> dict[str, pd.DataFrame]:
    file = published_file(home)
    assert file is not None
    viewer = local_viewer()
    found = {f"{day}": forecast(file, viewer, day).set_index("project_id").sort_index() for day in DAYS}
    found["history"] = history(file, viewer, LAST_DAY, RUNNING)
    close_all()
    return found


@pytest.fixture(scope="module")
def before(company_home: Home) -> dict[str, pd.DataFrame]:
    return told(company_home)


@pytest.mark.parametrize(("table", "correct"), CORRECTIONS, ids=[change.__name__ for _, change in CORRECTIONS])
def test_a_later_correction_moves_no_forecast_of_a_past_day(
    company_home: Home,
    before: dict[str, pd.DataFrame],
    tmp_path: Path,
    table: str,
    correct: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    rows = pd.read_csv(company_home.path.parent / "files" / f"{table}.csv", dtype=str)
    correct(rows).to_csv(tmp_path / f"{table}.csv", index=False)
    (report,) = import_files(home, [tmp_path / f"{table}.csv"], ImportOptions(), now=LATER)
    assert report.counts is not None
    assert report.counts.rows_accepted + report.counts.rows_corrected > 0

    after = told(home)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(after[name], frame, obj=name)


def test_a_correction_counts_from_the_day_on_which_it_became_known(company_home: Home, tmp_path: Path) -> None:
    home = Home(shutil.copytree(company_home.path, tmp_path / "home"))
    rows = pd.read_csv(company_home.path.parent / "files" / "change_requests.csv", dtype=str)
    requests_estimated_anew(rows).to_csv(tmp_path / "change_requests.csv", index=False)
    import_files(home, [tmp_path / "change_requests.csv"], ImportOptions(), now=LATER)
    file = published_file(home)
    assert file is not None
    known, corrected = (
        forecast(file, local_viewer(), day).set_index("project_id")["finish_p50_date"]
        for day in (LATER.date() - timedelta(days=1), LATER.date() + timedelta(days=6))
    )
    assert (corrected - known)[RUNNING] > pd.Timedelta(weeks=1)
    close_all()
