"""Open the journal, bring its tables up to date, write and read."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from data.journal.tables import AccessRow, AnswerRow, ImportRow
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from data.home import Home

#: A bigger place gives the address of its PostgreSQL here; without it the journal is a file in the home.
JOURNAL_VARIABLE: Final = "GOLIVE_JOURNAL_URL"


class JournalError(GoliveError):
    """The journal can't be opened or written."""


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
        seen_at=_now(),
        viewer_name=viewer_name,
        view_name=view,
        subject_person_id=subject_person_id,
        purpose=purpose,
    )
    _add(home, row)


def read_access(home: Home, subject_person_id: str) -> list[Access]:
    """Return who looked at a person, newest first: the person may see what the manager saw."""
    order = (AccessRow.seen_at.desc(), AccessRow.access_id.desc())
    query = select(AccessRow).where(AccessRow.subject_person_id == subject_person_id).order_by(*order)
    with _faults_in_words(home, "read"), Session(_engine(_address(home))) as session:
        return [
            Access(row.seen_at, row.viewer_name, row.view_name, row.subject_person_id, row.purpose)
            for row in session.scalars(query)
        ]


def record_import(home: Home, reports: list[dict[str, Any]], *, is_dry_run: bool) -> None:
    """Keep the report of an import command, whatever became of it."""
    _add(home, ImportRow(started_at=_now(), is_dry_run=is_dry_run, report_json=json.dumps(reports, ensure_ascii=False)))


def record_answer(home: Home, viewer_name: str, anomaly_key: str, *, is_right: bool, note: str = "") -> None:
    """Note what somebody said of an anomaly; an earlier answer stays in the journal and counts no longer."""
    row = AnswerRow(
        answered_at=_now(), viewer_name=viewer_name, anomaly_key=anomaly_key, is_right=is_right, note=note.strip()
    )
    _add(home, row)


def read_answers(home: Home) -> dict[str, Answer]:
    """Return the newest answer to each anomaly, by its key."""
    with _faults_in_words(home, "read"), Session(_engine(_address(home))) as session:
        rows = session.scalars(select(AnswerRow).order_by(AnswerRow.answer_id))
        return {
            row.anomaly_key: Answer(row.answered_at, row.viewer_name, is_right=row.is_right, note=row.note)
            for row in rows
        }


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _add(home: Home, row: AccessRow | AnswerRow | ImportRow) -> None:
    with _faults_in_words(home, "written"), Session(_engine(_address(home))) as session, session.begin():
        session.add(row)


@contextlib.contextmanager
def _faults_in_words(home: Home, done: str) -> Iterator[None]:
    """Say in plain words that the journal can't be read or written."""
    try:
        yield
    except (ResolutionError, CommandError) as error:
        raise JournalError(
            f"The journal of {home.path} was written by a newer Golive.", "Use that version, or another home."
        ) from error
    except (SQLAlchemyError, ImportError) as error:
        raise JournalError(
            f"The journal of {home.path} can't be {done} ({type(error).__name__}).",
            f"Check that the disk has room and the home can be written, and {JOURNAL_VARIABLE} if you set it.",
        ) from error


def _address(home: Home) -> str:
    return os.environ.get(JOURNAL_VARIABLE) or f"sqlite:///{home.journal_file}"


@lru_cache(maxsize=4)
def _engine(address: str) -> Engine:
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    _bring_up_to_date(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Let readers and one writer work side by side, and wait for each other instead of failing."""
    cursor = connection.cursor()
    cursor.execute("pragma busy_timeout = 10000")
    cursor.execute("pragma journal_mode = wal")
    cursor.close()


def _bring_up_to_date(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":  # two processes may find an empty journal at once: one waits here
            connection.exec_driver_sql("begin immediate")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
