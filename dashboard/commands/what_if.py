"""``golive what-if``: what a project's forecast would be if something were done differently."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from analytics.delay.scenario_steps import Step
from dashboard.answers import everything as answers
from dashboard.commands import levers
from dashboard.commands import what_if_register as register_of
from dashboard.commands.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    open_home,
    parse_as_of,
    parse_date,
    print_json,
    rows_of,
    table,
)
from dashboard.commands.console import output
from dashboard.commands.what_if_register import kept_scenario
from dashboard.i18n import _
from dashboard.views import scenarios as views
from dashboard.views.typed import texts_of
from dashboard.views.words import date_text, late_meaning
from data.problems import GoliveError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from dashboard.answers.viewers import Viewer
    from data.home import Home

#: A person without a word on hours works so many a week.
_PERSON_HOURS: Final = "40"
_Texts = list[str] | None

_Project = Annotated[str, typer.Argument(metavar="PROJECT", help=_("Number of the project."))]
_Add = Annotated[
    _Texts, typer.Option("--add-person", metavar="DATE[:HOURS]", help=_("A person joins from then on (40 h a week)."))
]
_Take = Annotated[
    _Texts, typer.Option("--take-person", metavar="DATE[:HOURS]", help=_("A person leaves from then on (40 h a week)."))
]
_Leave = Annotated[
    _Texts,
    typer.Option("--leave", metavar="DATE..DATE[:HOURS]", help=_("A person is away from the first to the last day.")),
]
_Freeze = Annotated[
    str | None,
    typer.Option(
        "--freeze", metavar="DATE|SHARE%", help=_("No new change requests from a day, or a share of the work.")
    ),
]
_Accept = Annotated[_Texts, typer.Option("--accept", metavar="REQUEST", help=_("A pending request is accepted now."))]
_Refuse = Annotated[_Texts, typer.Option("--refuse", metavar="REQUEST", help=_("A pending request is refused now."))]
_Scope = Annotated[
    str | None, typer.Option("--scope", metavar="HOURS", help=_("Work on top; negative takes scope out."))
]
_Shift = Annotated[
    str | None, typer.Option("--shift-start", metavar="WEEKS", help=_("The rest of the work starts so much later."))
]
_NotBefore = Annotated[
    str | None, typer.Option("--not-before", metavar="DATE", help=_("No go-live before this day of the client's."))
]
_Name = Annotated[str, typer.Option("--name", metavar="TEXT", help=_("What the scenario is called."))]
_Compare = Annotated[
    list[int] | None, typer.Option("--compare", metavar="NUMBER", help=_("Kept scenarios to put beside it."))
]
_Save = Annotated[bool, typer.Option("--save", help=_("Keep it in the journal; its number finds it again."))]
_List = Annotated[bool, typer.Option("--list", help=_("Show the kept scenarios and decisions of the project."))]
_Adopt = Annotated[
    int | None, typer.Option("--adopt", metavar="NUMBER", help=_("Make a kept scenario a decision, with --owner."))
]
_Owner = Annotated[str, typer.Option("--owner", metavar="NAME", help=_("Who does what was decided."))]
_Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help=_("Until when it is done."))]
_Rename = Annotated[
    int | None, typer.Option("--rename", metavar="NUMBER", help=_("Give a kept scenario another name, with --name."))
]
_Delete = Annotated[int | None, typer.Option("--delete", metavar="NUMBER", help=_("Delete a kept scenario."))]
_Withdraw = Annotated[int | None, typer.Option("--withdraw", metavar="NUMBER", help=_("Take a decision back."))]
_Levers = Annotated[bool, typer.Option("--levers", help=_("Show what the usual levers would win."))]
_Sure = Annotated[bool, typer.Option("--yes", help=_("Delete or withdraw without asking."))]


def what_if_command(
    project: _Project,
    add_person: _Add = None,
    take_person: _Take = None,
    leave: _Leave = None,
    freeze: _Freeze = None,
    accept: _Accept = None,
    refuse: _Refuse = None,
    scope: _Scope = None,
    shift_start: _Shift = None,
    not_before: _NotBefore = None,
    name: _Name = "",
    compare: _Compare = None,
    is_save: _Save = False,
    is_list: _List = False,
    is_levers: _Levers = False,
    adopt: _Adopt = None,
    owner: _Owner = "",
    due: _Due = None,
    rename: _Rename = None,
    delete: _Delete = None,
    withdraw: _Withdraw = None,
    is_sure: _Sure = False,
    as_of: AsOfOption = None,
    home: HomeOption = None,
    is_json: JsonOption = False,
) -> None:
    """Show what a project's forecast would be if something were done differently: people, leave, scope, start, go-live.

    Both are played on the same random numbers, so that the difference is the scenario's own.

    Examples
    --------

        golive what-if P-7 --levers

        golive what-if P-7 --add-person 2026-12-07 --freeze 70%

        golive what-if P-7 --leave 2026-12-21..2027-01-03:40 --refuse CR-12 --save --name "winter"

        golive what-if P-7 --compare 3 --compare 4 --json

        golive what-if P-7 --adopt 3 --owner "Ana Weber" --due 2026-12-18

        golive what-if P-7 --rename 3 --name "winter, without Ana"

        golive what-if P-7 --withdraw 1 --yes
    """  # noqa: D412 - the help page shows the lines as they stand
    day, work = parse_as_of(as_of), _RegisterWork(adopt, rename, delete, withdraw, is_list=is_list)
    work.check(owner, name)
    who = _people_steps(add_person, take_person, leave)
    steps = [*who, *_other_steps(freeze, accept, refuse, scope, shift_start, not_before)]
    if is_levers and (steps or compare or work.is_asked):
        raise typer.BadParameter(_("It stands alone: ask for the rest without it."), param_hint="--levers")
    if not (steps or compare or work.is_asked or is_levers):
        raise typer.BadParameter(_("Say what is done differently, for example --add-person 2026-12-07."))
    due_day = parse_date(due, "--due")
    where, file, viewer = _opened(home, project)
    if work.is_asked:
        work.do(register_of.Register(where, viewer, project, is_json=is_json, is_sure=is_sure), owner, due_day, name)
        return
    if is_levers:
        levers.show_levers(file, viewer, day, project, is_json=is_json)
        return
    own = (name.strip() or _("this"), steps)
    _compared(where, file, viewer, day, project, own, compare or [], is_save=is_save, is_json=is_json)


@dataclass(frozen=True)
class _RegisterWork:
    """What is asked of kept scenarios and decisions; at most one of it is done."""

    adopt: int | None
    rename: int | None
    delete: int | None
    withdraw: int | None
    is_list: bool

    @property
    def is_asked(self) -> bool:
        """Tell whether anything is asked."""
        return self.is_list or any(one is not None for one in (self.adopt, self.rename, self.delete, self.withdraw))

    def check(self, owner: str, name: str) -> None:
        """Refuse what lacks an owner or a name."""
        if self.adopt is not None and not owner.strip():
            raise typer.BadParameter(_("Who does it? Say it with --owner."), param_hint="--adopt")
        if self.rename is not None and not name.strip():
            raise typer.BadParameter(_("How shall it be called? Say it with --name."), param_hint="--rename")

    def do(self, register: register_of.Register, owner: str, due_day: date | None, name: str) -> None:
        """Do the first that is asked."""
        if self.adopt is not None:
            register_of.adopt(register, self.adopt, owner, due_day)
        elif self.rename is not None:
            register_of.rename(register, self.rename, name)
        elif self.delete is not None:
            register_of.delete(register, self.delete)
        elif self.withdraw is not None:
            register_of.withdraw(register, self.withdraw)
        else:
            register_of.show_list(register)


def _opened(home: Path | None, project: str) -> tuple[Home, Path, Viewer]:
    """Open the home and refuse a project that it does not know."""
    where, file = open_home(home)
    _refuse_unknown(answers.projects(file), project)
    return where, file, answers.local_viewer()


def _people_steps(joining: _Texts, leaving: _Texts, away: _Texts) -> list[Step]:
    """Return the steps that change who works on the project."""
    return [
        *(_person("add_hours", text, "--add-person") for text in joining or ()),
        *(_person("take_hours", text, "--take-person") for text in leaving or ()),
        *(_away(text) for text in away or ()),
    ]


def _other_steps(
    freeze: str | None,
    accept: _Texts,
    refuse: _Texts,
    scope: str | None,
    shift_start: str | None,
    not_before: str | None,
) -> list[Step]:
    """Return the steps that change requests, scope, start and go-live."""
    return [
        *([_frozen(freeze)] if freeze else ()),
        *(Step("accept", request_id=text) for text in accept or ()),
        *(Step("refuse", request_id=text) for text in refuse or ()),
        *([Step("scope", hours=_number(scope, "--scope"))] if scope else ()),
        *([Step("shift_start", weeks=_number(shift_start, "--shift-start"))] if shift_start else ()),
        *([Step("not_before", from_date=_day(not_before, "--not-before"))] if not_before else ()),
    ]


def _refuse_unknown(projects: pd.DataFrame, project: str) -> None:
    if project not in set(projects["project_id"]):
        raise GoliveError(
            _("No project has the number {project}.").format(project=project),
            _("`golive forecast` lists the running projects."),
        )


def _compared(
    where: Home,
    file: Path,
    viewer: Viewer,
    as_of_date: date | None,
    project: str,
    own: tuple[str, Sequence[Step]],
    others: list[int],
    *,
    is_save: bool,
    is_json: bool,
) -> None:
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as above

    day = as_of_date or answers.as_of_date(file)
    kept = [kept_scenario(where, project, number) for number in others]
    named = {own[0]: list(own[1])} if own[1] else {}
    named |= {f"{one.scenario_id}: {one.title}": loading.steps_of(one) for one in kept}
    found = loading.compared(file, viewer, day, project, named)
    number = None
    if is_save and own[1]:
        result = found[found["scenario"] == own[0]].to_dict("records")[0]
        number = loading.keep_scenario(
            viewer, project, day, own[0], own[1], {str(key): value for key, value in result.items()}, where
        )
    committed_by = answers.committed_by(file)
    if is_json:
        print_json(
            {
                "project_id": project,
                "as_of_date": day,
                "committed_by": committed_by,
                "rows": rows_of(found),
                "scenario_id": number,
            }
        )
        return
    worded = texts_of(views.scenario_table(found))
    title = _("{project}, as known on {day}").format(project=project, day=date_text(day))
    output.print(table(title, [(str(column), "left") for column in worded.columns], worded.to_numpy().tolist()))
    output.print(views.scenario_sentence(found), markup=False, soft_wrap=True)
    output.print(late_meaning(committed_by), markup=False, soft_wrap=True)
    output.print(views.limits_sentence(), markup=False, soft_wrap=True)
    if number is not None:
        output.print(_("Kept as scenario {number}.").format(number=number), markup=False)


def _person(kind: str, text: str, option: str) -> Step:
    day, _sign, hours = text.partition(":")
    return Step(kind, hours=_number(hours or _PERSON_HOURS, option), from_date=_day(day, option))


def _away(text: str) -> Step:
    days, _sign, hours = text.partition(":")
    first, dots, last = days.partition("..")
    if not dots:
        raise typer.BadParameter(
            _("“{text}” is no span. Write it as 2026-12-21..2027-01-03.").format(text=text), param_hint="--leave"
        )
    weekly = _number(hours or _PERSON_HOURS, "--leave")
    return Step("take_hours", hours=weekly, from_date=_day(first, "--leave"), to_date=_day(last, "--leave"))


def _frozen(text: str) -> Step:
    if text.endswith("%"):
        return Step("freeze_progress", share=_number(text[:-1], "--freeze") / 100)
    return Step("freeze_date", from_date=_day(text, "--freeze"))


def _day(text: str, option: str) -> str:
    return str(parse_date(text, option))


def _number(text: str, option: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise typer.BadParameter(_("“{text}” is not a number.").format(text=text), param_hint=option)
    return number
