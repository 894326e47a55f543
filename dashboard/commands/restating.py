"""``golive restated``: which past weeks say something else than at the last review."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from dashboard.answers.proof import last_review_at
from dashboard.answers.viewers import local_viewer
from dashboard.commands.common import HomeOption, JsonOption, open_home, parse_date, print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import restated
from dashboard.views.typed import texts_of
from data.problems import WarehouseError
from data.restating import (
    BYS,
    By,
    as_rows,
    assumed_review,
    hours_stamped_earlier,
    newest_arrival,
    restatements,
    restating_batches,
)
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    import pandas as pd

_LAST_REVIEW: Final = "last-review"
#: Of weeks by person or project there may be thousands; the JSON holds all.
_SHOWN_ROWS_COUNT: Final = 30


def _known(by: str) -> str:
    if by not in BYS:
        raise typer.BadParameter(
            _("“{text}” is not one of {allowed}.").format(text=by, allowed=", ".join(BYS)), param_hint="--by"
        )
    return by


def restated_command(
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="DATE|last-review",
            help=_(
                "Compare with what was known when this day began; last-review: when the last review was opened, or"
                " the end of the Sunday nearest to a week before where there was none."
            ),
        ),
    ] = _LAST_REVIEW,
    by: Annotated[
        str, typer.Option("--by", metavar="week|project|person", help=_("One row for each of these."), callback=_known)
    ] = "week",
    is_by_arrival: Annotated[
        bool,
        typer.Option("--by-arrival", help=_("Go by when files arrived in Golive, not by the stamps of their rows.")),
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show which past weeks changed since the last review, by how much and by whose batch.

    Filed late, corrected and withdrawn are told apart; together they are the whole difference.

    Examples
    --------

        golive restated

        golive restated --since 2026-11-16 --by project --json
    """  # noqa: D412 - the help page shows the lines as they stand
    day = None if since == _LAST_REVIEW else parse_date(since, "--since")
    where, file = open_home(home)
    reviewed = last_review_at(where, local_viewer()) if day is None else None
    is_assumed = day is None and reviewed is None
    with open_for_reading(file) as connection:
        now = newest_arrival(connection)
        if now is None:
            raise WarehouseError(_("Nothing is imported that could have changed."), _("Run `golive import FOLDER`."))
        moment = datetime.combine(day, time.min) if day else reviewed or assumed_review(now)
        rows = restatements(connection, moment, now, cast("By", by), is_by_arrival=is_by_arrival)
        batches = restating_batches(connection, moment, now, is_by_arrival=is_by_arrival)
        stamped_hours = 0.0 if is_by_arrival else hours_stamped_earlier(connection, moment)
    if is_json:
        print_json(
            {
                "since": moment,
                "is_since_assumed": is_assumed,
                "now": now,
                "by": by,
                "is_by_arrival": is_by_arrival,
                "stamped_earlier_hours": stamped_hours,
                "rows": as_rows(rows),
                "batches": as_rows(batches),
            }
        )
        return
    _show(rows, batches, restated.restated_sentence(rows, moment, is_assumed=is_assumed), stamped_hours)


def _show(rows: pd.DataFrame, batches: pd.DataFrame, sentence: str, stamped_hours: float) -> None:
    output.print(sentence, markup=False, soft_wrap=True)
    if stamped_hours:
        words = restated.stamped_earlier_sentence(stamped_hours)
        output.print(f"{words} {_('Count them with --by-arrival.')}", markup=False, soft_wrap=True)
    if rows.empty:
        return
    _print(_("Past weeks that changed"), restated.restated_table(rows.head(_SHOWN_ROWS_COUNT)))
    if len(rows) > _SHOWN_ROWS_COUNT:
        output.print(
            _("{shown} of {count} rows are shown; --json holds all.").format(shown=_SHOWN_ROWS_COUNT, count=len(rows)),
            markup=False,
        )
    _print(_("By whose batch"), restated.restating_batches_table(batches))


def _print(heading: str, rows: pd.DataFrame) -> None:
    texts = {_("Project"), _("Person"), _("Week of"), _("File"), _("Source"), _("Arrived"), _("By batch")}
    columns = [(str(name), "left" if name in texts else "right") for name in rows.columns]
    output.print(
        table(heading, columns, [[str(cell) for cell in row] for row in texts_of(rows).itertuples(index=False)])
    )
