"""Past weeks that say something else now: by how much, in which manner, by whose batch."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.publishing import published_file
from data.restating import (
    BYS,
    as_rows,
    assumed_review,
    hours_stamped_earlier,
    newest_arrival,
    restatements,
    restating_batches,
)
from data.warehouse import open_for_reading
from tests.data.firm import Firm
from tests.laws import examples

if TYPE_CHECKING:
    from data.restating import By

HOURS = "person_id,project_id,work_date,worked_hours"
STAMPED = f"{HOURS},submitted_at"
NUMBERED = f"entry_id,{HOURS}"
SINCE = datetime.fromisoformat("2026-04-06")
FIRST_WEEK = "2026-03-02"


def restated(firm: Firm, by: By = "week", since: datetime = SINCE, **said: Any) -> pd.DataFrame:
    file = published_file(firm.home)
    assert file is not None
    with open_for_reading(file) as connection:
        now = newest_arrival(connection)
        assert now is not None
        return restatements(connection, since, now, by, **said)


def kinds(frame: pd.DataFrame) -> list[tuple[str, float, float, float]]:
    """Return week, filed late, corrected, withdrawn."""
    return [
        (row["week_start_date"], row["filed_late_hours"], row["corrected_hours"], row["withdrawn_hours"])
        for row in as_rows(frame)
    ]


@pytest.fixture
def begun(firm: Firm) -> Firm:
    """A firm with one filed week, reviewed on 6 April."""
    firm.take_in_text("a.csv", f"{HOURS}\nana,p1,2026-03-02,8\nbo,p1,2026-03-03,8", now="2026-03-30")
    return firm


def test_nothing_came_so_nothing_is_restated(begun: Firm) -> None:
    assert restated(begun).empty


def test_a_late_filing_is_told_with_its_batch(begun: Firm) -> None:
    begun.take_in_text("late.csv", f"{HOURS}\ncy,p2,2026-03-04,4", now="2026-04-08")
    (row,) = as_rows(restated(begun))
    assert row == {
        "week_start_date": FIRST_WEEK,
        "hours_then": 16.0,
        "hours_now": 20.0,
        "difference_hours": 4.0,
        "difference_share": 0.25,
        "filed_late_hours": 4.0,
        "corrected_hours": 0.0,
        "withdrawn_hours": 0.0,
        "batch_ids": [2],
    }


def test_a_correction_is_no_late_filing(begun: Firm) -> None:
    begun.take_in_text("fix.csv", f"{HOURS}\nana,p1,2026-03-02,6.5", now="2026-04-08")
    assert kinds(restated(begun)) == [(FIRST_WEEK, 0.0, -1.5, 0.0)]


def test_what_a_full_file_lacks_is_withdrawn(begun: Firm) -> None:
    begun.take_in_text("full.csv", f"{HOURS}\nana,p1,2026-03-02,8", now="2026-04-08", is_full=True)
    assert kinds(restated(begun)) == [(FIRST_WEEK, 0.0, 0.0, -8.0)]


def test_hours_that_moved_to_another_project_show_by_project_only(begun: Firm) -> None:
    begun.take_in_text("moved.csv", f"{HOURS}\nana,p2,2026-03-02,8", now="2026-04-08")
    assert restated(begun).empty
    assert [(r["project_id"], r["corrected_hours"]) for r in as_rows(restated(begun, "project"))] == [
        ("p1", -8.0),
        ("p2", 8.0),
    ]


def test_an_entry_that_moved_to_another_week_is_corrected_in_both(firm: Firm) -> None:
    firm.take_in_text("a.csv", f"{NUMBERED}\n1,ana,p1,2026-03-02,8\n2,ana,p1,2026-03-03,8", now="2026-03-30")
    firm.take_in_text("b.csv", f"{NUMBERED}\n1,ana,p1,2026-03-09,8", now="2026-04-08")
    assert sorted(kinds(restated(firm))) == [(FIRST_WEEK, 0.0, -8.0, 0.0), ("2026-03-09", 0.0, 8.0, 0.0)]
    assert restated(firm).set_index("week_start_date")["difference_share"].isna().to_dict() == {
        pd.Timestamp(FIRST_WEEK): False,
        pd.Timestamp("2026-03-09"): True,
    }


def test_a_week_that_had_not_ended_is_not_restated(begun: Firm) -> None:
    begun.take_in_text("c.csv", f"{HOURS}\nana,p1,2026-03-30,8\nana,p1,2026-04-06,8", now="2026-04-08")
    assert [week for week, *_ in kinds(restated(begun))] == ["2026-03-30"]
    assert restated(begun, since=SINCE - timedelta(days=1)).empty


def test_what_came_and_went_again_since_then_is_no_change(begun: Firm) -> None:
    begun.take_in_text("b.csv", f"{HOURS}\nana,p1,2026-03-02,1", now="2026-04-08")
    begun.take_in_text("c.csv", f"{HOURS}\nana,p1,2026-03-02,8", now="2026-04-09")
    assert restated(begun).empty


def test_two_corrections_of_one_day_are_one_difference(begun: Firm) -> None:
    begun.take_in_text("b.csv", f"{HOURS}\nana,p1,2026-03-02,1", now="2026-04-08")
    begun.take_in_text("c.csv", f"{HOURS}\nana,p1,2026-03-02,7", now="2026-04-09")
    (row,) = as_rows(restated(begun))
    assert (row["corrected_hours"], row["batch_ids"]) == (-1.0, [2, 3])


def test_a_stamp_of_the_day_itself_was_not_seen_at_midnight(begun: Firm) -> None:
    begun.take_in_text("b.csv", f"{STAMPED}\ncy,p1,2026-03-04,4,2026-04-06\ndi,p1,2026-03-04,2,2026-04-05")
    assert kinds(restated(begun)) == []  # it arrived on 30 March: a stamp ahead of the arrival is not believed
    begun.take_in_text(
        "c.csv", f"{STAMPED}\ned,p1,2026-03-04,4,2026-04-06\nfe,p1,2026-03-04,2,2026-04-05", now="2026-04-08"
    )
    assert kinds(restated(begun)) == [(FIRST_WEEK, 4.0, 0.0, 0.0)]


def test_hours_with_an_earlier_stamp_that_arrived_later_are_told_and_can_be_counted(begun: Firm) -> None:
    begun.take_in_text("b.csv", f"{STAMPED}\ncy,p1,2026-03-04,4,2026-03-05", now="2026-04-08")
    assert restated(begun).empty
    assert kinds(restated(begun, is_by_arrival=True)) == [(FIRST_WEEK, 4.0, 0.0, 0.0)]
    file = published_file(begun.home)
    assert file is not None
    with open_for_reading(file) as connection:
        assert hours_stamped_earlier(connection, SINCE) == 4.0


def test_the_last_review_is_assumed_at_the_end_of_the_day_a_week_before() -> None:
    sunday = datetime.fromisoformat("2026-04-06")
    assert assumed_review(datetime.fromisoformat("2026-04-13T09:05")) == sunday
    assert assumed_review(datetime.fromisoformat("2026-04-12T23:30")) == sunday


PEOPLE = st.sampled_from(["ana", "bo"])
ENTRIES = st.tuples(
    st.sampled_from(["", "", "1", "2", "3"]),
    PEOPLE,
    st.sampled_from(["p1", "p2"]),
    st.sampled_from([0, 1, 7, 14, 35]),
    st.sampled_from([1.1, 2.3, 8.0]),
    st.sampled_from(["", "2026-03-04", "2026-04-06", "2026-04-05T23:59:00"]),
)
FILES = st.tuples(
    st.lists(ENTRIES, min_size=1, max_size=6),
    st.sampled_from(["files", "tempo"]),
    st.sampled_from([False, False, True]),
)


@examples(6)
@given(files=st.lists(FILES, min_size=2, max_size=4))
@pytest.mark.slow
def test_then_and_the_differences_are_now_and_both_are_what_the_marts_say(files: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        firm = Firm.at(Path(folder))
        for number, (entries, source, is_full) in enumerate(files):
            lines = [
                f"{entry_id},{person},{project},{date(2026, 3, 2) + timedelta(days=day)},{hours},{stamp}"
                for entry_id, person, project, day, hours, stamp in entries
            ]
            firm.take_in_text(
                f"{number}.csv",
                "\n".join([f"entry_id,{STAMPED}", *lines]),
                now=f"2026-04-{number * 3 + 1:02d}T10:00",
                source_name=source,
                is_full=is_full,
            )
        agrees_with_the_marts(firm)
        agrees_with_itself(firm)


def agrees_with_the_marts(firm: Firm) -> None:
    """Sums over the weeks of knowledge say what was known before the Monday, and what is known now."""
    for by, mart, keys in (
        ("week", "project_weeks", "week_start_date"),
        ("project", "project_weeks", "project_id, week_start_date"),
        ("person", "person_project_weeks", "person_id, week_start_date"),
    ):
        rows = firm.rows(
            f"select {keys}, coalesce(sum(worked_hours) filter (where known_week_date < '{SINCE}'), 0),"
            f" sum(worked_hours) from marts.{mart} where week_start_date + 7 <= '{SINCE}' group by {keys}"
        )
        naive = {tuple(map(str, row[:-2])): row[-2:] for row in rows}
        names = keys.split(", ")
        found = as_rows(restated(firm, by))  # type: ignore[arg-type] # the names of BYS
        told = {tuple(str(row[name]) for name in names): (row["hours_then"], row["hours_now"]) for row in found}
        for cell, (then, now) in naive.items():
            expected = told.get(cell, (then, then))
            assert expected == (pytest.approx(then, abs=1e-6), pytest.approx(now, abs=1e-6)), (by, cell)
        assert set(told) <= set(naive)


def agrees_with_itself(firm: Firm) -> None:
    file = published_file(firm.home)
    assert file is not None
    totals = []
    with open_for_reading(file) as connection:
        now = newest_arrival(connection)
        assert now is not None
        for is_by_arrival in (False, True):
            for by in BYS:
                frame = restatements(connection, SINCE, now, by, is_by_arrival=is_by_arrival)
                parts = frame["filed_late_hours"] + frame["corrected_hours"] + frame["withdrawn_hours"]
                assert (frame["hours_then"] + parts).tolist() == pytest.approx(frame["hours_now"].tolist(), abs=1e-5)
                assert frame["filed_late_hours"].ge(0).all()
                assert frame["withdrawn_hours"].le(0).all()
                totals.append(frame["difference_hours"].sum())
            batches = restating_batches(connection, SINCE, now, is_by_arrival=is_by_arrival)
            totals.append(batches["difference_hours"].sum())
    assert totals[:4] == pytest.approx([totals[0]] * 4, abs=1e-5)
    assert totals[4:] == pytest.approx([totals[4]] * 4, abs=1e-5)
