from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.panel_backtest import (
    cross_validated_panel_backtest,
    cross_validated_panel_scores,
    panel_against_plan,
    panel_backtest,
)
from analytics.delay.progress_history import PROGRESS_METHODS, progress_landmarks
from tests.analytics.delay.test_panel_backtest import START, some_panel


def worked(name: str, progress: list[float], true_weeks: float, source: str = "progress_only") -> pd.DataFrame:
    """One project that reports every week and never had a plan."""
    return pd.DataFrame(
        {
            "source": source,
            "project_id": name,
            "group_id": name,
            "as_of": START + pd.to_timedelta(np.arange(1, len(progress) + 1) * 7, unit="D"),
            "start_date": START,
            "baseline_finish": pd.NaT,
            "planned_finish": pd.NaT,
            "progress": progress,
            "actual_finish": START + pd.Timedelta(days=round(true_weeks * 7)),
        }
    )


def steady(name: str, weeks: int, late_weeks: float = 0.0) -> pd.DataFrame:
    return worked(name, list((np.arange(1, weeks + 1) / weeks).round(4)), weeks + late_weeks + 0.1)


def some_projects(count: int = 24, seed: int = 2) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    parts = []
    for number in range(count):
        weeks = int(draw.integers(12, 60))
        pace = np.maximum(draw.gamma(2.0, 1.0, weeks), 0.01)
        parts.append(worked(f"p{number}", list(np.cumsum(pace) / pace.sum()), weeks + 0.1))
    return pd.concat(parts, ignore_index=True)


def test_a_steady_project_is_seen_at_each_quarter_and_every_pace_is_right() -> None:
    seen = progress_landmarks(steady("a", 20))
    assert list(seen["stage"]) == [0.25, 0.5, 0.75]
    for name in ("whole_pace_point", "recent_pace_point", "mean_pace_point"):
        assert seen[name].to_numpy() == pytest.approx([20.0, 20.0, 20.0], rel=0.02)


def test_the_recent_pace_sees_a_slowdown_that_the_whole_pace_dilutes() -> None:
    progress = [0.05 * week for week in range(1, 9)] + [0.4 + 0.01 * week for week in range(1, 40)]
    seen = progress_landmarks(worked("a", progress, 80.0)).set_index("stage").loc[0.5]
    assert seen["recent_pace_point"] > seen["mean_pace_point"] > seen["whole_pace_point"]


def test_a_stage_that_one_report_jumps_over_has_no_row() -> None:
    assert list(progress_landmarks(worked("a", [0.0, 0.1, 0.2, 0.9, 0.95], 9.0))["stage"]) == [0.75]


def test_later_reports_change_nothing_of_an_earlier_stage() -> None:
    panel = some_projects(6)
    cut = panel[panel["progress"] < 0.5]
    whole, early = (progress_landmarks(part).query("stage == 0.25") for part in (panel, cut))
    points = ["project_id", "elapsed_weeks", "whole_pace_point", "recent_pace_point", "mean_pace_point"]
    both = early[points].merge(whole[points], on="project_id", validate="one_to_one")
    assert len(both) >= 4
    assert both["mean_pace_point_x"].to_numpy() == pytest.approx(both["mean_pace_point_y"].to_numpy())


def test_projects_without_a_plan_stand_in_the_table_with_methods_of_their_own() -> None:
    table = cross_validated_panel_backtest(pd.concat([some_projects(), some_panel()], ignore_index=True))
    own = table[table["source"] == "progress_only"]
    assert set(own["method"]) == set(PROGRESS_METHODS)
    assert set(own["stage"]) == {"25", "50", "75", "all"}
    assert own["crps_pct"].between(0, 100).all()
    assert set(table.loc[table["source"] == "made_up", "method"]) >= {"golive", "plan_of_record"}


def test_eight_of_ten_finish_by_their_p80() -> None:
    table = cross_validated_panel_backtest(some_projects(150)).set_index(["method", "stage"])
    assert table["coverage_p80"]["golive", "all"] == pytest.approx(0.8, abs=0.08)


def test_without_a_plan_there_is_no_ratio_to_it_but_an_interval_of_coverage() -> None:
    found = panel_against_plan(cross_validated_panel_scores(some_projects()))
    assert found["ratio_to_plan"].isna().all()
    assert (found["coverage_p80_low"] <= found["coverage_p80_high"]).all()


def test_a_source_that_was_never_learnt_gets_a_forecast_all_the_same() -> None:
    strange = some_projects(4).assign(source="strange")
    table = panel_backtest(some_projects(), strange)
    assert set(table["source"]) == {"strange"}
    assert table["crps_pct"].notna().all()
