"""A column that was overwritten with its last value must not make the backtest look better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analytics.delay.earned_schedule import with_first_plan
from analytics.delay.held_out_backtest import finished_ids, held_out_backtest, held_out_ids
from tests.analytics.delay.works import Works, make_works

if TYPE_CHECKING:
    from collections.abc import Callable

WORKS = make_works(70, seed=3)


def error_of(works: Works) -> float:
    histories = works.histories()
    table = held_out_backtest(histories, held_out_ids(finished_ids(WORKS.histories())))
    found = table.loc[(table["method"] == "golive") & (table["stage"] == "all"), "crps_pct"]
    return float(found.iloc[0])


def last_plan_as_baseline(works: Works) -> Works:
    """Return the firm whose list was kept up to date: the baseline is the day on which each project finished."""
    ends = works.projects.set_index("project_id")["actual_finish_date"]
    final = works.states["project_id"].map(ends)
    baseline = works.states["baseline_finish_date"].mask(final.notna(), final)
    return Works(works.states.assign(baseline_finish_date=baseline), works.projects, works.change_requests)


def later_ends_hidden(works: Works) -> Works:
    """Return the firm whose list already says which projects will be finished in the end."""
    listed = works.projects.assign(status=works.projects["status"].mask(works.projects["status"].eq("active"), "late"))
    return Works(works.states, listed, works.change_requests)


def decisions_of_today(works: Works) -> Works:
    """Return the firm whose log holds today's decision of each request without its day."""
    asked = works.change_requests
    return Works(
        works.states,
        works.projects,
        asked.assign(decided_at=asked["decided_at"].mask(asked["is_rejected"].astype(bool))),
    )


@pytest.mark.parametrize("overwritten", [last_plan_as_baseline, later_ends_hidden, decisions_of_today])
def test_an_overwritten_column_does_not_improve_the_score(overwritten: Callable[[Works], Works]) -> None:
    assert error_of(overwritten(WORKS)) >= 0.97 * error_of(WORKS)


def test_the_first_report_speaks_where_the_list_was_overwritten() -> None:
    mondays = pd.date_range("2026-01-05", periods=4, freq="7D", unit="us")
    plans = pd.to_datetime(["2026-12-01", "2026-06-01", "2026-06-01", "2026-08-01"])
    rows = pd.DataFrame(
        {
            "project_id": "x",
            "week_start_date": mondays,
            "baseline_finish_date": pd.Timestamp("2026-12-01"),
            "planned_finish_date": plans,
            "progress_date": [pd.NaT, *mondays[1:]],
        }
    )
    found = with_first_plan(rows)
    assert found["first_plan_date"].dt.strftime("%m").tolist() == ["12", "06", "06", "06"]
    assert found["is_first_plan_reported"].tolist() == [False, True, True, True]


def test_a_list_that_the_first_report_bears_out_stays() -> None:
    rows = pd.DataFrame(
        {
            "project_id": "x",
            "week_start_date": pd.date_range("2026-01-05", periods=3, freq="7D", unit="us"),
            "baseline_finish_date": pd.Timestamp("2026-06-04"),
            "planned_finish_date": pd.to_datetime(["2026-06-01", "2026-06-01", "2026-09-01"]),
            "progress_date": pd.Timestamp("2026-01-05"),
        }
    )
    found = with_first_plan(rows)
    assert found["first_plan_date"].eq(pd.Timestamp("2026-06-04")).all()
    assert not found["is_first_plan_reported"].any()
