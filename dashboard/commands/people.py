"""``golive people``: who files nothing for long and has no leaving date, and the user's word on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard.answers.writing import say_of_people
from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, progress, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import silences as views
from data.silences import silences_of

if TYPE_CHECKING:
    import pandas as pd

    from data.silences import Silences

_SHOWN_COUNT: Final = 40
_Left = Annotated[
    list[str] | None,
    typer.Option("--left", metavar="PERSON=DAY", help=_("Has left; the last day in the firm, as 2026-05-31.")),
]
_Stays = Annotated[
    list[str] | None, typer.Option("--stays", metavar="PERSON", help=_("Is still here; files elsewhere or late."))
]
_Forget = Annotated[
    list[str] | None, typer.Option("--forget", metavar="PERSON", help=_("Take back what was said of the person."))
]


def people_command(
    left: _Left = None,
    stays: _Stays = None,
    forget: _Forget = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show who is on the list, has no leaving date and has filed nothing for 13 weeks or longer, and say why.

    Each is asked about once, and again only after new hours. An answer counts from today on; a leaving date that the
    list brings later takes its place.

    Examples
    --------

        golive people

        golive people --left P07=2026-05-31 --stays P12

        golive people --json
    """  # noqa: D412 - the help page shows the lines as they stand
    where = home_of(home)
    last_days = _last_days(left or [])
    if left or stays or forget:
        with progress(is_quiet=is_json) as show:
            say_of_people(where, left=last_days, stays=stays or [], forget=forget or [], on_progress=show)
    found = silences_of(where)
    if is_json:
        print_json(_plain(found))
        return
    _show(found)


def _last_days(texts: list[str]) -> dict[str, date]:
    """Return person and day of each pair; the last sign of equality parts them, since ids come from outside."""
    found: dict[str, date] = {}
    for text in texts:
        person, sign, day = (part.strip() for part in text.rpartition("="))
        try:
            last_day = date.fromisoformat(day)
        except ValueError:
            last_day = None
        if not (sign and person and last_day) or person in found:
            words = _("“{text}” is no pair. Write it as PERSON=DAY, the day as 2026-05-31.").format(text=text)
            raise typer.BadParameter(words, param_hint="--left")
        found[person] = last_day
    return found


def _plain(silences: Silences) -> dict[str, Any]:
    return {
        "asked": [
            {
                "person_id": one.person_id,
                "person_name": one.person_name,
                "team_name": one.team_name,
                "last_week_date": one.last_week_date,
                "last_work_date": one.last_work_date,
                "silent_weeks": one.silent_weeks,
            }
            for one in silences.asked
        ],
        "told": [
            {"person_id": one.person_id, "person_name": one.person_name, "answer": one.word, "last_date": one.last_date}
            for one in silences.told
        ],
    }


def _show(silences: Silences) -> None:
    if silences.asked:
        output.print(views.asked_sentence(len(silences.asked)), markup=False)
        output.print(_("Answer with --left PERSON=DAY or --stays PERSON."), markup=False)
    else:
        output.print(_("Nobody is asked about now."), markup=False)
    _print(_("People without hours"), views.asked_table(silences))
    _print(_("What was said"), views.told_table(silences))


def _print(title: str, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    headings = [(str(name), "left") for name in rows.columns]
    output.print(table(title, headings, rows.head(_SHOWN_COUNT).to_numpy().tolist()))
    if len(rows) > _SHOWN_COUNT:
        output.print(_("{count} more; --json holds all.").format(count=len(rows) - _SHOWN_COUNT), markup=False)
