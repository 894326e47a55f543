"""Who works on some weekdays only is expected on those, and the weekend is that of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.working_patterns import weekdays_of
from tests.shared import needs_shared, shared_folder

if TYPE_CHECKING:
    from tests.data.firm import Firm

HOURS = "person_id,project_id,work_date,worked_hours"
MONDAY = date(2026, 1, 12)


def weeks(firm: Firm, columns: str, person_id: str = "ana") -> dict[str, tuple[Any, ...]]:
    rows = firm.rows(
        f"select week_start_date::varchar, {columns} from marts.person_weeks where person_id = '{person_id}'"
        " order by week_start_date, known_week_date"
    )
    return {week: tuple(rest) for week, *rest in rows}


def file_weeks(firm: Firm, count: int, hours: dict[int, float], person_id: str = "ana", **more: Any) -> None:
    rows = [
        f"{person_id},p1,{MONDAY + timedelta(weeks=week, days=day)},{worked}"
        for week in range(count)
        for day, worked in hours.items()
    ]
    firm.take_in_text(f"timesheets {person_id}.csv", "\n".join([HOURS, *rows]), **more)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon, Tue", (0, 1)),
        ("Mo–Mi", (0, 1, 2)),
        ("Montag und Freitag", (0, 4)),
        ("周一至周三", (0, 1, 2)),
        ("星期二、四", (1, 3)),
        ("1,2,5", (0, 1, 4)),
        ("Sun-Thu", (0, 1, 2, 3, 6)),
        ("on demand", ()),
        ("", ()),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str, days: tuple[int, ...]) -> None:
    assert weekdays_of(text) == days


@pytest.mark.parametrize(
    ("head", "told", "expected"),
    [
        ("weekly_hours,working_days", "16,Mon Tue", 8.0),
        ("weekly_hours,working_days", "16,周一、周二", 8.0),
        ("weekly_hours,monday_hours,tuesday_hours", "16,10,6", 10.0),
        ("monday_hours,tuesday_hours", "10,6", 10.0),
    ],
)
def test_leave_on_a_working_day_takes_the_hours_of_that_day(firm: Firm, head: str, told: str, expected: float) -> None:
    quoted = '"' + told.split(",", 1)[1] + '"' if "working_days" in head else told.split(",", 1)[1]
    firm.take_in_text("people.csv", f"person_id,{head}\nana,{told.split(',', 1)[0]},{quoted}")
    leave = ["ana,2026-01-20,", "ana,2026-01-28,8", "ana,2026-02-07,8"]  # a Tuesday, a Wednesday, a Saturday
    firm.take_in_text("leave.csv", "\n".join(["person_id,leave_date,leave_hours", *leave]))
    file_weeks(firm, 4, {0: 8.0})
    found = weeks(firm, "expected_hours, leave_days_count, workdays_count")
    assert found["2026-01-19"] == (expected, 1, 2)
    assert found["2026-01-26"] == (16.0, 0, 2)
    assert found["2026-02-02"] == (16.0, 0, 2)


def test_the_pattern_of_a_part_timer_is_learned_from_weeks_that_were_known(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,16")
    firm.take_in_text("leave.csv", "person_id,leave_date,leave_hours\nana,2026-02-10,8")
    file_weeks(firm, 8, {0: 8.0, 1: 8.0}, is_history=True)
    found = weeks(firm, "workdays_count, expected_hours")
    assert found["2026-01-12"] == (5, 16.0)
    assert found["2026-01-19"] == (5, 16.0)
    assert found["2026-02-09"] == (2, 8.0)
    assert firm.differences() == {}


def test_changing_weekdays_are_no_pattern(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,16")
    rows = [
        f"ana,p1,{MONDAY + timedelta(weeks=week, days=day)},8"
        for week in range(8)
        for day in ((0, 1), (2, 3), (1, 4))[week % 3]
    ]
    firm.take_in_text("timesheets.csv", "\n".join([HOURS, *rows]), is_history=True)
    assert {row[0] for row in weeks(firm, "workdays_count").values()} == {5}


def test_a_later_import_never_changes_what_a_past_week_expected(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,16")
    file_weeks(firm, 6, {0: 8.0, 1: 8.0}, is_history=True, now="2026-02-23")
    before = weeks(firm, "workdays_count, expected_hours")
    later = [f"ana,p1,{date(2026, 2, 25) + timedelta(weeks=week, days=day)},8" for week in range(5) for day in (0, 1)]
    firm.take_in_text("later.csv", "\n".join([HOURS, *later]), table_name="timesheets", now="2026-04-06")
    after = weeks(firm, "workdays_count, expected_hours")
    assert {week: after[week] for week in before} == before
    assert firm.differences() == {}


def test_sunday_is_no_weekend_in_riyadh_and_friday_is(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,SA\nbo,40,DE\ncy,40,AE\ndi,40,Israel")
    days = [f"{who},p1,{day},4" for who in ("ana", "bo", "cy", "di") for day in ("2026-01-16", "2026-01-18")]
    firm.take_in_text("timesheets.csv", "\n".join([HOURS, *days]))
    assert {who: weeks(firm, "weekend_hours", who)["2026-01-12"] for who in ("ana", "bo", "cy", "di")} == {
        "ana": (4.0,),
        "bo": (4.0,),
        "cy": (4.0,),
        "di": (4.0,),
    }
    on_friday = [f"{who},p1,2026-01-23,4" for who in ("ana", "bo", "di")]
    firm.take_in_text("friday.csv", "\n".join([HOURS, *on_friday]), table_name="timesheets", now="2026-03-31")
    assert {who: weeks(firm, "weekend_hours", who)["2026-01-19"] for who in ("ana", "bo", "di")} == {
        "ana": (4.0,),
        "bo": (0.0,),
        "di": (4.0,),
    }


def test_on_site_the_weekend_is_that_of_the_site(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,DE")
    head = "person_id,departed_at,returned_at,destination_country"
    firm.take_in_text("trips.csv", f"{head}\nana,2026-01-10 08:00,2026-01-25 20:00,SA")
    firm.take_in_text("timesheets.csv", f"{HOURS}\nana,p1,2026-01-16,4\nana,p1,2026-01-18,8")
    assert weeks(firm, "weekend_hours")["2026-01-12"] == (4.0,)


def test_a_weekend_away_is_that_of_home(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,SA\nbo,40,DE")
    head = "trip_id,person_id,departed_at,returned_at"
    trips = [
        "friday,ana,2026-01-15 08:00,2026-01-17 08:00",  # Thursday to Saturday: the whole Friday
        "same,bo,2026-01-15 08:00,2026-01-17 08:00",
        "sunday,ana,2026-01-24 20:00,2026-01-26 08:00",
        "again,bo,2026-01-24 20:00,2026-01-26 08:00",
    ]
    firm.take_in_text("trips.csv", "\n".join([head, *trips]))
    assert firm.rows("select trip_id, weekend_days_count, weekends_away_count from marts.trips order by trip_id") == [
        ("again", 1, 1),
        ("friday", 1, 1),
        ("same", 0, 0),
        ("sunday", 0, 0),
    ]


@pytest.mark.shared
@needs_shared
def test_odd_people_have_their_weeks(firm: Firm) -> None:
    folder = shared_folder() / "cases" / "daily" / "odd-people"
    names = ("people.csv", "projects.csv", "timesheets.csv", "trips.csv", "leave.csv", "leave2.csv", "trips2.csv")
    firm.take_in(*(folder / name for name in names), now="2026-11-28", is_history=True)
    columns = "expected_hours, worked_hours, weekend_hours"
    assert weeks(firm, columns, "two")["2026-10-19"] == (8.0, 16.0, 0.0)
    assert weeks(firm, columns, "two")["2026-11-02"] == (16.0, 16.0, 0.0)
    assert weeks(firm, columns, "three")["2026-11-02"] == (20.0, 20.0, 0.0)
    assert weeks(firm, columns, "five")["2026-11-02"] == (18.0, 20.0, 0.0)
    for person in ("sun", "isr"):
        assert {row[2] for row in weeks(firm, columns, person).values()} == {0.0}
    assert weeks(firm, "leave_hours, workdays_count", "mei")["2026-09-28"] == (0.0, 3)
    assert weeks(firm, "workdays_count", "mei")["2026-10-05"] == (3,)
    assert firm.differences() == {}
