"""The import: from files to a newly published warehouse, or to nothing at all.

Each file is a batch. All files of one command are published together; a dry run is the same run without the last step.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import inbox, publishing
from data.building import build_touched, overrides_of
from data.faults import faults_in_words
from data.files import FileProblem, OtherKindProblem, TextTable, UnreadableFile, display_name, read_tables
from data.inbox import Batch
from data.loading import load_batch, map_headers
from data.problems import GoliveError, ImportRefusedError, WarehouseError
from data.recognising import recognise
from data.schema import create_raw
from data.versions import BatchCounts
from data.warehouse import open_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import duckdb

    from data.home import Home

DEFAULT_SOURCE = "files"


@dataclass(frozen=True)
class ImportOptions:
    """What the user said beside the files."""

    table_name: str | None = None
    source_name: str = DEFAULT_SOURCE
    is_full: bool = False
    is_history: bool = False
    is_dry_run: bool = False
    date_order: str = ""
    decimal_mark: str = ""
    wait_seconds: float = 60.0


@dataclass(frozen=True)
class FileReport:
    """What became of one table of one file."""

    file: str
    table: str | None
    counts: BatchCounts | None = None
    batch_id: int | None = None
    warnings: int = 0
    ignored_columns: tuple[str, ...] = ()
    dropped_columns: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the report with the keys that the command line promises."""
        counts = asdict(self.counts) if self.counts else dict.fromkeys(BatchCounts.__dataclass_fields__, 0)
        return {
            "file": self.file,
            "table": self.table,
            **counts,
            "warnings": self.warnings,
            "batch_id": self.batch_id,
            "ignored_columns": list(self.ignored_columns),
            "dropped_columns": list(self.dropped_columns),
            "advice": list(self.advice),
            "problem": self.problem,
        }


@dataclass
class _Run:
    """One import in progress."""

    connection: duckdb.DuckDBPyConnection
    home: Home
    options: ImportOptions
    arrived_at: datetime
    next_batch_id: int
    is_single: bool = False
    batches: list[Batch] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)


