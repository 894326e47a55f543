"""Booked weekly totals of the firm and its teams that left their usual range.

The workdays without leave explain a total (robust regression), its recent level is the median of what they leave
unexplained, and past errors of that forecast give the range: robustly measured, and not narrower than the largest of
the last year.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import special

from analytics.anomalies.checks import TOTAL_LEFT_RANGE
from analytics.anomalies.robust import MAD_TO_SIGMA
from analytics.anomalies.rows import ROBUST_Z, anomalies

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Floats, Whole

#: Weeks whose median is the level, and weeks whose errors make the range.
_LEVEL_WEEKS = 13
_RANGE_WEEKS = 52
_LEAST_RANGE_WEEKS = 13
#: An error no larger than one of the last year is inside what this source does, whatever its distribution; the newest
#: weeks are left out, because they may be the same event.
_RUN_WEEKS = 4
#: A range is never narrower than this share of the total, and a total that is nearer than that share is not told.
_LEAST_SCALE_SHARE = 0.05
_LEAST_CHANGE_SHARE = 0.25
#: Smaller groups are the diary of one or two people.
_LEAST_PEOPLE = 3
_LAG_QUANTILE = 0.9
_TWICE = (1.8, 2.2)
#: The variance of a median of normal errors is π/2 times that of their mean.
_LEVEL_VARIANCE = np.pi / 2 / _LEVEL_WEEKS
#: A firm's week is a team's when the team alone is this share of its error.
_LONE_TEAM_SHARE = 0.8
_NO_RUNS = pd.DataFrame(
    {
        **{name: pd.Series(dtype="int64") for name in ("group", "week", "first", "last", "weeks")},
        **{name: pd.Series(dtype="float64") for name in ("hours", "low", "high", "score", "error")},
        **{name: pd.Series(dtype="str") for name in ("likely_cause", "remedy")},
        "is_assumed": pd.Series(dtype="bool"),
    }
)


def totals_out_of_range(known: Known) -> pd.DataFrame:
    """Return the runs of weeks in which the firm's or a team's total was outside its range, on one side."""
    team = known.people["team_name"].to_numpy(dtype=object).astype(str)
    names = np.unique(team[team != ""])
    of_firm = _runs(_sums(known, np.zeros(len(team), dtype=np.int64)))
    of_teams = _NO_RUNS
    # A firm of one team is that team.
    if len(names) > 1:
        of_teams = _runs(_sums(known, np.where(team == "", -1, np.searchsorted(names, team))))
    of_firm = _without_lone_teams(of_firm, of_teams)
    return pd.concat([_rows(of_firm, None), _rows(of_teams, names.astype(object)[of_teams["group"].astype("int64")])])


def _runs(sums: pd.DataFrame) -> pd.DataFrame:
    """Return each group's runs of weeks out of range: the worst week, with ``first``, ``last`` and ``weeks``."""
    by_group = sums.groupby("group")
    is_long = by_group["week"].transform("size") > _LEVEL_WEEKS + _LEAST_RANGE_WEEKS
    sums = sums.loc[is_long & by_group["people"].transform("median").ge(_LEAST_PEOPLE)]
    if sums.empty:
        return _NO_RUNS
    judged = _with_range(sums.reset_index(drop=True))
    side = np.sign(judged["error"]).where(judged["is_out"], 0.0)
    is_new = side.ne(side.shift()) | judged["group"].ne(judged["group"].shift())
    told = judged.assign(run=is_new.cumsum()).loc[judged["is_out"]]
    if told.empty:
        return _NO_RUNS
    worst = told.sort_values(["run", "score", "week"], ascending=[True, False, True]).drop_duplicates("run")
    spans = told.groupby("run").agg(first=("week", "min"), last=("week", "max"), weeks=("people", "sum"))
    runs = worst.merge(spans, left_on="run", right_index=True, validate="one_to_one")
    cause, remedy = _reading(runs)
    runs = runs.assign(likely_cause=cause, remedy=remedy)
    # One week that people file late is everyday life, and the completeness of filing says so already.
    is_late_week = runs["likely_cause"].eq("people_did_not_file") & runs["first"].eq(runs["last"])
    return runs.loc[~is_late_week, list(_NO_RUNS.columns)]


