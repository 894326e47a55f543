"""``golive rotation``: who goes where in the next weeks. Proposals, the points of any plan, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    home_of,
    make_current,
    parse_as_of,
    parse_date,
    print_json,
    progress,
    warehouse_in,
)
from dashboard.commands.console import output
from dashboard.commands.files import check_folder, write_file
from dashboard.commands.kept_rosters import accept_command, list_command
from dashboard.commands.rotation_tables import (
    Names,
    print_explanation,
    print_gaps,
    print_points,
    print_proposal,
    print_remarks,
    print_violations,
)
from dashboard.i18n import _
from dashboard.views.words import date_text

if TYPE_CHECKING:
    from analytics.rotation.search import Progress
    from dashboard.answers.rotation import Answer, Asked, Effort, Room

rotation_app = typer.Typer(
    help=_("Propose who goes where in the next weeks, say what any plan costs, and why. A person decides."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

rotation_app.command("list")(list_command)
rotation_app.command("accept")(accept_command)

_WeeksOption = Annotated[
    int | None,
    typer.Option("--weeks", min=1, max=52, help=_("Weeks to plan; else as far as the demand reaches, 12 to 26.")),
]
_FromOption = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="DATE", help=_("First week to plan; else the week after the newest day that is known.")
    ),
]
_BudgetOption = Annotated[
    int | None,
    typer.Option("--budget", min=0, help=_("People who may be moved in the next four weeks; else as it pays.")),
]
_WeightsOption = Annotated[
    Path | None,
    typer.Option("--weights", metavar="FILE", help=_("TOML file with lines that change weights or rules.")),
]
_SecondsOption = Annotated[
    float | None, typer.Option("--seconds", min=0.1, help=_("Search for so long; 20 where nothing is said."))
]
_IterationsOption = Annotated[
    int | None, typer.Option("--iterations", min=0, help=_("Search so many rounds: the same plan every time."))
]
_OutOption = Annotated[Path | None, typer.Option("--out", metavar="PLAN.csv", help=_("Write the plan into this file."))]
_KeepOption = Annotated[
    str | None, typer.Option("--keep", metavar="TITLE", help=_("Keep the proposal in the journal under this name."))
]
_PlanArgument = Annotated[Path, typer.Argument(metavar="PLAN.csv", help=_("Plan as a CSV file."))]


@rotation_app.command("propose")
def propose_command(
    weeks: _WeeksOption = None,
    budget: _BudgetOption = None,
    seconds: _SecondsOption = None,
    iterations: _IterationsOption = None,
    seed: Annotated[int, typer.Option("--seed", help=_("Number that the search draws from."))] = 7,
    weights: _WeightsOption = None,
    out: _OutOption = None,
    first: _FromOption = None,
    keep: _KeepOption = None,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Propose who goes where: sites are covered, people come home, little changes next week.

    The plan never breaks a rule; what stays open is said with the rule that stands in the way.

    Examples
    --------

        golive rotation propose --weeks 12 --budget 5

        golive rotation propose --iterations 200 --seed 1 --out plan.csv
    """  # noqa: D412 - the help page shows the lines as they stand
    from dashboard.answers import rotation as answers  # noqa: PLC0415 - scipy takes a second to load
    from dashboard.answers.rotation_plans import plan_text  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above
    from dashboard.commands.rotation_effects import print_effects  # noqa: PLC0415 - as above

    if seconds is not None and iterations is not None:
        raise typer.BadParameter(_("Give --seconds or --iterations, not both."), param_hint="--iterations")
    if out is not None:
        check_folder(out)
    room = _room(home, as_of, first, weeks, budget, weights)
    effort = answers.Effort(seconds=seconds, rounds=iterations, seed=seed)
    found = _searched(room, effort, is_quiet=is_json)
    if out is not None:
        write_file(out, plan_text(room.problem, found.proposal.plan).encode())
    number = None if keep is None else _kept(home, found, keep)
    if is_json:
        from dashboard.answers.rotation_effects import effects_json  # noqa: PLC0415 - as above
        from dashboard.answers.rotation_json import answer_json  # noqa: PLC0415 - as above

        effects = effects_json(warehouse_in(home_of(home)), local_viewer(), found)
        print_json({**answer_json(found), **effects, "kept_as": number})
        return
    print_proposal(room, found, _names(home, room))
    print_effects(warehouse_in(home_of(home)), local_viewer(), found)
    if out is not None:
        output.print(_("The plan is in {file}.").format(file=out), markup=False)
    if number is not None:
        output.print(
            _(
                "Kept as {number}. `golive rotation accept {number} --owner NAME` writes it into the assignments."
            ).format(number=number)
        )
    output.print(_("Golive proposes; a person decides. Nothing is written into the roster."))


