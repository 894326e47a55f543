"""``golive what-if PROJECT --levers``: what would bring a project forward, reckoned before anybody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.answers import everything as answers
from dashboard.commands.common import print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import levers as views
from dashboard.views.words import date_text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dashboard.answers.viewers import Viewer


def show_levers(file: Path, viewer: Viewer, as_of_date: date | None, project: str, *, is_json: bool) -> None:
    """Show the usual levers of a project, those that help most first."""
    from dashboard.answers.levers import levers  # noqa: PLC0415 - the forecast's libraries take a second to load

    day = as_of_date or answers.as_of_date(file)
    found = levers(file, viewer, day, project)
    if is_json:
        print_json(
            {
                "project_id": project,
                "as_of_date": day,
                "committed_by": answers.committed_by(file),
                "rows": views.lever_rows(found),
            }
        )
        return
    if found:
        heads = (_("What is done"), _("Median finish (P50)"), _("8 of 10 outcomes"), _("Note"))
        rows = [
            [views.lever_title(one), views.lever_weeks(one), views.span_text(one), views.lever_remark(one)]
            for one in found
        ]
        title = _("What would help {project}, as known on {day}").format(project=project, day=date_text(day))
        output.print(table(title, [(head, "left") for head in heads], rows))
    output.print(views.strongest_sentence(found), markup=False, soft_wrap=True)
