"""The command ``golive``."""

from __future__ import annotations

import sys
from typing import Final, NoReturn

import typer
from typer.main import get_command

import dashboard.commands.absences  # noqa: F401 - joins `golive evaluate`
from dashboard.commands.analysing import forecast_command, workload_command
from dashboard.commands.backtesting import backtest_command
from dashboard.commands.common import errors
from dashboard.commands.demo import demo_command
from dashboard.commands.evaluating import evaluate_app
from dashboard.commands.finding import anomalies_command
from dashboard.commands.inspecting import inspect_command
from dashboard.commands.naming import names_command
from dashboard.commands.people import people_command
from dashboard.commands.rebuilding import rebuild_command
from dashboard.commands.reporting import report_command
from dashboard.commands.restating import restated_command
from dashboard.commands.serving import dashboard_command
from dashboard.commands.settings import settings_command
from dashboard.commands.status import status_command
from dashboard.commands.straining import strain_command
from dashboard.commands.taking_in import import_command
from dashboard.commands.undoing import redo_command, undo_command
from dashboard.commands.what_if import what_if_command
from dashboard.i18n import _
from data.problems import GoliveError

app = typer.Typer(
    name="golive",
    help=_("Golive shows late projects and overloaded engineers early, in one place. No data leaves this machine."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo_command)
app.command("inspect")(inspect_command)
app.command("import")(import_command)
app.command("dashboard")(dashboard_command)
app.command("status")(status_command)
app.command("forecast")(forecast_command)
app.command("what-if")(what_if_command)
app.command("workload")(workload_command)
app.command("strain")(strain_command)
app.command("backtest")(backtest_command)
app.add_typer(evaluate_app)
app.command("anomalies")(anomalies_command)
app.command("names")(names_command)
app.command("people")(people_command)
app.command("settings")(settings_command)
app.command("rebuild")(rebuild_command)
app.command("undo")(undo_command)
app.command("redo")(redo_command)
app.command("report")(report_command)
app.command("restated")(restated_command)


#: What DuckDB raises when a Ctrl-C comes in the middle of a query.
_INTERRUPTED: Final = "Query interrupted"


def main() -> NoReturn:
    """Run the command line; a problem that the user can mend ends in words, never in a traceback."""
    try:
        get_command(app)(prog_name="golive")
    except GoliveError as problem:
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
    errors.print(_("Stopped. What was published before is untouched."), markup=False)
