"""Files that commands write for their user: what keeps one from being written is said, and before long work begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from pathlib import Path


class OutputFileError(GoliveError):
    """A file that the user named can't be written."""


def check_folder(path: Path) -> None:
    """Refuse a file in a folder that is not there.

    Raises
    ------
    OutputFileError
        It says which folder.
    """
    if not path.parent.is_dir():
        raise _unwritten(path, _("there is no folder {folder}").format(folder=path.parent))


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    Raises
    ------
    OutputFileError
        The folder is not there or closed, or the disk is full.
    """
    check_folder(path)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error


def _unwritten(path: Path, why: str) -> OutputFileError:
    return OutputFileError(
        _("{path} can't be written ({why}).").format(path=path, why=why),
        _("Give a file in a folder that is there and that you may write to."),
    )
