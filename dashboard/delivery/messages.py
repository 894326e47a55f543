"""A message as every channel gets it: a title and lines, cut where a channel takes less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard.i18n import ngettext
from dashboard.plain_text import in_text

#: Brackets and at-signs call people or make links in chats; names from files get signs that only look like them.
_CALLING: Final = str.maketrans({"<": "＜", ">": "＞", "@": "＠", "[": "［", "]": "］"})


@dataclass(frozen=True)
class Message:
    """What is sent: a title, and a line for each alert."""

    title: str
    lines: tuple[str, ...]

    def text(self, most_bytes: int | None = None) -> str:
        """Return the whole text, with as many lines as fit; how many are left out is said."""
        lines = [self.title, *(f"• {line}" for line in self.lines)]
        text = "\n".join(lines)
        if most_bytes is None or len(text.encode()) <= most_bytes:
            return text
        for kept in range(len(self.lines), -1, -1):
            left = len(self.lines) - kept
            more = ngettext("… and {count} more in Golive.", "… and {count} more in Golive.", left)
            text = "\n".join([*lines[: kept + 1], more])
            if len(text.encode()) <= most_bytes:
                return text
        return self.title.encode()[:most_bytes].decode(errors="ignore")


def harmless(text: str) -> str:
    """Return text with which a name can call nobody and open nothing in a chat."""
    return in_text(text).translate(_CALLING)
