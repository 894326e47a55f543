"""Signs of delay that the trade knows, and what the firm's own history says of them.

Integration with old systems, data migration, training, rework, requests that no prototype confirmed and decisions that
the client owes: each is measured on the running project and on finished ones *at the same stage* of their first plan,
so that a young project is not compared with a whole one. Whether a high sign went with late finishes is told with an
interval, and "no clear relation" is an answer. A relation is no cause.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analytics.delay.earned_schedule import weeks_between

#: Share of the hours so far that went into an activity.
ACTIVITY_SIGNS: Final = {
    "integration_share": "integration",
    "data_migration_share": "data_migration",
    "training_share": "training",
    "rework_share": "rework",
}
#: Signs that change requests give: shares of requests, and days.
REQUEST_SIGNS: Final = ("unconfirmed_share", "old_systems_share", "decision_wait_days", "undecided_share")
SIGNS: Final = (*ACTIVITY_SIGNS, *REQUEST_SIGNS)
#: A sign is high where so large a share of finished projects lay below it at this stage.
HIGH_SHARE: Final = 0.75
#: With fewer finished projects nothing is said about a relation.
LEAST_FINISHED_COUNT: Final = 15
#: Fewer projects on one side are no group.
_LEAST_GROUP_COUNT: Final = 3
#: With fewer requests a share of them says nothing.
_LEAST_REQUESTS_COUNT: Final = 3
_LEAST_HOURS: Final = 80.0
_DRAWS_COUNT: Final = 400
_INTERVAL: Final = (0.1, 0.9)
_RESULT: Final = (
    "sign",
    "value",
    "usual",
    "finished_count",
    "high_from",
    "is_high",
    "high_slip",
    "rest_slip",
    "low",
    "high",
)


def trade_signs(
    projects: pd.DataFrame, hours: pd.DataFrame, requests: pd.DataFrame, project_id: str, as_of_date: pd.Timestamp
) -> pd.DataFrame:
    """Return each sign of one project beside what was usual, and what a high one went with.

    Parameters
    ----------
    projects
        ``project_id``, ``start_date``, ``end_date``, ``is_finished``, ``planned_weeks``.
    hours
        ``project_id``, ``week_start_date``, ``activity``, ``worked_hours``, as known on the day.
    requests
        ``project_id``, ``raised_at``, ``decided_at``, ``cause``, ``is_confirmed_by_prototype``.

    Returns
    -------
    One row per sign that can be measured: ``sign``, ``value``, ``usual`` (median of finished projects at this stage),
    ``finished_count``, ``high_from`` (their upper quarter), ``is_high``; and of those projects the median slip (true
    over first planned duration, less 1) where the sign was high and elsewhere (``high_slip``, ``rest_slip``), with an
    80 % interval of the difference (``low``, ``high``; bootstrap over projects). Without enough history these are
    unknown.
    """
    own = projects[projects["project_id"] == project_id]
    if own.empty or pd.isna(own["planned_weeks"].iloc[0]) or pd.isna(own["start_date"].iloc[0]):
        return pd.DataFrame(columns=list(_RESULT))
    first = own.iloc[0]
    stage = (as_of_date - first["start_date"]) / pd.Timedelta(weeks=1) / first["planned_weeks"]
    is_past = projects["is_finished"] & (projects["end_date"] <= as_of_date) & projects["planned_weeks"].gt(0)
    past = projects[is_past & (projects["project_id"] != project_id)].assign(seen_on=lambda rows: _seen_on(rows, stage))
    seen = pd.concat([past, own.assign(seen_on=as_of_date)], ignore_index=True)
    values = _values(seen, hours, requests)
    took = weeks_between(past["start_date"], past["end_date"])
    slips = (took / past["planned_weeks"] - 1).set_axis(past["project_id"])
    rows = [_row(sign, values[sign], project_id, slips) for sign in SIGNS if sign in values]
    return pd.DataFrame([row for row in rows if row is not None], columns=list(_RESULT))


def _seen_on(rows: pd.DataFrame, stage: float) -> pd.Series[pd.Timestamp]:
    """Return the day on which each finished project stood at a stage of its first plan, at the latest its end."""
    day = rows["start_date"] + pd.to_timedelta((stage * rows["planned_weeks"] * 7).round(), unit="D")
    return day.where(day < rows["end_date"], rows["end_date"])


def _values(seen: pd.DataFrame, hours: pd.DataFrame, requests: pd.DataFrame) -> pd.DataFrame:
    """Return one row per project and one column per sign, as they stood on ``seen_on``."""
    index = pd.Index(seen["project_id"], name="project_id")
    shares = _activity_shares(seen, hours).reindex(index)
    asked = _request_signs(seen, requests).reindex(index)
    return pd.concat([shares, asked], axis=1)


def _activity_shares(seen: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    known = hours.merge(seen[["project_id", "seen_on"]], on="project_id", how="inner", validate="many_to_one")
    known = known[pd.to_datetime(known["week_start_date"]) <= known["seen_on"]]
    by_activity = known.pivot_table(
        index="project_id", columns="activity", values="worked_hours", aggfunc="sum", fill_value=0.0
    )
    total = by_activity.sum(axis=1)
    total = total.where(total >= _LEAST_HOURS)
    none = pd.Series(0.0, index=by_activity.index)
    return pd.DataFrame(
        {sign: by_activity.get(activity, none) / total for sign, activity in ACTIVITY_SIGNS.items()},
        index=by_activity.index,
    )


def _request_signs(seen: pd.DataFrame, requests: pd.DataFrame) -> pd.DataFrame:
    known = requests.merge(seen[["project_id", "seen_on"]], on="project_id", how="inner", validate="many_to_one")
    known = known[pd.to_datetime(known["raised_at"]) <= known["seen_on"]]
    decided_at = pd.to_datetime(known["decided_at"])
    is_decided = decided_at.notna() & (decided_at <= known["seen_on"])
    waited = (decided_at.where(is_decided, known["seen_on"]) - pd.to_datetime(known["raised_at"])).dt.days
    confirmed = known["is_confirmed_by_prototype"].astype("boolean")
    rows = known.assign(
        unconfirmed_share=(~confirmed).astype("Float64").astype("float64"),
        old_systems_share=known["cause"].eq("legacy_integration").astype("float64").where(known["cause"].notna()),
        decision_wait_days=waited.clip(lower=0).astype("float64"),
        undecided_share=(~is_decided).astype("float64"),
    )
    groups = rows.groupby("project_id")
    signs = groups[["unconfirmed_share", "old_systems_share", "undecided_share"]].mean()
    signs = signs.join(groups["decision_wait_days"].median())
    is_enough = groups.size() >= _LEAST_REQUESTS_COUNT
    return signs.where(is_enough, np.nan)[list(REQUEST_SIGNS)]


def _row(sign: str, values: pd.Series[float], project_id: str, slips: pd.Series[float]) -> tuple[object, ...] | None:
    value = values.get(project_id)
    if value is None or pd.isna(value):
        return None
    past = values.drop(project_id).dropna()
    past = past[past.index.isin(slips.index)]
    usual, high_from = (float(past.quantile(share)) if len(past) else np.nan for share in (0.5, HIGH_SHARE))
    is_high = bool(len(past) >= LEAST_FINISHED_COUNT and value > high_from)
    relation = _relation(past, slips.reindex(past.index), high_from)
    return (sign, float(value), usual, len(past), high_from, is_high, *relation)


def _relation(past: pd.Series[float], slips: pd.Series[float], high_from: float) -> tuple[float, float, float, float]:
    """Return the median slip where the sign was high and elsewhere, and the interval of their difference."""
    is_high = past > high_from
    if len(past) < LEAST_FINISHED_COUNT or min(is_high.sum(), (~is_high).sum()) < _LEAST_GROUP_COUNT:
        return (np.nan, np.nan, np.nan, np.nan)
    low, high = _interval(slips[is_high], slips[~is_high])
    return (float(slips[is_high].median()), float(slips[~is_high].median()), low, high)


def _interval(high: pd.Series[float], rest: pd.Series[float]) -> tuple[float, float]:
    """Return the 80 % bootstrap interval of the difference of medians; the same rows always give the same one."""
    chance = np.random.default_rng(len(high) * 1_000 + len(rest))
    draws = np.median(chance.choice(high.to_numpy(), (_DRAWS_COUNT, len(high))), axis=1) - np.median(
        chance.choice(rest.to_numpy(), (_DRAWS_COUNT, len(rest))), axis=1
    )
    low, top = np.quantile(draws, _INTERVAL)
    return float(low), float(top)


def busiest_requester(requests: pd.DataFrame, as_of_date: pd.Timestamp) -> tuple[str, float, int] | None:
    """Return who asks most: name, share of the estimated hours (of the requests where none are estimated), count.

    Nothing where nobody is named, or nobody asks more than once.
    """
    known = requests[(pd.to_datetime(requests["raised_at"]) <= as_of_date) & requests["requested_by"].notna()]
    if known.empty:
        return None
    size = known["estimated_hours"].astype("float64").clip(lower=0.0)
    weight = size.fillna(size.median()) if size.sum() > 0 else pd.Series(1.0, index=known.index)
    by_name = weight.groupby(known["requested_by"]).agg(["sum", "size"]).sort_values(["sum", "size"], ascending=False)
    name, (hours, count) = str(by_name.index[0]), by_name.iloc[0]
    if count < 2:
        return None
    return name, float(hours / weight.sum()), int(count)
