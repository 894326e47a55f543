"""Reads whatever the user points at, file by file, into text tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.files.archive import extract
from data.files.denied import is_denied
from data.files.kinds import PARQUET_ENDINGS, SHEET_ENDINGS
from data.files.listing import SourceFile, list_files, permission_problem
from data.files.parquet import read_parquet
from data.files.problems import FileProblem, UnreadableFile, display_name
from data.files.sheets import read_workbook
from data.files.table import Job, TextTable
from data.files.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def read_tables(
    path: Path,
    scratch: Path,
    *,
    should_drop: Callable[[str], bool] = is_denied,
    on_progress: Callable[[str, float], None] | None = None,
) -> Iterator[TextTable | UnreadableFile]:
    """Read a file, or all files of a folder or zip, into text tables in ``scratch``.

    A file of a folder or zip that can't be read is handed out as :class:`UnreadableFile` and the rest goes on.

    Parameters
    ----------
    scratch
        An existing folder for the tables and for temporary files; the caller removes it.
    should_drop
        Says by its header which column is never stored.
    on_progress
        Is told the name of the file and the share of it that was read.

    Raises
    ------
    FileProblem
        ``path`` itself can't be read; the message begins with its name.
    """
    try:
        found = list_files(path)
        is_single = path.is_file() and len(found) == 1 and isinstance(found[0], SourceFile) and not found[0].member
        for item in found:
            if isinstance(item, UnreadableFile):
                yield item
            elif is_single:
                yield from _or_first_problem(list(_read_source(item, scratch, should_drop, on_progress)))
            else:
                yield from _or_unreadable(item, scratch, should_drop, on_progress)
    except FileProblem as problem:
        raise FileProblem(f"{display_name(path.name)}: {problem.what}", problem.advice) from problem


def _or_unreadable(
    item: SourceFile,
    scratch: Path,
    should_drop: Callable[[str], bool],
    on_progress: Callable[[str, float], None] | None,
) -> Iterator[TextTable | UnreadableFile]:
    try:
        yield from _read_source(item, scratch, should_drop, on_progress)
    except FileProblem as problem:
        yield UnreadableFile(item.file_name, problem)


def _or_first_problem(items: list[TextTable | UnreadableFile]) -> list[TextTable | UnreadableFile]:
    """Raise the problem of a workbook in which no sheet can be read."""
    for item in items:
        if isinstance(item, TextTable):
            return items
    for item in items:
        if isinstance(item, UnreadableFile):
            raise item.problem
    return items


def _read_source(
    item: SourceFile,
    scratch: Path,
    should_drop: Callable[[str], bool],
    on_progress: Callable[[str, float], None] | None,
) -> Iterator[TextTable | UnreadableFile]:
    def tell(share: float) -> None:
        if on_progress is not None:
            on_progress(item.file_name, share)

    if item.member is None:
        _refuse_closed(item.path)
        yield from _read_stable(Job(item.path, item.file_name, scratch, should_drop, tell))
        return
    copy = extract(item.path, item.member, scratch)
    try:
        yield from _read_stable(Job(copy, item.file_name, scratch, should_drop, tell))
    finally:
        copy.unlink(missing_ok=True)


def _refuse_closed(path: Path) -> None:
    """Open the file once, so that a later refusal by the system can only concern our own folders."""
    try:
        with path.open("rb"):
            pass
    except PermissionError as error:
        raise permission_problem() from error
    except FileNotFoundError as error:
        raise FileProblem("it was there a moment ago and is gone.", "Copy it back and try again.") from error


def _read_stable(job: Job) -> Iterator[TextTable | UnreadableFile]:
    """Read one file and refuse what was read if the file changed meanwhile."""
    before = _stamp(job.path)
    items: list[TextTable | UnreadableFile] = []
    try:
        items.extend(_read_file(job))
    except FileProblem as problem:
        if _stamp(job.path) == before:
            raise
        raise _still_written() from problem
    if _stamp(job.path) != before:
        for item in items:
            if isinstance(item, TextTable):
                item.parquet.unlink(missing_ok=True)
        raise _still_written()
    yield from items


def _read_file(job: Job) -> Iterator[TextTable | UnreadableFile]:
    ending = job.path.suffix.lower()
    if ending in SHEET_ENDINGS:
        yield from read_workbook(job)
    elif ending in PARQUET_ENDINGS:
        yield read_parquet(job)
    else:
        yield read_text(job)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns


def _still_written() -> FileProblem:
    return FileProblem(
        "the file is still being written: it changed while it was read.",
        "Wait until the export or copy has finished, then import it again.",
    )
