"""Build the warehouse again from the inbox, and compare it with what is published."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from data import inbox, publishing
from data.building import build_all, overrides_of
from data.contracts import TABLES
from data.faults import faults_in_words
from data.identities import Decisions, read_decisions, save_decisions
from data.loading import load_batch
from data.models import CHECKS, MARTS
from data.narrowing import narrow_older
from data.person_answers import read_answers, save_answers
from data.problems import WarehouseError
from data.proving import forget_examples
from data.schema import create_raw
from data.sql_text import literal
from data.warehouse import is_current, open_draft, open_for_reading, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.home import Home
    from data.person_answers import PersonAnswer
    from data.publishing import Reckon


@dataclass(frozen=True)
class Comparison:
    """Rows of one mart: in both, only in the published file, only in the rebuilt one."""

    model: str
    rows_count: int
    only_published_count: int
    only_rebuilt_count: int

    @property
    def is_same(self) -> bool:
        """Whether both files hold the same rows."""
        return self.only_published_count == 0 and self.only_rebuilt_count == 0


def rebuild(
    home: Home,
    *,
    is_verify: bool,
    wait_seconds: float = 60.0,
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> list[Comparison]:
    """Replay every batch of the inbox into a new file.

    With ``is_verify`` the new file is compared with the published one, mart by mart and row by row, and thrown away;
    otherwise it is published.
    """
    with publishing.writer_lock(home, wait_seconds=wait_seconds), faults_in_words(home):
        settle_with_published(home)
        batches = inbox.read_batches(home)
        if not batches:
            raise WarehouseError(f"The inbox of {home.path} is empty.", "Import files first: golive import FOLDER.")
        with _scratch(home) as scratch:
            draft = scratch / "draft.duckdb"
            with open_draft(draft) as connection:
                cut = [] if is_verify else narrow_older(connection, home, [*batches, *inbox.read_undone(home)], scratch)
                for one in cut:
                    inbox.keep_content(home, one.batch, one.parquet)
                narrow = {one.batch.batch_id: one.batch for one in cut}
                _replay(connection, home, [narrow.get(one.batch_id, one) for one in batches], on_progress)
                found = _compare(connection, home) if is_verify else []
                connection.execute("checkpoint")
            if not is_verify:
                publishing.publish(home, draft, reckon)
                _forget_unneeded(home, list(narrow.values()))
            return found


def _forget_unneeded(home: Home, narrow: list[inbox.Batch]) -> None:
    """Let the notes go by the cells that are kept now, and remove what earlier versions kept beside them."""
    if narrow:
        inbox.write_again(home, narrow)
        inbox.remove_unaccepted(home)
        forget_examples(home)
        publishing.remove_old(home, kept_count=1)


def undo(
    home: Home,
    batch_id: int,
    *,
    wait_seconds: float = 60.0,
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> inbox.Batch:
    """Take one batch back: publish what all other batches of the inbox give, in the order of their arrival."""
    with publishing.writer_lock(home, wait_seconds=wait_seconds), faults_in_words(home):
        settle_with_published(home)
        batches = inbox.read_batches(home)
        found = _find(
            batches, batch_id, "in force", "Run `golive status --json` or open the page Data to see the batches."
        )
        _publish_replay(home, [batch for batch in batches if batch.batch_id != batch_id], on_progress, reckon)
    return found


def redo(
    home: Home,
    batch_id: int,
    *,
    wait_seconds: float = 60.0,
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> inbox.Batch:
    """Put an undone batch back in its old place."""
    with publishing.writer_lock(home, wait_seconds=wait_seconds), faults_in_words(home):
        settle_with_published(home)
        undone = inbox.read_undone(home)
        found = _find(undone, batch_id, "undone", "Only a batch that was undone can be redone.")
        batches = sorted([*inbox.read_batches(home), found], key=lambda batch: batch.batch_id)
        _publish_replay(home, batches, on_progress, reckon)
    return found


def build_again(
    home: Home,
    decisions: Decisions | None = None,
    *,
    said: Sequence[PersonAnswer] = (),
    wait_seconds: float = 60.0,
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> None:
    """Build the marts of the published rows anew after decisions on spellings or answers about people, and keep these.

    They are written when the marts are ready: a fault before that leaves both as they were. After a crash between
    the two the next import finds them and builds again.
    """
    with publishing.writer_lock(home, wait_seconds=wait_seconds), faults_in_words(home), _scratch(home) as scratch:
        answers = (*read_answers(home), *said)
        if publishing.published_file(home) is None:
            _keep(home, decisions, answers)
            return
        draft = scratch / "draft.duckdb"
        publishing.copy_published(home, draft)
        with open_draft(draft) as connection:
            create_raw(connection)
            if on_progress:
                on_progress("marts", 0.5)
            build_all(connection, overrides_of(home), decisions or read_decisions(home), answers)
            connection.execute("checkpoint")
        _keep(home, decisions, answers if said else ())
        publishing.publish(home, draft, reckon)


def _keep(home: Home, decisions: Decisions | None, answers: Sequence[PersonAnswer]) -> None:
    if decisions is not None:
        save_decisions(home, decisions)
    if answers:
        save_answers(home, answers)


def bring_up_to_date(
    home: Home, *, on_progress: Callable[[str, float], None] | None = None, reckon: Reckon | None = None
) -> bool:
    """Build the marts anew where another version of Golive built them; return whether that was needed."""
    file = publishing.published_file(home)
    if file is None:
        return False
    if is_current(file):
        return False
    build_again(home, on_progress=on_progress, reckon=reckon)
    return True


def _find(batches: list[inbox.Batch], batch_id: int, state: str, advice: str) -> inbox.Batch:
    for batch in batches:
        if batch.batch_id == batch_id:
            return batch
    numbers = ", ".join(str(batch.batch_id) for batch in batches[-10:]) or "none"
    raise WarehouseError(f"Batch {batch_id} is not {state}; the newest that are: {numbers}.", advice)


def _publish_replay(
    home: Home,
    batches: list[inbox.Batch],
    on_progress: Callable[[str, float], None] | None,
    reckon: Reckon | None,
) -> None:
    with _scratch(home) as scratch:
        draft = scratch / "draft.duckdb"
        with open_draft(draft) as connection:
            _replay(connection, home, batches, on_progress)
            connection.execute("checkpoint")
        publishing.publish(home, draft, reckon)
    inbox.settle(home, {batch.batch_id for batch in batches})


@contextlib.contextmanager
def _scratch(home: Home) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="rebuild-", dir=home.scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle_with_published(home: Home) -> None:
    """Bring the notes in line with the published warehouse; without a readable one, the notes in force stand."""
    try:
        file = publishing.published_file(home)
        if file is None:
            return
        with open_for_reading(file) as connection:
            known = {number for (number,) in connection.execute("select batch_id from raw.batches").fetchall()}
    except (WarehouseError, duckdb.Error):
        return
    inbox.settle(home, known)


def _replay(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    batches: list[inbox.Batch],
    on_progress: Callable[[str, float], None] | None,
) -> None:
    create_raw(connection)
    for number, batch in enumerate(batches):
        if on_progress:
            on_progress(batch.file_name, number / max(len(batches), 1))
        content = inbox.content_file(home, batch)
        if not content.is_file():
            raise WarehouseError(
                f"The inbox lacks the content of batch {batch.batch_id} ({batch.file_name}): {content.name}.",
                "Restore the inbox folder from a backup; nothing was changed.",
            )
        load_batch(connection, TABLES[batch.table_name], batch, content)
    if on_progress:
        on_progress("marts", 1.0)
    build_all(connection, overrides_of(home), read_decisions(home), read_answers(home))


def _compare(connection: duckdb.DuckDBPyConnection, home: Home) -> list[Comparison]:
    published = publishing.published_file(home)
    if published is None:
        raise WarehouseError("Nothing is published yet, so there is nothing to compare.", "Run `golive rebuild`.")
    try:
        connection.execute(f"attach {literal(str(published))} as published (read_only)")
    except duckdb.Error as error:
        raise unreadable(published, error) from error
    return [_compare_model(connection, model) for model in (*MARTS, *CHECKS)]


def _compare_model(connection: duckdb.DuckDBPyConnection, model: str) -> Comparison:
    columns = [(name, kind) for name, kind, *_ in connection.execute(f"describe {model}").fetchall()]
    # Sums of hours may differ in their last bits when rows arrive in another order; less than 0.004 s does not count.
    names = ", ".join(f'round("{name}", 6) as "{name}"' if kind == "DOUBLE" else f'"{name}"' for name, kind in columns)

    def count(sql: str) -> int:
        row = connection.execute(f"select count(*) from ({sql})").fetchone()
        return int(row[0]) if row else 0

    new, old = f"select {names} from {model}", f"select {names} from published.{model}"
    return Comparison(model, count(new), count(f"{old} except all {new}"), count(f"{new} except all {old}"))
