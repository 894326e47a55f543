"""``golive rotation``: who goes where in the next weeks. Proposals, the points of any plan, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    home_of,
    make_current,
    parse_date,
    print_json,
    progress,
    table,
    warehouse_in,
)
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.rotation_words import (
    abroad_text,
    reason_text,
    remark_text,
    rule_text,
    term_text,
    way_out_text,
)
from dashboard.views.words import date_text

if TYPE_CHECKING:
    from analytics.rotation.evaluating import Evaluation, Violation
    from analytics.rotation.problem import Plan, Problem
    from analytics.rotation.search import Progress
    from dashboard.answers.rotation import Answer, Asked, Room

rotation_app = typer.Typer(
    help=_("Propose who goes where in the next weeks, say what any plan costs, and why. A person decides."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_WeeksOption = Annotated[
    int | None,
    typer.Option("--weeks", min=1, max=52, help=_("Weeks to plan; else as far as the demand reaches, 12 to 26.")),
]
_FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help=_("First week to plan; else the week after the newest data.")),
]
_BudgetOption = Annotated[
    int | None,
    typer.Option("--budget", min=0, help=_("People who may be moved in the next four weeks; else as it pays.")),
]
_WeightsOption = Annotated[
    Path | None,
    typer.Option("--weights", metavar="FILE", help=_("TOML file with lines that change weights or rules.")),
]
_PlanArgument = Annotated[Path, typer.Argument(metavar="PLAN.csv", help=_("Plan as a CSV file."))]


@rotation_app.command("propose")
def propose_command(
    weeks: _WeeksOption = None,
    budget: _BudgetOption = None,
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help=_("Search for so long; 20 where nothing is said."))
    ] = None,
    iterations: Annotated[
        int | None, typer.Option("--iterations", min=0, help=_("Search so many rounds: the same plan every time."))
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help=_("Number that the search draws from."))] = 7,
    weights: _WeightsOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PLAN.csv", help=_("Write the plan into this file."))
    ] = None,
    first: _FromOption = None,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="TITLE", help=_("Keep the proposal in the journal under this name."))
    ] = None,
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

    if seconds is not None and iterations is not None:
        raise typer.BadParameter(_("Give --seconds or --iterations, not both."), param_hint="--iterations")
    room = _room(home, as_of, first, weeks, budget, weights)
    with progress(is_quiet=is_json) as bar:

        def show(seen: Progress) -> None:
            if bar is not None:
                bar(_("searching, {points:,.0f} points").format(points=seen.total), seen.share)

        found = answers.proposed(room, answers.Effort(seconds=seconds, rounds=iterations, seed=seed, on_progress=show))
    number = None if keep is None else _kept(home, found, keep)
    if out is not None:
        out.write_text(plan_text(room.problem, found.proposal.plan), encoding="utf-8")
    if is_json:
        from dashboard.answers.rotation_json import answer_json  # noqa: PLC0415 - as above

        print_json({**answer_json(found), "kept_as": number})
        return
    _print_remarks(room)
    proposal = found.proposal
    _print_points(_("Points of the proposal"), found.before, found.after)
    if proposal.is_proven:
        output.print(_("This is proven to be an optimum."))
    else:
        output.print(
            _("No plan can have less than {bound:,.0f} points; this one is within {gap:.0%} of that.").format(
                bound=proposal.bound, gap=proposal.gap_share
            )
        )
    _print_moves(room, proposal.plan)
    _print_gaps(room.problem, proposal.plan, found.after)
    _print_todos(room, proposal.plan)
    _print_violations(room.problem, found.after.violations)
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
    _print_remarks(room)
    _print_points(_("Points of the plan"), answers.evaluated(room, room.base), found)
    if read.outside_count:
        output.print(
            _("{count} rows lie outside the weeks from {first} to {last} and are not counted.").format(
                count=read.outside_count, first=date_text(room.problem.weeks[0]), last=date_text(room.problem.weeks[-1])
            )
        )
    _print_violations(room.problem, broken)
    if not broken:
        output.print(_("The plan breaks no rule."))
    _print_gaps(room.problem, read.plan, found)


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
        _print_explanation(one)
    if not told:
        output.print(_("The plan moves nobody."))


@rotation_app.command("list")
def list_command(home: HomeOption = None, is_json: JsonOption = False) -> None:
    """Show the rosters that were kept, and which of them were accepted.

    Examples
    --------

        golive rotation list
    """  # noqa: D412 - as above
    from dashboard.answers.rotation_keeping import kept_plans  # noqa: PLC0415 - as above

    found = kept_plans(home_of(home))
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
            _("decision {number}").format(number=one.decision_id) if one.decision_id else "",
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


@rotation_app.command("accept")
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
    """  # noqa: D412 - as above
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


