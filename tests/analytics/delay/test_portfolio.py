from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.delay.portfolio import forecast_history, forecast_portfolio
from tests.analytics.delay.firm import FITS, Firm, make_firm
from tests.laws import examples

if TYPE_CHECKING:
    from analytics.delay.committed import CommittedBy

DAY = pd.Timestamp("2025-03-05")
FIRM = make_firm()
COLUMNS = [
    "project_id",
    "as_of_date",
    "mode",
    "method",
    "finish_p10_date",
    "finish_p50_date",
    "finish_p80_date",
    "finish_p90_date",
    "planned_finish_date",
    "baseline_finish_date",
    "committed_date",
    "slip_weeks_p50",
    "slip_weeks_p80",
    "late_probability",
    "expected_delay_person_weeks",
    "spi_t",
    "is_spi_hidden",
    "progress_ratio",
    "progress_age_weeks",
    "n_reference",
    "is_default_class",
    "is_assumed",
    "is_first_plan_reported",
    "reason",
    "model_fingerprint",
]


def forecast(firm: Firm, day: pd.Timestamp = DAY, committed_by: CommittedBy = "baseline") -> pd.DataFrame:
    return forecast_portfolio(firm.states, firm.projects, day, committed_by=committed_by, fits=FITS)


def running_project(firm: Firm = FIRM, mode: str = "A") -> str:
    found = forecast(firm)
    return str(found.loc[found["mode"] == mode, "project_id"].iloc[0])


def forecast_of(firm: Firm, project_id: str, day: pd.Timestamp = DAY) -> pd.Series[Any]:
    found = forecast(firm, day).set_index("project_id")
    return found.loc[[project_id]].iloc[0]


def test_there_is_one_row_for_each_running_project_and_all_columns() -> None:
    found = forecast(FIRM)
    projects = FIRM.projects
    is_running = (projects["start_date"] <= DAY) & ~(projects["actual_finish_date"] <= DAY)
    assert sorted(found["project_id"]) == sorted(projects.loc[is_running, "project_id"])
    assert list(found.columns) == COLUMNS


def test_the_dates_are_in_order_and_never_in_the_past() -> None:
    found = forecast(FIRM)
    dates = found[["finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date"]]
    assert (dates.diff(axis=1).iloc[:, 1:] >= pd.Timedelta(0)).all(axis=None)
    assert (dates >= DAY).all(axis=None)


def test_nothing_is_certain() -> None:
    assert forecast(FIRM)["late_probability"].between(0.01, 0.99).all()


@pytest.mark.parametrize("day", ["2023-03-01", "2023-12-31", "2024-06-10", "2025-03-05"])
def test_what_was_learnt_later_changes_nothing(day: str) -> None:
    on = pd.Timestamp(day)
    pd.testing.assert_frame_equal(forecast(FIRM, on), forecast(FIRM.known_by(on), on))


def test_the_order_of_the_rows_changes_nothing() -> None:
    shuffled = Firm(FIRM.states.sample(frac=1, random_state=3), FIRM.projects.sample(frac=1, random_state=4))
    pd.testing.assert_frame_equal(forecast(shuffled), forecast(FIRM))


def test_who_else_is_asked_for_changes_nothing() -> None:
    name = running_project()
    history = forecast_history(FIRM.states, FIRM.projects, name, [DAY])
    together = forecast(FIRM)
    alone = together[together["project_id"] == name].reset_index(drop=True)
    pd.testing.assert_frame_equal(history, alone)


def test_a_history_is_the_forecast_of_each_day_as_it_was() -> None:
    name = running_project()
    days = [DAY - pd.Timedelta(weeks=back) for back in (12, 8, 4, 0)]
    history = forecast_history(FIRM.states, FIRM.projects, name, days)
    whole = pd.concat([forecast(FIRM, day) for day in days], ignore_index=True)
    each = whole[whole["project_id"] == name].reset_index(drop=True)
    pd.testing.assert_frame_equal(history, each)


def test_a_history_before_the_start_is_empty() -> None:
    history = forecast_history(FIRM.states, FIRM.projects, running_project(), [pd.Timestamp("2020-01-01")])
    assert history.empty
    assert list(history.columns) == COLUMNS


def test_progress_gives_mode_a() -> None:
    row = forecast_of(FIRM, running_project())
    assert (row["mode"], row["method"], row["reason"]) == ("A", "progress_and_plan", "progress_known")
    assert row["spi_t"] > 0