@rotation_app.command("evaluate")
def evaluate_command(
    plan: _PlanArgument,
    weeks: _WeeksOption = None,
    budget: _BudgetOption = None,
    weights: _WeightsOption = None,
    first: _FromOption = None,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say what a plan costs, term by term, and which rules it breaks.

    The file has the columns person_id, project_id, skill, week_start_date and mode (onsite or remote).

    Examples
    --------

        golive rotation evaluate plan.csv

        golive rotation evaluate plan.csv --weights weights.toml --json
    """  # noqa: D412 - as above
    from dashboard.answers import rotation as answers  # noqa: PLC0415 - as above
    from dashboard.answers.rotation_plans import read_plan  # noqa: PLC0415 - as above

    room = _room(home, as_of, first, weeks, budget, weights)
    read = read_plan(plan, room.problem)
    found = answers.evaluated(room, read.plan)
    broken = (*read.violations, *found.violations)
    if is_json:
        from dashboard.answers.rotation_json import evaluation_json  # noqa: PLC0415 - as above

        print_json(evaluation_json(room, read, found))
        return
    names = _names(home, room)
    print_remarks(room, names)
    print_points(_("Points of the plan"), answers.evaluated(room, room.base), found)
    if read.outside_count:
        output.print(
            _("{count} rows lie outside the weeks from {first} to {last} and are not counted.").format(
                count=read.outside_count, first=date_text(room.problem.weeks[0]), last=date_text(room.problem.weeks[-1])
            )
        )
    print_violations(room.problem, broken, names)
    if not broken:
        output.print(_("The plan breaks no rule."))
    print_gaps(room.problem, read.plan, found, names)


@rotation_app.command("explain")
def explain_command(
    plan: _PlanArgument,
    person: Annotated[str | None, typer.Option("--person", metavar="ID", help=_("Only this person."))] = None,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not",
            metavar="PERSON:PROJECT[:WEEK]",
            help=_("What it would cost to have this person there (in all weeks asked for, or one)."),
        ),
    ] = None,
    weeks: _WeeksOption = None,
    weights: _WeightsOption = None,
    first: _FromOption = None,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Say for each person whom a plan moves what that does to each term, and why nobody else is there.

    Examples
    --------

        golive rotation explain plan.csv --person ana

        golive rotation explain plan.csv --why-not bo:p1:2026-12-07
    """  # noqa: D412 - as above
    from dashboard.answers.rotation_json import explanation_json, why_not_json  # noqa: PLC0415 - as above
    from dashboard.answers.rotation_plans import read_plan  # noqa: PLC0415 - as above

    room = _room(home, as_of, first, weeks, None, weights)
    read = read_plan(plan, room.problem)
    told = explanation_json(room, read.plan, person) if why_not is None else [why_not_json(room, read.plan, why_not)]
    if is_json:
        print_json(told)
        return
    for one in told:
        print_explanation(one)
    if not told:
        output.print(_("The plan moves nobody."))


def _searched(room: Room, effort: Effort, *, is_quiet: bool) -> Answer:
    """Search under a bar that shows the points of the best plan so far."""
    from dashboard.answers import rotation as answers  # noqa: PLC0415 - as above

    with progress(is_quiet=is_quiet) as bar:

        def show(seen: Progress) -> None:
            if bar is not None:
                bar(_("searching, {points:,.0f} points").format(points=seen.total), seen.share)

        return answers.proposed(room, replace(effort, on_progress=show))


def _kept(home: Path | None, found: Answer, title: str) -> int:
    from dashboard.answers.rotation_keeping import keep  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    return keep(home_of(home), local_viewer(), found, title)


def _names(home: Path | None, room: Room) -> Names:
    from dashboard.answers import rotation as answers  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    found = answers.names_of(warehouse_in(home_of(home)), local_viewer(), room)
    return Names(room.problem, found["people"], found["projects"])


def _room(
    home: Path | None,
    as_of: str | None,
    first: str | None,
    weeks: int | None,
    budget: int | None,
    weights: Path | None,
) -> Room:
    from dashboard.answers import rotation as answers  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    monday = parse_date(first, "--from")
    if monday is not None and monday.weekday() != 0:
        raise typer.BadParameter(_("{day} is not a Monday.").format(day=first), param_hint="--from")
    asked: Asked = answers.Asked(parse_as_of(as_of), monday, weeks, budget, weights)
    where = home_of(home)
    warehouse_in(where)
    make_current(where)
    return answers.room(warehouse_in(where), local_viewer(), asked)
