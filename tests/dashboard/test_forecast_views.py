"""The same forecast says the same on the portfolio and on the project page."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.views import everything as views
from dashboard.views import verdict
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


def headline(now: pd.DataFrame, committed_by: str, *, announced: object = None) -> list[tuple[str, str, str]]:
    """Return the four figures of a project's page: label, value, remark."""
    row = with_words(now).iloc[0]
    return verdict.head_metrics(row, committed_by, week_ago=now, announced=announced, states=pd.DataFrame())


def portfolio(*rows: dict[str, object], before: pd.DataFrame | None = None) -> PortfolioView:
    now = forecasts(*rows)
    projects = pd.DataFrame([project_of(str(row["project_id"]), f"Project {row['project_id']}") for row in rows])
    return views.portfolio_view(views.named_forecast(now, now if before is None else before, projects), "baseline")


def test_both_pages_say_the_same_of_a_project() -> None:
    listed = views.texts_of(portfolio(forecast_of()).table).iloc[0]
    shown = headline(forecasts(forecast_of()), "baseline")
    page = {label: value for label, value, _ in shown}
    badge_text, _colour = verdict.badge(forecast_of()["late_probability"])
    more = verdict.more_figures_sentence(with_words(forecasts(forecast_of())).iloc[0], AS_OF)
    assert listed["Median finish (P50)"] == page["Median finish (P50)"] == "10 Jan 2027"
    assert listed["Safe finish (P80)"] == page["Safe finish (P80)"] == "7 Feb 2027"
    assert listed["Committed date"] == page["Committed date (baseline)"] == "6 Dec 2026"
    assert listed["Current plan"] in {label: remark for label, _, remark in shown}["Committed date (baseline)"]
    assert badge_text == "likely late · 72 %"
    assert listed["Chance of being late"] == "likely late (72 %)"
    assert listed["Expected person-weeks of delay"] == "12.0"
    assert "Expected delay 12.0 person-weeks" in more


def test_by_the_current_plan_the_baseline_stays_in_sight() -> None:
    now = forecasts(forecast_of())
    named = views.named_forecast(now, now, pd.DataFrame([project_of()]))
    view = views.portfolio_view(named, "current_plan")
    assert {"Committed date", "Baseline"} <= set(view.table)
    assert "(current plan)" in view.headline
    shown = headline(now, "current_plan")
    assert ("Committed date (current plan)", "6 Dec 2026", "baseline: 6 Dec 2026") in shown


def test_an_announced_date_stands_beside_the_committed_one() -> None:
    shown = headline(forecasts(forecast_of()), "baseline", announced=pd.Timestamp("2026-12-20"))
    assert ("Committed date (baseline)", "6 Dec 2026", "announced: 20 Dec 2026") in shown


def test_a_project_without_a_forecast_has_four_figures_all_the_same() -> None:
    gap = {name: pd.NaT for name in forecast_of() if name.startswith("finish_")}
    row = forecast_of(mode="none", reason="no_plan", late_probability=None, slip_weeks_p50=None, **gap)
    shown = {label: value for label, value, _ in headline(forecasts(row), "baseline")}
    assert len(shown) == 4
    assert shown["Median finish (P50)"] == shown["Safe finish (P80)"] == "–"


def test_the_table_carries_numbers_and_dates_so_that_it_sorts_by_them() -> None:
    table = portfolio(
        *(forecast_of(project_id=str(weeks), slip_weeks_p50=weeks) for weeks in (11.0, -12.0, 14.0, 20.0, 3.3)),
        forecast_of(project_id="none", slip_weeks_p50=None),
    ).table
    assert table.sort_values("Slip (P50)")["Slip (P50)"].tolist()[:5] == [-12.0, 3.3, 11.0, 14.0, 20.0]
    assert table["Slip (P50)"].isna().sum() == 1, "what is missing is no zero"
    for name in ("Median finish (P50)", "Safe finish (P80)", "Committed date", "Current plan"):
        assert table[name].dtype.kind == "M", name
    for name in ("Chance of being late", "Since last week", "Expected person-weeks of delay", "Progress"):
        assert table[name].dtype.kind == "f", name


def test_projects_are_ranked_by_expected_delay_and_the_unknown_come_last() -> None:
    view = portfolio(
        forecast_of(project_id="a", expected_delay_person_weeks=1.0),
        forecast_of(project_id="b", expected_delay_person_weeks=None),
        forecast_of(project_id="c", expected_delay_person_weeks=30.0),
    )
    assert view.table["project_id"].tolist() == ["c", "a", "b"]


def test_the_headline_counts_the_likely_late() -> None:
    view = portfolio(forecast_of(project_id="a"), forecast_of(project_id="b", late_probability=0.2))
    assert view.headline == (
        "2 projects run; 1 is likely late: a chance of 50 % or more to finish over 2 weeks after the committed date "
        "(baseline)."
    )


@pytest.mark.parametrize(("chance", "word"), [(0.5, "likely late"), (0.49, "possibly late"), (0.66, "likely late")])
def test_the_word_the_count_and_the_warning_begin_at_one_threshold(chance: float, word: str) -> None:
    view = portfolio(forecast_of(late_probability=chance))
    assert views.texts_of(view.table)["Chance of being late"].iloc[0].startswith(word)
    assert view.likely_late_count == int(word == "likely late") == int(view.table["Warning"].iloc[0] == "amber")


def test_a_forecast_that_moved_is_named() -> None:
    before = forecasts(forecast_of(finish_p50_date=AS_OF + pd.Timedelta(weeks=6)))
    view = portfolio(forecast_of(), before=before)
    assert views.texts_of(view.table)["Since last week"].tolist() == ["2.0 weeks later"]
    assert view.moved_text.endswith("Project p1, 2.0 weeks later.")


def test_a_project_without_a_forecast_says_so_everywhere() -> None:
    gap = {name: pd.NaT for name in forecast_of() if name.startswith("finish_")}
    row = forecast_of(mode="none", reason="no_plan", late_probability=None, slip_weeks_p50=None, **gap)
    listed = views.texts_of(portfolio(row).table).iloc[0]
    assert (listed["Median finish (P50)"], listed["Chance of being late"], listed["Based on"]) == (
        "–",
        "not enough data",
        "not enough data",
    )
    assert any("No plan is known" in remark for remark in remarks(pd.Series(row)))


def test_on_hold_and_silent_projects_are_told_apart_in_the_list() -> None:
    found = with_words(forecasts(forecast_of(reason="on_hold"), forecast_of(reason="no_hours_lately"), forecast_of()))
    held, silent, usual = found["basis_text"]
    assert held == f"{usual}; on hold by decision"
    assert silent == f"{usual}; silent: no hours for eight weeks"


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
    committed, none = pd.Timestamp("2026-06-01"), forecasts(forecast_of()).head(0)
    view = views.project_view(project, none, "baseline", as_of_date=AS_OF, committed_date=committed)
    assert not view.has_forecast
    assert view.metrics[0] == ("Finished", "29 Jun 2026", "4.0 weeks after the committed date")
    early = views.project_view(
        project, none, "baseline", as_of_date=pd.Timestamp("2026-06-15"), committed_date=committed
    )
    assert early.metrics[0] == ("Finished", "–", "–"), "the end was not known yet"


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
