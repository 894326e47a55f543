"""Risks and issues in the terminal: listed, taken in from a file, taken along in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import open_home, print_json, table
from dashboard.commands.console import output
from dashboard.commands.files import write_file
from dashboard.commands.review_tables import has_words
from dashboard.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home


def list_risks(where: Home, text: str | None, *, is_json: bool) -> None:
    """List risks and issues."""
    from data.journal import read_entries  # noqa: PLC0415 - as above

    found = [vars(one) for one in read_entries(where)]
    found = [one for one in found if has_words(one, text)]
    if is_json:
        print_json(found)
        return
    if not found:
        output.print(_("No risk or issue is on record."), markup=False)
        return
    rows = [
        [str(one["raid_id"]), one["kind"], one["project_id"], one["title"], one["owner_name"], one["status"]]
        for one in found
    ]
    heads = [_("No."), _("Kind"), _("Project"), _("Title"), _("Owner"), _("Status")]
    output.print(table(_("Risks and issues"), [(head, "left") for head in heads], rows))


def take_risks(home: Path | None, path: Path, *, is_trial: bool, is_json: bool) -> None:
    """Take in a list and say what it added and changed."""
    where, file = open_home(home)
    from dashboard.answers.risk_files import take_in  # noqa: PLC0415 - as above

    found = take_in(where, file, local_viewer(), path, is_trial=is_trial)
    if is_json:
        print_json({**vars(found), "is_trial": is_trial})
        return
    words = (
        _("{new} would be added, {changed} changed, {same} are as they were.")
        if is_trial
        else _("{new} added, {changed} changed, {same} as they were.")
    )
    output.print(words.format(new=found.added_count, changed=found.changed_count, same=found.unchanged_count))


def write_risks(where: Home, path: Path, *, is_quiet: bool) -> None:
    """Write the list into a workbook or a CSV file."""
    from dashboard.answers.risk_files import entries_frame  # noqa: PLC0415 - as above
    from dashboard.views.rows import csv_bytes  # noqa: PLC0415 - as above
    from dashboard.views.workbooks import workbook_bytes  # noqa: PLC0415 - as above
    from data.journal import read_entries  # noqa: PLC0415 - as above

    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise typer.BadParameter(_("“{file}” ends neither in .csv nor in .xlsx.").format(file=path), param_hint="--out")
    rows = entries_frame(read_entries(where))
    about = {_("Table"): _("Risks and issues")}
    write_file(path, csv_bytes(rows) if ending == ".csv" else workbook_bytes(rows, about))
    if not is_quiet:
        output.print(_("{count} entries are in {file}.").format(count=len(rows), file=path))
