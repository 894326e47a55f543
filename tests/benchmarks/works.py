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

    from analytics.delay.progress_model.cases import Cases
    from analytics.delay.progress_model.lesson import ProgressModel

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
    """Forecast so many running projects with half as many finished ones to learn from; then again, learnt already."""
    import pandas as pd

    from analytics.delay.known import prepare_histories
    from analytics.delay.portfolio import forecast_on
    from tests.benchmarks.portfolio import states_and_projects

    states, projects, as_of_date = states_and_projects(int(projects_count))
    begun = time.perf_counter()
    histories = prepare_histories(states, projects)
    found = forecast_on(histories, pd.Timestamp(as_of_date), seed=1)
    first = time.perf_counter()
    forecast_on(histories, pd.Timestamp(as_of_date), seed=1)
    seconds = time.perf_counter() - first
    return {"seconds": seconds, "first": first - begun, "forecasts": len(found), "states": len(states)}


def work_paths(case_count: str, path_count: str) -> dict[str, object]:
    """Sample the finishes of so many projects on so many paths, against bare NumPy sampling of two factors."""
    import numpy as np

    from analytics.delay.progress_model.paths import chances, outlook, path_quantiles

    cases, model = _cases(int(case_count))
    chance = chances(model.work, 1, int(path_count))
    begun = time.perf_counter()
    path_quantiles(outlook(model.work, cases), chance)
    seconds = time.perf_counter() - begun
    draw = np.random.default_rng(1)
    begun = time.perf_counter()
    for remaining in cases.remaining:
        numbers = draw.standard_normal((2, int(path_count)))
        weeks = np.sort((remaining + np.maximum(numbers[0], 0)) * np.exp(0.3 * numbers[1]))
        np.quantile(weeks, (0.1, 0.5, 0.8, 0.9))
    return {"seconds": seconds, "bare": time.perf_counter() - begun, "cases": len(cases)}


def work_drivers(case_count: str) -> dict[str, object]:
    """Explain so many projects by exact Shapley values of six drivers, and one alone."""
    import numpy as np

    from analytics.delay.progress_model.cases import chosen_cases
    from analytics.delay.progress_model.drivers import DRIVER_PATHS, driver_weeks, late_start_of
    from analytics.delay.progress_model.paths import chances, outlook

    cases, model = _cases(int(case_count))
    chance = chances(model.work, 1, DRIVER_PATHS)
    begun = time.perf_counter()
    driver_weeks(cases, outlook(model.work, cases), chance, late_start_of(cases, cases.first_work_weeks))
    seconds = time.perf_counter() - begun
    one = chosen_cases(cases, np.array([0]))
    begun = time.perf_counter()
    driver_weeks(one, outlook(model.work, one), chance, late_start_of(one, one.first_work_weeks))
    return {"seconds": seconds, "one": time.perf_counter() - begun, "cases": len(cases)}


def work_fit(projects_count: str) -> dict[str, object]:
    """Fit the model of the work on so many projects of a made-up firm."""
    import pandas as pd

    from analytics.delay.landmarks import learnt_landmarks
    from analytics.delay.model import progress_on
    from tests.analytics.delay.works import make_works

    histories = make_works(int(projects_count), seed=1, years=6).histories()
    known, day = learnt_landmarks(histories), histories.last_day + pd.Timedelta(weeks=14)
    begun = time.perf_counter()
    model = progress_on(histories, known, day, 0)
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    progress_on(histories, known, day, 0)
    again = time.perf_counter() - begun
    return {"seconds": seconds, "again": again, "finished": model.work.finished_count if model else 0}


def _cases(count: int) -> tuple[Cases, ProgressModel]:
    """Return so many projects as they stood at some stage, and a model learnt from the same firm."""
    import numpy as np

    from analytics.delay.landmarks import landmarks, learnt_landmarks
    from analytics.delay.model import progress_on
    from analytics.delay.progress_model.cases import cases_of, chosen_cases
    from tests.analytics.delay.works import make_works

    histories = make_works(300, seed=1, years=5).histories()
    model = progress_on(histories, learnt_landmarks(histories), histories.last_day, 0)
    if histories.evidence is None or model is None:
        raise RuntimeError("Nothing to measure.")
    rows = landmarks(histories, (0.2, 0.35, 0.5, 0.65, 0.8))
    return chosen_cases(cases_of(histories.evidence, rows)[0], np.arange(count)), model


def strain(folder: str, first: str, last: str, is_one_week: str = "") -> dict[str, object]:
    """Tell the strain of a big firm: all its weeks, or one more on top."""
    from tests.benchmarks.strain import measure_strain

    return measure_strain(folder, first, last, is_one_week)


def rotation(people: str, projects: str, weeks: str, method: str, seconds: str) -> dict[str, object]:
    """Find a roster of one instance by one method."""
    from tests.benchmarks.rotation import measure

    return measure(int(people), int(projects), int(weeks), method, float(seconds))


_WORKS: tuple[Callable[..., dict[str, object]], ...] = (
    bare_read,
    golive_import,
    golive_load,
    inspect,
    forecast,
    work_paths,
    work_drivers,
    work_fit,
    strain,
    rotation,
)


def main() -> None:
    """Run one piece of work and print its seconds, its peak memory and its result as one line of JSON."""
    works: dict[str, Callable[..., dict[str, object]]] = {work.__name__: work for work in _WORKS}
    name, *arguments = sys.argv[1:]
    begun = time.perf_counter()
    result = works[name](*arguments)
    seconds = result.pop("seconds", time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mb": peak, "result": result}) + "\n")


if __name__ == "__main__":
    main()
