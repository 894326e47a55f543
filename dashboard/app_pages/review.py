from __future__ import annotations

import streamlit as st

from dashboard import address, session, show, show_alerts, show_pack, show_registers, show_review
from dashboard.answers import everything as answers
from dashboard.answers import review as reviewing
from dashboard.i18n import _
from dashboard.views import review as views

context = session.context()
show.heading(
    _("Review"), context, _("What changed since the last review, what will slip and why, and who decides what.")
)
show.told()

# Load
reviews = reviewing.reviews(answers.home())
show_review.start(context, has_reviews=bool(reviews))
if not reviews:
    st.info(_("No review was opened yet. Open one: its figures are frozen, and every later one says what changed."))
    show_alerts.alerts(context)
    st.stop()

# Choose
labels = views.review_labels(reviews)
number = address.one_of(
    st.selectbox,
    _("Review of"),
    list(labels),
    key="review",
    default=reviews[0].review_id,
    words=labels.__getitem__,
    is_lasting=False,
)
parts = views.part_labels()
part = address.one_of(
    st.segmented_control, _("Show"), list(parts), key="part", default="agenda", words=parts.__getitem__, required=True
)
review = show.tried(lambda: reviewing.read_review(answers.home(), context.viewer, number))
if review is None:
    st.stop()

# Show
if context.is_replay:
    show.remark(_("A review stays as it was frozen, whichever day is chosen; the day counts for what is opened next."))
if part != "walk":  # one point a screen
    show_review.verified(review)
    show_pack.pack(context, review)
if part == "agenda":
    show_review.agenda(review)
elif part == "walk":
    show_review.walk(context, review)
elif part == "decisions":
    show_registers.decisions(context, review)
elif part == "dates":
    show_registers.dates(context, review)
elif part == "risks":
    show_registers.register(context, review)
else:
    show_alerts.alerts(context)
