"""The import splits a file as the look did; whoever knows better says what separates its cells, once for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.problems import ImportRefusedError
from tests.data.firm import counts_of

if TYPE_CHECKING:
    from tests.data.firm import Firm


@pytest.mark.parametrize(("delimiter", "count"), [(",", 5), (",", 60), (",", 600), (";", 60), ("\t", 60), ("|", 60)])
def test_trips_under_our_own_names_go_in_with_any_delimiter_and_length(firm: Firm, delimiter: str, count: int) -> None:
    rows = [["person_id", "departed_at", "returned_at", "project_id"]]
    rows += [[f"u{n}", "2026-03-02T09:00:00+08:00", "2026-03-04 17:30", f"P{n % 3}"] for n in range(count)]
    report = firm.take_in_text("trips.csv", "\n".join(delimiter.join(row) for row in rows))
    assert counts_of(report) == (count, count, 0, 0, 0)
    assert report.delimiter == delimiter


def test_the_reader_can_say_the_delimiter_and_the_next_file_of_the_kind_is_split_so_unasked(firm: Firm) -> None:
    text = "Person@Date@Hours@Project\n" + "".join(f"u{n}@2026-03-{n:02}@8@P1\n" for n in range(1, 9))
    assert firm.take_in_text("hours.csv", text).counts is None, "nobody separates cells by @"
    report = firm.take_in_text("hours.csv", text, answers={"delimiter": "@"})
    assert (report.table, report.delimiter) == ("timesheets", "@")
    (again,) = firm.take_in(firm.file("next.csv", text.replace("2026-03", "2026-02")))
    assert (again.delimiter, again.understanding and again.understanding.profile) == ("@", "files timesheets")


def test_the_delimiter_of_one_file_is_said_with_its_name(firm: Firm) -> None:
    good = firm.file("a.csv", "person_id,work_date,worked_hours,project_id\nana,2026-03-02,8,P1")
    odd = firm.file("b.csv", "person_id!work_date!worked_hours!project_id\nbo!2026-03-02!8!P1")
    reports = firm.take_in(good, odd, answers={"b.csv:delimiter": "!"})
    assert [report.delimiter for report in reports] == [",", "!"]


def test_a_delimiter_that_is_not_in_the_file_is_told(firm: Firm) -> None:
    path = firm.file("a.csv", "person_id,work_date,worked_hours,project_id\nana,2026-03-02,8,P1")
    with pytest.raises(ImportRefusedError, match="no semicolon stands in it"):
        firm.take_in(path, answers={"delimiter": "semicolon"})
    with pytest.raises(ImportRefusedError, match="no answer to delimiter"):
        firm.take_in(path, answers={"delimiter": "spaces"})
