"""Reads whatever the user points at, file by file, into text tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.files.archive import extract
from data.files.denied import is_denied
from data.files.json_rows import read_json
from data.files.kinds import JSON_ENDINGS, PARQUET_ENDINGS, SHEET_ENDINGS
from data.files.listing import SourceFile, list_files, permission_problem
from data.files.parquet import read_parquet
from data.files.problems import FileProblem, UnreadableFile, display_name
from data.files.sheets import read_workbook
from data.files.table import Job, TextTable
from data.files.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from data.files.layout import Layout


@dataclass(frozen=True)
class _How:
    """What the caller said beside the path."""

    scratch: Path
    should_drop: Callable[[str], bool]
    on_progress: Callable[[str, float], None] | None
    layouts: Mapping[tuple[str, str], Layout]


def read_tables(
    path: Path,
    scratch: Path,
    *,
    should_drop: Callable[[str], bool] = is_denied,
    on_progress: Callable[[str, float], None] | None = None,
    layouts: Mapping[tuple[str, str], Layout] | None = None,
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
    layouts
        Where the header is, by the file's name as :func:`list_files` gives it and the sheet's name (empty for files
        without sheets). Where nothing is said it is the first row that isn't empty.

    Raises
    ------
    FileProblem
        ``path`` itself can't be read; the message begins with its name.
    """
    how = _How(scratch, should_drop, on_progress, layouts or {})
    try:
        found = list_files(path)
        is_single = path.is_file() and len(found) == 1 and isinstance(found[0], SourceFile) and not found[0].member
        for item in found:
            if isinstance(item, UnreadableFile):
                yield item
            elif is_single:
                yield from _or_first_problem(list(_read_source(item, how)))
            else:
                yield from _or_unreadable(item, how)
    except FileProblem as problem:
        raise FileProblem(f"{display_name(path.name)}: {problem.what}", problem.advice) from problem


def _or_unreadable(item: SourceFile, how: _How) -> Iterator[TextTable | UnreadableFile]:
    try:
        yield from _read_source(item, how)
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


def _read_source(item: SourceFile, how: _How) -> Iterator[TextTable | UnreadableFile]:
    def tell(share: float) -> None:
        if how.on_progress is not None:
            how.on_progress(item.file_name, share)

    def job(path: Path) -> Job:
        layouts = {sheet: layout for (name, sheet), layout in how.layouts.items() if name == item.file_name}
        return Job(path, item.file_name, how.scratch, how.should_drop, tell, layouts)

    if item.member is None:
        _refuse_closed(item.path)
        yield from _read_stable(job(item.path))
        return
    copy = extract(item.path, item.member, how.scratch)
    try:
        yield from _read_stable(job(copy))
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
    elif ending in JSON_ENDINGS:
        yield read_json(job)
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
