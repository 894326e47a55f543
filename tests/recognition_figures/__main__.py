"""``python -m tests.recognition_figures``: how well files of each system are recognised."""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.recognition_figures.grids import LAYOUTS, SHAPE, make_grid
from tests.recognition_figures.judging import Judged, Score, judge
from tests.recognition_figures.shapes import read_shapes
from tests.recognition_figures.variants import VARIANTS, make_file


def run(rounds: int, seed: int, *, only: str = "") -> dict[str, list[tuple[str, Judged]]]:
    """Make files of every shape and variant and judge them; return what came of each, by system."""
    found: dict[str, list[tuple[str, Judged]]] = {}
    for shape in read_shapes():
        if only and only.casefold() not in shape.name.casefold():
            continue
        for variant in VARIANTS:
            for number in range(rounds):
                chance = random.Random(f"{seed} {shape.name} {shape.table} {len(shape.columns)} {variant} {number}")  # noqa: S311 - no secret
                with tempfile.TemporaryDirectory() as folder:
                    judged = judge(make_file(shape, variant, Path(folder), chance))
                found.setdefault(f"{shape.name} {shape.table}", []).append((variant, judged))
    for layout in LAYOUTS:
        if only and only.casefold() not in SHAPE.name.casefold():
            break
        for number in range(rounds):
            chance = random.Random(f"{seed} grid {layout} {number}")  # noqa: S311 - no secret
            with tempfile.TemporaryDirectory() as folder:
                judged = judge(make_grid(layout, Path(folder), chance))
            found.setdefault(f"{SHAPE.name} {SHAPE.table}", []).append((layout, judged))
    return found


def totals(found: dict[str, list[tuple[str, Judged]]]) -> Score:
    """Return the score of all files together."""
    return sum((judged.score for files in found.values() for _, judged in files), Score())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="files of each system and variant")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of a system's name")
    parser.add_argument("--faults", action="store_true", help="say what was wrong")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = run(options.rounds, options.seed, only=options.only)
    if options.json:
        scores = {name: asdict(sum((one.score for _, one in files), Score())) for name, files in found.items()}
        Console(width=150).print_json(json.dumps({"systems": scores, "all": asdict(totals(found))}))
        return
    console = Console(width=150)
    table = Table(
        *("System", "files", "table", "system", "asks", "targets", "asked", "wrong", "days", "wrong", "hours wrong")
    )
    for name, files in found.items():
        table.add_row(name, *_cells(sum((one.score for _, one in files), Score())))
    table.add_section()
    table.add_row("all", *_cells(totals(found)))
    console.print(table)
    if options.faults:
        for name, files in found.items():
            faults = Counter((variant, fault) for variant, one in files for fault in one.faults)
            for (variant, fault), count in faults.most_common():
                console.print(f"{name} [{variant}] {count} × {fault}", markup=False, highlight=False)


def _cells(score: Score) -> list[str]:
    return [
        str(score.files),
        _share(score.tables_right, score.files),
        _share(score.systems_right, score.files),
        _share(score.asked, score.files),
        _share(score.targets_right, score.targets),
        _share(score.targets_asked, score.targets),
        f"{_share(score.mappings_wrong, score.mappings)} ({score.mappings_wrong})",
        str(score.days),
        str(score.days_wrong),
        str(score.hours_wrong),
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
