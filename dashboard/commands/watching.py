"""``golive import --watch``: stay, and take in what lands in a folder."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from dashboard.answers.writing import watch_folder
from dashboard.commands.asking import show_questions
from dashboard.commands.console import output
from dashboard.commands.import_words import show_reports
from dashboard.i18n import _
from dashboard.shown import in_json
from data.journal import record_import
from data.watching import prepare_watch

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home
    from data.import_reports import ImportOptions
    from data.watching import Taken


def watch(home: Home, folder: Path, options: ImportOptions, *, is_json: bool) -> None:
    """Take in what lands in ``folder`` until Ctrl-C; with ``--json`` one line of JSON for each file."""
    prepare_watch(folder)
    if not is_json:
        output.print(_("Watching {folder}. Stop with Ctrl-C.").format(folder=folder), markup=False, soft_wrap=True)
    for taken in watch_folder(home, folder, options):
        rows = [report.as_json() for report in taken.reports]
        record_import(home, rows, is_dry_run=False)
        if is_json:
            line = {"path": str(taken.path), "is_done": taken.is_done, "files": rows}
            sys.stdout.write(in_json(json.dumps(line, ensure_ascii=False, default=str)) + "\n")
            sys.stdout.flush()
        else:
            _show(taken)


def _show(taken: Taken) -> None:
    show_reports(taken.reports, is_dry_run=False)
    show_questions(taken.reports)
    words = _("Moved to {path}; its report lies beside it.")
    output.print(words.format(path=taken.path), markup=False, soft_wrap=True)
