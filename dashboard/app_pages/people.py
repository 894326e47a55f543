from __future__ import annotations

import streamlit as st

from dashboard import address, session, show, show_people, show_strain
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.views import board
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
    teams = address.some_of(
        st.multiselect, _("Teams"), views.choices(everybody, "team_name"), key="team", placeholder=_("All")
    )
    listed = views.filtered(everybody, team_name=teams)
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
with st.spinner(_("Looking for signs of overload …"), show_time=True):
    strain = answers.strain(*scope)

# Show what needs a look, then everybody
watched = views.watched_people(strain.levels, strain.indicators, strain.levers, listed, strain.settings)
if person_id is None:
    show_strain.findings(strain, listed, watched)
with st.container(horizontal=True, vertical_alignment="bottom"):
    measure = address.one_of(
        st.segmented_control,
        _("Show"),
        views.MEASURES,
        key="measure",
        default=views.MEASURES[0],
        words=views.measure_words,
        required=True,
    )
    weeks_count = address.one_of(
        st.segmented_control, _("Weeks"), views.WINDOWS, key="weeks", default=views.WINDOWS[0], required=True
    )
    order = address.one_of(
        st.segmented_control,
        _("Sorted by"),
        board.ORDERS,
        key="order",
        default=board.ORDERS[0],
        words=board.order_words,
        required=True,
    )
    forms = views.board_forms()
    form = address.one_of(
        st.segmented_control, _("As"), list(forms), key="form", default="board", words=forms.__getitem__, required=True
    )
listed_ids = tuple(listed["person_id"])

with st.spinner(_("Computing load …"), show_time=True):
    shown = show_people.Shown(
        context,
        listed,
        weeks_count,
        answers.weeks(*scope, listed_ids, weeks_count),
        answers.overview(*scope, listed_ids),
        strain,
        person_id,
    )
show_people.doubts(shown)
wide, beside = (st.container(), None) if person_id is None else st.columns([3, 2], gap="medium")
with wide:
    if form == "board":
        show_people.board(shown, measure, order)
    else:
        show_people.picture(shown, measure)
if beside is not None:
    with beside:
        show_people.person(shown, labels[str(person_id)])

parts = views.people_parts(is_one=person_id is not None)
part = address.one_of(
    st.segmented_control,
    _("More"),
    list(parts),
    key="part",
    default=next(iter(parts)),
    words=parts.__getitem__,
    required=True,
)
if part == "signs":
    show_strain.everybody(shown.strain, listed, watched)
elif part == "load":
    show_people.load(shown)
elif part == "sites":
    show_strain.sites(answers.sites(*scope), listed, answers.projects(context.file))
elif part == "days":
    show_people.days(shown)
elif part == "projects":
    show_people.projects(shown)
elif part == "indicators":
    show_strain.indicators(shown.strain, str(person_id), answers.projects(context.file))
elif part == "limits":
    show_people.limits(shown)
else:
    show_people.trips(shown)
