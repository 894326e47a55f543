"""One published warehouse file at a time, named by a pointer that is replaced in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from data.problems import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.home import Home

    #: Reckons what the pages show of a warehouse file before anybody reads it, and puts it beside the file.
    Reckon = Callable[[Path], object]

_POINTER: Final = "current"
#: How many published files stay, the one in force included; pages that still read an older one keep working.
KEPT_FILES_COUNT: Final = 3
#: Results that were reckoned from a warehouse file lie beside it under its name.
RESULTS_SUFFIX: Final = ".results"


@contextlib.contextmanager
def writer_lock(home: Home, *, wait_seconds: float) -> Iterator[None]:
    """Hold the right to write to ``home``; the operating system frees it when the process dies."""
    home.prepare()
    lock = FileLock(home.lock_file, mode=0o600)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise WarehouseError(
            f"Another import or rebuild is writing to {home.path}.",
            f"It did not end within {wait_seconds:g} s. Wait for it, then try again; nothing was changed.",
        ) from None
    try:
        sweep(home)
        yield
    finally:
        lock.release()


def published_file(home: Home) -> Path | None:
    """Return the warehouse file in force, or nothing when none was ever published."""
    pointer = home.warehouse / _POINTER
    try:
        name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WarehouseError(f"{pointer} can't be read ({error.strerror}).", "Check the folder's rights.") from error
    file = home.warehouse / Path(name).name
    if not name or not file.is_file():
        raise WarehouseError(
            f"The pointer {pointer} names a warehouse file that is not there ({name or 'nothing'}).",
            "Run `golive rebuild`: it builds the warehouse again from the inbox.",
        )
    return file


def publish(home: Home, draft: Path, reckon: Reckon | None = None) -> Path:
    """Make ``draft`` the file that new readers open; a crash before the last lines changes nothing.

    ``reckon`` is called with the file under its final name while nobody opens it yet: what it writes beside the file is
    there when the first reader comes.
    """
    file = home.warehouse / f"golive-{_next_number(home):06d}.duckdb"
    _flush(draft)
    draft.replace(file)
    if reckon is not None:
        reckon(file)
    note = home.warehouse / f"{_POINTER}.new"
    note.write_text(file.name, encoding="utf-8")
    _flush(note)
    note.replace(home.warehouse / _POINTER)
    flush_folder(home.warehouse)
    remove_old(home)
    return file


def copy_published(home: Home, draft: Path) -> None:
    """Copy the file in force to ``draft``, so that a writer never touches what readers have open."""
    current = published_file(home)
    if current is not None:
        shutil.copyfile(current, draft)


def sweep(home: Home) -> None:
    """Remove what a killed writer left behind. Only the holder of the lock may call this."""
    _remove_unpublished(home)
    for leftover in home.scratch.iterdir():
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                leftover.unlink()
    for leftover in home.warehouse.glob("*.wal"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def _remove_unpublished(home: Home) -> None:
    """Remove files that a writer placed and did not live to publish."""
    try:
        current = published_file(home)
    except WarehouseError:
        return  # what is there may be all that is left: `golive rebuild` publishes anew
    for file in _numbered_files(home):
        if current is None or file.name > current.name:
            _remove(file)


def _remove(file: Path) -> None:
    """Remove a warehouse file with its results; a system that locks open files refuses while somebody reads."""
    with contextlib.suppress(OSError):
        file.unlink()
        file.with_suffix(RESULTS_SUFFIX).unlink(missing_ok=True)


def _numbered_files(home: Home) -> list[Path]:
    found = home.warehouse.glob("golive-*.duckdb")
    return sorted(file for file in found if file.stem.removeprefix("golive-").isdecimal())


def _next_number(home: Home) -> int:
    numbers = [int(file.stem.removeprefix("golive-")) for file in _numbered_files(home)]
    return max(numbers, default=0) + 1


def remove_old(home: Home, *, kept_count: int = KEPT_FILES_COUNT) -> None:
    """Remove older files. On systems that lock open files a refusal means that somebody still reads it."""
    current = published_file(home)
    for file in _numbered_files(home)[:-kept_count]:
        if file != current:
            _remove(file)


def _flush(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def flush_folder(folder: Path) -> None:
    """Write the folder's own entries to disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
