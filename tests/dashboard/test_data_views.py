"""The state of the data and the method in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.views import everything as views

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

CHECKS = sorted(
    file.stem for file in (Path(__file__).parents[2] / "sql" / "checks").glob("*.sql") if file.stem != "warnings"
)


def filing(*rows: tuple[str | None, str, int, int]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["team_name", "week_start_date", "expected_count", "filed_count"])
    return found.assign(week_start_date=pd.to_datetime(found["week_start_date"]))


def test_every_check_is_worded() -> None:
    plain = [name for name in CHECKS if views.check_words(name) == f"{name.replace('_', ' ').capitalize()}."]
    assert plain == []


def test_a_small_team_has_no_row_of_its_own() -> None:
    rows, remark = views.filing_rows(filing(("North", "2026-05-04", 6, 3), ("Desk", "2026-05-04", 2, 0)))
    assert rows["team_name"].tolist() == ["North"]
    assert rows["filed_ratio"].tolist() == [0.5]
    assert remark == "1 team of fewer than five people is not shown on its own."


def test_small_teams_stand_together_when_they_are_enough() -> None:
    rows, _ = views.filing_rows(
        filing(("A", "2026-05-04", 3, 3), ("B", "2026-05-04", 3, 0), (None, "2026-05-04", 5, 5))
    )
    assert rows[["team_name", "filed_ratio"]].to_numpy().tolist() == [["no team recorded", 1.0], ["small teams", 0.5]]


def test_no_filing_is_no_error() -> None:
    rows, remark = views.filing_rows(filing())
    assert rows.empty
    assert remark == ""


def test_the_badge_names_the_nearest_end_of_the_calendars() -> None:
    years = pd.DataFrame({"country": ["CN", "DE"], "known_year": [2026, 2028]})
    assert views.calendar_badge(years) == "Public holidays known to 2026"
    assert views.calendar_text(years) == "Known for certain: China to 2026, Germany to 2028."
    assert views.calendar_badge(years.head(0)) == "No calendar is loaded"


def backtest(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["method", "stage", "n_projects", "crps_pct"])
    shares = dict.fromkeys(("mape_p50", "coverage_p50", "coverage_p80", "coverage_p90", "brier_late", "auc_late"), 0.5)
    return found.assign(**shares)


def test_the_backtest_is_said_in_words_for_better_and_for_worse() -> None:
    better = views.backtest_sentence(backtest(("golive", "all", 40, 12.0), ("plan_of_record", "all", 40, 24.0)))
    worse = views.backtest_sentence(backtest(("golive", "all", 5, 24.0), ("plan_of_record", "all", 5, 12.0)))
    assert "50 % smaller than that of the best simple rule here (The plan as it stands)" in better
    rivals = (("plan_of_record", "all", 40, 24.0), ("earned_schedule", "all", 40, 13.0))
    assert "8 % smaller" in views.backtest_sentence(backtest(("golive", "all", 40, 12.0), *rivals)), "the best counts"
    assert "100 % larger" in worse
    assert "small number" in worse


def test_a_firm_without_finished_projects_has_no_verdict() -> None:
    assert views.backtest_sentence(backtest(("golive", "25", 0, 1.0))).startswith("Too few finished projects")


def test_the_backtest_table_shows_the_surest_method_first() -> None:
    rows = backtest(("plan_of_record", "all", 5, 20.0), ("golive", "all", 5, 10.0), ("golive", "25", 5, 9.0))
    table = views.backtest_table(views.whole_backtest(rows))
    assert table["Method"].tolist() == ["Golive (what the pages show)", "The plan as it stands"]


def test_every_figure_of_the_method_has_a_meaning_and_a_source() -> None:
    for meanings in (views.delay_meanings("baseline"), views.workload_meanings()):
        assert not meanings.empty
        assert meanings.map(bool).all().all()


class State:
    """A state of the data."""

    filed_count = 81
    expected_count = 100
    refused_count = 2


def weeks_of(team: str, *filed: int) -> list[tuple[str | None, str, int, int]]:
    """Return rows of a team of five, one for each week, the newest last."""
    mondays = pd.date_range("2026-11-02", periods=len(filed), freq="7D")
    return [(team, f"{monday:%Y-%m-%d}", 5, count) for monday, count in zip(mondays, filed, strict=True)]


def test_silent_teams_are_named_first_with_for_how_long() -> None:
    rows = filing(
        *weeks_of("North", 5, 0, 0, 0),
        *weeks_of("West", 0, 0, 0, 0),
        *weeks_of("Desk", 0, 0, 5, 0),
        *weeks_of("Lab", 5),
    )
    assert views.silent_teams(rows) == [("West", 4), ("North", 3)], "one empty week is the rule on a Monday"
    assert views.state_sentence(rows, State) == (
        "Nothing filed: West for 4 weeks, North for 3 weeks. "
        "81 % of the timesheets of the last four weeks are filed. 2 rows were refused: see below."
    )


def test_no_silent_team_is_said_too_and_many_are_counted() -> None:
    assert views.state_sentence(filing(*weeks_of("North", 5, 5)), State).startswith("No team is silent.")
    many = filing(*(row for name in "ABCDE" for row in weeks_of(name, 0, 0)))
    assert views.state_sentence(many, State).startswith(
        "Nothing filed: A for 2 weeks, B for 2 weeks, C for 2 weeks, 2 more teams."
    )


def test_an_empty_home_says_nothing_untrue() -> None:
    class Nothing:
        filed_count = expected_count = refused_count = 0

    assert views.state_sentence(filing(), Nothing) == ""


def test_a_meaning_is_found_by_any_word_of_it() -> None:
    meanings = views.delay_meanings("baseline")
    assert views.matching(meanings, "lipke SPI").iloc[:, 0].tolist() == ["Schedule index SPI(t)"]
    assert len(views.matching(meanings, "  ")) == len(meanings)
    assert views.matching(meanings, "xyzzy").empty
    assert views.matching(meanings.head(0), "p50").empty


def test_the_page_of_the_method_shows_only_what_is_looked_for(app: AppTest) -> None:
    app.query_params["word"] = "lipke"
    page = app.switch_page("app_pages/method.py").run()
    assert not page.exception
    assert "Delay" in [one.value for one in page.subheader]
    assert "Workload" not in [one.value for one in page.subheader]
    assert not page.info
    app.query_params["word"] = "xyzzy"
    page = app.switch_page("app_pages/method.py").run()
    assert "No meaning holds" in page.info[0].value
