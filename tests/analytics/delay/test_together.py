from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.delay.distribution import NORMAL_SCORES
from analytics.delay.known import prepare_histories
from analytics.delay.portfolio import forecast_on
from analytics.delay.together import (
    USUAL_FIRM_CORRELATION,
    JointStatement,
    correlation_of,
    firm_correlation,
    joint_finishes,
    joint_on,
    joint_statement,
    team_free_dates,
    warning_record,
    with_warning,
)
from analytics.evaluation.scores import interpolated_quantile
from tests.analytics.delay.works import make_works

QUANTILES = np.stack([20.0 + width * NORMAL_SCORES for width in (2.0, 4.0, 3.0, 3.0)])
APART = np.eye(4)
SAME = np.ones((4, 1))


def test_each_project_keeps_its_own_distribution() -> None:
    found = joint_finishes(QUANTILES, SAME)
    for level in (0.1, 0.5, 0.8, 0.9):
        expected = interpolated_quantile(QUANTILES, level)
        assert np.quantile(found, level, axis=0) == pytest.approx(expected, abs=0.35)


def test_projects_that_share_people_go_together() -> None:
    apart, same = (
        float(np.asarray(np.corrcoef(joint_finishes(QUANTILES, people).T))[0, 1]) for people in (APART, SAME)
    )
    assert apart == pytest.approx(USUAL_FIRM_CORRELATION, abs=0.06)
    assert same == pytest.approx(0.6, abs=0.06)


def test_shared_causes_make_all_late_and_none_late_likelier() -> None:
    planned = np.full(4, 18.0)
    lonely = (joint_finishes(QUANTILES, APART, 0.0) > 20.0).sum(axis=1)
    shared = (joint_finishes(QUANTILES, SAME) > 20.0).sum(axis=1)
    assert (shared == 4).mean() > (lonely == 4).mean() + 0.1
    assert (shared == 0).mean() > (lonely == 0).mean() + 0.1
    statement = joint_statement(joint_finishes(QUANTILES, SAME), planned, 0.1)
    assert statement.late_count_mean == pytest.approx(2.0, abs=0.1)
    assert statement.late_count_p50 <= statement.late_count_p80 <= statement.project_count == 4
    assert statement.any_late_probability < (lonely > 0).mean()


def test_any_pattern_of_people_gives_a_valid_correlation() -> None:
    people = np.random.default_rng(1).random((30, 12)) * (np.random.default_rng(2).random((30, 12)) < 0.2)
    assert np.linalg.eigvalsh(correlation_of(people, 0.1, 30)).min() > 0


def test_the_same_seed_gives_the_same_statement() -> None:
    assert (joint_finishes(QUANTILES, SAME, seed=3) == joint_finishes(QUANTILES, SAME, seed=3)).all()


def test_months_in_which_all_err_alike_are_noticed() -> None:
    draw = np.random.default_rng(4)
    months = np.repeat(np.arange(60), 12)
    days = pd.Series(pd.Timestamp("2020-01-10") + pd.to_timedelta(months * 31, unit="D"))
    alike = 0.6 * draw.normal(size=60)[months] + 0.8 * draw.normal(size=720)
    alone = draw.normal(size=720)
    rank = [pd.Series(values).rank(pct=True).to_numpy() for values in (alike, alone)]
    assert firm_correlation(rank[0], days) == pytest.approx(0.36, abs=0.12)
    assert firm_correlation(rank[1], days) < 0.05


def test_without_past_forecasts_the_usual_correlation_holds() -> None:
    nothing = pd.Series(pd.to_datetime([]))
    assert firm_correlation([], nothing) == pytest.approx(USUAL_FIRM_CORRELATION)


def test_a_team_is_free_when_its_last_project_is_over() -> None:
    starts = pd.Series(pd.to_datetime(["2024-01-01", "2024-03-04", "2024-01-01", "2024-01-01"]))
    found = team_free_dates(joint_finishes(QUANTILES, SAME), starts).iloc[0]
    assert found["free_p50_date"] > pd.Timestamp("2024-03-04") + pd.Timedelta(weeks=20) - pd.Timedelta(days=1)
    assert found["free_p80_date"] > found["free_p50_date"]


WORKS = make_works(40, seed=2, years=3)
DAY = pd.Timestamp("2021-06-13")


def booked_by(*teams: tuple[str, str]) -> pd.DataFrame:
    weeks = pd.date_range(DAY - pd.Timedelta(weeks=6, days=6), periods=6, freq="7D")
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "person_id": person,
                    "project_id": name,
                    "week_start_date": weeks,
                    "known_week_date": weeks,
                    "worked_hours": 40.0,
                }
            )
            for name, person in teams
        ]
    )


def joint_with(people: pd.DataFrame | None) -> JointStatement:
    histories = prepare_histories(
        WORKS.states, WORKS.projects, change_requests=WORKS.change_requests, person_project_weeks=people
    )
    found = joint_on(histories, DAY)
    assert found is not None
    statement, free = found
    assert free["free_p50_date"].iloc[0] > DAY
    return statement


def test_a_portfolio_is_told_as_one() -> None:
    shown = forecast_on(WORKS.histories(), DAY)
    statement = joint_with(None)
    assert statement.project_count == len(shown) > 3
    assert statement.late_count_mean == pytest.approx(shown["late_probability"].sum(), abs=0.3)


def test_the_same_people_on_all_projects_make_the_number_of_late_ones_less_sure() -> None:
    names = forecast_on(WORKS.histories(), DAY)["project_id"]
    same = joint_with(booked_by(*((name, "ana") for name in names)))
    others = joint_with(booked_by(*((name, f"of {name}") for name in names)))
    assert same.any_late_probability <= others.any_late_probability
    assert same.late_count_p80 >= others.late_count_p80


def test_nobody_running_gives_no_statement() -> None:
    assert joint_on(WORKS.histories(), pd.Timestamp("2010-01-01")) is None


def weeks_of(name: str, *late: float) -> pd.DataFrame:
    days = pd.date_range("2024-01-07", periods=len(late), freq="7D")
    return pd.DataFrame({"project_id": name, "as_of_date": days, "late_probability": late})


def test_a_warning_takes_two_weeks_running() -> None:
    found = with_warning(weeks_of("a", 0.4, 0.9, 0.6, 0.85, 0.9, 0.3))
    assert list(found["warning"]) == ["none", "none", "amber", "amber", "red", "none"]


def test_one_projects_weeks_never_warn_of_another() -> None:
    found = with_warning(pd.concat([weeks_of("a", 0.9), weeks_of("b", 0.9)]))
    assert list(found["warning"]) == ["none", "none"]


def test_the_record_counts_hits_false_alarms_and_lead() -> None:
    history = with_warning(
        pd.concat(
            [
                weeks_of("late", 0.9, 0.9, 0.9),
                weeks_of("missed", 0.3, 0.3, 0.3),
                weeks_of("cried", 0.2, 0.9, 0.9),
                weeks_of("fine", 0.1, 0.1, 0.1),
            ]
        )
    )
    outcomes = pd.DataFrame(
        {
            "project_id": ["late", "missed", "cried", "fine"],
            "committed_date": pd.Timestamp("2024-03-03"),
            "is_late": [True, True, False, False],
        }
    )
    record = warning_record(history, outcomes)
    assert (record.project_count, record.late_count) == (4, 2)
    assert (record.recall, record.precision, record.false_alarm_rate) == (0.5, 0.5, 0.5)
    assert record.lead_weeks == pytest.approx(7.0)
    assert record.discrimination == pytest.approx(0.625)
