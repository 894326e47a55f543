"""The import: from files to a newly published warehouse, or to nothing at all.

Each file is a batch. All files of one command are published together; a dry run is the same run without the last step.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data import clock, inbox, publishing
from data.accepting import Run, take_in
from data.building import build_touched, overrides_of
from data.faults import faults_in_words
from data.files import FileProblem, UnreadableFile, display_name, read_tables
from data.identities import read_decisions, save_decisions
from data.intake import look_at, speaks_contract
from data.person_answers import read_answers
from data.problems import ImportRefusedError, WarehouseError
from data.profiles import save_profile
from data.proving import keep_report, prove
from data.recognition import FILTERED_BY, delimiters_of, layouts_of, profile_of, unused_answers
from data.schema import create_raw
from data.warehouse import open_draft
from data.zone_advice import with_said_cities, zone_advice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from data.files import TextTable
    from data.home import Home
    from data.import_reports import FileReport, ImportOptions
    from data.inbox import Batch
    from data.publishing import Reckon

#: So many projects are named in a sentence.
_SHOWN_PROJECTS: Final = 4


def import_files(
    home: Home,
    paths: Iterable[Path],
    options: ImportOptions,
    *,
    now: datetime | None = None,
    on_progress: Callable[[str, float], None] | None = None,
    reckon: Reckon | None = None,
) -> list[FileReport]:
    """Take files in and publish the result; return one report for each table of each file.

    Raises
    ------
    GoliveError
        When nothing at all can be done: the home can't be written, the disk is full, another import runs.
    """
    arrived_at = (now or clock.now()).astimezone(UTC).replace(tzinfo=None)
    with publishing.writer_lock(home, wait_seconds=options.wait_seconds), faults_in_words(home):
        scratch = Path(tempfile.mkdtemp(prefix="import-", dir=home.scratch))
        try:
            return _import(home, list(paths), options, arrived_at, scratch, on_progress, reckon)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            inbox.remove_unaccepted(home)


def _import(
    home: Home,
    paths: list[Path],
    options: ImportOptions,
    arrived_at: datetime,
    scratch: Path,
    on_progress: Callable[[str, float], None] | None,
    reckon: Reckon | None,
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
        run = Run(connection, home, options, arrived_at, inbox.next_batch_id(home), earlier=inbox.read_batches(home))
        for path in paths:
            run.is_single = path.is_file() and path.suffix.lower() != ".zip"
            for found in _tables(run, path, scratch, on_progress):
                run.reports += take_in(run, found)
        _refuse_unused(run)
        known_decisions = read_decisions(home)
        decisions = with_said_cities(known_decisions, run.options.answers)
        if decisions != known_decisions and not options.is_dry_run:
            save_decisions(home, decisions)
        if not run.batches:
            return run.reports
        if on_progress:
            on_progress("marts", 0.0)
        batch_ids = [batch.batch_id for batch in run.batches]
        build_touched(connection, batch_ids, overrides_of(home), decisions, read_answers(home))
        proof = prove(connection, publishing.published_file(home), batch_ids)
        reports = [replace(told, proof=proof if told.batch_id else None) for told in _with_warnings(run)]
        connection.execute("checkpoint")
    if not options.is_dry_run:
        inbox.write_pending(home, run.batches)
        publishing.publish(home, draft, reckon)
        inbox.settle(home, known | {batch.batch_id for batch in run.batches})
        _keep(home, reports, options, arrived_at)
    return reports


def _refuse_unused(run: Run) -> None:
    """Refuse an answer that fits nothing: it is misspelt, and the file would be read in another way than was meant."""
    unused = unused_answers(run.looked_at, run.options.answers)
    if unused and run.looked_at:
        raise ImportRefusedError(
            f"No file has anything to do with the answer {', '.join(unused)}.",
            "Nothing was imported. See the questions and columns with `golive inspect`.",
        )


def _keep(home: Home, reports: list[FileReport], options: ImportOptions, arrived_at: datetime) -> None:
    """Keep the report with each batch, and what was decided for its source: the next file of the kind asks nothing."""
    for report in reports:
        if report.batch_id is None or report.proof is None:
            continue
        seen = report.understanding
        content = {
            "file": report.as_json(),
            "proof": report.proof.as_json(),
            "understanding": seen.as_kept() if seen else None,
            "arrived_at": arrived_at.isoformat(),
            "is_dry_run": False,
        }
        keep_report(home, report.batch_id, content)
        if seen is not None and seen.table == report.table:
            save_profile(home, profile_of(seen, options.all_answers, f"{report.source_name} {seen.table}"))


def _tables(
    run: Run, path: Path, scratch: Path, on_progress: Callable[[str, float], None] | None
) -> Iterator[TextTable | UnreadableFile]:
    """Look at a path first, then read it with its headers where they were found."""
    try:
        seen = look_at(run.home, path, scratch, run.options.all_answers, is_for_import=True)
        run.looked_at += seen
        named = run.options.table_name
        foreign = [one for one in seen if one.columns and not speaks_contract(one, named)]
        run.understood = {(one.file, one.sheet): one for one in foreign}
        # A file with our own names on its first line is read as ever; elsewhere the header was searched for.
        placed = [one for one in seen if one in foreign or one.header_row > 1 or one.header_rows > 1]
        layouts = delimiters_of(seen) | layouts_of(placed)
        yield from read_tables(path, scratch, on_progress=on_progress, layouts=layouts)
    except FileProblem as problem:
        yield UnreadableFile(display_name(path.name), problem)


def _advice(run: Run, batch: Batch, report: FileReport) -> FileReport:
    """Add what the user should know beyond the counts."""
    accepted = report.counts.rows_accepted if report.counts else 0
    if batch.is_history or not accepted or not _mostly_known_on_arrival(run, batch):
        return report
    words = (
        "Most of these rows are older than eight weeks and don't say when they were filed, so Golive treats them as"
        " learned today. If this is history, import it with --history to replay the past."
    )
    return replace(report, advice=(*report.advice, words))


def _mostly_known_on_arrival(run: Run, batch: Batch) -> bool:
    if batch.table_name != "timesheets":
        return False
    row = run.connection.execute(
        "select avg((known_at = $arrived and work_date < $arrived - interval 56 day)::int) from raw.timesheets"
        " where batch_id = $batch_id",
        {"arrived": batch.arrived, "batch_id": batch.batch_id},
    ).fetchone()
    return bool(row and row[0] and row[0] > 0.5)


def _with_warnings(run: Run) -> list[FileReport]:
    batches = {batch.batch_id: batch for batch in run.batches}
    rows = run.connection.execute("select batch_id, count(*) from checks.warnings group by batch_id").fetchall()
    counts: dict[int | None, int] = dict(rows)
    replaced = _replaced_words(run)
    return [
        replace(
            report,
            warnings=counts.get(report.batch_id, 0),
            advice=(
                *report.advice,
                *replaced.get(report.batch_id or 0, ()),
                *(zone_advice(run.connection, batches[report.batch_id]) if report.batch_id in batches else ()),
            ),
        )
        for report in (
            _advice(run, batches[told.batch_id], told) if told.batch_id is not None else told for told in run.reports
        )
    ]


def _replaced_words(run: Run) -> dict[int, tuple[str, ...]]:
    """Say by batch which hours were replaced by hours of other projects, and what to do if the file was filtered."""
    rows = run.connection.execute(
        "select batch_id, sum(value), list_sort(list(project_id)) from checks.hours_replaced_by_other_projects"
        " group by batch_id"
    ).fetchall()
    found: dict[int, tuple[str, ...]] = {}
    for batch_id, hours, projects in rows:
        names = ", ".join(projects[:_SHOWN_PROJECTS])
        more = f" and {len(projects) - _SHOWN_PROJECTS} more" if len(projects) > _SHOWN_PROJECTS else ""
        words = (
            f"{hours:,.2f} h of {names}{more} were replaced, because this file has other projects for the same person"
            " and day and was taken to hold whole days. If it was filtered by project, undo it and import it with"
            f" --answer {FILTERED_BY}=project."
        )
        found[batch_id] = (words,)
    return found
