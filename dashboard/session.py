"""What one browser session knows: the context of its page, and whom it has looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.answers import everything as answers

if TYPE_CHECKING:
    from dashboard.answers.viewers import Viewer

_CONTEXT_KEY: Final = "golive_context"
_OPENED_KEY: Final = "golive_opened_people"
_LOOPBACK_ADDRESSES: Final = ("127.0.0.1", "::1", "localhost")


def is_bound_to_loopback() -> bool:
    """Tell whether the server answers to this machine only."""
    return st.get_option("server.address") in _LOOPBACK_ADDRESSES


def remember_context(context: answers.Context) -> None:
    """Hand ``context`` from the app to the page that it runs."""
    st.session_state[_CONTEXT_KEY] = context


def context() -> answers.Context:
    """Return what ``app.py`` found for this run."""
    found = st.session_state[_CONTEXT_KEY]
    if not isinstance(found, answers.Context):
        # Streamlit keeps a session over a code change; the class is then another one of the same name.
        found = answers.Context(
            found.file, answers.local_viewer(), found.as_of_date, found.latest_date, found.reporting
        )
    return found


def note_person_opened(viewer: Viewer, person_id: str) -> None:
    """Write down who looked at whom, once for each session and person."""
    opened: set[str] = st.session_state.setdefault(_OPENED_KEY, set())
    if person_id not in opened:
        answers.record_person_opened(viewer, person_id)
        opened.add(person_id)
