"""``golive import``: take files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.common import HomeOption, JsonOption, errors, output, print_json, progress, table
from dashboard.i18n import _, ngettext
from data.contracts import TABLES
from data.home import find_home
from data.import_reports import FileReport, ImportOptions
from data.importing import import_files
from data.intake import DEFAULT_SOURCE
from data.journal import record_import
from data.readings import DATE_ORDERS, DECIMAL_MARKS

if TYPE_CHECKING:
    from collections.abc import Callable


def _one_of(allowed: tuple[str, ...], hint: str) -> Callable[[str | None], str | None]:
    def check(value: str | None) -> str | None:
        if value and value not in allowed:
            raise typer.BadParameter(
                _("“{value}” is not one of {allowed}.").format(value=value, allowed=", ".join(allowed)), param_hint=hint
            )
        return value

    return check


def import_command(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help=_("Files, folders or zip files."))],
    as_table: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="TABLE",
            help=_("Which table the files hold, where their columns don't say it."),
            callback=_one_of(tuple(TABLES), "--as"),
        ),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help=_("Name of the system that the files come from."))
    ] = DEFAULT_SOURCE,
    is_full: Annotated[
        bool, typer.Option("--full", help=_("The file is complete: rows of this source that it lacks are taken out."))
    ] = False,
    is_history: Annotated[
        bool,
        typer.Option("--history", help=_("Old rows: assume that each was known at the usual lag after its week.")),
    ] = False,
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Do everything, then take it back."))] = False,
    date_order: Annotated[
        str | None,
        typer.Option(
            "--date-order",
            metavar="dmy|mdy",
            help=_("How to read 03/04/2024, where the file can't tell."),
            callback=_one_of(DATE_ORDERS, "--date-order"),
        ),
    ] = None,
    decimal_mark: Annotated[
        str | None,
        typer.Option(
            "--decimal",
            metavar="point|comma",
            help=_("How to read 1,234, where the file can't tell."),
            callback=_one_of(DECIMAL_MARKS, "--decimal"),
        ),
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Take files in: CSV, TSV, Excel, OpenDocument, Parquet, folders and zip files of them.

    Rows that can't be used are kept with their reason; the rest of the file goes in. The same file again adds nothing.

    Examples
    --------

        golive import exports/

        golive import march.xlsx --as timesheets --dry-run

        golive import old_years/ --history
    """  # noqa: D412 - the help page shows the lines as they stand
    where = find_home(home)
    options = ImportOptions(
        table_name=as_table,
        source_name=source,
        is_full=is_full,
        is_history=is_history,
        is_dry_run=is_dry_run,
        date_order=date_order or "",
        decimal_mark=decimal_mark or "",
    )
    with progress(is_quiet=is_json) as show:
        reports = import_files(where, paths, options, on_progress=show)
    rows = [report.as_json() for report in reports]
    if is_json:
        print_json({"files": rows})
    else:
        show_reports(reports, is_dry_run=is_dry_run)
    record_import(where, rows, is_dry_run=is_dry_run)
    if any(report.problem for report in reports) or not reports:
        raise typer.Exit(1)


def show_reports(reports: list[FileReport], *, is_dry_run: bool) -> None:
    """Print what became of each file, then what deserves a look."""
    headings = [
        (_("file"), "left"),
        (_("table"), "left"),
        (_("rows read"), "right"),
        (_("accepted"), "right"),
        (_("unchanged"), "right"),
        (_("corrected"), "right"),
        (_("refused"), "right"),
        (_("warnings"), "right"),
        (_("hours in file"), "right"),
    ]
    rows = [
        [
            report.file,
            report.table or "",
            f"{report.counts.rows_read:,}",
            f"{report.counts.rows_accepted:,}",
            f"{report.counts.rows_unchanged:,}",
            f"{report.counts.rows_corrected:,}",
            f"{report.counts.rows_refused:,}",
            f"{report.warnings:,}",
            f"{report.counts.hours_read:,.2f}" if report.table == "timesheets" else "",
        ]
        for report in reports
        if report.counts
    ]
    title = _("Dry run: nothing was kept") if is_dry_run else _("Imported")
    if rows:
        output.print(table(title, headings, rows))
    for report in reports:
        _show_remarks(report)
    refused = sum(report.counts.rows_refused for report in reports if report.counts)
    if refused and not is_dry_run:
        words = ngettext(
            "{count} row was refused; the page Data lists it with file, line and reason.",
            "{count} rows were refused; the page Data lists them with file, line and reason.",
            refused,
        )
        output.print(words, markup=False)


def _show_remarks(report: FileReport) -> None:
    if report.problem:
        words = report.problem if report.file in report.problem else f"{report.file}: {report.problem}"
        errors.print(words, style="bold", markup=False, soft_wrap=True)
    for advice in report.advice:
        output.print(f"{report.file}: {advice}", markup=False, soft_wrap=True)
    if report.ignored_columns:
        names = ", ".join(report.ignored_columns)
        output.print(_("{file}: not used: {names}").format(file=report.file, names=names), markup=False)
    if report.dropped_columns:
        names = ", ".join(report.dropped_columns)
        output.print(
            _("{file}: never stored, because they are nobody's business here: {names}").format(
                file=report.file, names=names
            ),
            markup=False,
        )
