"""Which review a command speaks of, and how it says that something is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import print_json
from dashboard.commands.console import output
from dashboard.i18n import _
from data.problems import GoliveError

if TYPE_CHECKING:
    from dashboard.answers.review import Review
    from data.home import Home


def chosen_review(where: Home, number: int | None) -> Review:
    """Return the review of a number, or the newest.

    Raises
    ------
    GoliveError
        There is none.
    """
    from dashboard.answers.review import last_review, read_review  # noqa: PLC0415 - its libraries are slow to load

    if number is not None:
        return read_review(where, local_viewer(), number)
    found = last_review(where, local_viewer())
    if found is None:
        raise GoliveError(_("No review was opened yet."), _("`golive review open` opens one."))
    return found


def say_done(sentence: str, said: dict[str, Any], *, is_json: bool) -> None:
    """Say that something is done, in words or as JSON."""
    if is_json:
        print_json(said)
    else:
        output.print(sentence, markup=False, soft_wrap=True)
