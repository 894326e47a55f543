"""``make bench``: every figure that an issue asks for, as a ratio within this run where it can be one."""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.commands import measure_publishing, measure_start_up
from tests.benchmarks.files import rows_of_one_week, write_clock_times, write_timesheets
from tests.benchmarks.measuring import Measured, measured
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.rotation import bench_rotation
from tests.benchmarks.strain import write_big_firm

console = Console(width=150, highlight=False)
Row = tuple[str, str, str, str]


def bench_import(folder: Path, rows: int, repeats: int) -> list[Row]:
    """Measure the import of a big file, and of one more week on top, against DuckDB's bare read_csv."""
    big, week, home = folder / "big.csv", folder / "week.csv", folder / "home"
    whole_weeks = rows // rows_of_one_week() * rows_of_one_week()
    write_timesheets(big, rows=rows)
    write_timesheets(week, rows=rows_of_one_week(), first=whole_weeks + rows_of_one_week())
    bare: list[Measured] = []
    whole: list[Measured] = []
    load: list[Measured] = []
    for _ in range(repeats):
        bare.append(measured("bare_read", big, folder / "bare.duckdb"))
        shutil.rmtree(home, ignore_errors=True)
        whole.append(measured("golive_import", big, home))
        load.append(measured("golive_load", big, home))
    more = measured("golive_import", week, home)
    again = measured("golive_import", big, home)
    base, full = median(bare), median(whole)
    size = f"{rows:,} rows, {big.stat().st_size / 1e6:.0f} MB"
    return [
        (f"bare read_csv into a table ({size})", f"{base:.2f} s", "1.00", ""),
        ("validated import into raw", f"{median(load):.2f} s", f"{median(load) / base:.2f}", "≤ 2.5"),
        ("whole import with marts, published", f"{full:.2f} s", f"{full / base:.2f}", "aim ≤ 2.5"),
        ("peak memory of the whole import", f"{max(m.peak_mb for m in whole):.0f} MB", "", "< 2,048 MB"),
        (
            "one more week on top, published",
            f"{more.seconds:.2f} s",
            f"{more.seconds / full:.3f} of the whole",
            "≤ 0.1",
        ),
        (
            "the same file again (adds nothing)",
            f"{again.seconds:.2f} s",
            f"{again.seconds / full:.2f} of the whole",
            "",
        ),
    ]


def bench_recognition(folder: Path, rows: int, repeats: int) -> list[Row]:
    """Measure how long a big file of another system takes to be understood and taken in, against our own columns."""
    ours, kimai, home = folder / "ours.csv", folder / "kimai.csv", folder / "home"
    write_clock_times(ours, rows=rows, is_kimai=False)
    write_clock_times(kimai, rows=rows, is_kimai=True)
    plain: list[Measured] = []
    recognised: list[Measured] = []
    looked: list[Measured] = []
    for _ in range(repeats):
        for file, runs in ((ours, plain), (kimai, recognised)):
            shutil.rmtree(home, ignore_errors=True)
            runs.append(measured("golive_import", file, home))
        looked.append(measured("inspect", kimai))
    for run in recognised:
        if run.result["accepted"] != rows or run.result["hours"] != plain[0].result["hours"]:
            raise RuntimeError(f"The two imports differ: {run.result} and {plain[0].result}.")
    base, full = median(plain), median(recognised)
    megabytes = kimai.stat().st_size / 1e6
    return [
        (f"inspect a Kimai export of {megabytes:.0f} MB", f"{median(looked):.2f} s", "", "< 2 s for 100 MB"),
        (f"import of {rows:,} rows with our own columns", f"{base:.2f} s", "1.00", ""),
        ("recognised import of the same rows from Kimai", f"{full:.2f} s", f"{full / base:.2f}", "≤ 1.5"),
        ("peak memory of the recognised import", f"{max(m.peak_mb for m in recognised):.0f} MB", "", "< 2,048 MB"),
    ]


