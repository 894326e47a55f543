"""What was kept and decided of a project: the options of ``golive what-if`` that list, adopt, rename and take back."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from dashboard.commands.common import print_json, table
from dashboard.commands.console import output
from dashboard.i18n import _
from dashboard.views import scenarios as views
from dashboard.views.typed import texts_of
from data.problems import GoliveError

if TYPE_CHECKING:
    from datetime import date

    from dashboard.answers.viewers import Viewer
    from data.home import Home
    from data.journal import Scenario


@dataclass(frozen=True)
class Register:
    """What is kept and decided of one project, and who asks.

    Parameters
    ----------
    is_sure
        Nothing is asked before something is deleted or withdrawn.
    """

    home: Home
    viewer: Viewer
    project: str
    is_json: bool
    is_sure: bool = False


def kept_scenario(where: Home, project: str, number: int) -> Scenario:
    """Return a kept scenario of this project."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as above

    found = loading.kept_scenario(number, where)
    if found.project_id != project:
        raise GoliveError(
            _("Scenario {number} is about {other}, not about {project}.").format(
                number=number, other=found.project_id, project=project
            ),
            _("`golive what-if {project} --list` shows those of this project.").format(project=project),
        )
    return found


def adopt(register: Register, number: int, owner: str, due: date | None) -> None:
    """Make a kept scenario a decision; the same once more makes no second one."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as below

    kept = kept_scenario(register.home, register.project, number)
    is_new = loading.decision_of(number, register.home) is None
    decision = loading.adopt_scenario(register.viewer, number, owner, due, "", register.home)
    if register.is_json:
        print_json({"decision_id": decision, "scenario_id": number, "is_new": is_new, "prediction": dict(kept.result)})
        return
    if not is_new:
        output.print(_("That is decided already, as decision {number}; nothing was added.").format(number=decision))
        return
    output.print(
        _("Decision {decision}: “{title}”, by {owner}. What was predicted is kept with it.").format(
            decision=decision, title=kept.title, owner=owner
        ),
        markup=False,
    )


def rename(register: Register, number: int, title: str) -> None:
    """Give a kept scenario another name."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as below

    kept_scenario(register.home, register.project, number)
    loading.rename_scenario(register.viewer, number, title, register.home)
    _say(register, {"scenario_id": number, "title": title}, _("Scenario {number} is now called “{title}”."))


def delete(register: Register, number: int) -> None:
    """Take a kept scenario out of every list, after a second word."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as below

    kept = kept_scenario(register.home, register.project, number)
    _ask(register, _("Delete scenario {number}, “{title}”?").format(number=number, title=kept.title))
    loading.delete_scenario(register.viewer, number, register.home)
    _say(register, {"scenario_id": number, "is_deleted": True}, _("Scenario {scenario_id} was deleted."))


def withdraw(register: Register, number: int) -> None:
    """Take a decision back, after a second word."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as below

    decided = loading.decisions(register.project, register.home)
    found = next((one for one in decided if one.decision_id == number), None)
    if found is None:
        raise GoliveError(
            _("Project {project} has no decision {number}.").format(project=register.project, number=number),
            _("`golive what-if {project} --list` shows those of this project.").format(project=register.project),
        )
    _ask(register, _("Withdraw decision {number}, “{title}”?").format(number=number, title=found.title))
    loading.withdraw_decision(register.viewer, number, register.home)
    _say(register, {"decision_id": number, "is_withdrawn": True}, _("Decision {decision_id} was withdrawn."))


def _ask(register: Register, question: str) -> None:
    """Ask for a second word; where nobody can answer, nothing is done."""
    if register.is_sure:
        return
    if register.is_json or not sys.stdin.isatty():
        raise GoliveError(question, _("Nothing was done. Say --yes to do it."))
    if not typer.confirm(question, err=True):
        raise GoliveError(_("Nothing was done."))


def _say(register: Register, told: dict[str, Any], words: str) -> None:
    if register.is_json:
        print_json(told)
    else:
        output.print(words.format(**{"number": told.get("scenario_id"), **told}), markup=False)


def show_list(register: Register) -> None:
    """Show what is kept and decided."""
    from dashboard.answers import scenarios as loading  # noqa: PLC0415 - as above

    kept, decided = (
        loading.kept_scenarios(register.project, register.home),
        loading.decisions(register.project, register.home),
    )
    if register.is_json:
        print_json({"scenarios": [_plain(one) for one in kept], "decisions": [_plain(one) for one in decided]})
        return
    texts = [views.steps_text(loading.steps_of(one)) for one in kept]
    for title, rows in (
        (_("Kept scenarios"), views.kept_table(kept, texts)),
        (_("Decisions"), views.decisions_table(decided)),
    ):
        if rows.empty:
            output.print(_("{what}: none.").format(what=title), markup=False)
            continue
        cells = [[str(cell) for cell in row] for row in texts_of(rows).to_numpy().tolist()]
        output.print(table(title, [(str(column), "left") for column in rows.columns], cells))


def _plain(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
