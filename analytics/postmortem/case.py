"""One project as its post-mortem reads it, and what it lacks for an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

#: How a project ended; a running one is looked at so far.
Ending: TypeAlias = Literal["finished", "cancelled", "running"]
#: What removes the account, in the order in which it is said.
Gap: TypeAlias = Literal["not_started", "no_plan", "finish_before_start", "no_budget", "no_hours", "no_progress"]
#: What is said beside an account that stands.
Remark: TypeAlias = Literal[
    "cancelled",
    "running",
    "known_at_guessed",
    "requests_without_estimate",
    "hours_after_finish",
    "reopened",
    "progress_from_packages",
    "not_filed",
    "weeks_missing",
    "known_after_end",
]

WEEK: Final = pd.Timedelta(weeks=1)
#: Hours after the finish that are more than a few late entries: this share of the budget.
_AFTER_FINISH_SHARE: Final = 0.02
#: A smaller share of missing weeks of its people hardly moves an account.
_MISSING_SHARE: Final = 0.1


class NoAccountError(ValueError):
    """A project lacks what an account needs; ``gaps`` says what."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


@dataclass(frozen=True, eq=False)
class Case:
    """A project with everything that was recorded of it, as known on one day.

    ``weeks``: ``week_start_date``, ``booked_hours``, ``rework_hours``. ``people``: ``person_id``, ``week_start_date``,
    ``worked_hours`` (on this project). ``leave``: ``person_id``, ``week_start_date``, ``leave_hours``. ``reports``:
    ``as_of_date``, ``progress_ratio``, ``phase``, ``is_sign_off_due`` (it says that a sign-off is waited for), the
    newest version of each. ``requests``: ``change_request_id``,
    ``requested_by``, ``raised_at``, ``decided_at``, ``estimated_hours``, ``actual_hours``, ``is_approved``, ``cause``,
    ``phase_at_arrival``, ``is_confirmed_by_prototype``. ``replans``: days on which the current plan moved.
    """

    project_id: str
    planned_start_date: pd.Timestamp | None
    planned_finish_date: pd.Timestamp | None
    budget_hours: float
    ending: Ending
    end_date: pd.Timestamp
    weeks: pd.DataFrame
    people: pd.DataFrame
    leave: pd.DataFrame
    reports: pd.DataFrame
    requests: pd.DataFrame
    replans: tuple[pd.Timestamp, ...] = ()
    is_known_at_guessed: bool = False
    is_reopened: bool = False
    is_progress_from_packages: bool = False
    #: It runs, and hours are missing after ``end_date``: not filed is not zero, so it is looked at up to there.
    is_not_filed: bool = False
    #: Weeks of its people of which no timesheet is filed, while they were on it.
    missing_weeks_count: int = 0
    #: Most hours came in long after the end, as in one import of all history: nobody can tell what was known when.
    is_known_after_end: bool = False

    @property
    def approved(self) -> pd.DataFrame:
        """Approved requests with an estimate and the day from which they count: decided, else raised."""
        rows = self.requests[self.requests["is_approved"].astype("boolean").fillna(value=False).astype(bool)]
        counted_from = pd.to_datetime(rows["decided_at"]).fillna(pd.to_datetime(rows["raised_at"])).dt.normalize()
        hours = pd.to_numeric(rows["estimated_hours"]).astype("float64")
        rows = rows.assign(counted_from=counted_from.astype("datetime64[us]"), estimated_hours=hours)
        return rows[hours.notna() & rows["counted_from"].notna()].reset_index(drop=True)


def gaps_of(case: Case) -> tuple[Gap, ...]:
    """Return what an account of the delay can't do without and this project lacks."""
    start, finish = case.planned_start_date, case.planned_finish_date
    is_backwards = start is not None and (case.end_date <= start or (finish is not None and finish <= start))
    found: dict[Gap, bool] = {
        "not_started": case.weeks.empty and case.ending == "running" and (start is None or case.end_date <= start),
        "no_plan": start is None or finish is None,
        "finish_before_start": is_backwards,
        "no_budget": not (np.isfinite(case.budget_hours) and case.budget_hours > 0),
        "no_hours": not case.weeks["booked_hours"].gt(0).any(),
        "no_progress": case.reports["progress_ratio"].notna().sum() == 0,
    }
    missing = tuple(gap for gap, is_there in found.items() if is_there)
    return ("not_started",) if "not_started" in missing else missing


def remarks_of(case: Case) -> tuple[Remark, ...]:
    """Return what a reader has to know beside an account that stands."""
    approved = case.requests[case.requests["is_approved"].astype("boolean").fillna(value=False).astype(bool)]
    after = case.weeks["week_start_date"] > case.end_date
    late_hours = float(case.weeks.loc[after, "booked_hours"].sum())
    found: dict[Remark, bool] = {
        "cancelled": case.ending == "cancelled",
        "running": case.ending == "running",
        "known_at_guessed": case.is_known_at_guessed,
        "requests_without_estimate": bool(approved["estimated_hours"].isna().any()),
        "hours_after_finish": case.ending == "finished" and late_hours > _AFTER_FINISH_SHARE * case.budget_hours,
        "reopened": case.is_reopened,
        "progress_from_packages": case.is_progress_from_packages,
        "not_filed": case.is_not_filed,
        "known_after_end": case.is_known_after_end,
        "weeks_missing": case.missing_weeks_count > _MISSING_SHARE * (len(case.people) + case.missing_weeks_count),
    }
    return tuple(remark for remark, is_there in found.items() if is_there)
