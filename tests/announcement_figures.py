"""What announcing by Golive's band would have done for a year: ``python -m tests.announcement_figures --home HOME``.

The forecasts of each Sunday, as known then, are played through three rules: say a new day only when the chance of
keeping the last one leaves the band, say P50 of every week, say P80 once. A promise is kept when the finish is not
after it.
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path

import pandas as pd

from analytics.delay.portfolio import forecast_on
from analytics.review.announcing import played
from dashboard.answers.days import as_of_date
from dashboard.answers.portfolio import SEED, histories
from data.home import Home
from data.publishing import published_file


def main() -> None:
    """Print one line a rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="home of a made-up company")
    parser.add_argument("--weeks", type=int, default=52)
    options = parser.parse_args()
    file = published_file(Home(options.home))
    if file is None:
        sys.exit(f"Nothing was imported into {options.home}.")
    ready, last = histories(file), as_of_date(file)
    days = [pd.Timestamp(last - timedelta(weeks=weeks)) for weeks in range(options.weeks, -1, -1)]
    forecasts = pd.concat([forecast_on(ready, day, seed=SEED).assign(as_of_date=day) for day in days])
    done = ready.projects[ready.projects["is_finished"].astype(bool) & (ready.projects["end_date"] > days[0])]
    finishes = dict(zip(done["project_id"].astype(str), done["end_date"], strict=True))
    print(f"{len(days)} Sundays up to {last}, {len(finishes)} projects that finished in them")  # noqa: T201 - its purpose
    for one in played(forecasts, finishes):
        changes = one.change_count / max(one.project_count, 1)
        print(  # noqa: T201 - as above
            f"{one.rule:12} {one.project_count} projects, {changes:.1f} changes each,"
            f" first promise kept {one.first_kept_count}, last promise kept {one.kept_count}"
        )


if __name__ == "__main__":
    main()
