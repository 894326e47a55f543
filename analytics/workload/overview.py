"""One row per person with the latest numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from analytics.workload.days import COVERAGE_DAYS, day_states, days_as_known, days_in_a_row, days_known_share
from analytics.workload.fragmentation import project_fragmentation
from analytics.workload.grid import DAYS_A_WEEK, last_complete_sunday
from analytics.workload.load import BASELINE_LAG_WEEKS, BASELINE_WEEKS, with_load
from analytics.workload.travel import with_travel
from analytics.workload.weeks import plans_as_known, weeks_as_known

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

#: Missing weeks are counted over the last eight.
MISSING_WINDOW_WEEKS = 8

#: Enough weeks for the baseline and for Japan's mean of six months; older rows are not looked at.
_LOOK_BACK_WEEKS = BASELINE_LAG_WEEKS + BASELINE_WEEKS + 3

OVERVIEW_COLUMNS = (
    "person_id",
    "last_week_date",
    "state_last_week",
    "weeks_known_share",
    "days_known_share",
    "worked_hours_last_week",
    "load_ratio_last_week",
    "load_ratio_4_weeks",
    "load_hours_4_weeks",
    "baseline_hours",
    "hours_above_baseline",
    "nights_28_days_count",
    "weekends_away_28_days_count",
    "weeks_on_site_count",
    "is_travel_told",
    "days_in_a_row_count",
    "days_in_a_row_possible_count",
    "longest_day_hours",
    "project_fragmentation",
    "project_count",
    "limit_fact_count",
    "missing_weeks_count",
    "is_assumed",
)

_RENAMED = {
    "weeks_known_share_4": "weeks_known_share",
    "worked_hours": "worked_hours_last_week",
    "load_ratio": "load_ratio_last_week",
}
_KEPT = (
    "load_ratio_4_weeks",
    "load_hours_4_weeks",
    "baseline_hours",
    "hours_above_baseline",
)

#: What trips alone tell.
_TRAVEL = ("nights_28_days_count", "weekends_away_28_days_count", "weeks_on_site_count", "is_travel_told")


def workload_overview(
    person_weeks: pd.DataFrame,
    person_days: pd.DataFrame,
    person_project_weeks: pd.DataFrame,
    trips: pd.DataFrame,
    people: pd.DataFrame,
    calendar_days: pd.DataFrame,
    as_of_date: date,
    facts: pd.DataFrame,
    leave_days: pd.DataFrame | None = None,
    trips_told: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return one row per person: load, travel, rest and data state at the end of the last complete week.

    Every number is that of ``with_load``, ``with_travel``, ``days_in_a_row``, ``project_fragmentation`` and
    ``limit_facts`` in the week that ended last before ``as_of_date``; null means not known, never zero. A person whose
    last week is older (has left, or is in no timesheet) has null for everything but ``last_week_date`` and travel.

    Parameters
    ----------
    facts
        ``limit_facts`` of the same people and day.

    Returns
    -------
    DataFrame
        ``person_id``, ``last_week_date``, ``state_last_week``, ``weeks_known_share`` (last four weeks),
        ``days_known_share`` (expected workdays of the last 28 that are filed), ``worked_hours_last_week``,
        ``load_ratio_last_week``, ``load_ratio_4_weeks``, ``load_hours_4_weeks``, ``baseline_hours``,
        ``hours_above_baseline``, ``nights_28_days_count``, ``weekends_away_28_days_count``, ``weeks_on_site_count``,
        ``is_travel_told`` (false: these three are the least that they can be), ``days_in_a_row_count``,
        ``days_in_a_row_possible_count``, ``longest_day_hours`` (of the last 28 days),
        ``project_fragmentation``, ``project_count``, ``limit_fact_count`` (limits exceeded in a window that ended in
        the last 28 days, each rule once), ``missing_weeks_count`` (of the last eight), ``is_assumed``.
    """
    sunday = last_complete_sunday(as_of_date)
    since = sunday - timedelta(days=_LOOK_BACK_WEEKS * DAYS_A_WEEK - 1)
    recent_days = person_days.loc[person_days["work_date"].ge(since)]
    weeks = weeks_as_known(person_weeks.loc[person_weeks["week_start_date"].ge(since)], as_of_date)
    monday = sunday - timedelta(days=DAYS_A_WEEK - 1)
    last = with_load(weeks).loc[lambda rows: rows["week_start_date"].eq(monday)]
    now = last[["person_id", "state", *_RENAMED, *_KEPT]].rename(columns={**_RENAMED, "state": "state_last_week"})
    overview = _everybody(people, person_weeks, as_of_date)
    states = day_states(weeks, recent_days, people, calendar_days, as_of_date=as_of_date, leave_days=leave_days)
    fragments = project_fragmentation(person_project_weeks, as_of_date, monday).drop(columns="week_start_date")
    parts = [
        now,
        travel_now(overview["person_id"], trips, as_of_date, (people, calendar_days), trips_told),
        _recent_weeks(weeks, monday),
        days_in_a_row(states).assign(days_known_share=days_known_share(states, COVERAGE_DAYS).round(4)),
        _longest_days(recent_days, as_of_date),
        fragments,
        _limit_counts(facts, sunday),
    ]
    for part in parts:
        overview = overview.merge(part, on="person_id", how="left", validate="one_to_one")
    return _with_null_for_leavers(overview, monday).loc[:, list(OVERVIEW_COLUMNS)]


