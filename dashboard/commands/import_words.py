"""What an import says on the screen: one line for each table, then what deserves a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.commands.common import table
from dashboard.commands.console import errors, output
from dashboard.i18n import _, ngettext
from dashboard.views.understood import cleaning_label
from data.files.delimiters import delimiter_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.import_reports import FileReport


#: So many reasons of refused rows are said.
_SHOWN_REASONS: Final = 5
#: Rules by which rows of the file are no entries of their own.
_LEAVING_OUT: Final = ("merge_rows", "drop_")


def show_reports(reports: Sequence[FileReport], *, is_dry_run: bool) -> None:
    """Print what became of each file, then what deserves a look."""
    headings = [
        (_("file"), "left"),
        (_("table"), "left"),
        (_("batch"), "right"),
        (_("rows read"), "right"),
        (_("accepted"), "right"),
        (_("unchanged"), "right"),
        (_("corrected"), "right"),
        (_("refused"), "right"),
        (_("warnings"), "right"),
        (_("hours in file"), "right"),
    ]
    rows = [_row(report) for report in reports if report.counts]
    title = _("Dry run: nothing was kept") if is_dry_run else _("Imported")
    if rows:
        output.print(table(title, headings, rows))
    for report in reports:
        if is_dry_run and report.delimiter:
            words = _("{file}: its cells are separated by: {delimiter} (another: --answer delimiter=…)")
            word = delimiter_word(report.delimiter)
            output.print(words.format(file=report.file, delimiter=word), markup=False, soft_wrap=True)
        _show_understanding(report)
        _show_remarks(report)
    refused = sum(report.counts.rows_refused for report in reports if report.counts)
    if refused and not is_dry_run:
        words = ngettext(
            "{count} row was refused; the page Data lists it with file, line and reason.",
            "{count} rows were refused; the page Data lists them with file, line and reason.",
            refused,
        )
        output.print(words, markup=False)
    _show_reasons(reports)


def _show_reasons(reports: Sequence[FileReport]) -> None:
    """Say the most frequent reasons why rows were refused."""
    proof = next((report.proof for report in reports if report.proof), None)
    for reason in sorted(proof.refused if proof else (), key=lambda one: -one.rows_count)[:_SHOWN_REASONS]:
        rows = ngettext("{count} row", "{count} rows", reason.rows_count)
        place = f"{reason.column}: " if reason.column else ""
        output.print(f"  {place}{reason.reason} ({rows})", markup=False, soft_wrap=True)


def _row(report: FileReport) -> list[str]:
    counts = report.counts
    if counts is None:
        return [report.file, report.table or "", *[""] * 8]
    return [
        report.file,
        report.table or "",
        f"{report.batch_id}",
        f"{counts.rows_read:,}",
        f"{counts.rows_accepted:,}",
        f"{counts.rows_unchanged:,}",
        f"{counts.rows_corrected:,}",
        f"{counts.rows_refused:,}",
        f"{report.warnings:,}",
        f"{counts.hours_read:,.2f}" if report.table == "timesheets" else "",
    ]


def _show_understanding(report: FileReport) -> None:
    """Say how a file of another system was read: columns, cleaning, rows left out."""
    seen = report.understanding
    if seen is None or report.counts is None:
        return
    columns = "; ".join(f"{source} → {target}" for source, target in report.mapping.items())
    words = _("{file}: read as {table} of {system}: {columns}")
    system = _("an unknown system") if seen.system == "unknown" else seen.system
    output.print(
        words.format(file=report.file, table=report.table, system=system, columns=columns), markup=False, soft_wrap=True
    )
    left_out = [rule for rule in seen.cleaning if rule.is_on and rule.rule.startswith(_LEAVING_OUT)]
    if left_out:
        rules = "; ".join(cleaning_label(rule) for rule in left_out)
        output.print(_("{file}: done: {rules}").format(file=report.file, rules=rules), markup=False, soft_wrap=True)


def _show_remarks(report: FileReport) -> None:
    if report.problem:
        words = report.problem if report.file in report.problem else f"{report.file}: {report.problem}"
        errors.print(words, style="bold", markup=False, soft_wrap=True)
    for advice in report.advice:
        output.print(f"{report.file}: {advice}", markup=False, soft_wrap=True)
    if report.ignored_columns:
        names = ", ".join(report.ignored_columns)
        output.print(
            _("{file}: not stored: {names}").format(file=report.file, names=names), markup=False, soft_wrap=True
        )
    if report.dropped_columns:
        names = ", ".join(report.dropped_columns)
        output.print(
            _("{file}: never stored, because they are nobody's business here: {names}").format(
                file=report.file, names=names
            ),
            markup=False,
            soft_wrap=True,
        )
