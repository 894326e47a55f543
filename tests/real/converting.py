"""Turns the real data of ../shared into files as a firm would hand them over: the contract's columns, and no cleaning.

What is odd in the source must reach the import, which has to deal with it: entries without a day or of no length,
entries of 56 hours, overlaps, requests verified before they were answered. Nothing is dropped, ordered or mended here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import openpyxl
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.source import Source

#: The source of the time log in ``status_panel``; project ids are only unique within a source.
_TIME_LOG_SOURCE: Final = "cesaw_tsp"
#: The maintenance requests are all about one product, which has no name in the source.
MAINTAINED_PRODUCT: Final = "maintained product"


def write_contract_files(source: Source, folder: Path) -> Path:
    """Write one file for each table into ``folder``: four CSV files, one TSV file and one workbook."""
    folder.mkdir(parents=True)
    _write_text(people(source), folder / "people.csv")
    _write_text(projects(source), folder / "projects.csv")
    _write_text(status_reports(source), folder / "status_reports.tsv", delimiter="\t")
    _write_text(timesheets(source), folder / "timesheets.csv")
    _write_text(trips(source), folder / "trips.csv")
    _write_workbook(change_requests(source), folder / "change_requests.xlsx")
    return folder


def people(source: Source) -> pd.DataFrame:
    """Return everybody who has a task. Home, contract and seniority are not in the source and stay unknown."""
    found = source.tasks.drop_duplicates("person_key").merge(
        source.time_log.drop_duplicates("person_key")[["person_key", "organization"]],
        on="person_key",
        how="left",
        validate="one_to_one",
    )
    return pd.DataFrame(
        {
            "person_id": person_ids(found),
            "team_name": found["organization"] + " team " + found["team_key"].astype(str),
        }
    )


def projects(source: Source) -> pd.DataFrame:
    """Return each project of the status panel, its first plan and its end where it is known.

    Budgets are left out: the only one in the source is the sum of the task plans at the end of the project, and that
    is an outcome. Plans as they stood are in the reports.
    """
    panel = source.status_panel
    found = panel.assign(project_id=_panel_project_ids(panel)).groupby("project_id", sort=False).first().reset_index()
    return pd.DataFrame(
        {
            "project_id": found["project_id"],
            "client_name": found["source"],
            "start_date": _days(found["start_date"]),
            "baseline_finish_date": _days(found["baseline_finish"]),
            "status": found["actual_finish"].notna().map({True: "finished", False: None}),
            "actual_finish_date": _days(found["actual_finish"]),
        }
    )


def status_reports(source: Source) -> pd.DataFrame:
    """Return one report for each status point."""
    panel = source.status_panel
    return pd.DataFrame(
        {
            "project_id": _panel_project_ids(panel),
            "as_of_date": _days(panel["as_of"]),
            "planned_finish_date": _days(panel["planned_finish"]),
            "progress_ratio": panel["progress"],
        }
    )


def timesheets(source: Source) -> pd.DataFrame:
    """Return one row for each entry of the time log.

    ``minutes`` is net of interruptions: in all but two of the 151,522 entries with clock times, end minus start is
    exactly ``minutes`` + ``interrupt_minutes`` (the two run across the night in which the clocks went back, where
    only the net figure is right). So the minutes are the hours worked, written as H:MM, which carries each of them.
    The day of an entry is the day on which it began. Its phase is handed over as its activity, in the source's words.
    """
    log = source.time_log
    return pd.DataFrame(
        {
            "entry_id": log["time_log_fact_key"],
            "person_id": person_ids(log),
            "project_id": _TIME_LOG_SOURCE + "-" + log["project_key"].astype(str),
            "work_date": _days(log["started_at"]),
            "worked_hours": hours_and_minutes(log["minutes"]),
            "activity": log["phase_short_name"],
            "started_at": log["started_at"],
            "ended_at": log["ended_at"],
            "package_id": log["plan_item_key"],
        }
    )


def trips(source: Source) -> pd.DataFrame:
    """Return one trip for each travel permit.

    The source has no person. The stand-in is the permit itself: each has a traveller of its own. Its unit would be
    another, but nine units for 1,399 trips would make up people who are away all year at several places at once.
    So nights are real and overlaps of trips can't be judged. No currency is given, and no place.
    """
    permits = source.permits
    return pd.DataFrame(
        {
            "trip_id": permits["permit_id"],
            "person_id": "traveller of " + permits["permit_id"],
            "project_id": permits["project"],
            "departed_at": _days(permits["trip_start"]),
            "returned_at": _days(permits["trip_end"]),
            "nights_count": permits["nights"],
            "cost_amount": permits["total_declared"],
        }
    )


def change_requests(source: Source) -> pd.DataFrame:
    """Return one change request for each maintenance request: raised = report, decided = answer, completed = verified.

    ``date_of_change`` is not the completion: every request has one, those that were only submitted, too. It is the
    day of the last edit. ``verify_date`` stands in 99 % of the resolved requests and in none of the submitted ones.
    """
    requests = source.requests
    return pd.DataFrame(
        {
            "change_request_id": requests["issue_id"],
            "project_id": MAINTAINED_PRODUCT,
            "raised_at": requests["report_date"],
            "status": requests["issue_state"],
            "decided_at": requests["answer_date"],
            "completed_at": requests["verify_date"],
        }
    )


def person_ids(frame: pd.DataFrame) -> pd.Series[str]:
    """Return person ids: the key, after the letter of the organisation."""
    return frame["organization"] + frame["person_key"].astype(str)


def hours_and_minutes(minutes: pd.Series[int]) -> pd.Series[str]:
    """Write minutes as H:MM; 3,360 minutes are 56:00."""
    return (minutes // 60).astype(str) + ":" + (minutes % 60).astype(str).str.zfill(2)


def _panel_project_ids(panel: pd.DataFrame) -> pd.Series[str]:
    return panel["source"] + "-" + panel["project_id"]


def _days(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    return moments.dt.strftime("%Y-%m-%d")


def _write_text(frame: pd.DataFrame, file: Path, delimiter: str = ",") -> None:
    frame.to_csv(file, index=False, sep=delimiter, encoding="utf-8")


def _write_workbook(frame: pd.DataFrame, file: Path) -> None:
    """Write a workbook with dates as Excel keeps them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("change_requests")
    sheet.append(list(frame.columns))
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        sheet.append([cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell for cell in row])
    book.save(file)
