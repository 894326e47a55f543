"""``python -m tests.recognition_figures.kinds``: what comes of files of every kind that was read wrongly once."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from tests.recognition_figures.kinds.generators import GENERATORS
from tests.recognition_figures.kinds.judging import Verdict, judge


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the kind's or variant's name")
    parser.add_argument("--every", type=int, default=1, help="take each n-th file only")
    parser.add_argument("--faults", action="store_true", help="say what was wrong, missed or asked")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    console = Console(width=200)
    found: dict[str, list[Verdict]] = {}
    number = 0
    for make in GENERATORS:
        for case in make():
            number += 1
            if options.only not in f"{case.kind}: {case.name}" or number % options.every:
                continue
            verdict = judge(case)
            found.setdefault(case.kind, []).append(verdict)
            if options.faults and verdict.word != "right":
                what = " / ".join(one[:170] for one in verdict.questions)
                console.print(f"{case.kind}: {case.name}: {verdict.word} {verdict.words} {what}", markup=False)
    if options.json:
        console.print_json(json.dumps({kind: [asdict(one) for one in all_] for kind, all_ in found.items()}))
        return
    console.print(_table(found))


def _table(found: dict[str, list[Verdict]]) -> Table:
    table = Table("Kind", "files", "table right", "rows right", "right", "after answers", "asked, no answer", "WRONG")
    every = [verdict for verdicts in found.values() for verdict in verdicts]
    for kind, verdicts in [*found.items(), ("all", every)]:
        words = Counter(verdict.word for verdict in verdicts)
        rows = sum(verdict.rows for verdict in verdicts)
        tables = sum(verdict.table_right for verdict in verdicts)
        table.add_row(
            kind,
            str(len(verdicts)),
            _share(tables, len(verdicts)),
            _share(sum(verdict.rows_right for verdict in verdicts), rows),
            str(words["right"]),
            str(words["right after answers"]),
            str(words["asked"] + words["refused"] + words["part"]),
            str(words["WRONG"] + words["ERROR"]),
        )
    return table


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


if __name__ == "__main__":
    main()
