"""One figure is one number: on Portfolio, Project, People and in the commands, on any weekday and in a replay."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from dashboard.answers import everything as answers
from dashboard.answers import scenarios
from dashboard.answers.viewers import Viewer
from dashboard.cli import app as commands
from dashboard.views import everything as views
from data.home import HOME_VARIABLE
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

    from data.home import Home

VIEWER = Viewer("ana", "local")
SUNDAY = LAST_DAY + timedelta(days=6 - LAST_DAY.weekday())
#: Sunday, Monday and Friday around the newest data, and a day of the past.
DAYS = (SUNDAY, SUNDAY + timedelta(days=1), SUNDAY - timedelta(days=2), SUNDAY - timedelta(weeks=9))


@pytest.fixture(autouse=True)
def _home(company_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(company_home.path))


def told(*words: str, day: date) -> dict[str, Any]:
    """Return what a command says as JSON."""
    ended = CliRunner().invoke(commands, [*words, "--as-of", day.isoformat(), "--json"])
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def portfolio(file: Path, day: date) -> pd.DataFrame:
    now, before = answers.forecast(file, VIEWER, day), answers.forecast_week_ago(file, VIEWER, day)
    return views.named_forecast(now, before, answers.projects(file))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_portfolio_and_its_command_say_the_same(company_file: Path, day: date) -> None:
    named = portfolio(company_file, day)
    view = views.portfolio_view(named, answers.committed_by(company_file))
    said = told("forecast", day=day)
    assert (said["likely_late_count"], said["running_count"]) == (view.likely_late_count, view.running_count)
    assert [row["project_id"] for row in said["rows"]] == view.table["project_id"].tolist()
    rows = pd.DataFrame(said["rows"])
    for column, name in (
        ("slip_weeks_p50", "Slip (P50)"),
        ("late_probability", "Chance of being late"),
        ("expected_delay_person_weeks", "Expected person-weeks of delay"),
        ("change_weeks", "Since last week"),
    ):
        assert rows[column].tolist() == pytest.approx(view.table[name].tolist(), nan_ok=True), name
    for column, name in (("finish_p50_date", "Median finish (P50)"), ("committed_date", "Committed date")):
        assert rows[column].tolist() == view.table[name].dt.strftime("%Y-%m-%d").tolist(), name
    late = view.table.loc[view.table["Chance of being late"] > 0.5]
    assert (late["Slip (P50)"] > 0).all(), "nothing is likely late and before its committed date"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_page_of_a_project_says_what_the_portfolio_says(company_file: Path, day: date) -> None:
    named = portfolio(company_file, day)
    own = named.loc[named["mode"].eq("A")].head(2)
    drivers = scenarios.drivers(company_file, VIEWER, day, tuple(own["project_id"]))
    for row in own.to_dict("records"):
        name = str(row["project_id"])
        (shown,) = views.forecast_on_day(answers.history(company_file, VIEWER, day, name), day).to_dict("records")
        for column in ("finish_p50_date", "finish_p80_date", "committed_date"):
            assert shown[column] == row[column], column
        for column in ("slip_weeks_p50", "late_probability", "expected_delay_person_weeks", "progress_ratio"):
            assert shown[column] == pytest.approx(row[column]), column
        assert drivers.loc[drivers["project_id"].eq(name), "weeks"].sum() == pytest.approx(row["slip_weeks_p50"])
        moved, _rows = scenarios.movement(company_file, VIEWER, answers.week_before(day), day, name)
        if moved is not None and not pd.isna(row["change_weeks"]):
            assert moved.total == pytest.approx(row["change_weeks"])
            assert moved.work + moved.requests + moved.plan + moved.expectation == pytest.approx(moved.total)
        asked = scenarios.compared(company_file, VIEWER, day, name, {})
        assert asked["finish_p50_date"].iloc[0] == row["finish_p50_date"]
        assert asked["late_probability"].iloc[0] == pytest.approx(row["late_probability"])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_people_and_their_commands_say_the_same(company_file: Path, day: date) -> None:
    people = answers.people(company_file, VIEWER, day)
    ids = tuple(people["person_id"])
    overview = answers.overview(company_file, VIEWER, day, ids).set_index("person_id")
    weeks = answers.weeks(company_file, VIEWER, day, ids, 12)
    last = weeks.loc[weeks["week_start_date"].eq(weeks["week_start_date"].max())].set_index("person_id")
    said = {row["person_id"]: row for row in told("workload", day=day)["rows"]}
    strain = {row["person_id"]: row for row in told("strain", day=day)["rows"]}
    levels = answers.strain(company_file, VIEWER, day).levels.set_index("person_id")
    assert set(said) == set(ids)
    for name in ids[:6]:
        shown = overview.loc[name]
        hours = said[name]["worked_hours_last_week"]
        assert (float("nan") if hours is None else hours) == pytest.approx(shown["worked_hours_last_week"], nan_ok=True)
        assert last.loc[name, "worked_hours"] == pytest.approx(shown["worked_hours_last_week"], nan_ok=True)
        rows = answers.timesheet_rows(company_file, VIEWER, day, person_id=name, weeks_count=12)
        own = weeks.loc[weeks["person_id"].eq(name), "worked_hours"]
        assert rows["worked_hours"].sum() == pytest.approx(own.sum())
    for name in levels.index[:6]:
        assert strain[name]["level"] == str(levels.loc[name, "level"])
        assert strain[name]["index"] == pytest.approx(levels.loc[name, "index"], abs=0.06)