def test_without_progress_the_plan_speaks() -> None:
    found = forecast(make_firm(has_progress=False))
    assert set(found["mode"]) == {"B"}
    assert set(found["reason"]) == {"no_progress"}
    assert found["spi_t"].isna().all()


def test_old_progress_no_longer_counts() -> None:
    name = running_project()
    firm = FIRM.with_states(name, progress_date=DAY - pd.Timedelta(weeks=20))
    row = forecast_of(firm, name)
    assert (row["mode"], row["reason"]) == ("B", "progress_too_old")
    assert row["progress_age_weeks"] == pytest.approx(20, abs=1)


def test_without_a_plan_of_record_the_reference_class_speaks() -> None:
    firm = make_firm(has_progress=False)
    name = str(forecast(firm)["project_id"].iloc[0])
    row = forecast_of(firm.with_states(name, planned_finish_date=pd.NaT), name)
    assert (row["mode"], row["method"]) == ("C", "reference_class")
    assert pd.notna(row["finish_p50_date"])


def test_without_any_plan_there_is_no_number() -> None:
    name = running_project()
    row = forecast_of(FIRM.with_states(name, planned_finish_date=pd.NaT, baseline_finish_date=pd.NaT), name)
    assert (row["mode"], row["reason"]) == ("none", "no_plan")
    assert pd.isna(row["finish_p50_date"])
    assert pd.isna(row["late_probability"])
    assert row["n_reference"] == 0


def test_a_new_baseline_moves_neither_forecast_nor_lateness() -> None:
    name = running_project()
    states = FIRM.states
    is_late_week = (states["project_id"] == name) & (states["week_start_date"] > DAY - pd.Timedelta(weeks=4))
    moved = states["baseline_finish_date"].where(~is_late_week, pd.Timestamp("2027-01-01"))
    firm = Firm(states.assign(baseline_finish_date=moved), FIRM.projects)
    pd.testing.assert_series_equal(forecast_of(firm, name), forecast_of(FIRM, name))


def test_a_cancelled_project_is_neither_forecast_nor_learnt_from() -> None:
    name = running_project()
    stopped = DAY - pd.Timedelta(weeks=2)
    firm = FIRM.with_project(name, status="cancelled", last_work_date=stopped, actual_finish_date=pd.NaT)
    assert name not in set(forecast(firm)["project_id"])
    before = forecast(firm, DAY - pd.Timedelta(weeks=3))
    assert name in set(before["project_id"])
    assert forecast(firm)["n_reference"].max() == forecast(FIRM)["n_reference"].max()


def test_a_project_that_books_no_hours_says_so() -> None:
    name = running_project()
    row = forecast_of(FIRM.with_states(name, booked_hours=500.0), name)
    assert row["reason"] == "no_hours_lately"
    assert pd.notna(row["finish_p50_date"])


def test_an_overdue_plan_still_gives_a_finish_ahead() -> None:
    firm = make_firm(has_progress=False)
    name = str(forecast(firm)["project_id"].iloc[0])
    overdue = DAY - pd.Timedelta(weeks=3)
    changed = firm.with_states(name, planned_finish_date=overdue)
    row = forecast(changed, committed_by="current_plan").set_index("project_id").loc[name]
    assert row["finish_p10_date"] > DAY
    assert row["committed_date"] == overdue
    assert row["slip_weeks_p50"] > 3


def test_a_project_of_one_week_has_a_forecast() -> None:
    start = FIRM.projects["start_date"].iloc[5]
    row = forecast_of(FIRM, "p005", start + pd.Timedelta(days=2))
    assert row["mode"] == "A"
    assert row["is_spi_hidden"]
    assert row["finish_p90_date"] > row["finish_p10_date"]


def test_a_project_of_five_years_has_a_forecast() -> None:
    firm = make_firm(30, week_count=320)
    name = "p000"
    row_end = firm.states["week_start_date"].max()
    weeks = pd.date_range(firm.projects["start_date"].iloc[0], row_end, freq="7D", unit="us")
    first = firm.states[firm.states["project_id"] == name].iloc[:1]
    longer = first.loc[first.index.repeat(len(weeks))].assign(
        week_start_date=weeks, progress_date=weeks + pd.Timedelta(days=6), progress_ratio=0.6
    )
    states = pd.concat([firm.states[firm.states["project_id"] != name], longer], ignore_index=True)
    old = Firm(states, firm.projects).with_project(name, actual_finish_date=pd.NaT, status="active")
    day = row_end + pd.Timedelta(days=2)
    row = forecast_of(old, name, day)
    assert row["finish_p10_date"] > day
    assert row["finish_p90_date"] < day + pd.Timedelta(weeks=1_500)
    assert row["late_probability"] == 0.99


