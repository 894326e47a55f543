"""How long commands take: the small ones against ``import duckdb``, and one more week of a big firm."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from data.home import Home
from data.publishing import published_file

_ROOT: Final = Path(__file__).parents[2]
_RUNS: Final = 5


@dataclass(frozen=True)
class Took:
    """What a command took: seconds on the clock, and of all processors."""

    seconds: float
    cpu_seconds: float


def took(*command: str) -> Took:
    """Run a command of its own and return what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def golive(*arguments: object) -> Took:
    """Run ``golive`` and return what it took."""
    return took(sys.executable, "-m", "dashboard", *map(str, arguments))


def measure_start_up(folder: Path) -> list[tuple[str, str, str, str]]:
    """Measure the processor time of commands that should be quick, each the median of some runs."""
    home = folder / "small"
    golive("demo", "--home", home, "--no-serve")
    base = _median([took(sys.executable, "-c", "import duckdb") for _ in range(_RUNS)])
    rows = [("python -c 'import duckdb' (processor time)", f"{base:.2f} s", "1.00", "")]
    for words, promise in (("--help", "< 0.4 s"), ("status", "< 1 s"), ("forecast", "")):
        arguments = [words] if words == "--help" else [words, "--home", home]
        found = _median([golive(*arguments) for _ in range(_RUNS)])
        rows.append((f"golive {words}", f"{found:.2f} s", f"{found / base:.1f}", promise))
    os.environ["_GOLIVE_COMPLETE"] = "complete_bash"
    os.environ |= {"COMP_WORDS": "golive fore", "COMP_CWORD": "1"}
    found = _median([golive() for _ in range(_RUNS)])
    for name in ("_GOLIVE_COMPLETE", "COMP_WORDS", "COMP_CWORD"):
        del os.environ[name]
    return [*rows, ("completion of a command in a shell", f"{found:.2f} s", f"{found / base:.1f}", "< 0.4 s")]


def measure_publishing(folder: Path, people: int, years: int) -> list[tuple[str, str, str, str]]:
    """Measure one more week of a big firm, imported and with all results on record."""
    home = folder / "firm"
    whole = golive("demo", "--home", home, "--no-serve", "--people", people, "--years", years)
    week = _one_more_week(Home(home), folder)
    more = golive("import", week, "--home", home)
    again = golive("publish", "--again", "--home", home)
    return [
        (f"demo of {people:,} people and {years} years, published", f"{whole.seconds:.1f} s", "1.00", ""),
        (
            "one more week on top, with results",
            f"{more.seconds:.1f} s",
            f"{more.seconds / whole.seconds:.2f}",
            "< 10 s",
        ),
        ("the same, processor time", f"{more.cpu_seconds:.1f} s", "", ""),
        (
            "results alone (golive publish --again)",
            f"{again.seconds:.1f} s",
            f"{again.seconds / whole.seconds:.2f}",
            "",
        ),
    ]


def _median(runs: list[Took]) -> float:
    return statistics.median(run.cpu_seconds for run in runs)


def _one_more_week(home: Home, folder: Path) -> Path:
    """Write the hours of the newest full week again, seven days later."""
    file = published_file(home)
    if file is None:
        raise RuntimeError("Nothing was published.")
    target = folder / "one_more_week.csv"
    with duckdb.connect(file, read_only=True) as connection:
        rows = connection.sql(
            """
            select
                'next-' || row_number() over () as entry_id,
                person_id,
                project_id,
                work_date + 7 as work_date,
                worked_hours,
                activity,
                is_onsite
            from staging.timesheets
            where date_trunc('week', work_date) = (
                select date_trunc('week', max(work_date)) - interval 7 day from staging.timesheets
            )
            """
        )
        rows.write_csv(str(target))
    return target
