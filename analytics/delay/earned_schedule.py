"""Earned schedule: progress read as time (Lipke 2003, The Measurable News, Summer, 31-34).

Earned schedule ES is the moment at which the plan wanted the progress that is there now. With AT for the time that
has really passed, SPI(t) = ES / AT, and the finish is expected at AT + (PD - ES) / SPI(t) = PD / SPI(t).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

#: In its first weeks SPI(t) does more harm than good, so it is not shown before both are reached.
SHOWN_FROM_WEEKS: Final = 6.0
SHOWN_FROM_PROGRESS_RATIO: Final = 0.10
#: Until so many weeks and so much of the plan have passed, the plan's own pace is taken for what is missing of them:
#: forecasts read SPI(t) from the first report on, and nothing jumps when it is shown.
_PLAN_PACE_WEEKS: Final = 6.0
_PLAN_PACE_SHARE: Final = 0.4
#: SPI(t) outside these bounds says that the plan or the progress is wrong, not how fast the team is.
_SPI_BOUNDS: Final = (0.2, 3.0)
_SLOWEST_BURN: Final = 0.1
_DAYS_PER_WEEK: Final = 7.0
#: Plans that lie no farther apart are the same plan.
_SAME_PLAN: Final = pd.Timedelta(days=7)


def weeks_between(start: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    """Return the weeks from ``start`` to ``end``; unknown when either is."""
    return (end - start).dt.total_seconds() / (86_400 * _DAYS_PER_WEEK)


def with_first_plan(project_states: pd.DataFrame) -> pd.DataFrame:
    """Add ``first_plan_date``: the first finish that was ever planned, as far as known in that week.

    It is the first baseline, or where there is none the first planned finish. A later baseline does not move it:
    lateness against the latest plan is near zero by construction. Lists are overwritten, and a baseline that was moved
    to the latest plan can't be told from one that was kept; reports are dated. Where the plan of the first report lies
    more than a week from the baseline, the report counts, and ``is_first_plan_reported`` says so.

    Parameters
    ----------
    project_states
        ``project_id``, ``week_start_date``, ``baseline_finish_date``, ``planned_finish_date``.
    """
    ordered = project_states.sort_values(["project_id", "week_start_date"], ignore_index=True)
    baseline, plan = (_first_known(ordered, name) for name in ("baseline_finish_date", "planned_finish_date"))
    listed = baseline.fillna(plan)
    reported = _first_reported(ordered)
    is_reported = (reported - listed).abs() > _SAME_PLAN
    return ordered.assign(
        first_plan_date=listed.mask(is_reported, reported), is_first_plan_reported=is_reported.fillna(value=False)
    )


def _first_known(ordered: pd.DataFrame, name: str) -> pd.Series[pd.Timestamp]:
    dates = pd.to_datetime(ordered[name]).astype("datetime64[us]")
    groups = ordered["project_id"]
    is_known_by_now = dates.notna().groupby(groups).cummax().astype(bool)
    return dates.groupby(groups).transform("first").where(is_known_by_now)


def _first_reported(ordered: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return the plan of the first report, from the week in which it was known."""
    plan = pd.to_datetime(ordered["planned_finish_date"]).astype("datetime64[us]")
    if "progress_date" not in ordered:
        return plan.where(plan.isna())
    with_report = ordered.assign(planned_finish_date=plan.where(ordered["progress_date"].notna()))
    return _first_known(with_report, "planned_finish_date")