def bench_forecast() -> list[Row]:
    """Measure the forecast of 1,000 running projects, and the parts of the model of the work."""
    found = measured("forecast", 1000)
    paths, drivers, fit = (
        measured("work_paths", 1000, 10_000),
        measured("work_drivers", 1000),
        measured("work_fit", 360),
    )
    bare = float(str(paths.result["bare"]))
    return [
        (f"forecast of {found.result['forecasts']} projects", f"{found.seconds:.2f} s", "", "< 2 s"),
        ("the same with preparing and learning", f"{float(str(found.result['first'])):.2f} s", "", ""),
        ("bare NumPy sampling, 1,000 x 10,000", f"{bare:.2f} s", "1.00", ""),
        (
            f"paths of {paths.result['cases']} projects, 10,000 each",
            f"{paths.seconds:.2f} s",
            f"{paths.seconds / bare:.2f}",
            "< 1.5 s, ≤ 2.5",
        ),
        (f"drivers of {drivers.result['cases']} projects", f"{drivers.seconds:.2f} s", "", "< 15 s"),
        ("drivers of one project", f"{1000 * float(str(drivers.result['one'])):.0f} ms", "", "< 50 ms"),
        (f"fit on {fit.result['finished']} finished projects", f"{fit.seconds:.2f} s", "", "< 15 s"),
        ("the same fit again (kept)", f"{float(str(fit.result['again'])):.2f} s", "", ""),
    ]


def bench_strain(folder: Path, people: int) -> list[Row]:
    """Measure the strain of a big firm over five years, and one more week on top, from marts."""
    first, last = write_big_firm(folder / "strain", people)
    whole = measured("strain", folder / "strain", first, last)
    more = measured("strain", folder / "strain", first, last, "one more week")
    return [
        (
            f"strain of {whole.result['people']} people, {whole.result['rows']:,} person-weeks",
            f"{whole.seconds:.2f} s",
            "1.00",
            "< 10 s",
        ),
        ("peak memory of it, marts included", f"{whole.peak_mb:.0f} MB", "", "< 1,024 MB"),
        (
            "one more week on top of levels told before",
            f"{more.seconds:.2f} s",
            f"{more.seconds / whole.seconds:.2f} of the whole",
            "< 1 s",
        ),
    ]


def median(runs: list[Measured]) -> float:
    """Return the median seconds of some runs."""
    return statistics.median(run.seconds for run in runs)


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description="Measure Golive's speed and memory.")
    parser.add_argument("--rows", type=int, default=3_000_000, help="timesheet rows (3,000,000)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of which the median counts (3)")
    parser.add_argument("--people", type=int, default=2_000, help="engineers of the demo behind the pages (2,000)")
    parser.add_argument("--years", type=int, default=5, help="years of the demo behind the pages (5)")
    parser.add_argument("--seconds", type=int, default=60, help="seconds for each roster and method (60)")
    parser.add_argument(
        "--only",
        choices=("import", "recognition", "forecast", "strain", "rotation", "start", "publish", "pages"),
        help="measure one part",
    )
    options = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="golive-bench-") as name:
        folder = Path(name)
        if options.only in (None, "import"):
            rows += bench_import(folder, options.rows, options.repeats)
        if options.only in (None, "recognition"):
            rows += bench_recognition(folder, options.rows, options.repeats)
        if options.only in (None, "forecast"):
            rows += bench_forecast()
        if options.only in (None, "strain"):
            rows += bench_strain(folder, options.people)
        if options.only in (None, "rotation"):
            rows += bench_rotation(options.seconds, options.people)
        if options.only in (None, "start"):
            rows += measure_start_up(folder)
        if options.only in (None, "publish"):
            rows += measure_publishing(folder, options.people, 2)
        if options.only in (None, "pages"):
            rows += measure_pages(folder, options.people, options.years)
    table = Table("what", "measured", "ratio", "promise", title="Golive benchmark", title_justify="left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    main()
