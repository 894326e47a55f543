"""What forecasts and signs said in each week of each project; the replay of the whole firm is kept in the home.

It takes some seconds a hundred projects, and changes only with the warehouse file or the methods.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

import pandas as pd

from analytics.postmortem.forecasts import OTHERS_STEP_WEEKS, replayed_forecasts
from analytics.postmortem.signs import signs_by_week
from dashboard.answers.fits import keep_fits
from dashboard.answers.keeping import kept
from dashboard.answers.portfolio import SEED, histories_by
from dashboard.answers.postmortem_frames import frames_of
from dashboard.answers.records import methods_stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from analytics.delay.known import Histories

_FOLDER: Final = "replays"
_MOST_FILES: Final = 4


@kept(30)
def own_forecasts(file: Path, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the forecast of one project as it stood on every Sunday while it ran, up to a day."""
    ready = _histories(file)
    found = replayed_forecasts(ready, [project_id], seed=SEED)
    keep_fits(file, ready.fits)
    return found[pd.to_datetime(found["week_start_date"]) <= pd.Timestamp(as_of_date) - pd.Timedelta(days=6)]


@kept(2, is_shared=True)
def all_forecasts(file: Path, _on_progress: Callable[[float], None] | None = None) -> pd.DataFrame:
    """Return the forecasts of all finished projects, every fourth week. Nobody may change them."""
    kept_as = file.parent.parent / _FOLDER / f"{file.stem}-{methods_stamp()}.parquet"
    with contextlib.suppress(OSError, ValueError):
        return pd.read_parquet(kept_as)
    ready = _histories(file)
    done = ready.projects.loc[ready.projects["is_finished"].astype(bool), "project_id"]
    found = replayed_forecasts(
        ready, done.astype(str), step_weeks=OTHERS_STEP_WEEKS, seed=SEED, on_progress=_on_progress
    )
    keep_fits(file, ready.fits)
    _keep(found, kept_as)
    return found


@kept(30)
def signs_of(file: Path, as_of_date: date, project_id: str) -> pd.DataFrame:
    """Return the signs of all finished projects and of one more, by week, from what was known then."""
    forecasts = all_forecasts(file)
    own = own_forecasts(file, as_of_date, project_id)
    others = forecasts[forecasts["project_id"].ne(project_id)]
    together = pd.concat([one for one in (others, own) if len(one)], ignore_index=True) if len(own) else others
    ready = _histories(file)
    wanted = {*ready.projects.loc[ready.projects["is_finished"].astype(bool), "project_id"].astype(str), project_id}
    states = ready.states[ready.states["project_id"].isin(wanted)]
    states = states[states["week_start_date"] <= pd.Timestamp(as_of_date) - pd.Timedelta(days=6)]
    hours = frames_of(file, as_of_date).known_hours
    return signs_by_week(states, hours[hours["project_id"].isin(wanted)], together)


def _histories(file: Path) -> Histories:
    """Post-mortems measure against the first plan."""
    return histories_by(file, "baseline")


def _keep(found: pd.DataFrame, file: Path) -> None:
    """Keep a replay in the home; one that can't be written is no reason to fail."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.new")
        try:
            found.to_parquet(draft, index=False)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        old = sorted(file.parent.glob("*.parquet"), key=lambda one: one.stat().st_mtime)
        for one in old[:-_MOST_FILES]:
            one.unlink(missing_ok=True)
