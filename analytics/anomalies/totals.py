"""Booked weekly totals of the firm and its teams that left their usual range.

The workdays without leave explain a total (robust regression), its recent level is the median of what they leave
unexplained, and past errors of that forecast, robustly measured, give the range.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.tools.sm_exceptions import ConvergenceWarning

from analytics.anomalies.checks import TOTAL_LEFT_RANGE
from analytics.anomalies.robust import MAD_TO_SIGMA
from analytics.anomalies.rows import ROBUST_Z, anomalies, no_anomalies

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Floats, Whole

#: Weeks whose median is the level, and weeks whose errors make the range.
_LEVEL_WEEKS = 13
_RANGE_WEEKS = 52
_LEAST_RANGE_WEEKS = 13
#: A range is never narrower than this share of the total, and a total that is nearer than that share is not told.
_LEAST_SCALE_SHARE = 0.05
_LEAST_CHANGE_SHARE = 0.25
#: Smaller groups are the diary of one or two people.
_LEAST_PEOPLE = 3
_LAG_QUANTILE = 0.9
_TWICE = (1.8, 2.2)
#: The variance of a median of normal errors is π/2 times that of their mean.
_LEVEL_VARIANCE = np.pi / 2 / _LEVEL_WEEKS


def totals_out_of_range(known: Known) -> pd.DataFrame:
    """Return the runs of weeks in which the firm's or a team's total was outside its range, on one side."""
    team = known.people["team_name"].to_numpy(dtype=object).astype(str)
    names = np.unique(team[team != ""])
    found = [_group_rows(series, None) for series in _series(known, np.zeros(len(team), dtype=np.int64))]
    # A firm of one team is that team.
    if len(names) > 1:
        code = np.where(team == "", -1, np.searchsorted(names, team))
        found += [_group_rows(series, str(names[series["group"].iloc[0]])) for series in _series(known, code)]
    return pd.concat([no_anomalies(), *found])


def _group_rows(series: pd.DataFrame, name: str | None) -> pd.DataFrame:
    if len(series) <= _LEVEL_WEEKS + _LEAST_RANGE_WEEKS or series["people"].median() < _LEAST_PEOPLE:
        return no_anomalies()
    judged = _with_range(series)
    side = np.sign(judged["error"]).where(judged["is_out"], 0.0)
    told = judged.assign(run=side.ne(side.shift()).cumsum()).loc[judged["is_out"]]
    worst = told.sort_values(["run", "score", "week"], ascending=[True, False, True]).drop_duplicates("run")
    spans = told.groupby("run").agg(first=("week", "min"), last=("week", "max"), weeks=("people", "sum"))
    runs = worst.merge(spans, left_on="run", right_index=True, validate="one_to_one")
    runs = runs.assign(**_reading(runs))
    # One week that people file late is everyday life, and the completeness of filing says so already.
    is_late_week = runs["likely_cause"].eq("people_did_not_file") & runs["first"].eq(runs["last"])
    return _rows(runs.loc[~is_late_week], name)


def _rows(runs: pd.DataFrame, name: str | None) -> pd.DataFrame:
    return anomalies(
        TOTAL_LEFT_RANGE,
        (runs["first"].to_numpy(), runs["last"].to_numpy() + 6),
        {
            "team_name": name,
            "value": runs["hours"].to_numpy(),
            "usual_low": runs["low"].to_numpy(),
            "usual_high": runs["high"].to_numpy(),
            "unit": "hours",
            "unusual_score": runs["score"].to_numpy(),
            "score_kind": ROBUST_Z,
            "likely_cause": runs["likely_cause"].to_numpy(),
            "remedy": runs["remedy"].to_numpy(),
            "person_weeks_count": runs["weeks"].to_numpy(),
            "is_assumed": runs["is_assumed"].to_numpy(dtype=bool),
        },
    )


def _series(known: Known, group_of: Whole) -> list[pd.DataFrame]:
    """Return for each group one row per week, from its first to the last that is older than its filing lag."""
    lag = pd.Series(known.lag_days).groupby(group_of).quantile(_LAG_QUANTILE, interpolation="higher")
    weeks = known.weeks.assign(group=group_of[known.weeks["person"].to_numpy()])
    is_due = weeks["week"] + 7 + weeks["group"].map(lag) <= known.this_monday
    weeks = weeks.loc[is_due & weeks["group"].ge(0)]
    sums = weeks.groupby(["group", "week"], as_index=False).agg(
        hours=("hours", "sum"),
        capacity=("available_days", "sum"),
        people=("is_filed", "sum"),
        missing=("is_missing", "sum"),
        is_assumed=("is_assumed", "max"),
    )
    return [series.reset_index(drop=True) for _, series in sums.groupby("group")]


def _with_range(series: pd.DataFrame) -> pd.DataFrame:
    hours = series["hours"].to_numpy(dtype="float64")
    explained = _explained(hours, series["capacity"].to_numpy(dtype="float64"))
    left = pd.Series(hours - explained)
    level = left.rolling(_LEVEL_WEEKS).median().shift()
    expected = np.maximum(explained + level.to_numpy(), 0.0)
    error = pd.Series(hours - expected).where(level.notna())
    past = error.abs().rolling(_RANGE_WEEKS, min_periods=_LEAST_RANGE_WEEKS)
    scale = np.maximum(past.median().shift() * MAD_TO_SIGMA, _LEAST_SCALE_SHARE * np.median(hours))
    count = past.count().shift().clip(lower=_LEAST_RANGE_WEEKS)
    factor = stats.t.ppf((1 + TOTAL_LEFT_RANGE.threshold) / 2, count - 1) * np.sqrt(1 + _LEVEL_VARIANCE)
    reach = np.maximum(factor * scale, _LEAST_CHANGE_SHARE * expected)
    return pd.DataFrame(series).assign(
        expected=expected,
        error=error.to_numpy(),
        low=np.maximum(expected - reach, 0.0),
        high=expected + reach,
        score=(error.abs() / scale).to_numpy(),
        is_out=(error.abs() > reach).to_numpy(),
    )


def _explained(hours: Floats, capacity: Floats) -> Floats:
    """Return what workdays without leave explain; Huber's regression, so that odd weeks do not bend the line."""
    if np.ptp(capacity) == 0 or np.ptp(hours) == 0:
        return np.full(len(hours), np.median(hours))
    design = np.column_stack([np.ones(len(capacity)), capacity / capacity.mean()])
    with warnings.catch_warnings():
        # A perfect fit is no trouble here: the range has a least width of its own.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted: Floats = sm.RLM(hours, design, M=sm.robust.norms.HuberT()).fit().fittedvalues
    return fitted


def _reading(worst: pd.DataFrame) -> dict[str, object]:
    """Likely cause and remedy: a file twice, people who did not file, or truly other work."""
    times = worst["hours"] / worst["expected"].clip(lower=1e-9)
    is_more = worst["error"].gt(0)
    usual_each = worst["expected"] / (worst["people"] + worst["missing"]).clip(lower=1)
    is_unfiled = ~is_more & (worst["missing"] * usual_each).ge(-worst["error"] / 2)
    cases = [(is_more & times.between(*_TWICE)).to_numpy(), is_more.to_numpy(), is_unfiled.to_numpy()]
    return {
        "likely_cause": np.select(cases, ["imported_twice", "more_work", "people_did_not_file"], "less_work"),
        "remedy": np.select(cases, ["undo_import", "mark_right", "import_missing_week"], "ask_team"),
    }
