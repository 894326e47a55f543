from __future__ import annotations

import pandas as pd
import pytest

from analytics.delay.known import prepare_histories
from analytics.delay.landmarks import landmarks, learnt_landmarks
from analytics.delay.origins import learnt_origins, stage_origins
from tests.analytics.delay.firm import FITS, Firm, make_firm

FIRM = make_firm(40)
HISTORIES = prepare_histories(FIRM.states, FIRM.projects, fits=FITS)


def test_every_origin_is_a_sunday_at_most_six_days_before_its_stage() -> None:
    found = stage_origins(HISTORIES, [0.25, 0.5])
    assert (found["seen_on"].dt.day_of_week == 6).all()
    gap = found["stage_node"] * found["planned_weeks"] - found["elapsed_weeks"]
    assert gap.between(-0.08, 1.0).all()


def test_an_origin_sees_its_own_week_and_none_that_is_not_over() -> None:
    found = stage_origins(HISTORIES, [0.25, 0.5])
    assert (found["week_start_date"] + pd.Timedelta(days=6) == found["seen_on"]).all()


def test_the_projects_are_those_that_ran_at_the_stage() -> None:
    keys = ["project_id", "stage_node"]
    own, other = (f(HISTORIES, [0.5, 1.0])[keys] for f in (stage_origins, landmarks))
    assert own.to_numpy().tolist() == other.to_numpy().tolist()


def test_its_points_lie_after_the_day() -> None:
    found = stage_origins(HISTORIES, [0.5, 1.0])
    assert (found["plan_point"] > found["elapsed_weeks"]).all()
    assert found["stage"].to_numpy() == pytest.approx((found["elapsed_weeks"] / found["planned_weeks"]).to_numpy())


def test_what_is_learnt_from_has_the_columns_of_the_landmarks_and_every_stage() -> None:
    own, other = learnt_origins(HISTORIES), learnt_landmarks(HISTORIES)
    assert set(own.columns) == set(other.columns)
    assert set(own["stage_node"]) == set(other["stage_node"])
    assert (own.loc[own["stage_node"] > 0, "seen_on"].dt.day_of_week == 6).all()


def test_without_projects_there_is_no_origin() -> None:
    nobody = Firm(FIRM.states.iloc[:0], FIRM.projects.iloc[:0])
    assert stage_origins(prepare_histories(nobody.states, nobody.projects, fits=FITS), [0.5]).empty
