"""Which change requests come late: one meaning for the page, the agenda and alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable

#: A request is late when it is raised so close to go-live (or after it), or in one of the last phases.
LATE_WEEKS: Final = 8

#: Phases after which building should be over, in lower case; part of a phase's name is enough.
LAST_PHASES: Final = ("test", "acceptance", "uat", "cutover", "go_live", "go-live", "golive", "go live", "hypercare")


def late_flags(requests: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each request whether it came late; one of a project without a known go-live is late by its phase alone.

    Parameters
    ----------
    requests
        ``raised_at``, ``go_live_date``, ``phase_at_arrival``.
    """
    raised, go_live = (pd.to_datetime(requests[name]) for name in ("raised_at", "go_live_date"))
    to_go_weeks = (go_live - raised).dt.total_seconds() / (7 * 86_400)
    phases = requests["phase_at_arrival"]
    last: list[Hashable] = [name for name in phases.dropna().unique() if is_last_phase(str(name))]
    return to_go_weeks.lt(LATE_WEEKS) | phases.isin(last)


def is_last_phase(phase: str) -> bool:
    """Tell whether a phase is one of those after which building should be over."""
    return any(part in phase.casefold() for part in LAST_PHASES)
