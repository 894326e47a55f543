"""The same cells under the contract's own headers and under those of other systems, and what comes of them."""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.accepting import Run, take_in
from data.files import read_tables
from data.home import Home
from data.import_reports import ImportOptions
from data.intake import look_at, speaks_contract
from data.recognition import delimiters_of, layouts_of
from data.schema import create_raw
from data.warehouse import open_draft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Column of the contract → what other systems call it.
HEADERS: Final = {
    "contract": {},
    "German": {
        "person_id": "Personalnummer",
        "project_id": "Projektnummer",
        "work_date": "Datum",
        "worked_hours": "Stunden",
        "is_onsite": "Vor Ort",
        "started_at": "Beginn",
        "ended_at": "Ende",
    },
    "Chinese": {
        "person_id": "工号",
        "project_id": "项目编号",
        "work_date": "工作日期",
        "worked_hours": "工时（小时）",
        "is_onsite": "是否驻场",
        "started_at": "开始时间",
        "ended_at": "结束时间",
    },
    "English": {
        "person_id": "Employee ID",
        "project_id": "Project Code",
        "work_date": "Work date",
        "worked_hours": "Hours",
        "is_onsite": "On-site?",
        "started_at": "Start time",
        "ended_at": "End time",
    },
}
_TYPED: Final = (
    "person_id, project_id, work_date::varchar, round(worked_hours, 4), is_onsite, started_at::varchar,"
    " started_offset_minutes, ended_at::varchar, ended_offset_minutes"
)
Outcome = tuple[str, Any, Any]


def outcome(
    language: str, columns: Sequence[str], rows: Sequence[Sequence[str]], answers: Mapping[str, str] | None = None
) -> Outcome:
    """Return what comes of a file: its typed rows and its refused cells, or what is asked or refused as a whole."""
    names = HEADERS[language]
    with tempfile.TemporaryDirectory() as folder:
        path, home, scratch = Path(folder, "export.csv"), Home(Path(folder, "home")), Path(folder, "scratch")
        scratch.mkdir()
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, delimiter=";").writerows([[names.get(one, one) for one in columns], *rows])
        with open_draft(Path(folder, "draft.duckdb")) as connection:
            create_raw(connection)
            options = ImportOptions(answers=dict(answers or {}), is_dry_run=True)
            run = Run(
                connection, home, options, datetime(2026, 3, 30, tzinfo=UTC).replace(tzinfo=None), 1, is_single=True
            )
            seen = look_at(home, path, scratch, answers, is_for_import=True)
            foreign = [one for one in seen if one.columns and not speaks_contract(one, None)]
            run.understood = {(one.file, one.sheet): one for one in foreign}
            (found,) = read_tables(path, scratch, layouts=delimiters_of(seen) | layouts_of(foreign))
            (report,) = take_in(run, found)
            if report.questions:
                return "asks", tuple(question.token for question in report.questions), ()
            if report.problem:
                return "refuses", report.problem, ()
            typed = connection.execute(f"select {_TYPED} from raw.timesheets order by line_number").fetchall()
            refused = connection.execute(
                "select line_number, column_name, value, reason from raw.refused_rows order by all"
            ).fetchall()
    return "reads", typed, refused
