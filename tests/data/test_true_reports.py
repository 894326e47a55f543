"""A report tells the cleaning that was done, with the rows it touched on the whole file, and nothing that was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.views.proof import cleaning_rows
from data.proving import read_report

if TYPE_CHECKING:
    from data.import_reports import FileReport
    from tests.data.firm import Firm

HEAD: Final = "Date,User,Project,Duration"


def rows(*booked: str) -> str:
    return "\n".join([HEAD, *booked])


def day(number: int, project: str = "P1") -> str:
    return f"2026-{1 + number // 28 % 3:02}-{1 + number % 28:02},u{number % 50},{project},{4 + number % 5}"


def done(report: FileReport) -> dict[str, int]:
    return {rule["rule"]: rule["rows_count"] for rule in report.as_json()["cleaning"]}


def kept(firm: Firm, batch_id: int = 1) -> dict[str, Any]:
    report = read_report(firm.home, batch_id)
    assert report is not None
    return report


def test_rows_that_stand_twice_and_went_in_are_not_told_as_left_out(firm: Firm) -> None:
    report = firm.take_in_text("hours.csv", rows(*map(day, range(9)), day(3), day(5)))
    assert report.counts is not None
    assert (report.counts.rows_accepted, report.left_out_count) == (11, 0)
    assert "drop_duplicates" not in done(report)
    assert cleaning_rows(kept(firm)).empty


def test_rows_that_were_left_out_are_told_as_many_as_they_were(firm: Firm) -> None:
    text = rows(*map(day, range(5)), "Total,,,30", HEAD, *map(day, range(5, 9)), day(3), "Total,,,20")
    answers = {"rule.drop_duplicates": "on", "doubt.total": "take"}
    report = firm.take_in_text("hours.csv", text, answers=answers)
    assert done(report) == {"drop_totals": 2, "drop_repeated_header": 1, "drop_duplicates": 1}
    assert report.left_out_count == 4
    assert sorted(cleaning_rows(kept(firm))["Rows"]) == [1, 1, 2]


def test_a_rule_that_was_switched_off_is_not_told(firm: Firm) -> None:
    text = rows(*map(day, range(5)), "Total,,,30")
    report = firm.take_in_text("hours.csv", text, answers={"rule.drop_totals": "off"})
    assert "drop_totals" not in done(report)
    assert report.left_out_count == 0


def test_the_rows_of_a_large_file_are_counted_as_a_whole(firm: Firm) -> None:
    booked = [f"{day(number)},{'x' * 150}" for number in range(40_000)]
    booked[::4_000] = ["Total,,,400,"] * 10
    answers = {"rule.drop_duplicates": "off", "doubt.long_days": "take", "doubt.total": "take"}
    report = firm.take_in_text("hours.csv", "\n".join([f"{HEAD},Comment", *booked]), answers=answers)
    assert report.understanding is not None
    assert report.understanding.is_sample
    assert done(report).get("drop_totals") == report.left_out_count == 10
