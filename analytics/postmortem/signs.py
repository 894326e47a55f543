"""Signs of a delay in each week of a project, from what was known at the end of that week alone.

Every rule is written here with its threshold; none is fitted, so that a sign means the same in every project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from analytics.delay.view import LIKELY_LATE_PROBABILITY

if TYPE_CHECKING:
    from analytics.evaluation.scores import Floats

Sign: TypeAlias = Literal[
    "forecast_late",
    "forecast_moved",
    "behind_plan",
    "scope_growth",
    "request_burst",
    "hours_over_earned",
    "standstill",
    "plan_moved",
    "new_team",
    "silence",
]
SIGNS: Final[tuple[Sign, ...]] = get_args(Sign)

#: The median finish moved by so many weeks within eight.
MOVED_WEEKS: Final = 3.0
MOVED_WITHIN_WEEKS: Final = 8
#: Schedule performance in time below this, once a fifth of the plan is over.
BEHIND_SPI: Final = 0.8
BEHIND_FROM_SHARE: Final = 0.2
#: Approved scope above the budget, in all and within four weeks.
GROWTH_SHARE: Final = 0.10
BURST_SHARE: Final = 0.05
BURST_WEEKS: Final = 4
#: Booked hours over earned ones, once this share of the budget is booked.
OVER_EARNED_RATIO: Final = 1.3
OVER_EARNED_FROM_SHARE: Final = 0.15
#: No progress in so many weeks in which at least half of the planned hours were booked.
STANDSTILL_WEEKS: Final = 4
STANDSTILL_HOURS_SHARE: Final = 0.5
#: The current plan ends so many weeks after the first one.
PLAN_MOVED_WEEKS: Final = 2.0
#: Half of the hours of four weeks by people who came within them, once the project is eight weeks old.
NEW_TEAM_SHARE: Final = 0.5
NEW_TEAM_WEEKS: Final = 4
NEW_TEAM_AGE_WEEKS: Final = 8
#: No hours came in for so many weeks.
SILENCE_WEEKS: Final = 3


def signs_by_week(states: pd.DataFrame, people: pd.DataFrame, forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per project and week with a flag for each sign.

    Parameters
    ----------
    states
        ``Histories.states``: each row holds what was known at the end of its week.
    people
        ``project_id``, ``person_id``, ``known_week_date``, ``worked_hours``: hours by the week in which they became
        known.
    forecasts
        ``replayed_forecasts`` of the same projects; weeks between its rows take the one before.
    """
    rows = states.sort_values(["project_id", "week_start_date"], kind="stable")
    rows = rows.merge(_carried(rows, forecasts), on=["project_id", "week_start_date"], how="left", validate="1:1")
    rows = rows.merge(_new_shares(people), on=["project_id", "week_start_date"], how="left", validate="1:1")
    flags = {**_forecast_signs(rows), **_scope_signs(rows), **_work_signs(rows)}
    found = rows[["project_id", "week_start_date", "first_plan_date"]]
    return found.assign(**{sign: np.asarray(flags[sign], dtype=bool) for sign in SIGNS})


def _forecast_signs(rows: pd.DataFrame) -> dict[Sign, pd.Series[bool]]:
    groups = rows.groupby("project_id", sort=False)
    likely = rows["late_probability"].ge(LIKELY_LATE_PROBABILITY)
    slip_before = groups["slip_p50_weeks"].shift(MOVED_WITHIN_WEEKS)
    plan_slip = (rows["planned_finish_date"] - rows["first_plan_date"]).dt.days / 7.0
    spi = rows["spi_t"].where(~rows["is_spi_hidden"].astype(bool))
    share = (rows["week_start_date"] - rows["start_date"]).dt.days / 7.0 / rows["planned_weeks"]
    return {
        "forecast_late": likely & likely.groupby(rows["project_id"]).shift(fill_value=False),
        "forecast_moved": (rows["slip_p50_weeks"] - slip_before).ge(MOVED_WEEKS),
        "behind_plan": spi.lt(BEHIND_SPI) & share.ge(BEHIND_FROM_SHARE),
        "plan_moved": plan_slip.ge(PLAN_MOVED_WEEKS),
    }


