"""``golive doctor``: whether this machine has what Golive needs, and what to do where it has not."""

from __future__ import annotations

import typer

from dashboard.commands.common import HomeOption, JsonOption, print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _
from data.home import find_home


def doctor_command(home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Say whether this machine has what Golive needs: rights, room, fonts, journal, channels; and what to do.

    Nothing is changed. It ends with 1 where something is to be done.

    Examples
    --------

        golive doctor

        golive doctor --json
    """  # noqa: D412 - the help page shows the lines as they stand
    from dashboard.machine import findings  # noqa: PLC0415 - its libraries are slow to load

    found = findings(find_home(home))
    if is_json:
        print_json([vars(one) for one in found])
    else:
        rows = [[one.name, _("ok") if one.is_well else _("to do"), one.seen, one.advice] for one in found]
        heads = [(_("What"), "left"), (_("State"), "left"), (_("Seen"), "left"), (_("What to do"), "left")]
        output.print(table(_("This machine"), heads, rows))
    if not all(one.is_well for one in found):
        raise typer.Exit(1)
