"""Each person's weeks as they were known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.workload.grid import flags_of, floats_of, last_complete_sunday, monday_of

if TYPE_CHECKING:
    from datetime import date

    from analytics.workload.grid import Flags, Floats

#: Under this share of its expected days a filed week says too little: late is not low.
#: (The method's rule for 28 days, coverage q < 0.6 gives no level, applied to each week.)
MIN_FILED_SHARE = 0.6

#: Hours of one expected day, to turn a part-timer's contract hours into the days that are expected of them.
STANDARD_DAY_HOURS = 8.0

_KEY = ["person_id", "week_start_date"]
_MEASURES = ["worked_hours", "onsite_hours", "travel_hours", "weekend_hours", "worked_days_count", "entry_count"]
_PLAN = ["workdays_count", "leave_days_count", "leave_hours", "expected_hours"]

#: Workdays of the person's week without holidays; made-up frames lack it, and mean five.
_USUAL = "usual_workdays_count"

#: Below this a sum of corrections is the dust of floating-point addition.
_HOURS_DECIMALS = 6


def weeks_as_known(person_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return one row per person and complete week, as known on ``as_of_date``.

    Deltas that became known in the week of ``as_of_date`` or before are summed. A week counts when it was expected of
    the person as known then, with the leave that was known then: a later import changes no earlier day. A week of
    which nothing was known by then is ``missing`` (or ``on_leave``, ``no_workdays``) even if it was filed later. A week
    whose entries were all taken back is missing too: nothing is known of it.

    Parameters
    ----------
    person_weeks
        The mart ``person_weeks``.
    as_of_date
        A week is complete when its Sunday is this day or earlier.

    Returns
    -------
    DataFrame
        ``person_id``, ``week_start_date``, ``state``, ``workdays_count``, ``leave_days_count``, ``leave_hours``,
        ``expected_hours``, ``worked_hours``, ``onsite_hours``, ``travel_hours``, ``weekend_hours``,
        ``worked_days_count``, ``entry_count`` (the last six NaN unless the state is filed), ``expected_days``,
        ``filed_share`` (worked days of expected days, 0…1), ``is_known`` (filed to at least 60 %, on leave, or no
        workdays), ``is_assumed``; ``usual_workdays_count`` where the mart has it.
    """
    complete = person_weeks.loc[person_weeks["week_start_date"].le(last_complete_sunday(as_of_date))]
    plain = complete.assign(**{name: floats_of(complete[name]) for name in [*_MEASURES, *_PLAN]})
    own = [_USUAL] if _USUAL in plain.columns else []
    plans = plans_as_known(plain, as_of_date)[[*_KEY, "state", *_PLAN, *own]]
    is_known = plain["known_week_date"].le(monday_of(as_of_date)) & plain["state"].eq("filed")
    known = plain.loc[is_known].assign(is_assumed=flags_of(plain.loc[is_known, "is_assumed"]))
    sums = known.groupby(_KEY, sort=False).agg({**dict.fromkeys(_MEASURES, "sum"), "is_assumed": "max"})
    # A week not known yet rests on assumptions when what was filed later did.
    later = plain.loc[flags_of(plain["is_assumed"]), _KEY].drop_duplicates().assign(is_assumed_later=True)
    joined = (
        plans.merge(sums, left_on=_KEY, right_index=True, how="left", validate="one_to_one")
        .merge(later, on=_KEY, how="left", validate="one_to_one")
        .sort_values(_KEY, ignore_index=True)
    )
    return _with_coverage(_with_state(joined))


def plans_as_known(person_weeks: pd.DataFrame, as_of_date: date) -> pd.DataFrame:
    """Return one row per person and week: what was expected of it, as known on ``as_of_date``.

    Of the plans known by then the last one counts; a week that was not expected by then has no row. A frame without
    ``plan_known_week_date`` has one plan per week.
    """
    if "plan_known_week_date" not in person_weeks.columns:
        return person_weeks.drop_duplicates(_KEY)
    known = person_weeks.loc[person_weeks["plan_known_week_date"].le(monday_of(as_of_date))]
    # The row that says only what was expected knows the state best.
    ordered = known.assign(is_filed_row=known["state"].eq("filed")).sort_values(
        [*_KEY, "plan_known_week_date", "is_filed_row", "known_week_date"],
        ascending=[True, True, False, True, True],
        kind="stable",
    )
    last = ordered.drop_duplicates(_KEY).drop(columns="is_filed_row")
    return last.loc[last["is_expected"]]


def _with_state(weeks: pd.DataFrame) -> pd.DataFrame:
    is_filed = np.nan_to_num(floats_of(weeks["entry_count"])) > 0
    workdays, leave_days = (np.nan_to_num(floats_of(weeks[name])) for name in ("workdays_count", "leave_days_count"))
    own = weeks["state"]
    state = np.select(
        [is_filed, own.ne("filed").to_numpy(), workdays <= 0, leave_days >= workdays],
        ["filed", own.astype(object).to_numpy(), "no_workdays", "on_leave"],
        "missing",
    )
    measures = {name: weeks[name].round(_HOURS_DECIMALS).where(is_filed) for name in _MEASURES}
    is_assumed = np.where(is_filed, flags_of(weeks["is_assumed"]), flags_of(weeks["is_assumed_later"]))
    return weeks.drop(columns="is_assumed_later").assign(
        state=pd.Series(state, index=weeks.index, dtype="str"), **measures, is_assumed=is_assumed
    )


def _with_coverage(weeks: pd.DataFrame) -> pd.DataFrame:
    expected = _expected_days(weeks)
    worked_days = np.nan_to_num(floats_of(weeks["worked_days_count"]))
    share = np.where(expected > 0, np.clip(worked_days / np.where(expected > 0, expected, 1), 0, 1), 1.0)
    is_filed = weeks["state"].eq("filed").to_numpy()
    is_rest = weeks["state"].isin(["on_leave", "no_workdays"]).to_numpy()
    is_known: Flags = (is_filed & (share >= MIN_FILED_SHARE)) | is_rest
    filed_share = np.where(is_filed, share, is_rest.astype(float))
    columns = [name for name in weeks.columns if name != "is_assumed"]
    covered = weeks.assign(expected_days=expected, filed_share=filed_share, is_known=is_known)
    return covered[[*columns, "expected_days", "filed_share", "is_known", "is_assumed"]]


def _expected_days(weeks: pd.DataFrame) -> Floats:
    """Workdays without leave; for a part-timer as many eight-hour days as the contract hours fill."""
    days = np.clip(floats_of(weeks["workdays_count"]) - np.nan_to_num(floats_of(weeks["leave_days_count"])), 0, None)
    by_hours = floats_of(weeks["expected_hours"]) / STANDARD_DAY_HOURS
    return np.nan_to_num(np.fmin(days, by_hours))
