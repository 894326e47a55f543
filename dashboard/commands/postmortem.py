"""``golive postmortem``: where the weeks of a project went, and when it could have been known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.answers import everything as answers
from dashboard.answers.postmortem import ended_projects, post_mortem
from dashboard.answers.postmortem_pool import GROUPINGS, pool
from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    open_home,
    parse_as_of,
    print_json,
    progress,
    rows_of,
    table,
)
from dashboard.commands.console import output
from dashboard.commands.postmortem_json import mortem_json, pool_json
from dashboard.commands.postmortem_lessons import show_lessons, write_lesson
from dashboard.i18n import _
from dashboard.shown import in_file_name
from dashboard.views import everything as all_views
from dashboard.views import postmortem as views
from dashboard.views import postmortem_across as across
from dashboard.views import postmortem_but_for as both
from dashboard.views import postmortem_tables as tables
from dashboard.views import words
from dashboard.views.links import alike
from dashboard.views.postmortem_words import grouping_words
from dashboard.views.typed import texts_of
from data.problems import GoliveError

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.postmortem.account import WindowsBy
    from analytics.postmortem.result import Pool, PostMortem

_WINDOWS: Final[dict[str, WindowsBy]] = {"month": "month", "replan": "replan"}


def postmortem_command(
    project: Annotated[
        str | None, typer.Argument(metavar="[PROJECT]", help=_("Id of the project; without one, all are listed."))
    ] = None,
    is_all: Annotated[bool, typer.Option("--all", help=_("Pool the accounts of all finished projects."))] = False,
    windows: Annotated[
        str, typer.Option("--windows", metavar="month|replan", help=_("Windows by month, or between replans."))
    ] = "month",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help=_("Write the report there: PDF, PPTX, XLSX, CSV."))
    ] = None,
    has_pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help=_("Set the PDF, too."))] = True,
    is_lessons: Annotated[bool, typer.Option("--lessons", help=_("List lessons, of a project or all."))] = False,
    find: Annotated[str, typer.Option("--find", metavar="TEXT", help=_("Only lessons with these words."))] = "",
    lesson: Annotated[
        str | None, typer.Option("--lesson", metavar="TITLE", help=_("Write a lesson: what the next project does."))
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("Why: what was seen here."))] = "",
    figure: Annotated[
        str | None, typer.Option("--figure", metavar="CAUSE", help=_("Line of the account that the lesson rests on."))
    ] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help=_("Tag; may be repeated."))] = None,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Account for the weeks a project was late, replay it without a cause, say when it could have been known.

    Examples
    --------

        golive postmortem

        golive postmortem P25-025

        golive postmortem P25-025 --windows replan --out reports

        golive postmortem --all --json

        golive postmortem P25-025 --lesson "Confirm requests by a prototype" --figure scope

        golive postmortem --lessons --find prototype
    """  # noqa: D412 - the help page shows the lines as they stand
    _refuse_wrong(project, out, lesson, windows, is_all=is_all)
    said = parse_as_of(as_of)
    _where, file = open_home(home)
    day = said or answers.as_of_date(file)
    if project is not None:
        _refuse_unknown(file, day, project)
    if lesson is not None and project is not None:
        write_lesson(file, day, project, lesson, note, figure, tags or [], is_json=is_json)
    elif is_lessons:
        show_lessons(file, day, project, find, is_json=is_json)
    elif is_all:
        _show_pool(file, day, is_json=is_json)
    elif project is None:
        _show_list(file, day, is_json=is_json)
    else:
        with progress(is_quiet=is_json) as show:
            if show:
                show("results", 0.1)
            found = post_mortem(file, answers.local_viewer(), day, project, _WINDOWS[windows])
        path = _written(file, found, day, out, has_pdf=has_pdf) if out else None
        _show_one(file, found, day, path, is_json=is_json)


def _refuse_wrong(project: str | None, out: Path | None, lesson: str | None, windows: str, *, is_all: bool) -> None:
    """Refuse options that don't go together."""
    if is_all and project:
        raise typer.BadParameter(_("Name a project or ask for all, not both."), param_hint="PROJECT, --all")
    if out and not project:
        raise typer.BadParameter(_("A report is of one project: name it."), param_hint="--out")
    if lesson is not None and not project:
        raise typer.BadParameter(_("A lesson is of one project: name it."), param_hint="--lesson")
    if windows not in _WINDOWS:
        raise typer.BadParameter(_("Windows are by month or by replan."), param_hint="--windows")


