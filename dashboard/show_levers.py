"""What would help a project: one card for each lever, to try and to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, show, show_decision
from dashboard.answers import scenarios as answers
from dashboard.i18n import _
from dashboard.show_what_if import LEVER_KEY
from dashboard.views import levers as views

if TYPE_CHECKING:
    from analytics.delay.levers import KnownLever
    from dashboard.answers.days import Context


def show_levers(context: Context, project_id: str, levers: tuple[KnownLever, ...]) -> None:
    """Show what each lever does to the median finish; each can be tried in What if, and decided here."""
    if not levers:
        return
    st.subheader(
        _("What would help"),
        anchor=False,
        help=_(
            "Effect on the median finish (P50). A lever comes on top of all that drives the delay; a driver is the "
            "mean over all orders in which drivers can come. So both can differ, though they are of one measure."
        ),
    )
    show.told()
    with st.grid(len(levers), min_column_width=210, gap="small"):
        for lever in levers:
            with st.container(border=True, gap="xxsmall", key=f"lever_{lever.kind}", height="stretch"):
                _card(context, project_id, lever)


def _card(context: Context, project_id: str, lever: KnownLever) -> None:
    st.markdown(f"**{show.plain(views.lever_title(lever))}**")
    st.badge(show.plain(views.lever_weeks(lever)), color="green")
    st.caption(show.plain(f"{views.lever_range(lever)}. {views.lever_remark(lever)}"))
    with st.container(horizontal=True, gap="small"):
        st.button(_("Try"), key=f"try_{lever.kind}", on_click=_try, args=(lever.kind,), icon=":material/science:")
        with st.popover(_("Decide …"), key=f"open_decide_{lever.kind}"):
            _decide(context, project_id, lever)


def _try(kind: str) -> None:
    address.choose(LEVER_KEY, [kind])
    address.choose("part", "what_if")


def _decide(context: Context, project_id: str, lever: KnownLever) -> None:
    with st.form(key=f"decide_{lever.kind}", border=False, clear_on_submit=True):
        said = show_decision.asked()
    show_decision.decide(context.viewer, said, lambda: _kept(context, project_id, lever))


def _kept(context: Context, project_id: str, lever: KnownLever) -> int:
    """Keep the lever as a scenario, with what was reckoned for it; return its number."""
    title = views.lever_title(lever)
    scope = (context.file, context.viewer, context.as_of_date)
    found = answers.compared(*scope, project_id, {title: lever.steps})
    (row,) = found[found["scenario"] == title].to_dict("records")
    result = {str(key): value for key, value in row.items()}
    return answers.keep_scenario(context.viewer, project_id, context.as_of_date, title, lever.steps, result)
