from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.earned_schedule import with_earned_schedule
from tests.analytics.delay.firm import make_firm

MONDAY = pd.Timestamp("2026-01-05")


def weeks_of(progress: list[float], planned: list[float] | None = None, planned_weeks: int = 20) -> pd.DataFrame:
    mondays = pd.date_range(MONDAY, periods=len(progress), freq="7D", unit="us")
    return pd.DataFrame(
        {
            "project_id": "p1",
            "week_start_date": mondays,
            "start_date": MONDAY,
            "baseline_finish_date": MONDAY + pd.Timedelta(weeks=planned_weeks),
            "planned_finish_date": MONDAY + pd.Timedelta(weeks=planned_weeks),
            "progress_date": mondays + pd.Timedelta(days=7),
            "progress_ratio": progress,
            "planned_progress_ratio": [np.nan] * len(progress) if planned is None else planned,
        }
    )


def test_half_the_speed_is_an_spi_of_one_half_and_twice_the_time() -> None:
    last = with_earned_schedule(weeks_of([week / 40 for week in range(1, 9)])).iloc[-1]
    assert last["spi_t"] == pytest.approx(0.5)
    assert last["earned_finish_weeks"] == pytest.approx(40.0)
    assert last["burn_finish_weeks"] == pytest.approx(40.0)


def test_earned_schedule_is_read_off_the_planned_curve() -> None:
    planned = [0.02, 0.04, 0.1, 0.2, 0.35, 0.5, 0.6, 0.7]
    progress = [0.01, 0.02, 0.04, 0.1, 0.15, 0.2, 0.2, 0.2]
    last = with_earned_schedule(weeks_of(progress, planned)).iloc[-1]
    assert last["earned_weeks"] == pytest.approx(4.0)
    assert last["spi_t"] == pytest.approx(0.5)


def test_being_ahead_of_the_plan_is_more_than_one() -> None:
    planned = [week / 40 for week in range(1, 9)]
    progress = [week / 20 for week in range(1, 9)]
    assert with_earned_schedule(weeks_of(progress, planned)).iloc[-1]["spi_t"] > 1


def test_spi_is_hidden_under_six_weeks_and_under_ten_percent() -> None:
    found = with_earned_schedule(weeks_of([0.02, 0.12, 0.2, 0.3, 0.35, 0.4]))
    assert found["is_spi_hidden"].tolist() == [True, True, True, True, True, False]
    slow = with_earned_schedule(weeks_of([0.09] * 8))
    assert slow["is_spi_hidden"].all()
    assert slow["spi_t"].isna().all()


def test_no_progress_is_hidden_and_not_zero() -> None:
    found = with_earned_schedule(weeks_of([np.nan] * 8))
    assert found["is_spi_hidden"].all()
    assert found["earned_weeks"].isna().all()


def test_progress_counts_from_the_day_it_was_measured() -> None:
    rows = weeks_of([0.4] * 12)
    rows = rows.assign(progress_date=MONDAY + pd.Timedelta(weeks=8))
    assert with_earned_schedule(rows).iloc[-1]["actual_weeks"] == pytest.approx(8.0)


def test_a_later_baseline_does_not_move_the_first_plan() -> None:
    rows = weeks_of([week / 40 for week in range(1, 9)])
    moved = rows["baseline_finish_date"].where(rows.index < 5, MONDAY + pd.Timedelta(weeks=60))
    found = with_earned_schedule(rows.assign(baseline_finish_date=moved))
    assert found["planned_weeks"].eq(20.0).all()


def test_without_a_baseline_the_first_planned_finish_is_the_first_plan() -> None:
    rows = weeks_of([0.2] * 8)
    rows = rows.assign(baseline_finish_date=rows["baseline_finish_date"].where(rows.index < 0))
    assert with_earned_schedule(rows)["planned_weeks"].eq(20.0).all()


def test_each_week_uses_its_own_and_earlier_weeks_alone() -> None:
    firm = make_firm(8)
    states = firm.states.merge(firm.projects[["project_id", "start_date"]], on="project_id", validate="many_to_one")
    curve = states.groupby("project_id").cumcount() / 30
    states = states.assign(planned_progress_ratio=curve.clip(upper=1.0))
    until = states["week_start_date"].sort_values().iloc[len(states) // 2]
    whole = with_earned_schedule(states)
    cut = with_earned_schedule(states[states["week_start_date"] <= until])
    expected = whole[whole["week_start_date"] <= until].reset_index(drop=True)
    pd.testing.assert_frame_equal(cut, expected)


def test_several_projects_do_not_touch_each_other() -> None:
    one = weeks_of([week / 40 for week in range(1, 9)], [week / 20 for week in range(1, 9)])
    two = weeks_of([week / 10 for week in range(1, 9)], [week / 30 for week in range(1, 9)]).assign(project_id="p2")
    both = with_earned_schedule(pd.concat([two, one], ignore_index=True))
    alone = with_earned_schedule(one)
    pd.testing.assert_frame_equal(both[both["project_id"] == "p1"].reset_index(drop=True), alone)
