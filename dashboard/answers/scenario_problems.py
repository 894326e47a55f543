"""Why a what-if can't be asked of a project, in words."""

from __future__ import annotations

from typing import Final

from dashboard.i18n import _


def problem_text(reason: str, detail: str) -> str:
    """Say why a scenario can't be asked of this project."""
    known: Final = {
        "no_forecast": _("A what-if needs a plan and progress; this project has no such forecast on this day."),
        "no_budget": _("The project has no budget in hours, so hours can't be turned into time."),
        "no_usual_hours": _("Without a budget and booked hours it is not known what one more person would change."),
        "not_pending": _("Not waiting for a decision on this day: {detail}."),
        "start_too_early": _("The start can't be moved before the project began."),
        "unknown_step": _("There is no such step: {detail}."),
        "wrong_share": _("The share of the work lies above 0 % and is at most 100 %."),
        "no_hours": _("Say how many hours a week."),
        "ends_before_it_begins": _("It ends before it begins."),
        "no_request": _("Choose a request."),
        "too_large": _("{detail} is implausibly large."),
        "not_a_date": _("“{detail}” is not a date."),
    }
    return known.get(reason, reason).format(detail=detail)
