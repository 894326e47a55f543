from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.panel_backtest import (
    cross_validated_panel_backtest,
    cross_validated_panel_scores,
    panel_backtest,
    panel_scores,
    panel_skill,
)
from analytics.delay.plan_history import METHODS, panel_landmarks, panel_projects

START = pd.Timestamp("2024-01-01")
COLUMNS = [
    "source",
    "method",
    "stage",
    "n_projects",
    "crps_pct",
    "mape_p50",
    "coverage_p50",
    "coverage_p80",
    "coverage_p90",
]


def plan_history(
    name: str, *, planned_weeks: int = 20, true_weeks: float = 30, source: str = "made_up", known: bool = True
) -> pd.DataFrame:
    """One project that is re-planned half-way to the truth every fourth week."""
    ages = np.arange(0, int(true_weeks))
    plan = planned_weeks + (true_weeks - planned_weeks) * (1 - 0.5 ** (ages // 4))
    finish = START + pd.Timedelta(days=round(true_weeks * 7))
    return pd.DataFrame(
        {
            "source": source,
            "project_id": name,
            "group_id": name,
            "as_of": START + pd.to_timedelta(ages * 7, unit="D"),
            "start_date": START,
            "baseline_finish": START + pd.Timedelta(weeks=planned_weeks),
            "planned_finish": START + pd.to_timedelta(np.round(plan * 7), unit="D"),
            "progress": np.nan,
            "progress_planned": np.nan,
            "actual_finish": finish if known else pd.NaT,
            "cadence": "weekly",
        }
    )


def some_panel(count: int = 30, seed: int = 1, source: str = "made_up", prefix: str = "p") -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.concat(
        [
            plan_history(
                f"{prefix}{number}",
                planned_weeks=int(draw.integers(10, 40)),
                true_weeks=float(draw.integers(10, 40) * np.exp(draw.normal(0.2, 0.3))) + 6,
                source=source,
            )
            for number in range(count)
        ],
        ignore_index=True,
    )


TRAIN, TEST = some_panel(), some_panel(12, seed=2, prefix="t")


def test_the_table_has_the_agreed_columns_methods_and_stages() -> None:
    table = panel_backtest(TRAIN, TEST)
    assert list(table.columns) == COLUMNS
    assert table["method"].unique().tolist() == list(METHODS)
    assert table["stage"].unique().tolist() == ["25", "50", "75", "100", "all"]
    shares = table[["coverage_p50", "coverage_p80", "coverage_p90"]]
    assert shares.ge(0).all(axis=None)
    assert shares.le(1).all(axis=None)


def test_all_is_the_mean_of_the_stages() -> None:
    own = panel_backtest(TRAIN, TEST).query("method == 'golive'").set_index("stage")["crps_pct"]
    assert own["all"] == pytest.approx(own.drop("all").mean())


def test_the_plan_of_record_scores_its_distance_in_percent_of_the_first_plan() -> None:
    late = plan_history("t", planned_weeks=20, true_weeks=30)
    late = late.assign(planned_finish=START + pd.Timedelta(weeks=20))
    row = panel_backtest(TRAIN, late).query("method == 'plan_of_record' and stage == '50'").iloc[0]
    assert row["crps_pct"] == pytest.approx(50.0)
    assert row["mape_p50"] == pytest.approx(1 / 3)
    assert row["coverage_p80"] == 0


def test_an_overdue_plan_counts_as_half_a_week_ahead() -> None:
    overdue = plan_history("t", planned_weeks=20, true_weeks=30)
    overdue = overdue.assign(planned_finish=START + pd.Timedelta(weeks=12))
    row = panel_backtest(TRAIN, overdue).query("method == 'plan_of_record' and stage == '75'").iloc[0]
    assert row["crps_pct"] == pytest.approx((30 - 15.5) / 20 * 100)


def test_only_projects_with_finish_points_and_length_are_taken() -> None:
    panel = pd.concat(
        [
            plan_history("good"),
            plan_history("unfinished", known=False),
            plan_history("few").head(4),
            plan_history("short", planned_weeks=2),
        ]
    )
    assert panel_projects(panel)["project_id"].tolist() == ["good"]


def test_a_stage_is_asked_only_while_the_project_runs() -> None:
    assert panel_landmarks(plan_history("quick", planned_weeks=20, true_weeks=12))["stage"].tolist() == [0.25, 0.5]


def test_a_stage_before_the_first_status_point_has_no_forecast() -> None:
    late_start = plan_history("t").iloc[8:]
    assert panel_landmarks(late_start)["stage"].tolist() == [0.5, 0.75, 1.0]


def test_status_points_after_the_origin_change_nothing() -> None:
    whole = panel_scores(TRAIN, TEST)
    altered = TEST.assign(
        planned_finish=TEST["planned_finish"].where(
            TEST["as_of"] <= START + pd.Timedelta(weeks=8), START + pd.Timedelta(weeks=500)
        )
    )
    first = panel_landmarks(TEST)
    early = first[first["elapsed_weeks"] <= 8][["project_id", "stage"]]
    names = ["project_id", "stage", "method", "crps_pct"]
    one = early.merge(whole[names], on=["project_id", "stage"], validate="one_to_many")
    two = early.merge(panel_scores(TRAIN, altered)[names], on=["project_id", "stage"], validate="one_to_many")
    assert len(one) > 0
    pd.testing.assert_frame_equal(one, two)


def test_the_other_test_projects_change_nothing() -> None:
    alone = panel_scores(TRAIN, TEST[TEST["project_id"] == "t3"]).reset_index(drop=True)
    whole = panel_scores(TRAIN, TEST)
    pd.testing.assert_frame_equal(whole[whole["project_id"] == "t3"].reset_index(drop=True), alone)


def test_the_order_of_rows_and_repeated_rows_change_nothing() -> None:
    shuffled = pd.concat([TEST, TEST]).sample(frac=1, random_state=5)
    pd.testing.assert_frame_equal(panel_backtest(TRAIN, shuffled), panel_backtest(TRAIN, TEST))


def test_a_project_in_both_is_forecast_by_the_others() -> None:
    odd = plan_history("odd", planned_weeks=10, true_weeks=200)
    train = pd.concat([TRAIN, odd])
    known = panel_backtest(train, odd).query("method == 'golive' and stage == 'all'")["crps_pct"].iloc[0]
    unknown = panel_backtest(TRAIN, odd).query("method == 'golive' and stage == 'all'")["crps_pct"].iloc[0]
    assert known == pytest.approx(unknown, rel=0.15)


def test_the_same_panel_twice_is_cross_validated() -> None:
    pd.testing.assert_frame_equal(panel_backtest(TRAIN, TRAIN), cross_validated_panel_backtest(TRAIN))


def test_a_source_that_nobody_learnt_gets_a_forecast() -> None:
    table = panel_backtest(TRAIN, some_panel(6, seed=4, source="new"))
    assert set(table["source"]) == {"new"}
    assert table["crps_pct"].notna().all()


def test_learning_from_nothing_gives_the_default_class() -> None:
    table = panel_backtest(TRAIN.iloc[:0], TEST)
    assert table["crps_pct"].notna().all()


def test_one_project_is_enough_on_either_side() -> None:
    table = panel_backtest(plan_history("a"), plan_history("b"))
    assert table["crps_pct"].notna().all()
    assert table["n_projects"].eq(1).all()


def test_no_test_projects_give_no_rows() -> None:
    assert panel_backtest(TRAIN, TEST.iloc[:0]).empty
    assert list(panel_backtest(TRAIN, TEST.iloc[:0]).columns) == COLUMNS


def test_a_panel_of_running_projects_gives_no_rows() -> None:
    assert panel_backtest(TRAIN, plan_history("t", known=False)).empty


def test_missing_plans_and_groups_are_borne() -> None:
    holes = TEST.assign(
        planned_finish=TEST["planned_finish"].where(TEST.index % 3 > 0),
        group_id=TEST["group_id"].where(TEST.index < 0),
    )
    assert panel_backtest(TRAIN, holes)["crps_pct"].notna().all()


def test_folds_keep_groups_together() -> None:
    twins = pd.concat([TRAIN, TRAIN.assign(project_id=TRAIN["project_id"] + "-twin")])
    together = cross_validated_panel_scores(twins)
    apart = cross_validated_panel_scores(TRAIN)
    gain = together.loc[together["method"] == "golive", "crps_pct"].mean()
    assert gain > 0.8 * apart.loc[apart["method"] == "golive", "crps_pct"].mean()


def test_skill_against_oneself_is_nothing() -> None:
    found = panel_skill(panel_scores(TRAIN, TEST), rival="golive")
    assert found["skill"].to_numpy() == pytest.approx([0.0])
