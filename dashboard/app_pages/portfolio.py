from __future__ import annotations

import streamlit as st

from dashboard import charts, load, show, views
from dashboard.i18n import _

context = load.context()
show.heading(_("Portfolio"), context, _("Which projects will be late, ranked by expected harm."))

# Load
with st.spinner(_("Computing forecasts …"), show_time=True):
    now = load.forecast(context.file, context.viewer, context.as_of_date)
    week_ago = load.forecast_week_ago(context.file, context.viewer, context.as_of_date)
    named = views.named_forecast(now, week_ago, load.projects(context.file))
if not context.is_replay:
    load.keep_forecast(context.file, context.viewer, context.as_of_date)
state = load.data_state(context.file, context.viewer, context.as_of_date)

# Choose
with st.container(horizontal=True):
    clients = st.multiselect(
        _("Clients"), views.choices(named, "client_name"), key="client", bind="query-params", placeholder=_("All")
    )
    products = st.multiselect(
        _("Products"), views.choices(named, "product"), key="product", bind="query-params", placeholder=_("All")
    )
    managers = st.multiselect(
        _("Managers"), views.choices(named, "manager_name"), key="manager", bind="query-params", placeholder=_("All")
    )
chosen = views.filtered(named, client_name=clients, product=products, manager_name=managers)
view = views.portfolio_view(chosen)

# Show
if view.is_empty:
    st.info(_("No project runs on this day. Import projects with `golive import FOLDER`, or choose another day."))
    st.stop()

st.markdown(f"**{view.headline}** {view.moved_text}")
with st.spinner(_("Reckoning the projects together …")):
    outlook = load.together(context.file, context.viewer, context.as_of_date, tuple(view.rows["project_id"]))
st.text(views.together_sentence(outlook))
page_number = (
    st.pagination(views.page_count(view.rows), key="page", bind="query-params")
    if views.page_count(view.rows) > 1
    else 1
)
shown = views.page_of(view.rows, page_number)
show.figure(
    charts.portfolio_timeline(shown, context.as_of_date),
    key="timeline",
    alt=_("Finish of each project: range of the forecast against the plan"),
)

with st.spinner(_("Looking for the causes …")):
    drivers = load.drivers(context.file, context.viewer, context.as_of_date, tuple(shown["project_id"]))
with st.spinner(_("Weighing what projects cost in strain …")):
    strain = load.strain_costs(context.file, context.viewer, context.as_of_date)
for sentence in views.unit_texts(strain.units, strain.unit_projects, load.projects(context.file)):
    st.warning(show.plain(sentence), icon=":material/groups:")
ranked = views.with_costs(views.page_of(view.table, page_number), strain.costs)
event = st.dataframe(
    views.with_drivers(ranked, drivers),
    hide_index=True,
    key="ranking",
    on_select="rerun",
    selection_mode="single-row",
    column_config={
        "project_id": None,
        _("Project"): st.column_config.TextColumn(pinned=True),
        _("Causes"): st.column_config.BarChartColumn(
            help=_(
                "Weeks that each cause adds to the first plan: late start; requests approved, undecided, to come; "
                "rework; hours needed; people; wait; what such forecasts missed."
            )
        ),
    },
    alt=_("Running projects, ranked by expected harm"),
)
st.caption(
    _("Tick a row to open the project. Amber and red: the chance of late lay above 50 or 80 % two weeks running.")
)
if event.selection.rows:
    st.switch_page(
        "app_pages/project.py",
        query_params=views.project_link(
            shown, event.selection.rows[0], views.project_labels(load.projects(context.file)), context
        ),
    )

st.caption(" · ".join(views.data_state_text(state)))
