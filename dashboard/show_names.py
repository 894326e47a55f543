"""Who is who across systems, put on a page: what is one, what may be one, what no list knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, show
from dashboard.answers import intake
from dashboard.answers import names as loading
from dashboard.i18n import _
from dashboard.views import names as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.answers.viewers import Viewer
    from data.identities import Kind
    from data.naming import Names


def show_names(viewer: Viewer) -> None:
    """Show the spellings of people or projects, and let the reader say which are one."""
    if not intake.may_take_in(viewer):
        st.info(_("People matching is decided by those who may see all teams."))
        return
    st.caption(
        _(
            "Several systems write one person or project in several ways. Only what is sure is taken for one; "
            "the rest waits for your word. The imported rows stay as they were read."
        )
    )
    everything = loading.names(viewer)
    kinds: list[Kind] = list(everything)
    kind = address.one_of(
        st.radio,
        _("Spellings of"),
        kinds,
        key="names_of",
        default=kinds[0],
        words=views.kind_words,
        horizontal=True,
    )
    names = everything[kind]
    show.sentence(views.names_sentence(names))
    _suggestions(viewer, names)
    _tables(viewer, names)


def _suggestions(viewer: Viewer, names: Names) -> None:
    st.subheader(_("Possible match"))
    show.table(
        views.suggestions_table(names),
        alt=_("Spellings that may be somebody on a list"),
        empty=_("There is nothing to decide."),
        pinned=_("Written"),
    )
    suggestions = names.matches.suggestions
    if not suggestions:
        return
    number = st.selectbox(
        _("Decide about"),
        range(len(suggestions)),
        format_func=lambda at: f"{suggestions[at].alias} = {views.label_of(names, suggestions[at].target)}?",
        key=f"suggestion_{names.kind}",
    )
    chosen = suggestions[number]
    with st.container(horizontal=True):
        if st.button(_("They are one"), icon=":material/merge:", key=f"same_{names.kind}"):
            _decide(lambda tell: loading.say_same(viewer, names.kind, chosen.alias, chosen.target, tell))
        if st.button(_("They are two"), icon=":material/call_split:", key=f"different_{names.kind}"):
            _decide(lambda tell: loading.say_different(viewer, names.kind, chosen.alias, chosen.target, tell))


def _tables(viewer: Viewer, names: Names) -> None:
    st.subheader(_("Not on any list"))
    show.table(
        views.only_seen_table(names),
        alt=_("Spellings that no list knows"),
        empty=_("Everything that the rows name stands on a list."),
        pinned=_("Written"),
    )
    if names.matches.only_seen and names.listed:
        _say_by_hand(viewer, names)
    st.subheader(_("Matched"))
    show.table(
        views.matches_table(names),
        alt=_("Spellings that are taken for somebody on a list"),
        empty=_("Every spelling stands for itself."),
        pinned=_("Written"),
    )
    different = views.different_table(names)
    if len(different):
        show.table(different, alt=_("Pairs that were said to be two"), empty="", pinned=_("Written"))
    decided = views.decided_spellings(names)
    if decided:
        alias = st.selectbox(_("Take back what was said about"), decided, key=f"decided_{names.kind}")
        if st.button(_("Forget it"), icon=":material/delete:", key=f"forget_{names.kind}"):
            _decide(lambda tell: loading.forget(viewer, names.kind, alias, tell))


def _say_by_hand(viewer: Viewer, names: Names) -> None:
    """Let the reader join a spelling with somebody on a list of whom Golive had no idea."""
    with st.form(f"by_hand_{names.kind}", border=False):
        alias = st.selectbox(
            _("This spelling"),
            names.matches.only_seen,
            index=None,
            placeholder=_("Choose a spelling"),
            key=f"hand_alias_{names.kind}",
        )
        target = st.selectbox(
            _("is"),
            list(names.listed),
            index=None,
            placeholder=_("Choose who it is"),
            format_func=lambda one: views.label_of(names, one),
            key=f"hand_target_{names.kind}",
        )
        if not st.form_submit_button(_("Take them for one"), icon=":material/merge:"):
            return
        if alias is None or target is None:
            st.error(_("Choose both: the spelling, and who it is."))
        else:
            _decide(lambda tell: loading.say_same(viewer, names.kind, alias, target, tell))


def _decide(work: Callable[[Callable[[str, float], None]], str]) -> None:
    if show.with_progress(work) is not None:
        st.rerun()
