"""Secrets of channels: from the environment, or from a file that only its owner can read. They are never kept or shown.

What a secret says is returned to whoever asks and to nobody else: no message and no error holds it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
#: A secret is a line; whoever names a large file has named the wrong one.
_MOST_BYTES: Final = 8_192


class SecretError(GoliveError):
    """A secret is not there, or could be read by others."""


def secret(section: Mapping[str, Any], name: str, where: str) -> str:
    """Return a secret that a section names as ``NAME_env`` or ``NAME_file``; empty where it names none.

    Parameters
    ----------
    where
        How messages call the section.

    Raises
    ------
    SecretError
        It stands in the section itself, its variable is not set, or its file is missing, empty or open to others.
    """
    if name in section:
        raise SecretError(
            f"{where}: {name} stands in the file itself.",
            f"Name the variable ({name}_env) or the private file ({name}_file) that holds it.",
        )
    variable, file = section.get(f"{name}_env"), section.get(f"{name}_file")
    if variable:
        value = os.environ.get(str(variable), "").strip()
        if not value:
            raise SecretError(f"{where}: the variable {variable} is not set.", "Set it where Golive is started.")
        return value
    return _from_file(Path(str(file)).expanduser(), where) if file else ""


def _from_file(file: Path, where: str) -> str:
    try:
        found = file.stat()
        if os.name == "posix" and found.st_mode & _OTHERS:
            raise SecretError(f"{where}: {file} can be read by other users.", f"Run: chmod 600 {file}")
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise SecretError(f"{where}: {file} is no file with one secret.", "It holds one line: the secret.")
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no text"
        raise SecretError(f"{where}: {file} can't be read ({why}).", "Check its path and rights.") from None
    if not value:
        raise SecretError(f"{where}: {file} is empty.", "It holds one line: the secret.")
    return value
