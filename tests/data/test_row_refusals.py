"""Rows that can't be used are kept with their reason; the rest of the file goes in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.firm import Firm, counts_of
from tests.laws import examples

if TYPE_CHECKING:
    from data.import_reports import FileReport

REFUSED = "select line_number, column_name, value, reason from raw.refused_rows order by line_number"


def test_each_refused_row_names_file_line_column_value_and_reason(firm: Firm) -> None:
    report = firm.take_in_text(
        "timesheets.csv",
        """
        person_id,project_id,work_date,worked_hours,started_at,ended_at,submitted_at
        ana,p1,2026-03-02,8,,,
        ,p1,2026-03-02,8,,,
        ana,,2026-03-02,8,,,
        ana,p1,soon,8,,,
        ana,p1,,8,,,
        ana,p1,2026-03-02,six,,,
        ana,p1,2026-03-02,0,,,
        ana,p2,2026-03-02,-1,,,
        ana,p1,2026-03-02,24.5,,,
        ana,p1,1989-12-31,8,,,
        ana,p1,2029-01-01,8,,,
        ana,p1,2026-03-02,3,2026-03-02 12:00,2026-03-02 09:00,
        ana,p1,2026-03-02,3,2026-03-02 12:00,noon,
        ana,p1,2026-03-02,24,,,
        """,
    )
    assert counts_of(report) == (14, 2, 0, 0, 12)
    assert firm.rows(REFUSED) == [
        (3, "person_id", None, "is empty, but a row can't do without it"),
        (4, "project_id", None, "is empty, but a row can't do without it"),
        (5, "work_date", "soon", "is not a date"),
        (6, "work_date", None, "is empty, but a row can't do without it"),
        (7, "worked_hours", "six", "is not a number of hours"),
        (8, "worked_hours", "0", "must be more than 0 hours"),
        (9, "worked_hours", "-1", "must be more than 0 hours"),
        (10, "worked_hours", "24.5", "must be at most 24 hours"),
        (11, "work_date", "1989-12-31", "is before 1990"),
        (12, "work_date", "2029-01-01", "is more than 2 years ahead"),
        (13, "ended_at", "2026-03-02 09:00", "the entry ends before it starts"),
        (14, "ended_at", "noon", "is not a date and time"),
    ]
    assert firm.rows("select distinct file_name, table_name from raw.refused_rows") == [
        ("timesheets.csv", "timesheets")
    ]
    assert firm.rows("select row_text from raw.refused_rows where line_number = 7") == [
        ("ana | p1 | 2026-03-02 | six",)
    ]
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(32.0,)]


@pytest.mark.parametrize(
    ("table", "text", "column", "reason"),
    [
        (
            "trips",
            "person_id,departed_at,returned_at\nana,2026-03-09,2026-03-02",
            "returned_at",
            "the trip returns before it departs",
        ),
        (
            "trips",
            "person_id,departed_at,returned_at,nights_count\nana,2026-03-01,2026-03-02,1.5",
            "nights_count",
            "is not a whole number",
        ),
        (
            "trips",
            "person_id,departed_at,returned_at,cost_amount\nana,2026-03-01,2026-03-02,free",
            "cost_amount",
            "is not a number",
        ),
        ("skills", "person_id,skill,level\nana,sql,5", "level", "must be at most 4"),
        (
            "people",
            "person_id,weekly_hours,has_opted_out\nana,40,perhaps",
            "has_opted_out",
            "is neither yes nor no",
        ),
        ("people", "person_id,weekly_hours\nana,81", "weekly_hours", "must be at most 80 hours"),
        (
            "status_reports",
            "project_id,as_of_date,progress_ratio\np1,2026-03-02,1.2",
            "progress_ratio",
            "must be at most 1",
        ),
        (
            "projects",
            "project_id,start_date,planned_finish_date\np1,2026-03-02,2037-01-01",
            "planned_finish_date",
            "is more than 10 years ahead",
        ),
    ],
)
def test_every_table_has_its_own_reasons(firm: Firm, table: str, text: str, column: str, reason: str) -> None:
    report = firm.take_in_text(f"{table}.csv", text)
    assert counts_of(report) == (1, 0, 0, 0, 1)
    assert [(found[1], found[3]) for found in firm.rows(REFUSED)] == [(column, reason)]


def test_a_plan_may_reach_further_ahead_than_work_that_was_done(firm: Firm) -> None:
    text = "project_id,start_date,planned_finish_date\np1,2026-03-02,2034-01-01"
    assert counts_of(firm.take_in_text("projects.csv", text)) == (1, 1, 0, 0, 0)


def test_of_a_number_that_stands_twice_in_a_file_the_later_line_counts(firm: Firm) -> None:
    report = firm.take_in_text(
        "timesheets.csv",
        """
        entry_id,person_id,project_id,work_date,worked_hours
        e1,ana,p1,2026-03-02,8
        e2,ana,p1,2026-03-03,8
        e1,ana,p1,2026-03-02,6
        """,
    )
    assert counts_of(report) == (3, 2, 0, 0, 1)
    assert [(line, column, value) for line, column, value, _ in firm.rows(REFUSED)] == [(2, "entry_id", "e1")]
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(14.0,)]


def test_two_equal_entries_without_a_number_are_two_entries(firm: Firm) -> None:
    text = "person_id,project_id,work_date,worked_hours\nana,p1,2026-03-02,4\nana,p1,2026-03-02,4"
    assert counts_of(firm.take_in_text("timesheets.csv", text)) == (2, 2, 0, 0, 0)
    assert counts_of(firm.take_in_text("timesheets.csv", text)) == (2, 0, 2, 0, 0)
    assert firm.rows("select sum(worked_hours) from staging.timesheets") == [(8.0,)]


def test_a_row_that_does_not_fit_the_header_is_refused_and_kept(firm: Firm) -> None:
    report = firm.take_in_text(
        "timesheets.csv",
        """
        person_id,project_id,work_date,worked_hours
        ana,p1,2026-03-02,8
        ana,p1,2026-03-03,8,why,so,many
        """,
    )
    assert counts_of(report) == (2, 1, 0, 0, 1)
    assert [row[0] for row in firm.rows(REFUSED)] == [3]


def test_a_label_that_is_not_in_our_list_goes_in_with_a_warning(firm: Firm) -> None:
    report = firm.take_in_text(
        "timesheets.csv",
        """
        person_id,project_id,work_date,worked_hours,activity
        ana,p1,2026-03-02,8,gardening
        ana,p1,2026-03-03,8,Data migration
        """,
    )
    assert counts_of(report) == (2, 2, 0, 0, 0)
    assert firm.rows("select check_name, line_number, detail from checks.warnings") == [
        ("unread_values", 2, "activity: gardening")
    ]
    assert firm.rows("select activity from staging.timesheets order by line_number") == [
        ("other",),
        ("data_migration",),
    ]


def test_hostile_text_is_stored_as_it_stands(firm: Firm) -> None:
    hostile = "'; drop table raw.timesheets; --"
    firm.take_in_text(
        "timesheets.csv",
        f"""
        person_id,project_id,work_date,worked_hours,"x""; drop table raw.timesheets; --"
        {hostile},"=cmd|' /C calc'!A0",2026-03-02,8,1
        {hostile},../../etc/passwd,2026-03-03,no,1
        """,
    )
    assert firm.rows("select person_id, project_id from raw.timesheets") == [(hostile, "=cmd|' /C calc'!A0")]
    assert firm.rows("select value from raw.refused_rows") == [("no",)]


@pytest.mark.parametrize("header", ["line_number", "problem", "Line_Number", "cell person_id", "row_id", "batch_id"])
def test_a_column_that_is_named_like_one_of_ours_is_only_ignored(firm: Firm, header: str) -> None:
    report = firm.take_in_text(
        "timesheets.csv", f"person_id,project_id,work_date,worked_hours,{header}\nana,p1,2026-03-02,8,7\nana,p1,x,8,9"
    )
    assert counts_of(report) == (2, 1, 0, 0, 1)
    assert len(report.ignored_columns) == 1
    assert firm.rows(REFUSED) == [(3, "work_date", "x", "is not a date")]


CELLS = {
    "entry_id": ["", "e1", "e2", "e3"],
    "person_id": ["ana", "bo", ""],
    "project_id": ["p1", "p2", ""],
    "work_date": ["2026-03-02", "2026-03-03", "2026-02-30", "later", ""],
    "worked_hours": ["8", "0.25", "24", "25", "0", "nan", "inf", "1e400", "x", ""],
    "activity": ["", "support", "other things"],
    "submitted_at": ["", "2026-03-06 18:00", "2030-01-01", "?"],
}


@examples(8)
@given(
    st.lists(st.lists(st.tuples(*map(st.sampled_from, CELLS.values())), min_size=1, max_size=8), min_size=1, max_size=3)
)
def test_rows_and_hours_add_up_whatever_the_files_hold(files: list[list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        firm = Firm.at(Path(folder))
        for number, rows in enumerate(files):
            text = "\n".join([",".join(CELLS), *(",".join(row) for row in rows)])
            report = firm.take_in_text(f"timesheets {number}.csv", text, now=f"2026-03-{10 + number}")
            _adds_up(report, len(rows))


def _adds_up(report: FileReport, rows_count: int) -> None:
    counts = report.counts
    assert counts is not None, report.problem
    assert counts.rows_read == rows_count
    assert counts.rows_read == (
        counts.rows_accepted + counts.rows_unchanged + counts.rows_corrected + counts.rows_refused
    )
    hours = counts.hours_accepted + counts.hours_unchanged + counts.hours_corrected + counts.hours_refused
    assert counts.hours_read == pytest.approx(hours)
