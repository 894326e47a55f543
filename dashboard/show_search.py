"""The search in the sidebar: what was found, by kind, each to be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import address, show
from dashboard.answers import everything as answers
from dashboard.answers import search as answers_of_search
from dashboard.i18n import _
from dashboard.views import everything as views
from dashboard.views import search as views_of_search

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer
    from dashboard.views.search import Thing

_KEY: Final = "q"


def show_search(file: Path, viewer: Viewer, as_of_date: date) -> None:
    """Show the field and, once something is looked for, what was found."""
    sought = address.typed(_("Search"), key=_KEY, placeholder=_("Project, person, client"))
    if not sought:
        return
    with st.spinner(_("Searching …")):
        running = views.ranked_ids(answers.forecast(file, viewer, as_of_date))
        things = answers_of_search.things(file, viewer, as_of_date, tuple(running))
        found = views_of_search.search(things, answers_of_search.folded_words(sought))
    if not found:
        st.caption(show.plain(views_of_search.nothing_sentence(sought)))
    for hits in found:
        st.caption(show.plain(views_of_search.kind_words(hits.kind, hits.count)))
        with st.container(gap="xxsmall"):
            for one in hits.things:
                _offer(one)


def _offer(one: Thing) -> None:
    label = show.plain(one.title)
    if st.button(label, key=f"found_{one.kind}_{one.key}", type="tertiary", help=show.plain(one.detail) or None):
        _open(one)


def _open(one: Thing) -> None:
    if one.kind == "project":
        address.go("app_pages/project.py", project=one.key)
    if one.kind == "person":
        address.go("app_pages/people.py", person=one.key)
    if one.kind == "client":
        address.go("app_pages/portfolio.py", client=one.key)
    address.go("app_pages/project.py", project=one.project_id, part="requests")
