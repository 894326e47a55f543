"""A recipe makes the cells that a careful person would have typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from data.problems import ImportRefusedError
from data.recognition import Field, Recipe, recipe_from_dict, recipe_sql
from tests.data.recognition.formats import FORMATS
from tests.data.recognition.helpers import cells_of, inspect_one, inspect_rows, read_rows, write_csv

if TYPE_CHECKING:
    from pathlib import Path

BASE = ("Employee", "Project", "Date", "Hours")
BY_NAME = {shape.name: shape for shape in FORMATS}


def hours_of(tmp_path: Path, *cells: str, header: str = "Hours", **answers: str) -> list[str]:
    rows = [
        ("Employee", "Project", "Date", header),
        *[("ana", "p", f"2026-03-{i:02}", c) for i, c in enumerate(cells, 1)],
    ]
    return [row["worked_hours"] for row in read_rows(tmp_path, rows, **answers)]


def days_of(tmp_path: Path, *cells: str, **answers: str) -> list[str]:
    rows = [BASE, *[("ana", "p", cell, "1") for cell in cells]]
    path = write_csv(tmp_path, rows)
    made = cells_of(path, inspect_one(path, **answers))
    return [row["work_date"] for row in sorted(made, key=lambda row: int(row["line_number"]))]


def format_cells(tmp_path: Path, name: str, **answers: str) -> list[dict[str, str]]:
    shape = BY_NAME[name]
    return read_rows(tmp_path, [shape.header, *shape.rows], **answers)


def test_durations_in_words_become_hours(tmp_path: Path) -> None:
    found = hours_of(tmp_path, "7h 30m", "1.5d", "2.5小时", "45 min", "7:30", "1天", "3", "26:30:00")
    assert found == ["7.5", "12.0", "2.5", "0.75", "7:30", "8.0", "3", "26:30:00"]


def test_the_header_names_the_unit(tmp_path: Path) -> None:
    assert hours_of(tmp_path, "90", "30", header="Duration (minutes)") == ["1.5", "0.5"]
    assert hours_of(tmp_path, "5400", header="Duration (s)") == ["1.5"]
    assert hours_of(tmp_path, "1", "0.5", header="工时（天）") == ["8.0", "4.0"]


def test_a_unit_that_nothing_names_is_asked_for(tmp_path: Path) -> None:
    rows = [
        ("Employee", "Project", "Date", "Duration"),
        ("ana", "p", "2026-03-02", "450"),
        ("ana", "p", "2026-03-03", "90"),
    ]
    found = inspect_rows(tmp_path, rows)
    assert [q.token for q in found.questions] == ["unit.Duration"]
    assert (found.recipe, found.questions[0].options[0]) == (None, "minutes")
    assert hours_of(tmp_path, "450", "90", header="Duration", **{"unit.Duration": "minutes"}) == ["7.5", "1.5"]


def test_decimal_commas_and_thousands_are_read_over_the_whole_column(tmp_path: Path) -> None:
    assert hours_of(tmp_path, "7,5", "2,25", "1.000,5") == ["7.5", "2.25", "1000.5"]


def test_a_number_that_fits_two_readings_is_asked_for(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [BASE, ("ana", "p", "2026-03-02", "1,125")])
    assert [question.token for question in found.questions] == ["decimal_mark"]


def test_one_cell_in_another_style_is_refused_and_not_read_in_its_own_way(tmp_path: Path) -> None:
    cells = [f"{hours},5" for hours in range(1, 30)]
    assert hours_of(tmp_path, *cells, "1.5")[-1] == "? 1.5"


def test_negative_corrections_stay_negative(tmp_path: Path) -> None:
    assert hours_of(tmp_path, "-1h 30m", "2h") == ["-1.5", "2.0"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026年3月2日", "2026-03-02"),
        ("2026/3/2", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("2.3.2026", "2026-03-02"),
        ("2 Mar 2026", "2026-03-02"),
        ("02/Mar/26", "2026-03-02"),
        ("2. März 2026", "2026-03-02"),
        ("2 марта 2026", "2026-03-02"),
        ("2 févr. 2026", "2026-02-02"),
        ("Mar 2, 2026", "2026-03-02"),
        ("2026-03-02 09:30", "2026-03-02"),
        ("46083", "2026-03-02"),
    ],
)
def test_days_are_read_in_many_styles(cell: str, day: str, tmp_path: Path) -> None:
    assert days_of(tmp_path, cell) == [day]


def test_the_order_of_day_and_month_is_decided_over_the_file(tmp_path: Path) -> None:
    assert days_of(tmp_path, "03/04/2026", "13/04/2026") == ["2026-04-03", "2026-04-13"]
    assert days_of(tmp_path, "03/04/2026", "04/13/2026") == ["2026-03-04", "2026-04-13"]


def test_one_bad_row_does_not_flip_the_column_nor_is_it_read(tmp_path: Path) -> None:
    cells = [f"03/{day}/2026" for day in range(13, 32)]
    *_, bad = days_of(tmp_path, *cells, "25/03/2026")
    assert bad == "? 25/03/2026"


def test_an_order_that_nothing_tells_is_asked_for(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [BASE, ("ana", "p", "03/04/2026", "1"), ("ana", "p", "05/04/2026", "1")])
    assert [question.token for question in found.questions] == ["date_order"]
    assert found.recipe is None
    assert days_of(tmp_path, "03/04/2026", date_order="mdy") == ["2026-03-04"]


def test_short_years_that_may_come_first_are_asked_for(tmp_path: Path) -> None:
    found = inspect_rows(tmp_path, [BASE, *[("ana", "p", f"26/03/0{day}", "1") for day in range(1, 8)]])
    assert found.questions[0].options == ("ymd", "dmy")
    assert days_of(tmp_path, "26/03/02", "26/03/03", date_order="ymd") == ["2026-03-02", "2026-03-03"]


def test_an_end_before_the_start_is_on_the_next_day(tmp_path: Path) -> None:
    late = format_cells(tmp_path, "kimai-de")[1]
    assert (late["started_at"], late["ended_at"]) == ("2026-03-03 22:00:00", "2026-03-04 02:00:00")
    assert late["activity"] == "rework"


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        ("22:00", "06:00", "8.0"),
        ("18:00", "10:00", "16.0"),
        ("09:00", "08:00", "? 09:00 08:00"),
        ("17:00", "16:30", "?"),
    ],
)
def test_an_end_before_its_begin_is_a_night_only_where_a_night_can_be_so_long(
    tmp_path: Path, begin: str, end: str, hours: str
) -> None:
    """From 09:00 to 08:00 is a slip and no night of 23 hours; no hours are made of it, least of all negative ones."""
    header = ("Employee", "Project", "Date", "Clock in", "Clock out")
    usual = [("ana", "p", f"2026-03-0{day}", "09:00", "17:30") for day in range(2, 7)]
    made = read_rows(tmp_path, [header, *usual, ("ana", "p", "2026-03-09", begin, end)])[-1]
    assert made["worked_hours"].startswith(hours)
    assert made["ended_at"][:10] == ("2026-03-09" if "?" in hours else "2026-03-10")


def test_twelve_hour_clocks_are_read(tmp_path: Path) -> None:
    first = format_cells(tmp_path, "clockify")[0]
    assert (first["started_at"], first["ended_at"]) == ("2026-03-14 09:00:00", "2026-03-14 17:30:00")


def test_hours_are_counted_from_clock_times_when_nothing_says_them(tmp_path: Path) -> None:
    header = ("Employee", "Project", "Date", "Clock in", "Clock out")
    made = read_rows(
        tmp_path, [header, ("ana", "p", "2026-03-02", "09:00", "17:30"), ("ana", "p", "2026-03-03", "22:00", "01:00")]
    )
    assert [row["worked_hours"] for row in made] == ["8.5", "3.0"]


def test_first_and_last_name_are_one_person_and_a_task_maps_to_an_activity(tmp_path: Path) -> None:
    first, second = format_cells(tmp_path, "harvest")
    assert (first["person_id"], first["activity"], first["worked_hours"]) == ("Ana Weber", "Training", "7.5")
    assert second["worked_hours"] == "0.25"


def test_minutes_of_two_columns_are_added_up(tmp_path: Path) -> None:
    assert [row["worked_hours"] for row in format_cells(tmp_path, "runn")] == ["7.5", "8.0"]


def test_cells_of_a_parent_are_filled_down_and_its_total_is_not_summed(tmp_path: Path) -> None:
    made = format_cells(tmp_path, "erpnext-full")
    assert [(row["person_id"], row["worked_hours"]) for row in made] == [("HR-1", "3"), ("HR-1", "5"), ("HR-2", "2")]
    assert [row["work_date"] for row in made] == ["2026-01-15", "2026-01-15", "2026-01-16"]


def test_a_blank_cell_of_a_parent_stays_blank_in_its_children(tmp_path: Path) -> None:
    header = (
        "ID",
        "Employee",
        "Start Date",
        "Project",
        "ID (Time Sheets)",
        "Hrs",
        "Activity Type",
        "Series",
        "To Time",
    )
    rows = [
        ("T1", "e1", "2026-01-15", "P1", "a", "1", "x", "s", ""),
        ("", "", "", "", "b", "2", "y", "", ""),
        ("T2", "e2", "2026-01-16", "", "c", "3", "x", "s", ""),
        ("", "", "", "", "d", "4", "y", "", ""),
    ]
    made = read_rows(tmp_path, [header, *rows])
    assert [row["project_id"] for row in made] == ["P1", "P1", None, None]
    assert [row["person_id"] for row in made] == ["e1", "e1", "e2", "e2"]


def test_a_range_in_one_cell_becomes_two_moments_and_refused_trips_are_left_out(tmp_path: Path) -> None:
    made = format_cells(tmp_path, "dingtalk-trips")
    assert [(row["departed_at"], row["returned_at"]) for row in made] == [
        ("2026-04-01 00:00:00", "2026-04-03 00:00:00"),
        ("2026-04-06 12:00:00", "2026-04-07 12:00:00"),
    ]


def test_lines_of_one_trip_are_put_together_and_their_costs_added(tmp_path: Path) -> None:
    (trip,) = format_cells(tmp_path, "concur")
    assert (trip["trip_id"], trip["cost_amount"], trip["transport"]) == ("R1", "500.0", "Plane")


def test_attendance_feeds_hours_trips_and_leave(tmp_path: Path) -> None:
    shape = BY_NAME["dingtalk-daily"]
    path = write_csv(tmp_path, [shape.header, *shape.rows])
    found = inspect_one(path, project_id="attendance")
    (day,) = cells_of(path, found)
    assert (day["worked_hours"], day["ended_at"]) == ("14.5", "2026-04-02 00:30:00")
    trips, leave = found.also_feeds
    assert (trips.table, leave.table) == ("trips", "leave")
    (trip,) = cells_of(path, found, trips.recipe)
    assert (trip["person_id"], trip["departed_at"], trip["returned_at"]) == ("A01", "2026-04-02", "2026-04-02")
    (off,) = cells_of(path, found, leave.recipe)
    assert (off["leave_date"], off["leave_hours"]) == ("2026-04-03", "8")


def test_days_of_travel_that_follow_one_another_are_one_trip(tmp_path: Path) -> None:
    shape = BY_NAME["dingtalk-daily"]
    day = list(shape.rows[1])
    rows = [[*day[:4], f"2026-04-{number:02}", *day[5:]] for number in (7, 8, 9, 13)]
    path = write_csv(tmp_path, [shape.header, *shape.rows[:1], *rows])
    found = inspect_one(path, project_id="attendance")
    trips = [(row["departed_at"], row["returned_at"]) for row in cells_of(path, found, found.also_feeds[0].recipe)]
    assert trips == [("2026-04-07", "2026-04-09"), ("2026-04-13", "2026-04-13")]


def test_leave_becomes_days_and_half_days(tmp_path: Path) -> None:
    made = format_cells(tmp_path, "own-leave-zh")
    assert [(row["leave_date"], row["leave_hours"]) for row in made] == [("2026-04-01", None), ("2026-04-02", "4.0")]
    english = format_cells(tmp_path, "own-leave-en")
    assert [row["leave_date"] for row in english] == ["2026-03-02", "2026-03-03", "2026-03-04"]


def test_a_column_per_day_becomes_a_row_per_day(tmp_path: Path) -> None:
    header = ["姓名", "项目", *[f"{day}日" for day in range(1, 8)], "合计"]
    rows = [["2026年4月工时"], header, ["王伟", "上线", "8", "", "7.5", "", "", "", "4小时", "19.5"]]
    made = read_rows(tmp_path, rows)
    assert [(row["work_date"], row["worked_hours"], row["part_number"]) for row in made] == [
        ("2026-04-01", "8.0", 1),
        ("2026-04-03", "7.5", 3),
        ("2026-04-07", "4.0", 7),
    ]


def test_days_of_a_month_that_nothing_names_are_asked_for(tmp_path: Path) -> None:
    header = ["Employee", "Project", *[str(day) for day in range(1, 8)]]
    found = inspect_rows(tmp_path, [header, ["ana", "p", *["8"] * 7]])
    assert [question.token for question in found.questions] == ["month"]
    made = read_rows(tmp_path, [header, ["ana", "p", "8", *[""] * 6]], month="2026-04")
    assert made[0]["work_date"] == "2026-04-01"


def test_a_week_of_columns_counts_from_its_monday(tmp_path: Path) -> None:
    header = ["Employee", "Project", "Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    made = read_rows(tmp_path, [header, ["ana", "p", "2026-03-02", "8", "8", "", "", "6", "", ""]])
    assert [(row["work_date"], row["worked_hours"]) for row in made] == [
        ("2026-03-02", "8.0"),
        ("2026-03-03", "8.0"),
        ("2026-03-06", "6.0"),
    ]


def test_the_project_is_a_part_of_the_key_or_of_the_address(tmp_path: Path) -> None:
    header = ("Issue key", "Summary", "Issue Type", "Status", "Created", "Reporter")
    (made,) = read_rows(tmp_path, [header, ("ACME-12", "x", "Bug", "Open", "2026-03-02", "ana")])
    assert made["project_id"] == "ACME"
    (issue,) = format_cells(tmp_path, "gitlab")
    assert (issue["project_id"], issue["estimated_hours"], issue["actual_hours"]) == ("portal", "4.0", "1.5")


def test_seconds_of_jira_become_hours(tmp_path: Path) -> None:
    (made,) = format_cells(tmp_path, "jira-jsm")
    assert (made["estimated_hours"], made["actual_hours"], made["cause"]) == ("2.0", "2.5", "defect")
    assert made["raised_at"] == "2024-05-11 15:26:00"


def test_percent_becomes_a_share_and_lights_become_words(tmp_path: Path) -> None:
    first = format_cells(tmp_path, "own-status-en")[0]
    assert (first["progress_ratio"], first["reported_status"]) == ("0.45", "Amber")
    rows = [
        ("项目", "报告日期", "红绿灯", "进度"),
        ("上线", "2026-03-06", "黄灯", "0.45"),
        ("上线", "2026-03-13", "绿灯", "1"),
    ]
    made = read_rows(tmp_path, rows)
    assert [(row["progress_ratio"], row["reported_status"]) for row in made] == [("0.45", "amber"), ("1", "green")]


def test_guards_and_marks_of_nothing_are_taken_off(tmp_path: Path) -> None:
    rows = [
        BASE,
        ("' =ana", "p1", "2026-03-02", "1"),
        ('="ben"', "-", "2026-03-03", "1"),
        ("cyd", "p1", "2026-03-04", "1"),
    ]
    made = read_rows(tmp_path, rows)
    assert [(row["person_id"], row["project_id"]) for row in made] == [("=ana", "p1"), ("ben", None), ("cyd", "p1")]


def test_full_width_digits_are_read(tmp_path: Path) -> None:
    rows = [("姓名", "项目", "日期", "工时"), ("王伟", "上线", "２０２６－０３－０２", "７．５")]
    (made,) = read_rows(tmp_path, rows)
    assert (made["work_date"], made["worked_hours"]) == ("2026-03-02", "7.5")


def test_hostile_headers_are_only_names(tmp_path: Path) -> None:
    evil = 'x"; drop table source_cells; --'
    header = ("Employee", "Project", "Date", "Hours", evil, "'||(select 1)||'", "c0", "line_number", "made")
    (made,) = read_rows(tmp_path, [header, ("ana", "p", "2026-03-02", "1", "a", "b", "c", "d", "e")])
    assert made["worked_hours"] == "1"


def test_hostile_cells_are_only_text(tmp_path: Path) -> None:
    rows = [BASE, ("ana'); drop table x; --", "p'\"", "2026-03-02", "1小时"), ("{{x}}", "p", "2026-03-03", "2小时")]
    made = read_rows(tmp_path, rows)
    assert made[0]["person_id"] == "ana'); drop table x; --"


def test_a_recipe_is_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    for shape in FORMATS:
        if not shape.needs:
            found = inspect_rows(tmp_path, [shape.header, *shape.rows])
            assert found.recipe is not None
            assert recipe_from_dict(json.loads(json.dumps(found.recipe.as_dict()))) == found.recipe


def test_a_missing_column_is_said() -> None:
    recipe = Recipe("timesheets", 1, 1, ("A",), (Field("person_id", "copy", ("A",)),))
    with pytest.raises(ImportRefusedError, match="lacks A"):
        recipe_sql(recipe, ("B",))


def test_something_else_than_a_recipe_is_refused() -> None:
    with pytest.raises(ImportRefusedError):
        recipe_from_dict({"table": "timesheets", "evil": 1})
    with pytest.raises(ImportRefusedError):
        recipe_from_dict({"table": "timesheets", "fields": [{"op": "copy"}]})
