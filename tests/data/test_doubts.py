"""What a recipe made is looked at again with other eyes before it counts; what can't be true is asked."""

from __future__ import annotations

import pytest

from tests.data.firm import NOW, Firm
from tests.recognition_figures.doubts import run


@pytest.fixture
def firm(tmp_path) -> Firm:  # type: ignore[no-untyped-def]
    return Firm.at(tmp_path)


def entries(days: range, hours: object = 8, month: str = "03", year: int = 2024) -> str:
    lines = [f"{year}-{month}-{day:02},{('Anna Berg', 'Bo Carl')[day % 2]},Alpha,{hours}" for day in days]
    return "\n".join(["Date,Employee,Project,Hours spent", *lines])


def test_work_that_has_not_happened_is_asked_about_and_can_be_confirmed(firm: Firm) -> None:
    report = firm.take_in_text("export.csv", entries(range(2, 12), month="08", year=int(NOW[:4])))
    assert [question.token for question in report.questions] == ["doubt.future_work"]
    assert report.counts is None
    (confirmed,) = firm.take_in(firm.folder / "export.csv", answers={"doubt.future_work": "take"})
    assert confirmed.counts is not None
    (left,) = firm.take_in(firm.folder / "export.csv", answers={"doubt.future_work": "out"})
    assert left.advice == ("Left out, as said.",)


def test_a_file_with_another_total_than_its_rows_is_asked_about(firm: Firm) -> None:
    report = firm.take_in_text("export.csv", entries(range(4, 14)) + "\nTotal,,,96")
    assert [question.token for question in report.questions] == ["doubt.total"]


def test_a_file_with_the_total_of_its_rows_comes_in(firm: Firm) -> None:
    report = firm.take_in_text("export.csv", entries(range(4, 14)) + "\nTotal,,,80")
    assert not report.questions
    assert report.counts is not None
    assert report.counts.rows_accepted == 10


def test_hours_that_are_minutes_can_be_said_to_be_minutes(firm: Firm) -> None:
    text = entries(range(2, 14), hours=20)
    report = firm.take_in_text("export.csv", text)
    (question,) = report.questions
    assert (question.token, question.options) == ("doubt.long_days", ("out", "minutes", "take"))
    (taken,) = firm.take_in(firm.folder / "export.csv", answers={"doubt.long_days": "minutes"})
    assert not taken.questions
    assert taken.counts is not None
    assert taken.counts.hours_accepted == pytest.approx(12 * 20 / 60)


def test_the_sum_below_a_group_is_no_sum_of_the_file(firm: Firm) -> None:
    lines = ["Employee,Date,Project,Hours spent"]
    for day in range(4, 12):
        lines += [
            f"Anna Berg,2024-03-{day:02},Alpha,{day}h",
            f"--- Anna Berg - 2024-03-{day:02} ---,2024-03-{day:02},,{day}h",
        ]
    report = firm.take_in_text("export.csv", "\n".join([*lines, "=== Anna Berg TOTAL ===,,,"]))
    assert not report.questions
    assert report.counts is not None
    assert report.counts.rows_accepted == 8


def test_planted_errors_are_stopped_and_right_files_are_not_asked_about() -> None:
    planted, stopped, in_vain = run(60, 7)
    assert stopped.total() >= 0.95 * planted.total()
    assert in_vain.total() <= 1
