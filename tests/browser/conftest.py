"""A real server on the tiny firm and Debian's chromium on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from data.home import HOME_VARIABLE, Home
from tests.dashboard.conftest import company_home
from tests.dashboard.reviewed import with_review

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["company_home"]

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = Path(os.environ.get("GOLIVE_CHROMIUM", "/usr/bin/chromium"))
FLAGS: Final = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages live for seconds here: what the optimising compilers would win is never earned back.
    "--js-flags=--no-turbofan --no-maglev",
]
_START_SECONDS: Final = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the pages of the tiny firm to this machine and return their address."""
    with served(company_home, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def reviewed_server(company_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the tiny firm in which a review is open and alerts were raised."""
    folder = tmp_path_factory.mktemp("reviewed")
    home = Home(shutil.copytree(company_home.path, folder / "home"))
    with_review(home)
    with served(home, folder) as address:
        yield address


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[str]:
    """Serve a home into which nothing was imported."""
    with served(Home(tmp_path / "home"), tmp_path) as address:
        yield address


@contextlib.contextmanager
def served(home: Home, folder: Path) -> Iterator[str]:
    """Run a server on a home for as long as the block lasts."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "dashboard" / "server.py"),
        "--server.port",
        str(port),
    ]
    environment = {**os.environ, HOME_VARIABLE: str(home.path), "PYTHONPATH": str(ROOT)}
    log = folder / "server_log.txt"
    with log.open("wb") as target:
        process = subprocess.Popen(command, env=environment, stdout=target, stderr=target, cwd=ROOT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()
                process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return chromium. Outside of CI a machine without it skips; in CI that is a failure."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not there; install Debian's chromium or name another one with GOLIVE_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()
