"""Weeks of people: filed, missing, on leave, without workdays; and what the calendar asks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.data.firm import Firm

HOURS = "person_id,project_id,work_date,worked_hours"


def weeks(firm: Firm, columns: str, person_id: str = "ana") -> list[tuple[Any, ...]]:
    return firm.rows(
        f"select week_start_date::varchar, {columns} from marts.person_weeks where person_id = '{person_id}'"
        " order by week_start_date, known_week_date"
    )


def file_weeks(firm: Firm, *days: str, person_id: str = "ana") -> None:
    rows = [f"{person_id},p1,{day},8" for day in days]
    firm.take_in_text(f"timesheets {person_id}.csv", "\n".join([HOURS, *rows]))


def test_a_week_without_a_row_is_a_row_with_a_state(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40")
    file_weeks(firm, "2026-02-02", "2026-02-16")
    assert weeks(firm, "state, known_week_date::varchar, worked_hours, entry_count, expected_hours") == [
        ("2026-02-02", "filed", "2026-03-30", 8.0, 1, 40.0),
        ("2026-02-09", "missing", "2026-03-30", None, 0, 40.0),  # before that nobody knew of ana
        ("2026-02-16", "filed", "2026-03-30", 8.0, 1, 40.0),
    ]


def test_people_of_the_list_are_expected_until_the_newest_week_and_others_until_their_own_last(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40")
    file_weeks(firm, "2026-02-02")
    file_weeks(firm, "2026-02-02", person_id="bo")
    file_weeks(firm, "2026-02-16", person_id="cy")
    assert [state for _, state in weeks(firm, "state")] == ["filed", "missing", "missing"]
    assert [state for _, state in weeks(firm, "state", "bo")] == ["filed"]


def test_nobody_is_expected_before_the_first_week_or_without_any(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40\nnew,40")
    file_weeks(firm, "2026-02-16")
    file_weeks(firm, "2026-02-02", person_id="bo")
    assert [row[0] for row in weeks(firm, "1")] == ["2026-02-16"]
    assert weeks(firm, "1", "new") == []


def test_unknown_weekly_hours_leave_the_expected_hours_unknown(firm: Firm) -> None:
    file_weeks(firm, "2026-02-02", person_id="bo")
    assert weeks(firm, "workdays_count, expected_hours", "bo") == [("2026-02-02", 5, None)]


def test_a_week_of_leave_is_not_missing_and_part_of_it_asks_for_the_rest(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40\nbo,40")
    leave = [f"ana,2026-02-{day:02d}," for day in range(9, 14)]
    leave += [f"bo,2026-02-{day:02d},4" for day in range(9, 14)] + ["bo,2026-02-17,", "bo,2026-02-21,8"]
    firm.take_in_text("leave.csv", "\n".join(["person_id,leave_date,leave_hours", *leave]))
    file_weeks(firm, "2026-02-02", "2026-02-16")
    file_weeks(firm, "2026-02-02", "2026-02-16", person_id="bo")
    columns = "state, leave_days_count, leave_hours, expected_hours"
    assert weeks(firm, columns)[1] == ("2026-02-09", "on_leave", 5, 40.0, 0.0)
    assert weeks(firm, columns, "bo")[1:] == [
        ("2026-02-09", "missing", 5, 20.0, 20.0),
        ("2026-02-16", "filed", 1, 8.0, 32.0),
    ], "leave on a Saturday takes nothing away"


def test_spring_festival_is_a_week_without_workdays_and_make_up_days_are_workdays(firm: Firm) -> None:
    """State Council notice for 2026: off 15 to 23 February; work on 14 and 28 February."""
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,China")
    file_weeks(firm, "2026-02-02", "2026-03-02")
    assert weeks(firm, "state, workdays_count, expected_hours") == [
        ("2026-02-02", "filed", 5, 40.0),
        ("2026-02-09", "missing", 6, 48.0),
        ("2026-02-16", "no_workdays", 0, 0.0),
        ("2026-02-23", "missing", 5, 40.0),
        ("2026-03-02", "filed", 5, 40.0),
    ]


def test_hours_on_a_make_up_saturday_are_work_and_no_weekend_hours(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,CN")
    file_weeks(firm, "2026-02-14")
    assert weeks(firm, "worked_hours, weekend_hours") == [("2026-02-09", 8.0, 0.0)]


def test_who_works_abroad_keeps_the_calendar_of_the_site_while_there(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE\nbo,40,DE")
    head = "person_id,departed_at,returned_at,destination_country"
    firm.take_in_text("trips.csv", f"{head}\nana,2026-02-08 08:00,2026-02-22 20:00,CN")
    file_weeks(firm, "2026-02-02", "2026-02-23")
    file_weeks(firm, "2026-02-02", "2026-02-23", person_id="bo")
    assert [row[1] for row in weeks(firm, "workdays_count")] == [5, 6, 0, 5]
    assert [row[1] for row in weeks(firm, "workdays_count", "bo")] == [5, 5, 5, 5]
    assert [row[1] for row in weeks(firm, "state")] == ["filed", "missing", "no_workdays", "filed"]


def test_a_country_that_nobody_knows_gets_a_plain_week(firm: Firm) -> None:
    firm.take_in_text(
        "people.csv", "person_id,weekly_hours,home_country\nana,40,Atlantis\nbo,40,Canary Islands\ncy,40,TA"
    )
    for person in ("ana", "bo", "cy"):
        file_weeks(firm, "2026-02-16", person_id=person)
        assert weeks(firm, "workdays_count", person) == [("2026-02-16", 5)]


def test_weekend_onsite_and_travel_hours_and_days_are_summed(firm: Firm) -> None:
    head = f"{HOURS},activity,is_onsite"
    firm.take_in_text(
        "timesheets.csv",
        f"""
        {head}
        ana,p1,2026-03-02,4,travel,no
        ana,p1,2026-03-02,4,training,yes
        ana,p2,2026-03-07,3,rework,yes
        """,
    )
    columns = "worked_hours, onsite_hours, travel_hours, weekend_hours, worked_days_count, entry_count"
    assert weeks(firm, columns) == [("2026-03-02", 11.0, 7.0, 4.0, 3.0, 2, 3)]
    projects = firm.rows(
        "select project_id, worked_hours, onsite_hours, rework_hours, travel_hours, training_hours, entry_count"
        " from marts.project_weeks order by all"
    )
    assert projects == [("p1", 8.0, 4.0, 0.0, 4.0, 4.0, 2), ("p2", 3.0, 3.0, 3.0, 0.0, 0.0, 1)]


def test_a_late_second_file_for_a_week_is_a_later_change_and_days_are_counted_once(firm: Firm) -> None:
    firm.take_in_text("timesheets 1.csv", f"entry_id,{HOURS},submitted_at\ne1,ana,p1,2026-03-02,4,2026-03-06")
    late = "e2,ana,p2,2026-03-02,4,2026-03-17\ne3,ana,p2,2026-03-03,8,2026-03-17"
    firm.take_in_text("timesheets 2.csv", f"entry_id,{HOURS},submitted_at\n{late}")
    assert weeks(firm, "known_week_date::varchar, worked_hours, worked_days_count, entry_count") == [
        ("2026-03-02", "2026-03-02", 4.0, 1, 1),
        ("2026-03-02", "2026-03-16", 12.0, 1, 2),
    ]
