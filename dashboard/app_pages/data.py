from __future__ import annotations

import streamlit as st

from dashboard import address, session, show
from dashboard.i18n import _
from dashboard.show_anomalies import show_anomalies
from dashboard.show_batches import show_batches, show_decisions
from dashboard.show_intake import show_intake
from dashboard.show_names import show_names
from dashboard.show_proof import show_restatements
from dashboard.show_state import show_state
from dashboard.views import everything as views

context = session.context()
show.heading(_("Data"), context, _("What came in, what was refused, and what is missing."))

parts = {
    "state": _("State"),
    "bring": _("Bring files"),
    "batches": _("Imports"),
    "anomalies": _("Anomalies"),
    "restated": _("Past weeks that changed"),
    "names": _("People matching"),
    "decisions": _("Saved decisions"),
}
part = address.one_of(
    st.segmented_control,
    _("Part of the page"),
    list(parts),
    key="part",
    default="state",
    words=parts.__getitem__,
    required=True,
    label_visibility="collapsed",
)

if context.is_replay:
    show.remark(views.past_day_sentence(part, context.as_of_date))
if part == "bring":
    show_intake(context.viewer)
elif part == "batches":
    show_batches(context)
elif part == "anomalies":
    show_anomalies(context)
elif part == "restated":
    show_restatements(context)
elif part == "names":
    show_names(context.viewer)
elif part == "decisions":
    show_decisions(context.viewer)
else:
    show_state(context)
