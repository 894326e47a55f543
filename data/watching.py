"""A watched folder: what lands in it is taken in, then moved to ``done`` or ``refused`` with its report beside it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data import clock
from data.files import display_name
from data.import_reports import FileReport
from data.importing import import_files
from data.problems import GoliveError, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.home import Home
    from data.import_reports import ImportOptions
    from data.publishing import Reckon

DONE: Final = "done"
REFUSED: Final = "refused"
#: A file counts as written when its size and time stay the same for so long.
QUIET_SECONDS: Final = 2.0
#: Downloads in progress and lock files of Office.
_UNFINISHED: Final = (".part", ".crdownload", ".tmp", ".download")


@dataclass(frozen=True)
class Taken:
    """What became of one file: where it lies now, and its reports."""

    path: Path
    is_done: bool
    reports: tuple[FileReport, ...]


def prepare_watch(folder: Path) -> None:
    """Make the folders in which files end, or say why that fails."""
    if not folder.is_dir():
        raise GoliveError(f"There is no folder {folder}.", "Create it, or give another one with --watch.")
    try:
        for name in (DONE, REFUSED):
            (folder / name).mkdir(exist_ok=True)
    except OSError as error:
        raise GoliveError(
            f"Golive can't write into {folder} ({error.strerror}).", "Give a folder that you may write to."
        ) from error


def watch_folder(
    home: Home,
    folder: Path,
    options: ImportOptions,
    *,
    poll_seconds: float = QUIET_SECONDS,
    should_stop: Callable[[], bool] = lambda: False,
    reckon: Reckon | None = None,
) -> Iterator[Taken]:
    """Yield each file after it was taken in; goes on until ``should_stop``.

    A file is left alone until it stays the same from one look to the next, so that none is read while it is written.
    """
    prepare_watch(folder)
    seen: dict[Path, tuple[int, int]] = {}
    while not should_stop():
        now = _waiting(folder)
        for path in [path for path, state in now.items() if seen.get(path) == state]:
            yield _take(home, folder, path, options, reckon)
            now.pop(path)
        seen = now
        time.sleep(poll_seconds)


def _waiting(folder: Path) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in sorted(folder.iterdir()):
        is_unfinished = path.name.startswith((".", "~$")) or path.suffix.lower() in _UNFINISHED
        if is_unfinished or path.is_symlink() or not path.is_file():
            continue
        try:
            state = path.stat()
        except OSError:
            continue  # moved away in this moment
        found[path] = (state.st_size, state.st_mtime_ns)
    return found


def _take(home: Home, folder: Path, path: Path, options: ImportOptions, reckon: Reckon | None) -> Taken:
    try:
        reports = import_files(home, [path], options, reckon=reckon)
    except WarehouseError:
        raise  # nothing is wrong with the file: it stays where it is
    except GoliveError as problem:
        reports = [FileReport(display_name(path.name), None, problem=str(problem))]
    is_done = any(report.counts for report in reports) and not any(
        report.problem or report.questions for report in reports
    )
    target = _free(folder / (DONE if is_done else REFUSED), path.name)
    report_file = target.with_name(f"{target.name}.report.json")
    content = {"taken_at": clock.now().isoformat(), "files": [report.as_json() for report in reports]}
    report_file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    path.replace(target)
    return Taken(target, is_done, tuple(reports))


def _free(folder: Path, name: str) -> Path:
    """Return a name that is not taken there: the second march.csv becomes march (2).csv."""
    plain = folder / name
    for number in range(1, 1_000_000):
        candidate = plain if number == 1 else plain.with_name(f"{plain.stem} ({number}){plain.suffix}")
        if not candidate.exists():
            return candidate
    raise GoliveError(f"{folder} holds too many files named {display_name(name)}.", "Move old ones away.")
