"""A killed, stopped or crowded import: the last published state opens unharmed, and the next import works."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from data.home import Home
from tests.commands.running import ROOT, finish, start
from tests.data.firm import Firm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOURS = "person_id,project_id,work_date,worked_hours"
#: An import is killed so often; each time at a later part of it.
KILLS_COUNT = 10

#: Has everything imported once; each line on its input is an import that runs in a process of its own.
ZYGOTE = """
import os, sys
import dashboard.cli
for line in sys.stdin:
    home, *files = line.rstrip("\\n").split("\\t")
    print("ready", flush=True)
    process = os.fork()
    if process == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        sys.argv = ["golive", "import", *files, "--home", home]
        dashboard.cli.main()
    print(process, flush=True)
    _, status = os.waitpid(process, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.fixture
def zygote() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", ZYGOTE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.wait(timeout=30)
    process.stdout.close()


def imported(
    zygote: subprocess.Popen[str], home: Path, files: list[Path], kill_after: float | None
) -> tuple[int, float]:
    """Import in a new process; return its exit code and how long it ran. ``kill_after`` seconds it is killed."""
    assert zygote.stdin is not None
    assert zygote.stdout is not None
    zygote.stdin.write("\t".join(map(str, [home, *files])) + "\n")
    zygote.stdin.flush()
    assert zygote.stdout.readline() == "ready\n"
    process, began = int(zygote.stdout.readline()), time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        with contextlib.suppress(ProcessLookupError):  # it has ended just now
            os.kill(process, signal.SIGKILL)
    code = int(zygote.stdout.readline())
    return code, time.monotonic() - began


def begun(firm: Firm) -> list[Path]:
    """Publish a first state; return the files of the second."""
    weeks = [f"2026-0{month}-{day:02d}" for month in (1, 2, 3) for day in (5, 12, 19)]
    rows = [f"{who},p1,{day},8" for day in weeks for who in ("ana", "bo")]
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-05")
    firm.take_in_text("timesheets.csv", "\n".join([HOURS, *rows]))
    return [
        firm.file("timesheets new.csv", f"{HOURS}\nana,p1,2026-01-05,6\nana,p1,2026-03-26,8"),
        firm.file("people.csv", "person_id,weekly_hours\nana,40\nbo,40"),
    ]


def state(firm: Firm) -> list[tuple[object, ...]]:
    return firm.rows(
        """
        select (select sum(worked_hours) from staging.timesheets), (select sum(worked_hours) from marts.project_weeks),
            (select count(*) from marts.people where is_listed), (select count(*) from raw.batches)
        """
    )


OLD, NEW = [(144.0, 144.0, 0, 2)], [(150.0, 150.0, 2, 4)]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_import_that_is_killed_at_any_moment_leaves_one_of_two_states(
    firm: Firm, zygote: subprocess.Popen[str], tmp_path: Path
) -> None:
    files = begun(firm)
    whole = tmp_path / "whole"
    shutil.copytree(firm.home.path, whole)
    code, seconds = imported(zygote, whole, files, None)
    assert code == 0
    chance = random.Random()  # noqa: S311 - moments, not secrets
    shares = [(number + chance.random()) / KILLS_COUNT for number in range(KILLS_COUNT)]
    killed_count, seen = 0, []
    for number, share in enumerate(shares):
        home = tmp_path / f"killed {number}"
        shutil.copytree(firm.home.path, home)
        moment = seconds * share
        code, lasted = imported(zygote, home, files, moment)
        killed_count += code == -signal.SIGKILL
        if code == 0:  # the machine was busier before: what an import takes is what the quickest one took
            seconds = min(seconds, lasted)
        killed = Firm(Home(home), firm.folder)
        found = state(killed)
        assert found in (OLD, NEW), f"killed after {moment:.3f} s of {seconds:.3f} s"
        seen.append(found == NEW)
        reports = killed.take_in(*files, now="2026-04-06")
        assert not any(report.problem for report in reports)
        assert state(killed)[0][:3] == NEW[0][:3]
        assert killed.differences() == {}, f"killed after {moment:.3f} s of {seconds:.3f} s"
        assert list(killed.home.scratch.iterdir()) == []
        shutil.rmtree(home)
    assert killed_count >= KILLS_COUNT // 2, f"most imports ended before they were killed: {seen}"


def test_two_imports_at_once_both_go_in(firm: Firm) -> None:
    files = [firm.file(f"timesheets {who}.csv", f"{HOURS}\n{who},p1,2026-03-02,8") for who in ("ana", "bo")]
    running = [start("import", file, "--home", firm.home.path) for file in files]
    ended = [finish(process) for process in running]
    assert [end.code for end in ended] == [0, 0], ended
    assert firm.rows("select count(*), sum(worked_hours) from staging.timesheets") == [(2, 16.0)]
    assert firm.differences() == {}


@pytest.mark.parametrize("seconds", [0.02, 0.25, 0.5])
def test_ctrl_c_stops_an_import_with_a_word_and_without_harm(firm: Firm, seconds: float) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    rows = [f"p{n},p1,2026-03-02,8" for n in range(200_000)]
    process = start("import", firm.file("timesheets many.csv", "\n".join([HOURS, *rows])), "--home", firm.home.path)
    deadline = time.monotonic() + 30
    while not list(firm.home.scratch.glob("import-*")):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.005)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    ended = finish(process)
    assert ended.code == 130, ended
    assert "untouched" in ended.err
    assert "Traceback" not in ended.words
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,6")
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(6.0,)]
    assert firm.differences() == {}


@pytest.mark.parametrize("kilobytes", [1, 60, 700, 2_000])
def test_a_full_disk_stops_an_import_with_a_word_and_without_harm(firm: Firm, kilobytes: int) -> None:
    """A limit on the size of a file fails as a full disk does: somewhere in the middle of a write."""
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8")
    rows = [f"p{n},project {n},2026-03-{1 + n % 28:02d},{1 + n % 8}" for n in range(60_000)]
    file = firm.file("timesheets many.csv", "\n".join([HOURS, *rows]))

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    ended = finish(start("import", file, "--home", firm.home.path, preexec_fn=limited))
    assert ended.code == 1, ended
    assert "full" in ended.err, ended
    assert "Nothing was changed" in ended.err
    assert "Traceback" not in ended.words
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]
    assert firm.differences() == {}
    assert list(firm.home.scratch.iterdir()) == []
