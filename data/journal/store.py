"""What people did and said: looks at a person, reports of imports, answers to anomalies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from data.journal.engine import add, now, reading
from data.journal.tables import AccessRow, AnswerRow, ImportRow
from data.proving.keeping import without_row_examples

if TYPE_CHECKING:
    from datetime import datetime

    from data.home import Home


#: Parts of a report that show cells of the file.
_OF_CELLS: Final = ("cleaning", "advice", "mapping")
_QUOTED: Final = re.compile("“[^”]*”|\"[^\"]*\"|(?<!\\w)'[^']*'")


@dataclass(frozen=True)
class Access:
    """Who looked at whom, where, when (UTC) and what for."""

    seen_at: datetime
    viewer_name: str
    view_name: str
    subject_person_id: str
    purpose: str


@dataclass(frozen=True)
class Answer:
    """Who said when (UTC) whether an anomaly is right as it is, and why."""

    answered_at: datetime
    viewer_name: str
    is_right: bool
    note: str


def record_access(home: Home, viewer_name: str, view: str, subject_person_id: str, purpose: str) -> None:
    """Note that somebody opened one person's page."""
    row = AccessRow(
        seen_at=now(),
        viewer_name=viewer_name,
        view_name=view,
        subject_person_id=subject_person_id,
        purpose=purpose,
    )
    add(home, row)


def read_access(home: Home, subject_person_id: str) -> list[Access]:
    """Return who looked at a person, newest first: the person may see what the manager saw."""
    order = (AccessRow.seen_at.desc(), AccessRow.access_id.desc())
    query = select(AccessRow).where(AccessRow.subject_person_id == subject_person_id).order_by(*order)
    with reading(home) as session:
        return [
            Access(row.seen_at, row.viewer_name, row.view_name, row.subject_person_id, row.purpose)
            for row in session.scalars(query)
        ]


def record_import(home: Home, reports: list[dict[str, Any]], *, is_dry_run: bool) -> None:
    """Keep the report of an import command, whatever became of it; cells only of what came in, and of its columns."""
    kept = [
        without_row_examples(report)
        if report.get("batch_id") is not None and not is_dry_run
        else _without_cells(report)
        for report in reports
    ]
    add(home, ImportRow(started_at=now(), is_dry_run=is_dry_run, report_json=json.dumps(kept, ensure_ascii=False)))


def read_imports(home: Home) -> list[dict[str, Any]]:
    """Return the reports on all files of import commands that were no dry runs, in their order."""
    with reading(home) as session:
        query = select(ImportRow.report_json).where(ImportRow.is_dry_run.is_(False)).order_by(ImportRow.import_id)
        return [report for text in session.scalars(query) for report in json.loads(text)]


def _without_cells(report: dict[str, Any]) -> dict[str, Any]:
    """Return the report on a file that did not come in, without anything that stood in it."""
    return {
        **{key: value for key, value in report.items() if key not in _OF_CELLS},
        "problem": _QUOTED.sub("…", str(report.get("problem", ""))),
        "questions": [{"token": one.get("token", "")} for one in report.get("questions", ())],
    }


def record_answer(home: Home, viewer_name: str, anomaly_key: str, *, is_right: bool, note: str = "") -> None:
    """Note what somebody said of an anomaly; an earlier answer stays in the journal and counts no longer."""
    row = AnswerRow(
        answered_at=now(), viewer_name=viewer_name, anomaly_key=anomaly_key, is_right=is_right, note=note.strip()
    )
    add(home, row)


def read_answers(home: Home) -> dict[str, Answer]:
    """Return the newest answer to each anomaly, by its key."""
    with reading(home) as session:
        rows = session.scalars(select(AnswerRow).order_by(AnswerRow.answer_id))
        return {
            row.anomaly_key: Answer(row.answered_at, row.viewer_name, is_right=row.is_right, note=row.note)
            for row in rows
        }
