from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import address, charts, session, show, show_lessons
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.show_what_if import show_what_if
from dashboard.show_why import show_why
from dashboard.views import everything as views
from dashboard.views.drivers import drivers_sentence

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
    first = None if address.says("project") else views.first_shown_project(answers.forecast(*scope), labels)
chosen = address.one_of(
    st.selectbox,
    _("Project"),
    list(labels),
    key="project",
    words=labels.__getitem__,
    default=first,
    is_told=False,
    is_lasting=False,
    index=None,
    placeholder=_("Choose a project"),
)
if address.unknown("project"):
    show.no_such(_("There is no project “{asked}”."), address.unknown("project"), labels, key="project")
with st.spinner(_("Computing forecasts …"), show_time=True):
    project_id = chosen or views.first_shown_project(answers.forecast(*scope), labels)
    history = answers.history(*scope, project_id)
fan = views.fan_rows(history)
states = answers.project_weeks(*scope, project_id)
view = views.project_view(
    views.row_of(projects, project_id),
    views.forecast_on_day(history, context.as_of_date),
    answers.committed_by(context.file),
    as_of_date=context.as_of_date,
    committed_date=answers.committed_date(*scope, project_id),
)

# Show
st.subheader(show.plain(view.title), anchor=False)
st.caption(show.plain(view.subtitle))
with st.spinner(_("Playing the project again without each driver …")):
    drivers = answers.drivers(*scope, (project_id,))
if not drivers.empty:
    st.markdown(f"**{show.plain(drivers_sentence(drivers))}**")
show.metrics(view.metrics)
st.caption(show.plain(" ".join(view.remarks)))

st.subheader(_("How the forecast moved"), anchor=False)
if fan.empty:
    st.caption(_("No forecast could be made for the last half year."))
else:
    show.figure(
        charts.forecast_fan(fan),
        key="fan",
        alt=_("Forecast of the finish by the week in which it was made, with the plan"),
    )
show.rows_behind("reports", partial(answers.status_rows, *scope, project_id), f"status_reports_{project_id}.csv")

st.subheader(_("Why"), anchor=False)
show_why(context, project_id)

st.subheader(_("What if"), anchor=False)
show_what_if(context, project_id)

st.subheader(_("Earned, booked and planned hours"), anchor=False)
st.markdown(show.plain(views.hours_sentence(states)))
if not states.empty:
    show.figure(
        charts.hours_lines(views.hours_rows(states)),
        key="hours",
        alt=_("Running totals of booked, earned and planned hours by week"),
    )
show.rows_behind(
    "timesheets",
    partial(answers.timesheet_rows, *scope, project_id=project_id),
    f"timesheets_{project_id}.csv",
)

st.subheader(_("Change requests by phase"), anchor=False)
requests = answers.change_requests(*scope, project_id)
if requests.empty:
    st.caption(_("No change request is known. Import them with `golive import FILE --as change_requests`."))
else:
    show.figure(
        charts.phase_bars(views.phase_rows(requests)),
        key="phases",
        alt=_("Change requests by the phase in which they arrived"),
    )
    show.rows_behind("changes", partial(answers.change_rows, *scope, project_id), f"change_requests_{project_id}.csv")

st.subheader(_("Known warning signs"), anchor=False)
with st.spinner(_("Comparing with finished projects at the same stage …")):
    signs, busiest = answers.signs_of_delay(*scope, project_id)
show.sentence(" ".join(filter(None, [views.signs_sentence(signs), views.requester_sentence(busiest)])))
show.table(
    views.signs_table(signs),
    alt=_("Signs of delay on this project beside finished projects at the same stage"),
    empty=_("Too little is booked and requested yet, or the project has no first plan."),
    pinned=_("Sign"),
)
st.caption(_("What went together with delay in the past is a reason to look, not a cause."))

show_lessons.lessons_of_others(context, project_id)

st.subheader(_("People of the last eight full weeks"), anchor=False)
show.table(
    views.people_table(answers.project_people(*scope, project_id)),
    alt=_("People who worked for the project and their load"),
    name="project_people",
    empty=_("Nobody booked hours in this time."),
    pinned=_("Person"),
)

st.subheader(_("Latest reports"), anchor=False)
show.table(
    views.reports_table(answers.latest_reports(*scope, project_id)),
    alt=_("Latest status reports of the project"),
    name="reports",
    empty=_("No status report is known. Import them with `golive import FILE --as status_reports`."),
)
