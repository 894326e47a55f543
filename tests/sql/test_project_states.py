"""What was known of a project at the end of each week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.data.firm import Firm

PROJECT = "project_id,start_date,baseline_finish_date,budget_hours,actual_finish_date"
REPORT = "project_id,as_of_date,planned_finish_date,progress_ratio,reported_status,phase"
REQUEST = "change_request_id,project_id,raised_at,decided_at,status,estimated_hours"
HOURS = "person_id,project_id,work_date,worked_hours,submitted_at"


def states(firm: Firm, columns: str) -> list[tuple[Any, ...]]:
    return firm.rows(f"select week_start_date::varchar, {columns} from marts.project_states order by all")


def begin(firm: Firm, finish: str = "") -> None:
    firm.take_in_text("projects.csv", f"{PROJECT}\np1,2026-02-04,2026-06-30,100,{finish}")


def test_there_is_one_row_for_each_week_from_start_to_the_newest_week(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-20,2026-07-15,0.1,green,design")
    assert states(firm, "planned_finish_date::varchar, progress_date::varchar, progress_ratio, reported_status") == [
        ("2026-02-02", "2026-06-30", None, None, None),
        ("2026-02-09", "2026-06-30", None, None, None),
        ("2026-02-16", "2026-07-15", "2026-02-20", 0.1, "green"),
    ]


def test_a_report_of_sunday_is_known_that_week_and_one_of_monday_is_not(firm: Firm) -> None:
    begin(firm)
    reports = "p1,2026-02-15,,0.2,,\np1,2026-02-16,,0.3,,\np1,2026-02-23,,,,"
    firm.take_in_text("status_reports.csv", f"{REPORT}\n{reports}")
    assert [row[1] for row in states(firm, "progress_ratio")] == [None, 0.2, 0.3, 0.3]


def test_what_a_report_leaves_empty_is_carried_from_the_one_before(firm: Firm) -> None:
    begin(firm)
    reports = "p1,2026-02-05,2026-07-01,0.1,green,design\np1,2026-02-12,,0.2,,\np1,2026-02-19,2026-08-01,,red,"
    firm.take_in_text("status_reports.csv", f"{REPORT}\n{reports}")
    columns = "planned_finish_date::varchar, progress_date::varchar, progress_ratio, reported_status, phase"
    assert states(firm, columns) == [
        ("2026-02-02", "2026-07-01", "2026-02-05", 0.1, "green", "design"),
        ("2026-02-09", "2026-07-01", "2026-02-12", 0.2, "green", "design"),
        ("2026-02-16", "2026-08-01", "2026-02-12", 0.2, "red", "design"),
    ]


def test_a_correction_of_an_old_report_does_not_hide_a_newer_one_nor_change_the_past(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text(
        "status_reports.csv", f"{REPORT}\np1,2026-02-05,,0.10,green,\np1,2026-02-12,,0.20,green,", now="2026-02-13"
    )
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-05,,0.05,amber,", now="2026-02-18")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-17,8,")
    assert states(firm, "progress_date::varchar, progress_ratio, reported_status") == [
        ("2026-02-02", "2026-02-05", 0.1, "green"),
        ("2026-02-09", "2026-02-12", 0.2, "green"),
        ("2026-02-16", "2026-02-12", 0.2, "green"),
    ]


def test_a_correction_of_the_newest_report_counts_from_its_arrival(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-05,,0.10,green,", now="2026-02-06")
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-05,,0.05,amber,", now="2026-02-18")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-17,8,")
    assert states(firm, "progress_ratio, reported_status") == [
        ("2026-02-02", 0.1, "green"),
        ("2026-02-09", 0.1, "green"),
        ("2026-02-16", 0.05, "amber"),
    ]


def test_scope_grows_and_shrinks_with_approved_requests_in_the_week_of_their_decision(firm: Firm) -> None:
    begin(firm)
    requests = """
        c1,p1,2026-02-03,2026-02-10,approved,20
        c2,p1,2026-02-03,2026-02-17,approved,-5
        c3,p1,2026-02-03,2026-02-10,rejected,50
        c4,p1,2026-02-03,,raised,50
        c5,p1,2026-02-18,,done,1
        c6,p1,2026-01-05,2026-01-06,approved,2
        c7,p1,2026-02-03,2026-02-10,approved,
    """
    firm.take_in_text("change_requests.csv", f"{REQUEST}\n{requests.strip()}")
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-18,,0.5,,")
    assert states(firm, "budget_hours, scope_hours, earned_hours") == [
        ("2026-02-02", 100, 102, None),
        ("2026-02-09", 100, 122, None),
        ("2026-02-16", 100, 118, 59),
    ]


def test_booked_hours_are_those_that_were_known_by_then(firm: Firm) -> None:
    begin(firm)
    rows = "ana,p1,2026-02-03,8,2026-02-06\nana,p1,2026-02-04,8,2026-02-17\nbo,p1,2026-02-17,4,2026-02-17"
    firm.take_in_text("timesheets.csv", f"{HOURS}\n{rows}")
    assert states(firm, "booked_hours") == [("2026-02-02", 8), ("2026-02-09", 8), ("2026-02-16", 20)]


def test_planned_progress_follows_the_work_packages_and_is_unknown_without(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-18,,0.5,,")
    assert {row[1] for row in states(firm, "planned_progress_ratio")} == {None}
    firm.take_in_text(
        "work_packages.csv",
        "package_id,project_id,planned_hours,planned_finish_date\nw1,p1,30,2026-02-10\nw2,p1,90,2026-05-01",
    )
    assert [row[1] for row in states(firm, "planned_progress_ratio")] == [0, 0.25, 0.25]


def test_a_finished_project_has_no_rows_after_its_finish(firm: Firm) -> None:
    begin(firm, finish="2026-02-12")
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-20,,1,,")
    assert [row[0] for row in states(firm, "1")] == ["2026-02-02", "2026-02-09"]


def test_what_rests_on_assumed_knowledge_says_so_from_then_on(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-03,8,\nana,p1,2026-02-24,8,", is_history=True)
    assert [row[1] for row in states(firm, "is_assumed")] == [False, True, True, True]


def test_a_project_that_only_timesheets_know_is_listed_as_such_and_has_no_states(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-03,8,")
    assert states(firm, "1") == []
    assert firm.rows("select project_id, is_listed from marts.projects") == [("p1", False)]


def test_of_two_sources_for_one_project_the_newest_row_counts(firm: Firm) -> None:
    firm.take_in_text("projects.csv", "project_id,start_date,project_name\np1,2026-02-04,Old", source_name="sap")
    firm.take_in_text(
        "projects.csv", "project_id,start_date,project_name\np1,2026-02-04,New", source_name="jira", now="2026-04-06"
    )
    assert firm.rows("select project_name from marts.projects") == [("New",)]


def test_words_of_a_source_mean_approved_rejected_or_pending(firm: Firm) -> None:
    words = {"Approved": "a", "DONE": "a", "审批通过": "a", "Declined": "r", "Won't fix": "r", "raised": "p", "": "p"}
    rows = [f"c{n},p1,2026-02-03,,{word},1" for n, word in enumerate(words)]
    firm.take_in_text("change_requests.csv", "\n".join([REQUEST, *rows]))
    found = firm.rows(
        "select change_request_id, is_approved, is_rejected, is_pending from marts.change_requests order by all"
    )
    assert found == [(f"c{n}", kind == "a", kind == "r", kind == "p") for n, kind in enumerate(words.values())]


def test_plans_of_people_are_signed_changes_by_the_week_in_which_they_were_known(firm: Firm) -> None:
    head = "person_id,project_id,week_start_date,planned_hours,is_onsite,is_tentative"
    firm.take_in_text("assignments.csv", f"{head}\nana,p1,2026-05-06,40,yes,no", now="2026-03-30")
    firm.take_in_text("assignments.csv", f"{head}\nana,p1,2026-05-06,20,no,no", now="2026-04-06")
    columns = "week_start_date::varchar, known_week_date::varchar, planned_hours"
    assert firm.rows(f"select {columns} from marts.assignment_weeks order by all") == [
        ("2026-05-04", "2026-03-30", 40),
        ("2026-05-04", "2026-04-06", -20),
    ]


PACKAGES = "package_id,project_id,planned_hours,planned_finish_date,actual_finish_date"


def test_without_reported_progress_finished_packages_say_how_far_a_project_is(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text(
        "work_packages.csv",
        f"{PACKAGES}\na,p1,30,2026-02-15,2026-02-08\nb,p1,10,2026-02-20,2026-02-18\nc,p1,60,2026-06-30,",
        is_history=True,
    )
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-17,8,")
    assert states(firm, "progress_date::varchar, round(progress_ratio, 3), is_assumed") == [
        ("2026-02-02", "2026-02-08", 0.3, True),
        ("2026-02-09", "2026-02-15", 0.3, True),
        ("2026-02-16", "2026-02-22", 0.4, True),
    ]


def test_where_reports_give_a_progress_finished_packages_do_not_count(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("work_packages.csv", f"{PACKAGES}\na,p1,30,2026-02-15,2026-02-08\nc,p1,70,2026-06-30,")
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-12,,0.2,,")
    assert [row[1] for row in states(firm, "progress_ratio")] == [None, 0.2]


def test_packages_of_which_none_has_a_finish_say_nothing_of_progress(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("work_packages.csv", f"{PACKAGES}\na,p1,30,2026-02-15,\nc,p1,70,2026-06-30,")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-04,8,")
    assert states(firm, "progress_ratio, progress_date") == [("2026-02-02", None, None)]


def test_the_first_baseline_that_was_known_counts_and_is_never_overwritten(firm: Firm) -> None:
    head = "project_id,start_date,baseline_finish_date,planned_finish_date,budget_hours"
    firm.take_in_text("projects.csv", f"{head}\np1,2026-02-04,2026-06-30,2026-06-30,100", now="2026-02-05")
    firm.take_in_text("projects.csv", f"{head}\np1,2026-02-04,2026-09-30,2026-10-15,140", now="2026-02-18")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-24,8,", now="2026-02-25")
    assert states(firm, "baseline_finish_date::varchar, planned_finish_date::varchar, budget_hours") == [
        ("2026-02-02", "2026-06-30", "2026-06-30", 100),
        ("2026-02-09", "2026-06-30", "2026-06-30", 100),
        ("2026-02-16", "2026-06-30", "2026-10-15", 140),
        ("2026-02-23", "2026-06-30", "2026-10-15", 140),
    ]


def test_a_baseline_that_came_later_is_known_from_then_on(firm: Firm) -> None:
    firm.take_in_text("projects.csv", f"{PROJECT}\np1,2026-02-04,,100,", now="2026-02-05")
    firm.take_in_text("projects.csv", f"{PROJECT}\np1,2026-02-04,2026-06-30,100,", now="2026-02-11")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-10,8,", now="2026-02-18")
    assert states(firm, "baseline_finish_date::varchar") == [("2026-02-02", None), ("2026-02-09", "2026-06-30")]


def test_a_plan_that_only_the_list_tells_counts_from_the_day_on_which_it_came(firm: Firm) -> None:
    head = "project_id,start_date,planned_finish_date"
    firm.take_in_text("projects.csv", f"{head}\np1,2026-02-04,2026-07-31", now="2026-02-12", is_history=True)
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-17,8,", now="2026-02-18")
    assert states(firm, "planned_finish_date::varchar") == [
        ("2026-02-02", None),
        ("2026-02-09", "2026-07-31"),
        ("2026-02-16", "2026-07-31"),
    ]
    firm.take_in_text("status_reports.csv", f"{REPORT}\np1,2026-02-16,2026-08-31,,,", now="2026-02-18")
    assert [row[1] for row in states(firm, "planned_finish_date::varchar")] == [None, "2026-07-31", "2026-08-31"]


def test_packages_count_as_they_were_listed_then(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("work_packages.csv", f"{PACKAGES}\na,p1,50,2026-02-10,\nb,p1,50,2026-04-30,", now="2026-02-05")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-24,8,", now="2026-02-25")
    before = states(firm, "planned_progress_ratio, progress_ratio, is_assumed")
    firm.take_in_text(
        "work_packages.csv", f"{PACKAGES}\nb,p1,50,2026-02-20,2026-02-19\nc,p1,100,2026-05-31,", now="2026-02-26"
    )
    after = states(firm, "planned_progress_ratio, progress_ratio, is_assumed")
    assert [row[1] for row in before] == [0, 0.5, 0.5, 0.5]
    assert after[:3] == before[:3]
    assert after[3][1:] == (0.5, 0.25, True)


def test_a_list_that_came_later_is_assumed_for_the_weeks_before(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("work_packages.csv", f"{PACKAGES}\na,p1,50,2026-02-10,\nb,p1,50,2026-04-30,", now="2026-02-12")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-10,8,", now="2026-02-18")
    assert states(firm, "planned_progress_ratio, is_assumed") == [("2026-02-02", 0, True), ("2026-02-09", 0.5, True)]


def test_a_decision_that_was_changed_later_still_counts_in_the_weeks_before(firm: Firm) -> None:
    begin(firm)
    request = "c1,p1,2026-02-05,2026-02-06"
    firm.take_in_text("change_requests.csv", f"{REQUEST}\n{request},approved,40", now="2026-02-07")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-24,8,", now="2026-02-25")
    assert [row[1] for row in states(firm, "scope_hours")] == [140, 140, 140, 140]
    firm.take_in_text("change_requests.csv", f"{REQUEST}\n{request},rejected,40", now="2026-02-18")
    assert [row[1] for row in states(firm, "scope_hours")] == [140, 140, 100, 100]
    firm.take_in_text("change_requests.csv", f"{REQUEST}\n{request},approved,60", now="2026-02-26")
    assert [row[1] for row in states(firm, "scope_hours")] == [140, 140, 100, 160]


def test_a_decision_without_a_date_is_assumed_to_be_of_the_day_of_the_request(firm: Firm) -> None:
    begin(firm)
    firm.take_in_text("change_requests.csv", f"{REQUEST}\nc1,p1,2026-02-10,,approved,40")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-02-17,8,")
    assert states(firm, "scope_hours, is_assumed") == [
        ("2026-02-02", 100, False),
        ("2026-02-09", 140, True),
        ("2026-02-16", 140, True),
    ]
