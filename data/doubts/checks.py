"""What can't be true of the rows that a recipe made, whatever the recipe says.

Each check counts typed rows of one batch in ``raw``, or compares them with the file's own sums and with what is in
force. It knows nothing of how the cells were read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.doubts.booked import AGAINST_OTHERS
from data.doubts.hours import OF_HOURS
from data.doubts.others import OF_OTHERS
from data.doubts.sums import sum_differs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.doubts.taken import Doubt, Taken

_CHECKS: Final[dict[str, tuple[Callable[[Taken], Doubt | None], ...]]] = {
    "timesheets": (*OF_HOURS, sum_differs, *AGAINST_OTHERS),
    **OF_OTHERS,
}


def first_doubt(taken: Taken, answers: Mapping[str, str]) -> Doubt | None:
    """Return the first thing that can't be true and that the user has not confirmed, or None."""
    for check in _CHECKS.get(taken.table, ()):
        doubt = check(taken)
        if doubt is not None and answers.get(doubt.token, "out") == "out":
            return doubt
    return None
