"""``golive import``: take files in."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.answers.writing import import_files
from dashboard.commands.asking import (
    AnswersOption,
    ask_at_terminal,
    ask_person,
    is_at_a_terminal,
    parse_answers,
    show_questions,
)
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, progress
from dashboard.commands.finding import tell_anomalies
from dashboard.commands.import_words import show_reports
from dashboard.commands.watching import watch
from dashboard.i18n import _
from data.contracts import TABLES
from data.import_reports import ImportOptions
from data.intake import DEFAULT_SOURCE
from data.journal import record_import
from data.recognition import DATE_ORDERS, DECIMAL_MARKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.commands.common import Bar
    from data.home import Home
    from data.recognition import Question

#: A script must tell "answer me" from "it failed".
EXIT_MUST_ASK: Final = 3


def _one_of(allowed: tuple[str, ...], hint: str) -> Callable[[str | None], str | None]:
    def check(value: str | None) -> str | None:
        if value and value not in allowed:
            raise typer.BadParameter(
                _("“{value}” is not one of {allowed}.").format(value=value, allowed=", ".join(allowed)), param_hint=hint
            )
        return value

    return check


_Paths = Annotated[list[Path] | None, typer.Argument(metavar="FILE|FOLDER…", help=_("Files, folders or zip files."))]
_AsTable = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="TABLE",
        help=_("Which table the files hold, where their columns don't say it."),
        callback=_one_of(tuple(TABLES), "--as"),
    ),
]
_Source = Annotated[
    str,
    typer.Option("--source", help=_("Name of the system that the files come from; else the one that is recognised.")),
]
_Full = Annotated[
    bool, typer.Option("--full", help=_("The file is complete: rows of this source that it lacks are taken out."))
]
_History = Annotated[
    bool, typer.Option("--history", help=_("Old rows: assume that each was known at the usual lag after its week."))
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Do everything, then take it back."))]
_DateOrder = Annotated[
    str | None,
    typer.Option(
        "--date-order",
        metavar="dmy|mdy",
        help=_("How to read 03/04/2024, where the file can't tell."),
        callback=_one_of(DATE_ORDERS, "--date-order"),
    ),
]
_DecimalMark = Annotated[
    str | None,
    typer.Option(
        "--decimal",
        metavar="point|comma",
        help=_("How to read 1,234, where the file can't tell."),
        callback=_one_of(DECIMAL_MARKS, "--decimal"),
    ),
]
_Watch = Annotated[
    Path | None,
    typer.Option(
        "--watch",
        metavar="FOLDER",
        help=_("Stay, and take in what lands in this folder; it is moved to done/ or refused/ with its report."),
    ),
]


def import_command(
    paths: _Paths = None,
    as_table: _AsTable = None,
    answer: AnswersOption = None,
    source: _Source = DEFAULT_SOURCE,
    is_full: _Full = False,
    is_history: _History = False,
    is_dry_run: _DryRun = False,
    date_order: _DateOrder = None,
    decimal_mark: _DecimalMark = None,
    watched: _Watch = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Take files in as they are: CSV, TSV, Excel, OpenDocument, Parquet, JSON, folders and zip files of them.

    Exports of other systems and your own sheets are recognised; see first what is understood with `golive inspect`.
    Where a file can be read in two ways, Golive asks: at a terminal at once, else with exit code 3 and the questions.
    Rows that can't be used are kept with their reason; the rest of the file goes in. The same file again adds nothing.

    Examples
    --------

        golive import exports/

        golive import march.xlsx --dry-run

        golive import kimai.csv --answer date_order=dmy

        golive import --watch ~/exports

        golive import old_years/ --history
    """  # noqa: D412 - the help page shows the lines as they stand
    options = ImportOptions(
        table_name=as_table,
        source_name=source,
        is_full=is_full,
        is_history=is_history,
        is_dry_run=is_dry_run,
        date_order=date_order or "",
        decimal_mark=decimal_mark or "",
        answers=parse_answers(answer),
    )
    where = home_of(home)
    if watched is not None:
        if paths or is_dry_run or is_full:
            raise typer.BadParameter(
                _("A watched folder takes no other files, and neither --dry-run nor --full."), param_hint="--watch"
            )
        watch(where, watched, options, is_json=is_json)
        return
    if not paths:
        raise typer.BadParameter(_("Say which files to take in, or which folder to watch."), param_hint="FILE|FOLDER…")
    _import_once(where, paths, options, is_json=is_json)


def _asking(bar: Bar | None) -> Callable[[str, Question], str]:
    """Return how to ask a person while an import runs."""

    def ask(place: str, question: Question) -> str:
        with bar.aside() if bar else contextlib.nullcontext():
            return ask_person(place, question)

    return ask


def _import_once(where: Home, paths: list[Path], options: ImportOptions, *, is_json: bool) -> None:
    if is_at_a_terminal() and not is_json:
        options = replace(options, answers=ask_at_terminal(where, paths, options))
    with progress(is_quiet=is_json) as show:
        if is_at_a_terminal() and not is_json:
            options = replace(options, ask=_asking(show))
        reports = import_files(where, paths, options, on_progress=show)
    rows = [report.as_json() for report in reports]
    if is_json:
        proof = next((report.proof for report in reports if report.proof), None)
        print_json({"files": rows, "proof": proof.as_json() if proof else None})
    else:
        show_reports(reports, is_dry_run=options.is_dry_run)
        show_questions(reports)
    record_import(where, rows, is_dry_run=options.is_dry_run)
    if not is_json and not options.is_dry_run:
        tell_anomalies(where, [report.batch_id for report in reports if report.batch_id is not None])
    if any(report.questions for report in reports):
        raise typer.Exit(EXIT_MUST_ASK)
    if any(report.problem for report in reports) or not reports:
        raise typer.Exit(1)
