"""Parts of the rotations page: handovers with their check lists, and the chance of being late before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import show
from dashboard.answers.rotation_effects import journeys, late_chances
from dashboard.answers.rotation_handovers import handover_lists
from dashboard.i18n import _
from dashboard.views import rotation as views
from dashboard.views import rotation_handovers as handing

if TYPE_CHECKING:
    from dashboard.answers.days import Context
    from dashboard.answers.rotation import Answer


def handovers(context: Context, found: Answer, view: views.RosterView) -> None:
    """Show who hands over what to whom, and the check list of one handover."""
    lists = handover_lists(context.file, context.viewer, found.room, found.proposal.plan)
    show.table(
        handing.handover_table(view, lists),
        alt=_("Stints that end while the site goes on, with who takes over"),
        empty=_("No stint ends while its site goes on."),
    )
    if not lists:
        return
    titles = [handing.title(view, one) for one in lists]
    number = st.selectbox(_("Check list"), range(len(lists)), format_func=titles.__getitem__, key="rotation_handover")
    for text in handing.check_list(view, lists[number or 0]):
        show.sentence(f"☐ {text}")
    show.remark(_("The workbook holds the check lists of all handovers."))


def check_rows(context: Context, found: Answer, view: views.RosterView) -> list[list[object]]:
    """Return the check lists of all handovers for a workbook."""
    lists = handover_lists(context.file, context.viewer, found.room, found.proposal.plan)
    return handing.check_rows(view, lists)


def before_after(context: Context, found: Answer, view: views.RosterView) -> None:
    """Show the figures of the present roster and of the proposal, with journeys and what they cost."""
    costs = [
        journeys(context.file, context.viewer, found.room, plan) for plan in (found.room.base, found.proposal.plan)
    ]
    rows = views.before_after(view, handing.journey_rows(*costs))
    show.table(rows, alt=_("Figures of the present roster and the proposal"), empty="")


def late(context: Context, found: Answer, view: views.RosterView) -> None:
    """Show what open weeks do to each project's chance of being late."""
    rows = late_chances(context.file, context.viewer, found)
    if rows.empty:
        return
    with st.expander(_("Chance of being late, project by project"), icon=":material/event_busy:"):
        show.table(
            handing.late_table(view, rows),
            alt=_("Chance of being late under the present roster and the proposal, by project"),
            empty="",
        )
        show.remark(
            _(
                "Late: over two weeks after the committed date; open: person-weeks that nobody covers. Each moves the "
                "finish that Portfolio tells, where every week is covered, by a week of one of the team."
            )
        )
