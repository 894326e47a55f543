from __future__ import annotations

import streamlit as st

from dashboard import address, session, show, show_rotation
from dashboard.i18n import _

context = session.context()
show.heading(
    _("Rotations"),
    context,
    _("Golive proposes, a person decides who is where in the next weeks. Nothing that judges anybody's work enters."),
)

# Choose
choice = st.container(horizontal=True, vertical_alignment="bottom")
with choice:
    weeks_count = address.one_of(
        st.segmented_control, _("Weeks"), [12, 16, 26], key="horizon", default=12, required=True
    )
    budget = address.one_of(
        st.segmented_control,
        _("People who may move in the next four weeks"),
        [0, 3, 5, 10, 20],
        key="budget",
    )
    seconds = st.segmented_control(_("Seconds"), [5, 20, 60], key="rotation_seconds", default=5, required=True)
desk = show_rotation.desk(context, weeks_count, budget)
room = show_rotation.room(context, desk)
is_asked_for = room is not None and bool(room.problem.demand.sum())
with choice:
    is_wanted = st.button(
        _("Propose"),
        icon=":material/auto_awesome:",
        type="primary",
        key="rotation_propose",
        disabled=not is_asked_for,
    )

# Show
show_rotation.remarks(context, room)
if not is_asked_for:
    st.stop()
show.told()
if is_wanted:
    show_rotation.propose(context, desk, float(seconds or 5))
show_rotation.result(context, desk)
show_rotation.kept(context)
