"""What a decision asks for, and what is said once it is made: the same wherever something is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import show
from dashboard.answers import scenarios as answers
from dashboard.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.answers.viewers import Viewer


class Asked(NamedTuple):
    """What the reader said of a decision."""

    owner: str
    due: date | None
    note: str
    is_wanted: bool


def asked() -> Asked:
    """Draw the fields of a decision; called within a form."""
    owner = st.text_input(_("Who does it"), max_chars=200)
    due = st.date_input(_("Until"), None)
    note = st.text_input(_("Note"), max_chars=500)
    return Asked(owner, due, note, st.form_submit_button(_("Decide"), icon=":material/check:"))


def decide(viewer: Viewer, said: Asked, scenario: Callable[[], int]) -> None:
    """Make a kept scenario a decision where that was asked for, say which number it has, and run the page again.

    Parameters
    ----------
    scenario
        Returns the number of the scenario; called only where something is decided, so that it may keep one first.
    """
    if not said.is_wanted:
        return
    if not said.owner.strip():
        st.error(_("Say who does it."))
        return
    found = show.tried(lambda: _decided(viewer, said, scenario()))
    if found is None:
        return
    number, is_new = found
    if is_new:
        show.tell_next(_("Decision {number} is recorded.").format(number=number))
    else:
        show.tell_next(_("That is decided already, as decision {number}; nothing was added.").format(number=number))
    st.rerun()


def _decided(viewer: Viewer, said: Asked, scenario_id: int) -> tuple[int, bool]:
    """Return the number of the decision, and whether it was made just now."""
    before = answers.decision_of(scenario_id)
    return answers.adopt_scenario(viewer, scenario_id, said.owner, said.due, said.note), before is None
