"""Progress that is only the share of the budget used is recognised, and what is measured is not taken for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.delay.effort import progress_is_effort
from analytics.delay.portfolio import forecast_on
from tests.analytics.delay.works import Works, make_works

WORKS = make_works(30, seed=5)


def as_effort(works: Works, noise: float = 0.0) -> Works:
    """Return the firm if everybody reported hours booked over budget."""
    states = works.states
    draw = np.random.default_rng(1).uniform(-noise, noise, len(states))
    share = (states["booked_hours"] / states["budget_hours"] + draw).clip(0.0, 0.99)
    return replace(works, states=states.assign(progress_ratio=share.where(states["progress_ratio"] < 1, 1.0)))


@pytest.mark.parametrize("noise", [0.0, 0.008])
def test_a_firm_that_reports_hours_over_budget_is_recognised(noise: float) -> None:
    states = as_effort(WORKS, noise).histories().states
    late = states[states["progress_ratio"].between(0.3, 0.9)]
    late = late[late["week_start_date"] > states["week_start_date"].min() + pd.Timedelta(weeks=40)]
    assert late["is_effort"].mean() > 0.9


def test_measured_progress_is_not_taken_for_effort() -> None:
    assert not WORKS.histories().states["is_effort"].any()


def test_the_forecast_goes_by_the_plan_and_says_why() -> None:
    day = WORKS.states["week_start_date"].max() + pd.Timedelta(days=6)
    found = forecast_on(as_effort(WORKS).histories(), day)
    told = found[found["reason"] == "progress_is_effort"]
    assert len(told) > 0
    assert told["mode"].eq("B").all()
    assert told["finish_p50_date"].notna().all()


def test_weeks_to_come_change_nothing_that_was_recognised() -> None:
    rows = as_effort(WORKS).histories().states
    day = rows["week_start_date"].quantile(0.5)
    cut = rows[rows["week_start_date"] <= day]
    assert (progress_is_effort(cut) == rows.loc[rows["week_start_date"] <= day, "is_effort"]).all()


def test_a_single_project_that_happens_to_earn_an_hour_for_an_hour_is_no_habit() -> None:
    one = as_effort(WORKS).histories().states
    one = one[one["project_id"] == one["project_id"].iloc[0]]
    assert not progress_is_effort(one).any()
