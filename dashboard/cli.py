"""The command ``golive``."""

from __future__ import annotations

import importlib
import sys
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperCommand
from typer.main import get_command

from dashboard.i18n import _
from data.problems import GoliveError

#: Each command with the place of what runs it and its line of help: a command is imported when it is called, so that
#: help, completion and small commands don't wait for what only a forecast needs.
COMMANDS: Final = {
    "demo": (
        "dashboard.commands.demo:demo_command",
        _("Write the files of a made-up company, import them, and show them."),
    ),
    "inspect": (
        "dashboard.commands.inspecting:inspect_command",
        _(
            "Say what a file holds: which table, which system wrote it, what each column means "
            "and why, what must be asked."
        ),
    ),
    "import": (
        "dashboard.commands.taking_in:import_command",
        _("Take files in as they are: CSV, TSV, Excel, OpenDocument, Parquet, JSON, folders and zip files of them."),
    ),
    "dashboard": (
        "dashboard.commands.serving:dashboard_command",
        _("Serve the dashboard to this machine's browser until Ctrl-C."),
    ),
    "publish": (
        "dashboard.commands.publishing:publish_command",
        _("Put the figures of today on record: forecasts, what drives them, load, signs of overload, anomalies."),
    ),
    "status": (
        "dashboard.commands.status:status_command",
        _("Show what was imported, how far the data reach, and what deserves a look."),
    ),
    "forecast": (
        "dashboard.commands.analysing:forecast_command",
        _("Forecast when each running project finishes: a range, never one date."),
    ),
    "what-if": (
        "dashboard.commands.what_if:what_if_command",
        _(
            "Show what a project's forecast would be if something were done differently: people, "
            "leave, scope, start, go-live."
        ),
    ),
    "workload": (
        "dashboard.commands.analysing:workload_command",
        _("Show each person's load, nights away and facts about working-time limits."),
    ),
    "strain": (
        "dashboard.commands.straining:strain_command",
        _("Show signs of overload: the level of each person's working pattern, why, and what would bring relief."),
    ),
    "rotation": (
        "dashboard.commands.rotating:rotation_app",
        _("Propose who goes where in the next weeks, say what any plan costs, and why. A person decides."),
    ),
    "review": (
        "dashboard.commands.reviewing:review_app",
        _("Hold the weekly portfolio review: figures verified, agenda, decisions, announced dates, pack."),
    ),
    "alerts": (
        "dashboard.commands.alerts:alerts_app",
        _("Show alerts, acknowledge or snooze them, and test how they are sent."),
    ),
    "postmortem": (
        "dashboard.commands.postmortem:postmortem_command",
        _("Account for the weeks a project was late, replay it without a cause, say when it could have been known."),
    ),
    "backtest": (
        "dashboard.commands.backtesting:backtest_command",
        _(
            "Score the forecasts: on your own finished projects, on a folder of a firm's files, "
            "or on tables of status points."
        ),
    ),
    "evaluate": ("dashboard.commands.absences:evaluate_app", _("Prove the methods on cases whose answer is known.")),
    "anomalies": (
        "dashboard.commands.finding:anomalies_command",
        _("Show what in the imported rows is unlike its own past: what, where, how unusual, likely cause, what to do."),
    ),
    "names": (
        "dashboard.commands.naming:names_command",
        _("Show who is who across systems: what is taken for one, what may be one, and what no list knows."),
    ),
    "people": (
        "dashboard.commands.people:people_command",
        _("Show who is on the list, has no leaving date and has filed nothing for 13 weeks or longer, and say why."),
    ),
    "settings": (
        "dashboard.commands.settings:settings_command",
        _(
            "Show or change how figures are measured. The choice belongs to the home and counts "
            "on every page and command."
        ),
    ),
    "doctor": (
        "dashboard.commands.doctor:doctor_command",
        _("Say whether this machine has what Golive needs: rights, room, fonts, journal, channels; and what to do."),
    ),
    "rebuild": (
        "dashboard.commands.rebuilding:rebuild_command",
        _("Build the warehouse again from the inbox, row for row."),
    ),
    "undo": (
        "dashboard.commands.undoing:undo_command",
        _("Take one batch back. Later batches stay; every figure becomes what it would be without it."),
    ),
    "redo": (
        "dashboard.commands.undoing:redo_command",
        _("Put a batch back that was undone, in its old place among the others."),
    ),
    "report": (
        "dashboard.commands.reporting:report_command",
        _("Show what an import did: what was understood, what became of the rows, hours before and after."),
    ),
    "restated": (
        "dashboard.commands.restating:restated_command",
        _("Show which past weeks changed since the last review, by how much and by whose batch."),
    ),
}


class _Later(TyperCommand):
    """A command of which only name and line of help are known before it is called."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        return real_command(str(self.name)).make_context(info_name, args, *rest, **extra)


def real_command(name: str) -> Any:
    """Return the command itself, imported."""
    place, attribute = COMMANDS[name][0].split(":")
    found: Any = getattr(importlib.import_module(place), attribute)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return get_command(alone)


app = typer.Typer(
    name="golive",
    help=_("Golive shows late projects and overloaded engineers early, in one place. No data leaves this machine."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it with the value of the option
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - most calls don't ask

        from dashboard.commands.console import output  # noqa: PLC0415 - as above

        output.print(f"golive {version('golive')}", markup=False, highlight=False)
        raise typer.Exit


@app.callback()
def _before(
    *,
    is_version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help=_("Show the version and exit."))
    ] = False,
) -> None:
    """Stand before every command."""


def _called() -> None:
    """Stand for a command until it is called."""


for _name, (_place, _line) in COMMANDS.items():
    app.command(_name, cls=_Later, help=_line)(_called)


#: What DuckDB raises when a Ctrl-C comes in the middle of a query.
_INTERRUPTED: Final = "Query interrupted"


def main() -> NoReturn:
    """Run the command line; a problem that the user can mend ends in words, never in a traceback."""
    try:
        get_command(app)(prog_name="golive")
    except GoliveError as problem:
        from dashboard.commands.console import errors  # noqa: PLC0415 - most commands end well

        errors.print(problem.what, style="bold", markup=False, soft_wrap=True)
        if problem.advice:
            errors.print(problem.advice, markup=False, soft_wrap=True)
        sys.exit(1)
    except (KeyboardInterrupt, EOFError):
        _say_stopped()
        sys.exit(130)
    except SystemExit as end:
        if end.code == 130:  # Typer has caught the Ctrl-C
            _say_stopped()
        raise
    except RuntimeError as error:
        if str(error) != _INTERRUPTED:
            raise
        _say_stopped()
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(0)


def _say_stopped() -> None:
    from dashboard.commands.console import errors  # noqa: PLC0415 - most commands end well

    errors.print(_("Stopped. What was published before is untouched."), markup=False)
