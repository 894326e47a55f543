"""What a proposal does to projects, fares and those who take over, in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers.rotation import names_of
from dashboard.answers.rotation_effects import journeys, late_chances
from dashboard.answers.rotation_handovers import handover_lists
from dashboard.commands.common import table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.rotation import RosterView
from dashboard.views.rotation_handovers import handover_table, journey_rows, late_table

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.rotation import Answer
    from dashboard.answers.viewers import Viewer

#: As many projects and handovers as can be read; --json holds all.
_MOST_ROWS = 8


def print_effects(file: Path, viewer: Viewer, found: Answer) -> None:
    """Show journeys with their fares, chances of being late, and the first handovers."""
    room, plan = found.room, found.proposal.plan
    names = names_of(file, viewer, room)
    view = RosterView(room.problem, plan, room.base, found.after, found.before, names["people"], names["projects"])
    before, after = (journeys(file, viewer, room, one) for one in (room.base, plan))
    headings = [(_("figure"), "left"), (_("present roster"), "right"), (_("plan"), "right"), (_("change"), "right")]
    output.print(table(_("Journeys"), headings, [list(row) for row in journey_rows(before, after)]))
    late = late_chances(file, viewer, found)
    if len(late):
        _print_rows(_("Chance of being late"), late_table(view, late))
    lists = handover_lists(file, viewer, room, plan)
    if lists:
        _print_rows(_("Handovers"), handover_table(view, lists))


def _print_rows(title: str, rows: pd.DataFrame) -> None:
    headings = [(str(name), "left") for name in rows.columns]
    output.print(table(title, headings, rows.head(_MOST_ROWS).to_numpy().tolist()))
    if len(rows) > _MOST_ROWS:
        output.print(_("{count} more; --json holds all.").format(count=len(rows) - _MOST_ROWS))
