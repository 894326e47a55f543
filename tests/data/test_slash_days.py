"""Days with slashes are read as somebody decided for slashes, and a file that fits no order says so with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from data.recognition.dates import decide_order, usual_order

if TYPE_CHECKING:
    from tests.data.firm import Firm

FOREIGN: Final = "Datum;Mitarbeiter;Projekt;Stunden"
OURS: Final = "work_date;person_id;project_id;worked_hours"
DAYS: Final = "select distinct work_date::varchar from staging.timesheets order by all"


def rows(head: str, *days: str) -> str:
    return "\n".join([head, *(f"{day};ana;P1;{number + 1}" for number, day in enumerate(days))])


@pytest.mark.parametrize("dotted", [("03.04.2026", "05.04.2026"), ("13.04.2026", "05.04.2026")])
def test_what_dotted_days_were_says_nothing_about_slash_days(firm: Firm, dotted: tuple[str, ...]) -> None:
    assert not firm.take_in_text("one.csv", rows(FOREIGN, *dotted)).questions
    report = firm.take_in_text("two.csv", rows(FOREIGN, "03/05/2026", "04/05/2026"))
    assert [question.token for question in report.questions] == ["date_order"]


def test_slash_days_that_were_decided_say_nothing_about_dotted_days(firm: Firm) -> None:
    first = firm.take_in_text("one.csv", rows(FOREIGN, "03/05/2026"), answers={"date_order": "mdy"})
    assert not first.questions
    firm.take_in_text("two.csv", rows(FOREIGN, "03.04.2026"))
    assert firm.rows(DAYS) == [("2026-03-05",), ("2026-04-03",)]
    assert not firm.take_in_text("three.csv", rows(FOREIGN, "02/05/2026")).questions, "still decided for slashes"
    assert firm.rows(DAYS)[0] == ("2026-02-05",)


@pytest.mark.parametrize("evidence", ["25/03/2026", "13/03/2026"])
def test_slash_days_that_show_their_order_decide_for_the_next_file(firm: Firm, evidence: str) -> None:
    firm.take_in_text("one.csv", rows(FOREIGN, evidence, "03/04/2026"))
    assert not firm.take_in_text("two.csv", rows(FOREIGN, "04/03/2026")).questions
    assert ("2026-03-04",) in firm.rows(DAYS)


@pytest.mark.parametrize("head", [FOREIGN, OURS])
def test_a_file_in_which_neither_order_fits_names_the_lines_of_both(firm: Firm, head: str) -> None:
    text = rows(head, "03/04/2026", "13/04/2026", "04/14/2026", "15/04/2026", "04/16/2026")
    report = firm.take_in_text("mixed.csv", text)
    (question,) = report.questions
    assert question.words.startswith("Neither order fits")
    for place in ("line 3: 13/04/2026", "line 4: 04/14/2026", "line 5: 15/04/2026", "line 6: 04/16/2026"):
        assert place in question.words
    answered = firm.take_in_text("mixed.csv", text, answers={"date_order": "dmy"})
    assert answered.counts is not None
    assert (answered.counts.rows_accepted, answered.counts.rows_refused) == (3, 2)


def test_days_that_are_no_days_in_any_order_are_told(firm: Firm) -> None:
    (question,) = firm.take_in_text("bad.csv", rows(FOREIGN, "31/31/2026", "45/13/2026")).questions
    assert "in neither order" in question.words
    assert "line 2: 31/31/2026" in question.words


def test_our_own_files_with_dots_are_day_first(firm: Firm) -> None:
    assert not firm.take_in_text("timesheets.csv", rows(OURS, "03.04.2026", "05.04.2026")).questions
    assert firm.rows(DAYS) == [("2026-04-03",), ("2026-04-05",)]


def test_only_days_that_are_not_dotted_teach_the_next_file() -> None:
    assert not decide_order({"d": ["25.03.2026"]}).can_teach
    assert decide_order({"d": ["25.03.2026", "25/03/2026"]}).can_teach
    assert decide_order({"d": ["03/04/2026"]}, "mdy").can_teach
    assert usual_order(decide_order({"d": ["03.04.2026"]}), "mdy").order == "dmy"
    assert usual_order(decide_order({"d": ["03/04/2026"]}), "mdy").order == "mdy"
