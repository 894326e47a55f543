"""Text that means nothing but itself: the ground of every medium in :mod:`dashboard.shown`, and of messages."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_REPLACEMENT: Final = "\ufffd"
_BREAKS: Final = frozenset("\n\r\t\v\f\x85\u2028\u2029")

#: Characters that hide, or turn the direction of all that follows; no name needs them. The joiners U+200C and
#: U+200D stay: Persian and Hindi names are written with them.
INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def in_text(name: object) -> str:
    """Return a name for a place that reads no markup: one line, without control and direction characters."""
    return INVISIBLE.sub("", "".join(_visible(sign) for sign in str(name)))


def _visible(sign: str) -> str:
    if sign in _BREAKS:
        return " "
    return _REPLACEMENT if unicodedata.category(sign) in {"Cc", "Cs"} else sign
