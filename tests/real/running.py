"""Runs the real command line in a process of its own, and reads the home that it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.home import HOME_VARIABLE, Home
from data.publishing import published_file
from data.warehouse import open_for_reading

if TYPE_CHECKING:
    import pandas as pd

_ROOT: Final = Path(__file__).parents[2]
#: Ten times what the slowest command needs: a hang ends the test, a slow machine does not.
_PATIENCE_SECONDS: Final = 300


@dataclass(frozen=True)
class Answer:
    """What a command printed as JSON, and how long it took."""

    said: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class Imported:
    """An import: the report of each table."""

    answer: Answer

    def __getitem__(self, table: str) -> dict[str, Any]:
        """Return the report of the one file that held ``table``."""
        (found,) = [file for file in self.files if file["table"] == table]
        return found

    @property
    def files(self) -> list[dict[str, Any]]:
        """The report of each file."""
        files: list[dict[str, Any]] = self.answer.said["files"]
        return files

    @property
    def batch_ids(self) -> list[int]:
        """The numbers of the batches."""
        return [file["batch_id"] for file in self.files]


def golive(*words: str | Path, home: Path) -> Answer:
    """Run ``golive WORDS --json --home HOME``; anything but success fails the test with what was printed."""
    command = [sys.executable, "-m", "dashboard", *map(str, words), "--json", "--home", str(home)]
    environment = {name: value for name, value in os.environ.items() if name != HOME_VARIABLE}
    began = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    seconds = time.perf_counter() - began
    assert done.returncode == 0, (
        f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr}"
    )
    return Answer(json.loads(done.stdout), seconds)


def read(home: Path, query: str, **values: object) -> pd.DataFrame:
    """Return the rows of a query to the published warehouse."""
    file = published_file(Home(home))
    assert file is not None
    with open_for_reading(file) as connection:
        return connection.execute(query, values or None).df()
