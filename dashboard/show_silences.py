"""Who files nothing for long, put on a page: asked about once, and answered with one press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import show
from dashboard.answers import silences as loading
from dashboard.i18n import _
from dashboard.shown import in_text
from dashboard.views import silences as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.answers.days import Context
    from dashboard.answers.viewers import Viewer
    from data.silences import Silences, SilentPerson

#: So many are asked about at once; the next ones follow as these are answered.
_SHOWN_COUNT: Final = 10


def show_silences(context: Context) -> None:
    """Ask about people who file nothing for long; where nobody does and nothing was said, nothing is shown."""
    found = loading.silences(context.file, context.viewer)
    if not (found.asked or found.told):
        return
    st.subheader(_("People without hours"), anchor=False)
    if found.asked:
        _ask(context.viewer, found)
    else:
        st.caption(_("Nobody is asked about now."))
    if found.told:
        _told(context.viewer, found)


def _ask(viewer: Viewer, found: Silences) -> None:
    show.sentence(views.asked_sentence(len(found.asked)))
    st.caption(show.plain(views.meaning_text()))
    for person in found.asked[:_SHOWN_COUNT]:
        _row(viewer, person)
    more_count = len(found.asked) - _SHOWN_COUNT
    if more_count > 0:
        st.caption(show.plain(views.more_text(more_count)))


def _row(viewer: Viewer, person: SilentPerson) -> None:
    """Show one person with both answers."""
    one = person.person_id
    words, day, left, stays = st.columns([5, 2, 2, 3], vertical_alignment="bottom")
    with words:
        show.sentence(views.row_text(person))
    last_date = day.date_input(
        _("Last day"),
        person.last_work_date,
        min_value=person.last_work_date,
        max_value=max(loading.today(), person.last_work_date or loading.today()),
        key=f"last_day_{one}",
    )
    if left.button(_("Has left"), icon=":material/logout:", key=f"left_{one}"):
        if last_date is None:
            st.error(_("Choose the last day first."))
        else:
            _decide(lambda tell: loading.say_left(viewer, one, last_date, tell))
    if stays.button(
        _("Is still here"),
        icon=":material/how_to_reg:",
        help=_("Files elsewhere or late. Asked again only after new hours."),
        key=f"stays_{one}",
    ):
        _decide(lambda tell: loading.say_stays(viewer, [one], tell))


def _told(viewer: Viewer, found: Silences) -> None:
    with st.expander(_("What was said")):
        show.table(views.told_table(found), alt=_("What was said of people without hours"), empty="")
        labels = {one.person_id: views.label_of(one) for one in found.told}
        person = st.selectbox(
            _("Take back what was said about"),
            list(labels),
            format_func=lambda one: in_text(labels[one]),
            key="silence_told",
        )
        if st.button(_("Take it back"), icon=":material/undo:", key="silence_take_back"):
            _decide(lambda tell: loading.take_back(viewer, person, tell))


def _decide(work: Callable[[Callable[[str, float], None]], str]) -> None:
    if show.with_progress(work) is not None:
        st.rerun()