def _without_lone_teams(firm: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Drop the firm's runs that one team explains: the team is told instead."""
    pairs = firm.reset_index(drop=True).reset_index().merge(teams, on="week", suffixes=("", "_team"))
    is_explained = pairs["error_team"] * np.sign(pairs["error"]) >= _LONE_TEAM_SHARE * pairs["error"].abs()
    explained = pairs.loc[is_explained, "index"]
    return pd.DataFrame(firm.reset_index(drop=True).drop(index=explained.unique()))


def _rows(runs: pd.DataFrame, team_name: object) -> pd.DataFrame:
    return anomalies(
        TOTAL_LEFT_RANGE,
        (runs["first"].to_numpy(dtype=np.int64), runs["last"].to_numpy(dtype=np.int64) + 6),
        {
            "team_name": team_name,
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


def _sums(known: Known, group_of: Whole) -> pd.DataFrame:
    """Return one row per group and week, from its first to the last that is older than the group's filing lag."""
    lag = pd.Series(known.lag_days).groupby(group_of).quantile(_LAG_QUANTILE, interpolation="higher")
    weeks = known.weeks.assign(group=group_of[known.weeks["person"].to_numpy()])
    is_due = weeks["week"] + 7 + weeks["group"].map(lag) <= known.this_monday
    weeks = weeks.loc[is_due & weeks["group"].ge(0)]
    return weeks.groupby(["group", "week"], as_index=False).agg(
        hours=("hours", "sum"),
        capacity=("available_days", "sum"),
        people=("is_filed", "sum"),
        missing=("is_missing", "sum"),
        is_assumed=("is_assumed", "max"),
    )


def _with_range(sums: pd.DataFrame) -> pd.DataFrame:
    """Add what was expected of each week, its range and how far outside it lies: from the group's own past alone."""
    week, group = sums.groupby("group").cumcount().to_numpy(), pd.factorize(sums["group"])[0]

    def wide(values: Floats) -> pd.DataFrame:
        """One column per group, its weeks one below the other."""
        table = np.full((week.max() + 1, group.max() + 1), np.nan)
        table[week, group] = values
        return pd.DataFrame(table)

    def long(table: pd.DataFrame) -> npt.NDArray[Any]:
        return table.to_numpy()[week, group]

    hours, explained = wide(sums["hours"].to_numpy(dtype="float64")), wide(_explained(sums))
    level = (hours - explained).rolling(_LEVEL_WEEKS).median().shift()
    expected = (explained + level).clip(lower=0.0)
    error = hours - expected
    past = error.abs().rolling(_RANGE_WEEKS, min_periods=_LEAST_RANGE_WEEKS)
    scale = (past.median().shift() * MAD_TO_SIGMA).clip(lower=_LEAST_SCALE_SHARE * hours.median(), axis=1)
    count = past.count().shift().clip(lower=_LEAST_RANGE_WEEKS)
    factor = special.stdtrit(count - 1, (1 + TOTAL_LEFT_RANGE.threshold) / 2) * np.sqrt(1 + _LEVEL_VARIANCE)
    seen = error.abs().rolling(_RANGE_WEEKS, min_periods=1).max().shift(_RUN_WEEKS + 1).fillna(0.0)
    reach = np.maximum.reduce([factor * scale, _LEAST_CHANGE_SHARE * expected, seen])
    return sums.assign(
        expected=long(expected),
        error=long(error),
        low=long((expected - reach).clip(lower=0.0)),
        high=long(expected + reach),
        score=long(error.abs() / scale),
        is_out=long(error.abs() > reach),
    )


def _explained(sums: pd.DataFrame) -> Floats:
    """Return what workdays without leave explain of each group's weeks."""
    found = np.empty(len(sums))
    for rows in sums.groupby("group").indices.values():
        hours, capacity = (sums[name].to_numpy(dtype="float64")[rows] for name in ("hours", "capacity"))
        found[rows] = _fitted(hours, capacity)
    return found


def _fitted(hours: Floats, capacity: Floats) -> Floats:
    """Return the line of Huber's regression on capacity, so that odd weeks do not bend it."""
    if np.ptp(capacity) == 0 or np.ptp(hours) == 0:
        return np.full(len(hours), np.median(hours))
    from statsmodels.robust.norms import HuberT  # noqa: PLC0415 - half a second; most processes read what is on record
    from statsmodels.robust.robust_linear_model import RLM  # noqa: PLC0415 - see above
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - see above

    design = np.column_stack([np.ones(len(capacity)), capacity / capacity.mean()])
    with warnings.catch_warnings():
        # A perfect fit is no trouble here: the range has a least width of its own.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted: Floats = RLM(hours, design, M=HuberT()).fit().fittedvalues
    return fitted


def _reading(worst: pd.DataFrame) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """Return likely cause and remedy: a file twice, people who did not file, or truly other work."""
    times = worst["hours"] / worst["expected"].clip(lower=1e-9)
    is_more = worst["error"].gt(0)
    usual_each = worst["expected"] / (worst["people"] + worst["missing"]).clip(lower=1)
    is_unfiled = ~is_more & (worst["missing"] * usual_each).ge(-worst["error"] / 2)
    cases = [(is_more & times.between(*_TWICE)).to_numpy(), is_more.to_numpy(), is_unfiled.to_numpy()]
    return (
        np.select(cases, ["imported_twice", "more_work", "people_did_not_file"], "less_work"),
        np.select(cases, ["undo_import", "mark_right", "import_missing_week"], "ask_team"),
    )
