"""The tour of the made-up company: what is planted in it, and where each story can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from dashboard.i18n import _, ngettext


@dataclass(frozen=True)
class Stop:
    """One planted story: its kind, and whom it is about."""

    key: str
    project_id: str = ""
    person_id: str = ""


class Place(NamedTuple):
    """Where a story can be seen: a page, and values of its widgets by their keys."""

    path: str
    values: dict[str, str]


#: Of stories about a project: the part of its page on which they show best.
_PARTS: Final = {
    "scope": "requests",
    "green": "reports",
    "alone": "people",
    "handover": "people",
    "saved": "requests",
    "waiting": "hours",
    "crunch": "people",
    "on_hold": "reports",
    "cancelled": "reports",
}


def known_keys() -> tuple[str, ...]:
    """Return the kinds of stories that the tour has words for."""
    return tuple(_words())


def _words() -> dict[str, tuple[str, str]]:
    """Return title and what to look for, by kind of story."""
    return {
        "scope": (
            _("Scope that doubles"),
            _("Approved requests add as many hours as the budget had, while the plan moved by four weeks only."),
        ),
        "green": (
            _("Green reports on a red project"),
            _("Every report says green, and progress creeps at 90 %; hours pass the budget while work stands still."),
        ),
        "away": (_("Nine weeks away"), _("Two trips with one night at home between them, and long weeks.")),
        "alone": (
            _("A junior alone on site"),
            _("The others were taken off in one week; since then a junior stands alone at the client."),
        ),
        "legacy": (
            _("An interface that never works"),
            _("Request after request with the same cause, none of them done; the plan has moved three times."),
        ),
        "handover": (
            _("A lost handover"),
            _("The whole team was replaced between two weeks; progress fell to a third, and rework came."),
        ),
        "saved": (
            _("A project saved by a decision"),
            _("A quarter of the scope was taken out, a colleague joined: it went live on the day of the first plan."),
        ),
        "waiting": (
            _("A design that nobody signs"),
            _("People book hours for over two months, and progress stands still."),
        ),
        "crunch": (_("Weekends before go-live"), _("For six weeks the team has worked Saturdays and Sundays.")),
        "silent": (_("A team that stopped filing"), _("No timesheet for weeks; plans and trips go on.")),
        "five": (_("One person on five projects"), _("A fifth of the week for each of them.")),
        "on_hold": (_("A project on hold"), _("Its people work elsewhere, and its plan is out of date.")),
        "cancelled": (_("A project that was cancelled"), _("Its last report says so.")),
    }


def heading(count: int) -> str:
    """Return the name of the drawer with the tour."""
    return ngettext(
        "This company is made up: {count} story is planted in it",
        "This company is made up: {count} stories are planted in it",
        count,
    )


def title_of(stop: Stop) -> str:
    """Return the title of a story."""
    return _words()[stop.key][0]


def text_of(stop: Stop) -> str:
    """Return what to look for."""
    return _words()[stop.key][1]


def place_of(stop: Stop) -> Place:
    """Return where a story can be seen best."""
    if stop.key == "silent":
        return Place("app_pages/data.py", {"part": "state"})
    if stop.key == "legacy":
        return Place("app_pages/change_requests.py", {"project": stop.project_id})
    if stop.key in {"away", "five"}:
        return Place("app_pages/people.py", {"person": stop.person_id})
    return Place("app_pages/project.py", {"project": stop.project_id, "part": _PARTS[stop.key]})
