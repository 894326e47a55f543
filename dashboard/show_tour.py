"""The tour of a made-up company, on the page on which its reader begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, show
from dashboard.answers import everything as answers
from dashboard.answers import tour as answers_of_tour
from dashboard.i18n import _
from dashboard.views import tour as views

if TYPE_CHECKING:
    from dashboard.views.tour import Stop


def show_tour() -> None:
    """Show which stories are planted in the company, each with a way to it; nothing in a home with real data."""
    stops = answers_of_tour.tour(answers.home())
    if not stops:
        return
    with (
        st.expander(show.plain(views.heading(len(stops))), icon=":material/explore:", key="tour"),
        st.grid(3, min_column_width=260, gap="small"),
    ):
        for stop in stops:
            with st.container(border=True, gap="xxsmall", key=f"tour_{stop.key}", height="stretch"):
                _card(stop)


def _card(stop: Stop) -> None:
    st.markdown(f"**{show.plain(views.title_of(stop))}**")
    show.remark(views.text_of(stop))
    if st.button(_("See it"), key=f"see_{stop.key}"):
        place = views.place_of(stop)
        address.go(place.path, **place.values)
