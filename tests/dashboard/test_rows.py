"""The rows behind a figure and their way into a spreadsheet."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.rows import SHOWN_ROWS_COUNT, csv_bytes, neutralised, rows_view


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-2", "@sum", "\tx", "\rx", "\nx"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(cell: str) -> None:
    assert neutralised(cell) == f"'{cell}"


@given(st.text())
def test_no_text_in_a_download_begins_like_a_formula(text: str) -> None:
    assert not str(neutralised(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_negative_number_stays_a_number() -> None:
    rows = pd.DataFrame({"hours": [-2.5], "note": ["-2.5"]})
    assert csv_bytes(rows).decode("utf-8-sig").splitlines() == ["hours,note", "-2.5,'-2.5"]


def test_gaps_stay_empty_and_chinese_stays_readable() -> None:
    rows = pd.DataFrame({"name": ["陈伟", None], "day": [pd.Timestamp("2026-05-04"), pd.NaT]})
    found = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"))))
    assert found == [["name", "day"], ["陈伟", "2026-05-04"], ["", ""]]


def test_only_the_first_rows_are_shown_and_all_are_taken_along() -> None:
    view = rows_view(pd.DataFrame({"row": range(SHOWN_ROWS_COUNT + 3)}), "rows.csv")
    assert len(view.shown) == SHOWN_ROWS_COUNT
    assert view.summary_text == "203 rows; the first 200 are shown, the download holds all"
    assert len(view.csv.splitlines()) == SHOWN_ROWS_COUNT + 4
