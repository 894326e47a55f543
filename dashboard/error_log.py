"""Errors that nobody expected, written to a file of the home: what broke where, and nothing of anybody's data."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from functools import lru_cache
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from io import TextIOWrapper

    from data.home import Home

#: Two old files of this size are kept beside the current one.
_LARGEST_BYTES: Final = 500_000
_OLD_FILES_COUNT: Final = 2
_SHOWN_FRAMES: Final = 12
_PACKAGES: Final = Path(__file__).parents[1]


def log_file(home: Home) -> Path:
    """Return where errors of a home are written."""
    return home.path / "logs" / "errors.log"


def note_error(home: Home, error: BaseException, page: str) -> str:
    """Write down an error; return the number by which it is found in the file.

    Type, place in the code and page are written. The message, the values of variables and the source are not: they may
    hold names, hours or cells of a file. A home that can't be written hides no error.
    """
    now = datetime.now().astimezone()
    number = f"{now:%Y%m%d-%H%M%S}"
    try:
        _logger(log_file(home)).error("%s (%s)  page %s  %s", number, now.isoformat(), page or "-", described(error))
    except OSError:
        return ""
    return number


def described(error: BaseException) -> str:
    """Return the types of an error and of what caused it, each with its places in the code, innermost last."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    places = [
        f"{_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    text = " > ".join([name, *places[-_SHOWN_FRAMES:]])
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{text}  caused by  {described(cause)}" if cause is not None else text


def _place(file_name: str) -> str:
    """Return a file of the code without the folders of this machine, which may hold somebody's name."""
    path = Path(file_name)
    if path.is_relative_to(_PACKAGES) and "site-packages" not in path.relative_to(_PACKAGES).parts:
        return path.relative_to(_PACKAGES).as_posix()
    _before, found, inside = path.as_posix().rpartition("/site-packages/")
    return inside if found else path.name


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.chmod(self.baseFilename, 0o600)  # noqa: PTH101 - the file may be there from before, open to others
        return open(descriptor, "a", encoding="utf-8")  # noqa: PTH123 - a descriptor, no path


@lru_cache(maxsize=4)
def _logger(file: Path) -> logging.Logger:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    logger = logging.Logger(f"golive.errors.{file}")
    handler = _PrivateFile(file, maxBytes=_LARGEST_BYTES, backupCount=_OLD_FILES_COUNT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    return logger
