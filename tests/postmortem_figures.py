"""Figures of docs/postmortem.md: ``python -m tests.postmortem_figures [FILE.duckdb]``; not part of the timed tests.

Without a file: planted projects (every cause, twelve seeds). With a warehouse file: its finished projects.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd

from analytics.postmortem.account import account_of
from analytics.postmortem.but_for import Removal, weeks_earlier
from tests.analytics.postmortem.planting import CAUSES, planted

_SEEDS = range(12)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def planted_figures() -> pd.DataFrame:
    """Return by planted cause how often it has the largest share, is earlier but for it, and the replay error."""
    rows = []
    for cause in CAUSES:
        for seed in _SEEDS:
            case = planted(cause, seed)
            found = account_of(case)
            sums = found.lines.groupby("cause")["delay_weeks"].sum()
            earlier = weeks_earlier(case, found, [Removal(cause)])
            rows.append(
                {
                    "cause": cause,
                    "is_largest": sums.drop("open_work", errors="ignore").idxmax() == cause,
                    "is_earlier": earlier > 0,
                    "account_weeks": float(sums.get(cause, 0.0)),
                    "earlier_weeks": earlier,
                    "error_weeks": abs(found.replay_error_weeks),
                    "sum_error": abs(found.lines["delay_weeks"].sum() - found.late_weeks),
                }
            )
    return pd.DataFrame(rows)


def firm_figures(file: Path, day: date | None) -> None:
    """Print how the replay meets the finishes of a firm, and how long it takes."""
    from dashboard.answers.days import as_of_date  # noqa: PLC0415 - only with a file
    from dashboard.answers.postmortem import post_mortem  # noqa: PLC0415 - as above
    from dashboard.answers.postmortem_pool import pool  # noqa: PLC0415 - as above
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above

    asked = day or as_of_date(file)
    begun = time.process_time()
    found = pool(file, local_viewer(), asked)
    errors = found.accounts["replay_error_weeks"].abs()
    _say(f"accounts: {len(found.accounts)}, refused: {found.refused}, cpu: {time.process_time() - begun:.1f} s")
    _say(f"replay error: mean {errors.mean():.2f}, median {errors.median():.2f}, most {errors.max():.2f} weeks")
    _say(found.signs.round(1).to_string(index=False))
    longest = found.accounts["project_id"].iloc[-1]
    for attempt in ("cold", "again"):
        begun = time.process_time()
        post_mortem(file, local_viewer(), asked, str(longest))
        _say(f"post-mortem of {longest} {attempt}: cpu {time.process_time() - begun:.2f} s")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.postmortem_figures", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--as-of", type=date.fromisoformat)
    given = parser.parse_args()
    if given.file is not None:
        firm_figures(given.file, given.as_of)
        return
    rows = planted_figures()
    means = ["is_largest", "is_earlier", "account_weeks", "earlier_weeks", "error_weeks"]
    _say(rows.groupby("cause", sort=False)[means].mean().round(2).to_string())
    _say(f"largest share: {rows['is_largest'].mean():.0%} of {len(rows)} projects")
    _say(f"earlier but for it: {rows['is_earlier'].mean():.0%}")
    _say(
        f"replay error: mean {rows['error_weeks'].mean():.2f} weeks; sums off by at most {rows['sum_error'].max():.1e}"
    )


if __name__ == "__main__":
    main()
