from __future__ import annotations

import streamlit as st

from dashboard import address, charts, session, show, views
from dashboard.answers import everything as answers
from dashboard.i18n import _

context = session.context()
show.heading(_("Portfolio"), context, _("Which projects will be late, ranked by expected person-weeks of delay."))

# Load
with st.spinner(_("Computing forecasts …"), show_time=True):
    now = answers.forecast(context.file, context.viewer, context.as_of_date)
    week_ago = answers.forecast_week_ago(context.file, context.viewer, context.as_of_date)
    named = views.named_forecast(now, week_ago, answers.projects(context.file))
state = answers.data_state(context.file, context.viewer, context.as_of_date)

# Choose
with st.container(horizontal=True):
    clients = address.some_of(
        st.multiselect, _("Clients"), views.choices(named, "client_name"), key="client", placeholder=_("All")
    )
    products = address.some_of(
        st.multiselect,
        _("Products"),
        views.choices(named, "product"),
        key="product",
        words=views.product_words,
        placeholder=_("All"),
    )
    names = views.names_by_id(named, "manager_person_id", "manager_name")
    managers = address.some_of(
        st.multiselect, _("Managers"), list(names), key="manager", words=names.__getitem__, placeholder=_("All")
    )
chosen = views.filtered(named, client_name=clients, product=products, manager_person_id=managers)
view = views.portfolio_view(chosen, answers.committed_by(context.file))

# Show
if view.is_empty:
    st.info(_("No project runs on this day. Import projects with `golive import FOLDER`, or choose another day."))
    st.stop()

st.markdown(f"**{show.plain(view.headline)}** {show.plain(view.moved_text)}")
with st.spinner(_("Simulating all projects together …")):
    outlook = answers.together(context.file, context.viewer, context.as_of_date, tuple(view.rows["project_id"]))
show.sentence(views.together_sentence(outlook))
page_number = address.page_number(views.page_count(view.rows), key="page")
shown = views.page_of(view.rows, page_number)
show.figure(
    charts.portfolio_timeline(shown, context.as_of_date),
    key="timeline",
    alt=_("Finish of each project: forecast range against the committed date"),
)

with st.spinner(_("Looking for the drivers …")):
    drivers = answers.drivers(context.file, context.viewer, context.as_of_date, tuple(shown["project_id"]))
with st.spinner(_("Estimating each project's strain cost …")):
    strain = answers.strain_costs(context.file, context.viewer, context.as_of_date)
show.remark(views.whole_firm_sentence(is_filtered=len(chosen) < len(named)))
for sentence in views.unit_texts(strain.units, strain.unit_projects, answers.projects(context.file)):
    st.warning(show.plain(sentence), icon=":material/groups:")
ranked = views.with_costs(views.page_of(view.table, page_number), strain.costs)
event = st.dataframe(
    views.in_styled_cells(views.with_drivers(ranked, drivers)),
    hide_index=True,
    placeholder=views.none_text(),
    key="ranking",
    on_select="rerun",
    selection_mode="single-row",
    column_config={
        "project_id": None,
        _("Project"): st.column_config.TextColumn(pinned=True),
        _("Drivers"): st.column_config.BarChartColumn(
            help=_(
                "Weeks that each driver adds to the committed date: late start; requests approved, undecided, to come; "
                "rework; hours needed; people; wait; what such forecasts missed."
            )
        ),
    },
    alt=_("Running projects, ranked by expected person-weeks of delay"),
)
st.caption(
    _(
        "Tick a row to open the project. Amber and red: the chance of being late was 50 or 80 % or more two weeks "
        "running."
    )
)
if event.selection.rows:
    address.go("app_pages/project.py", project=shown["project_id"].iloc[event.selection.rows[0]])

st.caption(show.plain(" · ".join(views.data_state_text(state))))
