"""Who may read the home: its owner, and nobody else on this machine.

Many hands write below a home: Golive, DuckDB, SQLite, the lock. So the process takes the rights of others away from
whatever it creates from now on, and what already lies there is closed when a home is opened. This is the one place.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.home import Home

#: What Golive itself puts into a home. Whoever gives a folder with other things keeps their rights as they are.
OWN_FOLDERS: Final = ("inbox", "warehouse", "scratch", "profiles", "logs", "fits", "demo-files", "reports")
OWN_FILES: Final = ("journal.sqlite*", "*.lock", "*.toml", "calendar_overrides.csv", ".golive-*", "*.json")

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def create_privately() -> None:
    """Let this process create files and folders that only their owner can read, whatever the user's own setting is."""
    if os.name == "posix":
        os.umask(_OTHERS)


def close_to_others(home: Home) -> int:
    """Close the home to other users of this machine; return how many files and folders stood open.

    What belongs to somebody else can't be closed and is left as it is. Links are not followed.
    """
    create_privately()
    if os.name != "posix" or not home.path.is_dir():
        return 0
    return sum(_closed(path) for path in (home.path, *_own(home.path)))


def _own(folder: Path) -> Iterator[Path]:
    for name in OWN_FOLDERS:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            yield folder / name
            # A writer may remove its scratch while we look.
            for place, folders, files in os.walk(folder / name):
                yield from (Path(place) / one for one in (*folders, *files))
    for pattern in OWN_FILES:
        yield from folder.glob(pattern)


def _closed(path: Path) -> int:
    with contextlib.suppress(OSError):
        found = path.lstat()
        if not stat.S_ISLNK(found.st_mode) and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
            return 1
    return 0
