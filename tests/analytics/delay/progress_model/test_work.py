"""From weekly rows to evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.known import prepare_histories, running_on
from analytics.delay.progress_model.cases import Cases, cases_of

START = pd.Timestamp("2024-01-01")


def project(
    progress: list[float],
    hours: list[float],
    *,
    scope: list[float] | None = None,
    reported: list[int] | None = None,
    budget: float = 1000.0,
) -> Cases:
    weeks = len(progress)
    mondays = START + pd.to_timedelta(np.arange(weeks) * 7, unit="D")
    last_report = np.arange(weeks) if reported is None else np.array(reported)
    states = pd.DataFrame(
        {
            "project_id": "p1",
            "week_start_date": mondays,
            "baseline_finish_date": START + pd.Timedelta(weeks=20),
            "planned_finish_date": START + pd.Timedelta(weeks=20),
            "progress_date": START + pd.to_timedelta(last_report * 7 + 6, unit="D"),
            "progress_ratio": progress,
            "planned_progress_ratio": np.nan,
            "booked_hours": np.cumsum(hours),
            "budget_hours": budget,
            "scope_hours": [budget] * weeks if scope is None else scope,
            "is_assumed": False,
        }
    )
    projects = pd.DataFrame({"project_id": ["p1"], "product": ["erp"], "start_date": [START], "status": ["active"]})
    histories = prepare_histories(states, projects)
    assert histories.evidence is not None
    return cases_of(histories.evidence, running_on(histories, mondays[-1] + pd.Timedelta(days=6)))[0]


def test_speed_is_earned_over_booked_hours() -> None:
    cases = project([0.05, 0.10, 0.15], [40.0, 50.0, 25.0])
    assert np.exp(cases.speed[0]) == pytest.approx([50 / 40, 50 / 50, 50 / 25])


def test_weeks_without_a_report_are_read_together() -> None:
    cases = project([0.0, 0.0, 0.12], [40.0, 40.0, 40.0], reported=[0, 0, 2])
    assert np.isnan(cases.speed[0, :2]).all()
    assert np.exp(cases.speed[0, 2]) == pytest.approx(1.0)
    assert cases.span_weeks[0, 2] == 3


def test_rounded_progress_waits_until_enough_was_earned() -> None:
    cases = project([0.0, 0.01, 0.01, 0.02], [5.0] * 4)
    assert (~np.isnan(cases.speed[0])).sum() == 1


def test_long_work_without_progress_is_bad_news() -> None:
    cases = project([0.30] + [0.30] * 9, [40.0] * 10)
    seen = cases.speed[0][~np.isnan(cases.speed[0])]
    assert len(seen) == 2
    assert seen[-1] < -2


def test_approved_work_was_not_earned_before_it_was_asked_for() -> None:
    cases = project([0.50, 0.50, 0.45], [500.0, 0.0, 40.0], scope=[1000, 1200, 1200], reported=[0, 0, 2])
    assert cases.earned[0] == pytest.approx(0.45 * 1.2)
    assert cases.remaining[0] == pytest.approx(1.2 - 0.54)


def test_scope_taken_out_leaves_less_to_do() -> None:
    cases = project([0.50, 0.55], [500.0, 40.0], scope=[1000, 800], reported=[0, 0])
    assert cases.scope[0] == pytest.approx(0.8)
    assert cases.remaining[0] == pytest.approx(0.3)


def test_a_week_without_hours_is_no_slow_week() -> None:
    cases = project([0.1, 0.1, 0.2, 0.3], [50.0, 0.0, 50.0, 50.0])
    assert np.isnan(cases.availability[0, 1])
    assert cases.active_weeks[0] == 3


def test_the_last_week_says_nothing_about_availability() -> None:
    cases = project([0.1, 0.2, 0.3], [50.0, 50.0, 3.0])
    assert np.isnan(cases.availability[0, -1])
    assert np.exp(cases.availability[0, 0]) == pytest.approx(1.0)


def test_without_hours_the_pace_of_the_plan_speaks() -> None:
    cases = project([0.05, 0.10, 0.15], [0.0, 0.0, 0.0], budget=float("nan"))
    assert not cases.has_hours[0]
    assert np.exp(cases.speed[0]) == pytest.approx(1.0)


def test_what_waits_for_its_go_live_is_done_since_then() -> None:
    cases = project([0.9, 1.0, 1.0], [100.0, 50.0, 0.0])
    assert cases.is_done[0]
    assert cases.origin_weeks[0] == pytest.approx(2 - 1 / 7)
