"""Warnings: rows that went in, but deserve a look. Each check has a case that fires and one that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.data.firm import Firm

HOURS = "person_id,project_id,work_date,worked_hours"
CLOCK = "person_id,project_id,work_date,worked_hours,started_at,ended_at"
TRIP = "trip_id,person_id,departed_at,returned_at"
REQUEST = "change_request_id,project_id,raised_at,decided_at,completed_at"


def warnings(firm: Firm, check: str, columns: str = "line_number") -> list[tuple[Any, ...]]:
    return firm.rows(f"select {columns} from checks.warnings where check_name = '{check}' order by all")


def test_every_entry_of_a_day_over_24_hours_is_shown(firm: Firm) -> None:
    rows = [f"ana,p{n},2026-03-02,8.25" for n in range(3)]
    report = firm.take_in_text(
        "timesheets.csv", "\n".join([HOURS, *rows, "bo,p1,2026-03-02,24", "ana,p1,2026-03-03,9"])
    )
    assert warnings(firm, "days_over_24_hours", "line_number, person_id, value") == [
        (2, "ana", 24.75),
        (3, "ana", 24.75),
        (4, "ana", 24.75),
    ]
    assert report.warnings == 3


def test_a_day_of_exactly_24_hours_is_possible(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", "\n".join([HOURS, *[f"ana,p{n},2026-03-02,2.4" for n in range(10)]]))
    assert warnings(firm, "days_over_24_hours") == []


def test_a_corrected_day_is_judged_by_what_is_in_force(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,20\nana,p2,2026-03-02,8")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,20", now="2026-04-06")
    assert warnings(firm, "days_over_24_hours") == []


def test_clock_times_of_one_person_that_overlap_are_shown(firm: Firm) -> None:
    rows = """
        ana,p1,2026-03-02,8,2026-03-02 08:00,2026-03-02 16:00
        ana,p2,2026-03-02,1,2026-03-02 09:00,2026-03-02 10:00
        ana,p1,2026-03-02,1,2026-03-02 15:30,2026-03-02 16:30
        bo,p1,2026-03-02,8,2026-03-02 08:00,2026-03-02 16:00
    """
    firm.take_in_text("timesheets.csv", f"{CLOCK}\n{rows.strip()}")
    assert warnings(firm, "overlapping_clock_times", "line_number, value") == [(3, 1.0), (4, 0.5)]


def test_clock_times_that_touch_do_not_overlap(firm: Firm) -> None:
    rows = (
        "ana,p1,2026-03-02,4,2026-03-02 08:00,2026-03-02 12:00\nana,p1,2026-03-02,4,2026-03-02 12:00,2026-03-02 16:00"
    )
    firm.take_in_text("timesheets.csv", f"{CLOCK}\n{rows}")
    assert warnings(firm, "overlapping_clock_times") == []


def test_trips_of_one_person_that_overlap_are_shown(firm: Firm) -> None:
    rows = "t1,ana,2026-03-01,2026-03-10\nt2,ana,2026-03-05,2026-03-07\nt3,bo,2026-03-05,2026-03-07"
    firm.take_in_text("trips.csv", f"{TRIP}\n{rows}")
    assert warnings(firm, "overlapping_trips", "line_number, value") == [(3, 2.0)]


def test_trips_that_follow_on_the_same_day_do_not_overlap(firm: Firm) -> None:
    rows = "t1,ana,2026-03-01 08:00,2026-03-05 12:00\nt2,ana,2026-03-05 12:00,2026-03-07 20:00"
    firm.take_in_text("trips.csv", f"{TRIP}\n{rows}")
    assert warnings(firm, "overlapping_trips") == []


@pytest.mark.parametrize(
    ("decided_at", "completed_at", "count"),
    [
        ("2026-03-01", "", 1),
        ("", "2026-02-28 12:00", 1),
        ("2026-03-05", "2026-03-01", 1),
        ("2026-03-05", "2026-03-04", 1),
        ("2026-03-05 09:00", "2026-03-05", 0),
        ("2026-03-02 08:00", "", 0),
        ("2026-03-05", "2026-03-05", 0),
        ("", "", 0),
    ],
)
def test_a_request_that_was_decided_or_done_before_it_was_raised_is_shown(
    firm: Firm, decided_at: str, completed_at: str, count: int
) -> None:
    firm.take_in_text("change_requests.csv", f"{REQUEST}\nc1,p1,2026-03-02 08:00,{decided_at},{completed_at}")
    assert len(warnings(firm, "requests_out_of_order")) == count


def test_a_day_without_a_time_on_the_day_of_the_request_is_in_order(firm: Firm) -> None:
    firm.take_in_text("change_requests.csv", f"{REQUEST}\nc1,p1,2026-03-02 08:00,2026-03-02,")
    assert warnings(firm, "requests_out_of_order") == []


def test_projects_and_people_that_no_list_knows_are_shown_once_for_each_file(firm: Firm) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-05")
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40")
    report = firm.take_in_text(
        "timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,8\nzoe,p9,2026-03-03,8\nzoe,p9,2026-03-02,8"
    )
    columns = "line_number, happened_date::varchar, value, detail"
    assert warnings(firm, "unknown_projects", columns) == [(3, "2026-03-02", 2, "p9")]
    assert warnings(firm, "unknown_people", columns) == [(3, "2026-03-02", 2, "zoe")]
    assert report.warnings == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trips.csv", "person_id,project_id,departed_at,returned_at\nzoe,p9,2026-03-01,2026-03-02"),
        ("change_requests.csv", "change_request_id,project_id,raised_at\nc1,p9,2026-03-01"),
        ("status_reports.csv", "project_id,as_of_date\np9,2026-03-01"),
        ("leave.csv", "person_id,leave_date\nzoe,2026-03-02"),
        ("assignments.csv", "person_id,project_id,week_start_date\nzoe,p9,2026-03-02"),
    ],
)
def test_every_table_that_names_a_project_or_a_person_is_looked_at(firm: Firm, name: str, text: str) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-05")
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40")
    report = firm.take_in_text(name, text)
    assert report.warnings == ("project_id" in text) + ("person_id" in text)


def test_unknown_names_are_silent_while_no_list_was_loaded(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nzoe,p9,2026-03-03,8")
    assert firm.rows("from checks.warnings") == []


def test_a_trip_without_a_project_names_no_unknown_project(firm: Firm) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date\np1,2026-01-05")
    firm.take_in_text("trips.csv", f"{TRIP}\nt1,ana,2026-03-01,2026-03-02")
    assert firm.rows("from checks.warnings") == []


def test_labels_that_are_in_no_list_are_counted(firm: Firm) -> None:
    firm.take_in_text(
        "timesheets.csv",
        f"{HOURS},activity\nana,p1,2026-03-02,4,Golf\nana,p1,2026-03-02,4,Golf\nana,p1,2026-03-03,4,Support\nana,p1,2026-03-04,4,",
    )
    assert warnings(firm, "unread_values", "line_number, value, detail") == [(2, 2, "activity: Golf")]


def test_hours_of_a_project_that_a_newer_file_no_longer_has_are_shown(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,5\nana,p2,2026-03-02,3")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-03-02,4", now="2026-04-06")
    found = warnings(firm, "hours_replaced_by_other_projects", "batch_id, project_id, value")
    assert found == [(2, "p2", 3.0)], "p1 was corrected, which is what a newer file is for"


def test_a_warning_names_the_file_that_it_came_from(firm: Firm) -> None:
    firm.take_in_text("march.csv", f"{HOURS}\nana,p1,2026-03-02,20\nana,p2,2026-03-02,8")
    assert warnings(firm, "days_over_24_hours", "file_name, line_number") == [("march.csv", 2), ("march.csv", 3)]
