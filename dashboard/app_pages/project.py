from __future__ import annotations

import streamlit as st

from dashboard import address, session, show, show_project
from dashboard.answers import everything as answers
from dashboard.answers.levers import levers
from dashboard.i18n import _
from dashboard.show_levers import show_levers
from dashboard.show_what_if import show_what_if
from dashboard.show_why import show_why
from dashboard.views import everything as views
from dashboard.views import levers as lever_views
from dashboard.views import verdict

context = session.context()
show.heading(_("Project"), context, _("Where one project stands and how its forecast moved."))

# Load
projects = answers.projects(context.file)
labels = views.project_labels(projects)
if not labels:
    st.info(_("No project is known yet. Import projects or timesheets with `golive import FOLDER`."))
    st.stop()

# Choose
scope = (context.file, context.viewer, context.as_of_date)
with st.spinner(_("Computing forecasts …"), show_time=True):
    running = answers.forecast(*scope)
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = address.one_of(
        st.selectbox,
        _("Project"),
        list(labels),
        key="project",
        words=labels.__getitem__,
        default=None if address.says("project") else views.first_shown_project(running, labels),
        is_told=False,
        is_lasting=False,
        index=None,
        placeholder=_("Choose a project"),
    )
    project_id = chosen or views.first_shown_project(running, labels)
    if not address.unknown("project"):
        show_project.neighbours(views.ranked_ids(running), project_id)
if address.unknown("project"):
    show.no_such(_("There is no project “{asked}”."), address.unknown("project"), labels, key="project")
shown = show_project.load(context, project_id)
view = views.project_view(
    views.row_of(projects, project_id),
    shown.forecast,
    answers.committed_by(context.file),
    as_of_date=context.as_of_date,
    committed_date=answers.committed_date(*scope, project_id),
)

# Show
show_project.head(shown, view)
with st.spinner(_("Trying what would help …")):
    found = levers(*scope, project_id) if view.has_forecast else ()
if not shown.drivers.empty:
    show.sentence(lever_views.strongest_sentence(found))
parts = verdict.part_labels(len(shown.requests), len(shown.people))
part = address.one_of(
    st.segmented_control,
    _("Show"),
    list(parts),
    key="part",
    # The link of a kept scenario opens where scenarios are.
    default="what_if" if address.says("scenario") else "overview",
    is_lasting=not address.says("scenario"),
    words=parts.__getitem__,
    required=True,
)
if part == "overview":
    show_levers(context, project_id, found)
    show_project.overview(shown)
elif part == "why":
    show_why(context, project_id)
    show_project.signs(shown)
elif part == "what_if":
    show_what_if(context, project_id, found)
elif part == "hours":
    show_project.hours(shown)
elif part == "requests":
    show_project.requests(shown)
elif part == "people":
    show_project.people(shown)
else:
    show_project.reports(shown)
