"""The commands that answer questions, on a home with real data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from tests.real import source as expected
from tests.real.running import Answer, golive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.running import Imported
    from tests.real.source import Source

#: A day on which the firm of the time log is at work; its hours end a year later, other sources go on to 2026.
WORKING_DAY = "2016-06-30"


def test_status_tells_what_went_in(imported: Imported, imported_again: Imported, home: Path, source: Source) -> None:
    said = golive("status", home=home).said
    assert {row["table_name"]: row["rows_count"] for row in said["tables"]} == {
        file["table"]: file["rows_accepted"] for file in imported.files
    }
    assert said["imports_count"] == len(imported.files) + len(imported_again.files)
    assert said["newest_work_date"] == str(source.time_log["started_at"].max().date())
    assert said["assumed_rows_share"] == 1
    assert {row["check_name"] for row in said["warnings"]} >= {"days_over_24_hours", "overlapping_clock_times"}


@pytest.fixture(scope="module", params=[WORKING_DAY, None], ids=["on a day of 2016", "today"])
def forecast(request: pytest.FixtureRequest, imported_again: Imported, home: Path) -> Answer:
    """Return the forecast as known on a day."""
    del imported_again
    return golive("forecast", *(["--as-of", request.param] if request.param else []), home=home)


def test_a_forecast_is_a_range_in_order_or_says_why_there_is_none(forecast: Answer) -> None:
    rows = pd.DataFrame(forecast.said["rows"])
    has_range = rows["finish_p50_date"].notna()
    assert has_range.any()
    assert rows.loc[~has_range, "reason"].fillna("").ne("").all()
    days = rows.loc[has_range, [f"finish_p{p}_date" for p in (10, 50, 80, 90)]]
    assert days.notna().all(axis=None)
    for earlier, later in zip(days.columns, days.columns[1:], strict=False):
        assert (days[earlier] <= days[later]).all()
    assert (days["finish_p90_date"] >= forecast.said["as_of_date"]).all()


def test_nothing_is_certain(forecast: Answer) -> None:
    late = pd.Series([row["late_probability"] for row in forecast.said["rows"]], dtype="float64").dropna()
    assert late.between(0, 1, inclusive="neither").all()


def test_a_project_that_is_known_to_be_finished_is_not_forecast(forecast: Answer, source: Source) -> None:
    panel = source.status_panel
    finished = panel[panel["actual_finish"] <= pd.Timestamp(forecast.said["as_of_date"])]
    gone = set(finished["source"] + "-" + finished["project_id"])
    assert gone.isdisjoint(row["project_id"] for row in forecast.said["rows"])


def test_the_last_weeks_hours_are_those_of_the_time_log(imported_again: Imported, home: Path, source: Source) -> None:
    del imported_again
    said = golive("workload", "--as-of", WORKING_DAY, home=home).said
    days = expected.person_days(source.time_log)
    weeks = days.assign(
        person_id=days["organization"] + days["person_key"].astype(str),
        week=days["work_date"].dt.to_period("W-SUN").dt.start_time.dt.strftime("%Y-%m-%d"),
    )
    minutes = weeks.groupby(["person_id", "week"])["minutes"].sum()
    known = [row for row in said["rows"] if row["worked_hours_last_week"] is not None]
    assert known
    for row in known:
        wanted = minutes.loc[(row["person_id"], row["last_week_date"])]
        assert row["worked_hours_last_week"] * 60 == pytest.approx(wanted, abs=0.001)


def test_nobodys_load_is_shown_as_zero_after_the_hours_have_ended(
    imported_again: Imported, home: Path, source: Source
) -> None:
    del imported_again
    said = golive("workload", home=home).said
    assert [row for row in said["rows"] if row["load_hours_4_weeks"] == 0] == []
    # The week that is told is one in which people worked; the years after it are not filed, not empty.
    told = said["reporting_week"]
    days = expected.person_days(source.time_log)
    week = pd.Timestamp(told["week_start_date"])
    in_week = days[days["work_date"].between(week, week + pd.Timedelta(days=6))]
    assert 0 < told["filed_count"] <= in_week["person_key"].nunique()
    assert [later for later in told["weeks_not_filed_yet"] if later["filed_count"] > told["expected_count"] / 2] == []


def test_a_rebuild_from_the_inbox_gives_the_same_rows(imported_again: Imported, home: Path, source: Source) -> None:
    del imported_again
    said = golive("rebuild", "--verify", home=home).said
    assert [mart["model"] for mart in said["marts"] if not mart["is_same"]] == []
    assert {mart["model"]: mart["rows_count"] for mart in said["marts"]}["marts.trips"] == len(source.permits)
