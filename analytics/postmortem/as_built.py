"""As planned and as built, week by week: hours, rework, work earned and scope added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analytics.postmortem.case import WEEK

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats
    from analytics.postmortem.case import Case

#: A report of the last days only says that the project ended: the replay does without it.
CLOSING_DAYS: Final = 6
#: After the last report the work goes on at the yield of so many weeks before it.
_LAST_YIELD_WEEKS: Final = 8.0


@dataclass(frozen=True, eq=False)
class AsBuilt:
    """The weeks of a project from its planned start to its end, and the plan that they are measured against.

    ``weeks``, one row each: ``week_start_date``, ``length`` (share of the week inside the project), ``planned_hours``
    (the planned pace times the length), ``booked_hours``, ``rework_hours``, ``leave_hours``, ``earned_hours`` (work
    done, from progress and scope), ``added_hours`` (approved scope of that week), ``remaining_hours`` (at its end, as
    reported), ``progress_ratio``, ``phase``, ``is_sign_off_due``.
    ``pace`` is the planned pace: budget over planned weeks, in hours a week.
    """

    weeks: pd.DataFrame
    pace: float
    budget_hours: float
    planned_weeks: float
    true_weeks: float
    #: Work that the replay still holds open at the end; the project ended nevertheless.
    open_hours: float


def as_built_of(case: Case) -> AsBuilt:
    """Lay the plan and what happened side by side.

    Work earned between two reports is what fell off the remaining work, scope added meanwhile counted in, spread over
    the weeks by booked hours without rework. A report of the last days is left out (it says that the project ended, not
    how much was open); after the last report before them work goes on at the yield of the eight weeks before it.

    Parameters
    ----------
    case
        A project without gaps (see ``gaps_of``).
    """
    if case.planned_start_date is None or case.planned_finish_date is None:
        raise ValueError("An account needs a planned start and finish.")
    start, end = case.planned_start_date, case.end_date
    weeks = _booked(case, start, end)
    added = _added_by_week(case, weeks)
    points = _points(case, start, end)
    productive = (weeks["booked_hours"] - weeks["rework_hours"]).clip(lower=0.0).to_numpy(dtype=np.float64)
    earned, remaining = _earned(points, weeks, added, productive, case.budget_hours)
    planned_weeks = (case.planned_finish_date - start) / WEEK
    pace = case.budget_hours / planned_weeks
    table = weeks.assign(
        planned_hours=weeks["length"] * pace,
        earned_hours=earned,
        added_hours=added,
        remaining_hours=remaining,
        progress_ratio=_carried(case.reports, weeks, "progress_ratio"),
        phase=_carried(case.reports, weeks, "phase"),
        is_sign_off_due=_sign_offs(case.reports, weeks),
    )
    open_hours = float(remaining[-1]) if case.ending == "finished" else 0.0
    return AsBuilt(table, pace, case.budget_hours, planned_weeks, (end - start) / WEEK, open_hours)


def _booked(case: Case, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return the weeks from the planned start to the end; hours booked before or after stand in the first or last."""
    monday = start.normalize() - pd.Timedelta(days=start.weekday())
    mondays = pd.Series(pd.date_range(monday, end, freq="7D")).astype("datetime64[us]")
    until = (mondays + WEEK).where(mondays + WEEK < end, end)
    length = (until - mondays.where(mondays > start, start)) / WEEK
    inside = case.weeks["week_start_date"].where(case.weeks["week_start_date"] > mondays.iloc[0], mondays.iloc[0])
    inside = inside.where(inside <= mondays.iloc[-1], pd.NaT)
    hours = case.weeks.assign(week_start_date=inside).groupby("week_start_date")[["booked_hours", "rework_hours"]].sum()
    hours = hours.reindex(mondays, fill_value=0.0).clip(lower=0.0)
    leave = case.leave.groupby("week_start_date")["leave_hours"].sum().reindex(mondays, fill_value=0.0)
    rework = hours["rework_hours"].where(hours["rework_hours"] < hours["booked_hours"], hours["booked_hours"])
    return pd.DataFrame(
        {
            "week_start_date": mondays,
            "length": length.to_numpy(dtype=np.float64),
            "booked_hours": hours["booked_hours"].to_numpy(dtype=np.float64),
            "rework_hours": rework.to_numpy(dtype=np.float64),
            "leave_hours": leave.to_numpy(dtype=np.float64),
        }
    )


def _added_by_week(case: Case, weeks: pd.DataFrame) -> Floats:
    places = request_weeks(case, weeks)
    rows = case.approved
    is_inside = places >= 0
    return np.bincount(places[is_inside], rows["estimated_hours"].to_numpy()[is_inside], minlength=len(weeks)).astype(
        np.float64
    )


