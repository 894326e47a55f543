"""``golive dashboard``: serve the pages to this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from dashboard.answers.writing import make_results
from dashboard.commands.common import HomeOption, home_of, make_current, progress
from dashboard.commands.console import output
from dashboard.i18n import _
from data.home import HOME_VARIABLE, Home
from data.problems import GoliveError

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
FIRST_PORT: Final = 8501
_PORTS_TRIED: Final = 50

PortOption = Annotated[
    int | None, typer.Option("--port", min=1, max=65_535, help=_("Port; default: the first free one from 8501 on."))
]


class ServeError(GoliveError):
    """The dashboard can't be served."""


def dashboard_command(
    port: PortOption = None,
    host: Annotated[
        str, typer.Option("--host", help=_("Address to answer on: this machine only, for now."))
    ] = "127.0.0.1",
    home: HomeOption = None,
) -> None:
    """Serve the dashboard to this machine's browser until Ctrl-C.

    Examples
    --------

        golive dashboard

        golive dashboard --home ~/golive-2026 --port 8600
    """  # noqa: D412 - the help page shows the lines as they stand
    if host not in LOOPBACK:
        raise typer.BadParameter(
            _(
                "{host} would show people's working hours to the network. Until sign-in is configured Golive answers to"
                " this machine only (127.0.0.1)."
            ).format(host=host),
            param_hint="--host",
        )
    where = home_of(home)
    make_current(where)
    with progress(is_quiet=False) as show:
        make_results(where, on_progress=show)
    raise typer.Exit(serve(where, port, host))


def serve(home: Home, port: int | None, host: str = "127.0.0.1") -> int:
    """Run the pages until they are stopped; return the exit code."""
    chosen = _port(host, port)
    app = Path(__file__).parents[1] / "server.py"
    shown = f"[{host}]" if ":" in host else host
    output.print(
        _("Golive shows {home} at http://{host}:{port}  (Ctrl-C ends it)").format(
            home=home.path, host=shown, port=chosen
        ),
        markup=False,
        soft_wrap=True,
    )
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app),
        "--server.address",
        host,
        "--server.port",
        str(chosen),
    ]
    return _run(command, {**os.environ, HOME_VARIABLE: str(home.path)})


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Become the server where the system can do that; else run it as a child that ends with this process.

    A server that is a child of its own outlives a command that is ended by a signal, and keeps the port.
    """
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, environment)  # noqa: S606 - our own interpreter and our own file
    process = subprocess.Popen(command, env=environment)  # noqa: S603 - as above
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        process.wait()


def _port(host: str, port: int | None) -> int:
    if port is not None:
        if not _is_free(host, port):
            raise ServeError(
                _("Port {port} is in use.").format(port=port),
                _(
                    "End what answers there (perhaps an older Golive), or choose another with --port; "
                    "without it a free one is taken."
                ),
            )
        return port
    for candidate in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        if _is_free(host, candidate):
            return candidate
    raise ServeError(_("No free port was found."), _("Choose one with --port."))


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
