"""More parts of the page of post-mortems: requirements, comparables, all projects, guided review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import address, show, show_postmortem
from dashboard.answers import everything as answers
from dashboard.answers.postmortem_pool import GROUPINGS, pool
from dashboard.i18n import _
from dashboard.views import everything as all_views
from dashboard.views import postmortem as views
from dashboard.views import postmortem_across as across
from dashboard.views import postmortem_choosing as choosing
from dashboard.views import postmortem_tables as tables
from dashboard.views.postmortem_words import grouping_words

if TYPE_CHECKING:
    from analytics.postmortem.result import PostMortem
    from dashboard.answers.days import Context


def requirements(mortem: PostMortem) -> None:
    """Show when requests came, why, who asked, and what they took."""
    found = mortem.requirements
    show.sentence(across.requirements_sentence(found))
    empty = _("No change request is known. Import them with `golive import FILE --as change_requests`.")
    st.subheader(_("By phase of arrival"), anchor=False)
    show.table(across.requests_table(found.by_phase, "phase"), alt=_("Requests by the phase they came in"), empty=empty)
    st.subheader(_("By reason"), anchor=False)
    show.table(across.requests_table(found.by_cause, "cause"), alt=_("Requests by reason"), empty=empty)
    st.subheader(_("By department"), anchor=False)
    show.table(
        across.departments_table(found.by_department),
        alt=_("Requests by the department that asked, with the wait for a decision"),
        name="departments",
        empty=empty,
    )


def comparables(context: Context, mortem: PostMortem) -> None:
    """Show finished projects most like it, and where it stands among them."""
    show.sentence(across.comparables_sentence(mortem))
    names = all_views.project_labels(answers.projects(context.file))
    show.table(
        across.comparables_table(mortem, names),
        alt=_("Finished projects most like this one"),
        name="comparables",
        empty=show.plain(_("No finished project is comparable yet.")),
        pinned=_("Project"),
    )


def firm(context: Context) -> None:
    """Show the accounts of all finished projects, pooled, and which signs worked."""
    with st.spinner(_("Accounting for all finished projects …"), show_time=True):
        found = pool(context.file, context.viewer, context.as_of_date)
    st.markdown(f"**{show.plain(across.pool_sentence(found))}**")
    by = address.one_of(
        st.segmented_control,
        _("By"),
        list(GROUPINGS),
        key="by",
        default="product",
        words=grouping_words,
        required=True,
    )
    show.table(
        across.pooled_table(found, by),
        alt=_("Weeks of each cause by group, own mean and pooled"),
        name="pooled",
        empty=show.plain(_("No finished project has an account yet.")),
    )
    show.remark(across.pooling_sentence())
    st.subheader(_("Which early signs worked"), anchor=False)
    show.table(
        across.early_signs_table(found),
        alt=_("How often each sign was right, and how early"),
        name="early_signs",
        empty=show.plain(_("No project has finished yet.")),
        pinned=_("Sign"),
    )


def choose_step(part: str) -> tuple[str, bool]:
    """Let a step of the guided review be chosen; tell, too, whether the outcome stays hidden at it."""
    if part != "review":
        return "", False
    steps = choosing.step_labels()
    step = address.one_of(
        st.segmented_control,
        _("Step"),
        list(steps),
        key="step",
        default="timeline",
        words=steps.__getitem__,
        required=True,
    )
    is_hidden = step == "timeline" and not address.switch(_("Show the outcome"), key="outcome")
    return step, is_hidden


def guided(mortem: PostMortem, step: str, *, is_hidden: bool) -> None:
    """Lead a meeting of 45 minutes through the project, one question a step."""
    st.info(show.plain(choosing.step_question(step)), icon=":material/forum:")
    if step == "timeline":
        _reveal(mortem, is_hidden=is_hidden)
    elif step == "turning":
        show.sentence(views.consequence(mortem))
        show.remark(tables.reported_sentence(mortem))
        show_postmortem.actions(mortem)
    elif step == "account":
        if mortem.account is None:
            st.caption(_("There is no account of this project; the reasons stand above."))
        else:
            show_postmortem.account(mortem)
            show_postmortem.but_for(mortem)
    else:
        show.sentence(across.requirements_sentence(mortem.requirements))
        show.sentence(across.comparables_sentence(mortem))
        show.remark(_("Write what to keep under Lessons; what somebody does until a day is a decision of a review."))


def _reveal(mortem: PostMortem, *, is_hidden: bool) -> None:
    """Replay the forecast week by week; with the outcome all of it is shown."""
    weeks = tables.replay_weeks(mortem)
    if not is_hidden or len(weeks) < 2:
        show_postmortem.slip(mortem)
        return
    week = address.one_of(
        st.selectbox,
        _("Known up to the week of"),
        list(weeks),
        key="week",
        default=tables.first_shown_week(weeks),
        words=weeks.__getitem__,
        is_lasting=False,
    )
    show_postmortem.slip(mortem, tables.week_of(str(week)))
    show.remark(tables.known_sentence(mortem, tables.week_of(str(week))))
