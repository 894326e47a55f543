"""Each planted story can be seen in the files, for several sizes and seeds."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.views.tour import known_keys
from data.demo import DemoCompany, Story, write_company
from tests.data.demo.conftest import TODAY
from tests.data.demo.reading import Row, day, moment, rows_of

if TYPE_CHECKING:
    from datetime import date


#: People, years, seed.
SIZES = [(24, 1, 7), (24, 1, 8), (40, 2, 3), (80, 3, 7), (80, 3, 11), (200, 2, 5)]


@pytest.fixture(scope="module", params=SIZES, ids=str)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> DemoCompany:
    people, years, seed = request.param
    return write_company(tmp_path_factory.mktemp("told"), people=people, years=years, seed=seed, today=TODAY)


def story(company: DemoCompany, words: str) -> Story:
    return next(story for story in company.stories if words in story.title)


def reports(company: DemoCompany, about: Story, *, since: date | None = None) -> list[Row]:
    rows = [row for row in rows_of(company, "status_reports") if row["project_id"] == about.project_id]
    rows.sort(key=lambda row: row["as_of_date"])
    return [row for row in rows if since is None or day(row["as_of_date"]) >= since]


def entries(company: DemoCompany, *, project_id: str = "", person_id: str = "", since: date) -> list[Row]:
    return [
        row
        for row in rows_of(company, "timesheets")
        if (not project_id or row["project_id"] == project_id)
        and (not person_id or row["person_id"] == person_id)
        and row["work_date"][5:] != "02-30"
        and day(row["work_date"]) >= since
    ]


def project(company: DemoCompany, about: Story) -> Row:
    return next(row for row in rows_of(company, "projects") if row["project_id"] == about.project_id)


def requests(company: DemoCompany, about: Story) -> list[Row]:
    return [row for row in rows_of(company, "change_requests") if row["project_id"] == about.project_id]


def test_there_are_at_least_ten_stories(told: DemoCompany) -> None:
    assert len(told.stories) >= 11


def test_scope_doubles_after_design_sign_off_and_the_plan_hardly_moves(told: DemoCompany) -> None:
    about = story(told, "Scope that doubles")
    row = project(told, about)
    added = sum(
        float(request["estimated_hours"])
        for request in requests(told, about)
        if request["status"] in {"approved", "done"} and day(request["raised_at"]) >= about.week_start_date
    )
    assert 0.9 <= added / float(row["budget_hours"]) <= 1.4
    assert (day(row["planned_finish_date"]) - day(row["baseline_finish_date"])).days == 28


def test_reports_stay_green_while_hours_pass_the_budget(told: DemoCompany) -> None:
    about = story(told, "Green reports")
    found = reports(told, about)
    assert {row["reported_status"] for row in found} == {"green"}
    assert {row["phase"] for row in found} <= {"design", "build"}
    assert 0.88 <= float(found[-1]["progress_ratio"]) <= 0.95
    booked = sum(
        float(row["worked_hours"]) for row in entries(told, project_id=about.project_id, since=day("2020-01-01"))
    )
    assert booked > 0.95 * float(project(told, about)["budget_hours"])
    done = [row for row in rows_of(told, "work_packages") if row["project_id"] == about.project_id]
    truth = sum(float(row["planned_hours"]) * float(row["progress_ratio"]) for row in done)
    assert truth / sum(float(row["planned_hours"]) for row in done) < 0.65


def test_a_senior_is_away_for_nine_weeks(told: DemoCompany) -> None:
    about = story(told, "nine weeks")
    trips = [row for row in rows_of(told, "trips") if row["person_id"] == about.person_id]
    nights = 0
    for row in trips:
        left, back = moment(row["departed_at"]).date(), moment(row["returned_at"]).date()
        if left >= about.week_start_date - timedelta(days=1) and left < TODAY - timedelta(days=8):
            nights += (back - left).days
    assert nights >= 58
    person = next(row for row in rows_of(told, "people") if row["person_id"] == about.person_id)
    assert person["seniority"] in {"senior", "consultant"}


def test_a_junior_is_alone_on_site_with_long_weeks(told: DemoCompany) -> None:
    about = story(told, "junior alone")
    person = next(row for row in rows_of(told, "people") if row["person_id"] == about.person_id)
    assert person["seniority"] == "junior"
    since = about.week_start_date + timedelta(days=7)
    found = entries(told, project_id=about.project_id, since=since)
    assert {row["person_id"] for row in found} == {about.person_id}
    assert any(row["is_onsite"] == "yes" for row in found)


def test_a_team_stops_filing_timesheets(told: DemoCompany) -> None:
    about = story(told, "stopped filing")
    members = {row["person_id"] for row in rows_of(told, "people") if row["team_name"] == about.team_name}
    before = about.week_start_date - timedelta(days=28)
    who = {
        row["person_id"]: day(row["work_date"]) for row in entries(told, since=before) if row["person_id"] in members
    }
    assert len(members) >= 2
    assert who
    assert max(who.values()) < about.week_start_date
    planned = [
        row
        for row in rows_of(told, "assignments")
        if row["person_id"] in members and day(row["week_start_date"]) >= about.week_start_date
    ]
    assert planned


def test_the_interface_is_asked_for_again_and_again_and_never_done(told: DemoCompany) -> None:
    about = story(told, "interface")
    found = [
        row
        for row in requests(told, about)
        if row["cause"] == "legacy_integration" and day(row["raised_at"]) >= about.week_start_date
    ]
    assert len(found) >= 8
    assert all(row["status"] != "done" for row in found)
    ratios = [float(row["progress_ratio"]) for row in reports(told, about, since=about.week_start_date)]
    assert ratios[-1] - ratios[0] < 0.1
    assert len({row["planned_finish_date"] for row in reports(told, about)}) >= 4


def test_a_rotation_leaves_nobody_who_knew_the_project(told: DemoCompany) -> None:
    about = story(told, "handover")
    change = about.week_start_date + timedelta(days=7)
    before = {row["person_id"] for row in entries(told, project_id=about.project_id, since=change - timedelta(days=42))
              if day(row["work_date"]) < change}  # fmt: skip
    after = {row["person_id"] for row in entries(told, project_id=about.project_id, since=change)}
    assert before
    assert after
    assert not before & after


def test_a_decision_saves_a_project(told: DemoCompany) -> None:
    about = story(told, "saved by a decision")
    row = project(told, about)
    assert row["status"] == "finished"
    assert abs((day(row["actual_finish_date"]) - day(row["baseline_finish_date"])).days) <= 4
    cuts = [float(request["estimated_hours"]) for request in requests(told, about)]
    assert min(cuts) <= -0.2 * float(row["budget_hours"])


def test_a_design_waits_for_its_signature_while_hours_go_on(told: DemoCompany) -> None:
    about = story(told, "nobody signs")
    found = reports(told, about, since=about.week_start_date)
    assert {row["phase"] for row in found} == {"design"}
    assert float(found[-1]["progress_ratio"]) - float(found[0]["progress_ratio"]) <= 0.03
    assert len({row["planned_finish_date"] for row in reports(told, about)}) == 1
    assert entries(told, project_id=about.project_id, since=TODAY - timedelta(days=30))


def test_a_team_works_through_weekends_before_go_live(told: DemoCompany) -> None:
    about = story(told, "Weekends")
    hours: dict[tuple[str, date], float] = defaultdict(float)
    weekend_days = set()
    for row in entries(told, project_id=about.project_id, since=about.week_start_date):
        date_worked = day(row["work_date"])
        hours[row["person_id"], date_worked - timedelta(days=date_worked.weekday())] += float(row["worked_hours"])
        if date_worked.weekday() >= 5:
            weekend_days.add((row["person_id"], date_worked))
    assert len(weekend_days) >= 6
    assert sum(h >= 50 for h in hours.values()) >= 4
    assert 0 < (day(project(told, about)["planned_finish_date"]) - TODAY).days < 14


def test_one_person_serves_five_projects(told: DemoCompany) -> None:
    about = story(told, "five projects")
    since = about.week_start_date + timedelta(days=7)
    weeks: dict[date, set[str]] = defaultdict(set)
    for row in rows_of(told, "assignments"):
        if row["person_id"] == about.person_id and since <= day(row["week_start_date"]) < TODAY - timedelta(days=13):
            weeks[day(row["week_start_date"])].add(row["project_id"])
    assert Counter(len(names) for names in weeks.values()).most_common(1)[0][0] >= 4


def test_one_project_is_on_hold_and_the_list_says_so(told: DemoCompany) -> None:
    about = story(told, "on hold")
    assert project(told, about)["status"] == "on_hold"
    assert not entries(told, project_id=about.project_id, since=about.week_start_date + timedelta(days=7))


def test_every_story_has_a_kind_of_its_own_that_the_tour_has_words_for(told: DemoCompany) -> None:
    keys = [one.key for one in told.stories]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set(known_keys())
