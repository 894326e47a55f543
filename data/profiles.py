"""Decisions about the files of a source, one readable TOML file each, for the command line and the page alike."""

from __future__ import annotations

import os
import re
import tomllib
from typing import TYPE_CHECKING, Final

import tomli_w

from data.problems import GoliveError, ImportRefusedError
from data.recognition import profile_from_dict

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home
    from data.recognition import Profile

_ENDING: Final = ".toml"
_HEAD: Final = (
    "# What was decided about files with these columns. The next file of this kind is read in the same way, unasked.\n"
    "# You may edit it; to decide anew, remove it.\n\n"
)


def read_profiles(home: Home) -> list[Profile]:
    """Return all saved decisions.

    Raises
    ------
    GoliveError
        One of the files was damaged by hand: passing over it would import files in another way than was decided.
    """
    return [_read(file) for file in _files(home)]


def save_profile(home: Home, profile: Profile) -> Path:
    """Save decisions; those about files with the same columns and table take the place of earlier ones."""
    home.profiles.mkdir(parents=True, exist_ok=True)
    taken = {file: _read(file) for file in _files(home)}
    same = [file for file, old in taken.items() if _kind(old) == _kind(profile)]
    target = same[0] if same else _free(home, profile.name)
    draft = target.with_suffix(f".{os.getpid()}.new")
    try:
        draft.write_text(_HEAD + tomli_w.dumps(profile.as_dict()), encoding="utf-8")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def forget_profile(home: Home, name: str) -> None:
    """Remove the decisions of this name."""
    for file in _files(home):
        if _read(file).name == name:
            file.unlink()
            return
    names = ", ".join(profile.name for profile in read_profiles(home)) or "none"
    raise GoliveError(f"No decisions are saved under “{name}”.", f"Saved are: {names}.")


def _files(home: Home) -> list[Path]:
    return sorted(home.profiles.glob(f"*{_ENDING}")) if home.profiles.is_dir() else []


def _read(file: Path) -> Profile:
    try:
        return profile_from_dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, KeyError) as error:
        raise GoliveError(f"{file} can't be read ({error}).", "Mend the line, or remove the file.") from error
    except ImportRefusedError as problem:
        raise GoliveError(
            f"{file}: {problem.what}", problem.advice or "Mend the line, or remove the file."
        ) from problem


def _kind(profile: Profile) -> tuple[str, frozenset[str]]:
    return profile.table, frozenset(profile.columns)


def _free(home: Home, name: str) -> Path:
    """Return a file that isn't there yet; names come from files and are hostile."""
    slug = re.sub(r"[^\w-]+", "-", name.casefold()).strip("-")[:60] or "profile"
    for number in range(1, 10_000):
        file = home.profiles / f"{slug}{'' if number == 1 else f'-{number}'}{_ENDING}"
        if not file.exists():
            return file
    raise GoliveError(f"{home.profiles} holds too many decisions about “{name}”.", "Remove those of no use.")
