"""The made-up company behaves like a firm: figures that must hold for the default one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.data.demo.conftest import TODAY
from tests.data.demo.reading import day, moment, rows_of

if TYPE_CHECKING:
    from datetime import date

    from data.demo import DemoCompany


def monday(of: date) -> date:
    return of - timedelta(days=of.weekday())


def good_entries(company: DemoCompany) -> list[dict[str, str]]:
    return [
        row
        for row in rows_of(company, "timesheets")
        if row["project_id"] and not row["entry_id" if "entry_id" in row else "person_id"].startswith("X0")
    ]


def week_hours(company: DemoCompany) -> dict[tuple[str, date], float]:
    hours: dict[tuple[str, date], float] = defaultdict(float)
    for row in good_entries(company):
        hours[row["person_id"], monday(day(row["work_date"]))] += float(row["worked_hours"])
    return hours


def overruns(company: DemoCompany) -> list[tuple[int, float]]:
    found = []
    for row in rows_of(company, "projects"):
        if row["status"] == "finished":
            start, plan, end = (day(row[c]) for c in ("start_date", "baseline_finish_date", "actual_finish_date"))
            found.append(((end - plan).days, (end - start).days / (plan - start).days - 1))
    return found


def test_about_25_projects_run_and_40_are_finished(company: DemoCompany) -> None:
    count = Counter(row["status"] for row in rows_of(company, "projects"))
    assert 21 <= count["active"] + count["on_hold"] <= 29
    assert 32 <= count["finished"] <= 55
    assert count["cancelled"] >= 1
    assert count["on_hold"] >= 1
    assert count["planned"] >= 1


def test_about_half_of_the_finished_projects_were_late_some_by_much(company: DemoCompany) -> None:
    """A portfolio in which all are late teaches nothing: no filter parts it, and no warning stands out."""
    found = overruns(company)
    assert 0.35 <= sum(late > 0 for late, _ in found) / len(found) <= 0.65
    assert 0.1 <= median(share for late, share in found if late > 0) <= 0.35
    assert max(share for _, share in found) > 0.5
    assert min(share for _, share in found) > -0.45


def test_finished_projects_have_a_finish_and_others_have_none(company: DemoCompany) -> None:
    for row in rows_of(company, "projects"):
        assert bool(row["actual_finish_date"]) == (row["status"] == "finished")
        if row["actual_finish_date"]:
            assert day(row["start_date"]) < day(row["actual_finish_date"]) <= day(row["go_live_date"]) <= TODAY


def test_weeks_are_mostly_ordinary_and_seldom_very_long(company: DemoCompany) -> None:
    hours = list(week_hours(company).values())
    assert 40 <= median(hours) <= 44
    assert sum(37.5 <= h <= 46.5 for h in hours) / len(hours) >= 0.45
    assert 0.005 <= sum(h >= 55 for h in hours) / len(hours) <= 0.05
    assert max(hours) < 80


def test_no_day_is_longer_than_fourteen_hours(company: DemoCompany) -> None:
    hours: dict[tuple[str, str], float] = defaultdict(float)
    for row in good_entries(company):
        hours[row["person_id"], row["work_date"]] += float(row["worked_hours"])
    assert max(hours.values()) <= 14


def test_nobody_works_in_the_first_days_of_the_spring_festival(company: DemoCompany) -> None:
    at_home = {row["person_id"] for row in rows_of(company, "people") if row["home_country"] == "CN"}
    worked = Counter(day(row["work_date"]).isoformat() for row in good_entries(company) if row["person_id"] in at_home)
    assert worked["2026-02-17"] == worked["2026-02-18"] == 0
    # 14 February 2026 was a Saturday on which China worked.
    assert worked["2026-02-14"] > 10


def test_travellers_are_away_four_to_eighteen_nights_a_month(company: DemoCompany) -> None:
    nights: Counter[str] = Counter()
    for row in rows_of(company, "trips"):
        if row["departed_at"] < row["returned_at"] and row["departed_at"] >= "2025-11":
            nights[row["person_id"]] += (moment(row["returned_at"]).date() - moment(row["departed_at"]).date()).days
    months = sorted(count / 12.6 for count in nights.values())
    assert months[len(months) // 4] >= 4
    assert months[int(len(months) * 0.95)] <= 18


def test_trips_of_a_person_do_not_overlap_but_for_the_planted_one(company: DemoCompany) -> None:
    by_person: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of(company, "trips"):
        if row["returned_at"] >= row["departed_at"]:
            by_person[row["person_id"]].append((row["departed_at"], row["returned_at"]))
    overlaps = 0
    for trips in by_person.values():
        trips.sort()
        overlaps += sum(later[0] < earlier[1] for earlier, later in pairwise(trips))
    assert overlaps == 1


def test_clock_times_of_a_day_do_not_overlap_and_hold_the_hours(company: DemoCompany) -> None:
    spans: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in good_entries(company):
        if row.get("started_at"):
            length = (moment(row["ended_at"]) - moment(row["started_at"])).total_seconds() / 3600
            assert -1e-9 <= length - float(row["worked_hours"]) <= 1.0
            spans[row["person_id"]].append((row["started_at"], row["ended_at"]))
    assert len(spans) > 15
    for times in spans.values():
        times.sort()
        assert all(later[0] >= earlier[1] for earlier, later in pairwise(times))


def test_some_file_late_and_the_newest_week_is_not_complete(company: DemoCompany) -> None:
    lags = [
        (day(row["submitted_at"]) - monday(day(row["work_date"]))).days
        for row in good_entries(company)
        if row.get("submitted_at")
    ]
    assert 3 <= median(lags) <= 9
    assert sum(lag > 14 for lag in lags) > 0.03 * len(lags)
    filed = Counter(week for _, week in week_hours(company))
    newest = max(filed)
    assert filed[newest] < 0.97 * filed[newest - timedelta(days=49)]


def test_reported_progress_grows_and_ends_at_one(company: DemoCompany) -> None:
    reports: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in rows_of(company, "status_reports"):
        reports[row["project_id"]].append((row["as_of_date"], float(row["progress_ratio"])))
    finished = {row["project_id"] for row in rows_of(company, "projects") if row["status"] == "finished"}
    for project, points in reports.items():
        ratios = [ratio for _, ratio in sorted(points)]
        assert all(0 <= ratio <= 1 for ratio in ratios)
        assert (ratios[-1] == 1.0) == (project in finished)
    assert finished <= set(reports)


def test_plans_lag_behind_reality(company: DemoCompany) -> None:
    finish = {
        row["project_id"]: day(row["actual_finish_date"])
        for row in rows_of(company, "projects")
        if row["actual_finish_date"]
    }
    errors = [
        (finish[row["project_id"]] - day(row["planned_finish_date"])).days
        for row in rows_of(company, "status_reports")
        if row["project_id"] in finish
    ]
    assert sum(error > 14 for error in errors) > 2 * sum(error < -14 for error in errors)


def test_changes_come_in_bursts_after_design_and_before_go_live(company: DemoCompany) -> None:
    weeks: Counter[str] = Counter(row["phase"] for row in rows_of(company, "status_reports") if row["phase"])
    requests: Counter[str] = Counter(row["phase_at_arrival"] for row in rows_of(company, "change_requests"))
    rate = {phase: requests[phase] / weeks[phase] for phase in ("design", "build", "test", "go_live")}
    assert rate["go_live"] > rate["test"]
    assert rate["build"] > rate["design"]


def test_references_between_files_hold(company: DemoCompany) -> None:
    people = {row["person_id"] for row in rows_of(company, "people")}
    projects = {row["project_id"] for row in rows_of(company, "projects")}
    packages = {row["package_id"] for row in rows_of(company, "work_packages")}
    requests = {row["change_request_id"] for row in rows_of(company, "change_requests")}
    for row in good_entries(company):
        assert row["person_id"] in people
        assert not row.get("package_id") or row["package_id"] in packages
        assert not row.get("change_request_id") or row["change_request_id"] in requests
    for table in ("status_reports", "assignments", "site_demand", "outcomes", "work_packages"):
        assert {row["project_id"] for row in rows_of(company, table)} <= projects
    assert {row["lead_person_id"] for row in rows_of(company, "people")} <= people


@pytest.mark.parametrize("activity", ["rework", "travel", "integration", "workshop"])
def test_every_kind_of_work_is_there(company: DemoCompany, activity: str) -> None:
    assert sum(row["activity"] == activity for row in good_entries(company)) > 300
