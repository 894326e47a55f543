"""What would bring a project forward, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analytics.delay.levers import LATER_SHARE
from dashboard.i18n import _, ngettext
from dashboard.views import words

if TYPE_CHECKING:
    from analytics.delay.levers import KnownLever


def lever_title(lever: KnownLever) -> str:
    """Return what is done, in a few words."""
    if lever.kind == "freeze":
        return _("No new requests from {day} on").format(day=words.date_text(lever.steps[0].from_date))
    if lever.kind == "person":
        return _("One person more from {day} on").format(day=words.date_text(lever.steps[0].from_date))
    if lever.kind == "decline":
        return ngettext("Decline the request that waits", "Decline the {count} requests that wait", len(lever.steps))
    return _("Move {hours} to a later phase").format(hours=words.hours_text(-lever.steps[0].hours))


def lever_remark(lever: KnownLever) -> str:
    """Return under which condition the figure holds."""
    if lever.kind == "freeze":
        return _("What is open already still counts. The client has to agree.")
    if lever.kind == "person":
        return _("{hours} a week that count in full from the first day: the best case.").format(
            hours=words.hours_text(lever.steps[0].hours)
        )
    if lever.kind == "decline":
        return ngettext(
            "Or move it to a later phase; it may have been declined anyway.",
            "Or move them to a later phase; some would have been declined anyway.",
            len(lever.steps),
        )
    return _("{share} of the work that is left.").format(share=words.percent_text(LATER_SHARE))


def lever_weeks(lever: KnownLever) -> str:
    """Return what the median finish moves by."""
    return words.signed_weeks_text(lever.p50_weeks)


def span_text(lever: KnownLever) -> str:
    """Return between which weeks eight of ten outcomes move."""
    return _("{low} to {high} weeks").format(
        low=words.signed_number_text(lever.low_weeks), high=words.signed_number_text(lever.high_weeks)
    )


def lever_range(lever: KnownLever) -> str:
    """Say between which weeks eight of ten outcomes move."""
    return _("8 of 10 outcomes: {span}").format(span=span_text(lever))


def strongest_sentence(levers: tuple[KnownLever, ...]) -> str:
    """Say which lever helps most, or that none of the usual ones does."""
    if not levers:
        return _("None of the usual levers brings the median finish forward.")
    best = levers[0]
    return _("Strongest lever: {what}, {weeks}.").format(what=lever_title(best), weeks=lever_weeks(best))


def lever_rows(levers: tuple[KnownLever, ...]) -> list[dict[str, Any]]:
    """Return the levers as plain records, for ``--json``."""
    return [
        {
            "kind": one.kind,
            "title": lever_title(one),
            "p50_weeks": one.p50_weeks,
            "p80_weeks": one.p80_weeks,
            "low_weeks": one.low_weeks,
            "high_weeks": one.high_weeks,
            "late_points": one.late_points,
            "steps": [step.as_plain() for step in one.steps],
        }
        for one in levers
    ]
