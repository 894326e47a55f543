"""The tables that an agenda is made of, as known on the day of the review."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})


@dataclass(frozen=True)
class AgendaFrames:
    """Everything that may become a point of the agenda; each table may be empty.

    Parameters
    ----------
    since, as_of_date
        The day of the last review and that of this one; rows up to ``as_of_date`` only.
    forecast, forecast_before
        Rows of ``analytics.delay.forecast_on`` now and as the last review showed them.
    requests
        Change requests as known: ``project_id``, ``change_request_id``, ``raised_at``, ``decided_at``,
        ``estimated_hours``, ``is_approved``, ``phase_at_arrival``, ``cause``, ``is_confirmed_by_prototype``.
    reports
        The newest report of each project: ``project_id``, ``as_of_date``, ``reported_status``, ``phase``.
    states
        ``project_id``, ``week_start_date``, ``progress_date`` (of the report), ``progress_ratio``, ``booked_hours`` (so
        far), ``budget_hours``.
    booked
        ``person_id``, ``project_id``, ``week_start_date``, ``worked_hours``, ``onsite_hours`` as known, 26 weeks.
    people
        ``person_id``, ``team_name``, ``seniority``.
    costs, costs_before
        ``project_id``, ``watch_weeks``: person-weeks on watch of the last twelve weeks, now and in the last review.
    filing
        ``team_name``, ``week_start_date``, ``expected_count``, ``filed_count``, and ``filed_then_count``: filed when
        the week was as old as the newest is now.
    restated
        ``project_id``, ``week_start_date``, ``difference_hours``, ``filed_late_hours``, ``corrected_hours``,
        ``withdrawn_hours`` since the last review.
    away
        ``person_id``, ``weeks_on_site_count``: weeks in a row on site.
    demand
        Sites ahead: ``project_id``, ``week_start_date``, ``needed_count``, ``planned_count``.
    presence
        ``project_id``, ``counter_name``, ``days_count``, ``limit_count``, ``margin_count``, ``people_count``.
    promises
        The announced finish in force: ``project_id``, ``announced_date``, ``said_date``, ``said_by``, ``change_count``.
    decisions
        Open decisions with what is to be said of them: ``decision_id``, ``project_id``, ``title``, ``owner_name``,
        ``due``, ``due_date``, ``must_look``, ``is_contradicted``.
    seen
        How often each sign (by its key) stood on the agendas before, without a break.
    """

    since: pd.Timestamp
    as_of_date: pd.Timestamp
    forecast: pd.DataFrame = field(default_factory=partial(_empty, "project_id"))
    forecast_before: pd.DataFrame = field(default_factory=partial(_empty, "project_id"))
    requests: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "raised_at"))
    reports: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "reported_status"))
    states: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "week_start_date"))
    booked: pd.DataFrame = field(
        default_factory=partial(_empty, "person_id", "project_id", "week_start_date", "worked_hours", "onsite_hours")
    )
    people: pd.DataFrame = field(default_factory=partial(_empty, "person_id", "team_name", "seniority"))
    costs: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "watch_weeks"))
    costs_before: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "watch_weeks"))
    filing: pd.DataFrame = field(
        default_factory=partial(_empty, "team_name", "week_start_date", "expected_count", "filed_count")
    )
    restated: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "week_start_date", "difference_hours"))
    away: pd.DataFrame = field(default_factory=partial(_empty, "person_id", "weeks_on_site_count"))
    demand: pd.DataFrame = field(
        default_factory=partial(_empty, "project_id", "week_start_date", "needed_count", "planned_count")
    )
    presence: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "counter_name"))
    promises: pd.DataFrame = field(default_factory=partial(_empty, "project_id", "announced_date"))
    decisions: Sequence[Mapping[str, Any]] = ()
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def weeks_count(self) -> float:
        """Return how many weeks lie between the two reviews, at least one."""
        return max((self.as_of_date - self.since).days / 7, 1.0)
