"""The journal's store: where it is, how it is opened and brought up to date, and faults in words."""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from data import clock
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Engine

    from data.home import Home
    from data.journal.tables import Base

#: A bigger place gives the address of its PostgreSQL here; without it the journal is a file in the home.
JOURNAL_VARIABLE: Final = "GOLIVE_JOURNAL_URL"


class JournalError(GoliveError):
    """The journal can't be opened or written."""


def now() -> datetime:
    """Return this moment (UTC)."""
    return clock.now().replace(tzinfo=None)


def add(home: Home, row: Base) -> None:
    """Write one row."""
    with faults_in_words(home, "written"), Session(_engine(_address(home))) as session, session.begin():
        session.add(row)


def added(home: Home, rows: Sequence[Base]) -> bool:
    """Write rows, all or none; say whether that was done: not where another process wrote the same key before."""
    with writing(home) as session:
        session.add_all(rows)
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
            return False
    return True


@contextlib.contextmanager
def reading(home: Home) -> Iterator[Session]:
    """Open the journal to read."""
    with faults_in_words(home, "read"), Session(_engine(_address(home))) as session:
        yield session


@contextlib.contextmanager
def writing(home: Home) -> Iterator[Session]:
    """Open the journal to write several rows, all or none."""
    with (
        faults_in_words(home, "written"),
        Session(_engine(_address(home)), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextlib.contextmanager
def faults_in_words(home: Home, done: str) -> Iterator[None]:
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