def travel_now(
    person_ids: pd.Series,
    trips: pd.DataFrame,
    as_of_date: date,
    home: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    told_until: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return what trips alone tell of people at the end of the last week that is told: no timesheet is needed.

    Columns ``person_id``, ``nights_28_days_count``, ``weekends_away_28_days_count``, ``weeks_on_site_count`` and
    ``is_travel_told``, as in ``with_travel``.
    """
    monday = last_complete_sunday(as_of_date) - timedelta(days=DAYS_A_WEEK - 1)
    weeks = person_ids.to_frame("person_id").assign(week_start_date=monday)
    return with_travel(weeks, trips, as_of_date, home, told_until)[["person_id", *_TRAVEL]]


def _everybody(people: pd.DataFrame, person_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return known people and all who have a week, with the Monday of their last complete week, as known."""
    complete = plans_as_known(person_weeks, as_of_date)
    complete = complete.loc[complete["week_start_date"].le(last_complete_sunday(as_of_date))]
    last = complete.groupby("person_id", as_index=False).agg(last_week_date=("week_start_date", "max"))
    listed = people[["person_id"]].astype("str").drop_duplicates()
    return listed.merge(last, on="person_id", how="outer", validate="one_to_one").sort_values(
        "person_id", ignore_index=True
    )


def _recent_weeks(weeks: pd.DataFrame, monday: pd.Timestamp) -> pd.DataFrame:
    is_missing = weeks["state"].eq("missing") & weeks["week_start_date"].gt(
        monday - timedelta(weeks=MISSING_WINDOW_WEEKS)
    )
    is_assumed = weeks["is_assumed"] & weeks["week_start_date"].gt(monday - timedelta(days=COVERAGE_DAYS))
    return (
        weeks.assign(missing_weeks_count=is_missing.astype("int64"), is_assumed=is_assumed)
        .groupby("person_id", as_index=False)
        .agg(missing_weeks_count=("missing_weeks_count", "sum"), is_assumed=("is_assumed", "max"))
    )


def _longest_days(person_days: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    since = last_complete_sunday(as_of_date) - timedelta(days=COVERAGE_DAYS - 1)
    days = days_as_known(person_days.loc[person_days["work_date"].ge(since)], as_of_date)
    return days.groupby("person_id", as_index=False).agg(longest_day_hours=("worked_hours", "max"))


def _limit_counts(facts: pd.DataFrame, sunday: pd.Timestamp) -> pd.DataFrame:
    recent = facts.loc[facts["window_end_date"].gt(sunday - timedelta(days=COVERAGE_DAYS))]
    return recent.groupby("person_id", as_index=False).agg(limit_fact_count=("rule", "nunique"))


def _with_null_for_leavers(overview: pd.DataFrame, monday: pd.Timestamp) -> pd.DataFrame:
    is_current = overview["last_week_date"].eq(monday)
    counted = overview.assign(
        limit_fact_count=overview["limit_fact_count"].fillna(0).astype("Int64"),
        missing_weeks_count=overview["missing_weeks_count"].astype("Int64"),
        project_count=overview["project_count"].astype("Int64"),
        is_assumed=overview["is_assumed"].eq(True),  # noqa: FBT003 - null is not assumed
    )
    kept = {"person_id", "last_week_date", "is_assumed", *_TRAVEL}
    measures = [name for name in OVERVIEW_COLUMNS if name not in kept]
    return counted.assign(**{name: counted[name].where(is_current) for name in measures})
