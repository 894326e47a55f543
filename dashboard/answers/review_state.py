"""Figures verified: what a review rests on, in one line and its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analytics.review.items import plain, rows_of
from dashboard.answers.data_state import filing_by_team
from dashboard.answers.door import home_of, read, read_firm_one
from dashboard.answers.portfolio import projects
from dashboard.answers.proof import restated_by_batch, restated_weeks
from dashboard.answers.reporting import reporting
from dashboard.answers.review_frames import newest_reports, since_moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: A report is overdue after this many of the project's usual days between reports, and never before so many days.
_LATE_FACTOR: Final = 1.5
_LATE_DAYS: Final = 10
_USUAL_DAYS: Final = 7.0
_BATCH: Final = ("batch_id", "file_name", "source_name", "weeks_count", "difference_hours")


def figures_verified(
    file: Path, viewer: Viewer, as_of_date: date, before: Mapping[str, Any] | None, running: set[str]
) -> dict[str, Any]:
    """Return publication, filing, restated weeks with who changed them, open imports and overdue reports.

    Parameters
    ----------
    running
        Projects that are forecast: only they owe a report.
    """
    told, since = reporting(file, as_of_date), since_moment(before, as_of_date)
    (newest,) = read_firm_one(file, "select max(arrived_at) from raw.batches")
    teams = filing_by_team(file, viewer, as_of_date, 1)
    weeks = restated_weeks(file, viewer, since, "project")
    batches, _stamped = restated_by_batch(file, viewer, since)
    return {
        "publication": file.name,
        "is_new_publication": before is None or before["publication"] != file.name,
        "newest_import_at": None if newest is None else newest.isoformat(timespec="seconds"),
        "week_start_date": plain(told.week_start_date),
        "filed_count": told.week.filed_count,
        "expected_count": told.week.expected_count,
        "teams": list(rows_of_all(teams, ("team_name", "expected_count", "filed_count"))),
        "restated_since": since.isoformat(timespec="seconds"),
        "restated_weeks_count": int(weeks["week_start_date"].nunique()),
        "restated_hours": plain(float(weeks["difference_hours"].abs().sum())),
        "restated_by": list(
            rows_of_all(batches, ("batch_id", "file_name", "source_name", "weeks_count", "difference_hours"))
        ),
        "open_imports": open_imports(home_of(file)),
        "overdue_reports": overdue_reports(file, viewer, as_of_date, running),
    }


def rows_of_all(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Return all rows of a frame as plain values."""
    return tuple(row for start in range(0, len(frame), 12) for row in rows_of(frame.iloc[start:], columns))


def overdue_reports(file: Path, viewer: Viewer, as_of_date: date, running: set[str]) -> list[dict[str, Any]]:
    """Return running projects whose report is late by their own rhythm, with whom to ask, the longest wait first."""
    listed = projects(file)
    listed = listed[listed["project_id"].isin(running)]
    reports = newest_reports(file, viewer, as_of_date)
    if reports.empty:  # a firm without reports owes none
        return []
    both = listed.merge(reports, on="project_id", how="left", suffixes=("", "_report"))
    days = (pd.Timestamp(as_of_date) - pd.to_datetime(both["as_of_date"])).dt.days
    limit = (both["usual_days"].astype("float64").fillna(_USUAL_DAYS) * _LATE_FACTOR).clip(lower=_LATE_DAYS)
    late = both.assign(waiting_days=days.astype("Float64"), limit_days=limit)[days.isna() | (days > limit)]
    mails = read(file, viewer, "select person_id as manager_person_id, email from raw.people where email is not null")
    mails = mails.drop_duplicates("manager_person_id", keep="last")
    named = late.merge(mails, on="manager_person_id", how="left", validate="many_to_one")
    ordered = named.sort_values(["waiting_days", "project_id"], ascending=[False, True], na_position="first")
    renamed = ordered.rename(columns={"as_of_date": "last_report_date"})
    names = ("project_id", "project_name", "manager_name", "email", "last_report_date", "waiting_days")
    return list(rows_of_all(renamed, names))


def open_imports(home: Home) -> list[dict[str, Any]]:
    """Return files whose last import ended with a question that nobody has answered since."""
    from data.journal import read_imports  # noqa: PLC0415 - its libraries take half a second to load

    last: dict[str, dict[str, Any]] = {}
    for report in read_imports(home):
        last[str(report.get("file", ""))] = report
    return [
        {"file": name, "questions_count": len(report["questions"])}
        for name, report in sorted(last.items())
        if report.get("questions") and report.get("batch_id") is None
    ]
