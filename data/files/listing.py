"""Lists what is read when the user points at a file, a folder or a zip, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.files.archive import Member, list_members
from data.files.kinds import READABLE_ENDINGS, READABLE_WORDS, ZIP_ENDINGS
from data.files.limits import MIN_TABLE_BYTES
from data.files.problems import FileProblem, OtherKindProblem, UnreadableFile, display_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """One file that is read.

    Parameters
    ----------
    file_name
        For the user: ``march.zip › hours/timesheets.csv``.
    member
        The member of the zip at ``path``, if the file is inside one.
    """

    file_name: str
    path: Path
    member: Member | None = None


def list_files(path: Path) -> list[SourceFile | UnreadableFile]:
    """List what :func:`read_tables` would read, and what it would pass over and why.

    A folder is listed with all folders in it, the oldest file first; hidden files are not mentioned.

    Raises
    ------
    FileProblem
        There is nothing at ``path``, it can't be opened, or it holds nothing that can be read.
    """
    name = display_name(path.name)
    try:
        if path.is_dir():
            found = list(_in_folder(path))
            words = "folder"
        elif not path.exists():
            raise FileProblem("there is no such file or folder.", "Check the spelling of the path.")
        elif not path.is_file():
            raise FileProblem("this is neither a file nor a folder.", f"Read are {READABLE_WORDS}.")
        elif path.suffix.lower() in ZIP_ENDINGS:
            found = _in_zip(path, name)
            words = "zip"
        else:
            _refuse_by_name(path.name)
            return [SourceFile(name, path)]
    except PermissionError as error:
        raise permission_problem() from error
    if not any(isinstance(item, SourceFile) for item in found):
        raise _nothing_to_read(words, found)
    return found


def _nothing_to_read(words: str, found: list[SourceFile | UnreadableFile]) -> FileProblem:
    reasons = [f"{item.file_name}: {item.problem.what}" for item in found if isinstance(item, UnreadableFile)]
    detail = f": {'; '.join(reasons[:3])}" if reasons else "."
    return FileProblem(f"the {words} holds no file that can be read{detail}", f"Read are {READABLE_WORDS}.")


def permission_problem() -> FileProblem:
    """Say that the system doesn't let us read."""
    return FileProblem(
        "the system refuses to open it.",
        "Close it in other programs (Excel locks open files), or ask for the right to read it.",
    )


def _in_folder(root: Path) -> Iterator[SourceFile | UnreadableFile]:
    files: list[tuple[int, str, Path]] = []
    for path in _walk(root):
        if isinstance(path, UnreadableFile):
            yield path
        else:
            files.append((path.lstat().st_mtime_ns, path.relative_to(root).as_posix(), path))
    for _, relative, path in sorted(files):
        name = display_name(relative)
        try:
            yield from _listed(path, name)
        except FileProblem as problem:
            yield UnreadableFile(name, problem)
        except PermissionError:
            yield UnreadableFile(name, permission_problem())


def _listed(path: Path, name: str) -> list[SourceFile | UnreadableFile]:
    if path.is_symlink():
        raise FileProblem("it is a link and not a file.", "Import the file that it points to.")
    if not path.is_file():
        raise FileProblem("it is no ordinary file.", f"Read are {READABLE_WORDS}.")
    if path.suffix.lower() in ZIP_ENDINGS:
        return _in_zip(path, name)
    _refuse_by_name(path.name)
    if 0 < path.stat().st_size < MIN_TABLE_BYTES:
        raise FileProblem("it is too small to hold a table.", "Check that the export was finished.")
    return [SourceFile(name, path)]


def _walk(folder: Path) -> Iterator[Path | UnreadableFile]:
    """Go through a folder and the folders in it; links to folders are not followed, they could lead anywhere."""
    try:
        entries = sorted(folder.iterdir())
    except PermissionError:
        yield UnreadableFile(display_name(folder.name), permission_problem())
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in ("__MACOSX", "Thumbs.db", "desktop.ini"):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def _in_zip(path: Path, name: str) -> list[SourceFile | UnreadableFile]:
    return [
        SourceFile(f"{name} › {display_name(item.name)}", path, item)
        if isinstance(item, Member)
        else UnreadableFile(f"{name} › {item.file_name}", item.problem)
        for item in list_members(path)
    ]


def _refuse_by_name(name: str) -> None:
    if name.startswith("~$"):
        raise FileProblem(
            f"it is the lock file that Office leaves while {display_name(name[2:])} is open.",
            "Close the document; then import the document itself.",
        )
    ending = f".{name.rsplit('.', 1)[1].lower()}" if "." in name else ""
    if ending not in READABLE_ENDINGS:
        raise OtherKindProblem(
            f"files that end in {display_name(ending) if ending else 'nothing'} are not read.",
            f"Read are {READABLE_WORDS}.",
        )
