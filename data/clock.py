"""The one clock: what time it is now, and which day that is here.

Nothing else asks the machine for the time, so that tests (and a rehearsal) can set it: ``GOLIVE_NOW`` holds a moment
with its offset from UTC, for example ``2026-11-30T00:30+08:00``. A moment becomes a day in a zone only: here in that of
the offset, else in the machine's own.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Final

from data.problems import GoliveError

NOW_VARIABLE: Final = "GOLIVE_NOW"


class ClockError(GoliveError):
    """``GOLIVE_NOW`` holds no moment."""


def local_now() -> datetime:
    """Return this moment in the zone of this machine, or the one that ``GOLIVE_NOW`` names."""
    named = os.environ.get(NOW_VARIABLE)
    if not named:
        return datetime.now(tz=UTC).astimezone()
    try:
        moment = datetime.fromisoformat(named)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ClockError(
            f"{NOW_VARIABLE} holds “{named}”, which is no moment with an offset from UTC.",
            "Write it as 2026-11-30T00:30+08:00, or unset it.",
        )
    return moment


def now() -> datetime:
    """Return this moment in UTC."""
    return local_now().astimezone(UTC)


def today() -> date:
    """Return the day that it is here."""
    return local_now().date()