def request_weeks(case: Case, weeks: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the place of the week in which each approved request entered the scope; -1 for after the end."""
    mondays = weeks["week_start_date"].to_numpy()
    counted_from = case.approved["counted_from"].to_numpy().astype(mondays.dtype)
    places = np.searchsorted(mondays, counted_from, side="right") - 1
    return np.where(counted_from > np.datetime64(case.end_date), -1, np.maximum(places, 0)).astype(np.int64)


def _points(case: Case, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Return days and shares of the work done: nothing at the start, then each report before the last days."""
    rows = case.reports.dropna(subset=["progress_ratio"]).sort_values("as_of_date", kind="stable")
    last = end - pd.Timedelta(days=CLOSING_DAYS) if case.ending == "finished" else end
    rows = rows[(rows["as_of_date"] > start) & (rows["as_of_date"] <= last)].drop_duplicates("as_of_date", keep="last")
    first = pd.DataFrame({"as_of_date": [start], "progress_ratio": [0.0]})
    points = pd.concat([first, rows[["as_of_date", "progress_ratio"]]], ignore_index=True)
    return points.assign(progress_ratio=points["progress_ratio"].astype("float64").clip(0.0, 1.0))


def _earned(
    points: pd.DataFrame, weeks: pd.DataFrame, added: Floats, productive: Floats, budget: float
) -> tuple[Floats, Floats]:
    """Return work earned in each week and work remaining at its end."""
    mondays = weeks["week_start_date"]
    # A report speaks of the week in which it was written, as a whole.
    place = np.minimum(np.searchsorted(mondays, points["as_of_date"], side="right"), len(weeks))
    place = np.asarray(np.where(np.arange(len(place)) == 0, 0, place), dtype=np.int64)
    ratio = pd.Series(points["progress_ratio"].to_numpy(), index=place).groupby(level=0).last()
    scope = budget + np.concatenate([[0.0], np.cumsum(added)])
    earned = np.zeros(len(weeks))
    ends = ratio.index.to_numpy(dtype=np.int64)
    left = scope[ends] * (1.0 - ratio.to_numpy())
    for first, last, before, after in zip(ends[:-1], ends[1:], left[:-1], left[1:], strict=True):
        done = before + added[first:last].sum() - after
        share = productive[first:last]
        share = share if share.sum() > 0 else weeks["length"].to_numpy()[first:last]
        earned[first:last] = done * share / share.sum()
    last = int(ends[-1])
    if last < len(weeks):
        earned[last:] = _until_done(left[-1], added[last:], productive[last:] * _yield_before(earned, productive, last))
    remaining = budget + np.cumsum(added) - np.cumsum(earned)
    return earned, remaining


def _until_done(left: float, added: Floats, possible: Floats) -> Floats:
    """Return work earned after the last report: when nothing is open any more, nothing is earned."""
    earned = np.zeros(len(possible))
    for place, (more, most) in enumerate(zip(added, possible, strict=True)):
        earned[place] = min(most, max(left + more, 0.0))
        left = left + more - earned[place]
    return earned


def _yield_before(earned: Floats, productive: Floats, place: int) -> float:
    """Return work earned for an hour in the last weeks before a place; 1 where nothing was booked."""
    first = max(place - int(_LAST_YIELD_WEEKS), 0)
    hours = productive[first:place].sum()
    return float(max(earned[first:place].sum(), 0.0) / hours) if hours > 0 else 1.0


def _sign_offs(reports: pd.DataFrame, weeks: pd.DataFrame) -> pd.Series[bool]:
    """Return the weeks in which a report said that a sign-off was waited for."""
    if "is_sign_off_due" not in reports:
        return pd.Series(data=False, index=weeks.index)
    days = reports.loc[reports["is_sign_off_due"].astype(bool), "as_of_date"]
    mondays = days.dt.normalize() - pd.to_timedelta(days.dt.day_of_week, unit="D")
    return weeks["week_start_date"].isin(mondays)


def _carried(reports: pd.DataFrame, weeks: pd.DataFrame, column: str) -> pd.Series[float]:
    """Return what the newest report said at the end of each week."""
    rows = reports.dropna(subset=[column]).sort_values("as_of_date", kind="stable")
    day = weeks[["week_start_date"]].assign(day=weeks["week_start_date"] + pd.Timedelta(days=6))
    rows = rows.assign(as_of_date=rows["as_of_date"].astype("datetime64[us]"))[["as_of_date", column]]
    found = pd.merge_asof(day.astype({"day": "datetime64[us]"}), rows, left_on="day", right_on="as_of_date")
    values: pd.Series[float] = found[column]
    return values
