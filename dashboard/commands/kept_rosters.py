"""``golive rotation list`` and ``accept``: rosters that were kept, and writing one into the assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.common import HomeOption, JsonOption, home_of, print_json, table, warehouse_in
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.words import date_text

if TYPE_CHECKING:
    from data.journal.rotations import RotationPlan


def list_command(home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show the rosters that were kept, and which of them were accepted.

    Examples
    --------

        golive rotation list
    """  # noqa: D412 - the help page shows the lines as they stand
    from dashboard.answers.rotation_keeping import is_taken_back, kept_plans  # noqa: PLC0415 - scipy is slow to load

    where = home_of(home)
    found = kept_plans(where)
    if is_json:
        print_json(
            [
                {
                    "plan_id": one.plan_id,
                    "title": one.title,
                    "first_week": one.first_week_date.isoformat(),
                    "weeks": one.weeks_count,
                    "total": one.result["total"],
                    "decision_id": one.decision_id,
                    "batch_id": one.batch_id,
                    "is_taken_back": is_taken_back(where, one),
                }
                for one in found
            ]
        )
        return
    if not found:
        output.print(_("No roster was kept yet. `golive rotation propose --keep TITLE` keeps one."), markup=False)
        return
    rows = [
        [
            str(one.plan_id),
            one.title,
            date_text(one.first_week_date),
            f"{one.result['total']:,.0f}",
            _accepted_text(one, is_taken_back=is_taken_back(where, one)),
        ]
        for one in found
    ]
    headings = [
        ("#", "right"),
        (_("name"), "left"),
        (_("from"), "left"),
        (_("points"), "right"),
        (_("accepted"), "left"),
    ]
    output.print(table(_("Kept rosters"), headings, rows))


def _accepted_text(plan: RotationPlan, *, is_taken_back: bool) -> str:
    if plan.decision_id is None:
        return ""
    said = _("decision {number}").format(number=plan.decision_id)
    if not is_taken_back:
        return said
    return _("{decision}, taken back (batch {batch} is undone)").format(decision=said, batch=plan.batch_id)


def accept_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=_("Number of a kept roster."))],
    owner: Annotated[str, typer.Option("--owner", help=_("Who answers for it."))],
    note: Annotated[str, typer.Option("--note", help=_("Why, or under which condition."))] = "",
    is_firm: Annotated[
        bool, typer.Option("--firm", help=_("Agreed with everybody; else the weeks are tentative."))
    ] = False,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Write a kept roster into the assignments and note the decision with what it predicts.

    It counts in forecasts and load at once; `golive undo BATCH` takes it back.

    Examples
    --------

        golive rotation accept 3 --owner "Ana Lim" --firm
    """  # noqa: D412 - the help page shows the lines as they stand
    from dashboard.answers.rotation_keeping import accept  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    where = home_of(home)
    decision, batch = accept(
        warehouse_in(where), local_viewer(), number, owner=owner, note=note, is_tentative=not is_firm
    )
    if is_json:
        print_json({"plan_id": number, "decision_id": decision, "batch_id": batch})
        return
    output.print(_("Accepted: decision {number}.").format(number=decision))
    if batch is not None:
        output.print(
            _("The assignments came in as batch {batch}; `golive undo {batch}` takes them back.").format(batch=batch)
        )
