"""Tables carry numbers and dates: they sort by value, and what is missing stays missing."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import pytest

from dashboard import charts
from dashboard.charts.palette import week_ticks
from dashboard.views import everything as views
from dashboard.views import words
from dashboard.views.typed import in_styled_cells, texts_of, with_wording, worded

VIEWS = sorted((Path(views.__file__).parent).glob("*.py"))
#: Functions that turn a number or a date into words; in a table they belong beside the values, not in their place.
WORDINGS = {"date_text", "number_text", "hours_text", "percent_text", "weeks_text", "amount_text", "signed_weeks_text"}


def table() -> pd.DataFrame:
    return worded(
        {
            "Project": (["a", "b", "c", "d", "e"], None),
            "Slip": ([11.0, -12.0, 14.0, None, 3.3], words.signed_weeks_text),
            "Finish": (
                pd.to_datetime(["2027-01-10", "2026-12-01", "NaT", "2026-02-03", "2027-01-09"]),
                words.date_text,
            ),
        }
    )


def test_a_table_sorts_by_value_and_puts_the_missing_last() -> None:
    assert table().sort_values("Slip")["Project"].tolist() == ["b", "e", "a", "c", "d"]
    assert table().sort_values("Finish")["Project"].tolist() == ["d", "b", "e", "a", "c"]


def test_the_words_stand_beside_the_values_and_a_gap_is_a_dash() -> None:
    told = texts_of(table())
    assert told["Slip"].tolist() == ["+11.0 weeks", "−12.0 weeks", "+14.0 weeks", "–", "+3.3 weeks"]
    assert told["Finish"].tolist()[2] == "–"
    assert table()["Slip"].isna().sum() == 1


def test_what_is_done_to_a_table_keeps_its_words() -> None:
    page = table().iloc[1:3].reset_index(drop=True).assign(more=[1.5, float("nan")])
    told = texts_of(with_wording(page, {"more": words.amount_text}))
    assert told["Slip"].tolist() == ["−12.0 weeks", "+14.0 weeks"]
    assert told["more"].tolist() == ["1.5", "–"]


def test_the_screen_gets_values_and_their_words() -> None:
    made: Any = in_styled_cells(table())
    assert made.data["Slip"].dtype.kind == "f"
    # A day, not a moment at midnight: a screen reader would say "00:00:00" of it.
    assert pa.types.is_date32(pa.Table.from_pandas(made.data).schema.field("Finish").type)
    shown = made._translate(False, False)["body"]
    assert [cell["display_value"] for cell in shown[0] if cell["type"] == "td"] == ["a", "+11.0 weeks", "10 Jan 2027"]


@pytest.mark.parametrize("file", VIEWS, ids=lambda file: file.stem)
def test_no_table_of_a_page_holds_worded_numbers_or_dates(file: Path) -> None:
    found = []
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "pd.DataFrame" and call.args):
            continue
        if not isinstance(call.args[0], ast.Dict):
            continue
        for key, value in zip(call.args[0].keys, call.args[0].values, strict=True):
            if key is None or not ast.unparse(key).startswith("_("):
                continue
            text = ast.unparse(value)
            found += [f"{ast.unparse(key)}: {text}" for name in WORDINGS if text.endswith(f".map(words.{name})")]
    assert found == []


@pytest.mark.parametrize("first", ["2026-01-05", "2026-01-07", "2026-01-11", "2024-02-29"])
@pytest.mark.parametrize("count", [1, 5, 30, 120])
def test_the_ticks_of_weeks_are_mondays(first: str, count: int) -> None:
    ticks = week_ticks(pd.date_range(first, periods=count, freq="7D"))["tickvals"]
    assert isinstance(ticks, list)
    assert 1 <= len(ticks) <= 6
    assert {day.day_of_week for day in ticks} == {0}


def test_the_strip_of_days_names_mondays() -> None:
    days = pd.DataFrame(
        {
            "week_start_date": pd.to_datetime(["2026-05-04", "2026-05-11"]),
            "weekday_name": ["Mon", "Mon"],
            "day_kind": ["work", "rest"],
            "cell_text": ["8", ""],
            "hover_text": ["", ""],
            "is_night_away": [False, False],
        }
    )
    figure = charts.day_strip(days)
    assert isinstance(figure, go.Figure)
    assert [pd.Timestamp(day).day_of_week for day in figure.layout.xaxis.tickvals] == [0, 0]
