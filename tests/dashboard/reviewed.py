"""A firm in whose home a review is open, something was decided, a risk is on record, and alerts were raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.alerts import look
from dashboard.answers.days import as_of_date
from dashboard.answers.door import close_all
from dashboard.answers.review import Words, decide, open_review, read_review
from dashboard.answers.viewers import local_viewer
from data.journal import Attendee, RaidEntry, record_entries
from data.publishing import published_file
from tests.dashboard.company import PROJECTS

if TYPE_CHECKING:
    from data.home import Home


def with_review(home: Home, words: str = "Ask the lead") -> None:
    """Open a review of the newest day; ``words`` are what people type in it."""
    file, viewer = published_file(home), local_viewer()
    assert file is not None
    number = open_review(home, file, viewer, [Attendee(words, "portfolio manager")])
    key = read_review(home, viewer, number).content["agenda"][0]["key"]
    decide(home, viewer, number, key, Words(words, owner_name=words, why=words, alternatives=words))
    record_entries(home, viewer.name, [RaidEntry("risk", PROJECTS[-1][0], words, owner_name=words, note=words)])
    look(file, viewer, as_of_date(file))
    close_all()
