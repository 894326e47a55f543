"""The one door: who may see whom, as known on which day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analytics.known import last_full_week
from dashboard.answers import everything as answers
from dashboard.answers.days import known_week
from dashboard.answers.door import read, read_one
from data.publishing import published_file
from tests.dashboard.company import FIRST_MONDAY, LAST_DAY, PEOPLE, SILENT_TEAM
from tests.data.firm import Firm

if TYPE_CHECKING:
    from pathlib import Path

EVERYBODY = answers.Viewer("ana", "local")
NORTH_ONLY = answers.Viewer("bo", "lead", ("North",))
ALL_IDS = tuple(person_id for person_id, _, _ in PEOPLE)
NORTH_IDS = {person_id for person_id, _, team in PEOPLE if team == "North"}


def test_the_default_day_ends_the_week_of_the_latest_fact(company_file: Path) -> None:
    assert answers.as_of_date(company_file) == LAST_DAY
    assert answers.fact_dates(company_file)[0] == FIRST_MONDAY


@pytest.mark.parametrize(
    ("arrival", "day"),
    [
        ("2026-04-27", date(2026, 5, 3)),  # the Monday after
        ("2026-04-24", date(2026, 4, 26)),  # on the same day
        ("2026-09-28", date(2026, 10, 4)),  # long after: on 26 April nothing was known, the page would be empty
    ],
)
def test_rows_are_known_on_the_day_on_which_the_pages_open(tmp_path: Path, arrival: str, day: date) -> None:
    firm = Firm.at(tmp_path)
    firm.take_in_text("a.csv", "person_id,project_id,work_date,worked_hours\nana,p1,2026-04-24,8", now=arrival)
    file = published_file(firm.home)
    assert file is not None
    assert answers.as_of_date(file) == day


@pytest.mark.parametrize(
    ("day", "monday"), [(date(2026, 5, 31), date(2026, 5, 25)), (date(2026, 5, 30), date(2026, 5, 18))]
)
def test_a_week_is_full_when_its_sunday_has_come(day: date, monday: date) -> None:
    assert last_full_week(day) == monday


def test_known_weeks_begin_on_monday() -> None:
    assert known_week(date(2026, 5, 31)) == date(2026, 5, 25)


def test_a_viewer_sees_the_people_of_their_teams_only(company_file: Path) -> None:
    assert set(answers.people(company_file, EVERYBODY, LAST_DAY)["person_id"]) == set(ALL_IDS)
    assert set(answers.people(company_file, NORTH_ONLY, LAST_DAY)["person_id"]) == NORTH_IDS


def test_asking_for_others_by_name_gives_nothing(company_file: Path) -> None:
    scope = (company_file, NORTH_ONLY, LAST_DAY)
    assert set(answers.weeks(*scope, ALL_IDS, 12)["person_id"]) == NORTH_IDS
    assert set(answers.trips(*scope, ALL_IDS)["person_id"]) <= NORTH_IDS
    assert set(answers.overview(*scope, ALL_IDS)["person_id"]) == NORTH_IDS
    assert set(answers.facts(*scope, ALL_IDS)["person_id"]) <= NORTH_IDS
    assert answers.timesheet_rows(*scope, person_id="p07", weeks_count=52).empty
    assert answers.trip_rows(*scope, "p07").empty
    assert answers.person_projects(*scope, "p07", 52).empty
    assert set(answers.filing_by_team(*scope, 12)["team_name"]) == {"North"}


def test_one_viewers_cache_is_not_handed_to_another(company_file: Path) -> None:
    first = answers.people(company_file, EVERYBODY, LAST_DAY)
    second = answers.people(company_file, NORTH_ONLY, LAST_DAY)
    assert len(first) > len(second)


def test_the_silent_team_is_missing_and_not_at_zero(company_file: Path) -> None:
    filing = answers.filing_by_team(company_file, EVERYBODY, LAST_DAY, 2)
    silent = filing.loc[filing["team_name"] == SILENT_TEAM]
    assert silent["filed_count"].tolist() == [0, 0]
    assert silent["expected_count"].tolist() == [6, 6]
    weeks = answers.weeks(company_file, EVERYBODY, LAST_DAY, ("p07",), 2)
    assert weeks["state"].tolist() == ["missing", "missing"]
    assert weeks["worked_hours"].isna().all()


def test_the_past_is_shown_as_it_was_known(company_file: Path) -> None:
    then = LAST_DAY - timedelta(weeks=10)
    assert answers.project_weeks(company_file, EVERYBODY, then, "his-1")["week_start_date"].max() <= pd.Timestamp(then)
    assert answers.change_requests(company_file, EVERYBODY, then)["raised_at"].max() <= pd.Timestamp(
        then + timedelta(days=1)
    )
    running = answers.forecast(company_file, EVERYBODY, LAST_DAY - timedelta(weeks=30))["project_id"]
    assert "erp-3" in set(running)


def test_source_rows_name_their_file_and_line(company_file: Path) -> None:
    rows = answers.timesheet_rows(company_file, EVERYBODY, LAST_DAY, project_id="erp-1", weeks_count=60)
    assert set(rows["file_name"]) == {"timesheets.csv"}
    assert rows["line_number"].between(2, 5_000).all()
    assert answers.change_rows(company_file, EVERYBODY, LAST_DAY, "erp-1")["line_number"].min() == 2
    assert set(answers.status_rows(company_file, EVERYBODY, LAST_DAY, "erp-1")["file_name"]) == {"status_reports.csv"}


def test_a_refused_row_keeps_its_reason(company_file: Path) -> None:
    refused = answers.refused_rows(company_file, EVERYBODY)
    assert refused["value"].tolist() == ["=7"]
    assert answers.data_state(company_file, EVERYBODY, LAST_DAY).refused_count == 1


def test_hours_on_the_page_are_the_hours_of_the_rows(company_file: Path) -> None:
    people = answers.project_people(company_file, EVERYBODY, LAST_DAY, "his-1")
    rows = answers.timesheet_rows(company_file, EVERYBODY, LAST_DAY, project_id="his-1", weeks_count=8)
    known = rows.loc[rows["known_at"] < pd.Timestamp(LAST_DAY + timedelta(days=1))]
    last_weeks = known.loc[known["work_date"] > pd.Timestamp(LAST_DAY - timedelta(weeks=8))]
    assert people["project_hours"].sum() == pytest.approx(last_weeks["worked_hours"].sum())


def test_the_fan_ends_at_the_forecast_of_the_portfolio(company_file: Path) -> None:
    scope = (company_file, EVERYBODY, LAST_DAY)
    now = answers.forecast(*scope).set_index("project_id")
    last = {project_id: answers.history(*scope, project_id)["finish_p50_date"].iloc[-1] for project_id in now.index}
    assert last == now["finish_p50_date"].to_dict()


def test_values_reach_a_query_as_values(company_file: Path) -> None:
    query = "select count(*) from marts.people where person_id = $person_id"
    assert read_one(company_file, EVERYBODY, query, person_id="p01' or '1'='1") == (0,)
    assert read(company_file, EVERYBODY, query, person_id="p01").iloc[0, 0] == 1


def test_the_address_of_a_mail_is_never_loaded(company_file: Path) -> None:
    assert "email" not in answers.people(company_file, EVERYBODY, LAST_DAY).columns
