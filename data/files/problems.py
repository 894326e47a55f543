"""What can be wrong with a user's file, in words for the user."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

#: Longest text of a malformed row that is kept; enough to find the row again, not enough to fill the disk.
MAX_SHOWN_CHARACTERS: Final = 500
_MAX_NAME_CHARACTERS: Final = 200
#: Control, format (bidi overrides, zero width), surrogate, private and line-separating characters.
_HOSTILE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class FileProblem(Exception):  # noqa: N818 - the user made no program error; the word is shown as it is
    """A user's file can't be read.

    Parameters
    ----------
    what
        What is wrong and where.
    advice
        What the user can do about it.
    """

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what, advice)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        """Join both sentences."""
        return f"{self.what} {self.advice}".strip()


class OtherKindProblem(FileProblem):
    """The file is of a kind that holds no table (a note, a picture): beside others it is no fault to leave it out."""


@dataclass(frozen=True)
class UnreadableFile:
    """A file of a folder, a zip or a workbook that was passed over; the others are read all the same."""

    file_name: str
    problem: FileProblem


@dataclass(frozen=True)
class MalformedRow:
    """A row that doesn't fit the header, with the line on which it begins."""

    line_number: int
    text: str
    reason: str


def safe_text(text: str, limit: int = MAX_SHOWN_CHARACTERS) -> str:
    """Return ``text`` without anything that could move a terminal's cursor or turn the reading direction."""
    kept = "".join(
        " " if character in "\t\r\n" else character
        for character in text[: 4 * limit]
        if character in "\t\r\n" or unicodedata.category(character) not in _HOSTILE_CATEGORIES
    )
    return kept if len(kept) <= limit else kept[: limit - 1] + "…"


def display_name(name: str) -> str:
    """Return a file's name as it may be shown: names in folders and zips can be hostile."""
    return safe_text(name, _MAX_NAME_CHARACTERS).strip() or "(no name)"
