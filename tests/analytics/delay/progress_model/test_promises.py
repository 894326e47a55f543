"""Promises about the forecast that is shown, after the last word of past errors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from analytics.delay.backtest import rolling_origin_scores
from analytics.delay.explaining import Position, position_on
from analytics.delay.known import prepare_histories
from analytics.delay.progress_model.paths import chances, outlook, path_quantiles
from tests.analytics.delay.works import make_works

if TYPE_CHECKING:
    from analytics.delay.known import Histories
    from analytics.delay.progress_model.cases import Cases

WORKS = make_works(130, seed=3, years=5)
HISTORIES = WORKS.histories()
DAYS = ["2020-06-14", "2022-06-12", "2023-03-12"]


def position(day: str, histories: Histories = HISTORIES) -> Position:
    found = position_on(histories, pd.Timestamp(day))
    assert found is not None
    return found


def shown(where: Position, cases: Cases) -> np.ndarray:
    own = path_quantiles(outlook(where.model.work, cases), chances(where.model.work, 0, 1024))
    return where.model.stack.forecast(where.rows, own, where.rules)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("share", [0.005, 0.02, 0.1])
def test_an_approved_request_of_half_a_percent_or_more_never_moves_a_finish_forward(day: str, share: float) -> None:
    where = position(day)
    cases, wishes = where.cases, where.cases.wishes
    sized = wishes.sized_count
    more = replace(
        wishes,
        raised_count=wishes.raised_count + 1,
        sized_count=sized + 1,
        mean_log_share=(sized * wishes.mean_log_share + np.log(share)) / (sized + 1),
        approved_share=wishes.approved_share + share,
    )
    before, after = shown(where, cases), shown(where, replace(cases, wishes=more, scope=cases.scope + share))
    assert (after[:, 99] >= before[:, 99]).all()
    assert (after[:, 159] >= before[:, 159]).all()


@pytest.mark.parametrize("day", DAYS)
def test_leave_ahead_never_moves_a_finish_forward(day: str) -> None:
    where = position(day)
    usual = np.ones((len(where.cases), 78))
    away = usual.copy()
    away[:, 1:3] = 0.5
    before, after = (shown(where, replace(where.cases, ahead=weeks)) for weeks in (usual, away))
    assert (after[:, 99] >= before[:, 99]).all()
    assert (after[:, 159] >= before[:, 159]).all()


def test_however_many_have_finished_it_is_no_worse_than_the_reference_class() -> None:
    scores = rolling_origin_scores(HISTORIES, stages=(25, 50, 75))
    ends = np.sort(WORKS.projects["actual_finish_date"].dropna().to_numpy())
    finished = np.searchsorted(ends, scores["seen_on"].to_numpy())
    group = pd.Series(np.digitize(finished, [4, 16, 31, 61]), index=scores.index)
    table = scores.assign(group=group).pivot_table(index="group", columns="method", values="crps_pct")
    assert len(table) == 5
    assert (table["golive"] <= 1.02 * table["reference_class"]).all()


def test_hours_that_are_filed_late_do_not_make_a_team_look_absent() -> None:
    day = pd.Timestamp("2022-06-12")
    weeks = WORKS.states.assign(
        worked_hours=WORKS.states.groupby("project_id")["booked_hours"].diff().fillna(WORKS.states["booked_hours"])
    )
    weeks = weeks.assign(person_id=weeks["project_id"] + " team", known_week_date=weeks["week_start_date"])
    parts = [
        weeks.assign(
            worked_hours=weeks["worked_hours"] * share,
            known_week_date=weeks["week_start_date"] + pd.Timedelta(weeks=later),
        )
        for later, share in enumerate((0.4, 0.4, 0.2))
    ]
    late = pd.concat(parts, ignore_index=True)
    known = late[late["known_week_date"] <= day]
    cumulated = (
        late.groupby(["project_id", "known_week_date"])["worked_hours"]
        .sum()
        .groupby("project_id")
        .cumsum()
        .rename("known")
    )
    states = WORKS.states.merge(
        cumulated.reset_index(),
        left_on=["project_id", "week_start_date"],
        right_on=["project_id", "known_week_date"],
        validate="one_to_one",
    )
    states = states.assign(booked_hours=states["known"])

    def availability(people: pd.DataFrame | None, rows: pd.DataFrame) -> np.ndarray:
        histories = prepare_histories(
            rows, WORKS.projects, change_requests=WORKS.change_requests, person_project_weeks=people
        )
        return np.nan_to_num(position(str(day.date()), histories).cases.availability[:, -3:])

    at_once, completed = availability(weeks, WORKS.states), availability(known, states)
    assert len(at_once) > 10
    # 40 % known of the last week would read as a logarithm of -0.9.
    assert np.median(np.abs(completed - at_once)) < 0.1