def _kept(home: Path | None, found: Answer, title: str) -> int:
    from dashboard.answers.rotation_keeping import keep  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    return keep(home_of(home), local_viewer(), found, title)


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
    asked: Asked = answers.Asked(parse_date(as_of, "--as-of"), monday, weeks, budget, weights)
    where = home_of(home)
    warehouse_in(where)
    make_current(where)
    return answers.room(warehouse_in(where), local_viewer(), asked)


def _print_remarks(room: Room) -> None:
    for remark in room.remarks:
        output.print(remark_text(remark), markup=False, soft_wrap=True)


def _print_points(title: str, before: Evaluation, after: Evaluation) -> None:
    headings = [(_("term"), "left"), (_("present roster"), "right"), (_("plan"), "right"), (_("change"), "right")]
    rows = [
        [term_text(name), f"{before.terms[name]:,.0f}", f"{points:,.0f}", f"{points - before.terms[name]:+,.0f}"]
        for name, points in after.terms.items()
        if points or before.terms[name]
    ]
    rows.append([_("total"), f"{before.total:,.0f}", f"{after.total:,.0f}", f"{after.total - before.total:+,.0f}"])
    output.print(table(title, headings, rows))


def _print_moves(room: Room, plan: Plan) -> None:
    from analytics.rotation.moves import kept_share, moves  # noqa: PLC0415 - as above

    problem = room.problem
    every = moves(problem, plan, room.base)
    near = [move for move in every if move.first_week < problem.budget_weeks]
    rows = [
        [
            str(number),
            problem.person_ids[move.person],
            f"{date_text(problem.weeks[move.first_week])} – {date_text(problem.weeks[move.last_week])}",
            _place(problem, move.before, is_remote=move.was_remote),
            _place(problem, move.after, is_remote=move.is_remote),
        ]
        for number, move in enumerate(near, start=1)
    ]
    headings = [("#", "right"), (_("person"), "left"), (_("weeks"), "left"), (_("roster"), "left"), (_("plan"), "left")]
    output.print(table(_("Moves that begin in the next four weeks"), headings, rows))
    if len(every) > len(near):
        output.print(_("{count} more begin later; --json and --out hold all.").format(count=len(every) - len(near)))
    output.print(
        _("{share:.0%} of the roster of the next four weeks is kept.").format(
            share=kept_share(problem, plan, room.base)
        )
    )


def _place(problem: Problem, project: int, *, is_remote: bool) -> str:
    if project < 0:
        return _("home")
    name = problem.project_ids[project]
    return _("{project} from home").format(project=name) if is_remote else name


def _print_gaps(problem: Problem, plan: Plan, found: Evaluation) -> None:
    from analytics.rotation.gaps import gaps  # noqa: PLC0415 - as above

    rows = [
        [
            problem.project_ids[problem.role_project[gap.role]],
            problem.role_skills[gap.role],
            f"{gap.head_weeks:,.1f}",
            str(len(gap.weeks)),
            reason_text(gap.reason),
            way_out_text(gap.way_out, gap.head_weeks),
        ]
        for gap in gaps(problem, plan, found)
    ]
    headings = [
        (_("project"), "left"),
        (_("skill"), "left"),
        (_("person-weeks open"), "right"),
        (_("weeks"), "right"),
        (_("in the way"), "left"),
        (_("way out"), "left"),
    ]
    if rows:
        output.print(table(_("What stays open"), headings, rows))


def _print_todos(room: Room, plan: Plan) -> None:
    from analytics.rotation.abroad import stays_abroad  # noqa: PLC0415 - as above

    problem = room.problem
    for stay in stays_abroad(problem, plan, room.base):
        text = abroad_text(
            problem.person_ids[stay.person], stay.country, problem.weeks[stay.first_week], problem.weeks[stay.last_week]
        )
        output.print(text, markup=False, soft_wrap=True)


def _print_violations(problem: Problem, broken: tuple[Violation, ...]) -> None:
    if not broken:
        return
    rows = [
        [
            rule_text(one.rule),
            problem.person_ids[one.person] if one.person >= 0 else "",
            problem.project_ids[one.project] if one.project >= 0 else "",
            date_text(problem.weeks[one.week]) if one.week >= 0 else "",
            one.detail,
        ]
        for one in broken
    ]
    headings = [
        (_("rule"), "left"),
        (_("person"), "left"),
        (_("project"), "left"),
        (_("week"), "left"),
        (_("detail"), "left"),
    ]
    output.print(table(_("The plan is not feasible: rules it breaks"), headings, rows))


def _print_explanation(one: dict[str, Any]) -> None:
    headings = [(_("term"), "left"), (_("change"), "right")]
    title = str(one["title"])
    if one.get("reason"):
        output.print(f"{title}: {reason_text(str(one['reason']))}", markup=False, soft_wrap=True)
        return
    rows = [[term_text(name), f"{points:+,.1f}"] for name, points in one["terms"].items() if abs(points) > 0.05]
    rows.append([_("total"), f"{one['total']:+,.1f}"])
    output.print(table(title, headings, rows))
