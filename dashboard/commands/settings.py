"""``golive settings``: what a home has decided about how its figures are measured."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.commands.common import HomeOption, JsonOption, print_json
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.words import committed_words, late_meaning, percent_text
from data import settings
from data.home import find_home

_Committed = Annotated[
    str | None,
    typer.Option(
        "--committed-date",
        metavar="|".join(settings.COMMITTED_BY),
        help=_("What lateness, slip and expected delay are measured against."),
    ),
]
_FiledShare = Annotated[
    float | None,
    typer.Option(
        "--filed-share",
        metavar="0…1",
        help=_("The share of people who must have filed a week before figures speak of it."),
    ),
]


def settings_command(
    committed_date: _Committed = None,
    filed_share: _FiledShare = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show or change how figures are measured. The choice belongs to the home and counts on every page and command.

    Examples
    --------

        golive settings

        golive settings --committed-date current_plan

        golive settings --filed-share 0.7
    """  # noqa: D412 - the help page shows the lines as they stand
    where = find_home(home)
    if committed_date is not None:
        settings.set_committed_by(where, committed_date)
    if filed_share is not None:
        settings.set_filed_share(where, filed_share)
    chosen, share = settings.committed_by(where), settings.filed_share(where)
    if is_json:
        print_json({"committed_by": chosen, "filed_share": share})
        return
    output.print(_("Committed date: {which}.").format(which=committed_words(chosen)), markup=False)
    output.print(late_meaning(chosen), markup=False, soft_wrap=True)
    output.print(
        _("Reporting week: the last full week that at least {share} of the people have filed who usually do.").format(
            share=percent_text(share)
        ),
        markup=False,
        soft_wrap=True,
    )