def _scope_signs(rows: pd.DataFrame) -> dict[Sign, pd.Series[bool]]:
    before = rows.groupby("project_id", sort=False)["scope_hours"].shift(BURST_WEEKS)
    budget = rows["budget_hours"].where(rows["budget_hours"] > 0)
    return {
        "scope_growth": (rows["scope_hours"] / budget - 1).ge(GROWTH_SHARE),
        "request_burst": ((rows["scope_hours"] - before) / budget).ge(BURST_SHARE),
    }


def _work_signs(rows: pd.DataFrame) -> dict[Sign, pd.Series[bool]]:
    groups = rows.groupby("project_id", sort=False)
    booked, progress = rows["booked_hours"], rows["progress_ratio"]
    earned = progress * rows["scope_hours"]
    enough = booked / rows["budget_hours"] >= OVER_EARNED_FROM_SHARE
    recent = booked - groups["booked_hours"].shift(STANDSTILL_WEEKS)
    usual = STANDSTILL_WEEKS * rows["budget_hours"] / rows["planned_weeks"]
    stands = (progress - groups["progress_ratio"].shift(STANDSTILL_WEEKS)).le(1e-9)
    silent = (booked - groups["booked_hours"].shift(SILENCE_WEEKS)).le(1e-9) & booked.gt(0)
    age = groups.cumcount()
    return {
        "hours_over_earned": enough & (booked > OVER_EARNED_RATIO * earned) & progress.notna(),
        "standstill": stands & (recent >= STANDSTILL_HOURS_SHARE * usual),
        "new_team": rows["new_share"].ge(NEW_TEAM_SHARE) & (age >= NEW_TEAM_AGE_WEEKS),
        "silence": silent,
    }


def _carried(rows: pd.DataFrame, forecasts: pd.DataFrame) -> pd.DataFrame:
    """Return a forecast for each week, the one before where there is none."""
    names = ["project_id", "week_start_date", "slip_p50_weeks", "late_probability"]
    wide = rows[["project_id", "week_start_date"]].merge(
        forecasts.reindex(columns=names).astype({"slip_p50_weeks": "float64", "late_probability": "float64"}),
        on=["project_id", "week_start_date"],
        how="left",
        validate="1:1",
    )
    carried = wide.groupby("project_id", sort=False)[["slip_p50_weeks", "late_probability"]].ffill()
    return wide.assign(**{str(name): carried[name] for name in carried.columns})


def _new_shares(people: pd.DataFrame) -> pd.DataFrame:
    """Return which share of the hours that became known in four weeks was of people first known within them."""
    columns = ["project_id", "week_start_date", "new_share"]
    if people.empty:
        return pd.DataFrame(columns=columns).astype({"week_start_date": "datetime64[us]", "new_share": "float64"})
    rows = people.assign(week=pd.to_datetime(people["known_week_date"]).astype("datetime64[us]"))
    hours: pd.DataFrame = rows.groupby(["project_id", "person_id", "week"], as_index=False)[["worked_hours"]].sum()
    parts = hours.groupby("project_id", sort=False).indices
    found = [_new_share(str(project_id), hours.iloc[places]) for project_id, places in parts.items()]
    return pd.concat(found, ignore_index=True)[columns]


def _new_share(project_id: str, hours: pd.DataFrame) -> pd.DataFrame:
    wide = hours.pivot_table(index="week", columns="person_id", values="worked_hours", fill_value=0.0)
    weeks = pd.date_range(wide.index.min(), wide.index.max(), freq="7D")
    known: Floats = wide.reindex(weeks, fill_value=0.0).clip(lower=0.0).to_numpy(dtype=np.float64)
    first = (known > 0).argmax(axis=0)
    recent = _trailing(known, NEW_TEAM_WEEKS)
    is_new = first[None, :] > np.arange(len(weeks))[:, None] - NEW_TEAM_WEEKS
    total = recent.sum(axis=1)
    share = np.divide((recent * is_new).sum(axis=1), total, out=np.zeros(len(weeks)), where=total > 0)
    table = pd.DataFrame({"week_start_date": weeks.astype("datetime64[us]"), "new_share": share})
    return table.assign(project_id=project_id)


def _trailing(values: Floats, count: int) -> Floats:
    """Return sums over the last so many rows."""
    sums = np.cumsum(values, axis=0)
    sums[count:] = sums[count:] - np.cumsum(values, axis=0)[:-count]
    return sums
