"""A command waits for nothing that it does not need."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from dashboard.cli import COMMANDS, real_command

#: Libraries that take long to load: only what reckons or draws may wait for them.
SLOW = ("duckdb", "matplotlib", "numpy", "pandas", "plotly", "scipy", "sqlalchemy", "statsmodels", "streamlit")


def loaded_by(*arguments: str) -> set[str]:
    """Return the libraries that a run of the command line has loaded."""
    script = (
        "import sys\n"
        "from dashboard.cli import main\n"
        "sys.argv = ['golive', *sys.argv[1:]]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    print('loaded', *sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stderr.rpartition("loaded")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), (), ("no-such-command",)])
def test_help_and_usage_load_none_of_the_large_libraries(arguments: tuple[str, ...]) -> None:
    found = loaded_by(*arguments)
    assert "typer" in found
    assert found.isdisjoint(SLOW)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_help_is_that_of_the_command_itself(name: str) -> None:
    command = real_command(name)
    first = inspect.cleandoc(command.help or "").partition("\n\n")[0].replace("\n", " ")
    assert first == COMMANDS[name][1]


def test_no_command_loads_the_dashboard_s_server_before_it_serves() -> None:
    script = "from dashboard.cli import COMMANDS, real_command\nfor name in COMMANDS: real_command(name)\nimport sys\n"
    script += "print('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "False"
