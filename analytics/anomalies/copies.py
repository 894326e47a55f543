"""Weeks in a row that carry the same hours per weekday and per project.

The marts hold hours by day and hours by project and week, not both at once: weeks are alike when both agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.checks import COPIED_WEEKS
from analytics.anomalies.robust import USUAL_SHARE
from analytics.anomalies.rows import PAST_SHARE, anomalies, person_names
from analytics.workload.grid import floats_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Floats, Whole

#: Hours are compared to the minute and a half.
_PER_HOUR = 40
#: What makes a pattern one's own: so many projects, or so many different lengths of day.
_LEAST_PROJECTS = 2
_LEAST_DAY_LENGTHS = 3
#: Below this many other weeks nobody can say that a person books by plan.
_LEAST_OTHER_WEEKS = 13


def copied_weeks(known: Known) -> pd.DataFrame:
    """Return the runs of three or more alike weeks that hold more than a plain working week."""
    weeks = _with_runs(known)
    alike = weeks.loc[weeks["run_weeks"].ge(COPIED_WEEKS.threshold)]
    alike = alike.merge(_patterns(known, alike), on="key", how="inner", validate="one_to_one")
    is_own = alike["project_count"].ge(_LEAST_PROJECTS) | alike["length_count"].ge(_LEAST_DAY_LENGTHS)
    found = (
        alike.loc[is_own]
        .groupby("run", as_index=False)
        .agg(
            person=("person", "first"),
            first=("week", "min"),
            last=("week", "max"),
            count=("week", "size"),
            is_assumed=("is_assumed", "max"),
        )
    )
    person = found["person"].to_numpy()
    other_share = _share_of_other_weeks(weeks, found)
    return anomalies(
        COPIED_WEEKS,
        (found["first"].to_numpy(), found["last"].to_numpy() + 6),
        {
            **person_names(known, person),
            "value": found["count"].to_numpy(dtype="float64"),
            "usual_low": 1.0,
            "usual_high": COPIED_WEEKS.threshold - 1,
            "unusual_score": other_share,
            "score_kind": PAST_SHARE,
            "likely_cause": np.where(other_share >= USUAL_SHARE, "booked_by_plan", "week_copied"),
            "remedy": "ask_person",
            "person_weeks_count": found["count"].to_numpy(),
            "is_assumed": found["is_assumed"].to_numpy(dtype=bool),
        },
    )


def _with_runs(known: Known) -> pd.DataFrame:
    """Filed weeks with the run of alike weeks that each stands in, and that run's length."""
    weeks = known.weeks.loc[known.weeks["is_filed"], ["key", "person", "week", "is_assumed"]]
    key = weeks["key"].to_numpy()
    days, projects = known.days, known.project_weeks
    by_day = _fingerprint(
        key,
        keys.day_key(days["person"].to_numpy(), keys.monday(days["day"].to_numpy())),
        keys.weekday(days["day"].to_numpy()),
        floats_of(days["hours"]),
    )
    by_project = _fingerprint(
        key,
        keys.day_key(projects["person"].to_numpy(), projects["week"].to_numpy()),
        projects["project"].to_numpy(),
        floats_of(projects["hours"]),
    )
    person, week = weeks["person"].to_numpy(), weeks["week"].to_numpy()
    is_new = (by_day[1:] != by_day[:-1]) | (by_project[1:] != by_project[:-1])
    begins = np.r_[True, is_new | (person[1:] != person[:-1]) | (week[1:] - week[:-1] != 7)]
    run = np.cumsum(begins[: len(key)]).astype(np.int64)
    return weeks.assign(run=run, run_weeks=np.bincount(run)[run] if len(run) else run)


def _fingerprint(weeks: Whole, row_weeks: Whole, slot: Whole, hours: Floats) -> npt.NDArray[np.uint64]:
    """One number for each week that stands for all its (slot, hours) pairs, whatever their order."""
    pair = (slot << 24) ^ np.rint(hours * _PER_HOUR).astype(np.int64)
    mixed = _mixed(pair.astype(np.uint64))
    prints = np.zeros(len(weeks), dtype=np.uint64)
    if not len(row_weeks):
        return prints
    order, starts = keys.grouped(row_weeks)
    sums = np.add.reduceat(mixed[order], starts)
    place, is_there = keys.find(weeks, row_weeks[order][starts])
    prints[place[is_there]] = sums[is_there]
    return prints


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread each number over 64 bits, so that sums of different pairs differ (splitmix64: Steele, Lea, Flood 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _patterns(known: Known, alike: pd.DataFrame) -> pd.DataFrame:
    """For each of these weeks: projects with hours and different lengths of day."""
    projects = known.project_weeks
    in_week = keys.day_key(projects["person"].to_numpy(), projects["week"].to_numpy())
    days = known.days
    of_day = keys.day_key(days["person"].to_numpy(), keys.monday(days["day"].to_numpy()))
    wanted = alike["key"].to_numpy()
    length = pd.Series(np.rint(floats_of(days["hours"]) * _PER_HOUR))
    is_day = _isin(of_day, wanted)
    is_project = _isin(in_week, wanted) & projects["hours"].gt(0).to_numpy()
    length_count = length[is_day].groupby(of_day[is_day]).nunique()
    project_count = projects.loc[is_project, "project"].groupby(in_week[is_project]).nunique()
    return pd.DataFrame(
        {
            "key": wanted,
            "project_count": project_count.reindex(wanted).fillna(0).to_numpy(),
            "length_count": length_count.reindex(wanted).fillna(0).to_numpy(),
        }
    )


def _isin(row_keys: Whole, wanted: Whole) -> npt.NDArray[np.bool_]:
    return keys.find(wanted, row_keys)[1]


def _share_of_other_weeks(weeks: pd.DataFrame, found: pd.DataFrame) -> Floats:
    """Share of the person's other weeks that stand in a run of alike weeks too; 0 when too few to say."""
    is_run = weeks["run_weeks"].ge(COPIED_WEEKS.threshold)
    copied = weeks["person"].loc[is_run].value_counts().reindex(found["person"]).fillna(0).to_numpy()
    filed = weeks["person"].value_counts().reindex(found["person"]).fillna(0).to_numpy()
    own = found["count"].to_numpy()
    others = np.maximum(filed - own, 0)
    share: Floats = np.where(others >= _LEAST_OTHER_WEEKS, (copied - own) / np.maximum(others, 1), 0.0)
    return share
