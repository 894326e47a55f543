from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import address, charts, session, show, show_strain
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.views import everything as views

context = session.context()
show.heading(_("People"), context, views.purpose_sentence())

# Load
scope = (context.file, context.viewer, context.as_of_date)
everybody = answers.people(*scope)
if everybody.empty:
    st.info(_("Nobody is known yet. Import people, timesheets or trips with `golive import FOLDER`."))
    st.stop()

# Choose
with st.container(horizontal=True, vertical_alignment="bottom"):
    weeks_count = address.one_of(
        st.segmented_control, _("Weeks"), views.WINDOWS, key="weeks", default=views.WINDOWS[0], required=True
    )
    teams = address.some_of(
        st.multiselect, _("Teams"), views.choices(everybody, "team_name"), key="team", placeholder=_("All")
    )
    listed = views.filtered(everybody, team_name=teams)
    measure = address.one_of(
        st.segmented_control,
        _("Heat-map"),
        views.MEASURES,
        key="measure",
        default=views.MEASURES[0],
        words=views.measure_words,
        required=True,
    )
    labels = views.person_labels(listed)
    person_id = address.one_of(
        st.selectbox,
        _("Person"),
        list(labels),
        key="person",
        words=labels.__getitem__,
        is_told=False,
        index=None,
        placeholder=_("Everybody"),
    )
if address.unknown("person"):
    show.no_such(_("Nobody “{asked}” fits the filters."), address.unknown("person"), labels, key="person")
shown = listed if person_id is None else views.filtered(listed, person_id=[person_id])
person_ids = tuple(shown["person_id"])

with st.spinner(_("Computing load …"), show_time=True):
    weeks = answers.weeks(*scope, person_ids, weeks_count)
    overview = answers.overview(*scope, person_ids)
    facts = answers.facts(*scope, person_ids)
    strain = answers.strain(*scope)
trips = answers.trips(*scope, person_ids)
long_days = answers.impossible_days(*scope)
impossible = views.impossible_days_sentence(long_days[long_days["person_id"].isin(person_ids)])
travel_told = views.travel_sentence(
    answers.trips_told(context.file, context.as_of_date), context.reporting.week_start_date
)

# Show
if person_id is not None:
    session.note_person_opened(context.viewer, person_id)
    st.subheader(show.plain(labels[person_id]), anchor=False)
    show.metrics(views.person_metrics(overview))
    show.doubt(impossible)
    show.remark(travel_told)
    st.caption(
        _("Signs of overload are facts to talk about, together with the person. That this page was opened is logged.")
    )
    show_strain.person(strain, person_id, answers.strip(*scope, person_id, weeks_count), answers.projects(context.file))
    show.figure(
        charts.person_weeks_bars(weeks),
        key="person_weeks",
        alt=_("Hours of one person by week, against the hours expected"),
    )
    st.caption(show.plain(views.missing_sentence(weeks)))
    show.rows_behind(
        "timesheets",
        partial(answers.timesheet_rows, *scope, person_id=person_id, weeks_count=weeks_count),
        f"timesheets_{person_id}.csv",
    )
    st.subheader(_("Projects in this time"), anchor=False)
    show.table(
        views.projects_table(answers.person_projects(*scope, person_id, weeks_count)),
        alt=_("Projects that the person worked for"),
        empty=_("No hours are booked in this time."),
    )
else:
    watched = views.watched_people(strain.levels, strain.indicators, strain.levers, listed, strain.settings)
    show_strain.findings(strain, listed, watched)
    st.subheader(_("{measure} by week").format(measure=views.measure_words(measure)), anchor=False)
    st.markdown(show.plain(f"{views.missing_sentence(weeks)} {views.team_sentence(shown, weeks)}"))
    show.doubt(impossible)
    page_number = address.page_number(views.page_count(listed, views.PEOPLE_PAGE_COUNT), key="people_page")
    on_page = views.page_of(listed, page_number, views.PEOPLE_PAGE_COUNT)
    show.figure(
        charts.HEATMAPS[measure](views.heat_cells(measure, weeks, strain.weeks, on_page)),
        key="load",
        alt=_("Load, nights away or strain of each person by week; weeks that were not filed are hatched"),
    )
    st.caption(views.heat_legend(measure))
    show_strain.everybody(strain, listed, watched)
    st.subheader(_("Load, travel and rest"), anchor=False)
    show.remark(travel_told)
    show.table(
        views.overview_table(overview, shown),
        alt=_("Load, travel and rest of each person, sorted by name"),
        name="load",
        empty=_("Nobody fits the filters."),
        pinned=_("Person"),
    )

if person_id is None and address.switch(_("Newcomers, single points and activities"), key="sites"):
    show_strain.sites(answers.sites(*scope), listed, answers.projects(context.file))

st.subheader(_("Limits exceeded in the last year"), anchor=False)
if not facts.empty:
    show.remark(views.overtime_sentence())
show.table(
    views.facts_table(views.latest_facts(facts), shown),
    alt=_("Limits on working time that were exceeded, with their source"),
    name="limits",
    empty=_("No limit was exceeded, as far as hours are filed."),
    pinned=_("Person"),
)

if person_id is not None and not facts.empty:
    fact_names = views.fact_labels(facts)
    fact = st.selectbox(
        _("Rows that make a fact"),
        list(fact_names),
        index=None,
        format_func=fact_names.__getitem__,
        placeholder=_("Choose a fact"),
        key="fact",
    )
    if fact is not None:
        show.rows_behind(
            "fact",
            partial(answers.fact_rows, *scope, person_id, fact[0].date(), fact[1].date()),
            f"fact_{person_id}.csv",
        )

st.subheader(_("Trips"), anchor=False)
show.remark(views.trips_sentence(trips))
show.table(
    views.trips_table(trips),
    alt=_("Trips, the newest first"),
    name="trips",
    empty=_("No trip is known. Import them with `golive import FILE --as trips`."),
    pinned=_("Person"),
)
if person_id is not None:
    show.rows_behind("trips", partial(answers.trip_rows, *scope, person_id), f"trips_{person_id}.csv")
