"""How the forecast fares with few finished projects: ``python -m tests.portfolios.learning_curve FOLDER…``."""

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

    from analytics.delay.known import Histories

COUNTS: Final = (0, 3, 6, 15, 30, 60)
_SHOWN: Final = ["crps_pct", "coverage_p50", "coverage_p80", "coverage_p90"]


def learning_curve(histories: Histories, counts: Iterable[int] = COUNTS, *, draws: int = 1) -> pd.DataFrame:
    """Return the figures over all stages by method and ``n_taught``, always on the same held-out half.

    The projects that teach are the first by name; nothing else is known of the firm. Which three they are matters
    much: with more ``draws`` the next ones by name teach in turn, as long as there are enough, and the mean is given.
    """
    finished = finished_ids(histories)
    judged = held_out_ids(finished)
    teachers = sorted(set(finished) - judged)
    parts = []
    for count in [count for count in counts if count <= len(teachers)]:
        for draw in range(min(draws, len(teachers) // count) if count else 1):
            taught = teachers[draw * count : (draw + 1) * count]
            table = summarise(
                held_out_scores(only_projects(histories, judged | set(taught)), judged, fewest_taught=count)
            )
            parts.append(table.loc[table["stage"] == "all", ["method", *_SHOWN]].assign(n_taught=count))
    return pd.concat(parts, ignore_index=True).groupby(["method", "n_taught"], as_index=False)[_SHOWN].mean()


def against_class(curve: pd.DataFrame) -> pd.DataFrame:
    """Return by ``n_taught`` the CRPS of the forecast and of the reference class, their ratio, and coverages."""
    own, alone = (curve[curve["method"] == name].set_index("n_taught") for name in ("golive", "reference_class"))
    ratio = (own["crps_pct"] / alone["crps_pct"]).rename("ratio")
    return pd.concat([own["crps_pct"], alone["crps_pct"].rename("class_crps_pct"), ratio, own[_SHOWN[1:]]], axis=1)


def main() -> None:
    """Print the curve of each folder of a firm's files."""
    parser = argparse.ArgumentParser(prog="python -m tests.portfolios.learning_curve", description=__doc__)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    parser.add_argument("--draws", type=int, default=1, help="sets of projects that teach in turn")
    said = parser.parse_args()
    for folder in said.folders:
        curve = against_class(learning_curve(read_firm(folder), draws=said.draws))
        sys.stdout.write(f"{folder.name}\n{curve.round(2).to_string()}\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
