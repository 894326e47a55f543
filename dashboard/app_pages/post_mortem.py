from __future__ import annotations

import streamlit as st

from dashboard import address, session, show, show_lessons, show_postmortem, show_postmortem_more
from dashboard.answers import postmortem as answers
from dashboard.i18n import _
from dashboard.views import postmortem_choosing as views

context = session.context()
show.heading(_("Post-mortems"), context, _("Where the weeks of a project went, and when it could have been known."))
show.told()

# Load
ended = answers.ended_projects(context.file, context.viewer, context.as_of_date)
labels = views.ended_labels(ended)
if not labels:
    st.info(_("No project has begun. Import projects and timesheets with `golive import FOLDER`."))
    st.stop()

# Choose
parts = views.part_labels()
part = address.one_of(
    st.segmented_control, _("Show"), list(parts), key="part", default="overview", words=parts.__getitem__, required=True
)
if part == "firm":
    show_postmortem_more.firm(context)
    st.stop()
chosen = address.one_of(
    st.selectbox,
    _("Project"),
    list(labels),
    key="project",
    words=labels.__getitem__,
    default=views.first_shown(ended),
    is_told=False,
    is_lasting=False,
)
if address.unknown("project"):
    show.no_such(_("There is no project “{asked}”."), address.unknown("project"), labels, key="project")
windows = views.windows_of(address.switch(_("Windows between replans, not by month"), key="replans"))
with st.spinner(_("Replaying the project week by week …"), show_time=True):
    mortem = answers.post_mortem(context.file, context.viewer, context.as_of_date, str(chosen), windows)

# Show
step, is_hidden = show_postmortem_more.choose_step(part)
show_postmortem.head(mortem, is_outcome_hidden=is_hidden)
if part == "overview":
    show_postmortem.overview(mortem)
elif part == "weeks":
    show_postmortem.week_by_week(mortem)
elif part == "requirements":
    show_postmortem_more.requirements(mortem)
elif part == "comparables":
    show_postmortem_more.comparables(context, mortem)
elif part == "lessons":
    show_lessons.own_lessons(context, mortem)
else:
    show_postmortem_more.guided(mortem, step, is_hidden=is_hidden)
if not is_hidden:
    show_postmortem.report(context, mortem, windows)