def with_earned_schedule(project_states: pd.DataFrame) -> pd.DataFrame:
    """Add what earned schedule says in each week, from that week's and earlier rows alone.

    New columns, all in weeks since the start: ``planned_weeks`` (PD, to the first plan), ``actual_weeks`` (AT, to the
    day of the progress figure), ``earned_weeks`` (ES), then ``spi_t``, ``is_spi_hidden`` (``spi_t`` is then null: too
    early, or no progress or plan), ``earned_finish_weeks`` (PD / SPI(t)) and ``burn_finish_weeks`` (AT / progress:
    linear burn). These two are known from the first report on: before week 6 and 40 % of the plan its own pace
    stands in for the weeks that are missing, and paces are bounded. The plan's curve is
    ``planned_progress_ratio`` where known, else a line from start to first plan.

    Parameters
    ----------
    project_states
        Columns of marts.project_states and ``start_date``.
    """
    states = project_states if "first_plan_date" in project_states else with_first_plan(project_states)
    states = states.sort_values(["project_id", "week_start_date"], ignore_index=True)
    week_end = states["week_start_date"] + pd.Timedelta(days=_DAYS_PER_WEEK)
    progress = states["progress_ratio"].astype("float64").clip(0.0, 1.0)
    planned_weeks = weeks_between(states["start_date"], states["first_plan_date"])
    planned_weeks = planned_weeks.where(planned_weeks > 0)
    known_on = pd.to_datetime(states["progress_date"]).fillna(week_end).clip(upper=week_end)
    actual_weeks = weeks_between(states["start_date"], known_on).where(progress.notna()).clip(lower=0.0)
    earned = pd.Series(_earned_weeks(states, progress, planned_weeks, actual_weeks), index=states.index)
    is_hidden = (
        (actual_weeks < SHOWN_FROM_WEEKS) | (progress < SHOWN_FROM_PROGRESS_RATIO) | earned.isna() | actual_weeks.isna()
    )
    spi = (earned / actual_weeks.where(actual_weeks > 0)).mask(is_hidden)
    missing = ((_PLAN_PACE_SHARE * planned_weeks).clip(lower=_PLAN_PACE_WEEKS) - actual_weeks).clip(lower=0.0)
    slowest, fastest = _SPI_BOUNDS
    pace = (earned + missing) / (actual_weeks + missing)
    burn = (progress * planned_weeks + missing) / (actual_weeks + missing)
    return states.assign(
        planned_weeks=planned_weeks,
        actual_weeks=actual_weeks,
        earned_weeks=earned,
        spi_t=spi,
        is_spi_hidden=is_hidden,
        earned_finish_weeks=planned_weeks / pace.clip(slowest, fastest),
        burn_finish_weeks=planned_weeks / burn.clip(lower=_SLOWEST_BURN),
    )


def _earned_weeks(
    states: pd.DataFrame,
    progress: pd.Series[float],
    planned_weeks: pd.Series[float],
    actual_weeks: pd.Series[float],
) -> Floats:
    """Invert each project's planned curve at its progress; one binary search serves all rows at once."""
    codes = pd.factorize(states["project_id"], sort=True)[0].astype(np.float64)
    planned = states["planned_progress_ratio"].astype("float64").clip(0.0, 1.0)
    curve = planned.groupby(states["project_id"]).cummax().groupby(states["project_id"]).ffill()
    week_end = states["week_start_date"] + pd.Timedelta(days=_DAYS_PER_WEEK)
    age = weeks_between(states["start_date"], week_end).to_numpy(dtype=np.float64)
    share = progress.to_numpy(dtype=np.float64)
    length = planned_weeks.to_numpy(dtype=np.float64)
    line = share * length
    plan_now = curve.to_numpy(dtype=np.float64)
    # Projects lie one after the other on a common axis, 2 apart, so that curves never touch.
    keys = codes * 2 + np.nan_to_num(plan_now)
    place = np.searchsorted(keys, codes * 2 + np.nan_to_num(share), side="left")
    place = np.minimum(place, np.arange(len(keys)))
    is_first = (place == 0) | (codes[np.maximum(place - 1, 0)] != codes[place])
    low_share = np.where(is_first, 0.0, plan_now[np.maximum(place - 1, 0)])
    low_age = np.where(is_first, 0.0, age[np.maximum(place - 1, 0)])
    rise = plan_now[place] - low_share
    part = np.divide(share - low_share, rise, out=np.ones_like(rise), where=rise > 0)
    behind = low_age + np.clip(part, 0.0, 1.0) * (age[place] - low_age)
    ahead_part = np.divide(share - plan_now, 1 - plan_now, out=np.ones_like(rise), where=plan_now < 1)
    ahead = age + ahead_part * np.maximum(length - age, 0.0)
    earned = np.where(share > plan_now, ahead, np.minimum(behind, length))
    earned = np.where(share >= 1, length, np.maximum(earned, 0.0))
    found = np.where(np.isnan(plan_now), line, earned)
    return np.where(np.isnan(share) | np.isnan(length) | actual_weeks.isna().to_numpy(), np.nan, found)
