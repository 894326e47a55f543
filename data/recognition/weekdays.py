"""Names of the days of the week, as they stand beside days: they tell how a day is meant."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "meanings.toml"
_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def _numbers() -> dict[str, int]:
    with _FILE.open("rb") as handle:
        lists = tomllib.load(handle)["weekday"]
    return {spelling.casefold(): int(number) for number, spellings in lists.items() for spelling in spellings}


def weekday_of(word: str) -> int | None:
    """Return 0 for Monday to 6 for Sunday, or None when the word names no day."""
    return _numbers().get(word.strip().casefold().rstrip("."))


def weekday_in(text: str) -> int | None:
    """Return the weekday that stands somewhere in a cell or a header (``Mo 02.03.``, ``04-01 星期三``), or None."""
    words = _WORD.findall(text.replace("年", " ").replace("日", " ", 1) if "年" in text else text)
    found = {number for word in words if (number := weekday_of(word)) is not None}
    return found.pop() if len(found) == 1 else None


@cache
def weekday_pattern() -> str:
    """Return a pattern of a weekday in its long forms; one sign alone counts in brackets only."""
    words = sorted((re.escape(word) for word in _numbers() if len(word) > 1), key=len, reverse=True)
    return rf"(?:(?i:{'|'.join(words)})\.?|[(（]\w{{1,10}}\.?[)）])"


def weekday_words() -> list[str]:
    """Return all names of weekdays, in lower case."""
    return sorted(_numbers())
