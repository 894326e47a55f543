"""Several projects reckoned together: a number is said of two or more, and shared people tie them."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay import forecast_on
from analytics.delay.joint_outlook import JointOutlook, joint_outlook
from tests.analytics.delay.works import make_works

HISTORIES = make_works(40, seed=3).histories()
DAY = HISTORIES.last_day
FORECAST = forecast_on(HISTORIES, DAY, seed=1)
RUNNING = FORECAST.loc[FORECAST["mode"] != "none", "project_id"].tolist()


def hours(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["project_id", "person_id", "worked_hours"])


def said(people_hours: pd.DataFrame, projects: list[str] | None = None) -> JointOutlook:
    found = joint_outlook(HISTORIES, DAY, people_hours, projects, seed=1)
    assert found is not None
    return found


def test_the_expected_number_is_the_sum_of_the_chances() -> None:
    found = said(hours())
    assert found.statement.project_count == len(RUNNING)
    chances = FORECAST.loc[FORECAST["mode"] != "none", "late_probability"].sum()
    assert found.statement.late_count_mean == pytest.approx(chances, abs=0.05 * len(RUNNING) + 0.2)


def test_shared_people_make_many_late_ones_at_once_likelier_and_the_mean_stays() -> None:
    alone = said(hours(*[(name, name, 40.0) for name in RUNNING]))
    shared = said(hours(*[(name, "ana", 40.0) for name in RUNNING]))
    assert shared.statement.late_count_mean == pytest.approx(alone.statement.late_count_mean, abs=0.25)
    assert shared.statement.late_count_p80 >= alone.statement.late_count_p80


def test_the_last_is_over_later_when_it_is_asked_cautiously() -> None:
    found = said(hours(), RUNNING[:3])
    assert found.statement.project_count == 3
    assert found.free_p50_date < found.free_p80_date
    own = FORECAST[FORECAST["project_id"].isin(RUNNING[:3])]
    assert found.free_p50_date >= own["finish_p50_date"].max() - pd.Timedelta(weeks=1)


def test_of_a_single_project_nothing_is_said_together() -> None:
    assert joint_outlook(HISTORIES, DAY, hours(), RUNNING[:1], seed=1) is None
    assert joint_outlook(HISTORIES, DAY, hours(), [], seed=1) is None