def test_few_finished_projects_lean_on_the_default_class() -> None:
    early = forecast(FIRM, pd.Timestamp("2023-11-01"))
    assert early["is_default_class"].all()
    assert not forecast(FIRM)["is_default_class"].any()


def test_a_firm_without_any_finished_project_has_a_forecast() -> None:
    found = forecast(FIRM, pd.Timestamp("2023-02-15"))
    assert (found["n_reference"] == 0).all()
    assert found["is_default_class"].all()
    assert found["finish_p50_date"].notna().all()


def test_no_projects_give_no_rows() -> None:
    found = forecast(Firm(FIRM.states.iloc[:0], FIRM.projects.iloc[:0]))
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_assumed_knowledge_is_said() -> None:
    name = running_project()
    assert forecast_of(FIRM.with_states(name, is_assumed=True), name)["is_assumed"]
    assert not forecast_of(FIRM, name)["is_assumed"]


def test_expected_delay_counts_the_people_on_the_project() -> None:
    name = running_project()
    weeks = FIRM.states["project_id"].eq(name).cumsum()
    small = forecast_of(FIRM.with_states(name, booked_hours=weeks * 40.0), name)["expected_delay_person_weeks"]
    large = forecast_of(FIRM.with_states(name, booked_hours=weeks * 400.0), name)["expected_delay_person_weeks"]
    assert large == pytest.approx(10 * small)


@examples(20)
@given(st.integers(1, 60))
def test_a_later_plan_never_makes_the_forecast_earlier(weeks: int) -> None:
    firm = make_firm(12, has_progress=False)
    found = forecast(firm)
    name = str(found["project_id"].iloc[0])
    plan = found["planned_finish_date"].iloc[0].normalize()
    later = firm.with_states(name, planned_finish_date=plan + pd.Timedelta(weeks=weeks))
    same = firm.with_states(name, planned_finish_date=plan)
    assert forecast_of(later, name)["finish_p90_date"] >= forecast_of(same, name)["finish_p50_date"]


def test_the_true_speed_is_found() -> None:
    found = forecast(FIRM).merge(FIRM.projects[["project_id", "actual_finish_date"]], on="project_id")
    known = found.dropna(subset=["actual_finish_date"])
    miss = (known["finish_p50_date"] - known["actual_finish_date"]).dt.days / 7
    assert miss.abs().median() < 4


def test_a_project_long_overdue_of_which_nothing_is_heard_gets_no_number() -> None:
    firm = make_firm()
    name = str(forecast(firm, pd.Timestamp("2025-11-16"))["project_id"].iloc[0])
    silent = firm.with_states(name, booked_hours=100.0, progress_date=pd.NaT, progress_ratio=float("nan"))
    found = forecast(silent, pd.Timestamp("2027-11-14")).set_index("project_id")
    row = found.loc[name]
    assert row["mode"] == "none"
    assert row["reason"] == "silent_too_long"
    assert pd.isna(row["finish_p50_date"])


def test_a_project_on_hold_says_so_today_and_earlier_days_know_nothing_of_it() -> None:
    last = pd.to_datetime(FIRM.states["week_start_date"]).max() + pd.Timedelta(days=6)
    usual = forecast(FIRM, last).set_index("project_id")
    project_id = str(usual.index[usual["mode"] != "none"][0])
    is_own = FIRM.projects["project_id"].eq(project_id)
    held = FIRM.projects.assign(status=FIRM.projects["status"].mask(is_own, "on_hold"))
    today = forecast_portfolio(FIRM.states, held, last, fits=FITS).set_index("project_id")
    assert today.loc[project_id, "reason"] == "on_hold"
    assert str(today.loc[project_id, "finish_p50_date"]) == str(usual.loc[project_id, "finish_p50_date"])
    earlier = forecast_portfolio(FIRM.states, held, last - pd.Timedelta(weeks=2), fits=FITS)
    assert "on_hold" not in set(earlier["reason"])
