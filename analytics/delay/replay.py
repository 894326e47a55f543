"""Every forecast that would have been made of the projects running at the time, judged by what came of them so far.

Projects that still run are judged too, as far as they have got (provisional CRPS): scoring only what has finished
would reward forecasts that are too early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between
from analytics.delay.held_out_backtest import only_projects
from analytics.delay.known import running_on
from analytics.delay.landmarks import learnt_by, learnt_landmarks
from analytics.delay.learning_days import by_learning_day
from analytics.delay.model import MOST_PROJECTS_COUNT, fit_portfolio_model, thinned
from analytics.delay.modes import with_mode
from analytics.delay.rival_forecasts import BACKTEST_METHODS, YARDSTICK, all_forecasts
from analytics.delay.rivals import with_smoothed_points
from analytics.delay.view import LATE_AFTER_WEEKS, PROBABILITY_BOUNDS
from analytics.evaluation.scores import interpolated_quantile, probability_above, provisional_crps
from analytics.evaluation.skill import skill_by_project

if TYPE_CHECKING:
    from analytics.delay.known import Histories
    from analytics.evaluation.scores import Floats

#: Forecasts of a month apart are hardly the same any more.
STEP_WEEKS: Final = 4
#: The replay begins when so many projects have finished.
_FEWEST_FINISHED_COUNT: Final = 3
SUMMARY_COLUMNS: Final = (
    "method",
    "n_projects",
    "n_unfinished",
    "n_forecasts",
    "provisional_crps_pct",
    "skill",
    "skill_low",
    "skill_high",
)


def replayed_scores(histories: Histories, *, step_weeks: int = STEP_WEEKS, seed: int = 0) -> pd.DataFrame:
    """Return one row per day, running project and method; what is learnt from is renewed each quarter.

    ``project_id``, ``seen_on``, ``mode``, ``method``; in weeks since the start ``elapsed_weeks``, ``planned_weeks``
    (first plan), ``committed_weeks`` (what was committed on the day of the forecast), ``true_weeks`` (not a number
    while it runs), ``known_weeks`` (how far it has been watched), ``weeks_p50`` and ``weeks_p80``;
    ``provisional_crps_pct`` (% of the first plan), ``late_probability``, and ``is_late`` (null where a running project
    may still become it).
    """
    asked = with_smoothed_points(_running_rows(histories, step_weeks), histories.states)
    known = with_smoothed_points(learnt_landmarks(histories), histories.states)
    parts = [_judged(asked.iloc[:0], dict.fromkeys(BACKTEST_METHODS, np.empty((0, 199))))]
    for day, rows in by_learning_day(asked, "Q"):
        model = fit_portfolio_model(
            histories, known, day, pd.concat([rows, rows.assign(mode="C")]), seed=seed, is_blended=False
        )
        forecasts = all_forecasts(rows, model, thinned(learnt_by(known, day)), histories.states, seed=seed)
        parts.append(_judged(rows, forecasts))
    return pd.concat(parts, ignore_index=True)


def summarise_replay(scores: pd.DataFrame) -> pd.DataFrame:
    """Average the provisional CRPS by method; all forecasts of a project count as one, and projects alike.

    Columns: see ``SUMMARY_COLUMNS``; the skill is against earned schedule dressed with its errors, and its 90 %
    interval from projects resampled as wholes.
    """
    wide = scores.pivot_table(index=["project_id", "seen_on"], columns="method", values="provisional_crps_pct")
    wide = wide.reset_index()
    rows = []
    for method in [name for name in BACKTEST_METHODS if name in wide.columns]:
        own = scores[scores["method"] == method]
        found = skill_by_project(wide[method], wide[YARDSTICK], wide["project_id"])
        means = own.groupby("project_id", sort=True)["provisional_crps_pct"].mean()
        running = own.loc[own["true_weeks"].isna(), "project_id"].nunique()
        counts = (len(means), running, len(own))
        rows.append((method, *counts, float(means.mean()), found.skill, found.low, found.high))
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def _running_rows(histories: Histories, step_weeks: int) -> pd.DataFrame:
    """Return the running projects of every fourth Sunday, from when some had finished, with what came of them."""
    ends = histories.projects.loc[histories.projects["is_finished"].astype(bool), "end_date"].sort_values()
    last = histories.last_day
    first = ends.iloc[_FEWEST_FINISHED_COUNT - 1] if len(ends) >= _FEWEST_FINISHED_COUNT else last
    steps = max(int((last - first).days // (7 * step_weeks)), 0)
    judged = _some_projects(histories)
    days = [last - pd.Timedelta(weeks=step_weeks * back) for back in range(steps, 0, -1)] or [last]
    rows = pd.concat([running_on(judged, day) for day in days], ignore_index=True)
    ended = histories.projects[["project_id", "is_finished"]]
    rows = with_mode(rows.merge(ended, on="project_id", how="left", validate="many_to_one"))
    has_ended = rows["end_date"] <= last
    is_done = rows["is_finished"].astype(bool) & has_ended
    to_end = weeks_between(rows["start_date"], rows["end_date"])
    to_now = (last - rows["start_date"]).dt.days / 7.0
    # A cancelled project was watched until its end; how long it would have taken nobody will know.
    rows = rows.assign(
        seen_on=rows["as_of_date"],
        true_weeks=to_end.where(is_done),
        known_weeks=to_now.where(is_done | ~has_ended, to_end),
    )
    return rows[rows["mode"] != "none"].reset_index(drop=True)


def _some_projects(histories: Histories) -> Histories:
    """Return the histories of as many projects as forecasts learn from, drawn blind; more would only take longer."""
    ids = histories.projects["project_id"].to_numpy(dtype=object)
    order = np.argsort(pd.util.hash_array(ids))[:MOST_PROJECTS_COUNT]
    return histories if len(ids) <= MOST_PROJECTS_COUNT else only_projects(histories, set(ids[order]))


def _judged(rows: pd.DataFrame, forecasts: dict[str, Floats]) -> pd.DataFrame:
    truth, known, planned, committed = (
        rows[name].to_numpy(dtype=np.float64)
        for name in ("true_weeks", "known_weeks", "planned_weeks", "committed_weeks")
    )
    limit = committed + LATE_AFTER_WEEKS
    reached = np.fmin(truth, known)
    late = pd.Series(reached > limit, dtype="boolean").mask(np.isnan(truth) & (known <= limit))
    names = ["project_id", "seen_on", "mode", "elapsed_weeks", "planned_weeks", "committed_weeks"]
    names += ["true_weeks", "known_weeks"]
    parts = []
    for method, quantiles in forecasts.items():
        stated = probability_above(quantiles, limit)
        parts.append(
            rows[names].assign(
                method=method,
                weeks_p50=interpolated_quantile(quantiles, 0.5),
                weeks_p80=interpolated_quantile(quantiles, 0.8),
                provisional_crps_pct=100 * provisional_crps(truth, quantiles, known) / planned,
                late_probability=np.clip(stated, *PROBABILITY_BOUNDS),
                is_late=late.to_numpy(),
            )
        )
    return pd.concat(parts, ignore_index=True)
