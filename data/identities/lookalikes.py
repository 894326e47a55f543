"""Ids and names that the eye can't tell apart: hidden characters, letters of another script, 0 for O and 1 for l.

Whoever reads "ana" and "аna" sees one person; a program sees two. They are proposed as one and never taken for one
unasked: the two may be meant.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from data.identities.names import folded

_HIDDEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CYRILLIC: Final = ("авеёкмнорстухіїјѕԁһԛԝ", "abeekmhopctyxiijsdhqw")
_GREEK: Final = ("αβεζηικμνορτυχϲ", "abezhikmnoptyxc")
_OTHERS: Final = ("ıłɑɡ‐‑‒–—−", "ilag------")
#: Letters that look like another, in lower case: capitals look alike where small ones do not (В, Н, Ν).
_LETTERS: Final = str.maketrans(
    "".join(before for before, _ in (_CYRILLIC, _GREEK, _OTHERS)),
    "".join(after for _, after in (_CYRILLIC, _GREEK, _OTHERS)),
)
_DIGITS: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})


def looks(text: str) -> str:
    """Return what two texts share that look the same; never shown, never stored."""
    visible = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return folded(visible).translate(_LETTERS).translate(_DIGITS)


def look_alikes(texts: list[str]) -> list[tuple[str, str]]:
    """Return pairs of a text and an earlier one that looks the same, though it is another.

    Texts that differ in case, width and spaces alone are none: those are one for sure.
    """
    first: dict[str, str] = {}
    found = []
    for text in texts:
        earlier = first.setdefault(looks(text), text)
        if folded(earlier) != folded(text):
            found.append((text, earlier))
    return found
