"""What commands say of nights and rests when clock times carry no zone, or were wrong and are corrected."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.running import Golive
    from tests.data.firm import Firm

MONDAY = date(2026, 2, 2)
REST = "eu_11_hours_daily_rest"
HEAD = "entry_id,person_id,project_id,work_date,worked_hours,started_at,ended_at,submitted_at"


def night_hours(golive: Golive, person_id: str, as_of: str) -> float | None:
    said = json.loads(golive("strain", "--json", "--as-of", as_of).out)
    (row,) = [row for row in said["rows"] if row["person_id"] == person_id]
    found: float | None = next(one["value"] for one in row["indicators"] if one["indicator"] == "night_hours")
    return found


def rests(golive: Golive, as_of: str) -> list[tuple[str, str, float]]:
    said = json.loads(golive("workload", "--json", "--as-of", as_of).out)
    return [
        (fact["window_start_date"], fact["window_end_date"], fact["value"])
        for fact in said["limit_facts"]
        if fact["rule"] == REST
    ]


def kimai(firm: Firm, user: str, begin: str, end: str, weeks: int = 6) -> None:
    rows = [
        f"{MONDAY + timedelta(weeks=week, days=day)},{begin},{end},8:00,{user},P1,Support"
        for week in range(weeks)
        for day in range(5)
    ]
    firm.take_in(
        firm.file("kimai.csv", "\n".join(["Date,From,To,Duration,User,Project,Activity", *rows])),
        is_history=True,
    )


@pytest.mark.parametrize(
    ("home", "begin", "end", "hours"),
    [
        ("home_country\nmei,CN", "09:00", "17:30", 0.0),
        ("home_city\nmei,加德满都", "09:00", "17:30", 0.0),
        ("time_zone\nmei,Pacific/Auckland", "09:00", "17:30", 0.0),
        ("time_zone\nmei,America/Los_Angeles", "09:00", "17:30", 0.0),
        ("time_zone\nmei,Australia/Sydney", "21:00", "05:30", 130.0),
        ("home_city\nmei,London", "21:00", "05:30", None),  # two cities, two zones: not known
    ],
)
def test_office_hours_without_a_zone_are_no_nights(
    golive: Golive, firm: Firm, home: str, begin: str, end: str, hours: float | None
) -> None:
    firm.take_in_text("people.csv", f"person_id,{home}")
    kimai(firm, "mei", begin, end)
    assert night_hours(golive, "mei", "2026-03-16") == hours


def entries(wrong: str) -> str:
    rows = [
        f"e{n},ana,p1,{day},8,{day}T08:00:00+01:00,{day}T{wrong if n == 22 else '16:00:00'}+01:00,{day}T17:00:00+01:00"
        for n in range(33)
        if (day := MONDAY + timedelta(days=n)).weekday() < 5
    ]
    return "\n".join([HEAD, *rows])


def test_a_corrected_end_leaves_no_broken_rest_behind(golive: Golive, firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE", now="2026-03-02")
    firm.take_in_text("timesheets.csv", entries("23:59:00"), is_history=True, now="2026-03-10")
    fix = "e22,ana,p1,2026-02-24,8,2026-02-24T08:00:00+01:00,2026-02-24T16:00:00+01:00,2026-03-12T08:00:00Z"
    firm.take_in_text("fix.csv", f"{HEAD}\n{fix}", table_name="timesheets", now="2026-03-12")
    assert rests(golive, "2026-03-08") == [("2026-02-24", "2026-02-25", 8.02)]
    assert rests(golive, "2026-03-16") == []
    assert firm.differences() == {}


def test_a_home_with_the_right_file_from_the_start_says_the_same(
    golive: Golive, firm: Firm, tmp_path_factory: pytest.TempPathFactory
) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE", now="2026-03-02")
    firm.take_in_text("timesheets.csv", entries("16:00:00"), is_history=True, now="2026-03-10")
    assert rests(golive, "2026-03-16") == []
    clocks = "select work_date, started_at, ended_at from marts.clock_times where superseded_week_date is null"
    right = firm.rows(f"{clocks} order by all")
    other = type(firm).at(tmp_path_factory.mktemp("other"))
    other.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE", now="2026-03-02")
    other.take_in_text("timesheets.csv", entries("23:59:00"), is_history=True, now="2026-03-10")
    other.take_in_text("again.csv", entries("16:00:00"), table_name="timesheets", is_history=True, now="2026-03-12")
    assert other.rows(f"{clocks} order by all") == right


@pytest.fixture
def shared_case(firm: Firm) -> Callable[..., Any]:
    def take_in(case: str, *names: str, now: str) -> None:
        folder = shared_folder() / "cases" / "daily" / case
        for name in names:
            firm.take_in(folder / name, now=now, is_history=True)

    return take_in


@pytest.mark.shared
@needs_shared
def test_the_shared_week_in_shanghai_has_no_nights(golive: Golive, shared_case: Callable[..., Any]) -> None:
    shared_case("clock-without-zone", "people.csv", "projects.csv", "kimai.csv", now="2026-11-30")
    assert night_hours(golive, "mei", "2026-11-30") == 0.0


@pytest.mark.shared
@needs_shared
def test_the_shared_correction_leaves_nothing_behind(golive: Golive, shared_case: Callable[..., Any]) -> None:
    shared_case("clock-correction", "people.csv", "timesheets_bad.csv", "timesheets_fix.csv", now="2026-11-29")
    assert rests(golive, "2026-04-30") == [("2026-04-22", "2026-04-23", 8.02)]
    assert rests(golive, "2026-05-10") == []


@pytest.mark.shared
@needs_shared
def test_the_night_of_the_clock_change_of_the_shared_case(golive: Golive, shared_case: Callable[..., Any]) -> None:
    shared_case("odd-people", "people.csv", "projects.csv", "timesheets.csv", "trips.csv", now="2026-11-28")
    assert night_hours(golive, "dst", "2026-11-02") == 8.0
    assert rests(golive, "2026-11-02") == [("2026-10-24", "2026-10-25", 10.5)]
