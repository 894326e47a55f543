"""Change requests of one project: when they came, why, how they were decided, and what they took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

#: With fewer completed requests an estimate is compared with nothing.
LEAST_COMPLETED_COUNT: Final = 3


@dataclass(frozen=True, eq=False)
class Requirements:
    """``by_phase``: ``phase``, ``requests_count``, ``estimated_hours``, ``unsized_count``. ``by_cause`` alike.

    ``by_department``: ``department``, ``requests_count``, ``approved_count``, ``estimated_hours``, ``wait_days``
    (median to the decision). Shares and ratios are not a number where nothing tells them.
    """

    requests_count: int
    approved_count: int
    confirmed_share: float
    wait_days: float
    completed_count: int
    actual_over_estimate: float
    by_phase: pd.DataFrame
    by_cause: pd.DataFrame
    by_department: pd.DataFrame


def requirements_of(requests: pd.DataFrame) -> Requirements:
    """Sum up the requests of one project.

    Parameters
    ----------
    requests
        ``phase_at_arrival``, ``cause``, ``requested_by``, ``raised_at``, ``decided_at``, ``estimated_hours``,
        ``actual_hours``, ``is_approved``, ``is_confirmed_by_prototype``. Requests that take scope out count as such:
        their hours are not added to those that were asked for.
    """
    raised, decided = pd.to_datetime(requests["raised_at"]), pd.to_datetime(requests["decided_at"])
    estimated = pd.to_numeric(requests["estimated_hours"]).astype("float64")
    approved = requests["is_approved"].astype("boolean").fillna(value=False).astype(bool)
    rows = requests.assign(
        phase=_words(requests["phase_at_arrival"]),
        cause=_words(requests["cause"]),
        department=_words(requests["requested_by"]),
        asked_hours=estimated.clip(lower=0.0),
        wait_days=(decided - raised).dt.total_seconds() / 86_400.0,
        is_approved=approved,
        is_unsized=estimated.isna(),
    )
    confirmed = rows["is_confirmed_by_prototype"].astype("boolean").dropna()
    actual = pd.to_numeric(rows["actual_hours"]).astype("float64")
    sized = actual.notna() & estimated.gt(0)
    is_enough = int(sized.sum()) >= LEAST_COMPLETED_COUNT
    return Requirements(
        requests_count=len(rows),
        approved_count=int(approved.sum()),
        confirmed_share=float(confirmed.astype("float64").mean()) if len(confirmed) else np.nan,
        wait_days=float(rows["wait_days"].median()) if rows["wait_days"].notna().any() else np.nan,
        completed_count=int(sized.sum()),
        actual_over_estimate=float(actual[sized].sum() / estimated[sized].sum()) if is_enough else np.nan,
        by_phase=_counts(rows, "phase"),
        by_cause=_counts(rows, "cause"),
        by_department=_departments(rows),
    )


def _words(values: pd.Series[str]) -> pd.Series[str]:
    return values.astype("string").fillna("").astype("str")


def _counts(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    groups = rows.groupby(by, as_index=False, sort=False)
    found = groups.agg(
        requests_count=("asked_hours", "size"),
        estimated_hours=("asked_hours", "sum"),
        unsized_count=("is_unsized", "sum"),
    )
    return found.sort_values("estimated_hours", ascending=False, kind="stable", ignore_index=True)


def _departments(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby("department", as_index=False, sort=False)
    found = groups.agg(
        requests_count=("asked_hours", "size"),
        approved_count=("is_approved", "sum"),
        estimated_hours=("asked_hours", "sum"),
        wait_days=("wait_days", "median"),
    )
    return found.sort_values("estimated_hours", ascending=False, kind="stable", ignore_index=True)
