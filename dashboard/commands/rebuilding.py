"""``golive rebuild``: build the warehouse again from the inbox."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from dashboard.answers.writing import rebuild
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, progress, table
from dashboard.commands.console import output
from dashboard.i18n import _


def rebuild_command(
    is_verify: Annotated[
        bool, typer.Option("--verify", help=_("Only compare the result with what is published, mart by mart."))
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Build the warehouse again from the inbox, row for row.

    Examples
    --------

        golive rebuild --verify

        golive rebuild
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home)
    with progress(is_quiet=is_json) as show:
        found = rebuild(where, is_verify=is_verify, on_progress=show)
    is_same = all(comparison.is_same for comparison in found)
    if is_json:
        marts = [{**asdict(comparison), "is_same": comparison.is_same} for comparison in found]
        print_json({"is_verified": is_verify, "is_same": is_same if is_verify else None, "marts": marts})
    elif is_verify:
        rows = [
            [c.model, f"{c.rows_count:,}", f"{c.only_published_count:,}", f"{c.only_rebuilt_count:,}"] for c in found
        ]
        headings = [
            (_("mart"), "left"),
            (_("rows"), "right"),
            (_("only published"), "right"),
            (_("only rebuilt"), "right"),
        ]
        output.print(table(_("Compared row by row"), headings, rows))
        output.print(_("The same, row by row.") if is_same else _("Not the same."), markup=False)
    else:
        output.print(_("The warehouse was built again and published."), markup=False)
    if not is_same:
        raise typer.Exit(1)
