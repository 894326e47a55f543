from __future__ import annotations

import streamlit as st

from dashboard import address, charts, session, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.parts import tables
from dashboard.parts.downloads import downloads
from dashboard.show_tour import show_tour
from dashboard.views import briefing, words
from dashboard.views import everything as views

context = session.context()
scope = (context.file, context.viewer, context.as_of_date)
show.heading(_("Portfolio"), context, _("Which projects will be late, ranked by expected person-weeks of delay."))

# Load
with st.spinner(_("Computing forecasts …"), show_time=True):
    now = answers.forecast(*scope)
    week_ago = answers.forecast_week_ago(*scope)
    named = views.named_forecast(now, week_ago, answers.projects(context.file))
if named.empty:
    st.info(_("No project runs on this day. Import projects with `golive import FOLDER`, or choose another day."))
    st.stop()
with st.spinner(_("Estimating each project's strain cost …")):
    strain = answers.strain_costs(*scope)
committed_by = answers.committed_by(context.file)
whole = views.portfolio_view(named, committed_by)
st.markdown(f"**{show.plain(whole.headline)}** {show.plain(whole.moved_text)}")

show_tour()

# Choose
labels = briefing.look_labels(named, strain.watched)
look = address.one_of(
    st.segmented_control,
    _("Show"),
    list(labels),
    key="look",
    default="all",
    words=labels.__getitem__,
    required=True,
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    sought = address.typed(_("Search"), key="find", placeholder=_("Project, client, manager"))
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
kept = named[briefing.in_look(named, strain.watched, look)]
chosen = views.filtered(kept, client_name=clients, product=products, manager_person_id=managers)
chosen = views.matching(chosen, sought, ("project_id", "project_name", "client_name", "manager_name"))
view = views.portfolio_view(chosen, committed_by)
if view.is_empty:
    st.info(_("No project fits what is chosen above. Choose “All” or take a filter away."))
    st.stop()

# Show
with st.spinner(_("Looking for the drivers …")):
    drivers = answers.drivers(*scope, tuple(view.rows["project_id"]))
table = briefing.briefing_table(view.table, view.rows, drivers, strain.watched, context.as_of_date)
table = views.with_costs(table, strain.costs)
with st.container(horizontal=True, vertical_alignment="bottom"):
    form = address.one_of(
        st.segmented_control,
        _("As"),
        list(briefing.forms()),
        key="form",
        default="list",
        words=briefing.forms().__getitem__,
        required=True,
    )
    added = address.some_of(
        st.multiselect,
        _("More columns"),
        briefing.more_columns(table),
        key="columns",
        placeholder=_("None"),
    )
    downloads(
        briefing.plain_table(table),
        key="portfolio",
        name=_("portfolio {day}").format(day=context.as_of_date.isoformat()),
        about=briefing.about_table(
            words.date_text(context.as_of_date),
            words.committed_words(committed_by),
            {
                _("Show"): [labels[look]],
                _("Search"): [sought] if sought else [],
                _("Clients"): clients,
                _("Products"): [views.product_words(one) for one in products],
                _("Managers"): [names[one] for one in managers],
            },
        ),
    )
show.remark(views.whole_firm_sentence(is_filtered=len(chosen) < len(named)))
if form == "list":
    opened = tables.chosen_row(
        table,
        key="ranking",
        order=[briefing.status_head(), *briefing.first_columns(), *added],
        columns={
            briefing.status_head(): st.column_config.ImageColumn("", width=38, help=briefing.status_help()),
            _("Project"): st.column_config.TextColumn(width=176),
            _("Client"): st.column_config.TextColumn(width=104),
            # On a Tuesday the day before which it is compared lies nine days back.
            _("Since last week"): st.column_config.Column(
                _("Since {day}").format(day=words.day_text(answers.week_before(context.as_of_date)))
            ),
            briefing.driver_head(): st.column_config.TextColumn(width=154),
            briefing.range_head(): st.column_config.ImageColumn(width=124, help=briefing.range_help()),
            briefing.watch_head(): st.column_config.NumberColumn(width=66, help=briefing.watch_help()),
        },
        alt=_("Running projects, ranked by expected person-weeks of delay"),
    )
    st.caption(
        f"{show.plain(briefing.status_help())} {show.plain(_('Press a name, or tick a row, to open the project.'))}"
    )
    if opened is not None:
        address.go("app_pages/project.py", project=view.rows["project_id"].iloc[opened])
else:
    page_number = address.page_number(views.page_count(view.rows), key="page")
    show.figure(
        charts.portfolio_timeline(views.page_of(view.rows, page_number), context.as_of_date),
        key="timeline",
        alt=_("Finish of each project: forecast range against the committed date"),
    )

before = answers.week_before(context.as_of_date)
st.subheader(_("What changed since {day}").format(day=words.date_text(before)), anchor=False)
with st.spinner(_("Looking for what moved the forecasts …")):
    moved = answers.movements(context.file, context.viewer, before, context.as_of_date, answers.moved_most(*scope))
changes = briefing.changes(chosen, moved, before)
if not changes:
    st.caption(_("No forecast moved by more than half a week."))
for change in changes:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"change_{change.project_id}"):
        st.markdown(show.plain(f"{'▲' if change.is_later else '▼'} {change.weeks_text}"), width=130)
        with st.container(gap=None):
            st.markdown(f"**{show.plain(change.project_name)}**")
            show.remark(change.reason)
        if st.button(_("Open"), key=f"open_{change.project_id}", help=_("Open the project")):
            address.go("app_pages/project.py", project=change.project_id)

if len(view.rows) > 1:
    st.subheader(_("All together"), anchor=False)
    with st.spinner(_("Simulating all projects together …")):
        outlook = answers.together(*scope, tuple(view.rows["project_id"]))
    show.sentence(views.together_sentence(outlook))
teams = views.unit_texts(strain.units, strain.unit_projects, answers.projects(context.file))
if teams:
    st.subheader(_("Teams that need a look"), anchor=False)
    with st.container(border=True):
        for sentence in teams:
            show.sentence(f"• {sentence}")
state = answers.data_state(*scope)
st.caption(show.plain(" · ".join(views.data_state_text(state, is_replay=context.is_replay))))
