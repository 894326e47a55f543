"""``golive publish``: put the figures of today on record, from a timer or by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.answers.keeping import results_of
from dashboard.answers.records import results_file
from dashboard.answers.writing import make_results
from dashboard.commands.common import HomeOption, JsonOption, open_home, print_json, progress, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.words import date_text, result_words


def publish_command(
    is_again: Annotated[
        bool, typer.Option("--again", help=_("Reckon also what is on record, for example after a fault."))
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Put the figures of today on record: forecasts, what drives them, load, signs of overload, anomalies.

    Every import does so by itself. Call this once a day, for example at six, so that a day on which nothing was
    imported has its record, too, and the pages of the morning need not reckon.

    Examples
    --------

        golive publish

        golive publish --again --json
    """  # noqa: D412 - the help page shows the lines as they stand
    where, file = open_home(home)
    with progress(is_quiet=is_json) as show:
        is_new = make_results(where, is_again=is_again, on_progress=show)
    found = results_of(file)
    missing = [{"what": one.what, "why": one.why} for one in found.missing]
    if is_json:
        day = found.day.isoformat() if found.day else None
        print_json({"file": str(results_file(file)), "day": day, "is_new": is_new, "missing": missing})
    elif found.day is not None:
        words = _("The figures of {day} are on record.") if is_new else _("The figures of {day} were on record before.")
        output.print(words.format(day=date_text(found.day)), markup=False)
        if missing:
            rows = [[result_words(one["what"]), one["why"]] for one in missing]
            output.print(table(_("Not on record"), [(_("What"), "left"), (_("Why"), "left")], rows))
    if missing or found.day is None:
        raise typer.Exit(1)
