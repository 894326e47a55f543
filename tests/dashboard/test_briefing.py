"""The Monday briefing: what the looks keep, what the marks say, and what is taken along."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboard.answers import everything as answers
from dashboard.parts.marks import range_bars, status_dot
from dashboard.views import briefing
from dashboard.views.workbooks import workbook_bytes
from tests.dashboard.company import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = pd.Timestamp("2026-11-30")
NAMED = pd.DataFrame(
    {
        "project_id": ["a", "b", "c", "d"],
        "project_name": ["A", "B", "C", "D"],
        "late_probability": [0.9, 0.5, 0.2, np.nan],
        "before_probability": [0.7, 0.6, 0.2, 0.5],
        "change_weeks": [1.2, -2.0, 0.1, np.nan],
    }
)
WATCHED = pd.DataFrame({"project_id": ["c"], "person_count": [2]})


@pytest.mark.parametrize(
    ("look", "kept"),
    [("all", "abcd"), ("late", "ab"), ("later", "a"), ("red", "a"), ("watch", "c"), ("none", "d")],
)
def test_a_look_keeps_the_projects_that_its_label_counts(look: str, kept: str) -> None:
    found = NAMED.loc[briefing.in_look(NAMED, WATCHED, look), "project_id"]
    assert "".join(found) == kept
    assert briefing.look_labels(NAMED, WATCHED)[look].endswith(f"· {len(kept)}")


@pytest.mark.parametrize(
    ("chance", "status"), [(0.5, "late"), (0.49, "watch"), (0.25, "watch"), (0.1, "on_time"), (None, "not_known")]
)
def test_the_dot_says_the_status_by_its_shape(chance: float | None, status: str) -> None:
    assert briefing.status_of(chance) == status
    others = {status_dot(one) for one in ("late", "watch", "on_time", "not_known")}
    assert len(others) == 4


def days(*texts: str | None) -> pd.DataFrame:
    names = ["finish_p10_date", "finish_p50_date", "finish_p80_date", "finish_p90_date", "committed_date"]
    return pd.DataFrame(
        {name: pd.Series([text], dtype="datetime64[us]") for name, text in zip(names, texts, strict=True)}
    )


def test_a_range_bar_is_drawn_on_one_axis_and_holds_no_text() -> None:
    rows = pd.concat(
        [
            days("2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", "2026-12-15"),
            days("2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", None),
            days(None, None, None, None, "2027-01-01"),
        ],
        ignore_index=True,
    )
    first, without, none = range_bars(rows, AS_OF)
    assert none == ""
    assert first.startswith("data:image/svg+xml")
    assert unquote(first).count("<path") == 1
    assert "<path" not in unquote(without), "no committed date, no diamond"
    assert "<text" not in unquote(first)


def test_range_bars_of_nobody_are_none() -> None:
    assert range_bars(days("2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01", None).iloc[:0], AS_OF) == []


def test_a_workbook_has_numbers_and_days_as_such_and_no_formula() -> None:
    rows = pd.DataFrame(
        {
            "=Name": ["=cmd|' /C calc'!A0", "+49 30", None],
            "Hours": [1.5, float("nan"), -2.0],
            "Day": pd.Series(["2026-11-30", None, "2026-12-01"], dtype="datetime64[us]"),
            "Filed": [date(2026, 11, 30), None, None],
            "Weeks": [[1.0, 2.0], [], [3.0]],
        }
    )
    book = load_workbook(io.BytesIO(workbook_bytes(rows, {"Page": "Portfolio", "Clients": "=HYPERLINK(1)"})))
    about, table = book.worksheets
    assert [cell.value for cell in about["B"]] == ["Portfolio", "'=HYPERLINK(1)"]
    assert table["A1"].value == "'=Name"
    assert table["A2"].value == "'=cmd|' /C calc'!A0"
    assert table["A3"].value == "'+49 30"
    assert table["A4"].value is None
    assert [table[f"B{line}"].value for line in (2, 3, 4)] == [1.5, None, -2]
    assert table["C2"].value.date() == date(2026, 11, 30)
    assert table["D2"].value.date() == date(2026, 11, 30)
    assert table["E2"].value == "1.0, 2.0"
    assert not [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_who_is_on_watch_is_counted_as_people_shows_it(company_file: Path) -> None:
    viewer = answers.Viewer("ana", "local")
    view = answers.strain(company_file, viewer, LAST_DAY)
    watched = answers.strain_costs(company_file, viewer, LAST_DAY).watched
    on_watch = set(view.levels.loc[view.levels["level"].astype("str").isin(["WATCH", "HIGH"]), "person_id"])
    behind = view.behind[view.behind["person_id"].isin(on_watch)].groupby("project_id")["person_id"].nunique()
    assert watched.set_index("project_id")["person_count"].to_dict() == behind.to_dict()


def test_what_moved_most_is_told_with_its_reason(company_file: Path) -> None:
    viewer = answers.Viewer("ana", "local")
    moved = answers.moved_most(company_file, viewer, LAST_DAY)
    before = date(2026, 5, 24)
    found = answers.movements(company_file, viewer, before, LAST_DAY, moved)
    assert tuple(found) == moved
    now, earlier = (
        answers.forecast(company_file, viewer, LAST_DAY),
        answers.forecast_week_ago(company_file, viewer, LAST_DAY),
    )
    shift = (
        now.set_index("project_id")["finish_p50_date"] - earlier.set_index("project_id")["finish_p50_date"]
    ).dt.days.abs()
    assert all(shift[project_id] > 3 for project_id in moved)
    assert shift.drop(list(moved)).dropna().le(shift[list(moved)].min() if moved else 4).all()
