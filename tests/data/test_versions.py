"""The same file twice, corrected rows, sources side by side, and when each was known."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from data.problems import GoliveError
from tests.data.firm import counts_of

if TYPE_CHECKING:
    from tests.data.firm import Firm

LOOSE = "person_id,project_id,work_date,worked_hours,submitted_at"
NUMBERED = "entry_id,person_id,project_id,work_date,worked_hours,submitted_at"
HOURS = "select person_id, work_date, sum(worked_hours) from staging.timesheets group by all order by all"
BY_KNOWN_WEEK = "select known_week_date, worked_hours, entry_count from marts.project_weeks order by all"
MONDAY = date(2026, 3, 2)


def hours_of_day(firm: Firm, day: str = "2026-03-02") -> float:
    (found,) = firm.rows(f"select coalesce(sum(worked_hours), 0) from staging.timesheets where work_date = '{day}'")
    return float(found[0])


@pytest.mark.parametrize(
    "text",
    [
        f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06\nana,p1,2026-03-02,8,2026-03-06\nbo,p1,2026-03-02,4,",
        f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,2026-03-06\ne2,ana,p1,2026-03-02,8,2026-03-06\n,bo,p1,2026-03-02,4,",
    ],
)
@pytest.mark.parametrize("is_full", [False, True])
def test_the_same_file_again_adds_nothing(firm: Firm, text: str, is_full: bool) -> None:
    assert counts_of(firm.take_in_text("timesheets.csv", text)) == (3, 3, 0, 0, 0)
    before = firm.rows("from marts.person_weeks order by all")
    again = firm.take_in_text("timesheets again.csv", text, now="2026-04-06", is_full=is_full)
    assert counts_of(again) == (3, 0, 3, 0, 0)
    assert firm.rows("select count(*) from raw.timesheets") == [(3,)]
    assert firm.rows("select count(*) from raw.superseded") == [(0,)]
    assert firm.rows("from marts.person_weeks order by all") == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("projects.csv", "project_id,start_date\np1,2026-01-05"),
        ("people.csv", "person_id,weekly_hours\nana,40"),
        ("trips.csv", "person_id,departed_at,returned_at\nana,2026-03-01 08:00,2026-03-04 20:00"),
        ("change_requests.csv", "change_request_id,project_id,raised_at,status\nc1,p1,2026-03-02,approved"),
        ("leave.csv", "person_id,leave_date\nana,2026-03-02"),
        ("assignments.csv", "person_id,project_id,week_start_date,planned_hours\nana,p1,2026-03-02,20"),
        ("status_reports.csv", "project_id,as_of_date,progress_ratio\np1,2026-03-02,0.5"),
        ("skills.csv", "person_id,skill,level\nana,sql,3"),
    ],
)
def test_every_table_takes_the_same_file_twice(firm: Firm, name: str, text: str) -> None:
    assert counts_of(firm.take_in_text(name, text)) == (1, 1, 0, 0, 0)
    assert counts_of(firm.take_in_text(name, text, now="2026-04-06")) == (1, 0, 1, 0, 0)
    assert firm.differences() == {}


def test_a_changed_row_with_a_number_becomes_a_new_version(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,2026-03-06\ne2,ana,p1,2026-03-02,2,")
    report = firm.take_in_text("timesheets.csv", f"{NUMBERED}\ne1,ana,p1,2026-03-02,6,2026-03-06", now="2026-04-06")
    assert counts_of(report) == (1, 0, 0, 1, 0)
    assert firm.rows("select count(*) from raw.timesheets where entry_id = 'e1'") == [(2,)]
    assert hours_of_day(firm) == 8, "e2 stays: the newer file does not speak of it"


def test_a_corrected_day_replaces_all_rows_of_that_person_and_day(firm: Firm) -> None:
    first = f"{LOOSE}\nana,p1,2026-03-02,8,\nana,p2,2026-03-02,1,\nana,p1,2026-03-03,8,\nbo,p1,2026-03-02,8,"
    firm.take_in_text("timesheets.csv", first)
    report = firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,6,", now="2026-04-06")
    assert counts_of(report) == (1, 0, 0, 1, 0)
    assert firm.rows(HOURS) == [
        ("ana", MONDAY, 6.0),
        ("ana", date(2026, 3, 3), 8.0),
        ("bo", MONDAY, 8.0),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06", f"{LOOSE}\nana,p1,2026-03-02,6,2026-03-06"),
        (f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,2026-03-06", f"{NUMBERED}\ne1,ana,p1,2026-03-02,6,2026-03-06"),
        (f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06", f"{NUMBERED}\ne1,ana,p1,2026-03-02,6,2026-03-06"),
        (f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,2026-03-06", f"{LOOSE}\nana,p1,2026-03-02,6,2026-03-06"),
        (f"{LOOSE}\nana,p1,2026-03-02,8,", f"{NUMBERED}\ne1,ana,p1,2026-03-02,6,2026-03-06"),
        (f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06", f"{LOOSE}\nana,p1,2026-03-02,6,2026-03-18"),
    ],
)
def test_a_corrected_six_never_stands_beside_the_old_eight_at_any_time(firm: Firm, first: str, second: str) -> None:
    firm.take_in_text("timesheets.csv", first)
    firm.take_in_text("timesheets.csv", second, now="2026-04-06")
    assert hours_of_day(firm) == 6
    so_far = 0.0
    for _, hours, _ in firm.rows(BY_KNOWN_WEEK):
        so_far += hours
        assert so_far in (6, 8)
    assert so_far == 6
    assert firm.differences() == {}


def test_a_source_that_begins_to_number_its_rows_keeps_one_version_of_each_day(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,\nana,p1,2026-03-03,8,")
    both = f"{NUMBERED}\ne1,ana,p1,2026-03-02,5,\ne2,ana,p1,2026-03-02,3,"
    firm.take_in_text("timesheets.csv", both, now="2026-04-06")
    assert hours_of_day(firm) == 8
    assert hours_of_day(firm, "2026-03-03") == 8
    firm.take_in_text("timesheets.csv", f"{NUMBERED}\ne1,ana,p1,2026-03-03,5,", now="2026-04-13")
    assert hours_of_day(firm) == 3, "e1 moved to another day"
    assert hours_of_day(firm, "2026-03-03") == 5, "and takes the place of the row without a number"


def test_a_trip_without_a_number_is_replaced_by_person_and_departure(firm: Firm) -> None:
    head = "person_id,departed_at,returned_at"
    firm.take_in_text(
        "trips.csv", f"{head}\nana,2026-03-01 08:00,2026-03-04 20:00\nbo,2026-03-01 08:00,2026-03-04 20:00"
    )
    report = firm.take_in_text("trips.csv", f"{head}\nana,2026-03-01 08:00,2026-03-05 20:00", now="2026-04-06")
    assert counts_of(report) == (1, 0, 0, 1, 0)
    assert firm.rows("select person_id, nights_count from marts.trips order by all") == [("ana", 4), ("bo", 3)]


def test_what_a_newer_file_does_not_mention_stays_unless_the_file_is_full(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,\nbo,p1,2026-03-02,8,")
    other = f"{LOOSE}\nana,p1,2026-03-03,8,"
    firm.take_in_text("timesheets.csv", other, now="2026-04-06")
    assert hours_of_day(firm) == 16
    report = firm.take_in_text("timesheets.csv", other, now="2026-04-13", is_full=True)
    assert report.counts is not None
    assert (report.counts.rows_unchanged, report.counts.rows_superseded) == (1, 2)
    assert hours_of_day(firm) == 0
    assert firm.rows(BY_KNOWN_WEEK)[-1][0] == date(2026, 4, 13), "until then the rows were known"


def test_full_speaks_only_of_its_own_source(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,", source_name="jira")
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nbo,p1,2026-03-02,4,", source_name="sap", is_full=True)
    assert hours_of_day(firm) == 12


def test_two_files_of_one_command_can_not_both_be_everything(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,")
    both = [firm.file(f"timesheets {n}.csv", f"{LOOSE}\nbo,p1,2026-03-0{n},4,") for n in (3, 4)]
    with pytest.raises(GoliveError, match="--full"):
        firm.take_in(*both, is_full=True)
    assert hours_of_day(firm) == 8
    assert firm.rows("select count(*) from raw.timesheets") == [(1,)]


def test_two_sources_stand_side_by_side(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,5,", source_name="jira")
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p2,2026-03-02,3,", source_name="sap")
    assert hours_of_day(firm) == 8


def test_hours_that_are_replaced_by_other_projects_are_told_without_an_advice_that_doubles(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,5,\nana,p2,2026-03-02,3,")
    report = firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,4,")
    (words,) = [words for words in report.advice if "were replaced" in words]
    assert "3.00 h of p2" in words
    assert "filtered_by=project" in words
    assert "--source" not in words


@pytest.mark.parametrize(
    ("first", "second", "is_full"),
    [
        (f"{LOOSE}\nana,p1,2026-03-02,8,\nana,p1,2026-03-03,8,", f"{LOOSE}\nana,p1,2026-03-02,6,", False),
        (f"{LOOSE}\nana,p1,2026-03-02,8,\nana,p2,2026-03-03,8,", f"{LOOSE}\nana,p1,2026-03-02,8,", True),
        (f"{LOOSE}\nana,p1,2026-03-02,4,\nana,p2,2026-03-02,4,", f"{LOOSE}\nana,p1,2026-03-02,8,", True),
        (f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,", f"{NUMBERED}\ne1,ana,p2,2026-03-02,8,", False),
        (
            f"{NUMBERED}\ne1,ana,p1,2026-03-02,8,\ne2,ana,p2,2026-03-03,4,",
            f"{NUMBERED}\ne1,ana,p1,2026-03-03,8,",
            False,
        ),
    ],
)
def test_complete_files_and_plain_corrections_replace_no_other_project(
    firm: Firm, first: str, second: str, is_full: bool
) -> None:
    firm.take_in_text("timesheets.csv", first)
    report = firm.take_in_text("timesheets.csv", second, now="2026-04-06", is_full=is_full)
    assert not [words for words in report.advice if "were replaced" in words]
    assert firm.rows("from checks.hours_replaced_by_other_projects") == []


@pytest.mark.parametrize(
    ("stamp", "options", "known_at", "is_assumed"),
    [
        ("2026-03-06 18:00", {}, "2026-03-06T18:00", False),
        ("", {}, "2026-03-30T09:00", False),
        ("2026-05-01", {}, "2026-03-30T09:00", False),
        ("", {"is_history": True}, "2026-03-12T00:00", True),
        ("2026-03-06 18:00", {"is_history": True}, "2026-03-06T18:00", False),
    ],
)
def test_a_row_is_known_by_its_stamp_else_by_arrival_else_by_assumption(
    firm: Firm, stamp: str, options: dict[str, bool], known_at: str, is_assumed: bool
) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,{stamp}", now="2026-03-30T09:00", **options)
    found = firm.rows("select known_at, is_assumed from raw.timesheets")
    assert found == [(datetime.fromisoformat(known_at), is_assumed)]
    assert firm.rows("select bool_or(is_assumed) from marts.person_weeks") == [(is_assumed,)]


def test_history_uses_the_lag_of_its_own_stamped_rows_where_there_are_enough(firm: Firm) -> None:
    stamped = "\n".join(f"ana,p{n},2026-01-05,0.1,2026-01-14" for n in range(100))  # two days after the week
    firm.take_in_text("timesheets.csv", f"{LOOSE}\n{stamped}\nbo,p1,2026-01-05,8,", is_history=True)
    assert firm.rows("select known_at from raw.timesheets where person_id = 'bo'") == [(datetime(2026, 1, 14),)]  # noqa: DTZ001


def test_a_correction_without_a_newer_stamp_is_known_when_it_arrives(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06")
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,6,2026-03-06", now="2026-04-08")
    assert firm.rows(BY_KNOWN_WEEK) == [(MONDAY, 8.0, 1), (date(2026, 4, 6), -2.0, 0)]


def test_a_correction_with_a_newer_stamp_is_known_then(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,2026-03-06")
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,6,2026-03-18", now="2026-04-08")
    assert firm.rows(BY_KNOWN_WEEK) == [(MONDAY, 8.0, 1), (date(2026, 3, 16), -2.0, 0)]


def test_a_correction_that_is_known_on_arrival_is_not_assumed_even_as_history(firm: Firm) -> None:
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,8,", is_history=True)
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-03-02,6,", now="2026-04-08", is_history=True)
    assert firm.rows("select worked_hours, is_assumed from raw.timesheets order by row_id") == [(8, True), (6, False)]


def test_weeks_that_a_full_file_takes_away_at_the_end_leave_the_marts_as_if_built_anew(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40\nbo,40")
    weeks = [date(2025, 12, 1).toordinal() + 7 * n for n in range(16)]
    rows = [f"{who},p1,{date.fromordinal(day)},8," for day in weeks for who in ("ana", "bo")]
    firm.take_in_text("timesheets.csv", "\n".join([LOOSE, *rows]))
    fewer = [row for row in rows if not (row.startswith("bo") and row[6:] > "2025-12-15")][:-2]
    firm.take_in_text("timesheets.csv", "\n".join([LOOSE, *fewer]), now="2026-04-06", is_full=True)
    assert firm.differences() == {}


def test_moving_the_newest_day_back_takes_the_weeks_after_it_away(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours\nana,40")
    days = [date.fromordinal(date(2025, 12, 1).toordinal() + 7 * n) for n in range(12)]
    rows = [f"e{n},ana,p1,{day},8," for n, day in enumerate(days)]
    firm.take_in_text("timesheets.csv", "\n".join([NUMBERED, *rows, f"typo,ana,p1,{date(2026, 9, 7)},8,"]))
    missing = """
        select count(*) from (
            select arg_max(state, plan_known_week_date) as state from marts.person_weeks
            where plan_known_week_date <= $day$::date group by person_id, week_start_date
        ) where state = 'missing'
    """
    assert firm.rows(missing.replace("$day$", "'2026-03-30'")) == [(28,)]
    firm.take_in_text("timesheets.csv", f"{NUMBERED}\ntypo,ana,p1,{days[3]},1,", now="2026-04-06")
    assert firm.rows(missing.replace("$day$", "'2026-04-06'")) == [(0,)]
    # As known a week before, those of them that had begun are still missing: no replay changes.
    assert firm.rows(missing.replace("$day$", "'2026-03-30'")) == [(6,)]
    assert firm.differences() == {}


def test_a_day_that_the_firm_knows_better_changes_all_weeks_at_the_next_import(firm: Firm) -> None:
    firm.take_in_text("people.csv", "person_id,weekly_hours,home_country\nana,40,CN")
    rows = [f"ana,p1,{date.fromordinal(date(2025, 12, 1).toordinal() + 7 * n)},8," for n in range(12)]
    firm.take_in_text("timesheets.csv", "\n".join([LOOSE, *rows]))
    overrides = "region,date,kind,source,entered_by\nCN,2025-12-10,holiday,notice,ana\n"
    firm.home.calendar_overrides_file.write_text(overrides, encoding="utf-8")
    firm.take_in_text("timesheets.csv", f"{LOOSE}\nana,p1,2026-02-02,6,", now="2026-04-06")
    found = firm.rows("select workdays_count from marts.person_weeks where week_start_date = '2025-12-08'")
    assert found == [(4,)]
    assert firm.differences() == {}
