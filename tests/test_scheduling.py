"""Tests of one file run on one worker, so that what they share is made once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.scheduling import APART, LONGEST, TOGETHER, group

ROOT = Path(__file__).parents[1]
FILE = """
import pytest

@pytest.mark.parametrize("number", range(6))
def test_number(number):
    assert number >= 0
"""


def test_each_file_runs_on_one_worker_and_both_workers_run(tmp_path: Path) -> None:
    for name in ("test_one.py", "test_two.py", "test_three.py"):
        (tmp_path / name).write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "-p", "tests.scheduling", "--rootdir", str(tmp_path)]
    options = ["--dist", "loadscope", "--no-loadscope-reorder", "-p", "no:cacheprovider", "-c", "/dev/null"]
    done = subprocess.run([*command, *options, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    workers = defaultdict(set)
    for worker, file in re.findall(r"\[(gw\d)\].*PASSED \S*?(test_\w+\.py)::", done.stdout):
        workers[file].add(worker)
    assert sorted(workers) == ["test_one.py", "test_three.py", "test_two.py"], done.stdout + done.stderr
    assert all(len(one) == 1 for one in workers.values())
    assert set.union(*workers.values()) == {"gw0", "gw1"}


def test_walks_are_apart_and_real_data_are_together() -> None:
    walk = "tests/browser/test_every_button.py::test_everything_on_a_page_can_be_pressed"
    assert group(f"{walk}[data]") != group(f"{walk}[review]")
    assert group("tests/real/test_pages.py::a") == group("tests/real/test_commands.py::b")
    assert group("tests/sql/test_weeks.py::a[x::y]") == "tests/sql/test_weeks.py"


@pytest.mark.parametrize("place", [*LONGEST, *TOGETHER, *APART])
def test_what_is_named_in_the_schedule_exists(place: str) -> None:
    assert (ROOT / place).exists()
