"""How long each page's script takes on a big made-up company."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_WARM_RUNS = 20


def measure_pages(folder: Path, people: int, years: int) -> list[tuple[str, str, str, str]]:
    """Make the company, then run each page cold (a new process) and warm, without a browser."""
    home = folder / "demo"
    command = [sys.executable, "-m", "dashboard", "demo", "--no-serve", "--home", str(home)]
    begun = time.perf_counter()
    subprocess.run(
        [*command, "--people", str(people), "--years", str(years)], cwd=_ROOT, check=True, stdout=subprocess.DEVNULL
    )
    rows = [(f"demo of {people:,} people and {years} years", f"{time.perf_counter() - begun:.1f} s", "", "")]
    for page in sorted((_ROOT / "dashboard" / "app_pages").glob("[a-z]*.py")):
        cold, warm = _page_seconds(home, page.name)
        p95 = statistics.quantiles(warm, n=20)[-1]
        rows.append((f"page {page.stem}, cold", f"{cold:.2f} s", "", "< 2 s"))
        rows.append((f"page {page.stem}, warm p95", f"{p95:.2f} s", "", "< 0.5 s"))
    return rows


def _page_seconds(home: Path, page: str) -> tuple[float, list[float]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.pages", page],
        cwd=_ROOT,
        env={**os.environ, "GOLIVE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{page} failed:\n{done.stderr[-3000:]}")
    cold, *warm = [float(part) for part in done.stdout.split()]
    return cold, warm


def run_page(page: str) -> None:
    """Print the seconds of the first run and of the following ones; the app's own first page is run before."""
    from streamlit import config
    from streamlit.testing.v1 import AppTest

    from dashboard import charts
    from dashboard.answers import everything as answers
    from dashboard.views import everything as views

    # A server imports these once when it starts; cold means that nothing is cached.
    assert charts
    assert views
    assert answers
    config.set_option("server.address", "127.0.0.1")
    app = AppTest.from_file(str(_ROOT / "dashboard" / "app.py"), default_timeout=120)
    times = []
    for number in range(_WARM_RUNS + 1):
        begun = time.perf_counter()
        (app.switch_page(f"app_pages/{page}") if number == 0 else app).run()
        times.append(time.perf_counter() - begun)
        if app.exception or app.error or not app.title:
            raise RuntimeError(f"{page}: {[*app.exception, *app.error] or 'no title'}")
    sys.stdout.write(" ".join(f"{seconds:.4f}" for seconds in times) + "\n")


if __name__ == "__main__":
    run_page(sys.argv[1])
