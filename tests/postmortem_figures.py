"""Figures of docs/postmortem.md: ``python -m tests.postmortem_figures [FILE.duckdb]``; not part of the timed tests.

Without a file: planted projects (every cause, twelve seeds). With a warehouse file: its finished projects. With
``--worlds``: firms of six worlds, imported as files.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pandas as pd

from analytics.postmortem.account import account_of
from analytics.postmortem.but_for import Removal, weeks_earlier
from analytics.postmortem.case import gaps_of
from dashboard.answers.door import close_all
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


def world_figures(projects_count: int) -> pd.DataFrame:
    """Return by world how many accounts there are, how well the replay meets the finishes, and the mean lines."""
    from dashboard.answers.postmortem_cases import all_cases  # noqa: PLC0415 - only for worlds
    from dashboard.answers.viewers import local_viewer  # noqa: PLC0415 - as above
    from data.home import Home  # noqa: PLC0415 - as above
    from data.import_reports import ImportOptions  # noqa: PLC0415 - as above
    from data.importing import import_files  # noqa: PLC0415 - as above
    from tests.portfolios import WORLDS, play_firm, write_firm  # noqa: PLC0415 - as above

    rows = []
    for name, world in WORLDS.items():
        with tempfile.TemporaryDirectory() as folder:
            files, home = Path(folder) / "files", Home(Path(folder) / "home")
            files.mkdir()
            write_firm(play_firm(world, projects_count, seed=3), files)
            import_files(home, [files], ImportOptions(is_history=True))
            file = next(home.warehouse.glob("*.duckdb"))
            cases = all_cases(file, local_viewer(), date(2100, 1, 1)).values()
            found = [account_of(case) for case in cases if case.ending == "finished" and not gaps_of(case)]
            close_all()
        sums = pd.DataFrame([one.lines.groupby("cause")["delay_weeks"].sum() for one in found]).fillna(0.0)
        off = [abs(one.lines["delay_weeks"].sum() - one.late_weeks) for one in found]
        errors = pd.Series([abs(one.replay_error_weeks) for one in found])
        figures = {"world": name, "accounts": len(found), "late": sums.sum(axis=1).mean()}
        rows.append(figures | {"error": errors.mean(), "sums_off": max(off), **sums.mean().to_dict()})
    return pd.DataFrame(rows)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.postmortem_figures", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--worlds", action="store_true")
    parser.add_argument("--projects", type=int, default=40)
    given = parser.parse_args()
    if given.worlds:
        _say(world_figures(given.projects).round(2).to_string(index=False))
        return
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
