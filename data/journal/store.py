"""What people did and said: looks at a person, reports of imports, answers to anomalies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from data.journal.engine import add, now, reading
from data.journal.tables import AccessRow, AnswerRow, ImportRow

if TYPE_CHECKING:
    from datetime import datetime

    from data.home import Home


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
    """Keep the report of an import command, whatever became of it."""
    add(home, ImportRow(started_at=now(), is_dry_run=is_dry_run, report_json=json.dumps(reports, ensure_ascii=False)))


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
