"""Lessons of post-mortems on the command line: written, listed, found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from dashboard.answers import everything as answers
from dashboard.answers.postmortem import post_mortem
from dashboard.answers.postmortem_lessons import keep_lesson, lessons
from dashboard.commands.common import print_json, rows_of, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import everything as all_views
from dashboard.views import words
from dashboard.views.postmortem_lessons import lessons_table
from dashboard.views.postmortem_words import loss_words
from dashboard.views.typed import texts_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def show_lessons(file: Path, day: date, project: str | None, find: str, *, is_json: bool) -> None:
    """List the lessons of a project, or all, with some words."""
    found = lessons(file, answers.local_viewer(), day, project, find)
    if is_json:
        print_json({"as_of_date": day, "lessons": rows_of(found)})
        return
    if found.empty:
        output.print(_("No lesson is written down that fits."), markup=False)
        return
    texts = texts_of(lessons_table(found, all_views.project_labels(answers.projects(file))))
    rows = [[words.none_text() if words.is_unknown(cell) else str(cell) for cell in row] for row in texts.to_numpy()]
    output.print(table(_("Lessons"), [(str(name), "left") for name in texts.columns], rows))


def write_lesson(
    file: Path, day: date, project: str, title: str, note: str, figure: str | None, tags: list[str], *, is_json: bool
) -> None:
    """Write a lesson down next to a line of the account.

    Raises
    ------
    typer.BadParameter
        The account has no such line.
    """
    name, weeks = "", None
    if figure is not None:
        account = post_mortem(file, answers.local_viewer(), day, project).account
        sums = {} if account is None else account.lines.groupby("cause")["delay_weeks"].sum().to_dict()
        if figure not in sums:
            raise typer.BadParameter(
                _("The account has no line {figure}; it has: {lines}.").format(
                    figure=figure, lines=", ".join(map(str, sums)) or words.none_text()
                ),
                param_hint="--figure",
            )
        name, weeks = loss_words(figure), float(sums[figure])
    number = keep_lesson(
        file,
        answers.local_viewer(),
        project,
        title,
        note=note,
        figure=name,
        figure_weeks=weeks,
        tags=tuple(tags),
    )
    if is_json:
        print_json({"lesson_id": number})
        return
    output.print(_("Lesson {number} is in the journal.").format(number=number), markup=False)
