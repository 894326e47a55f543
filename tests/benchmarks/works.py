"""The pieces of work that the benchmark measures, each run in a process of its own."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Callable

_MB = 1024


def bare_read(file: str, target: str) -> dict[str, object]:
    """DuckDB's own read_csv into a table of a database file."""
    Path(target).unlink(missing_ok=True)
    with duckdb.connect(target) as connection:
        connection.execute("create table timesheets as from read_csv(?)", [file])
        row = connection.execute("select count(*) from timesheets").fetchone()
        connection.execute("checkpoint")
    return {"rows": row[0] if row else 0}


def golive_import(file: str, home: str) -> dict[str, object]:
    """Golive's whole import: read, check, version, build the marts, publish."""
    from data.home import Home
    from data.import_reports import ImportOptions
    from data.importing import import_files

    begun = time.perf_counter()
    reports = import_files(Home(Path(home)), [Path(file)], ImportOptions())
    seconds = time.perf_counter() - begun
    counts = [report.counts for report in reports if report.counts]
    return {
        "seconds": seconds,
        "accepted": sum(count.rows_accepted for count in counts),
        "refused": sum(count.rows_refused for count in counts),
        "hours": sum(count.hours_accepted for count in counts),
        "unchanged": sum(count.rows_unchanged for count in counts),
        "problems": [report.problem for report in reports if report.problem],
    }


def golive_load(file: str, home: str) -> dict[str, object]:
    """Only the validated import: read, check and version into the raw tables, without marts."""
    import tempfile

    from data.contracts import TIMESHEETS
    from data.files import TextTable, read_tables
    from data.inbox import Batch
    from data.loading import load_batch, map_headers
    from data.schema import create_raw
    from data.warehouse import open_draft

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=home) as scratch:
        (found,) = read_tables(Path(file), Path(scratch))
        assert isinstance(found, TextTable)
        mapping = {source: column.name for source, column in map_headers(TIMESHEETS, found.columns).items()}
        batch = Batch(
            1,
            "timesheets",
            "files",
            found.file_name,
            "",
            "",
            "2026-11-22T00:00:00",
            False,
            False,
            "",
            "",
            "",
            mapping,
            (),
        )
        with open_draft(Path(scratch) / "draft.duckdb") as connection:
            create_raw(connection)
            counts = load_batch(connection, TIMESHEETS, batch, found.parquet).counts
            connection.execute("checkpoint")
    return {"seconds": time.perf_counter() - begun, "accepted": counts.rows_accepted}


def inspect(file: str) -> dict[str, object]:
    """Say what a file holds."""
    import tempfile

    from data.recognition import inspect_file

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        (found,) = inspect_file(Path(file), Path(scratch))
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "table": found.table, "questions": len(found.questions)}


def forecast(projects_count: str) -> dict[str, object]:
    """Forecast so many running projects with as many finished ones to learn from."""
    import pandas as pd

    from analytics.delay import forecast_portfolio
    from tests.benchmarks.portfolio import states_and_projects

    states, projects, as_of_date = states_and_projects(int(projects_count))
    begun = time.perf_counter()
    found = forecast_portfolio(states, projects, pd.Timestamp(as_of_date), seed=1)
    return {"seconds": time.perf_counter() - begun, "forecasts": len(found), "states": len(states)}


def strain(folder: str, first: str, last: str, is_one_week: str = "") -> dict[str, object]:
    """Tell the strain of a big firm: all its weeks, or one more on top."""
    from tests.benchmarks.strain import measure_strain

    return measure_strain(folder, first, last, is_one_week)


def main() -> None:
    """Run one piece of work and print its seconds, its peak memory and its result as one line of JSON."""
    works: dict[str, Callable[..., dict[str, object]]] = {
        work.__name__: work for work in (bare_read, golive_import, golive_load, inspect, forecast, strain)
    }
    name, *arguments = sys.argv[1:]
    begun = time.perf_counter()
    result = works[name](*arguments)
    seconds = result.pop("seconds", time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak, "result": result}) + "\n")


if __name__ == "__main__":
    main()
