"""Files that the reader brings to the page: laid aside while they are looked at, then taken in as on the command line.

This is the one place through which a page changes the home. Whoever may see only some teams may not.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dashboard.answers.door import home
from dashboard.answers.writing import import_files, redo, undo
from data.contracts import TABLES
from data.faults import faults_in_words
from data.files import FileProblem
from data.import_reports import ImportOptions
from data.inbox import read_batches, read_undone
from data.intake import DEFAULT_SOURCE, look_at, speaks_contract
from data.problems import GoliveError
from data.profiles import forget_profile, read_profiles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    from dashboard.answers.viewers import Viewer
    from data.import_reports import FileReport
    from data.inbox import Batch
    from data.recognition import Profile, Understanding

    class Upload(Protocol):
        """A file that the browser sent."""

        @property
        def name(self) -> str:
            """The name the file has on the reader's machine."""
            ...

        def getbuffer(self) -> memoryview:
            """Return the bytes."""
            ...


_NAME_LENGTH: Final = 120
#: What a file system or a terminal would take for more than a name.
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Seen:
    """One table of a file that the reader brought.

    Parameters
    ----------
    place
        File, and sheet where there is one: answers for this table bear it before their token.
    is_ours
        The columns have our own names already: nothing is to be decided.
    """

    place: str
    path: Path
    understanding: Understanding
    is_ours: bool


class Aside:
    """Files laid aside for one session; the folder goes with this object, at the latest when the session ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="golive-brought-"))
        self.paths: list[Path] = []
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def remove(self) -> None:
        """Remove the files now."""
        self._remove()


@dataclass(frozen=True)
class Wish:
    """What the reader chose beside the files."""

    answers: Mapping[str, str]
    source_name: str = ""
    is_full: bool = False
    is_history: bool = False
    is_dry_run: bool = False

    @property
    def options(self) -> ImportOptions:
        """The same as options of the command line."""
        return ImportOptions(
            source_name=self.source_name.strip() or DEFAULT_SOURCE,
            is_full=self.is_full,
            is_history=self.is_history,
            is_dry_run=self.is_dry_run,
            answers=dict(self.answers),
        )


def may_take_in(viewer: Viewer) -> bool:
    """Say whether the viewer may change what everybody sees."""
    return viewer.scope is None


def lay_aside(uploads: Sequence[Upload]) -> Aside:
    """Write the files into a folder of their own, outside the home and readable by this user only."""
    with faults_in_words(home()):
        found = Aside()
        for upload in uploads:
            path = _free(found.folder, safe_name(upload.name))
            path.write_bytes(upload.getbuffer())
            found.paths.append(path)
    return found


def safe_name(name: str) -> str:
    """Return a file name that stays in its folder, with its ending kept."""
    bare = _NOT_IN_NAMES.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: _NAME_LENGTH - len(ending)]}.{ending}" if dot and len(ending) <= 8 else bare[:_NAME_LENGTH]


def _free(folder: Path, name: str) -> Path:
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return path


def understood(path: Path, answers: Mapping[str, str]) -> list[Seen]:
    """Say what each table of a file is.

    Raises
    ------
    GoliveError
        The file can't be read, or an answer doesn't fit it.
    """
    with tempfile.TemporaryDirectory(prefix="golive-look-") as scratch:
        try:
            found = look_at(home(), path, Path(scratch), answers)
        except FileProblem as problem:
            raise GoliveError(problem.what, problem.advice) from problem
    return [
        Seen(f"{one.file} › {one.sheet}" if one.sheet else one.file, path, one, speaks_contract(one, None))
        for one in found
    ]


def targets_of() -> dict[str, tuple[str, ...]]:
    """Return the tables that a file may hold, each with its columns."""
    return {name: tuple(column.name for column in table.columns) for name, table in TABLES.items()}


def take_in(
    viewer: Viewer, paths: Sequence[Path], wish: Wish, on_progress: Callable[[str, float], None]
) -> list[FileReport]:
    """Import, or try to; the journal keeps what came of it."""
    _refuse_stranger(viewer)
    from data.journal import record_import  # noqa: PLC0415 - its libraries take half a second to load

    reports = import_files(home(), paths, wish.options, on_progress=on_progress)
    record_import(home(), [report.as_json() for report in reports], is_dry_run=wish.is_dry_run)
    return reports


def report_content(report: FileReport, *, is_dry_run: bool) -> dict[str, Any]:
    """Return the report in the shape in which it is kept with a batch."""
    return {
        "file": report.as_json(),
        "proof": report.proof.as_json() if report.proof else None,
        "understanding": report.understanding.as_json() if report.understanding else None,
        "is_dry_run": is_dry_run,
    }


def undo_batch(viewer: Viewer, batch_id: int, on_progress: Callable[[str, float], None]) -> Batch:
    """Take a batch back."""
    _refuse_stranger(viewer)
    return undo(home(), batch_id, on_progress=on_progress)


def redo_batch(viewer: Viewer, batch_id: int, on_progress: Callable[[str, float], None]) -> Batch:
    """Put a batch back."""
    _refuse_stranger(viewer)
    return redo(home(), batch_id, on_progress=on_progress)


def batches_of_home() -> tuple[list[Batch], list[Batch]]:
    """Return the batches in force and those taken back, the newest first."""
    where = home()
    if not where.inbox.is_dir():
        return [], []
    return read_batches(where)[::-1], read_undone(where)[::-1]


def saved_decisions() -> list[Profile]:
    """Return what was decided about files of each kind."""
    return read_profiles(home())


def forget_decisions(viewer: Viewer, name: str) -> str:
    """Let the next file of this kind be looked at anew; return the name of what was forgotten."""
    _refuse_stranger(viewer)
    forget_profile(home(), name)
    return name


def _refuse_stranger(viewer: Viewer) -> None:
    if not may_take_in(viewer):
        raise GoliveError(
            "Files are taken in and taken back by those who may see all teams.", "Ask one of them to do it."
        )
