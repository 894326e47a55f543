"""``golive dashboard`` as a real process: it ends when it is told to, however it is told, and the port is free then."""

from __future__ import annotations

import signal
import socket
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.commands.running import Golive, finish, start

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

_PATIENCE_SECONDS = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_answered(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
            return True
    except OSError:
        return False


def _wait_until(wish: bool, port: int, process: subprocess.Popen[str], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _is_answered(port) == wish:
            return True
        if wish and process.poll() is not None:
            return False
        time.sleep(0.2)
    return False


@pytest.mark.parametrize(
    "sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL], ids=lambda one: one.name
)
def test_the_server_ends_with_its_command_and_frees_the_port(tmp_path: Path, sign: signal.Signals) -> None:
    port = _free_port()
    process = start("dashboard", "--home", tmp_path / "home", "--port", port)
    try:
        assert _wait_until(True, port, process, _PATIENCE_SECONDS), "the server did not start"
        process.send_signal(sign)
        process.wait(20)
        assert _wait_until(False, port, process, 5), "something still answers on the port"
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    finally:
        process.kill()
        finish(process)


def test_a_port_that_is_taken_is_said_with_what_to_do(golive: Golive, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        ended = golive("dashboard", "--home", tmp_path / "home", "--port", port)
    assert ended.code == 1
    assert f"Port {port} is in use." in ended.err
    assert "--port" in ended.err