def import_files(
    home: Home,
    paths: Iterable[Path],
    options: ImportOptions,
    *,
    now: datetime | None = None,
    on_progress: Callable[[str, float], None] | None = None,
) -> list[FileReport]:
    """Take files in and publish the result; return one report for each table of each file.

    Raises
    ------
    GoliveError
        When nothing at all can be done: the home can't be written, the disk is full, another import runs.
    """
    arrived_at = (now or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    with publishing.writer_lock(home, wait_seconds=options.wait_seconds), faults_in_words(home):
        scratch = Path(tempfile.mkdtemp(prefix="import-", dir=home.scratch))
        try:
            return _import(home, list(paths), options, arrived_at, scratch, on_progress)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _import(
    home: Home,
    paths: list[Path],
    options: ImportOptions,
    arrived_at: datetime,
    scratch: Path,
    on_progress: Callable[[str, float], None] | None,
) -> list[FileReport]:
    draft = scratch / "draft.duckdb"
    if publishing.published_file(home) is None and inbox.read_batches(home):
        raise WarehouseError(
            f"The inbox of {home.path} holds imports, but its warehouse is gone.",
            "Run `golive rebuild` first: it builds the warehouse again from the inbox.",
        )
    publishing.copy_published(home, draft)
    with open_draft(draft) as connection:
        create_raw(connection)
        known = {number for (number,) in connection.execute("select batch_id from raw.batches").fetchall()}
        inbox.settle(home, known)
        run = _Run(connection, home, options, arrived_at, inbox.next_batch_id(home))
        for path in paths:
            run.is_single = path.is_file() and path.suffix.lower() != ".zip"
            for found in _tables(path, scratch, on_progress):
                run.reports.append(_take_in(run, found))
        if not run.batches:
            return run.reports
        if on_progress:
            on_progress("marts", 0.0)
        build_touched(connection, [batch.batch_id for batch in run.batches], overrides_of(home))
        reports = _with_warnings(run)
        connection.execute("checkpoint")
    if not options.is_dry_run:
        inbox.write_pending(home, run.batches)
        publishing.publish(home, draft)
        inbox.settle(home, known | {batch.batch_id for batch in run.batches})
    return reports


def _tables(
    path: Path, scratch: Path, on_progress: Callable[[str, float], None] | None
) -> Iterator[TextTable | UnreadableFile]:
    try:
        yield from read_tables(path, scratch, on_progress=on_progress)
    except FileProblem as problem:
        yield UnreadableFile(display_name(path.name), problem)


def _take_in(run: _Run, found: TextTable | UnreadableFile) -> FileReport:
    if isinstance(found, UnreadableFile):
        if isinstance(found.problem, OtherKindProblem) and not run.is_single:
            return FileReport(found.file_name, None, advice=(str(found.problem),))
        return FileReport(found.file_name, None, problem=str(found.problem))
    name = f"{found.file_name} › {found.sheet}" if found.sheet else found.file_name
    try:
        return _take_in_table(run, found, name)
    except ImportRefusedError as problem:
        return FileReport(name, None, problem=str(problem))
    finally:
        found.parquet.unlink(missing_ok=True)


def _take_in_table(run: _Run, found: TextTable, name: str) -> FileReport:
    options = run.options
    if found.row_count == 0 and not found.malformed:
        raise ImportRefusedError(f"{name} has a header but no rows.", "Export it again with its rows.")
    table = recognise(name, found.columns, options.table_name)
    if options.is_full and any(batch.table_name == table.name for batch in run.batches):
        raise GoliveError(
            f"--full says that a file holds everything, but {name} is the second one of {table.name}.",
            "Nothing was changed. Put all rows into one file, or import without --full.",
        )
    mapping = {source: column.name for source, column in map_headers(table, found.columns).items()}
    batch = Batch(
        batch_id=run.next_batch_id,
        table_name=table.name,
        source_name=options.source_name,
        file_name=found.file_name,
        sheet_name=found.sheet,
        content_sha256=found.content_sha256,
        arrived_at=run.arrived_at.isoformat(),
        is_full=options.is_full,
        is_history=options.is_history,
        date_order=options.date_order,
        decimal_mark=options.decimal_mark,
        encoding=found.encoding,
        mapping=mapping,
        malformed=tuple((row.line_number, row.text, row.reason) for row in found.malformed),
    )
    run.connection.execute("begin")
    try:
        counts = load_batch(run.connection, table, batch, found.parquet)
        if not options.is_dry_run:
            inbox.keep_content(run.home, found.content_sha256, found.parquet)
        run.connection.execute("commit")
    except BaseException:
        run.connection.execute("rollback")
        raise
    run.batches.append(batch)
    run.next_batch_id += 1
    return FileReport(
        file=name,
        table=table.name,
        counts=counts,
        batch_id=batch.batch_id,
        ignored_columns=tuple(column for column in found.columns if column not in mapping),
        dropped_columns=found.dropped_columns,
        advice=_advice(run, batch, counts),
    )


def _advice(run: _Run, batch: Batch, counts: BatchCounts) -> tuple[str, ...]:
    """Return what the user should know beyond the counts."""
    found = []
    if not batch.is_history and counts.rows_accepted and _mostly_known_on_arrival(run, batch):
        found.append(
            "Most of these rows are older than eight weeks and don't say when they were filed, so Golive treats them as"
            " learned today. If this is history, import it with --history to replay the past."
        )
    return tuple(found)


def _mostly_known_on_arrival(run: _Run, batch: Batch) -> bool:
    if batch.table_name != "timesheets":
        return False
    row = run.connection.execute(
        "select avg((known_at = $arrived and work_date < $arrived - interval 56 day)::int) from raw.timesheets"
        " where batch_id = $batch_id",
        {"arrived": batch.arrived, "batch_id": batch.batch_id},
    ).fetchone()
    return bool(row and row[0] and row[0] > 0.5)


def _with_warnings(run: _Run) -> list[FileReport]:
    rows = run.connection.execute("select batch_id, count(*) from checks.warnings group by batch_id").fetchall()
    counts: dict[int | None, int] = dict(rows)
    lost = run.connection.execute(
        "select batch_id, sum(value), count(*) from checks.hours_that_gave_way group by batch_id"
    ).fetchall()
    words = {
        batch_id: f"{hours:,.2f} h of {projects} project(s) gave way, because this file has other rows for the same"
        " person and day. If it comes from a second system, undo this by importing it under a --source name of its own."
        for batch_id, hours, projects in lost
    }
    return [
        replace(
            report,
            warnings=counts.get(report.batch_id, 0),
            advice=(*report.advice, *([words[report.batch_id]] if report.batch_id in words else [])),
        )
        for report in run.reports
    ]
