"""``golive report``: what an import did, for people to read and to take along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, table
from dashboard.commands.console import output
from dashboard.commands.files import write_file
from dashboard.commands.undoing import BatchArgument  # noqa: TC001 - typer reads it at run time
from dashboard.i18n import _
from dashboard.views import proof
from dashboard.views.proof_files import markdown_text, workbook_bytes
from data.proving import FoundReport, find_report

if TYPE_CHECKING:
    import pandas as pd

_SUFFIXES: Final = (".xlsx", ".md")


def _checked(path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in _SUFFIXES:
        raise typer.BadParameter(
            _("A report is written as .xlsx or .md, not as “{name}”.").format(name=path.name), param_hint="--out"
        )
    return path


def report_command(
    batch_id: BatchArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.xlsx|md", help=_("Write the whole report here."), callback=_checked),
    ] = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show what an import did: what was understood, what became of the rows, hours before and after.

    Examples
    --------

        golive report 12

        golive report 12 --out march.xlsx
    """  # noqa: D412 - the help page shows the lines as they stand
    found = find_report(home_of(home), batch_id)
    is_undone = found.state != "in force"
    sentences = proof.report_sentences(found.report, found.note, batch_id, is_undone=is_undone, is_kept=found.is_kept)
    title = proof.report_title(found.report, found.note, batch_id)
    if out is not None:
        write_report(out, title, sentences, proof.report_parts(found.report, found.note))
    if is_json:
        print_json({"batch_id": batch_id, "state": found.state, "is_kept": found.is_kept, **found.report})
        return
    _show(found, title, sentences)
    if out is not None:
        output.print(_("The whole report: {path}").format(path=out), markup=False, soft_wrap=True)


def write_report(path: Path, title: str, sentences: list[str], parts: list[proof.Part]) -> None:
    """Write the whole report as a workbook or in Markdown, as the file's ending says."""
    is_workbook = path.suffix.lower() == ".xlsx"
    made = workbook_bytes if is_workbook else markdown_text
    content = made(title, sentences, parts)
    write_file(path, content.encode() if isinstance(content, str) else content)


def _show(found: FoundReport, title: str, sentences: list[str]) -> None:
    output.print(title, style="bold", markup=False, soft_wrap=True)
    for sentence in sentences:
        output.print(sentence, markup=False, soft_wrap=True)
    report = found.report
    _print(_("Columns"), proof.mapping_rows(report, found.note))
    _print(_("Cleaning rules"), proof.worded(proof.cleaning_rows(report)))
    _print(_("Rows and hours"), proof.worded(proof.outcome_rows(report, found.batch_id)))
    _print(_("Rows in force"), proof.worded(proof.table_rows(report, is_changed=True)))
    for kind, heading in (("persons", _("Persons")), ("projects", _("Projects")), ("weeks", _("Weeks"))):
        rows, remark = proof.shown_changes(proof.change_rows(report, kind))
        _print(_("{heading}: the largest differences").format(heading=heading), rows)
        if remark:
            output.print(remark, markup=False)
    _print(_("Refused rows by reason"), proof.worded(proof.refused_reason_rows(report)))


def _print(heading: str, rows: pd.DataFrame) -> None:
    """Print a worded table; an empty one is left out."""
    if rows.empty:
        return
    texts = {_("Person"), _("Project"), _("Week"), _("Name"), _("Column of the file"), _("Means"), _("Because")}
    texts |= {_("Cleaning rule"), _("Column"), _("Examples"), _("Reason"), _("Table"), _("What became of it")}
    columns = [(str(name), "left" if name in texts else "right") for name in rows.columns]
    output.print(table(heading, columns, [[str(cell) for cell in row] for row in rows.itertuples(index=False)]))
