"""The strain index's anchors, weights and windows: the file that comes with Golive, or the firm's own."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.problems import GoliveError

if TYPE_CHECKING:
    from data.home import Home

STRAIN_FILE: Final = Path(__file__).with_name("strain.toml")
POLICY_FILE: Final = Path(__file__).with_name("limits.toml")


class MethodFileError(GoliveError):
    """A file with the numbers of the method can't be read."""


def strain_table(home: Home | None = None) -> dict[str, Any]:
    """Return the content of the home's ``strain.toml``; without one, of the file that comes with Golive."""
    return method_table(STRAIN_FILE, home)


def limits_table(home: Home | None = None) -> dict[str, Any]:
    """Return the content of the home's ``limits.toml``; without one, of the file that comes with Golive."""
    return method_table(POLICY_FILE, home)


def method_table(shipped: Path, home: Home | None) -> dict[str, Any]:
    """Return the content of the home's file of that name; without one, of the file that comes with Golive."""
    own = None if home is None else home.path / shipped.name
    file = own if own is not None and own.is_file() else shipped
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MethodFileError(f"{file} can't be read: {error}", "Mend the file, or remove it from the home.") from error
