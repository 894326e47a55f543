"""Rosters in the terminal: points, moves, gaps, broken rules, explanations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dashboard.commands.common import table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views.rotation_words import abroad_text, reason_text, remark_text, rule_text, term_text, way_out_text
from dashboard.views.words import amount_text, date_text, number_text, percent_text, signed_number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.rotation.evaluating import Evaluation, Violation
    from analytics.rotation.problem import Plan, Problem
    from dashboard.answers.rotation import Answer, Room


class Names:
    """What people and projects are called in the terminal: by name, with the id that options ask for."""

    def __init__(self, problem: Problem, people: Mapping[str, str], projects: Mapping[str, str]) -> None:
        self._people = [_named(one, people) for one in problem.person_ids]
        self._projects = [_named(one, projects) for one in problem.project_ids]
        self.by_id = dict(zip(problem.project_ids, self._projects, strict=True)) | dict(
            zip(problem.person_ids, self._people, strict=True)
        )

    def person(self, number: int) -> str:
        """Return a person's name and id."""
        return self._people[number]

    def project(self, number: int) -> str:
        """Return a project's name and id."""
        return self._projects[number]


def _named(one: str, names: Mapping[str, str]) -> str:
    name = names.get(one)
    return f"{name} ({one})" if name and name != one else one


def print_proposal(room: Room, found: Answer, names: Names) -> None:
    """Show a proposal: its points, how near to the best it is, moves, what stays open, what is to be done."""
    from dashboard.views.rotation import quality_sentence  # noqa: PLC0415 - its libraries take a second to load

    print_remarks(room, names)
    proposal = found.proposal
    print_points(_("Points of the proposal"), found.before, found.after)
    output.print(quality_sentence(proposal.total, proposal.bound, is_proven=proposal.is_proven))
    print_moves(room, proposal.plan, names)
    print_gaps(room.problem, proposal.plan, found.after, names)
    print_todos(room, proposal.plan, names)
    print_violations(room.problem, found.after.violations, names)


def print_remarks(room: Room, names: Names) -> None:
    """Say what a reader must know about the input."""
    for remark in room.remarks:
        output.print(remark_text(remark, names.by_id), markup=False, soft_wrap=True)


def print_points(title: str, before: Evaluation, after: Evaluation) -> None:
    """Show each term of two plans and the change."""
    headings = [(_("term"), "left"), (_("present roster"), "right"), (_("plan"), "right"), (_("change"), "right")]
    rows = [
        [term_text(name), *_changed(before.terms[name], points)]
        for name, points in after.terms.items()
        if points or before.terms[name]
    ]
    rows.append([_("total"), *_changed(before.total, after.total)])
    output.print(table(title, headings, rows))


def _changed(before: float, after: float) -> tuple[str, str, str]:
    """Return two points and their difference, of the figures that stand beside it."""
    was, now = round(before), round(after)
    return number_text(was), number_text(now), signed_number_text(now - was, 0)


def print_moves(room: Room, plan: Plan, names: Names) -> None:
    """Show the moves that begin in the next weeks."""
    from analytics.rotation.moves import kept_share, moves  # noqa: PLC0415 - its libraries take a second to load

    problem = room.problem
    every = moves(problem, plan, room.base)
    near = [move for move in every if move.first_week < problem.budget_weeks]
    rows = [
        [
            str(number),
            names.person(move.person),
            _days(problem, move.first_week, move.last_week),
            _place(names, move.before, is_remote=move.was_remote),
            _place(names, move.after, is_remote=move.is_remote),
        ]
        for number, move in enumerate(near, start=1)
    ]
    headings = [("#", "right"), (_("person"), "left"), (_("weeks"), "left"), (_("roster"), "left"), (_("plan"), "left")]
    output.print(table(_("Moves that begin in the next four weeks"), headings, rows))
    if len(every) > len(near):
        output.print(_("{count} more begin later; --json and --out hold all.").format(count=len(every) - len(near)))
    output.print(
        _("{share} of the weeks of the roster keep their project in the next four weeks.").format(
            share=percent_text(kept_share(problem, plan, room.base))
        )
    )


def _days(problem: Problem, first_week: int, last_week: int) -> str:
    """Return the days from the Monday of one week to the Sunday of another."""
    sunday = problem.weeks[last_week] + timedelta(days=6)
    return f"{date_text(problem.weeks[first_week])} – {date_text(sunday)}"


def _place(names: Names, project: int, *, is_remote: bool) -> str:
    if project < 0:
        return _("home")
    name = names.project(project)
    return _("{project} from home").format(project=name) if is_remote else name


def print_gaps(problem: Problem, plan: Plan, found: Evaluation, names: Names) -> None:
    """Show what stays open, what is in the way and the way out."""
    from analytics.rotation.gaps import gaps  # noqa: PLC0415 - as above

    rows = [
        [
            names.project(int(problem.role_project[gap.role])),
            problem.role_skills[gap.role],
            amount_text(gap.head_weeks),
            amount_text(gap.onsite_weeks),
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
        (_("short on site"), "right"),
        (_("weeks"), "right"),
        (_("in the way"), "left"),
        (_("way out"), "left"),
    ]
    if rows:
        output.print(table(_("What stays open"), headings, rows))


def print_todos(room: Room, plan: Plan, names: Names) -> None:
    """Say what each new stay abroad asks for."""
    from analytics.rotation.abroad import stays_abroad  # noqa: PLC0415 - as above

    problem = room.problem
    for stay in stays_abroad(problem, plan, room.base):
        text = abroad_text(
            names.person(stay.person), stay.country, problem.weeks[stay.first_week], problem.weeks[stay.last_week]
        )
        output.print(text, markup=False, soft_wrap=True)


def print_violations(problem: Problem, broken: tuple[Violation, ...], names: Names) -> None:
    """Show the rules that a plan breaks."""
    if not broken:
        return
    rows = [
        [
            rule_text(one.rule),
            names.person(one.person) if one.person >= 0 else "",
            names.project(one.project) if one.project >= 0 else "",
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


def print_explanation(one: dict[str, Any]) -> None:
    """Show what one move does to each term."""
    headings = [(_("term"), "left"), (_("change"), "right")]
    title = str(one["title"])
    if one.get("reason"):
        output.print(f"{title}: {reason_text(str(one['reason']))}", markup=False, soft_wrap=True)
        return
    rows = [
        [term_text(name), signed_number_text(points)] for name, points in one["terms"].items() if abs(points) > 0.05
    ]
    rows.append([_("total"), signed_number_text(one["total"])])
    output.print(table(title, headings, rows))
