"""The same forecast says the same on the portfolio and on the project page."""

from __future__ import annotations

import pandas as pd

from dashboard import views
from dashboard.views.forecast import remarks, spi_text, with_words
from dashboard.views.portfolio import PortfolioView, data_state_text
from tests.dashboard.frames import AS_OF, forecast_of, forecasts, project_of


class State:
    """A state of the data."""

    newest_week_date = pd.Timestamp("2026-11-09")
    expected_count = 40
    filed_count = 30
    assumed_ratio = 1.0
    refused_count = 1
    warnings_count = 2


def portfolio(*rows: dict[str, object], before: pd.DataFrame | None = None) -> PortfolioView:
    now = forecasts(*rows)
    projects = pd.DataFrame([project_of(str(row["project_id"]), f"Project {row['project_id']}") for row in rows])
    return views.portfolio_view(views.named_forecast(now, now if before is None else before, projects))


def test_both_pages_say_the_same_of_a_project() -> None:
    listed = portfolio(forecast_of()).table.iloc[0]
    page = {
        label: value
        for label, value, _ in views.project_view(pd.Series(project_of()), forecasts(forecast_of())).metrics
    }
    assert listed["Middle (P50)"] == page["Middle finish (P50)"] == "10 Jan 2027"
    assert listed["Cautious (P80)"] == page["Cautious finish (P80)"] == "7 Feb 2027"
    assert listed["Plan"] == page["Plan"]
    assert page["Late?"] in listed["Late?"]


def test_projects_are_ranked_by_expected_harm_and_the_unknown_come_last() -> None:
    view = portfolio(
        forecast_of(project_id="a", harm_weeks=1.0),
        forecast_of(project_id="b", harm_weeks=None),
        forecast_of(project_id="c", harm_weeks=30.0),
    )
    assert view.table["project_id"].tolist() == ["c", "a", "b"]


def test_the_headline_counts_the_likely_late() -> None:
    view = portfolio(forecast_of(project_id="a"), forecast_of(project_id="b", late_probability=0.2))
    assert view.headline == "2 projects run; 1 is likely late: more than two weeks after the first plan."


def test_a_forecast_that_moved_is_named() -> None:
    before = forecasts(forecast_of(finish_p50_date=AS_OF + pd.Timedelta(weeks=6)))
    view = portfolio(forecast_of(), before=before)
    assert view.table["Since last week"].tolist() == ["2.0 weeks later"]
    assert view.moved_text.endswith("Project p1, 2.0 weeks later.")


def test_a_project_without_a_forecast_says_so_everywhere() -> None:
    gap = {name: pd.NaT for name in forecast_of() if name.startswith("finish_")}
    row = forecast_of(mode="none", reason="no_plan", late_probability=None, delay_weeks_p50=None, **gap)
    listed = portfolio(row).table.iloc[0]
    assert (listed["Middle (P50)"], listed["Late?"], listed["Rests on"]) == ("–", "not enough data", "not enough data")
    assert any("No first plan" in remark for remark in remarks(pd.Series(row)))


def test_weak_ground_is_named() -> None:
    said = " ".join(
        remarks(pd.Series(forecast_of(n_reference=4, is_default_class=True, is_assumed=True, progress_age_weeks=7)))
    )
    for part in ("Only 4 comparable", "too short", "assumed, not recorded", "7 weeks old"):
        assert part in said


def test_a_hidden_index_is_not_shown() -> None:
    assert [spi_text(0.8, is_hidden=False), spi_text(0.8, is_hidden=True), spi_text(None, is_hidden=False)] == [
        "0.80",
        "too early to say",
        "too early to say",
    ]


def test_old_progress_shows_its_age() -> None:
    worded = with_words(forecasts(forecast_of(progress_age_weeks=5.2)))
    assert worded["progress_text"].tolist() == ["60 % (5 weeks old)"]


def test_a_finished_project_shows_its_end_instead_of_a_forecast() -> None:
    project = pd.Series(project_of() | {"actual_finish_date": pd.Timestamp("2026-06-29"), "status": "finished"})
    view = views.project_view(project, forecasts(forecast_of()).head(0))
    assert not view.has_forecast
    assert view.metrics[0] == ("Finished", "29 Jun 2026", "4.0 weeks after plan")


def test_the_state_of_the_data_is_one_line() -> None:
    assert data_state_text(State()) == [
        "Newest week with hours: 9 Nov 2026",
        "75 % of expected timesheet weeks are filed (last four full weeks)",
        "for over 99 % of the hours it is assumed when they became known",
        "1 refused row",
        "2 warnings",
    ]


def test_two_projects_of_one_name_have_two_labels() -> None:
    labels = views.project_labels(pd.DataFrame([project_of("a"), project_of("b"), project_of("c", None, None)]))
    assert labels == {"c": "c", "a": "Lotus ERP · Lotus (a)", "b": "Lotus ERP · Lotus (b)"}


def test_hours_that_drift_apart_are_named() -> None:
    states = pd.DataFrame({"booked_hours": [300.0], "earned_hours": [200.0]})
    assert (
        views.hours_sentence(states) == "300 h are booked for 200 h earned: each earned hour takes 1.50 booked hours."
    )
    assert views.hours_sentence(states.head(0)) == "No hours are booked yet."
