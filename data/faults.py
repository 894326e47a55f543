"""Turn the faults of a disk into words; the published state was never touched."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

import duckdb

from data.problems import GoliveError, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.home import Home


@contextlib.contextmanager
def faults_in_words(home: Home) -> Iterator[None]:
    """Say in plain words when the disk is full or the folder can't be used."""
    try:
        yield
    except GoliveError:
        raise
    except (OSError, duckdb.Error) as error:
        if _is_disk_full(error):
            raise WarehouseError(
                f"The disk of {home.path} is full.",
                "Nothing was changed. Free some space or move the home with --home, then try again.",
            ) from error
        if isinstance(error, OSError):
            raise WarehouseError(
                f"Golive can't work in {home.path} ({error.strerror or error}).",
                "Nothing was changed. Check the folder and its rights, then try again.",
            ) from error
        raise


def _is_disk_full(error: OSError | duckdb.Error) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    words = str(error).lower()
    return any(
        part in words for part in ("no space left", "file too large", "could not write all bytes", "disk is full")
    )
