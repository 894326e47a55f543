"""Cost of rosters after so many seconds: Golive, HiGHS alone and CP-SAT alone, on the same model in one run.

CP-SAT (OR-Tools) is a cross-check of development only and runs in a Python of its own, named by
``GOLIVE_ORTOOLS_PYTHON``; without it its column is left out. Every plan is evaluated by ``evaluate``.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.measuring import measured

if TYPE_CHECKING:
    from analytics.rotation.program import Program

SIZES = ((20, 8, 12), (100, 40, 12), (300, 120, 26), (1000, 300, 26))
#: HiGHS and CP-SAT get the whole problem up to here: beyond it Python alone writes the model for minutes.
WHOLE_PEOPLE = 300
_PYTHON = "GOLIVE_ORTOOLS_PYTHON"


def bench_rotation(seconds: int, people: int) -> list[tuple[str, str, str, str]]:
    """Measure all sizes up to ``people``; each method runs once for ``seconds``."""
    rows = []
    marks = [mark for mark in (1, 10, 60) if mark <= seconds]
    for size in SIZES:
        if size[0] > people:
            continue
        name = "×".join(map(str, size))
        run = measured("rotation", *size, "golive", seconds)
        own: Any = run.result
        costs = own["costs"]
        first, first_seconds = own["first"], own["first_seconds"]
        rows.append((f"{name}: first plan after {first_seconds:.1f} s", f"{first:,.0f}", "1.00", "< 2 s"))
        rows += [
            (f"{name}: Golive after {mark} s", f"{cost:,.0f}", f"{cost / first:.2f}", "")
            for mark, cost in zip(marks, costs, strict=True)
        ]
        note = "proven" if own["is_proven"] else f"bound {own['bound']:,.0f}"
        rows.append((f"{name}: {note}, peak {run.peak_mb:,.0f} MB", f"{costs[-1]:,.0f}", "", "< 2,048 MB"))
        if size[0] <= WHOLE_PEOPLE:
            others = ["highs", *(["cpsat"] if os.environ.get(_PYTHON) else [])]
            for method in others:
                found: Any = measured("rotation", *size, method, seconds).result
                cost = found["costs"][-1]
                text = "no plan" if cost is None else f"{cost:,.0f}"
                ratio = "" if cost is None else f"Golive {costs[-1] / cost - 1:+.0%}"
                promise = "≤ −15 %" if method == "cpsat" and size[0] > 20 else ""
                rows.append((f"{name}: {method} alone, {seconds} s", text, ratio, promise))
    return rows


def measure(people: int, projects: int, weeks: int, method: str, seconds: float) -> dict[str, Any]:
    """Return what one method finds of one instance (seed 1)."""
    from tests.analytics.rotation.cases import drawn

    problem = drawn(people, projects, weeks)
    if method == "golive":
        return _golive(problem, seconds)
    return _whole(problem, method, seconds)


def _golive(problem: Any, seconds: float) -> dict[str, Any]:
    import time

    from analytics.rotation.engine import Clock, propose
    from analytics.rotation.greedy import first_plan, kept_roster
    from analytics.rotation.options import make_options
    from analytics.rotation.search import Limits

    begun = time.perf_counter()
    options = make_options(problem)
    base = kept_roster(problem, options)
    first = first_plan(problem, options, base).total
    first_seconds = time.perf_counter() - begun
    seen: list[tuple[float, float]] = [(first_seconds, first)]
    begun = time.perf_counter()
    limits = Limits(
        elapsed_share=lambda: (time.perf_counter() - begun) / seconds,
        on_progress=lambda one: seen.append((time.perf_counter() - begun, one.total)),
    )
    found = propose(problem, limits, 1, Clock(lambda: seconds - (time.perf_counter() - begun)), base=base)
    costs = [min(cost for at, cost in seen if at <= mark or cost == first) for mark in (1, 10, 60) if mark <= seconds]
    costs[-1] = min(costs[-1], found.total)
    return {
        "first": first,
        "first_seconds": first_seconds,
        "costs": costs,
        "bound": found.bound,
        "is_proven": found.is_proven,
    }


def _whole(problem: Any, method: str, seconds: float) -> dict[str, Any]:
    import numpy as np

    from analytics.rotation.evaluating import evaluate
    from analytics.rotation.greedy import kept_roster
    from analytics.rotation.options import make_options
    from analytics.rotation.problem import Plan, empty_plan
    from analytics.rotation.program import Program
    from analytics.rotation.tally import Tally

    base = kept_roster(problem)
    everybody = np.arange(len(problem.person_ids))
    program = Program(Tally(problem, empty_plan(problem)), make_options(problem), everybody, base)
    solved = program.solve(seconds) if method == "highs" else _cpsat(program, seconds)
    if solved is None:
        return {"costs": [None]}
    found = evaluate(problem, Plan(solved.role, solved.is_remote), base)
    return {"costs": [found.total], "violations": len(found.violations)}


def _cpsat(program: Program, seconds: float) -> Any:
    import numpy as np

    rows = program.rows
    with tempfile.TemporaryDirectory() as name:
        model, answer = Path(name) / "model.npz", Path(name) / "answer.npz"
        names = ("cost", "upper", "is_whole", "row", "column", "value", "low", "high")
        parts: dict[str, Any] = {key: np.array(getattr(rows, key)) for key in names}
        np.savez(model, **parts)
        script = Path(__file__).with_name("cpsat_alone.py")
        subprocess.run(
            [os.environ[_PYTHON], str(script), str(model), str(answer), str(seconds)], check=True, capture_output=True
        )
        if not answer.is_file():
            return None
        return program._read(np.load(answer)["x"], 0.0, is_proven=False)