def _refuse_unknown(file: Path, day: date, project: str) -> None:
    ended = ended_projects(file, answers.local_viewer(), day)
    if project in set(ended["project_id"]):
        return
    labels = all_views.project_labels(ended) if len(ended) else {}
    near = ", ".join(alike(project, labels)[:3])
    raise GoliveError(
        _("No project {project} has begun by {day}.").format(project=project, day=words.date_text(day)),
        _("Did you mean {names}?").format(names=near) if near else _("`golive postmortem` lists those that have."),
    )


def _show_list(file: Path, day: date, *, is_json: bool) -> None:
    ended = ended_projects(file, answers.local_viewer(), day)
    if is_json:
        print_json({"as_of_date": day, "projects": rows_of(ended)})
        return
    if ended.empty:
        output.print(_("No project has begun. Import projects and timesheets."), markup=False, soft_wrap=True)
        return
    title = _("Projects as known on {day}").format(day=words.date_text(day))
    _print_table(title, across.ended_table(ended))
    output.print(_("`golive postmortem PROJECT` shows one; `--all` pools them."), markup=False, soft_wrap=True)


def _show_one(file: Path, found: PostMortem, day: date, path: Path | None, *, is_json: bool) -> None:
    if is_json:
        print_json(mortem_json(found, day, path))
        return
    for sentence in (
        f"{views.title_of(found)} · {views.subtitle_of(found)}",
        views.verdict(found),
        views.consequence(found),
        *views.sentences(found),
    ):
        output.print(sentence, markup=False, soft_wrap=True)
    if found.account is not None:
        _print_table(_("Where the weeks went"), views.account_table(found))
        output.print(views.adds_up_sentence(found), markup=False, soft_wrap=True)
        _print_table(_("Windows"), views.windows_table(found))
        _print_table(_("But for"), both.but_for_table(found))
        output.print(both.methods_sentence(found), markup=False, soft_wrap=True)
        _print_table(_("Joint credit"), both.joint_table(found))
        output.print(both.joint_sentence(), markup=False, soft_wrap=True)
    _print_table(_("Signs"), tables.signs_table(found))
    output.print(tables.signs_sentence(found), markup=False, soft_wrap=True)
    output.print(tables.reported_sentence(found), markup=False, soft_wrap=True)
    _print_table(_("What was done"), tables.actions_table(found))
    _print_table(_("What it cost people"), tables.costs_table(found))
    _print_table(_("What it brought"), tables.outcomes_table(found))
    names = all_views.project_labels(answers.projects(file))
    _print_table(_("Comparables"), across.comparables_table(found, names))
    for sentence in (
        tables.left_sentence(found),
        tables.support_sentence(found),
        across.requirements_sentence(found.requirements),
        across.comparables_sentence(found),
        _("People appear by role. Causes are contributions, not liability."),
        _("The report: {path}").format(path=path) if path else "",
    ):
        if sentence:
            output.print(sentence, markup=False, soft_wrap=True)


def _show_pool(file: Path, day: date, *, is_json: bool) -> None:
    with progress(is_quiet=is_json) as show:
        found: Pool = pool(file, answers.local_viewer(), day, _on_progress=show)
    if is_json:
        print_json(pool_json(found, day))
        return
    output.print(across.pool_sentence(found), markup=False, soft_wrap=True)
    for by in GROUPINGS:
        _print_table(grouping_words(by), across.pooled_table(found, by).head(15))
    _print_table(_("Which early signs worked"), across.early_signs_table(found))
    output.print(across.pooling_sentence(), markup=False, soft_wrap=True)


def _print_table(title: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    texts = texts_of(rows)
    columns = [(str(name), "left" if texts[name].dtype == rows[name].dtype else "right") for name in texts.columns]
    lines = [[words.none_text() if words.is_unknown(cell) else str(cell) for cell in row] for row in texts.to_numpy()]
    output.print(table(title, columns, lines))


def _written(file: Path, found: PostMortem, day: date, out: Path, *, has_pdf: bool) -> Path:
    from dashboard.packs.postmortem import postmortem_pack  # noqa: PLC0415 - only when a report is made
    from dashboard.packs.writing import KINDS, write_pack  # noqa: PLC0415 - as above

    names = all_views.project_labels(answers.projects(file))
    kinds = tuple(kind for kind in KINDS if has_pdf or kind != "pdf")
    return write_pack(postmortem_pack(found, day, names), out, in_file_name(f"post-mortem-{found.project_id}"), kinds)
