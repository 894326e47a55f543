"""How the forecast fares with few finished projects: ``python -m tests.portfolios.learning_curve FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.delay.forecast_scores import summarise
from analytics.delay.held_out_backtest import finished_ids, held_out_ids, held_out_scores, only_projects
from dashboard.commands.firm_folder import read_firm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analytics.delay import Histories

COUNTS: Final = (3, 6, 15, 30, 60)
_SHOWN: Final = ["crps_pct", "coverage_p50", "coverage_p80", "coverage_p90"]


def learning_curve(histories: Histories, counts: Iterable[int] = COUNTS) -> pd.DataFrame:
    """Return the figures over all stages by method and ``n_taught``, always on the same held-out half.

    The projects that teach are the first by name; nothing else is known of the firm.
    """
    finished = finished_ids(histories)
    judged = held_out_ids(finished)
    teachers = sorted(set(finished) - judged)
    parts = []
    for count in [count for count in counts if count <= len(teachers)]:
        kept = only_projects(histories, judged | set(teachers[:count]))
        table = summarise(held_out_scores(kept, judged))
        parts.append(table.loc[table["stage"] == "all", ["method", *_SHOWN]].assign(n_taught=count))
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Print the curve of a folder of a firm's files."""
    parser = argparse.ArgumentParser(prog="python -m tests.portfolios.learning_curve", description=__doc__)
    parser.add_argument("folder", type=Path)
    curve = learning_curve(read_firm(parser.parse_args().folder))
    for name in ("crps_pct", "coverage_p80"):
        wide = curve.pivot_table(index="method", columns="n_taught", values=name)
        sys.stdout.write(f"{name} by number of finished projects that teach\n{wide.round(2).to_string()}\n\n")


if __name__ == "__main__":
    main()
