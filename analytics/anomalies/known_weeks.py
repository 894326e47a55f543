"""Each person's complete weeks: filed or not, when first known, and how much work was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.anomalies import keys
from analytics.anomalies.frames import places
from analytics.workload.grid import day_numbers, flags_of, floats_of, timestamp_of
from analytics.workload.weeks import plans_as_known

if TYPE_CHECKING:
    from analytics.anomalies.frames import Known
    from analytics.workload.grid import Flags, Floats, Whole

_KEY = ["person_id", "week_start_date"]

#: A change of a week counts as restated when the week had been over for this long.
SETTLED_DAYS = 28


def weeks_known(known: Known) -> pd.DataFrame:
    """Return one row per person and complete week, sorted by ``key``.

    ``key``, ``person``, ``week``, ``is_filed``, ``is_missing`` (work was expected, nothing is known), ``hours``,
    ``settled_hours`` (as known four weeks after the week's end), ``lag_weeks`` (from the week's end to the first
    entry), ``available_days`` (workdays without leave), ``is_assumed``.
    """
    rows = _with_plans(known)
    person, week = places(known.person_ids, rows["person_id"]), day_numbers(rows["week_start_date"])
    kept = (person >= 0) & rows["week_start_date"].notna().to_numpy() & (week < known.first_open_day)
    rows, person, week = rows.loc[kept], person[kept], week[kept]
    key = keys.day_key(person, week)
    unique, sums = keys.sums_by(key, _deltas(rows, week, known.this_monday))
    order, starts = keys.grouped(key)
    first = rows.iloc[order[starts]]
    is_filed = sums["entry_count"] > 0
    unique_person, unique_week = keys.day_key_parts(unique)
    return pd.DataFrame(
        {
            "key": unique,
            "person": unique_person,
            "week": unique_week,
            "is_filed": is_filed,
            "is_missing": ~is_filed & _is_work_expected(first),
            "hours": np.where(is_filed, sums["hours"], 0.0),
            "settled_hours": sums["settled_hours"],
            "settled_count": sums["settled_count"],
            "lag_weeks": _lag_weeks(rows, week, known.this_monday, order, starts),
            "available_days": _available_days(first),
            "is_assumed": sums["is_assumed"] > 0,
        }
    )


def _with_plans(known: Known) -> pd.DataFrame:
    """Return the rows of weeks that were expected as known, each with the plan that was known last."""
    rows = known.frames.person_weeks
    if "plan_known_week_date" not in rows.columns:
        return rows
    plans = plans_as_known(rows, timestamp_of(known.as_of_day).date())
    columns = [*_KEY, "workdays_count", "leave_days_count"]
    is_plan = rows.index.isin(plans.index)
    kept = rows.loc[is_plan | rows["state"].eq("filed")].drop(columns=columns[2:])
    # The plan stands first: its state says whether work was expected.
    kept = kept.sort_values("state", key=lambda state: state.eq("filed"), kind="stable")
    return kept.merge(plans[columns], on=_KEY, how="inner", validate="many_to_one")


def _deltas(rows: pd.DataFrame, week: Whole, this_monday: int) -> dict[str, Floats]:
    known_week = day_numbers(rows["known_week_date"])
    is_known = rows["state"].eq("filed").to_numpy(dtype=bool) & (known_week <= this_monday)
    is_settled = is_known & (known_week <= week + 7 + SETTLED_DAYS)
    hours, entries = np.nan_to_num(floats_of(rows["worked_hours"])), np.nan_to_num(floats_of(rows["entry_count"]))
    return {
        "hours": hours * is_known,
        "entry_count": entries * is_known,
        "settled_hours": hours * is_settled,
        "settled_count": entries * is_settled,
        "is_assumed": (flags_of(rows["is_assumed"]) & is_known).astype(np.float64),
    }


def _lag_weeks(rows: pd.DataFrame, week: Whole, this_monday: int, order: Whole, starts: Whole) -> Floats:
    """Weeks from the week's end to the first known entry; NaN while there is none."""
    known_week = day_numbers(rows["known_week_date"])
    is_known = rows["state"].eq("filed").to_numpy(dtype=bool) & (known_week <= this_monday)
    lag = np.where(is_known, np.maximum(known_week - week - 7, 0) / 7, np.inf)
    if not len(lag):
        return lag
    first = np.minimum.reduceat(lag[order], starts)
    return np.where(np.isinf(first), np.nan, first)


def _available_days(first: pd.DataFrame) -> Floats:
    workdays, leave = floats_of(first["workdays_count"]), np.nan_to_num(floats_of(first["leave_days_count"]))
    return np.clip(np.nan_to_num(workdays, nan=5.0) - leave, 0.0, None)


def _is_work_expected(first: pd.DataFrame) -> Flags:
    is_rest = first["state"].isin(["on_leave", "no_workdays"]).to_numpy(dtype=bool)
    expected: Flags = ~is_rest & (_available_days(first) > 0)
    return expected
