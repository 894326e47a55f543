from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import address, charts, session, show
from dashboard.answers import everything as answers
from dashboard.i18n import _
from dashboard.views import everything as views
from dashboard.views import requests_to_do as to_do

context = session.context()
show.heading(_("Change requests"), context, _("When clients ask for changes, and what late ones cost."))

# Load
scope = (context.file, context.viewer, context.as_of_date)
requests = answers.change_requests(*scope)
if requests.empty:
    st.info(_("No change request is known. Import them with `golive import FILE --as change_requests`."))
    st.stop()

# Choose
with st.container(horizontal=True, vertical_alignment="bottom"):
    clients = address.some_of(
        st.multiselect, _("Clients"), views.choices(requests, "client_name"), key="client", placeholder=_("All")
    )
    names = views.names_by_id(requests, "project_id", "project_name")
    project_ids = address.some_of(
        st.multiselect, _("Projects"), list(names), key="project", words=names.__getitem__, placeholder=_("All")
    )
chosen = views.filtered(requests, client_name=clients, project_id=project_ids)
with st.spinner(_("Computing forecasts …"), show_time=True):
    running = views.ranked_ids(answers.forecast(*scope))
    drivers = answers.drivers(*scope, tuple(running))

# Show what to do first
now = to_do.running_requests(chosen, drivers, running)
by_client = to_do.client_rows(now, drivers, context.as_of_date)
st.markdown(
    f"**{show.plain(to_do.waiting_sentence(now, context.as_of_date))}** {show.plain(to_do.talk_sentence(by_client))}"
)
st.subheader(_("Whom to talk to"), anchor=False)
show.table(
    to_do.clients_table(by_client),
    alt=_("Clients whose requests add most weeks to their running projects"),
    empty=_("Requests move no finish of a running project."),
    name="clients_of_requests",
    pinned=_("Client"),
)
st.caption(
    _(
        "By so much approved, waiting and coming requests move the median finishes of a client's running projects "
        "under the forecast's model: contributions, no proof of a cause."
    )
)
st.subheader(_("What waits longest"), anchor=False)
show.table(
    to_do.waiting_table(now, context.as_of_date),
    alt=_("Requests of running projects that wait for a decision, the oldest first"),
    empty=_("No request of a running project waits for a decision."),
    name="waiting_longest",
)

# Show what came
st.subheader(_("What came"), anchor=False)
months = address.one_of(
    st.segmented_control,
    _("Time"),
    views.PERIODS,
    key="months",
    default=12,
    words=views.period_words,
    required=True,
)
view = views.changes_view(views.raised_within(chosen, context.as_of_date, months))
if view.is_empty:
    st.info(_("No change request fits the filters. Choose a longer time or fewer filters."))
    st.stop()

st.markdown(f"**{show.plain(view.headline)}**")
show.metrics(view.metrics)

st.subheader(_("Arrivals by phase"), anchor=False)
show.figure(charts.arrivals_by_month(view.months), key="arrivals", alt=_("Change requests by month, stacked by phase"))

left, right = st.columns(2)
with left:
    st.subheader(_("By client"), anchor=False)
    show.figure(
        charts.early_and_late_by(view.clients, "client"),
        key="clients",
        alt=_("Earlier and late change requests by client"),
    )
with right:
    st.subheader(_("By cause"), anchor=False)
    show.figure(charts.causes_bars(view.causes), key="causes", alt=_("Earlier and late change requests by cause"))

st.subheader(_("Did a prototype help?"), anchor=False)
st.markdown(show.plain(view.prototype_text))
show.table(
    view.prototype_table,
    alt=_("Change requests with and without a confirmed prototype"),
    empty=_("Nothing is recorded."),
)

st.subheader(_("Late requests"), anchor=False)
show.table(view.late_table, alt=_("Late change requests, the newest first"), empty=_("None is late."))
show.rows_behind("changes", partial(answers.change_rows, *scope), "change_requests.csv")
