"""Run a piece of work in a process of its own and report its seconds and its peak memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Measured:
    """Seconds and megabytes of one run, and whatever the work reported."""

    seconds: float
    peak_mb: float
    result: dict[str, object]


def measured(work: str, *arguments: object) -> Measured:
    """Run ``tests.benchmarks.works.<work>`` with ``arguments`` in a new process."""
    command = [sys.executable, "-m", "tests.benchmarks.works", work, *map(str, arguments)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{work} failed:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Measured(found["seconds"], found["peak_mb"], found["result"])
