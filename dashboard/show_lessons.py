"""Lessons on pages: written and found on the page of post-mortems, shown on running projects that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import show
from dashboard.answers import everything as answers
from dashboard.answers.postmortem_lessons import keep_lesson, lessons, lessons_alike
from dashboard.i18n import _
from dashboard.views import everything as all_views
from dashboard.views import postmortem_lessons as views

if TYPE_CHECKING:
    from analytics.postmortem.result import PostMortem
    from dashboard.answers.days import Context


def own_lessons(context: Context, mortem: PostMortem) -> None:
    """Show the lessons of this project, let one be written, and find lessons of all projects."""
    scope = (context.file, context.viewer, context.as_of_date)
    names = all_views.project_labels(answers.projects(context.file))
    show.table(
        views.lessons_table(lessons(*scope, mortem.project_id), names),
        alt=_("Lessons of this project, next to the figure each rests on"),
        name="lessons",
        empty=show.plain(_("No lesson is written down yet.")),
    )
    _write(context, mortem)
    st.subheader(_("Lessons of all projects"), anchor=False)
    wanted = st.text_input(_("Find words in lessons"), key="find_lessons", max_chars=200)
    show.table(
        views.lessons_table(lessons(*scope, None, wanted), names),
        alt=_("Lessons of all projects with these words"),
        name="all_lessons",
        empty=show.plain(_("No lesson has these words.")),
    )


def _write(context: Context, mortem: PostMortem) -> None:
    figures = views.figures_of(mortem)
    with st.form(key="lesson", clear_on_submit=True):
        title = st.text_input(_("What does the next project do?"), max_chars=200)
        note = st.text_area(_("Why: what was seen here"), max_chars=2000)
        figure = st.selectbox(_("The figure it rests on"), list(figures), key="lesson_figure")
        tags = st.text_input(_("Tags, separated by commas"), max_chars=200)
        is_wanted = st.form_submit_button(_("Write the lesson"), icon=":material/edit:")
    if not is_wanted:
        return
    name, weeks = figures[str(figure)]
    number = show.tried(
        lambda: keep_lesson(
            context.file,
            context.viewer,
            mortem.project_id,
            title,
            note=note,
            figure=name,
            figure_weeks=weeks,
            tags=tuple(tags.split(",")),
        )
    )
    if number is not None:
        show.tell_next(_("Lesson {number} is in the journal.").format(number=number))
        st.rerun()


def lessons_of_others(context: Context, project_id: str) -> None:
    """Show lessons of finished projects like this one, where there are any."""
    found = lessons_alike(context.file, context.viewer, context.as_of_date, project_id)
    if found.empty:
        return
    st.subheader(_("Lessons from projects like this one"), anchor=False)
    show.sentence(views.alike_sentence(found))
    names = all_views.project_labels(answers.projects(context.file))
    show.table(
        views.lessons_table(found, names),
        alt=_("Lessons of finished projects of the same product or client"),
        name="lessons_alike",
        empty="",
    )
